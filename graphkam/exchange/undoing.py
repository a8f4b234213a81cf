"""Undoing a write: which, what that would change, and what a conflict is told by."""

from __future__ import annotations

from collections.abc import Iterable

from graphkam.errors import InputError, WriteConflict
from graphkam.exchange.called import field_label
from graphkam.exchange.lines import PlanLine
from graphkam.exchange.plan import Plan, plan
from graphkam.exchange.wholeness import violated
from graphkam.model.base import Frozen
from graphkam.model.changes import ChangeSet, Operation, Overtaken
from graphkam.model.integrity import Violation
from graphkam.model.records import RecordSet, name_of
from graphkam.model.sensitive import is_sensitive
from graphkam.text import Words


class Broken(Frozen):
    """What would not hold, told in one go."""

    violations: tuple[Violation, ...]

    def told(self, words: Words) -> str:
        """Say each."""
        return " ".join(_said(v, words) for v in self.violations)


def _said(violation: Violation, words: Words) -> str:
    params = dict(violation.params)
    if violation.code == "missing_reference":  # whose sentence speaks of a file
        return words.say("plan.refers_to_missing", **params)
    return words.say(f"problem.{violation.code}", **params)


class Changed(Frozen):
    """What somebody changed in a record: sensitive fields by name only."""

    line: PlanLine
    hidden: tuple[str, ...] = ()
    """Sensitive fields that changed."""

    def told(self, words: Words) -> str:
        """Say what it is, and each field before and after."""
        told = self.line.told(words)
        if not self.hidden:
            return told
        labels = tuple(field_label(self.line.kind, field, words.language) for field in self.hidden)
        return words.say("plan.also_changed", line=told, fields=labels)


def last_undoable(operations: Iterable[Operation], who: str) -> Operation | None:
    """Give the newest write of a user that is neither an undo nor undone.

    Parameters
    ----------
    operations
        The writes, newest first.
    who
        The user.
    """
    undone: set[str] = set()
    for operation in operations:
        if operation.undoes:
            undone |= set() if operation.id in undone else {operation.undoes}
        elif operation.who == who and operation.id not in undone:
            return operation
    return None


def plan_undo(known: RecordSet, changes: ChangeSet, *, revision: int) -> Plan:
    """Give what an undo would change.

    Parameters
    ----------
    known
        What stands now, of all accounts that the write touched.
    changes
        What puts back what it changed.
    revision
        Revision of the store.

    Raises
    ------
    WriteConflict
        If something written since refers to what would be removed.
    InputError
        If what was before does not go with what was written since.
    """
    goal = known.merged(changes.puts, changes.removals)
    broken = violated(known, goal)
    put_back = {(type(record), record.id) for record in changes.puts}
    for violation in broken:
        needing = goal.get(violation.kind, violation.id)
        is_later = violation.code == "missing_reference" and (violation.kind, violation.id) not in put_back
        if is_later and needing is not None:
            overtaken = Overtaken(wanted=needing, now=needing, is_attached=True)
            raise WriteConflict("store_conflict", name=name_of(needing) or needing.id, overtaken=overtaken)
    if broken:
        raise InputError("undo_breaks", why=Broken(violations=broken))
    return plan(known, goal, revision=revision)


def changed(overtaken: Overtaken, now: RecordSet) -> Changed | None:
    """Say what somebody else did to a record; None if it says the same as before.

    Parameters
    ----------
    overtaken
        The record before and now.
    now
        The records among which it is, and from which its references have their names.
    """
    one = overtaken.now or overtaken.read
    if one is None:
        return None
    without = now.merged((), [one])
    read = None if overtaken.is_attached else overtaken.read
    before = without.merged([read]) if read else without
    after = without.merged([overtaken.now]) if overtaken.now else without
    for line in plan(before, after).lines:
        hidden = tuple(f.field for f in line.fields if is_sensitive(line.kind, f.field))
        shown = tuple(f for f in line.fields if f.field not in hidden)
        return Changed(line=line.model_copy(update={"fields": shown}), hidden=hidden)
    return None
