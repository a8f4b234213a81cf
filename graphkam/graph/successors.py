"""Who of those who stay could take over a stakeholder, and why.

One order for all who ask: a departure's successors and the plan's handovers are named alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graphkam.graph.strength import Panel
from graphkam.model.vocabulary import ContactKind, PersonStatus

Reason = Literal["backup", "tie", "introduction", "function"]
MOST = 3
"""Successors proposed for one stakeholder."""


@dataclass(frozen=True, slots=True)
class Successor:
    """One of us who could take over."""

    member: int
    """Index into ``graph.members``."""
    reason: Reason
    """A tie of one's own; a live tie to somebody of the same unit or centre; the same function; or nothing
    but that one is named as the backup."""
    through: str | None
    """Name of the client person who could introduce."""
    free: int | None
    """Live ties that the member could still keep, as far as this account tells; None = unlimited."""
    is_backup: bool
    """Whether he or she is named as the backup, with or without a live tie."""


class Successors:
    """Proposes successors.

    Parameters
    ----------
    after
        The ties that stay.
    gone
        Indexes of the members who leave.
    """

    def __init__(self, after: Panel, gone: Collection[int] = ()) -> None:
        self._after, self._graph = after, after.graph
        self._gone = {*gone, *self._leaving()}

    def of(self, seat: int) -> tuple[Successor, ...]:
        """Give the best for a position."""
        return self.ranked(seat)[:MOST]

    def ranked(self, seat: int) -> tuple[Successor, ...]:
        """Give all who are near a position, the nearest first.

        First whoever is named as the backup, then by the strongest tie, the warmest introduction, the same
        function. Those who can keep no more ties come last, unless they were named or keep a live one.
        """
        named, first = self._backups.get(seat, set()), dict[int, Successor]()
        for member, reason, through in self._candidates(seat):
            if member not in first and member not in self._gone:
                is_named = member in named
                first[member] = Successor(member, reason, through, self._free(member), is_named)
        return tuple(sorted(first.values(), key=lambda s: (not s.is_backup, self._is_full(s, seat))))

    def _is_full(self, one: Successor, seat: int) -> bool:
        is_known = one.member in self._after.live_members[seat]
        return one.free is not None and one.free <= 0 and not is_known and not one.is_backup

    def _candidates(self, seat: int) -> Iterator[tuple[int, Reason, str | None]]:
        for _, m, _ in sorted(self._ties.get(seat, ())):
            yield m, "tie", None
        warm = ((*tie, i) for i in self._beside(seat) for tie in self._ties.get(i, ()))
        for _, m, is_live, i in sorted(warm):
            if is_live:
                yield m, "introduction", self._graph.counted[i].name
        function = self._graph.counted[seat].position.function
        for m, member in enumerate(self._graph.members):
            if function and member.member.function == function:
                yield m, "function", None
        for m in sorted(self._backups.get(seat, ())):
            yield m, "backup", None

    def _leaving(self) -> Iterator[int]:
        """Give those who are known to leave anyway."""
        for m, member in enumerate(self._graph.members):
            if member.member.status is PersonStatus.LEAVING:
                yield m

    @cached_property
    def _backups(self) -> Mapping[int, set[int]]:
        """Of each position: who is named as the backup of its holder."""
        place = {member.id: m for m, member in enumerate(self._graph.members)}
        named: dict[str, set[int]] = {}
        for contact in self._graph.contacts:
            if contact.tie.kind == ContactKind.BACKUP and contact.member_id in place:
                named.setdefault(contact.person_id, set()).add(place[contact.member_id])
        held = ((i, s.person) for i, s in enumerate(self._graph.counted))
        return {i: named[person.id] for i, person in held if person is not None and person.id in named}

    def _beside(self, seat: int) -> set[int]:
        """Give the positions of the same unit and of the same centres."""
        position = self._graph.counted[seat].position
        groups = [("unit", position.unit_id), *self._centres.get(position.id, ())]
        return {i for group in groups for i in self._groups.get(group, ())} - {seat}

    def _free(self, member: int) -> int | None:
        capacity = self._graph.members[member].member.capacity
        return None if capacity is None else capacity - self._after.load[member]

    @cached_property
    def _ties(self) -> Mapping[int, list[tuple[float, int, bool]]]:
        """Of each position: strength (negative: strongest first), member, and whether it is live."""
        after = self._after
        columns = (c.tolist() for c in (after.seat, after.member, after.strength, after.live))
        found: dict[int, list[tuple[float, int, bool]]] = {}
        for seat, member, strength, is_live in zip(*columns, strict=True):
            if strength > 0:
                found.setdefault(seat, []).append((-strength, member, is_live))
        return found

    @cached_property
    def _centres(self) -> Mapping[str, list[tuple[str, str | None]]]:
        found: dict[str, list[tuple[str, str | None]]] = {}
        for s in self._graph.seats:
            found.setdefault(s.position_id, []).append(("centre", s.centre_id))
        return found

    @cached_property
    def _groups(self) -> Mapping[tuple[str, str | None], list[int]]:
        found: dict[tuple[str, str | None], list[int]] = {}
        for i, s in enumerate(self._graph.counted):
            unit = [("unit", s.position.unit_id)] if s.position.unit_id else []
            for group in (*unit, *self._centres.get(s.id, ())):
                found.setdefault(group, []).append(i)
        return found
