"""How warm the warmest way of each of us to each of theirs is, and with whom it begins: for all at once."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.introductions import Introductions
from graphkam.graph.strength import Flags, Floats

_CLOSE = 1e-9
"""Lengths that differ by less are equal."""
_STEP = 1e-10
"""What a step adds, so that of equally warm ways the shorter wins."""
_PLACE = 1e-15
"""What a place in the order of names adds, so that of equally short ones the first does."""


@dataclass(frozen=True)
class Warmth:
    """Ways that work with a least probability."""

    ways: Introductions
    length: Floats
    """Of each member to each node: sum of -ln p; infinite = no way is warm enough."""
    before: NDArray[np.int32]
    """Of each member and node: the node before it on the warmest way."""

    def reaches(self, least: float) -> Flags:
        """Tell of each member and node whether a way works with a probability."""
        found: Flags = self.length <= -log(least) + _CLOSE
        return found

    def first(self, member: int, node: int) -> int | None:
        """Give the one of theirs whom a member asks first; None if there is no way, or it is one step."""
        found = None
        while np.isfinite(self.length[member, node]) and (node := int(self.before[member, node])) != member:
            found = node if node not in self.ways.units else found
        return found


def warmth(ways: Introductions, least: float) -> Warmth:
    """Give the warmest way of each member to everybody.

    Parameters
    ----------
    ways
        Who can be asked.
    least
        Probability below which a way is none.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    size = max(ways.units.stop, 1)
    start, end, p = ways.arrays()
    is_open = p >= least * (1 - _CLOSE)
    start, end, p = start[is_open], end[is_open], p[is_open]
    # Of several steps between two the best.
    order = np.lexsort((-p, end, start))
    kept = order[np.unique(start[order] * size + end[order], return_index=True)[1]]
    is_step = end[kept] < ways.units.start
    length = np.maximum(-np.log(p[kept]) + is_step * (_STEP + _PLACE * end[kept]), _PLACE)
    links = csr_array((length, (start[kept], end[kept])), shape=(size, size))
    far, before = dijkstra(
        links, indices=np.arange(len(ways.members)), limit=-log(least) + _CLOSE, return_predecessors=True
    )
    return Warmth(ways, far, before)
