"""Which few nodes hold a network together, and through which few most of it is reached (Borgatti 2006).

- **fragmentation** F = 1 - sum_c N_c (N_c - 1) / (n (n - 1)): of the ordered pairs of nodes that are left
  once some are taken out, those that hang together no more. Directions are left aside.
- **distance fragmentation** DF: the same with what hangs together counted by the inverse of its distance;
  that is 1 less the global efficiency.
- **reach** R: the nodes reached along the arcs within so many steps from some nodes, these among them, as
  a part of all; **distance reach** dR counts each by the inverse of its distance, these as 1.

n is the number of nodes **left**; what Borgatti's own program divides by we could not see. A network of one
node, or none, has no F.

Of all sets of a size the best is found by trying them all. Taking the best node, then the best beside it,
is not the same: on Krackhardt's kite H cuts off most alone, but the best pair is F and G. Where there are
too many sets, that is done all the same, among the likeliest hundred, and is named so.

Source: Borgatti 2006, *Computational & Mathematical Organization Theory* 12: 21-34.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

from graphkam.method.arcs import Arcs

MOST_WORK = 3_000_000
"""Sets of a size, times the nodes of the network, up to which all are tried: about a second."""
MOST_LIKELY = 100
"""Nodes that are tried where there are more."""
_MOST_EQUAL = 500
"""Sets that are equally good among which distance decides; of more, the first is taken."""

Nodes = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Players:
    """A set of nodes that is best at something."""

    nodes: Nodes
    value: float
    by_distance: float
    """The same by distance."""
    is_exact: bool
    """All sets were tried; otherwise one node was added at a time."""


@dataclass(frozen=True)
class Cutting:
    """Takes nodes out of a network and sees what still hangs together."""

    arcs: Arcs

    @cached_property
    def _all(self) -> int:
        return (1 << self.arcs.nodes) - 1

    def apart(self, removed: Sequence[int] = ()) -> int:
        """Count the ordered pairs of nodes left that do not hang together."""
        left = self._left(removed)
        total = together = 0
        for size in self._sizes(left):
            together += size * (size - 1)
            total += size
        return total * (total - 1) - together

    def fragmentation(self, removed: Sequence[int] = ()) -> float | None:
        """Give F once some nodes are taken out."""
        n = self.arcs.nodes - len(set(removed))
        return self.apart(removed) / (n * (n - 1)) if n > 1 else None

    def distance_fragmentation(self, removed: Sequence[int] = ()) -> float | None:
        """Give DF once some nodes are taken out."""
        n, left = self.arcs.nodes - len(set(removed)), self._left(removed)
        if n < 2:  # noqa: PLR2004 - a pair
            return None
        near = 0.0
        for node in bits(left):
            for distance, ring in enumerate(rings(self.arcs.neighbours, 1 << node, left), start=1):
                near += ring.bit_count() / distance
        return 1 - near / (n * (n - 1))

    def best(self, size: int, among: Sequence[int]) -> Players | None:
        """Give the set of a size whose removal cuts off most; then by DF, then the first in order.

        None where no set of that size cuts off more of what is left than falls apart without it.

        Parameters
        ----------
        size
            How many are taken out.
        among
            Those who can be, the likeliest first.
        """

        def worth(nodes: Nodes) -> float:
            return self.fragmentation(nodes) or 0.0

        (most, equal), is_exact = _best(size, among, self.arcs.nodes, worth)
        if most <= (self.fragmentation() or 0.0):
            return None
        chosen = _nearest(equal, lambda nodes: self.distance_fragmentation(nodes) or 0.0)
        return Players(chosen, most, self.distance_fragmentation(chosen) or 0.0, is_exact)

    def _left(self, removed: Sequence[int]) -> int:
        left = self._all
        for node in removed:
            left &= ~(1 << node)
        return left

    def _sizes(self, left: int) -> Iterator[int]:
        """Give the size of each part of the nodes left."""
        neighbours = self.arcs.neighbours
        while left:
            part = waiting = left & -left
            while waiting:
                lowest = waiting & -waiting
                fresh = neighbours[lowest.bit_length() - 1] & left & ~part
                part |= fresh
                waiting = (waiting ^ lowest) | fresh
            left &= ~part
            yield part.bit_count()


@dataclass(frozen=True)
class Reaching:
    """Reaches nodes along the arcs, within so many steps."""

    arcs: Arcs
    steps: int

    @cached_property
    def _onward(self) -> tuple[int, ...]:
        found = [0] * self.arcs.nodes
        for source, target in zip(self.arcs.source.tolist(), self.arcs.target.tolist(), strict=True):
            found[source] |= 1 << target
        return tuple(found)

    @cached_property
    def _all(self) -> int:
        return (1 << self.arcs.nodes) - 1

    @cached_property
    def _from_each(self) -> tuple[int, ...]:
        return tuple(self.reached([node]) for node in range(self.arcs.nodes))

    def reached(self, nodes: Sequence[int]) -> int:
        """Give those reached from some within the steps, these among them, as bits."""
        start = sum(1 << node for node in set(nodes))
        found = start
        for distance, ring in enumerate(rings(self._onward, start, self._all), start=1):
            if distance > self.steps:
                break
            found |= ring
        return found

    def reach(self, nodes: Sequence[int]) -> float | None:
        """Give R of some nodes."""
        return self.reached(nodes).bit_count() / self.arcs.nodes if self.arcs.nodes else None

    def distance_reach(self, nodes: Sequence[int]) -> float | None:
        """Give dR of some nodes, over any number of steps."""
        if not self.arcs.nodes:
            return None
        start = sum(1 << node for node in set(nodes))
        near = float(start.bit_count())
        for distance, ring in enumerate(rings(self._onward, start, self._all), start=1):
            near += ring.bit_count() / distance
        return near / self.arcs.nodes

    def best(self, size: int, among: Sequence[int]) -> Players | None:
        """Give the set of a size that reaches most; then by dR, then the first in order.

        None where there are not so many, or one fewer reaches as much.

        Parameters
        ----------
        size
            How many there are to begin with.
        among
            Those who can be, the likeliest first.
        """

        def worth(nodes: Nodes) -> float:
            found = 0
            for node in nodes:
                found |= self._from_each[node]
            return float(found.bit_count())

        (most, equal), is_exact = _best(size, among, self.arcs.nodes, worth)
        if most <= _best(size - 1, among, self.arcs.nodes, worth)[0][0]:
            return None
        chosen = _nearest(equal, lambda nodes: self.distance_reach(nodes) or 0.0)
        by_distance = self.distance_reach(chosen) or 0.0
        return Players(chosen, most / self.arcs.nodes, by_distance, is_exact)


def bits(found: int) -> Iterator[int]:
    """Give the nodes of a set kept as the bits of a number, in their order."""
    while found:
        lowest = found & -found
        yield lowest.bit_length() - 1
        found ^= lowest


def rings(onward: Sequence[int], start: int, within: int) -> Iterator[int]:
    """Give the nodes at distance 1, 2, … from some, as bits, as far as they go."""
    seen = ring = start
    while True:
        beyond = 0
        for node in bits(ring):
            beyond |= onward[node]
        ring = beyond & within & ~seen
        if not ring:
            return
        seen |= ring
        yield ring


def _best(
    size: int, among: Sequence[int], nodes: int, worth: Callable[[Nodes], float]
) -> tuple[tuple[float, list[Nodes]], bool]:
    """Give the greatest worth of a set of a size, the sets that have it, and whether all were tried."""
    likely = sorted(among[:MOST_LIKELY])
    if comb(len(likely), size) * nodes <= MOST_WORK:
        return _greatest(combinations(likely, size), worth), len(likely) == len(among)
    grown: Nodes = ()
    found: tuple[float, list[Nodes]] = (0.0, [])
    for _ in range(size):
        beside = (tuple(sorted((*grown, node))) for node in likely if node not in grown)
        found = _greatest(beside, worth)
        grown = found[1][0]
    return found, False


def _greatest(sets: Iterator[Nodes], worth: Callable[[Nodes], float]) -> tuple[float, list[Nodes]]:
    most, equal = float("-inf"), list[Nodes]()
    for nodes in sets:
        value = worth(nodes)
        if value > most:
            most, equal = value, []
        if value == most:
            equal.append(nodes)
    return most, equal


def _nearest(equal: Sequence[Nodes], by_distance: Callable[[Nodes], float]) -> Nodes:
    """Give the best of equals by distance; the first where they are equal in that too, or too many."""
    if not 1 < len(equal) <= _MOST_EQUAL:
        return equal[0]
    return max(equal, key=lambda nodes: round(by_distance(nodes), 12))
