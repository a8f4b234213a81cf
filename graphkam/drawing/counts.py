"""Groups with the number of their people instead of the people: for large accounts, and at a glance."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.blocks import HEIGHT, WIDTH
from graphkam.drawing.elements import Edge, Node
from graphkam.model.vocabulary import Occupancy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkam.drawing.relations import Relations
    from graphkam.text import Words

_MANY = 10
"""Live ties that make the widest line."""
_MOST_LINES = 60
"""Lines drawn at rest: those of the most ties."""


def counted(
    relations: Relations,
    words: Words,
    places: Mapping[str, tuple[float, float]],
    homes: Mapping[str, str],
) -> tuple[list[Node], list[Edge]]:
    """Give one node for each group of people, and our live ties to them as one line each.

    Parameters
    ----------
    relations
        Who of us knows whom.
    words
        The reader's language.
    places
        The middle of each node, by ``u:`` and the id of the group.
    homes
        The group, a unit or a function, of each position.
    """
    people: Counter[str] = Counter()
    dark: Counter[str] = Counter()
    ties: dict[str, Counter[str]] = defaultdict(Counter)
    for one in relations.graph.stakeholders:
        home = homes[one.id]
        people[home] += 1
        live = relations.live_of[one.id]
        dark[home] += not live and one.occupancy != Occupancy.VACANT
        ties[home].update(live)
    nodes = [_node(home, people[home], dark[home], places[f"u:{home}"], words) for home in people]
    counts = [(home, member, n) for home, members in ties.items() for member, n in members.items()]
    counts.sort(key=lambda one: (-one[2], one[0], one[1]))
    edges = [
        Edge(
            id=f"u:{home}>{member}",
            source=f"m:{member}",
            target=f"u:{home}",
            layer="contact",
            colour=palette.OURS,
            width=palette.line_width(count / _MANY),
            note=words.say("map.live_ties", count=count),
            is_major=rank < _MOST_LINES,
        )
        for rank, (home, member, count) in enumerate(counts)
    ]
    return nodes, edges


def _node(home: str, people: int, dark: int, place: tuple[float, float], words: Words) -> Node:
    border = palette.COVERAGE[0 if dark == people else 2]
    return Node(
        id=f"u:{home}",
        kind="count",
        label=words.say("map.people", count=people),
        title=words.say("map.uncovered", count=dark),
        short=str(people),
        x=place[0],
        y=place[1],
        width=WIDTH,
        height=HEIGHT,
        fill=palette.PAPER,
        ink=palette.INK,
        border=border.colour,
        is_dashed=border.is_dashed,
    )
