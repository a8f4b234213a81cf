"""One write, step by step, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from graphkam.errors import WriteConflict
from graphkam.model.base import Entity, Tie
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.records import KINDS, RecordSet, name_of
from graphkam.store.graph_form import account_key, ends, is_node, key_of, links, properties
from graphkam.store.statements import statement

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

Progress = Callable[[int, int], None]
"""Told how many records are written of how many."""

_BATCH = 2_000
"""Rows that one statement takes: both servers take that many well."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def _batches(rows: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class _Steps:
    """Runs statements over batches of rows."""

    def __init__(self, tx: ManagedTransaction, total: int, progress: Progress | None) -> None:
        self._tx = tx
        self._total = total
        self._done = 0
        self._progress = progress

    def each(self, name: str, rows: list[Any], parameter: str = "rows") -> list[dict[str, Any]]:
        """Run a statement over rows; give what it returned."""
        found: list[dict[str, Any]] = []
        for batch in _batches(rows):
            found += self._tx.run(statement(name), {parameter: batch}).data()
        return found

    def tell(self, count: int) -> None:
        """Say that so many more records are written."""
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)

    def create(self, records: Sequence[Entity]) -> None:
        """Make new nodes, tie them to account and references, then make new relationships."""
        nodes = [r for r in records if is_node(type(r))]
        for kind in sorted({type(r) for r in nodes}, key=_ORDER.__getitem__):
            rows = [properties(r) for r in nodes if type(r) is kind]
            for batch in _batches(rows):
                self.each(f"write/create_{_snake(kind.__name__)}", batch)
                self.tell(len(batch))
        self.each(
            "write/in_account", [{"key": key_of(r), "account": a} for r in nodes if (a := account_key(r))]
        )
        self.link(nodes)
        self.create_ties([r for r in records if not is_node(type(r))])

    def link(self, nodes: Sequence[Entity]) -> None:
        """Tie nodes to what they refer to."""
        by_type: dict[str, list[dict[str, str]]] = {}
        for record in nodes:
            for link in links(record):
                by_type.setdefault(link.type, []).append({"start": link.start, "end": link.end})
        for type_, rows in sorted(by_type.items()):
            self.each(f"write/link_{type_.lower()}", rows)

    def create_ties(self, ties: Sequence[Entity]) -> None:
        """Make new relationships; each must find both its ends."""
        for kind, found in _by_kind(ties):
            rows = []
            for tie in found:
                start, end = ends(tie)
                rows.append({"start": start, "end": end, "record": properties(tie)})
            for batch in _batches(rows):
                made = sum(row["made"] for row in self.each(f"write/create_{_type(kind)}", batch))
                if made != len(batch):
                    raise WriteConflict("store_conflict_end", kind=kind.__name__)
                self.tell(len(batch))


def _by_kind(records: Sequence[Entity]) -> list[tuple[type[Entity], list[Entity]]]:
    found: dict[type[Entity], list[Entity]] = {}
    for record in records:
        found.setdefault(type(record), []).append(record)
    return sorted(found.items(), key=lambda item: _ORDER[item[0]])


def _type(kind: type[Entity]) -> str:
    graph = kind.GRAPH
    return graph.type.lower() if isinstance(graph, Tie) else ""


def _note(operation: Operation, revision: int) -> dict[str, Any]:
    return {**operation.model_dump(mode="json"), "revision": revision}


