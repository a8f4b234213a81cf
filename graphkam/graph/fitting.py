"""How well one of us would fit somebody at the client: what a contact tie would cost.

Cost = ``mesh_tie`` (1) + ``mesh_function`` (1) if our function is none of theirs + ``mesh_level`` (1) for
each level between us beyond one + ``mesh_country`` (1) if the country is another + ``mesh_language`` (1)
without a common language - ``mesh_warm`` (0.5) if a way of at least ``mesh_warm_from`` (0.5) leads there
by introductions (see :mod:`graphkam.graph.introductions`). A tie that is there but not live costs
``mesh_reactivate`` (0.5) of that. Somebody in several positions is met in the one that fits best.

What is not known lies midway between the least and the most that it could cost, and is named.

Source: design, analyses.md, "mesh" and the table of defaults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.graph.introductions import introductions
from graphkam.graph.needs import Someone
from graphkam.graph.strength import Flags, Floats, Indexes, Panel
from graphkam.graph.warmth import Warmth, warmth
from graphkam.settings import AnalysisSettings

Part = Literal["function", "level", "country", "language"]
Span = tuple[float, float]
"""The least and the most that something could be."""

_NO, _YES, _EITHER = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0)
_TOP, _BOTTOM = 1, 5
"""Levels."""
_WORDS = re.compile(r"[^\W\d_]+")
_CODE = 2
"""Letters of a language's code."""
_WORTH = 0.05
"""Probability from which a way is worth telling of."""


@dataclass(frozen=True)
class Fit:
    """Costs of ties; rows are the members, columns some people of the client."""

    low: Mapping[Part, Floats]
    """The least that each part could cost."""
    high: Mapping[Part, Floats]
    warm: Floats
    """What it costs less."""
    is_there: Flags
    """Whether there is a tie that is not live."""
    tie: float
    """What any tie costs."""
    reactivated: float
    """Part of the cost where there is one."""
    warmth: Warmth
    nodes: Indexes
    """Of the people, among those who introduce each other."""

    def part(self, name: Part) -> Floats:
        """Give a part, midway where it is not known."""
        return (self.low[name] + self.high[name]) / 2

    @cached_property
    def cost(self) -> Floats:
        """The cost, what is not known midway."""
        return self._total({name: self.part(name) for name in self.low})

    @cached_property
    def least(self) -> Floats:
        """The least that it could be."""
        return self._total(self.low)

    @cached_property
    def most(self) -> Floats:
        """The most that it could be."""
        return self._total(self.high)

    def _total(self, parts: Mapping[Part, Floats]) -> Floats:
        whole = self.tie + sum(parts.values()) - self.warm
        found: Floats = whole * np.where(self.is_there, self.reactivated, 1.0)
        return found

    def through(self, member: int, person: int) -> str | None:
        """Name the first whom a member would ask for an introduction."""
        first = self.warmth.first(member, int(self.nodes[person]))
        return None if first is None else self.warmth.ways.name(first)

    @cached_property
    def is_unsure(self) -> Flags:
        """Tell where a part is not known."""
        found: Flags = self.most > self.least
        return found

    def unknown(self, member: int, person: int) -> tuple[Part, ...]:
        """Name the parts that are not known."""
        return tuple(n for n in self.low if self.low[n][member, person] < self.high[n][member, person])


