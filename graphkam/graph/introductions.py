"""Who can be asked to introduce us to whom, and how likely each step is to work.

One of us can ask whom he or she has a contact tie with: p = strength / 3, live or not. A client person
can ask those whom he or she influences, with the strength of the tie (see
:mod:`graphkam.graph.influence`; conflict introduces nobody); former colleagues and fellow students can
ask each other. Colleagues of one unit can ask each other with ``colleague_introduction`` (0.5), which is
assumed, not known. Who has left asks nobody and is asked nothing.

Source: design, analyses.md, "paths".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.account_graph import AccountGraph, Contact
from graphkam.graph.influence import Influencer, network
from graphkam.graph.strength import TOP_LEVEL, decay, panel
from graphkam.method.paths import Links
from graphkam.method.reliability import Link
from graphkam.model.ties import InfluenceTie
from graphkam.model.vocabulary import LinkKind
from graphkam.settings import AnalysisSettings

Floats = NDArray[np.float64]
Kind = Literal["contact", "influence", "reporting", "colleague"]
Chance = Literal["p", "low", "high"]
_MUTUAL = {LinkKind.EX_COLLEAGUE, LinkKind.ALUMNI}
"""Ties of which it does not matter who is named first."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """One step: who can ask whom."""

    asker: int
    """A node: one of us, or a client person."""
    asked: int
    """A client person."""
    kind: Kind
    p: float
    low: float
    """The least that p could be."""
    high: float
    record: str | None
    """Id of the tie; of colleagues that of their unit; None = a reporting line."""
    both_ways: bool = False


@dataclass(frozen=True)
class Introductions:
    """All steps. Nodes: the members, then the client people, then the units in which colleagues sit."""

    graph: AccountGraph
    people: tuple[Influencer, ...]
    """By name."""
    known: tuple[Introduction, ...]
    """Steps that rest on a tie, best first."""
    shared: tuple[str, ...]
    """Ids of the units in which there are several people."""
    colleagues: tuple[tuple[int, ...], ...]
    """The people of each of these units, as nodes."""
    colleague: float
    """p between them."""

    @cached_property
    def node_of(self) -> Mapping[str, int]:
        """Where each member and each client person is, by id."""
        ours = {m.id: i for i, m in enumerate(self.graph.members)}
        return ours | {p.person.id: len(ours) + i for i, p in enumerate(self.people)}

    @property
    def members(self) -> range:
        """The nodes that are ours."""
        return range(len(self.graph.members))

    @property
    def units(self) -> range:
        """The nodes that stand for units."""
        first = len(self.graph.members) + len(self.people)
        return range(first, first + len(self.colleagues))

    def id(self, node: int) -> str:
        """Give the id of the member or of the client person."""
        ours = len(self.graph.members)
        return self.graph.members[node].id if node < ours else self.people[node - ours].person.id

    def name(self, node: int) -> str:
        """Give the name of the member or of the client person."""
        ours = len(self.graph.members)
        return self.graph.members[node].name if node < ours else self.people[node - ours].name

    def shown_id(self, node: int) -> str:
        """Give the id by which findings name somebody: of one of theirs the first position, if any."""
        ours = len(self.graph.members)
        return self.graph.members[node].id if node < ours else self.people[node - ours].id

    @cached_property
    def contacts(self) -> Mapping[str, Contact]:
        """The contact ties, by id."""
        return {c.tie.id: c for c in self.graph.contacts}

    @cached_property
    def influence(self) -> Mapping[str, InfluenceTie]:
        """The influence ties, by id."""
        return {t.id: t for t in self.graph.influences}

    @cached_property
    def links(self) -> Links:
        """The steps as links; colleagues by way of their unit, which is no step of its own."""
        return self.linked()

    def linked(self, chance: Chance = "p") -> Links:
        """Give the steps as links, with p or with an end of what it could be."""
        start, end, p = self.arrays(chance)
        return Links(start, end, p, frozenset(self.units))

    def arrays(self, chance: Chance = "p") -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
        """Give the same as arrays: start, end, p."""
        arcs = [(s.asker, s.asked, float(getattr(s, chance))) for s in self.known]
        arcs += [(s.asked, s.asker, float(getattr(s, chance))) for s in self.known if s.both_ways]
        if self.colleague > 0:
            for unit, inside in zip(self.units, self.colleagues, strict=True):
                arcs += [(node, unit, 1.0) for node in inside]
                arcs += [(unit, node, self.colleague) for node in inside]
        start, end, p = zip(*arcs, strict=True) if arcs else ((), (), ())
        return np.array(start, np.int64), np.array(end, np.int64), np.array(p, np.float64)

    def steps(self, nodes: tuple[int, ...]) -> Iterator[Introduction]:
        """Give the steps of a path, each from the one who asks."""
        asker, unit = nodes[0], None
        for asked in nodes[1:]:
            if asked in self.units:
                unit = self.shared[asked - self.units.start]
                continue
            if unit is None:
                s = self._known[asker, asked]
                yield replace(s, asker=asker, asked=asked)
            else:
                yield Introduction(asker, asked, "colleague", *(self.colleague,) * 3, unit)
            asker, unit = asked, None

    @cached_property
    def _known(self) -> Mapping[tuple[int, int], Introduction]:
        """The best step that rests on a tie between two nodes; of equals the first."""
        found: dict[tuple[int, int], Introduction] = {}
        for s in self.known:
            found.setdefault((s.asker, s.asked), s)
            if s.both_ways:
                found.setdefault((s.asked, s.asker), s)
        return found

    def events(self) -> Iterator[Link]:
        """Give the steps as links that hold independently of each other: colleagues pair by pair."""
        for s in self.known:
            yield Link(s.asker, s.asked, s.p, s.both_ways)
        if self.colleague > 0:
            pairs = chain.from_iterable(combinations(inside, 2) for inside in self.colleagues)
            for one, other in pairs:
                yield Link(one, other, self.colleague, both_ways=True)


def introductions(graph: AccountGraph, settings: AnalysisSettings) -> Introductions:
    """Give who can be asked to introduce us to whom on the day.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Decay of contacts, reporting lines as influence, and how far colleagues introduce.
    """
    key = ("introductions", decay(settings), settings.reporting_strength, settings.colleague_introduction)
    if key not in graph.kept:
        graph.kept[key] = _introductions(graph, settings)
    found: Introductions = graph.kept[key]
    return found


def _introductions(graph: AccountGraph, settings: AnalysisSettings) -> Introductions:
    people = network(graph, settings).people
    nodes = {p.person.id: len(graph.members) + i for i, p in enumerate(people)}
    steps = chain(_contacts(graph, settings, nodes), _influence(graph, settings))
    known = sorted(steps, key=lambda s: (-s.p, s.asker, s.asked, s.kind, s.record or ""))
    units: dict[str, list[int]] = {}
    for p in people:
        for unit in dict.fromkeys(s.position.unit_id for s in p.positions if s.position.unit_id):
            units.setdefault(unit, []).append(nodes[p.person.id])
    shared = tuple(unit for unit in sorted(units) if len(units[unit]) > 1)
    colleagues = tuple(tuple(sorted(units[unit])) for unit in shared)
    return Introductions(graph, people, tuple(known), shared, colleagues, settings.colleague_introduction)


def _contacts(
    graph: AccountGraph, settings: AnalysisSettings, nodes: Mapping[str, int]
) -> Iterator[Introduction]:
    ties = panel(graph, settings)
    columns = (ties.member, ties.tie, ties.strength, ties.low, ties.high)
    found: dict[tuple[int, int], Introduction] = {}
    for member, t, *strengths in zip(*(c.tolist() for c in columns), strict=True):
        contact = graph.contacts[t]
        if strengths[2] > 0 and contact.person_id in nodes:
            pair = member, nodes[contact.person_id]
            p, low, high = (s / TOP_LEVEL for s in strengths)
            # A person in two positions is known once, by the stronger of the two.
            other = found.get(pair)
            if other is not None:
                p, low, high = max(p, other.p), max(low, other.low), max(high, other.high)
            found[pair] = Introduction(*pair, "contact", p, low, high, contact.tie.id)
    yield from found.values()


def _influence(graph: AccountGraph, settings: AnalysisSettings) -> Iterator[Introduction]:
    found, ours = network(graph, settings), len(graph.members)
    kind = {t.id: t.kind for t in graph.influences}
    columns = (c.tolist() for c in (found.source, found.target, found.strength, found.low, found.high))
    for source, target, p, low, high, record in zip(*columns, found.ties, strict=True):
        how: Kind = "influence" if record else "reporting"
        mutual = record is not None and kind[record] in _MUTUAL
        yield Introduction(ours + source, ours + target, how, p, low, high, record, mutual)
