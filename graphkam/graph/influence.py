"""Who influences whom among the people of the client, as arrays: positive ties, each with its strength.

Strength = weight / 5, at most 0.95; a tie of unknown weight takes the median of the account's known
ones (3 if none), and could be anything from 1 to 5. Of several ties of one pair the strongest counts.
Conflict is no influence: such ties stand apart and are never propagated. Reporting is no influence
either, unless ``reporting_strength`` is set: then each solid reporting line counts as a tie of that
strength from the boss, beside what is known otherwise.

People are those who hold a position on the day, and outsiders who hold none; who has left influences
nobody. A person in two positions is one person.

Source: design, analyses.md, "influence" ("The graph").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.account_graph import AccountGraph, Stakeholder, by_name
from graphkam.method.arcs import Arcs
from graphkam.model.people import Person
from graphkam.model.ties import InfluenceTie
from graphkam.model.vocabulary import LinkKind, PersonStatus
from graphkam.settings import AnalysisSettings

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

MOST_STRENGTH = 0.95
"""No tie makes up a mind by itself."""
LEAST_WEIGHT, MIDDLE_WEIGHT, MOST_WEIGHT = 1, 3, 5


@dataclass(frozen=True, slots=True)
class Influencer:
    """A person of the client, with the positions held on the day."""

    person: Person
    positions: tuple[Stakeholder, ...]
    """None for an outsider; by name."""

    @property
    def id(self) -> str:
        """Id of the first position, or of the person who holds none."""
        return self.positions[0].id if self.positions else self.person.id

    @property
    def name(self) -> str:
        """First and last name."""
        return self.person.name


@dataclass(frozen=True)
class Network:
    """The positive ties, as parallel arrays: one entry per pair."""

    people: tuple[Influencer, ...]
    """By name."""
    source: Indexes
    """Who influences: index into ``people``."""
    target: Indexes
    """Who is influenced."""
    strength: Floats
    """0 to 0.95."""
    low: Floats
    """The least it could be."""
    high: Floats
    ties: tuple[str | None, ...]
    """Id of the tie; None for a reporting line."""
    conflicts: tuple[InfluenceTie, ...]
    """Negative ties between these people, which are in none of the arrays."""
    unknown: int
    """Positive ties of unknown weight."""

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Where each person is, by the person's id."""
        return {p.person.id: i for i, p in enumerate(self.people)}

    @cached_property
    def arcs(self) -> Arcs:
        """The same as a network of nodes, from who influences to who is influenced."""
        return Arcs(len(self.people), self.source, self.target, self.strength)


def network(graph: AccountGraph, settings: AnalysisSettings) -> Network:
    """Give who influences whom on the day.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        ``reporting_strength``: whether reporting lines count, and for how much.
    """
    key = ("network", settings.reporting_strength)
    if key not in graph.kept:
        graph.kept[key] = _network(graph, settings.reporting_strength)
    found: Network = graph.kept[key]
    return found


def _network(graph: AccountGraph, reporting: float) -> Network:
    people = _people(graph)
    index = {p.person.id: i for i, p in enumerate(people)}
    here = [t for t in graph.influences if t.from_id in index and t.to_id in index and t.from_id != t.to_id]
    positive = [t for t in here if t.kind is not LinkKind.CONFLICT]
    lines = _reporting(people, reporting) if reporting > 0 else ()
    pairs = _distinct((*_measured(positive, index), *lines))
    return Network(
        people=people,
        source=np.array([p.source for p in pairs], dtype=np.int64),
        target=np.array([p.target for p in pairs], dtype=np.int64),
        strength=np.array([p.strength for p in pairs], dtype=np.float64),
        low=np.array([p.low for p in pairs], dtype=np.float64),
        high=np.array([p.high for p in pairs], dtype=np.float64),
        ties=tuple(p.tie for p in pairs),
        conflicts=tuple(t for t in here if t.kind is LinkKind.CONFLICT),
        unknown=sum(t.weight is None for t in positive),
    )


def _people(graph: AccountGraph) -> tuple[Influencer, ...]:
    """Give those who hold a position and have not left, and outsiders, by name."""
    held = [
        Influencer(positions[0].person, positions)
        for positions in graph.by_person.values()
        if positions[0].person is not None and not all(s.has_left for s in positions)
    ]
    outside = [
        Influencer(person, ())
        for person in graph.own(Person)
        if person.external and person.status is not PersonStatus.LEFT and person.id not in graph.by_person
    ]
    return tuple(sorted((*held, *outside), key=lambda p: by_name(p.name, p.person.id)))


@dataclass(frozen=True, slots=True)
class _Pair:
    source: int
    target: int
    strength: float
    low: float
    high: float
    tie: str | None


def _measured(ties: Sequence[InfluenceTie], index: Mapping[str, int]) -> Iterator[_Pair]:
    known = [t.weight for t in ties if t.weight is not None]
    typical = float(median(known)) if known else float(MIDDLE_WEIGHT)
    for t in ties:
        weights = (typical, LEAST_WEIGHT, MOST_WEIGHT) if t.weight is None else (t.weight,) * 3
        strength, low, high = (_strength(w) for w in weights)
        yield _Pair(index[t.from_id], index[t.to_id], strength, low, high, t.id)


def _strength(weight: float) -> float:
    return min(weight / MOST_WEIGHT, MOST_STRENGTH)


def _reporting(people: Sequence[Influencer], strength: float) -> Iterator[_Pair]:
    boss_of = {s.id: i for i, p in enumerate(people) for s in p.positions}
    for i, p in enumerate(people):
        for s in p.positions:
            boss = boss_of.get(s.position.reports_to_id or "")
            if boss is not None and boss != i:
                yield _Pair(boss, i, strength, strength, strength, None)


def _distinct(pairs: Sequence[_Pair]) -> list[_Pair]:
    """Leave one entry per pair, as strong as the strongest of its ties is, or could be."""
    found: dict[tuple[int, int], _Pair] = {}
    for p in pairs:
        other = found.get((p.target, p.source))
        if other is None:
            found[p.target, p.source] = p
            continue
        strongest = max(other, p, key=lambda q: q.strength)
        found[p.target, p.source] = _Pair(
            p.source,
            p.target,
            strongest.strength,
            max(other.low, p.low),
            max(other.high, p.high),
            strongest.tie,
        )
    return [found[pair] for pair in sorted(found)]
