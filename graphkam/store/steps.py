"""Statements over batches of rows, inside one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.errors import WriteConflict
from graphkam.model.base import Entity, Tie
from graphkam.model.changes import Operation
from graphkam.model.records import KINDS
from graphkam.store.graph_form import Properties, account_key, ends, is_node, key_of, links
from graphkam.store.statements import statement

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Transaction

Progress = Callable[[int, int], None]
"""Told how many records are written of how many."""
Form = Callable[[Entity], Properties]
"""Gives what is stored of a record."""

_BATCH = 2_000
"""Rows that one statement takes: both servers take that many well."""
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


def _batches(rows: list[Any]) -> Iterable[list[Any]]:
    for start in range(0, len(rows), _BATCH):
        yield rows[start : start + _BATCH]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def by_kind(records: Iterable[Entity]) -> list[tuple[type[Entity], list[Entity]]]:
    """Give records by kind, kinds that are referred to first."""
    found: dict[type[Entity], list[Entity]] = {}
    for record in records:
        found.setdefault(type(record), []).append(record)
    return sorted(found.items(), key=lambda item: _ORDER[item[0]])


def type_of(kind: type[Entity]) -> str:
    """Give the type of relationship that a kind is kept as, as the names of statements have it."""
    graph = kind.GRAPH
    return graph.type.lower() if isinstance(graph, Tie) else ""


def creating(kind: type[Entity]) -> str:
    """Give the name of the statement that makes new records of a kind."""
    return f"write/create_{type_of(kind) or _snake(kind.__name__)}"


class Steps:
    """Runs statements over batches of rows.

    Parameters
    ----------
    tx
        The transaction.
    form
        What is stored of a record.
    total, progress
        How many records are to be written, and who is told.
    """

    def __init__(
        self,
        tx: ManagedTransaction | Transaction,
        form: Form,
        total: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self._tx = tx
        self._form = form
        self._total = total
        self._done = 0
        self._progress = progress

    def each(self, name: str, rows: list[Any], parameter: str = "rows") -> list[dict[str, Any]]:
        """Run a statement over rows; give what it returned."""
        found: list[dict[str, Any]] = []
        for batch in _batches(rows):
            found += self._tx.run(statement(name), {parameter: batch}).data()
        return found

    def run(self, name: str, /, **parameters: Any) -> None:
        """Run a statement once."""
        self._tx.run(statement(name), parameters).consume()

    def tell(self, count: int) -> None:
        """Say that so many more records are written."""
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)

    def note(self, operations: Iterable[Operation]) -> None:
        """Record writes."""
        self.each("write/operations", [o.model_dump(mode="json") for o in operations])

    def create(self, records: Sequence[Entity]) -> int:
        """Make new nodes, tie them to account and references, then make new relationships.

        Returns
        -------
        int
            How many nodes found no account to be tied to.
        """
        nodes = [r for r in records if is_node(type(r))]
        for kind, found in by_kind(nodes):
            for batch in _batches([self._form(r) for r in found]):
                self.each(creating(kind), batch)
                self.tell(len(batch))
        homeless = self.house(nodes)
        self.link(nodes)
        self.create_ties([r for r in records if not is_node(type(r))])
        return homeless

    def house(self, nodes: Sequence[Entity]) -> int:
        """Tie nodes to their account; count those that found none."""
        members = [{"key": key_of(r), "account": a} for r in nodes if (a := account_key(r))]
        return len(members) - sum(int(row["made"]) for row in self.each("write/in_account", members))

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
        for kind, found in by_kind(ties):
            rows = []
            for tie in found:
                start, end = ends(tie)
                rows.append({"start": start, "end": end, "record": self._form(tie)})
            for batch in _batches(rows):
                made = sum(row["made"] for row in self.each(creating(kind), batch))
                if made != len(batch):
                    raise WriteConflict("store_conflict_end")
                self.tell(len(batch))

    def update_ties(self, ties: Sequence[Entity]) -> None:
        """Put new contents into relationships whose ends stay."""
        for kind, found in by_kind(ties):
            rows = [{"end": ends(t)[1], "id": t.id, "record": self._form(t)} for t in found]
            self.each(f"write/update_{type_of(kind)}", rows)
            self.tell(len(rows))
