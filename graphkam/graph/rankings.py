"""The rankings of an account, as functions of the ties that are there: to see what missing ties change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.strength import Flags, Floats, Indexes, Panel
from graphkam.method.cover import sole
from graphkam.model.vocabulary import LinkKind

Name = Literal["sole", "share", "influence"]


@dataclass(frozen=True)
class Ranking:
    """Who is ranked, and by what."""

    name: Name
    ids: tuple[str, ...]
    names: tuple[str, ...]
    """In the order in which equals are told."""
    ties: int
    score: Callable[[Flags], Floats]
    """Gives each one's figure for the ties that are there."""


def rankings(ties: Panel) -> Iterator[Ranking]:
    """Give the rankings: of us by weight alone covered and by share of ties; of theirs by influence."""
    graph = ties.graph
    ids, names = tuple(m.id for m in graph.members), tuple(m.name for m in graph.members)

    def alone(flags: Flags) -> Floats:
        return sole(ties.pairs, flags, ties.weight)

    def amount(flags: Flags) -> Floats:
        return ties.pairs.total(flags, ties.weight, ties.strength)

    live, strong = np.flatnonzero(ties.live), np.flatnonzero(ties.strength > 0)
    yield Ranking("sole", ids, names, len(live), _of(alone, live, len(ties.live)))
    yield Ranking("share", ids, names, len(strong), _of(amount, strong, len(ties.live)))
    yield _influence(graph)


def _of(score: Callable[[Flags], Floats], chosen: Indexes, entries: int) -> Callable[[Flags], Floats]:
    """Make a score of some of the entries one of which of them are there."""

    def of(there: Flags) -> Floats:
        flags = np.zeros(entries, dtype=np.bool_)
        flags[chosen[there]] = True
        return score(flags)

    return of


def _influence(graph: AccountGraph) -> Ranking:
    """Rank people by the weights of the positive influence ties they have on others.

    A weight that is not known is the median of the known ones, 1 if there are none.
    """
    ties = [t for t in graph.influences if t.kind is not LinkKind.CONFLICT]
    people = sorted(
        {p for t in ties for p in (t.from_id, t.to_id)}, key=lambda p: by_name(graph.person_name(p), p)
    )
    place = {p: i for i, p in enumerate(people)}
    known = [t.weight for t in ties if t.weight is not None]
    typical = float(median(known)) if known else 1.0
    source = np.array([place[t.from_id] for t in ties], dtype=np.int64)
    weight = np.array([typical if t.weight is None else t.weight for t in ties], dtype=np.float64)

    def given(there: Flags) -> Floats:
        return np.bincount(source[there], weights=weight[there], minlength=len(people)).astype(np.float64)

    names = tuple(map(graph.person_name, people))
    return Ranking("influence", tuple(people), names, len(ties), given)
