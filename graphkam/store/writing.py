"""One write, step by step, inside its transaction.

Each write makes a new revision of the store, and the records that it writes carry it as their
version. What it writes over or removes is kept in the same transaction, as the form that stood from
that version until this revision.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from graphkam.errors import StoreTooNew, WriteConflict
from graphkam.model.base import AccountEntity, Entity
from graphkam.model.changes import ChangeSet, Operation, Overtaken
from graphkam.model.organisation import Account
from graphkam.model.records import name_of
from graphkam.store.graph_form import (
    KIND_BY_TYPE,
    Properties,
    Row,
    ends,
    is_node,
    key_of,
    node_rows,
    properties,
    read_rows,
)
from graphkam.store.schema import SCHEMA_VERSION
from graphkam.store.statements import statement
from graphkam.store.steps import Progress, Steps, by_kind, type_of
from graphkam.store.stored import Stored, stored

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

UPDATE, REMOVAL = "update", "removal"
"""How an earlier form came to its end."""


def locked(tx: ManagedTransaction) -> int:
    """Take the write lock; give the revision of the store.

    Raises
    ------
    StoreTooNew
        If a newer graphkam has brought the store to its own schema since it was opened.
    """
    found = tx.run(statement("write/lock")).single(strict=True)
    if found["schema_version"] > SCHEMA_VERSION:
        raise StoreTooNew("store_too_new", found=found["schema_version"], known=SCHEMA_VERSION)
    return int(found["revision"])


class Writing:
    """A change set, as work of one transaction; it may be run again after a passing failure.

    Parameters
    ----------
    changes, operation, progress
        See :meth:`graphkam.store.accounts.Store.write`.
    """

    def __init__(self, changes: ChangeSet, operation: Operation, progress: Progress | None) -> None:
        self._puts = changes.puts
        self._removals = changes.removals
        self._progress = progress
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self.operation = operation.model_copy(
            update={
                "account_ids": tuple(sorted(changes.account_ids)),
                "puts": len(changes.puts),
                "removals": len(changes.removals),
            }
        )

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do the work."""
        steps = Steps(tx, self._form, len(self._puts), self._progress)
        revision = locked(tx) + 1
        self.operation = self.operation.model_copy(update={"revision": revision})
        there = self._compare(steps)
        steps.each("write/past", [*self._past(there)])
        self._remove_ties(steps, there)
        new = [r for r in self._puts if r.version == 0]
        changed = [r for r in self._puts if r.version > 0]
        nodes = [r for r in changed if is_node(type(r))]
        steps.each("write/update", [self._form(r) for r in nodes])
        steps.each("erase/links", [key_of(r) for r in nodes], "keys")
        steps.tell(len(nodes))
        moved = [r for r in nodes if there[key_of(r)].form.get("account_id") != _account_id(r)]
        steps.each("erase/in_account", [key_of(r) for r in moved], "keys")
        if steps.create(new) + steps.house(moved):
            raise WriteConflict("store_conflict_end")
        steps.link(nodes)
        self._update_ties(steps, [r for r in changed if not is_node(type(r))], there)
        self._remove_nodes(steps)
        steps.note([self.operation])
        steps.run("write/revision", revision=revision)

    def _form(self, record: Entity) -> Properties:
        """Give what is stored of a record that this write puts."""
        return properties(record) | {"version": self.operation.revision, "updated_at": self._now}

    def _compare(self, steps: Steps) -> Mapping[str, Stored]:
        """Refuse the change if a record is not at the version it was read with; give what is there."""
        touched = (*self._puts, *self._removals)
        made = {key_of(r) for r in self._puts if is_node(type(r)) and r.version == 0}
        # A new node that is there already is refused by its constraint, and a new relationship to a
        # new node cannot be there: neither is asked for, so that a large import stays quick.
        asked = [r for r in touched if r.version > 0 or not (is_node(type(r)) or ends(r)[1] in made)]
        there = stored(steps.each, asked)
        for record in asked:
            now = there.get(key_of(record))
            if (now.version if now else 0) != record.version:
                _refuse(record, now)
        return there

    def _past(self, there: Mapping[str, Stored]) -> list[dict[str, Any]]:
        """Give what is kept of the forms that this write ends."""
        until = self.operation.revision
        kept = []
        for change, records in ((UPDATE, self._puts), (REMOVAL, self._removals)):
            for record in records:
                key = key_of(record)
                if (old := there.get(key)) is not None:
                    account = old.form["id"] if isinstance(record, Account) else old.form.get("account_id")
                    kept.append(
                        {
                            "key": f"{key}@{until}",
                            "record": key,
                            "account": account or "",
                            "from_revision": old.version,
                            "until_revision": until,
                            "change": change,
                            "form": json.dumps(old.form, ensure_ascii=False),
                        }
                    )
        return kept

    def _remove_ties(self, steps: Steps, there: Mapping[str, Stored]) -> None:
        for kind, ties in by_kind(r for r in self._removals if not is_node(type(r))):
            _erase(steps, kind, ties, there)

    def _remove_nodes(self, steps: Steps) -> None:
        """Remove nodes, accounts last; what somebody else hung on one meanwhile is not torn off."""
        nodes = [r for r in self._removals if is_node(type(r))]
        for is_account in (False, True):
            keys = [key_of(r) for r in nodes if isinstance(r, Account) is is_account]
            for row in steps.each("read/attached", keys, "keys"):
                _refuse_attached(row["type"], row["tie"], row["other"])
            steps.each("erase/nodes", keys, "keys")
        steps.each("erase/map_places", [r.id for r in nodes if isinstance(r, Account)], "accounts")

    def _update_ties(self, steps: Steps, ties: Sequence[Entity], there: Mapping[str, Stored]) -> None:
        """Put new contents into relationships; one whose ends changed is made anew."""
        moved = [t for t in ties if (there[key_of(t)].start, there[key_of(t)].finish) != ends(t)]
        gone = {key_of(t) for t in moved}
        for kind, found in by_kind(moved):
            _erase(steps, kind, found, there)
        steps.create_ties(moved)
        steps.update_ties([t for t in ties if key_of(t) not in gone])


def _account_id(record: Entity) -> str | None:
    return record.account_id if isinstance(record, AccountEntity) else None


def _erase(steps: Steps, kind: type[Entity], ties: Sequence[Entity], there: Mapping[str, Stored]) -> None:
    rows = [{"end": there[key_of(t)].finish, "id": t.id} for t in ties]
    steps.each(f"erase/{type_of(kind)}", rows)


def _refuse(record: Entity, now: Stored | None) -> NoReturn:
    overtaken = Overtaken(wanted=record, now=now.record() if now else None)
    raise WriteConflict("store_conflict", name=name_of(record) or record.id, overtaken=overtaken)


def _refuse_attached(type_: str, tie: Properties, other: Properties) -> NoReturn:
    """Refuse to remove a node on which somebody hung a relationship, or a record of an account."""
    rows = [Row(KIND_BY_TYPE[type_].__name__, tie)] if type_ in KIND_BY_TYPE else node_rows([other])
    attached = next(read_rows(rows))
    overtaken = Overtaken(wanted=attached, now=attached, is_attached=True)
    raise WriteConflict("store_conflict", name=name_of(attached) or attached.id, overtaken=overtaken)
