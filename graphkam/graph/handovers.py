"""Which live ties members with too many could hand over, and to whom: the nearest who has room.

Near is who could take over after a departure, in the same order (see :mod:`graphkam.graph.successors`).
Here nobody leaves and everybody keeps to his or her room, once the plan is carried out: so the nearest is
not always the one. Where nobody near has room, whoever fits best at least cost is asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import by_name
from graphkam.graph.fitting import Fit, fit
from graphkam.graph.meetings import case, possible
from graphkam.graph.needs import Room, Someone
from graphkam.graph.strength import Flags, Floats, Panel
from graphkam.graph.successors import MOST, Successor, Successors
from graphkam.graph.successors import Reason as Nearness
from graphkam.method.transport import transport
from graphkam.settings import AnalysisSettings

Reason = Nearness | Literal["live", "fit"]
_KNOWN: Literal["live"] = "live"


@dataclass(frozen=True, slots=True)
class Handed:
    """A live tie that somebody with too many could hand over."""

    giver: int
    person: Someone
    taker: int | None
    """None = nobody has room."""
    cost: float | None
    """0 if the other knows the person anyway; None without anybody."""
    reason: Reason | None
    """A live tie already; what makes the other near; or only that nobody nearer has room, and the two fit."""
    through: str | None = None
    """Name of the client person who could introduce."""
    is_backup: bool = False
    nearer: tuple[int, ...] = ()
    """Who would be nearer and has no room."""

    @property
    def is_live(self) -> bool:
        """Tell whether the other has a live tie already."""
        return self.reason == _KNOWN


@dataclass(frozen=True)
class _Asked:
    """All that the question rests on."""

    ties: Panel
    rooms: Sequence[Room]
    planned: Collection[tuple[int, str]]
    barred: Collection[tuple[str, str]]
    settings: AnalysisSettings


def handed(
    ties: Panel,
    everybody: Sequence[Someone],
    rooms: Sequence[Room],
    planned: Collection[tuple[int, str]],
    barred: Collection[tuple[str, str]],
    settings: AnalysisSettings,
) -> tuple[Handed, ...]:
    """Give the ties that members with too many could hand over, those of least weight first.

    First to somebody who knows the person anyway, where enough are left; then to the nearest, and among
    those as near at least cost, who have room once the plan is carried out.

    Parameters
    ----------
    ties
        The ties of the account.
    everybody
        Whom one can meet.
    rooms
        Of each member.
    planned
        The ties that the plan makes: a member, and a person's id.
    barred
        Members and people, by id, who are not to be brought together.
    settings
        Targets, and what a tie costs.
    """
    found: list[Handed] = []
    near, left = Successors(ties), {p.id: set(p.live) for p in everybody}
    given: dict[str, list[int]] = {}
    for giver, room in enumerate(rooms):
        known = [p for p in everybody if giver in p.live]
        for p in sorted(known, key=lambda p: (len(left[p.id]) <= max(1, p.wanted), p.weight))[: room.over]:
            if len(left[p.id]) > max(1, p.wanted):
                left[p.id].discard(giver)
                found.append(_to_whoever_knows(near, giver, p, left[p.id]))
            else:
                given.setdefault(p.id, []).append(giver)
    asked = _Asked(ties, rooms, planned, barred, settings)
    found += _to_others(asked, near, [p for p in everybody if p.id in given], given)
    return tuple(sorted(found, key=lambda h: (h.giver, h.person.weight, *_name(ties, h.person))))


def _name(ties: Panel, person: Someone) -> tuple[str, str]:
    return by_name(ties.graph.counted[person.seats[0]].name, person.id)


def _to_whoever_knows(near: Successors, giver: int, person: Someone, left: Collection[int]) -> Handed:
    ranked = [s for s in near.ranked(person.seats[0]) if s.member in left]
    taker, is_backup = (ranked[0].member, ranked[0].is_backup) if ranked else (min(left), False)
    return Handed(giver, person, taker, 0.0, _KNOWN, is_backup=is_backup)


def _to_others(
    asked: _Asked, near: Successors, people: Sequence[Someone], given: Mapping[str, list[int]]
) -> Iterator[Handed]:
    """Give who takes over what nobody else knows."""
    if not people:
        return
    could, free = _could(asked, people), _free(asked)
    ranked = [[s for s in near.ranked(p.seats[0]) if could[s.member, i]] for i, p in enumerate(people)]
    pairs = np.argwhere(could & (free > 0)[:, None])
    suits = fit(asked.ties, people, asked.settings)
    wanted = case(asked.ties, people, pairs, _far(suits, ranked), free, asked.settings)
    need = np.array([len(given[p.id]) for p in people], dtype=np.int64)
    found = transport(replace(wanted, need=need))
    takers: dict[int, list[int]] = {}
    for m, i in pairs[found.chosen].tolist():
        takers.setdefault(i, []).append(m)
    for i, p in enumerate(people):
        asked_too = set(takers.get(i, ()))
        for giver, taker in zip_longest(given[p.id], takers.get(i, ())):
            yield _handed(
                giver,
                p,
                taker,
                [s for s in ranked[i] if s.member == taker or s.member not in asked_too],
                suits.cost[:, i],
            )


def _handed(
    giver: int, person: Someone, taker: int | None, ranked: Sequence[Successor], cost: Floats
) -> Handed:
    place = next((k for k, s in enumerate(ranked) if s.member == taker), None)
    nearer = tuple(s.member for s in ranked[: place if place is not None else MOST])[:MOST]
    if taker is None:
        return Handed(giver, person, None, None, None, nearer=nearer)
    if place is None:
        return Handed(giver, person, taker, float(cost[taker]), "fit", nearer=nearer)
    one = ranked[place]
    return Handed(giver, person, taker, float(cost[taker]), one.reason, one.through, one.is_backup, nearer)


def _could(asked: _Asked, people: Sequence[Someone]) -> Flags:
    """Tell who could take over whom, had he or she room; not who is to meet the person by the plan anyway."""
    column = {p.id: i for i, p in enumerate(people)}
    found = possible(asked.ties, people, asked.rooms, asked.barred)
    for m, person_id in asked.planned:
        if person_id in column:
            found[m, column[person_id]] = False
    return found


def _free(asked: _Asked) -> Floats:
    """Give what room is left once the plan is carried out."""
    found = np.array([room.free for room in asked.rooms], dtype=np.float64)
    return found - np.bincount([m for m, _ in asked.planned], minlength=len(found))


def _far(suits: Fit, ranked: Iterable[Sequence[Successor]]) -> Floats:
    """Give how far each of us is from each person: the place among the near, and only then the cost.

    Who is near at all comes before who is not; of the near the first count, as many as a departure names.
    """
    found = np.full(suits.cost.shape, MOST + 1.0)
    for i, near in enumerate(ranked):
        for place, one in enumerate(near):
            found[one.member, i] = min(place, MOST)
    cost = suits.cost - suits.cost.min(initial=0.0)
    beyond = 1 + len(found.T) * (1 + float(cost.max(initial=0.0)))  # more than all of it can add up to
    nearest: Floats = found + cost / beyond
    return nearest
