"""Whom of us one could ask to meet whom, as a case for the transportation problem."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from graphkam.graph.needs import Room, Someone
from graphkam.graph.strength import Flags, Floats, Indexes, Panel
from graphkam.method.transport import Transport
from graphkam.settings import AnalysisSettings


def possible(
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


def case(
    ties: Panel,
    people: Sequence[Someone],
    pairs: Indexes,
    cost: Floats,
    free: Floats,
    settings: AnalysisSettings,
) -> Transport:
    """Give who could meet whom, at what cost, as a case: every person needs as many as he or she misses."""
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
