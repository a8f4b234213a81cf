"""A picture whose boxes were partly put elsewhere by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graphkam.drawing.elements import Line, Node, Picture

Places = Mapping[str, tuple[str, float, float]]
"""For each node: the box that it is in, and how far right of and below its corner."""


def moved(picture: Picture, places: Places) -> Picture:
    """Give a picture with nodes where they were put.

    A node that is in another box by now stays where the picture has it: its place said something
    about a box that it has left. Reporting lines of who was moved run simply down and across.

    Parameters
    ----------
    picture
        As it is laid out.
    places
        Where nodes were put.
    """
    corners = {box.id: (box.x, box.y) for box in picture.boxes} | {"": (0.0, 0.0)}
    put: dict[str, Node] = {}
    for node in picture.nodes:
        home, right, below = places.get(node.id, ("", 0.0, 0.0))
        if node.id in places and home == node.home and home in corners:
            x, y = corners[home]
            put[node.id] = replace(node, x=x + right, y=y + below)
    if not put:
        return picture
    nodes = {node.id: put.get(node.id, node) for node in picture.nodes}
    lines = tuple(
        _bent(line, nodes) if line.source in put or line.target in put else line for line in picture.lines
    )
    return replace(picture, nodes=tuple(nodes.values()), lines=lines)


def _bent(line: Line, nodes: Mapping[str, Node]) -> Line:
    boss, one = nodes[line.source], nodes[line.target]
    middle = (boss.y + one.y) / 2
    return replace(line, points=((boss.x, boss.y), (boss.x, middle), (one.x, middle), (one.x, one.y)))
