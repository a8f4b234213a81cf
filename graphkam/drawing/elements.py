"""What a picture is made of: plain frozen data, with every word already said and every style chosen.

Nothing here knows how it will be drawn: a page, a component of the app and an image all take a
``Picture``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graphkam.drawing.blocks import Point

View = Literal["org", "influence", "mesh", "site"]
VIEWS: tuple[View, ...] = ("org", "influence", "mesh", "site")
"""What a picture's places tell: reporting; stance and weight; both sides by function; where people are."""

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A box with a name: a stakeholder, one of us, a decision centre, or a count of people."""

    id: str
    """``p:``, ``m:``, ``c:`` or ``u:`` and the id of the position, member, centre or unit."""
    kind: str
    """``person``, ``vacant``, ``unknown``, ``member``, ``centre`` or ``count``."""
    label: str
    title: str = ""
    """Second line."""
    brief: str = ""
    """The name with an initial, for when the whole is too long."""
    short: str = ""
    """What stands for the name when it is too small to be read."""
    x: float = 0.0
    """Of the middle."""
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    fill: str = ""
    ink: str = ""
    sign: str = ""
    """Sign of the stance."""
    border: str = ""
    border_width: float = 1.0
    is_dashed: bool = False
    mark: str = ""
    """How many of us have a live tie, as written in the corner."""
    badges: tuple[str, ...] = ()
    """``key``, ``lock`` and ``clock``."""
    facts: Facts = ()
    """What is told of it, line by line: label and value."""
    find: str = ""
    """What it is found by: lower case, without accents."""
    is_gone: bool = False
    """Supposed to leave: struck out."""
    home: str = ""
    """Id of the box that it is in and that can be closed over it; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle around people: a unit, our team, the decision centres."""

    id: str
    kind: str
    """``unit``, ``team``, ``centres``; in a field of lanes and bands ``lane`` and ``band``."""
    label: str
    x: float
    """Of the left edge."""
    y: float
    """Of the upper edge."""
    width: float
    height: float
    level: int
    """1 = outermost."""
    font: float
    note: str = ""
    """What is written where nobody is in it."""
    parent: str = ""
    """Id of the box around it."""
    figures: tuple[str, ...] = ()
    """What is written beside the title, and in the box when it is closed: how many people, how many dark."""
    is_closed: bool = False
    """Whether it is closed when the picture is first looked at: a tile instead of its people."""
    fill: str = ""
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A solid reporting line, with its corners."""

    source: str
    """The boss."""
    target: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes."""

    id: str
    source: str
    target: str
    layer: str
    colour: str
    width: float
    note: str
    """What is told of it when one of its ends is looked at."""
    is_dashed: bool = False
    is_dotted: bool = False
    is_hollow: bool = False
    """Drawn with a white line inside; the two edges add 2 to the width."""
    has_arrow: bool = False
    mark: str = ""
    is_major: bool = True
    """Drawn at rest; others appear when one of their ends is looked at."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of line that can be shown or not."""

    code: str
    label: str
    count: int
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of the legend: a sample and what it means."""

    group: str
    label: str
    node: Node | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table that says the same as the picture."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An account as it can be drawn."""

    account_id: str
    account: str
    view: View
    title: str
    unit: str
    """The unit that the picture is limited to; empty for the whole account."""
    as_of: date
    language: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    edges: tuple[Edge, ...]
    layers: tuple[Layer, ...]
    legend: tuple[LegendEntry, ...]
    columns: tuple[str, ...]
    """Headings of the table."""
    rows: tuple[Row, ...]
    summary: Facts
    """Headline counts."""
    hides_stance: bool
    has_minor_edges: bool
    """Whether some lines are left out at rest."""
    note: str = ""
    """What is to be known of it: who is left out."""

    def places(self) -> Mapping[str, Point]:
        """Give the middle of each node."""
        return {node.id: (node.x, node.y) for node in self.nodes}
