"""The lines of a plan: one for each record that is written or removed."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from graphkam.exchange.called import TELLING, Called, field_label, kind_label, value_label
from graphkam.model.base import Entity, Frozen, said
from graphkam.model.clashes import NOT_CONTENT
from graphkam.model.records import account_of
from graphkam.model.sensitive import is_sensitive
from graphkam.text import Words


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

    def told(self, kind: str, words: Words) -> str:
        """Say what changes in a record of a kind."""
        label = field_label(kind, self.field, words.language)
        old, new = (value_label(kind, self.field, value, words.language) for value in (self.old, self.new))
        return words.say("plan.field_change", field=label, old=old, new=new)


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
        name = f"{kind_label(self.kind, words.language)}  {self.name}"
        is_new = self.action is PlanAction.CREATE
        told = [
            self._new(change, words) if is_new else change.told(self.kind, words) for change in self.fields
        ]
        return (
            words.say("plan.line", line=name, changes=words.say("plan.separator").join(told))
            if told
            else name
        )

    def _new(self, change: FieldChange, words: Words) -> str:
        label = field_label(self.kind, change.field, words.language)
        value = value_label(self.kind, change.field, change.new, words.language)
        return words.say("plan.new_field", field=label, new=value)


def discreet(one: PlanLine) -> PlanLine:
    """Give a line without what its sensitive fields say."""
    return one.model_copy(
        update={"fields": tuple(f for f in one.fields if not is_sensitive(one.kind, f.field))}
    )


class Dropped(Frozen):
    """A value that is not kept where two people become one."""

    kind: str
    id: str
    name: str
    """Of the record that stays."""
    field: str
    kept: str | None
    dropped: str | None

    def told(self, words: Words) -> str:
        """Say which value is kept, and which is not."""
        kept, dropped = (
            value_label(self.kind, self.field, v, words.language) for v in (self.kept, self.dropped)
        )
        return words.say(
            "plan.dropped",
            name=f"{kind_label(self.kind, words.language)}  {self.name}",
            field=field_label(self.kind, self.field, words.language),
            kept=kept,
            dropped=dropped,
        )


def line(old: Entity | None, new: Entity | None, called: Called) -> PlanLine:
    """Give the line of a record, before (None = new) and after (None = removed).

    Parameters
    ----------
    old, new
        The record.
    called
        What records are called.
    """
    record = new or old
    assert record is not None  # noqa: S101 - one of the two is there
    fields = tuple(fields_changed(old, new, called)) if new else ()
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
    is_ending = said(old, "until") is None and said(new, "until") is not None
    return PlanAction.END if is_ending else PlanAction.CHANGE


def fields_changed(old: Entity | None, new: Entity, called: Called) -> Iterable[FieldChange]:
    """Tell the fields that change; of a new record those without which its line says nothing."""
    wanted = TELLING.get(type(new).__name__, ()) if old is None else type(new).model_fields
    # A new statement of a contact pushes the old one into the past: said once is enough.
    is_restated = said(old, "stated_on") != said(new, "stated_on")
    for field in wanted:
        if field == "past" and is_restated:
            continue
        before, after = said(old, field), said(new, field)
        if field not in NOT_CONTENT and before != after:
            yield FieldChange(
                field=field, old=called.shown(new, field, before), new=called.shown(new, field, after)
            )
