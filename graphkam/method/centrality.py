"""Who stands between others, whom a node reaches, and through whom everything goes.

The heavy work is igraph's, here and nowhere else: betweenness of 5,000 nodes takes seconds where networkx
takes minutes (``benchmarks/centrality.py``). The results are networkx's to 1e-9, which tests hold.

- **betweenness** (Freeman 1977), directed and not normalised: over all ordered pairs of two others, the
  share of their shortest ways that leads through a node. An arc is 1 long, or the inverse of its strength.
- **articulation**: a node without which its part of the network, directions left aside, falls apart.
- **gates**: the nodes that are on every way from some to another.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from graphkam.method.arcs import Arcs, Floats, Indexes


def betweenness(arcs: Arcs, *, by_strength: bool = False) -> Floats:
    """Give the betweenness of each node.

    Parameters
    ----------
    arcs
        The network.
    by_strength
        A strong arc is a short one; otherwise all are as long.
    """
    return np.array(arcs.igraph.betweenness(weights=_lengths(arcs, by_strength)), dtype=np.float64)


def betweenness_from(arcs: Arcs, node: int, *, by_strength: bool = False) -> Floats:
    """Give what the ways from one node add to the betweenness of each."""
    found = arcs.igraph.betweenness(weights=_lengths(arcs, by_strength), sources=[node])
    return np.array(found, dtype=np.float64)


def _lengths(arcs: Arcs, by_strength: bool) -> list[float] | None:
    return arcs.length.tolist() if by_strength else None


def reached(arcs: Arcs, steps: int) -> Indexes:
    """Give how many others each node reaches within so many arcs."""
    return np.array(arcs.igraph.neighborhood_size(order=steps, mode="out"), dtype=np.int64) - 1


def articulations(arcs: Arcs) -> tuple[int, ...]:
    """Give the nodes without which a part of the network would fall apart, in their order."""
    return tuple(sorted(arcs.igraph.as_undirected().articulation_points()))


def parts(arcs: Arcs, without: int | None = None) -> tuple[tuple[int, ...], ...]:
    """Give the nodes of each part of the network, directions left aside, the largest part first.

    Parameters
    ----------
    arcs
        The network.
    without
        A node that is taken out.
    """
    kept = arcs if without is None else arcs.only((arcs.source != without) & (arcs.target != without))
    found = (tuple(sorted(part)) for part in kept.igraph.connected_components(mode="weak"))
    return tuple(sorted((p for p in found if p != (without,)), key=lambda p: (-len(p), p)))


def gates(arcs: Arcs, start: Sequence[int]) -> tuple[tuple[int, ...] | None, ...]:
    """Give for each node those that every way to it leads through, first to last; itself left out.

    Parameters
    ----------
    arcs
        The network.
    start
        Where the ways begin. One of these is a gate too, where every way begins with it.

    Returns
    -------
    tuple
        None for a node that no way leads to; nothing where there are ways that have no node in common.
    """
    root = arcs.nodes
    begun = Arcs(
        nodes=root + 1,
        source=np.concatenate((arcs.source, np.full(len(start), root))),
        target=np.concatenate((arcs.target, np.array(start, dtype=np.int64))),
        strength=np.concatenate((arcs.strength, np.ones(len(start)))),
    )
    before = begun.igraph.dominator(root, mode="out")
    found = []
    for node in range(arcs.nodes):
        way, at = [], before[node]
        while not math.isnan(at) and at != root:
            way.append(int(at))
            at = before[int(at)]
        found.append(None if math.isnan(at) else tuple(reversed(way)))
    return tuple(found)


def distances(arcs: Arcs, start: Sequence[int]) -> tuple[int | None, ...]:
    """Give over how many arcs each node is reached from the nearest of some; None if it is not."""
    if not start:
        return (None,) * arcs.nodes
    rows = np.array(arcs.igraph.distances(source=list(start), mode="out"), dtype=np.float64)
    return tuple(None if math.isinf(d) else int(d) for d in rows.min(axis=0).tolist())