class Writing:
    """A change set, as work of one transaction; it may be run again after a passing failure.

    Parameters
    ----------
    changes, operation, progress
        See :meth:`graphkam.store.accounts.Store.write`.
    """

    def __init__(self, changes: ChangeSet, operation: Operation, progress: Progress | None) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._puts = changes.puts
        self._removals = changes.removals
        self._written = [
            record.model_copy(update={"version": record.version + 1, "updated_at": now})
            for record in changes.puts
        ]
        self._operation = operation
        self._progress = progress

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do the work."""
        steps = _Steps(tx, len(self._puts), self._progress)
        revision = _locked(tx)
        old_ends = self._compare(steps)
        self._remove(steps)
        new = [w for w, p in zip(self._written, self._puts, strict=True) if p.version == 0]
        changed = [w for w, p in zip(self._written, self._puts, strict=True) if p.version > 0]
        nodes = [r for r in changed if is_node(type(r))]
        steps.each("write/update", [properties(r) for r in nodes])
        steps.each("erase/links", [key_of(r) for r in nodes], "keys")
        steps.tell(len(nodes))
        steps.create(new)
        steps.link(nodes)
        self._update_ties(steps, [r for r in changed if not is_node(type(r))], old_ends)
        tx.run(statement("write/operation"), operation=_note(self._operation, revision + 1)).consume()
        tx.run(statement("write/revision"), revision=revision + 1).consume()

    def _compare(self, steps: _Steps) -> dict[str, str]:
        """Refuse the change if a record is not at the version it was read with.

        Returns
        -------
        dict
            The key of the start of each relationship that is there, by its id.
        """
        touched = (*self._puts, *self._removals)
        nodes = [r for r in touched if is_node(type(r)) and r.version > 0]
        found = {
            row["node"]: row["version"]
            for row in steps.each("read/versions", [key_of(r) for r in nodes], "keys")
        }
        for record in nodes:
            if found.get(key_of(record)) != record.version:
                raise _conflict(record)
        made = {key_of(r) for r in self._puts if is_node(type(r)) and r.version == 0}
        starts: dict[str, str] = {}
        for kind, ties in _by_kind([r for r in touched if not is_node(type(r))]):
            asked = [t for t in ties if ends(t)[1] not in made]
            rows = [{"end": ends(t)[1], "id": t.id} for t in asked]
            there = {row["tie"]: row for row in steps.each(f"read/versions_{_type(kind)}", rows)}
            for tie in ties:
                row = there.get(tie.id)
                if (row["version"] if row else 0) != tie.version:
                    raise _conflict(tie)
                if row:
                    starts[tie.id] = row["start"]
        return starts

    def _remove(self, steps: _Steps) -> None:
        for kind, ties in _by_kind([r for r in self._removals if not is_node(type(r))]):
            steps.each(f"erase/{_type(kind)}", [{"end": ends(t)[1], "id": t.id} for t in ties])
        steps.each("erase/nodes", [key_of(r) for r in self._removals if is_node(type(r))], "keys")

    def _update_ties(self, steps: _Steps, ties: Sequence[Entity], starts: dict[str, str]) -> None:
        """Put new contents into relationships; one whose start changed is made anew."""
        moved = [t for t in ties if starts.get(t.id) != ends(t)[0]]
        kept = [t for t in ties if starts.get(t.id) == ends(t)[0]]
        for kind, found in _by_kind(moved):
            steps.each(f"erase/{_type(kind)}", [{"end": ends(t)[1], "id": t.id} for t in found])
        steps.create_ties(moved)
        for kind, found in _by_kind(kept):
            rows = [{"end": ends(t)[1], "id": t.id, "record": properties(t)} for t in found]
            steps.each(f"write/update_{_type(kind)}", rows)
            steps.tell(len(rows))


class Replacing:
    """A whole store, as work of one transaction.

    Parameters
    ----------
    records, operations, operation
        See :meth:`graphkam.store.accounts.Store.replace`.
    """

    def __init__(self, records: RecordSet, operations: Sequence[Operation], operation: Operation) -> None:
        self._records = records
        self._operations = operations
        self._operation = operation

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do the work."""
        steps = _Steps(tx, len(self._records), None)
        revision = _locked(tx)
        tx.run(statement("erase/everything")).consume()
        tx.run(statement("erase/operations")).consume()
        steps.create(list(self._records))
        for place, operation in enumerate((*self._operations, self._operation), start=1):
            note = _note(operation, revision + place)
            tx.run(statement("write/operation"), operation=note).consume()
        tx.run(statement("write/revision"), revision=revision + len(self._operations) + 1).consume()


def _locked(tx: ManagedTransaction) -> int:
    """Take the write lock; give the revision of the store."""
    found = tx.run(statement("write/lock")).single(strict=True)
    return int(found["revision"])


def _conflict(record: Entity) -> WriteConflict:
    return WriteConflict("store_conflict", kind=type(record).__name__, name=name_of(record) or record.id)
