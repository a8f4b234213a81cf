"""Who stands between the people of the client, and how far that can be told.

The network of :mod:`graphkam.graph.influence`: positive ties, from who influences to who is influenced.
Each tie counts alike, unless strength is to count: then a strong tie is a short one (1 / strength), and
weighs more among somebody's dealings. Directions are added up for constraint and effective size.

Whoever has no tie at all is left out of every ranking: nobody may have asked.

*Tier* of a broker, by betweenness: the thirds of those who stand between anybody, equals together; who
stands between nobody is in the last. *Stability*: the probability that two are in the right order of
betweenness although a fifth were not asked whom they listen to (:mod:`graphkam.method.nonresponse`). In
large networks there are fewer draws, for the time that they take.

Source: design, analyses.md, "influence" ("Brokers").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graphkam.graph.influence import Network
from graphkam.method.arcs import Arcs, Floats, Indexes
from graphkam.method.centrality import articulations, betweenness, parts, reached
from graphkam.method.constraint import constraint, effective_size
from graphkam.method.key_players import Cutting, Players, Reaching
from graphkam.method.nonresponse import Stability, stability
from graphkam.settings import AnalysisSettings

TIERS = 3
MOST_PLAYERS = 3
"""Key players are looked for together, up to so many."""
_MOST_WORK = 500_000_000
"""People x ties x draws that a stability may take: some seconds."""
_LEAST_DRAWS = 5
_DIGITS = 9
"""Beyond these, two figures are equal."""


@dataclass(frozen=True)
class Brokers:
    """The measures of all people of a network, in its order."""

    network: Network
    settings: AnalysisSettings
    by_strength: bool

    @cached_property
    def arcs(self) -> Arcs:
        """The ties, as they count."""
        return self.network.arcs if self.by_strength else self.network.arcs.unweighted()

    @cached_property
    def tied(self) -> tuple[int, ...]:
        """Those who have any tie."""
        return tuple(np.flatnonzero(self.arcs.is_tied).tolist())

    @cached_property
    def reach(self) -> Indexes:
        """Of each, how many are reached within the steps."""
        return reached(self.arcs, self.settings.reach_steps)

    @cached_property
    def betweenness(self) -> Floats:
        """Of each, directed and raw."""
        return betweenness(self.arcs, by_strength=self.by_strength)

    @cached_property
    def constraint(self) -> Floats:
        """Of each; NaN for who has no tie."""
        return constraint(self.arcs)

    @cached_property
    def effective_size(self) -> Floats:
        """Of each; NaN for who has no tie."""
        return effective_size(self.arcs)

    @cached_property
    def rank(self) -> tuple[int | None, ...]:
        """Of each who stands between anybody, 1 and how many do so more."""
        scores = np.round(self.betweenness, _DIGITS)
        ranked = np.sort(scores)
        more = len(scores) - np.searchsorted(ranked, scores, side="right")
        return tuple(
            int(n) + 1 if score > 0 else None for n, score in zip(more, scores.tolist(), strict=True)
        )

    @cached_property
    def tier(self) -> tuple[int | None, ...]:
        """Of each the third of the brokers, 1 the first; None for who has no tie."""
        brokers = sum(r is not None for r in self.rank)
        found: list[int | None] = [None] * self.arcs.nodes
        for i in self.tied:
            r = self.rank[i]
            found[i] = TIERS if r is None else 1 + (r - 1) * TIERS // brokers
        return tuple(found)

    @cached_property
    def stability(self) -> Stability | None:
        """How far the order by betweenness can be trusted; None if it cannot be told."""
        arcs, given = self.arcs, self.settings
        work = max(arcs.nodes * arcs.count, 1)
        draws = min(given.draws, max(_MOST_WORK // work, _LEAST_DRAWS))
        return stability(
            lambda there: betweenness(arcs.only(there), by_strength=self.by_strength),
            arcs.target,
            arcs.is_tied,
            missing=given.missing_people,
            draws=draws,
        )

    @property
    def is_ranked(self) -> bool:
        """Whether the order is sure enough to tell ranks."""
        return self.stability is not None and self.stability.overall >= self.settings.stable_from

    @cached_property
    def cut_off(self) -> dict[int, tuple[int, ...]]:
        """Of each without whom a part falls apart, those who lose touch with its greatest piece."""
        whole = {node: part for part in parts(self.arcs) for node in part}
        found = {}
        for i in articulations(self.arcs):
            left = set(whole[i]) - {i}
            pieces = [p for p in parts(self.arcs, without=i) if p[0] in left]
            found[i] = tuple(node for piece in pieces[1:] for node in piece)
        return found

    @cached_property
    def _among(self) -> Arcs:
        """The ties among those who have any, by their places in ``tied``."""
        return self.arcs.among(self.tied)

    @cached_property
    def fragmentation(self) -> float | None:
        """Part of the pairs of those who have ties that do not hang together."""
        return Cutting(self._among).fragmentation()

    @cached_property
    def cutting(self) -> tuple[Players, ...]:
        """Those without whom most falls apart, one, two and three of them; nodes are places in ``tied``."""
        return self._players(Cutting(self._among), self.betweenness)

    @cached_property
    def reaching(self) -> tuple[Players, ...]:
        """Those who together reach most within the steps."""
        return self._players(Reaching(self._among, self.settings.reach_steps), self.reach)

    def _players(self, search: Cutting | Reaching, likely: Floats | Indexes) -> tuple[Players, ...]:
        scores = -likely[list(self.tied)]
        order = np.argsort(scores, kind="stable").tolist()
        found = (search.best(size, order) for size in range(1, min(MOST_PLAYERS, len(order)) + 1))
        return tuple(f for f in found if f is not None)
