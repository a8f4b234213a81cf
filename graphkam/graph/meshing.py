"""Which contact ties to make and which to hand over, at least cost, with the room that there is.

Source: design, analyses.md, "mesh"; the arithmetic: :mod:`graphkam.method.transport`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import Stakeholder
from graphkam.graph.fitting import Fit, fit
from graphkam.graph.handovers import Handed, handed
from graphkam.graph.meetings import case, possible
from graphkam.graph.needs import Room, Someone, everybody, planned, rooms
from graphkam.graph.strength import Panel
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
    asked = {(m, plan.people[i].id) for m, i in plan.pairs}
    over = handed(ties, people, room, asked, barred, settings)
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
    could = possible(ties, people, rooms, barred)
    free = np.array([room.free for room in rooms], dtype=np.float64)
    pairs = np.argwhere(could & (free > 0)[:, None])
    plan = transport(case(ties, people, pairs, suits.cost, free, settings))
    least = most = plan.cost
    if suits.is_unsure[tuple(pairs.T)].any():
        least, most = (
            transport(case(ties, people, pairs, cost, free, settings)).cost
            for cost in (suits.least, suits.most)
        )
    wide = case(ties, people, np.argwhere(could), suits.cost, free, settings)
    return Made(
        people,
        suits,
        tuple((m, i) for m, i in pairs[plan.chosen].tolist()),
        _short(people, plan.short.tolist(), could.sum(axis=0).tolist()),
        least,
        most,
        _lacking(wide, plan),
    )


def _short(people: Sequence[Someone], short: Sequence[int], reachable: Sequence[int]) -> tuple[Shortage, ...]:
    """Give who is short of how many, and why; ``reachable``: how many of us could, had they room."""
    rows = zip(people, short, reachable, strict=True)
    found = [Shortage(p, n, "room" if could >= p.missing else "nobody") for p, n, could in rows if n]
    return tuple(sorted(found, key=lambda s: -s.person.weight))


def _lacking(case: Transport, plan: Plan) -> tuple[int, ...]:
    """Give who lacks how much room."""
    if not plan.short.any():
        return (0,) * len(case.room)
    return tuple(transport(replace(case, is_elastic=True)).over.tolist())
