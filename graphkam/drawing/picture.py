"""From an account graph to a picture: who is drawn where, how, and with what said of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from graphkam.drawing.beside import Beside
from graphkam.drawing.cells import Item, Unit
from graphkam.drawing.counts import counted
from graphkam.drawing.edges import Edges
from graphkam.drawing.elements import Box, Edge, Layer, Line, Node, Picture
from graphkam.drawing.layout import Arrangement, arrange
from graphkam.drawing.legend import legend
from graphkam.drawing.relations import Relations
from graphkam.drawing.stakeholders import Stakeholders, shortened
from graphkam.drawing.table import summary, table
from graphkam.drawing.tangle import lines as lines_apart
from graphkam.drawing.tangle import tangled
from graphkam.drawing.window import WINDOW, Window, magnification
from graphkam.model.base import fold
from graphkam.model.vocabulary import UnitKind, label
from graphkam.settings import AnalysisSettings
from graphkam.text import UNKNOWN, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkam.graph.account_graph import AccountGraph, Stakeholder

View = Literal["org", "mesh"]
MOST_PEOPLE = 2_000
"""Above, units are drawn with counts instead of people."""
MOST_IN_MESH = 24
"""The same for functions, which stand in one column."""
NOWHERE = "~"
"""Id of the box for people without a unit."""
_FAR = 260.0
"""Between our team and the client's functions, where the lines are what is looked at."""
_LAYERS = ("reports", "dotted", "contact", "influence", "conflict", "seat")


def picture(
    graph: AccountGraph,
    *,
    settings: AnalysisSettings | None = None,
    language: str = "en",
    hide_stance: bool = False,
    view: View = "org",
) -> Picture:
    """Give the picture of an account as of the graph's date.

    Parameters
    ----------
    graph
        The account.
    settings
        When a contact tie is live; the defaults if not given.
    language
        ``en`` or ``fr``.
    hide_stance
        Leave out what is said of people's stance, to show the picture to others.
    view
        ``org``: the client's units, top down by reporting. ``mesh``: both sides by function, so
        that a bow tie or a diamond is seen at once.
    """
    words = Words(language)
    relations = Relations(graph, settings or AnalysisSettings())
    people = Stakeholders(relations, words, hide_stance=hide_stance)
    ordered = _ordered(graph)
    drawn = _drawn(ordered, people, relations, words, view)
    boxes, beside = drawn.beside
    lines = tuple(Line(route.boss_id, route.item_id, route.points) for route in drawn.arrangement.routes)
    columns, rows = table(ordered, people, relations, words, hide_stance=hide_stance)
    has_centres = any(node.kind == "centre" for node in beside)
    return Picture(
        account=graph.account.name,
        title=words.say(f"map.title.{view}"),
        as_of=graph.as_of,
        language=language,
        width=drawn.arrangement.width,
        height=drawn.arrangement.height,
        boxes=(*_boxes(drawn.arrangement, words), *boxes),
        nodes=(*drawn.nodes, *beside),
        lines=lines,
        edges=tuple(drawn.edges),
        layers=_layers(drawn.edges, lines, words),
        legend=legend(words, hide_stance=hide_stance, is_counted=drawn.is_counted, has_centres=has_centres),
        columns=columns,
        rows=rows,
        summary=summary(graph, words),
        hides_stance=hide_stance,
        has_minor_edges=any(not edge.is_major and edge.layer != "seat" for edge in drawn.edges),
    )


class _Drawn(NamedTuple):
    """The client's side, its places, and what stands beside it."""

    arrangement: Arrangement
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    beside: tuple[tuple[Box, ...], tuple[Node, ...]]
    is_counted: bool


def _drawn(
    ordered: Sequence[Stakeholder], people: Stakeholders, relations: Relations, words: Words, view: View
) -> _Drawn:
    is_mesh, graph = view == "mesh", relations.graph
    is_counted = len(ordered) > (MOST_IN_MESH if is_mesh else MOST_PEOPLE)
    units, homes = _functions(ordered, words) if is_mesh else _units(graph, ordered, words)
    apart = {} if is_counted or is_mesh else tangled(ordered, homes)
    items = _items(ordered, homes, apart, is_counted=is_counted, is_mesh=is_mesh)
    window = _window(graph, is_mesh=is_mesh, is_counted=is_counted)
    arrangement = arrange(units, items, window=window, in_one_column=is_mesh)
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    if is_counted:
        nodes, edges = counted(relations, words, arrangement.places, homes)
    else:
        nodes = [people.node(one, arrangement.places[f"p:{one.id}"]) for one in ordered]
        edges = (*Edges(relations, words, show_contacts=is_mesh).all(), *lines_apart(apart))
    beside = _beside(relations, words, arrangement, window, view)
    return _Drawn(arrangement, nodes, edges, beside, is_counted)


