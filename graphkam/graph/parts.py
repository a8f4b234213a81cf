"""The parts an account is looked at by: units rolled up, centres, buying roles, functions, levels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.text import UNKNOWN


@dataclass(frozen=True, slots=True)
class Part:
    """One part: which of ``graph.counted`` are in it, and how many of its positions are vacant."""

    id: str
    name: str
    seats: tuple[int, ...]
    vacant: int


def by_unit(graph: AccountGraph) -> tuple[Part, ...]:
    """Give each unit that has positions, those of the units below it included."""
    paths = {unit.id: graph.unit_path(unit.id) for unit in graph.units}

    def above(s: Stakeholder) -> Iterable[str]:
        return paths.get(s.position.unit_id or "", ())

    return _grouped(graph, "unit", above, {unit.id: unit.name for unit in graph.units})


def by_centre(graph: AccountGraph) -> tuple[Part, ...]:
    """Give each decision centre, those without members included."""
    sitting: dict[str, dict[str, None]] = {}
    for seat in graph.seats:
        sitting.setdefault(seat.position_id, {})[seat.centre_id] = None
    names = {centre.id: centre.name for centre in graph.centres}
    found = {part.id: part for part in _grouped(graph, "centre", lambda s: sitting.get(s.id, ()), names)}
    return tuple(found.get(c.id, Part(c.id, c.name, (), 0)) for c in graph.centres)


def by_role(graph: AccountGraph) -> tuple[Part, ...]:
    """Give each buying role that somebody has."""
    roles: dict[str, dict[str, None]] = {}
    for seat in graph.seats:
        roles.setdefault(seat.position_id, {}).update(dict.fromkeys(seat.roles))
    return _grouped(graph, "role", lambda s: roles.get(s.id, ()), {})


def by_function(graph: AccountGraph) -> tuple[Part, ...]:
    """Give each function; ``?`` where it is not known."""
    return _grouped(graph, "function", lambda s: (s.position.function or UNKNOWN,), {})


def by_level(graph: AccountGraph) -> tuple[Part, ...]:
    """Give each level, 1 = top; ``?`` where it is not known."""
    return _grouped(graph, "level", lambda s: (str(s.position.seniority or UNKNOWN),), {})


def _grouped(
    graph: AccountGraph,
    kind: str,
    parts_of: Callable[[Stakeholder], Iterable[str]],
    names: Mapping[str, str],
) -> tuple[Part, ...]:
    """Give the parts of a kind, from those that each stakeholder is in, each of them once."""
    key = ("parts", kind)
    if key not in graph.kept:
        held: defaultdict[str, list[int]] = defaultdict(list)
        for i, s in enumerate(graph.counted):
            for part in parts_of(s):
                held[part].append(i)
        vacant = Counter(part for s in graph.stakeholders if not s.counts for part in parts_of(s))
        graph.kept[key] = tuple(
            Part(part, names.get(part, part), tuple(held.get(part, ())), vacant[part])
            for part in dict.fromkeys((*held, *vacant))
        )
    found: tuple[Part, ...] = graph.kept[key]
    return found
