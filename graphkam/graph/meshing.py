"""Which contact ties to make and which to hand over, at least cost, with the room that there is.

Source: design, analyses.md, "mesh"; the arithmetic: :mod:`graphkam.method.transport`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import Stakeholder, by_name
from graphkam.graph.fitting import Fit, fit
from graphkam.graph.needs import Room, Someone, everybody, planned, rooms
from graphkam.graph.strength import Flags, Floats, Indexes, Panel
from graphkam.method.transport import Plan, Transport, transport
from graphkam.settings import AnalysisSettings

Pair = tuple[int, int]
"""A member, and a person's place among some."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Somebody who does not get as many ties as needed."""

    person: Someone
    missing: int
    reason: Literal["room", "nobody"]
    """Nobody has room left; or there are not enough of us who could at all."""


@dataclass(frozen=True)
class Made:
    """What is to be made."""

    people: tuple[Someone, ...]
    """Who needs more ties, by name."""
    fit: Fit
    """Of everybody to them."""
    pairs: tuple[Pair, ...]
    """The ties to make."""
    short: tuple[Shortage, ...]
    """The heaviest first."""
    least: float
    """The cost of the cheapest plan, were all that is not known as cheap as can be."""
    most: float
    lacking: tuple[int, ...]
    """Of each member: for how many more there would have to be room, in the cheapest plan that leaves
    nobody short."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A live tie that somebody with too many could hand over."""

    giver: int
    person: Someone
    taker: int | None
    """None = nobody has room."""
    cost: float | None
    """0 if the other knows the person anyway; None without anybody."""
    is_live: bool
    """Whether the other has a live tie already."""


@dataclass(frozen=True)
class Meshed:
    """A plan with all that it rests on."""

    ties: Panel
    people: tuple[Someone, ...]
    """Whom one can meet, by name."""
    rooms: tuple[Room, ...]
    """Of each member."""
    made: Made
    handed: tuple[Handed, ...]
    after: Panel
    """The ties once all that is planned or proposed is made."""

    @property
    def nameless(self) -> tuple[Stakeholder, ...]:
        """Give the positions whose holder nobody can name: nobody can meet them."""
        return tuple(s for s in self.ties.graph.counted if s.person is None)


def meshed(
    ties: Panel,
    elsewhere: Mapping[str, int],
    excluded: Collection[tuple[str, str]],
    settings: AnalysisSettings,
) -> Meshed:
    """Give the plan of an account.

    Parameters
    ----------
    ties
        The ties of the account.
    elsewhere
        Ties, live or planned, in other accounts, by the member's id.
    excluded
        Members and people, by id, who are not to be brought together.
    settings
        Targets, and what a tie costs.
    """
    plans = planned(ties.graph)
    people = everybody(ties, plans, settings)
    room, barred = rooms(ties, people, elsewhere), plans.refused | frozenset(excluded)
    plan = made(ties, people, room, barred, settings)
    new = [(m, j) for m, i in plan.pairs for j in plan.people[i].seats]
    new += [(m, j) for p in people for m in p.planned for j in p.seats]
    over = handed(ties, people, room, plan, barred, settings)
    return Meshed(ties, people, room, plan, over, ties.joined(new))


def made(
    ties: Panel,
    everybody: Iterable[Someone],
    rooms: Sequence[Room],
    barred: Collection[tuple[str, str]],
    settings: AnalysisSettings,
) -> Made:
    """Give the ties to make.

    Parameters
    ----------
    ties
        The ties of the account.
    everybody
        Whom one can meet.
    rooms
        Of each member.
    barred
        Members and people, by id, who are not to be brought together.
    settings
        What a tie costs.
    """
    people = tuple(p for p in everybody if p.missing > 0)
    suits = fit(ties, people, settings)
    possible = _possible(ties, people, rooms, barred)
    free = np.array([room.free for room in rooms], dtype=np.float64)
    pairs = np.argwhere(possible & (free > 0)[:, None])
    case = _case(ties, people, pairs, suits.cost, free, settings)
    plan = transport(case)
    least = most = plan.cost
    if suits.is_unsure[tuple(pairs.T)].any():
        least, most = (
            transport(_case(ties, people, pairs, cost, free, settings)).cost
            for cost in (suits.least, suits.most)
        )
    wide = _case(ties, people, np.argwhere(possible), suits.cost, free, settings)
    return Made(
        people,
        suits,
        tuple((m, i) for m, i in pairs[plan.chosen].tolist()),
        _short(people, plan.short.tolist(), possible.sum(axis=0).tolist()),
        least,
        most,
        _lacking(wide, plan),
    )


def _short(people: Sequence[Someone], short: Sequence[int], reachable: Sequence[int]) -> tuple[Shortage, ...]:
    """Give who is short of how many, and why; ``reachable``: how many of us could, had they room."""
    rows = zip(people, short, reachable, strict=True)
    found = [Shortage(p, n, "room" if could >= p.missing else "nobody") for p, n, could in rows if n]
    return tuple(sorted(found, key=lambda s: -s.person.weight))


