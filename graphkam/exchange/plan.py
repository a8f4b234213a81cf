"""What an import would change, before anything is written.

A plan compares what is known with what is wanted, record by record, wherever the wanted records
come from: a workbook, a CSV folder, a mail log. It carries the changes that make the one into the
other, with the versions that were read, so that the store refuses it if somebody was quicker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError, field_serializer, field_validator

from graphkam.errors import InputError
from graphkam.exchange.called import TELLING, Called, field_label, kind_label, value_label
from graphkam.exchange.layout import save_bytes
from graphkam.exchange.succession import HolderEvent, holder_events
from graphkam.model.base import Entity, Frozen, Problem
from graphkam.model.changes import ChangeSet
from graphkam.model.clashes import NOT_CONTENT, says_other
from graphkam.model.records import KIND_BY_NAME, KINDS, RecordSet, account_of
from graphkam.text import Words

FORM = 1
"""Form of a plan on file."""


class Wanted(Protocol):
    """What a reader of files hands over."""

    @property
    def records(self) -> RecordSet:
        """All that is known, with what the file says put in."""


class PlanAction(StrEnum):
    """What happens to a record."""

    CREATE = "create"
    CHANGE = "change"
    END = "end"
    DELETE = "delete"


class FieldChange(Frozen):
    """One field of a record, before and after; references are names, several are joined by ``; ``."""

    field: str
    old: str | None
    """None = not known."""
    new: str | None


class PlanLine(Frozen):
    """One record that would be written or removed."""

    action: PlanAction
    kind: str
    """Name of its class, such as ``ContactTie``."""
    id: str
    account_id: str | None
    name: str
    """What it is called; a tie by its two ends."""
    fields: tuple[FieldChange, ...] = ()
    """For a change or an end."""
    origin: str = ""
    """Where in the file it stands."""

    def told(self, words: Words) -> str:
        """Say what it is, what it is called and what changes in it."""
        told = [f"{kind_label(self.kind, words.language)}  {self.name}"]
        for change in self.fields:
            label = field_label(self.kind, change.field, words.language)
            old, new = (
                value_label(self.kind, change.field, v, words.language) for v in (change.old, change.new)
            )
            is_new = self.action is PlanAction.CREATE
            told.append(
                words.say("plan.new_field" if is_new else "plan.field_change", field=label, old=old, new=new)
            )
        return words.say("plan.line", line=told[0], changes="; ".join(told[1:])) if told[1:] else told[0]


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
    changes: ChangeSet = ChangeSet()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self.changes.is_empty

    @property
    def totals(self) -> Mapping[PlanAction, int]:
        """How many records of each action, all actions named."""
        counted = Counter(line.action for line in self.lines)
        return {action: counted[action] for action in PlanAction}

    @property
    def by_kind(self) -> Mapping[str, Mapping[PlanAction, int]]:
        """The same for each kind that has any, in the order of kinds."""
        counted = Counter((line.kind, line.action) for line in self.lines)
        return {
            kind.__name__: {action: counted[kind.__name__, action] for action in PlanAction}
            for kind in KINDS
            if any(line.kind == kind.__name__ for line in self.lines)
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


def plan(known: RecordSet, wanted: RecordSet | Wanted, *, revision: int | None = None) -> Plan:
    """Give what makes the known records into the wanted ones.

    Parameters
    ----------
    known
        What the store holds, of all accounts that the wanted records may touch.
    wanted
        Everything as it should be; or what a reader gave, whose ``records`` are that, and whose
        ``file``, ``sha256`` and ``warnings`` are carried on.
    revision
        Revision of the store that ``known`` was read from.

    Returns
    -------
    Plan
        Applying its changes to ``known`` gives the wanted records.
    """
    goal = wanted if isinstance(wanted, RecordSet) else wanted.records
    called = Called(known, goal)
    lines: list[PlanLine] = []
    puts: list[Entity] = []
    removals: list[Entity] = []
    for old, new in _differing(known, goal):
        if new is not None:
            version = old.version if old else 0
            puts.append(new if new.version == version else new.model_copy(update={"version": version}))
        elif old is not None:
            removals.append(old)
        lines.append(_line(old, new, called))
    return Plan(
        file=getattr(wanted, "file", ""),
        sha256=getattr(wanted, "sha256", ""),
        revision=revision,
        lines=tuple(lines),
        unchanged=_unchanged(goal, lines),
        events=tuple(holder_events(known, goal, called)),
        warnings=tuple(getattr(wanted, "warnings", ())),
        changes=ChangeSet(puts=tuple(puts), removals=tuple(reversed(removals))),
    )


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


def _line(old: Entity | None, new: Entity | None, called: Called) -> PlanLine:
    record = new or old
    assert record is not None  # noqa: S101 - one of the two is there
    fields = tuple(_fields(old, new, called)) if new else ()
    return PlanLine(
        action=_action(old, new),
        kind=type(record).__name__,
        id=record.id,
        account_id=account_of(record),
        name=called.name(record),
        fields=fields,
        origin=new.origin if new else "",
    )


def _action(old: Entity | None, new: Entity | None) -> PlanAction:
    if old is None:
        return PlanAction.CREATE
    if new is None:
        return PlanAction.DELETE
    is_ending = getattr(old, "until", None) is None and getattr(new, "until", None) is not None
    return PlanAction.END if is_ending else PlanAction.CHANGE


def _fields(old: Entity | None, new: Entity, called: Called) -> Iterable[FieldChange]:
    """Tell the fields that change; of a new record those without which its line says nothing."""
    wanted = TELLING.get(type(new).__name__, ()) if old is None else type(new).model_fields
    # A new statement of a contact pushes the old one into the past: said once is enough.
    is_restated = getattr(old, "stated_on", None) != getattr(new, "stated_on", None)
    for field in wanted:
        if field == "past" and is_restated:
            continue
        before, after = getattr(old, field, None), getattr(new, field)
        if field not in NOT_CONTENT and before != after:
            yield FieldChange(
                field=field, old=called.shown(new, field, before), new=called.shown(new, field, after)
            )


def _unchanged(goal: RecordSet, lines: Sequence[PlanLine]) -> int:
    """Count what stays as it is in the accounts that are touched; in all if none is."""
    touched = {line.account_id for line in lines}
    written = sum(line.action is not PlanAction.DELETE for line in lines)
    if not touched - {None}:
        return len(goal) - written
    return sum(account_of(record) in touched for record in goal) - written


def save_plan(made: Plan, path: Path) -> None:
    """Write a plan to a file, to be applied later.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    save_bytes(path, made.model_dump_json(indent=2).encode("utf-8"))


def load_plan(path: Path, *, revision: int) -> Plan:
    """Read a plan back.

    Parameters
    ----------
    path
        The file.
    revision
        The revision of the store now.

    Raises
    ------
    InputError
        If the file is not a plan, or the store has changed since it was made.
    """
    try:
        made = Plan.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise InputError("plan_unreadable", file=path.name) from error
    if made.form != FORM:
        raise InputError("plan_unreadable", file=path.name)
    if made.revision != revision:
        raise InputError("plan_stale", planned=made.revision, now=revision)
    return made
