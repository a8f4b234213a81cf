"""How lines run between boxes: the same in an image as on the screen, where ``draw.js`` says it again.

A tie between us and them runs from side to side, a line among the client's people in a shallow arc
from edge to edge.
"""

from __future__ import annotations

from math import hypot
from typing import NamedTuple

from graphkam.drawing.blocks import Point

BOW = 0.1
"""How far an arc leaves the straight line, as a share of its length."""
_REACH, _LEAST = 0.45, 40.0
_SIDEWAYS = frozenset({"contact", "seat", "proposed", "successor"})


class Frame(NamedTuple):
    """A box that a line ends at: its middle and its size."""

    x: float
    y: float
    width: float
    height: float


class Curve(NamedTuple):
    """A Bezier curve."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Give a point of it, from 0 at the start to 1 at the end."""
        u = 1 - t
        parts = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
        return (
            sum(k * point[0] for k, point in zip(parts, self, strict=True)),
            sum(k * point[1] for k, point in zip(parts, self, strict=True)),
        )


def curve(layer: str, source: Frame, target: Frame) -> Curve:
    """Give the curve of a line.

    Parameters
    ----------
    layer
        What kind of line it is.
    source, target
        Where it starts and ends.
    """
    return _sideways(source, target) if layer in _SIDEWAYS else _arc(source, target)


def _sideways(a: Frame, b: Frame) -> Curve:
    way = 1 if a.x <= b.x else -1
    start = (a.x + way * a.width / 2, a.y)
    end = (b.x - way * b.width / 2, b.y)
    reach = way * max(abs(end[0] - start[0]) * _REACH, _LEAST)
    return Curve(start, (start[0] + reach, start[1]), (end[0] - reach, end[1]), end)


def _arc(a: Frame, b: Frame) -> Curve:
    dx, dy = b.x - a.x, b.y - a.y
    knee = ((a.x + b.x) / 2 - dy * BOW * 2, (a.y + b.y) / 2 + dx * BOW * 2)
    start, end = _edge(a, knee), _edge(b, knee)
    middle = ((a.x + b.x) / 2 - dy * BOW, (a.y + b.y) / 2 + dx * BOW)
    # A quadratic curve through the middle, said as a cubic one.
    bend = (2 * middle[0] - (start[0] + end[0]) / 2, 2 * middle[1] - (start[1] + end[1]) / 2)
    return Curve(start, _toward(start, bend), _toward(end, bend), end)


def _toward(point: Point, bend: Point) -> Point:
    return point[0] + (bend[0] - point[0]) * 2 / 3, point[1] + (bend[1] - point[1]) * 2 / 3


def _edge(box: Frame, toward: Point) -> Point:
    """Give where the way from a box's middle to a point leaves the box."""
    dx, dy = toward[0] - box.x, toward[1] - box.y
    if not dx and not dy:
        return box.x, box.y
    across = box.width / 2 / abs(dx) if dx else float("inf")
    down = box.height / 2 / abs(dy) if dy else float("inf")
    share = min(across, down, 1.0)
    return box.x + dx * share, box.y + dy * share


def arrow(line: Curve, size: float) -> tuple[Point, Point, Point]:
    """Give the corners of the head of an arrow at the end of a line."""
    (x, y), (from_x, from_y) = line.end, line.at(0.9)
    length = hypot(x - from_x, y - from_y) or 1.0
    dx, dy = (x - from_x) / length * size, (y - from_y) / length * size
    back = (x - dx, y - dy)
    return (x, y), (back[0] - dy * 0.45, back[1] + dx * 0.45), (back[0] + dy * 0.45, back[1] - dx * 0.45)