def fit(ties: Panel, people: Sequence[Someone], settings: AnalysisSettings) -> Fit:
    """Give what a tie of each member to each of some people would cost.

    Parameters
    ----------
    ties
        The ties of the account.
    people
        Of the client.
    settings
        What each part costs.
    """
    graph = ties.graph
    ways = introductions(graph, settings)
    warm = warmth(ways, min(settings.mesh_warm_from, _WORTH))
    nodes = np.array([ways.node_of[p.id] for p in people], dtype=np.int64)
    is_warm = warm.reaches(settings.mesh_warm_from)[:, nodes]
    ours = [m.member for m in graph.members]
    theirs = [[graph.counted[j] for j in p.seats] for p in people]
    price: dict[Part, float] = {
        "function": settings.mesh_function,
        "level": settings.mesh_level,
        "country": settings.mesh_country,
        "language": settings.mesh_language,
    }
    spans = {
        "function": _compared(
            [m.function for m in ours],
            [frozenset(s.position.function for s in held) for held in theirs],
            _differs,
        ),
        "level": _compared(
            [m.seniority for m in ours],
            [frozenset(s.position.seniority for s in held) for held in theirs],
            _levels_between,
        ),
        "country": _compared(
            [m.country for m in ours],
            [frozenset(_country(graph, s) for s in held) for held in theirs],
            _differs,
        ),
        "language": _compared(
            [_languages(m.languages) for m in ours],
            [_languages(held[0].person.language if held[0].person else None) for held in theirs],
            _no_common,
        ),
    }
    return Fit(
        {name: price[name] * spans[name][0] for name in price},
        {name: price[name] * spans[name][1] for name in price},
        settings.mesh_warm * is_warm.astype(np.float64),
        _there(ties, people),
        settings.mesh_tie,
        settings.mesh_reactivate,
        warm,
        nodes,
    )


def _compared(
    ours: Sequence[Hashable], theirs: Sequence[Hashable], compare: Callable[..., Span]
) -> tuple[Floats, Floats]:
    """Compare each of ours with each of theirs; those who are alike only once."""
    our_kinds, their_kinds = (list(dict.fromkeys(side)) for side in (ours, theirs))
    found = np.array([[compare(one, other) for other in their_kinds] for one in our_kinds], np.float64)
    table = found.reshape(len(our_kinds), len(their_kinds), 2)
    row = np.array([our_kinds.index(one) for one in ours], np.int64)
    place = {kind: i for i, kind in enumerate(their_kinds)}
    column = np.array([place[other] for other in theirs], np.int64)
    spread = table[row][:, column]
    return spread[..., 0], spread[..., 1]


def _differs(our: str | None, theirs: frozenset[str | None]) -> Span:
    if our is not None and our in theirs:
        return _NO
    return _EITHER if our is None or None in theirs else _YES


def _levels_between(our: int | None, theirs: frozenset[int | None]) -> Span:
    """Give how many levels lie between, beyond one; of several positions the nearest."""
    spans = [_gap(our, level) for level in theirs]
    return min(low for low, _ in spans), min(high for _, high in spans)


def _gap(our: int | None, their: int | None) -> Span:
    if our is not None and their is not None:
        return (float(max(0, abs(our - their) - 1)),) * 2
    known = our if our is not None else their
    ends = (_TOP, _BOTTOM)
    return 0.0, float(max(abs(a - b) for a in ends for b in ([known] if known is not None else ends)) - 1)


def _no_common(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> Span:
    if ours is None or theirs is None:
        return _EITHER
    return _NO if ours & theirs else _YES


def _languages(text: str | None) -> frozenset[str] | None:
    """Read the languages of a text such as ``fr, en-GB``: the codes, without their regions."""
    found = (word.casefold() for word in re.split(r"[,;/\s]+", text or "") if _WORDS.match(word))
    return (
        frozenset(word[:_CODE] if word[_CODE : _CODE + 1] in {"", "-", "_"} else word for word in found)
        or None
    )


def _country(graph: AccountGraph, s: Stakeholder) -> str | None:
    """Give the country where a position is: that of its unit, else of the account."""
    return graph.countries.get(s.position.unit_id or "", graph.account.country)


def _there(ties: Panel, people: Sequence[Someone]) -> Flags:
    """Tell between whom there is a tie that is not live."""
    found = np.zeros((ties.members, len(people)), dtype=np.bool_)
    of_seat = {j: i for i, p in enumerate(people) for j in p.seats}
    dead = (ties.strength > 0) & ~ties.live
    for m, j in zip(ties.member[dead].tolist(), ties.seat[dead].tolist(), strict=True):
        if j in of_seat:
            found[m, of_seat[j]] = True
    for i, p in enumerate(people):
        found[sorted(p.live), i] = False
    return found