def _ordered(graph: AccountGraph) -> list[Stakeholder]:
    """Give the stakeholders from the top of the organisation down."""

    def order(one: Stakeholder) -> tuple[int, int, str, str]:
        return one.position.seniority or 9, -(one.weight or 0), fold(one.name), one.id

    return sorted(graph.stakeholders, key=order)


def _functions(ordered: Sequence[Stakeholder], words: Words) -> tuple[list[Unit], dict[str, str]]:
    """Give a box for each function of the client, and the box of each position."""
    homes = {one.id: f"f:{one.position.function or ''}" for one in ordered}
    codes = {one.position.function or "" for one in ordered}
    units = [
        Unit(f"f:{code}", label("function", code, words.language) if code else UNKNOWN) for code in codes
    ]
    return sorted(units, key=lambda unit: natural(unit.name)), homes


def _units(
    graph: AccountGraph, ordered: Sequence[Stakeholder], words: Words
) -> tuple[list[Unit], dict[str, str]]:
    """Give a box for each unit of the client, and the box of each position."""
    units = [
        Unit(unit.id, unit.name, unit.parent_id, is_department=unit.kind == UnitKind.DEPARTMENT)
        for unit in sorted(graph.units, key=lambda unit: (natural(unit.name), unit.id))
    ]
    homes = {one.id: one.position.unit_id or NOWHERE for one in ordered}
    if units and NOWHERE in homes.values():
        units.append(Unit(NOWHERE, words.say("map.no_unit")))
    return units, homes


def _items(
    ordered: Sequence[Stakeholder],
    homes: Mapping[str, str],
    apart: Mapping[str, str],
    *,
    is_counted: bool,
    is_mesh: bool,
) -> list[Item]:
    """Give what goes into the boxes: people under their bosses, or one count for each box."""
    if is_counted:
        return [Item(f"u:{home}", home) for home in dict.fromkeys(homes.values())]
    bosses = {one.id: one.position.reports_to_id for one in ordered if not is_mesh and one.id not in apart}
    return [
        Item(f"p:{one.id}", homes[one.id], f"p:{boss}" if (boss := bosses.get(one.id)) else None)
        for one in ordered
    ]


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """Give a key that sorts names as people do: without case or accents, 2 before 10."""
    parts = re.split(r"(\d+)", fold(text))
    return tuple((bool(i % 2), int(p) if i % 2 else 0, p) for i, p in enumerate(parts))


def _window(graph: AccountGraph, *, is_mesh: bool, is_counted: bool) -> Window:
    """Give the window to fill, less what stands beside the client: our team and the decision centres."""
    columns = bool(graph.members) + (bool(graph.centres) and not is_counted)
    return replace(WINDOW, columns=columns, away=_FAR if is_mesh else WINDOW.away)


def _beside(
    relations: Relations, words: Words, arrangement: Arrangement, window: Window, view: View
) -> tuple[tuple[Box, ...], tuple[Node, ...]]:
    """Give both columns, readable when everything is in view."""
    width, height = arrangement.width, arrangement.height
    scale = arrangement.scale
    room = window.height / scale
    beside = Beside(relations, words, magnify=magnification(scale), away=window.away, room=room)
    team, ours = beside.team(height, by_function=view == "mesh")
    if window.columns == len(team):
        return tuple(team), tuple(ours)
    centres, theirs = beside.centres(width, height)
    return (*team, *centres), (*ours, *theirs)


def _boxes(arrangement: Arrangement, words: Words) -> list[Box]:
    empty = words.say("map.empty_unit")
    return [
        Box(
            unit.id,
            "unit",
            shortened(unit.name),
            unit.rect.x,
            unit.rect.y,
            unit.rect.width,
            unit.rect.height,
            unit.level,
            unit.font,
            "" if unit.count else empty,
        )
        for unit in arrangement.boxes
    ]


def _layers(edges: Sequence[Edge], lines: Sequence[Line], words: Words) -> tuple[Layer, ...]:
    counts = Counter(edge.layer for edge in edges)
    counts["reports"] += len(lines)
    return tuple(
        Layer(code, words.say(f"map.layer.{code}"), counts[code]) for code in _LAYERS if counts[code]
    )
