"""What an import would change, before anything is written.

A plan compares what is known with what is wanted, record by record, wherever the wanted records
come from: a workbook, a CSV folder, a mail log. It carries the changes that make the one into the
other, with the versions that were read, so that the store refuses it if somebody was quicker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from pydantic import field_serializer, field_validator

from graphkam.exchange.alike import Alike
from graphkam.exchange.book import Book
from graphkam.exchange.called import Called
from graphkam.exchange.conflicts import Conflict, LastChange, conflicts
from graphkam.exchange.lines import Dropped, PlanAction, PlanLine, line
from graphkam.exchange.renames import Rename
from graphkam.exchange.succession import HolderEvent, holder_events
from graphkam.model.base import Entity, Frozen, Problem
from graphkam.model.changes import ChangeSet
from graphkam.model.clashes import Key, Side, says_other
from graphkam.model.records import KIND_BY_NAME, KINDS, RecordSet, account_of

FORM = 1
"""Form of a plan on file."""
_MANY = 0.1
"""Share of what a file may delete from which its deletions are counted by the one who accepts them."""


class Wanted(Protocol):
    """What a reader of files hands over."""

    @property
    def records(self) -> RecordSet:
        """All that is known, with what the file says put in."""


class Plan(Frozen):
    """What an import would change."""

    form: int = FORM
    file: str = ""
    sha256: str = ""
    revision: int | None = None
    """Revision of the store that it was made from."""
    lines: tuple[PlanLine, ...] = ()
    unchanged: int = 0
    """Records of the accounts concerned that stay as they are."""
    events: tuple[HolderEvent, ...] = ()
    warnings: tuple[Problem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    """What file and store both changed, to different ends."""
    prefer: Side | None = None
    """Whose word counts there; None = that is still to be said."""
    renames: tuple[Rename, ...] = ()
    """What looks renamed; whether it is, is still to be said."""
    alike: tuple[Alike, ...] = ()
    """New people who may be somebody else."""
    replaceable: int = 0
    """Of a file that replaces: how many records it could delete."""
    dropped: tuple[Dropped, ...] = ()
    """Where two people become one: what is not kept."""
    changes: ChangeSet = ChangeSet()
    """Nothing as long as something is to be said."""

    @property
    def is_open(self) -> bool:
        """Whether something is to be said before anything can be written."""
        return bool(self.renames) or self.is_disputed

    @property
    def is_disputed(self) -> bool:
        """Whether it is to be said whose word counts."""
        return bool(self.conflicts) and self.prefer is None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.changes.is_empty and not self.is_open

    @property
    def deletions_to_count(self) -> int:
        """How many records a file that replaces would delete, if those are many; otherwise 0."""
        deleted = self.totals[PlanAction.DELETE]
        return deleted if self.replaceable and deleted > _MANY * self.replaceable else 0

    @property
    def totals(self) -> Mapping[PlanAction, int]:
        """How many records of each action, all actions named."""
        counted = Counter(line.action for line in self.lines)
        return {action: counted[action] for action in PlanAction}

    @property
    def by_kind(self) -> Mapping[str, Mapping[PlanAction, int]]:
        """The same for each kind that has any, in the order of kinds."""
        counted = Counter((line.kind, line.action) for line in self.lines)
        there = {kind for kind, _ in counted}
        return {
            kind.__name__: {action: counted[kind.__name__, action] for action in PlanAction}
            for kind in KINDS
            if kind.__name__ in there
        }

    @field_serializer("changes")
    def _tell_kinds(self, changes: ChangeSet) -> dict[str, Any]:
        return {
            part: [{"type": type(r).__name__, "record": r.model_dump(mode="json")} for r in records]
            for part, records in (("puts", changes.puts), ("removals", changes.removals))
        }

    @field_validator("changes", mode="before")
    @classmethod
    def _know_kinds(cls, changes: Any) -> Any:
        if not isinstance(changes, Mapping):
            return changes
        return ChangeSet(**{part: tuple(map(_record, records)) for part, records in changes.items()})


def _record(plain: Any) -> Any:
    """Make a record of what a file says, so that the kinds are told apart again."""
    if isinstance(plain, Entity):
        return plain
    if not isinstance(plain, Mapping) or plain.get("type") not in KIND_BY_NAME:
        raise ValueError(plain)
    return KIND_BY_NAME[plain["type"]].model_validate(plain.get("record"))


def _nobody_knows(_: Key) -> None:
    """Say of a record that nobody knows who changed it."""


def plan(
    known: RecordSet,
    wanted: RecordSet | Wanted,
    *,
    revision: int | None = None,
    last_change: LastChange = _nobody_knows,
) -> Plan:
    """Give what makes the known records into the wanted ones.

    Parameters
    ----------
    known
        What the store holds, of all accounts that the wanted records may touch.
    wanted
        Everything as it should be; or what a reader gave, whose ``records`` are that, and what else
        it has to say is carried on.
    revision
        Revision of the store that ``known`` was read from.
    last_change
        Says who made a record what it is.

    Returns
    -------
    Plan
        Applying its changes to ``known`` gives the wanted records; it has none as long as something
        is to be said.
    """
    goal = wanted if isinstance(wanted, RecordSet) else wanted.records
    called = Called(goal, known)
    lines: list[PlanLine] = []
    puts: list[Entity] = []
    removals: list[Entity] = []
    for old, new in _differing(known, goal):
        if new is not None:
            version = old.version if old else 0
            puts.append(new if new.version == version else new.model_copy(update={"version": version}))
        elif old is not None:
            removals.append(old)
        lines.append(line(old, new, called))
    made = Plan(
        file=getattr(wanted, "file", ""),
        sha256=getattr(wanted, "sha256", ""),
        revision=revision,
        lines=tuple(lines),
        unchanged=_unchanged(goal, lines),
        events=tuple(holder_events(known, goal, called)),
        warnings=tuple(getattr(wanted, "warnings", ())),
    )
    if isinstance(wanted, Book):
        made = made.model_copy(update=_asked(wanted, called, last_change))
    if made.is_open:
        return made
    changes = ChangeSet(puts=tuple(puts), removals=tuple(reversed(removals)))
    return made.model_copy(update={"changes": changes})


def _asked(book: Book, called: Called, last_change: LastChange) -> dict[str, Any]:
    """Give what a workbook leaves to be said, and how it was to be read."""
    return {
        "conflicts": conflicts(book.clashes, called, last_change),
        "prefer": book.choices.prefer,
        "renames": book.renames,
        "alike": book.alike,
        "replaceable": book.replaceable,
    }


def _differing(known: RecordSet, goal: RecordSet) -> Iterable[tuple[Entity | None, Entity | None]]:
    """Give each record before and after, where the two differ; kinds that are referred to come first."""
    for kind in KINDS:
        before = {record.id: record for record in known.of(kind)}
        after = {record.id: record for record in goal.of(kind)}
        for record_id, new in after.items():
            old = before.get(record_id)
            if old is None or (old is not new and says_other(old, new)):
                yield old, new
        for record_id, old in before.items():
            if record_id not in after:
                yield old, None


def _unchanged(goal: RecordSet, lines: Sequence[PlanLine]) -> int:
    """Count what stays as it is in the accounts that are touched; in all if none is."""
    touched = {line.account_id for line in lines}
    written = sum(line.action is not PlanAction.DELETE for line in lines)
    if not touched - {None}:
        return len(goal) - written
    return sum(account_of(record) in touched for record in goal) - written