def _possible(
    ties: Panel, people: Sequence[Someone], rooms: Sequence[Room], barred: Collection[tuple[str, str]]
) -> Flags:
    """Tell who of us could have a tie to whom, had he or she room."""
    found = np.ones((len(rooms), len(people)), dtype=np.bool_)
    found[[room.is_leaving for room in rooms]] = False
    for i, p in enumerate(people):
        found[sorted(p.live | p.planned), i] = False
    row = {m.id: k for k, m in enumerate(ties.graph.members)}
    column = {p.id: i for i, p in enumerate(people)}
    for member_id, person_id in barred:
        if member_id in row and person_id in column:
            found[row[member_id], column[person_id]] = False
    return found


def _case(
    ties: Panel,
    people: Sequence[Someone],
    pairs: Indexes,
    cost: Floats,
    free: Floats,
    settings: AnalysisSettings,
) -> Transport:
    supplier, taker = pairs.reshape(-1, 2).T
    return Transport(
        supplier,
        taker,
        cost[supplier, taker],
        free,
        np.array([p.missing for p in people], dtype=np.int64),
        np.array([p.weight for p in people], dtype=np.float64),
        _functions(ties),
        settings.mesh_per_function,
    )


def _functions(ties: Panel) -> Indexes:
    """Give the function of each member as a number; below 0 where it is not known."""
    functions = [m.member.function for m in ties.graph.members]
    place = {f: i for i, f in enumerate(dict.fromkeys(f for f in functions if f is not None))}
    return np.array([place.get(f, -1) if f is not None else -1 for f in functions], dtype=np.int64)


def _lacking(case: Transport, plan: Plan) -> tuple[int, ...]:
    """Give who lacks how much room."""
    if not plan.short.any():
        return (0,) * len(case.room)
    return tuple(transport(replace(case, is_elastic=True)).over.tolist())


def handed(
    ties: Panel,
    everybody: Sequence[Someone],
    rooms: Sequence[Room],
    plan: Made,
    barred: Collection[tuple[str, str]],
    settings: AnalysisSettings,
) -> tuple[Handed, ...]:
    """Give the ties that members with too many could hand over, those of least weight first.

    First to somebody who knows the person anyway, where enough are left; then, at least cost, to those
    who have room once the plan is carried out.

    Parameters
    ----------
    ties, everybody, rooms, barred, settings
        As for the plan.
    plan
        The ties to make.
    """
    found: list[Handed] = []
    left = {p.id: set(p.live) for p in everybody}
    given: dict[str, list[int]] = {}
    for giver, room in enumerate(rooms):
        known = [p for p in everybody if giver in p.live]
        for p in sorted(known, key=lambda p: (len(left[p.id]) <= max(1, p.wanted), p.weight))[: room.over]:
            if len(left[p.id]) > max(1, p.wanted):
                left[p.id].discard(giver)
                others = [(-_strength(ties, m, p), m) for m in left[p.id]]
                found.append(Handed(giver, p, min(others)[1], 0.0, is_live=True))
            else:
                given.setdefault(p.id, []).append(giver)
    found += _to_others(ties, [p for p in everybody if p.id in given], given, rooms, plan, barred, settings)
    return tuple(sorted(found, key=lambda h: (h.giver, h.person.weight, *_name(ties, h.person))))


def _strength(ties: Panel, member: int, person: Someone) -> float:
    here = (ties.member == member) & np.isin(ties.seat, person.seats)
    return float(ties.strength[here].max(initial=0.0))


def _name(ties: Panel, person: Someone) -> tuple[str, str]:
    return by_name(ties.graph.counted[person.seats[0]].name, person.id)


def _to_others(
    ties: Panel,
    people: Sequence[Someone],
    given: Mapping[str, list[int]],
    rooms: Sequence[Room],
    plan: Made,
    barred: Collection[tuple[str, str]],
    settings: AnalysisSettings,
) -> Iterator[Handed]:
    """Give who takes over what nobody else knows."""
    if not people:
        return
    column = {p.id: i for i, p in enumerate(people)}
    free = np.array([room.free for room in rooms], dtype=np.float64)
    free -= np.bincount([m for m, _ in plan.pairs], minlength=len(free))
    possible = _possible(ties, people, rooms, barred) & (free > 0)[:, None]
    for m, i in plan.pairs:
        if plan.people[i].id in column:
            possible[m, column[plan.people[i].id]] = False
    pairs = np.argwhere(possible)
    suits = fit(ties, people, settings)
    case = _case(ties, people, pairs, suits.cost, free, settings)
    need = np.array([len(given[p.id]) for p in people], dtype=np.int64)
    found = transport(replace(case, need=need))
    takers: dict[int, list[int]] = {}
    for m, i in pairs[found.chosen].tolist():
        takers.setdefault(i, []).append(m)
    for i, p in enumerate(people):
        for giver, taker in zip_longest(given[p.id], takers.get(i, ())):
            cost = None if taker is None else float(suits.cost[taker, i])
            yield Handed(giver, p, taker, cost, is_live=False)
