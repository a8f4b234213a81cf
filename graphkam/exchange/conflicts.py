"""Where file and store say different things: told in words, with who said so in the store and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphkam.exchange.called import Called, field_label, kind_label, value_label
from graphkam.exchange.lines import FieldChange, fields_changed
from graphkam.exchange.meeting import Clashing
from graphkam.model.base import Entity, Frozen
from graphkam.model.changes import Operation
from graphkam.model.clashes import Clash, Key
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import account_of
from graphkam.text import UNKNOWN, Words

LastChange = Callable[[Key], Operation | None]
"""Gives the write that made a record what it is, or removed it; None = nobody knows."""

_WHO: Mapping[str, type[Entity]] = {"holder": Person, "owner": TeamMember}
"""What is no field of a record, and who it may be."""


class Conflict(Frozen):
    """One thing that was changed on both sides, to different ends."""

    kind: str
    id: str
    account_id: str | None
    name: str
    field: str
    """``holder`` of a position, ``owner`` of a person; empty for the record itself."""
    base: str | None = None
    mine: str | None = None
    """What the file says; None = not known."""
    theirs: str | None = None
    """What the store says."""
    is_kept_by_file: bool = True
    is_kept_by_store: bool = True
    """Of a record itself, which one side deleted."""
    changes: tuple[FieldChange, ...] = ()
    """What the other side changed of it."""
    because: str = ""
    """What the other side has come to say that needs it."""
    who: str = ""
    """Who said so in the store; empty = nobody knows."""
    at: str = ""
    """When, UTC."""
    sheet: str = ""
    cell: str = ""
    """Where the file says it; empty where no row does."""

    def told(self, words: Words) -> str:
        """Say who says what."""
        told = {
            "place": f"{self.sheet}!{self.cell}  " if self.cell else "",
            "name": f"{kind_label(self.kind, words.language)}  {self.name}",
            "by": words.say("plan.by", who=self.who, at=self.at.replace("T", " ")[:16]) if self.at else "",
        }
        if not self.field:
            key = "plan.store_deletes" if self.is_kept_by_file else "plan.file_deletes"
            return words.say(key, what=self._what(words), **told)
        base, mine, theirs = (self._shown(said, words) for said in (self.base, self.mine, self.theirs))
        field = field_label(self.kind, self.field, words.language)
        return words.say("plan.conflict", field=field, base=base, mine=mine, theirs=theirs, **told)

    def _what(self, words: Words) -> str:
        """Say what the side that keeps the record says of it."""
        return self.because or words.say("plan.separator").join(
            c.told(self.kind, words) for c in self.changes
        )

    def _shown(self, value: str | None, words: Words) -> str:
        if self.field in _WHO:
            return value or UNKNOWN
        return value_label(self.kind, self.field, value, words.language)


def conflicts(clashing: Iterable[Clashing], called: Called, last_change: LastChange) -> tuple[Conflict, ...]:
    """Word clashes.

    Parameters
    ----------
    clashing
        The clashes, with their places.
    called
        What records are called.
    last_change
        Says who did what the store says.
    """
    return tuple(_conflict(one, called, last_change(one.clash.at)) for one in clashing)


def _conflict(one: Clashing, called: Called, change: Operation | None) -> Conflict:
    clash = one.clash
    record = called.record(clash.kind, clash.id) or clash.base
    made = Conflict(
        kind=clash.kind.__name__,
        id=clash.id,
        account_id=account_of(record) if record is not None else None,
        name=called.name(record) if record is not None else clash.id,
        field=clash.field,
        who=change.who if change else "",
        at=change.at if change else "",
        sheet=one.place.sheet,
        cell=one.place.cell,
    )
    if not clash.field:
        return made.model_copy(update=_of_a_record(clash, called))
    said = (("base", clash.base), ("mine", clash.mine), ("theirs", clash.theirs))
    return made.model_copy(update={side: _said(clash, value, record, called) for side, value in said})


def _said(clash: Clash, said: Any, record: Entity | None, called: Called) -> str | None:
    """Give what a side says, as text."""
    if said is None or record is None:
        return None
    if clash.field in _WHO:
        return called.of((_WHO[clash.field],), str(said))
    return called.shown(record, clash.field, said)


def _of_a_record(clash: Clash, called: Called) -> dict[str, Any]:
    """Give who keeps a record, and what that side says of it."""
    kept = clash.mine if clash.theirs is None else clash.theirs
    needing = called.record(*clash.at) if clash.at != (clash.kind, clash.id) else None
    return {
        "is_kept_by_file": clash.mine is not None,
        "is_kept_by_store": clash.theirs is not None,
        "changes": tuple(fields_changed(clash.base, kept, called)) if clash.base and kept else (),
        "because": called.name(needing) if needing is not None else "",
    }
