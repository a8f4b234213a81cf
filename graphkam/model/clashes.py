"""Where two states of the same records clash."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from graphkam.model.base import Entity
from graphkam.model.records import KINDS, RecordSet

Key = tuple[type[Entity], str]
"""Kind and id of a record."""

NOT_CONTENT = frozenset({"id", "version", "origin", "updated_at"})
"""Fields that tell which record it is, whence and since when: not what it says."""

_PLACE = {kind: place for place, kind in enumerate(KINDS)}


class Side(StrEnum):
    """Who is right where both sides say different things."""

    MINE = "mine"
    THEIRS = "theirs"


class Clash(NamedTuple):
    """Something that both sides changed, to different ends."""

    kind: type[Entity]
    id: str
    """What it is about."""
    field: str
    """A field of it; ``holder`` of a position, ``owner`` of a person; empty for the record itself."""
    base: Any
    mine: Any
    theirs: Any
    """What each says; for a record itself the record, or None where it is not there."""
    at: Key
    """The record whose last change made ``theirs`` what it is."""

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands in a list."""
        return _PLACE[self.kind], self.id, self.field


class States(NamedTuple):
    """What is brought together."""

    base: RecordSet
    mine: RecordSet
    theirs: RecordSet
    prefer: Side

    @property
    def preferred(self) -> RecordSet:
        """The state whose word counts."""
        return self.mine if self.prefer is Side.MINE else self.theirs


class Merged(NamedTuple):
    """What two states come to."""

    records: RecordSet
    """Where there are clashes: as the preferred side says."""
    clashes: tuple[Clash, ...]


def says_other(one: Entity, other: Entity) -> bool:
    """Tell whether two records of one kind say different things, whenever and from where they came."""
    before, after = one.__dict__, other.__dict__
    return any(before[field] != after[field] for field in before if field not in NOT_CONTENT)
