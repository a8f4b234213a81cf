"""Who stands nearest to somebody in the organisation, where no introduction leads all the way.

One step: a reporting line, an influence tie (either way, conflict left out), a unit shared, or a level of
units climbed until it is shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush

from graphkam.graph.account_graph import AccountGraph
from graphkam.model.vocabulary import LinkKind


def distances(graph: AccountGraph, begin: Iterable[str]) -> Mapping[str, int]:
    """Give the steps to every person and position that some of them lead to, by id.

    Parameters
    ----------
    graph
        The account as of a day.
    begin
        Ids of people and positions.
    """
    ways = _ways(graph)
    waiting = [(0, node) for node in sorted(set(begin))]
    found: dict[str, int] = {}
    while waiting:
        steps, node = heappop(waiting)
        if node in found:
            continue
        found[node] = steps
        for other, more in ways.get(node, ()):
            if other not in found:
                heappush(waiting, (steps + more, other))
    return found


def _ways(graph: AccountGraph) -> Mapping[str, list[tuple[str, int]]]:
    ways: dict[str, list[tuple[str, int]]] = {}
    for one, other, there, back in _pairs(graph):
        ways.setdefault(one, []).append((other, there))
        ways.setdefault(other, []).append((one, back))
    return ways


def _pairs(graph: AccountGraph) -> Iterator[tuple[str, str, int, int]]:
    """Give what stands beside what, with the steps there and back: up to a unit is one, down is none."""
    for s in graph.stakeholders:
        if s.person is not None:
            yield s.id, s.person.id, 0, 0
        if s.position.reports_to_id in graph.by_position:
            yield s.id, s.position.reports_to_id or "", 1, 1
        if s.position.unit_id in graph.unit_by_id:
            yield s.id, s.position.unit_id or "", 1, 0
    for unit in graph.units:
        if unit.parent_id in graph.unit_by_id:
            yield unit.id, unit.parent_id or "", 1, 0
    for t in graph.influences:
        if t.kind is not LinkKind.CONFLICT:
            yield t.from_id, t.to_id, 1, 1
