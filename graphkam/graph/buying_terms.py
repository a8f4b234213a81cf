"""What the figures of a buying centre are summed from: members, levels, ties, and parts of networks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from graphkam.graph.buying import Circle
from graphkam.graph.terms import Ledger
from graphkam.method.hierarchy import Form

Named = Sequence[tuple[str, str]]
"""Id and name of each node."""
Pairs = Sequence[tuple[int, int]]
"""Of each part of a network, what is there and the most there could be."""


def explain_circle(ledger: Ledger, found: Circle) -> None:
    """Say where the figures of a buying centre come from.

    Parameters
    ----------
    ledger
        Where it is said.
    found
        Who communicates with whom.
    """
    ledger.figure("vertical_involvement", len(found.levels), "levels")
    for level, s in found.levels.items():
        ledger.term("levels", s.id, s.name, 1, weight=level)
    ledger.figure("lateral_involvement", len(found.areas), "areas")
    for s in found.areas.values():
        ledger.term("areas", s.id, s.name, 1)
    members = [(found.member(i).id, found.member(i).name) for i in range(len(found.people))]
    ledger.figure("extensivity", len(found.talking), "talking")
    for i in found.talking:
        ledger.term("talking", *members[i], value=1)
    _explain_connectedness(ledger, found, members)
    _explain_buyers(ledger, found, members)
    seats = [(s.id, s.name) for s in found.seats]
    _explain_form(ledger, "influence", found.of_influence, found.arcs.out_degree.tolist(), members)
    _explain_form(ledger, "reporting", found.of_reporting, found.lines.out_degree.tolist(), seats)


def _explain_connectedness(ledger: Ledger, found: Circle, members: Named) -> None:
    if found.connectedness_arcs is None:
        return
    ledger.figure("connectedness_arcs", found.connectedness_arcs, "ties", "ordered pairs")
    ledger.figure("connectedness_dyads", found.connectedness_dyads, "dyads", "pairs")
    others = len(found.talking) - 1
    for i in found.talking:
        ledger.term("ordered pairs", *members[i], value=others)
        ledger.term("pairs", *members[i], value=others / 2)
    for source, _, tie in found.ties:
        ledger.term("ties", *members[source], value=1, because=[tie] if tie else [])
    for one, _ in found.dyads:
        ledger.term("dyads", *members[one], value=1)


def _explain_buyers(ledger: Ledger, found: Circle, members: Named) -> None:
    """Say by whom each deals with; the figure of the whole is the greatest of them."""
    if not found.buyers or not found.talking:
        return
    first = max(found.buyers, key=found.dealings)
    named = [(f"buyers[{members[i][0]}].centrality", i) for i in found.buyers]
    for figure, i in chain([("centrality", first)], named):
        ledger.figure(figure, found.centrality(i), f"dealings:{members[i][0]}", "talking")
    for i in found.buyers:
        for source, target, tie in found.ties:
            if i in {source, target}:
                other = members[target if source == i else source]
                ledger.term(f"dealings:{members[i][0]}", *other, value=1, because=[tie] if tie else [])


def _explain_form(ledger: Ledger, name: str, found: Form, sent: Sequence[int], nodes: Named) -> None:
    """Say it by node where nodes are counted, by part (named for its first node) where parts are."""
    place = f"structure.{name}"
    ledger.figure(f"{place}.density", found.density, f"{name} ties", f"{name} pairs")
    ledger.figure(f"{place}.connectedness", found.connectedness, f"{name} together", f"{name} pairs")
    if found.density is not None:
        for node, count in enumerate(sent):
            ledger.term(f"{name} ties", *nodes[node], value=count)
            ledger.term(f"{name} pairs", *nodes[node], value=found.nodes - 1)
        for part in found.parts:
            for node in part.nodes:
                ledger.term(f"{name} together", *nodes[node], value=len(part.nodes) - 1)
    for figure, value, above, below, parts in (
        ("efficiency", found.efficiency, "spared", "most extra", _spared(found)),
        ("hierarchy", found.hierarchy, "one way", "reaching", _one_way(found)),
        ("lub", found.lub, "bounded", "most bounded", _bounded(found)),
    ):
        ledger.figure(f"{place}.{figure}", value, f"{name} {above}", f"{name} {below}")
        for part, (more, most) in zip(found.parts if value is not None else (), parts, strict=False):
            ledger.term(f"{name} {above}", *nodes[part.nodes[0]], value=more)
            ledger.term(f"{name} {below}", *nodes[part.nodes[0]], value=most)


def _spared(found: Form) -> Pairs:
    return [(p.most_extra - (p.arcs - len(p.nodes) + 1), p.most_extra) for p in found.parts]


def _one_way(found: Form) -> Pairs:
    return [(p.one_way, p.one_way + p.mutual) for p in found.parts]


def _bounded(found: Form) -> Pairs:
    return [(p.most_unbounded - p.unbounded, p.most_unbounded) for p in found.parts]
