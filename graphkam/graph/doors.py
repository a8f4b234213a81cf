"""Whom we reach through others only, along the ties of influence, and who keeps those doors.

From those with whom one of us has a live tie, influence leads on to others. Somebody is a *gate* to
another if every such way leads through him or her; an *opener* has a tie of access to the other, as an
assistant has to whose diary she keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.influence import Influencer, Network
from graphkam.graph.strength import Panel
from graphkam.method.centrality import distances, gates
from graphkam.model.vocabulary import LinkKind


@dataclass(frozen=True, slots=True)
class Door:
    """A stakeholder none of us knows, and who is on the way."""

    person: int
    """Index into the people of the network."""
    weight: int | None
    """The greatest known of his or her positions."""
    is_key: bool
    steps: int | None
    """Ties of influence from the nearest whom one of us knows; None if none lead there."""
    gates: tuple[int, ...]
    openers: tuple[int, ...]
    evidence: tuple[str, ...]
    """Ids of the ties of access."""


def known_by(ties: Panel) -> Callable[[Influencer], tuple[int, ...]]:
    """Give a function that gives the members with a live tie to somebody."""
    return lambda p: ties.who(ties.graph.place[s.id] for s in p.positions)


def doors(ties: Panel, network: Network, key_weight: int) -> tuple[Door, ...]:
    """Give those none of us knows but to whom influence leads, or access; the weightiest first.

    Parameters
    ----------
    ties
        Who of us knows whom.
    network
        Who influences whom.
    key_weight
        Weight from which a stakeholder is key.
    """
    graph, knows = ties.graph, known_by(ties)
    known = [i for i, p in enumerate(network.people) if knows(p)]
    through, steps = gates(network.arcs, known), distances(network.arcs, known)
    access = _access(graph, network)
    inside = set(known)
    found = []
    for i, p in enumerate(network.people):
        held = [(opener, tie) for opener, tie in access.get(i, ()) if opener != i]
        if i in inside or not p.positions or (steps[i] is None and not held):
            continue
        weights = [s.weight for s in p.positions if s.weight is not None]
        found.append(
            Door(
                person=i,
                weight=max(weights, default=None),
                is_key=any(graph.is_key(s, key_weight) for s in p.positions),
                steps=steps[i],
                gates=through[i] or (),
                openers=tuple(opener for opener, _ in held),
                evidence=tuple(tie for _, tie in held),
            )
        )

    def rank(door: Door) -> tuple[int, tuple[str, str]]:
        p = network.people[door.person]
        return -(door.weight or 0), by_name(p.name, p.id)

    return tuple(sorted(found, key=rank))


def _access(graph: AccountGraph, network: Network) -> dict[int, list[tuple[int, str]]]:
    """Give by person who opens the door to him or her, by name, each with the tie."""
    index = network.index
    found: dict[int, list[tuple[int, str]]] = {}
    for t in graph.influences:
        if t.kind is LinkKind.ACCESS and t.from_id in index and t.to_id in index:
            found.setdefault(index[t.to_id], []).append((index[t.from_id], t.id))
    return {target: sorted(openers) for target, openers in found.items()}
