"""What was: the store at an earlier revision, the history of a record, the writes and their undoing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from graphkam.access.policy import Act
from graphkam.errors import InputError, NotFound, WriteConflict
from graphkam.model.base import Entity
from graphkam.model.changes import Operation, Version
from graphkam.model.records import RecordSet, account_of
from graphkam.workspace.guarded import Guarded

if TYPE_CHECKING:
    from graphkam.exchange.lines import PlanLine
    from graphkam.exchange.plan import Plan

_LOOKED_BACK = 10_000
"""Writes among which the last one of a user is looked for."""


class Undo(NamedTuple):
    """What undoing a write would do."""

    operation: Operation
    plan: Plan


class Past(Guarded):
    """Everything that was, behind the policy."""

    def records_at(self, revision: int, account_ids: Iterable[str] | None = None) -> RecordSet:
        """Give the records of some accounts, or of all that the user may see, as they stood then.

        Parameters
        ----------
        revision
            Revision of the store.
        account_ids
            The accounts; None = all. Our own people are always there.

        Raises
        ------
        NotAllowed
            If the user may not see an account asked for.
        InputError
            If the revision is not known: older than the history, or taken back by a restore.
        """
        if account_ids is None:
            return self._seen(self._store.read_at(revision))
        return self._store.read_at(revision, self._readable(account_ids))

    def history(self, kind: type[Entity], record_id: str) -> tuple[Version, ...]:
        """Give a record as it stood from write to write, newest first.

        What it was in an account that the user may not see is left out; nothing if it never was.
        """
        found = self._store.history(kind, record_id)
        return tuple(v for v in found if (a := account_of(v.record)) is None or self._allows(Act.READ, a))

    def operations(self, limit: int = 50) -> tuple[Operation, ...]:
        """Give the newest writes to accounts that the user may see, newest first."""
        return tuple(o for o in self._store.operations(limit) if self._sees(o))

    def operation(self, beginning: str) -> Operation:
        """Give the write whose id begins so.

        Raises
        ------
        NotFound
            If there is none.
        InputError
            If there are several.
        """
        found = [o for o in self._store.operations_beginning(beginning) if beginning and self._sees(o)]
        if not found:
            raise NotFound("no_such_operation", value=beginning)
        if len(found) > 1:
            raise InputError("ambiguous_operation", value=beginning)
        return found[0]

    def written(self, operations: Iterable[Operation]) -> Mapping[str, tuple[PlanLine, ...]]:
        """Say line by line what some writes changed, by their ids.

        Those older than the history, of a whole store, or of accounts that the user may not see are left out.
        """
        from graphkam.exchange.called import Called
        from graphkam.exchange.lines import line

        wanted = tuple(one for one in operations if self._sees(one))
        known = self.records(sorted({account for one in wanted for account in one.account_ids}))
        standing: dict[int, list[Entity]] = {one.revision: [] for one in wanted}
        for record in known:
            if record.version in standing:
                standing[record.version].append(record)
        found: dict[str, tuple[PlanLine, ...]] = {}
        for one in wanted:
            with suppress(InputError):
                pairs = self._store.written(one, standing[one.revision])
                called = Called(known, RecordSet(filter(None, (old for old, _ in pairs))))
                found[one.id] = tuple(line(old, new, called) for old, new in pairs)
        return found

    def plan_undo(self, beginning: str | None = None) -> Undo:
        """Give what undoing a write would change; nothing is written.

        To do it, apply the plan as an ``undo`` of that operation.

        Parameters
        ----------
        beginning
            Beginning of the id of the write; None = the user's last one that is not undone.

        Raises
        ------
        NotFound
            If there is no such write.
        NotAllowed
            If the user may not change one of its accounts.
        InputError
            If it cannot be undone: a restore, older than the history, or it does not go with the rest.
        WriteConflict
            If something that it touched has been changed since, or is needed by what was written
            since; it says by whom.
        """
        from graphkam.exchange.undoing import last_undoable, plan_undo

        if beginning is None:
            last = last_undoable(self.operations(_LOOKED_BACK), self.settings.user)
            if last is None:
                raise NotFound("nothing_to_undo")
            operation = last
        else:
            operation = self.operation(beginning)
        account_ids = self._allowed(Act.CHANGE, operation.account_ids)
        revision = self.revision
        known = self._store.read_at(revision, account_ids)
        try:
            return Undo(
                operation, plan_undo(known, self._store.reversal(operation, known), revision=revision)
            )
        except WriteConflict as error:
            raise self._told(self._store.explained(error)) from error

    def _sees(self, operation: Operation) -> bool:
        """Tell whether the user may know of a write: it names its accounts, and counts records."""
        return all(self._allows(Act.READ, account_id) for account_id in operation.account_ids)

    def _told(self, conflict: WriteConflict) -> WriteConflict:
        """Give a conflict that says what the other changed, as far as the user may see that."""
        from graphkam.exchange.undoing import changed

        overtaken = conflict.overtaken
        if overtaken is None or overtaken.by is None:
            return conflict
        record = overtaken.now or overtaken.read or overtaken.wanted
        account_id = account_of(record)
        if account_id is not None and not self._allows(Act.READ, account_id):
            return WriteConflict("store_conflict_key")
        change = changed(overtaken, self._store.read(() if account_id is None else (account_id,)))
        if change is None:
            return conflict
        key = conflict.key.removeprefix("error.")
        return WriteConflict(key, overtaken=overtaken, **{**conflict.params, "change": change})
