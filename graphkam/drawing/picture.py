"""From an account graph to a picture: who is drawn where, how, and with what said of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.beside import Beside
from graphkam.drawing.closing import said
from graphkam.drawing.elements import Box, Edge, Layer, Line, Node, Picture, View
from graphkam.drawing.grouping import NOWHERE
from graphkam.drawing.legend import legend
from graphkam.drawing.overlay import NOTHING, Overlay
from graphkam.drawing.relations import Relations
from graphkam.drawing.stakeholders import Stakeholders, path_text, shortened
from graphkam.drawing.table import summary, table
from graphkam.drawing.views import Drawn, Subject, drawn
from graphkam.drawing.window import WINDOW, Window, magnification
from graphkam.errors import NotFound
from graphkam.model.base import fold
from graphkam.settings import AnalysisSettings
from graphkam.text import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphkam.drawing.layout import UnitBox
    from graphkam.graph.account_graph import AccountGraph, Stakeholder

_LAYERS = ("reports", "dotted", "contact", "proposed", "successor", "influence", "conflict", "seat")


def picture(
    graph: AccountGraph,
    *,
    settings: AnalysisSettings | None = None,
    language: str = "en",
    hide_stance: bool = False,
    view: View = "org",
    within: str | None = None,
    window: Window = WINDOW,
    overlay: Overlay = NOTHING,
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
        ``org``: the client's units, top down by reporting. ``influence``: from against us to for us,
        by influence weight, with who sways whom. ``mesh``: both sides by function, so that a bow tie
        or a diamond is seen at once. ``site``: where people are.
    within
        Id of a unit: only its people, and those of the units inside it.
    window
        The part of a screen that it should fill.
    overlay
        Who is supposed to leave, who could take over, and which ties are proposed.

    Raises
    ------
    NotFound
        If the account has no such unit.
    """
    if within is not None and within != NOWHERE and within not in graph.unit_by_id:
        raise NotFound("no_such_name_at_all", value=within)
    words = Words(language)
    relations = Relations(graph, settings or AnalysisSettings(), overlay.leaves)
    people = Stakeholders(relations, words, hide_stance=hide_stance)
    ordered = _ordered(graph, within)
    subject = Subject(relations, people, words, view, ordered, within, hide_stance, window, overlay)
    return _assembled(subject, drawn(subject))


def _assembled(subject: Subject, made: Drawn) -> Picture:
    """Put the two sides together, with what is said of them."""
    graph, words, hide_stance = subject.relations.graph, subject.words, subject.hide_stance
    boxes, beside = _beside(subject, made)
    arrangement = made.arrangement
    lines = tuple(Line(route.boss_id, route.item_id, route.points) for route in arrangement.routes)
    columns, rows = table(subject.ordered, subject.people, subject.relations, words, hide_stance=hide_stance)
    has_centres = any(node.kind == "centre" for node in beside)
    return Picture(
        account_id=graph.account.id,
        account=graph.account.name,
        view=subject.view,
        title=words.say(f"map.title.{subject.view}"),
        unit=path_text(graph, subject.within),
        as_of=graph.as_of,
        language=words.language,
        width=arrangement.width,
        height=arrangement.height,
        boxes=(*(_box(box, made, words, hide_stance=hide_stance) for box in arrangement.boxes), *boxes),
        nodes=subject.overlay.marked((*made.nodes, *beside), words),
        lines=lines,
        edges=tuple(made.edges),
        layers=_layers(made.edges, lines, words),
        legend=legend(
            words,
            hide_stance=hide_stance,
            is_counted=made.is_counted,
            has_centres=has_centres,
            overlay=subject.overlay,
        ),
        columns=columns,
        rows=rows,
        summary=summary(subject.ordered, graph, words),
        hides_stance=hide_stance,
        has_minor_edges=any(not edge.is_major and edge.layer != "seat" for edge in made.edges),
        note=" ".join(_notes(subject, made.left_out)),
    )


def _notes(subject: Subject, left_out: int) -> Iterator[str]:
    """Say who is supposed to leave, and who is left out."""
    graph, leaves = subject.relations.graph, subject.overlay.leaves
    if leaves:
        ours = {member.id: member.name for member in graph.members}
        names = sorted((ours.get(one) or graph.person_name(one) for one in leaves), key=fold)
        yield subject.words.say("map.supposed", names=names)
    if left_out:
        yield subject.words.say("map.left_out", count=left_out)


def _ordered(graph: AccountGraph, within: str | None) -> list[Stakeholder]:
    """Give the stakeholders from the top of the organisation down."""

    def order(one: Stakeholder) -> tuple[int, int, str, str]:
        return one.position.seniority or 9, -(one.weight or 0), fold(one.name), one.id

    def is_inside(one: Stakeholder) -> bool:
        if within == NOWHERE:
            return not graph.unit_path(one.position.unit_id)
        return within is None or within in graph.unit_path(one.position.unit_id)

    return sorted(filter(is_inside, graph.stakeholders), key=order)


def _beside(subject: Subject, made: Drawn) -> tuple[tuple[Box, ...], tuple[Node, ...]]:
    """Give both columns, readable when everything is in view."""
    arrangement, window = made.arrangement, made.window
    beside = Beside(
        subject.relations,
        subject.words,
        magnify=magnification(arrangement.scale),
        away=window.away,
        room=window.height / arrangement.scale,
        centres=subject.centres,
    )
    team, ours = beside.team(arrangement.height, by_function=subject.view == "mesh")
    if made.is_counted:
        return tuple(team), tuple(ours)
    centres, theirs = beside.centres(arrangement.width, arrangement.height)
    return (*team, *centres), (*ours, *theirs)


def _box(box: UnitBox, made: Drawn, words: Words, *, hide_stance: bool) -> Box:
    tally = made.counts.get(box.id)
    look = _lane_fill(box.id) if box.kind == "lane" and not hide_stance else palette.Fill("", "", "")
    return Box(
        id=box.id,
        kind=box.kind,
        label=shortened(f"{look.sign} {box.name}".strip()),
        x=box.rect.x,
        y=box.rect.y,
        width=box.rect.width,
        height=box.rect.height,
        level=box.level,
        font=box.font,
        note="" if box.count else words.say("map.empty_unit"),
        parent=box.parent,
        figures=said(tally, words) if tally else (),
        is_closed=box.id in made.closed,
        fill=look.fill,
        ink=look.ink,
    )


def _lane_fill(lane: str) -> palette.Fill:
    code = lane.removeprefix("lane:")
    return palette.UNKNOWN if code == "?" else palette.STANCE[int(code)]


def _layers(edges: Sequence[Edge], lines: Sequence[Line], words: Words) -> tuple[Layer, ...]:
    counts = Counter(edge.layer for edge in edges)
    counts["reports"] += len(lines)
    return tuple(
        Layer(code, words.say(f"map.layer.{code}"), counts[code]) for code in _LAYERS if counts[code]
    )
