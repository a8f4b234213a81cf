"""Where stances settle under influence: of one decision centre, or of the account as a whole.

Everybody who holds a position or influences somebody is in it; each listens to those who have a
positive tie to him, in proportion to their strengths, and gives way by ``susceptibility`` (0.5)
(:mod:`graphkam.method.opinion`). Whoever listens to nobody keeps his own stance.

The stance of a centre is weighted by votes, as in :mod:`graphkam.graph.standing`; that of the account
by influence weight. Unknown stances run at -2 and at +2, unknown strengths of ties and unknown weights
between their ends, jointly; the bounds are exact (with a susceptibility of 1 and unknown strengths
outer ones). As a point, somebody of unknown stance is taken for what those who influence him make of
him, and left out where nobody does.

Leverage: what one step of somebody's own stance does to that weighted stance once all has settled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.graph.influence import Influencer, Network, network
from graphkam.graph.strength import Floats, panel
from graphkam.graph.voters import LEAST_STANCE, MOST_STANCE, electorate
from graphkam.method.opinion import Opinions
from graphkam.method.opinion_bounds import Listening, bounds, estimated
from graphkam.method.ratio import mean_bounds
from graphkam.model.base import Interval
from graphkam.model.organisation import DecisionCentre
from graphkam.model.vocabulary import Attribute
from graphkam.settings import AnalysisSettings


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody with a stance: a person, or a position whose holder is not known or has left."""

    id: str
    """Of the first position, or of the person who holds none."""
    name: str
    person: Influencer | None
    positions: tuple[Stakeholder, ...]
    stance: int | None
    said: str | None
    """Id of the assessment that says so."""


@dataclass(frozen=True)
class Field:
    """Who listens to whom, and where all settle: the same for every centre of which nothing else is said."""

    nodes: tuple[Node, ...]
    """First the people of the network, in its order."""
    ties: Listening
    model: Opinions
    """How everybody gives way, for the strengths as they are taken."""

    @cached_property
    def own(self) -> Floats:
        """What each thinks by himself; NaN = not known."""
        return np.array([np.nan if n.stance is None else n.stance for n in self.nodes], dtype=np.float64)

    @cached_property
    def settled(self) -> Floats:
        """Where each settles; NaN = cannot be told."""
        return estimated(self.ties, self.own)

    @cached_property
    def ends(self) -> tuple[Floats, Floats]:
        """The least and the greatest where each can settle; NaN where nothing settles."""
        return bounds(self.ties, self.own_at(LEAST_STANCE), self.own_at(MOST_STANCE))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where the holder of each position is."""
        return {s.id: i for i, n in enumerate(self.nodes) for s in n.positions}

    def own_at(self, end: int) -> Floats:
        """Give what each thinks by himself, with unknown stances at an end."""
        return np.where(np.isnan(self.own), float(end), self.own)


@dataclass(frozen=True)
class Sway:
    """Who sways whom, and what counts in the end."""

    network: Network
    field: Field
    weight: Floats
    """What each counts in the weighted stance."""
    weight_low: Floats
    weight_high: Floats

    @cached_property
    def leverage(self) -> Floats:
        """Of each; NaN if nobody counts, or somebody who counts never settles."""
        total = self.weight.sum()
        if not total > 0:
            return np.full(len(self.weight), np.nan)
        return self.field.model.leverage(self.weight / total)

    @cached_property
    def now(self) -> Interval:
        """The weighted stance, before anybody gives way."""
        field = self.field
        return self._mean(field.own, field.own_at(LEAST_STANCE), field.own_at(MOST_STANCE))

    @cached_property
    def after(self) -> Interval:
        """The weighted stance once all has settled."""
        return self._mean(self.field.settled, *self.field.ends)

    def _mean(self, values: Floats, low: Floats, high: Floats) -> Interval:
        counts = self.weight > 0
        if not counts.any() or np.isnan(low[counts]).any():
            return Interval(value=None, low=None, high=None)
        told = counts & ~np.isnan(values)
        value = float(values[told] @ self.weight[told] / self.weight[told].sum()) if told.any() else None
        least, _ = mean_bounds(low, self.weight_low, self.weight_high, is_low=True)
        most, _ = mean_bounds(high, self.weight_low, self.weight_high, is_low=False)
        return Interval(value=value, low=least, high=most)


def sway(graph: AccountGraph, settings: AnalysisSettings, centre: DecisionCentre | None = None) -> Sway:
    """Give who sways whom toward or away from our offer.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Susceptibility, and whether reporting lines influence.
    centre
        The decision centre whose stance counts; None for the account's.
    """
    field = _field(graph, settings, centre.id if centre else None)
    weights = _weights(graph, settings, field.nodes) if centre is None else _cast(graph, centre, field)
    return Sway(network(graph, settings), field, *weights)


def _field(graph: AccountGraph, settings: AnalysisSettings, centre_id: str | None) -> Field:
    key = ("field", settings.reporting_strength, settings.susceptibility, centre_id)
    if key not in graph.kept:
        graph.kept[key] = (
            _general(graph, settings)
            if centre_id is None
            else _within(graph, _field(graph, settings, None), centre_id)
        )
    found: Field = graph.kept[key]
    return found


def _general(graph: AccountGraph, settings: AnalysisSettings) -> Field:
    net = network(graph, settings)
    nodes = _nodes(graph, net)
    gives_way = np.full(len(nodes), settings.susceptibility)
    ties = Listening(net.target, net.source, net.strength, net.low, net.high, len(nodes), gives_way)
    return Field(nodes, ties, ties.opinions())


def _within(graph: AccountGraph, general: Field, centre_id: str) -> Field:
    """Give the same with what is said for a centre; nothing else where nothing is."""
    apart = {who for who, what, where in graph.assessments if where == centre_id and what is Attribute.STANCE}
    if not apart:
        return general
    nodes = (
        _person(graph, n.person, centre_id) if n.person and n.person.person.id in apart else n
        for n in general.nodes
    )
    return replace(general, nodes=tuple(nodes))


def _nodes(graph: AccountGraph, net: Network) -> tuple[Node, ...]:
    people = (_person(graph, p, None) for p in net.people)
    named = {s.id for p in net.people for s in p.positions}
    others = (Node(s.id, s.name, None, (s,), None, None) for s in graph.counted if s.id not in named)
    return (*people, *others)


def _person(graph: AccountGraph, p: Influencer, centre_id: str | None) -> Node:
    said = graph.said(p.person.id, Attribute.STANCE, centre_id)
    stance = graph.stance(p.person.id, centre_id)
    return Node(p.id, p.name, p, p.positions, stance, said.id if said else None)


def _cast(graph: AccountGraph, centre: DecisionCentre, field: Field) -> tuple[Floats, Floats, Floats]:
    """Give the votes of each who is there: they stand at the position first held in the centre."""
    cast = np.zeros(len(field.nodes))
    for v in electorate(graph, centre).there:
        cast[field.place[v.id]] += float(v.cast)
    return cast, cast, cast


def _weights(
    graph: AccountGraph, settings: AnalysisSettings, nodes: tuple[Node, ...]
) -> tuple[Floats, Floats, Floats]:
    """Give the influence weight of each, of all positions held, and its ends."""
    ties = panel(graph, settings)
    held = [[graph.place[s.id] for s in n.positions] for n in nodes]
    value, low, high = (
        np.array([column[seats].sum() for seats in held], dtype=np.float64)
        for column in (ties.weight, ties.weight_low, ties.weight_high)
    )
    return value, low, high
