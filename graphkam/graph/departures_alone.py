"""What each departure of one person alone would lose, of ours and of theirs, all at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

import numpy as np

from graphkam.graph.strength import Panel
from graphkam.method.grouped import sums


class Alone(NamedTuple):
    """What goes with one person."""

    id: str
    name: str
    side: Literal["ours", "theirs"]
    once: float
    """Weight that leaves C1: of ours, what only that one covers."""
    twice: float
    """Weight that leaves C2."""
    dark: int
    """Stakeholders who go dark."""


def departures_alone(ties: Panel) -> Iterator[Alone]:
    """Try every departure of one person, first ours, then theirs."""
    graph, weight, n = ties.graph, ties.weight, ties.count(ties.live)
    pairs = ties.pairs
    only, both = ties.live & (n[ties.seat] == 1), ties.live & (n[ties.seat] == 2)  # noqa: PLR2004
    lost = (pairs.total(only, weight), pairs.total(both, weight), pairs.total(only, np.ones(ties.seats)))
    columns = zip(graph.members, *(column.tolist() for column in lost), strict=True)
    for m, once, twice, dark in columns:
        yield Alone(m.id, m.name, "ours", once, twice, int(dark))
    place = {person: i for i, person in enumerate(graph.by_person)}
    held = [(place[s.person.id], i) for i, s in enumerate(graph.counted) if s.person is not None]
    person, seat = np.array(held, dtype=np.int64).reshape(-1, 2).T
    known = (np.where(n[seat] >= least, weight[seat], 0.0) for least in (1, 2))
    theirs = [sums(person, of, len(place)).tolist() for of in (*known, (n[seat] >= 1).astype(np.float64))]
    for (ident, seats), once, twice, dark in zip(graph.by_person.items(), *theirs, strict=True):
        yield Alone(ident, seats[0].name, "theirs", once, twice, int(dark))
