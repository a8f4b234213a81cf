"""Whom a way should lead to: a person, the holder of a position, anybody who sits in a decision centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graphkam.errors import NotFound
from graphkam.graph.introductions import Introductions


@dataclass(frozen=True, slots=True)
class Goal:
    """Where a way should lead."""

    id: str
    name: str
    kind: Literal["person", "position", "centre"]
    nodes: tuple[int, ...]
    """The people who are meant; none: nobody holds the position, or nobody can say who."""
    near: tuple[str, ...]
    """Ids of people and positions from which to look for the nearest."""
    nobody: Literal["vacant", "nameless"] | None = None
    """Why nobody is meant."""


def goal(ways: Introductions, target: str) -> Goal:
    """Give whom an id means.

    Raises
    ------
    NotFound
        If it is nobody's of the account on the day.
    """
    graph = ways.graph
    if target in ways.node_of and target not in graph.by_member:
        node = ways.node_of[target]
        return Goal(target, ways.name(node), "person", (node,), (target,))
    if target in graph.by_position:
        s = graph.by_position[target]
        nodes = (ways.node_of[s.person.id],) if s.person and s.person.id in ways.node_of else ()
        why: Literal["vacant", "nameless"] = "nameless" if s.counts and not s.person else "vacant"
        return Goal(target, s.name, "position", nodes, (target,), None if nodes else why)
    if target in graph.seats_of:
        held = [
            graph.by_position[s.position_id]
            for s in graph.seats_of[target]
            if s.position_id in graph.by_position
        ]
        people = sorted({ways.node_of[s.person.id] for s in held if s.person and s.person.id in ways.node_of})
        name = next(c.name for c in graph.centres if c.id == target)
        near = tuple(s.id for s in held)
        return Goal(target, name, "centre", tuple(people), near, None if people else "vacant")
    raise NotFound("nobody_of_the_account", value=target, account=graph.account.name)
