"""Who communicates with whom in a buying centre: of the account, or of one decision centre.

Communication is not recorded; the positive influence ties stand for it, reporting lines only if they count
as influence (``reporting_strength``). Members are all people of the account, or those who sit in the
centre; only ties between members count. Those who have none communicate with nobody, as far as is known:
they are counted apart. A seat whose holder nobody can name has no ties, and is counted apart too.

A position stands for its level and its function. Where no function at all is known, the units stand for
the functions, and the count of functions could be anything from 1 to the number of positions.

Who buys: those with the role of buyer, in the centre or in any; where nobody has it, those whose function
is purchasing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.graph.influence import Influencer, Network, network
from graphkam.method.arcs import Arcs
from graphkam.method.hierarchy import Form, form
from graphkam.model.base import Interval
from graphkam.model.organisation import DecisionCentre
from graphkam.model.vocabulary import BuyingRole
from graphkam.settings import AnalysisSettings

PURCHASING = "purchasing"
"""Code of the function."""
_LEVELS = 5


@dataclass(frozen=True)
class Circle:
    """Who is in it, and the ties between them."""

    graph: AccountGraph
    network: Network
    centre: DecisionCentre | None
    seated: Mapping[str, Sequence[BuyingRole]]
    """The positions in it, with the roles that they have in it."""
    people: tuple[int, ...]
    """Indexes into the people of the network, hence by name."""
    unnamed: tuple[Stakeholder, ...]
    """Positions held by somebody nobody can name, or by somebody who has left."""

    @cached_property
    def arcs(self) -> Arcs:
        """The ties between its members, by their places in ``people``."""
        return self.network.arcs.among(self.people)

    @cached_property
    def ties(self) -> tuple[tuple[int, int, str | None], ...]:
        """These ties: who influences whom, by place, and the id of the tie; None for a reporting line."""
        within = self.network.arcs.within(self.people).tolist()
        ids = (t for t, is_in in zip(self.network.ties, within, strict=True) if is_in)
        return tuple(zip(self.arcs.source.tolist(), self.arcs.target.tolist(), ids, strict=True))

    def member(self, place: int) -> Influencer:
        """Give the member at a place."""
        return self.network.people[self.people[place]]

    @cached_property
    def talking(self) -> tuple[int, ...]:
        """Places of those who communicate."""
        return tuple(np.flatnonzero(self.arcs.is_tied).tolist())

    @cached_property
    def silent(self) -> tuple[int, ...]:
        """Places of those who do not."""
        return tuple(np.flatnonzero(~self.arcs.is_tied).tolist())

    @cached_property
    def positions(self) -> tuple[Stakeholder, ...]:
        """Positions in it of those who communicate."""
        return tuple(s for i in self.talking for s in self.member(i).positions if s.id in self.seated)

    @cached_property
    def levels(self) -> Mapping[int, Stakeholder]:
        """The levels of those who communicate, 1 first, each with somebody of it."""
        found: dict[int, Stakeholder] = {}
        for s in self.positions:
            if s.position.seniority is not None:
                found.setdefault(s.position.seniority, s)
        return dict(sorted(found.items()))

    @property
    def unknown_levels(self) -> int:
        """Positions of those who communicate whose level is not known."""
        return sum(s.position.seniority is None for s in self.positions)

    @property
    def vertical(self) -> Interval:
        """How many levels, and how many it could be."""
        return _count(len(self.levels), self.unknown_levels, _LEVELS)

    @cached_property
    def lateral_by(self) -> Literal["function", "unit"]:
        """What areas are told apart by."""
        return "function" if any(s.position.function for s in self.positions) else "unit"

    @cached_property
    def areas(self) -> Mapping[str, Stakeholder]:
        """Codes of the functions, or ids of the units, each with somebody of it."""
        found: dict[str, Stakeholder] = {}
        for s in self.positions:
            area = s.position.function if self.lateral_by == "function" else s.position.unit_id
            if area:
                found.setdefault(area, s)
        return found

    @property
    def unknown_areas(self) -> int:
        """Positions of those who communicate whose function is not known."""
        return sum(not s.position.function for s in self.positions)

    @property
    def lateral(self) -> Interval:
        """How many functions, and how many it could be."""
        known = 0 if self.lateral_by == "unit" else len(self.areas)
        could_be = _count(known, self.unknown_areas)
        return Interval(value=len(self.areas), low=could_be.low, high=could_be.high)

    @cached_property
    def dyads(self) -> tuple[tuple[int, int], ...]:
        """Pairs of those who communicate with each other, whichever way."""
        return tuple(sorted({(min(one, other), max(one, other)) for one, other, _ in self.ties}))

    @property
    def connectedness_arcs(self) -> float | None:
        """Ties over the ordered pairs of those who communicate."""
        n = len(self.talking)
        return self.arcs.count / (n * (n - 1)) if n > 1 else None

    @property
    def connectedness_dyads(self) -> float | None:
        """Pairs who communicate, over all."""
        n = len(self.talking)
        return 2 * len(self.dyads) / (n * (n - 1)) if n > 1 else None

    @cached_property
    def buyers(self) -> tuple[int, ...]:
        """Places of those who buy."""
        by_role = [i for i in range(len(self.people)) if self._has_role(i)]
        return tuple(by_role or (i for i in range(len(self.people)) if self._purchases(i)))

    def _has_role(self, place: int) -> bool:
        return any(BuyingRole.BUYER in self.seated.get(s.id, ()) for s in self.member(place).positions)

    def _purchases(self, place: int) -> bool:
        own = (s for s in self.member(place).positions if s.id in self.seated)
        return any(s.position.function == PURCHASING for s in own)

    def dealings(self, place: int) -> int:
        """Give the ties of a member, sent and received."""
        return int(self.arcs.out_degree[place] + self.arcs.in_degree[place])

    def centrality(self, place: int) -> float | None:
        """Give the ties of a member for each of those who communicate."""
        return self.dealings(place) / len(self.talking) if self.talking else None

    @property
    def around(self) -> tuple[int, ...]:
        """Indexes of people who are not in it and influence somebody who is."""
        onward = np.isin(self.network.target, self.people) & ~np.isin(self.network.source, self.people)
        return tuple(np.unique(self.network.source[onward]).tolist())

    @cached_property
    def of_influence(self) -> Form:
        """The form of the ties between all its members, silent ones included."""
        return form(self.arcs)

    @cached_property
    def seats(self) -> tuple[Stakeholder, ...]:
        """Its positions, vacant ones included, by name."""
        return tuple(s for s in self.graph.stakeholders if s.id in self.seated)

    @cached_property
    def lines(self) -> Arcs:
        """Solid reporting lines between its positions, from boss to subordinate."""
        place = {s.id: i for i, s in enumerate(self.seats)}
        pairs = sorted(
            (place[boss], i)
            for i, s in enumerate(self.seats)
            if (boss := s.position.reports_to_id) in place and boss != s.id
        )
        source, target = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return Arcs(len(self.seats), source, target, np.ones(len(pairs)))

    @cached_property
    def of_reporting(self) -> Form:
        """The form of the reporting lines."""
        return form(self.lines)


def _count(known: int, unknown: int, most: int | None = None) -> Interval:
    """Give how many kinds there are of which some are known, and how many it could be."""
    high = known + unknown if most is None else min(known + unknown, most)
    return Interval(value=known, low=max(known, min(unknown, 1)), high=high)


def circle(graph: AccountGraph, settings: AnalysisSettings, centre: DecisionCentre | None = None) -> Circle:
    """Give who communicates with whom.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Whether reporting lines count as influence.
    centre
        A decision centre; None for the account.
    """
    net, seated = network(graph, settings), _seated(graph, centre)
    named = {s.id for p in net.people for s in p.positions}
    people = (
        i
        for i, p in enumerate(net.people)
        if any(s.id in seated for s in p.positions) or (centre is None and not p.positions)
    )
    unnamed = (s for s in graph.counted if s.id in seated and s.id not in named)
    return Circle(graph, net, centre, seated, tuple(people), tuple(unnamed))


def _seated(graph: AccountGraph, centre: DecisionCentre | None) -> Mapping[str, Sequence[BuyingRole]]:
    seats = graph.seats if centre is None else graph.seats_of[centre.id]
    found: dict[str, list[BuyingRole]] = {s.id: [] for s in graph.stakeholders} if centre is None else {}
    for seat in seats:
        if seat.position_id in graph.by_position:
            found.setdefault(seat.position_id, []).extend(seat.roles)
    return found
