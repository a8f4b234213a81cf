"""Two people changed one thing: what each says, field by field, and how it goes on.

Nothing is overwritten unseen. Where the two did not touch the same fields, both can stay; where they did,
one of them says whose word counts.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet, Overtaken
from graphkam.model.clashes import NOT_CONTENT


class Sides(NamedTuple):
    """What one field was, what I say and what the other says."""

    field: str
    before: Any
    mine: Any
    theirs: Any

    @property
    def is_clash(self) -> bool:
        """Whether both changed it, to different ends."""
        return len({repr(said) for said in self[1:]}) == len(self[1:])


def sides(overtaken: Overtaken) -> tuple[Sides, ...]:
    """Give the fields that either of two changed, in the order of the record.

    Parameters
    ----------
    overtaken
        The record as I read it, as I want it, and as it stands now.

    Returns
    -------
    tuple of Sides
        None if nobody knows how I read it, or one of us does not have it any more.
    """
    read, wanted, now = overtaken.read, overtaken.wanted, overtaken.now
    if read is None or now is None or overtaken.is_attached or type(now) is not type(wanted):
        return ()
    found = (
        Sides(name, getattr(read, name), getattr(wanted, name), getattr(now, name))
        for name in type(wanted).model_fields
        if name not in NOT_CONTENT
    )
    return tuple(one for one in found if one.mine != one.before or one.theirs != one.before)


def on_top(changes: ChangeSet, overtaken: Overtaken) -> ChangeSet:
    """Give my changes anew, on top of what the other wrote: mine count where we differ, theirs elsewhere.

    Parameters
    ----------
    changes
        What was refused.
    overtaken
        The record that the other changed.
    """
    now = overtaken.now
    if now is None:
        return changes
    mine = {one.field: one.mine for one in sides(overtaken) if one.mine != one.before}
    made = now.model_copy(update={**mine, "origin": overtaken.wanted.origin})
    return ChangeSet(
        puts=tuple(made if _is(record, now) else record for record in changes.puts),
        removals=tuple(now if _is(record, now) else record for record in changes.removals),
    )


def _is(record: Entity, other: Entity) -> bool:
    return type(record) is type(other) and record.id == other.id
