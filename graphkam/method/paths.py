"""The most reliable paths through links that each hold with a probability: best, k best, to everybody.

The probability of a path is the product of its links'; the best is the shortest where a link is as long
as -ln p (Dijkstra), the k best loopless ones are Yen's. Lengths are whole multiples of ``GRAIN``, so that
equal products are equal; of equals the path of fewer steps, then the one whose nodes come first. A link
of p = 0 is none; one of p = 1 has no length. Overlapping paths are never combined as 1 - prod(1 - p):
whether any of them holds is another question (:mod:`graphkam.method.reliability`).

Source: Dijkstra 1959; Yen, *Finding the k shortest loopless paths in a network*, Management Science
17 (1971).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import exp, log

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

GRAIN = 1e-12
"""Of a length."""
Label = tuple[int, int, tuple[int, ...]]
"""Of a path: its length in grains, its steps, its nodes. The least is the best."""


@dataclass(frozen=True, slots=True)
class Path:
    """One path."""

    nodes: tuple[int, ...]
    length: float
    """Sum of -ln p."""
    steps: int

    @property
    def probability(self) -> float:
        """Product of p."""
        return exp(-self.length)


class Links:
    """Directed links between nodes 0, 1, 2 …

    Parameters
    ----------
    start, end
        Of each link.
    p
        Of each link: the probability that it holds.
    silent
        Nodes that are no step of their own: whoever comes through one has taken one step, not two.
    """

    def __init__(self, start: Indexes, end: Indexes, p: Floats, silent: Collection[int] = ()) -> None:
        self._next: dict[int, dict[int, tuple[int, int]]] = {}
        for u, v, chance in zip(start.tolist(), end.tolist(), p.tolist(), strict=True):
            if chance > 0:
                length = round(-log(chance) / GRAIN)
                ways = self._next.setdefault(u, {})
                if v not in ways or length < ways[v][0]:
                    ways[v] = length, int(v not in silent)

    def after(self, node: int) -> Mapping[int, tuple[int, int]]:
        """Give the nodes that links lead to, with the length and the steps of each."""
        return self._next.get(node, {})

    def settled(
        self, begin: Iterable[Label], closed: Collection[int] = (), first: Collection[int] = ()
    ) -> Iterator[Label]:
        """Give the best path to each node, the best node first.

        Parameters
        ----------
        begin
            Paths to go on from.
        closed
            Nodes that no path may come to.
        first
            Nodes that the very next step may not lead to.
        """
        waiting = sorted(begin)
        beginnings = {label[2] for label in waiting} if first else set()
        done: set[int] = set()
        while waiting:
            label = heappop(waiting)
            length, steps, nodes = label
            if nodes[-1] in done:
                continue
            done.add(nodes[-1])
            yield label
            for node, (longer, more) in self.after(nodes[-1]).items():
                if node in done or node in closed or (node in first and nodes in beginnings):
                    continue
                heappush(waiting, (length + longer, steps + more, (*nodes, node)))


def best_paths(links: Links, sources: Iterable[int], targets: Collection[int], most: int) -> tuple[Path, ...]:
    """Give the best loopless paths from any of the sources to any of the targets, the best first.

    A path ends with the first target that it comes to.

    Parameters
    ----------
    links
        Where one can go.
    sources, targets
        Nodes.
    most
        How many.
    """
    begin = sorted(set(sources))
    found: list[Label] = []
    first = _leaving(links, (), begin, targets, found)
    waiting = [first] if first else []
    seen = {label[2] for label in waiting}
    while waiting and len(found) < most:
        best = heappop(waiting)
        found.append(best)
        for i in range(len(best[2])):
            other = _leaving(links, best[2][:i], begin, targets, found)
            if other is not None and other[2] not in seen:
                seen.add(other[2])
                heappush(waiting, other)
    return tuple(map(_path, found))


def _leaving(
    links: Links,
    root: tuple[int, ...],
    begin: Sequence[int],
    targets: Collection[int],
    found: Sequence[Label],
) -> Label | None:
    """Give the best path that begins with the root and then leaves all that were found; None if none."""
    taken = {nodes[len(root)] for _, _, nodes in found if nodes[: len(root)] == root}
    if root:
        start, closed = [_label(links, root)], set(root)
    else:
        start, closed = [(0, 0, (node,)) for node in begin if node not in taken], set()
    settled = links.settled(start, closed, taken if root else ())
    return next((label for label in settled if label[2][-1] in targets), None)


def _label(links: Links, nodes: tuple[int, ...]) -> Label:
    length = steps = 0
    for i, node in enumerate(nodes[1:]):
        longer, more = links.after(nodes[i])[node]
        length, steps = length + longer, steps + more
    return length, steps, nodes


def _path(label: Label) -> Path:
    length, steps, nodes = label
    return Path(nodes, length * GRAIN, steps)


def best_to_each(links: Links, sources: Iterable[int]) -> Mapping[int, Path]:
    """Give the best path from any of the sources to each node that can be reached, sources included."""
    begin: list[Label] = [(0, 0, (node,)) for node in set(sources)]
    return {label[2][-1]: _path(label) for label in links.settled(begin)}


def gates(links: Links, sources: Iterable[int], targets: Collection[int], path: Path) -> tuple[int, ...]:
    """Give the nodes without which no source reaches a target any more, in the order of a path.

    Parameters
    ----------
    links, sources, targets
        As for the best path.
    path
        Any path between them: nodes beside it cannot be gates. Its ends are left out.
    """
    begin: list[Label] = [(0, 0, (node,)) for node in set(sources)]
    goal = set(targets)

    def is_gate(node: int) -> bool:
        start = [label for label in begin if label[2] != (node,)]
        return not any(label[2][-1] in goal for label in links.settled(start, {node}))

    return tuple(node for node in path.nodes[1:-1] if is_gate(node))
