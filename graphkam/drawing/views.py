"""The four views of an account: who stands where, and which lines are drawn at rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.cells import Item, Unit
from graphkam.drawing.closing import MOST_IN_MESH, MOST_OPEN, Tally, closed, tallies
from graphkam.drawing.counts import counted
from graphkam.drawing.edges import Edges
from graphkam.drawing.field import Strip, field
from graphkam.drawing.grouping import Groups, by_function, by_site, by_unit, coarse
from graphkam.drawing.layout import Arrangement, arrange
from graphkam.drawing.tangle import all_apart, lines, tangled
from graphkam.drawing.window import Window
from graphkam.model.vocabulary import label

if TYPE_CHECKING:
    from graphkam.drawing.elements import Edge, Node, View
    from graphkam.drawing.overlay import Overlay
    from graphkam.drawing.relations import Relations
    from graphkam.drawing.stakeholders import Stakeholders
    from graphkam.graph.account_graph import Stakeholder
    from graphkam.model.organisation import DecisionCentre
    from graphkam.text import Words

MOST_PEOPLE = 2_000
"""Above, units are drawn with counts instead of people."""
MOST_IN_FIELD = 400
"""People drawn among influences, at most."""
_CROWDED_FIELD = 200
"""Above, only those with an influence tie or much weight are."""
_MUCH = 4
_MOST_BOXES = 24
"""Boxes of an account in which people are counted: what can be read at once; each opens."""
_FAR = 260.0
"""Between our team and the client's functions, where the lines are what is looked at."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be drawn."""

    relations: Relations
    people: Stakeholders
    words: Words
    view: View
    ordered: Sequence[Stakeholder]
    """The people, from the top of the organisation down."""
    within: str | None
    """Id of the unit that the picture is limited to."""
    hide_stance: bool
    room: Window
    """The part of a screen that the picture is made for."""
    overlay: Overlay

    @property
    def centres(self) -> Sequence[DecisionCentre]:
        """The decision centres drawn: of a unit, those in which one of its people sits."""
        graph = self.relations.graph
        if self.within is None:
            return graph.centres
        drawn = {one.id for one in self.ordered}
        seated = {seat.centre_id for seat in graph.seats if seat.position_id in drawn}
        return [centre for centre in graph.centres if centre.id in seated]

    def window(self, *, is_counted: bool) -> Window:
        """Give the window to fill, less what stands beside the client: our team and the decision centres."""
        columns = bool(self.relations.graph.members) + (bool(self.centres) and not is_counted)
        return replace(self.room, columns=columns, away=_FAR if self.view == "mesh" else self.room.away)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The client's side, in its places."""

    arrangement: Arrangement
    window: Window
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    counts: Mapping[str, Tally]
    """Who is in each box."""
    closed: frozenset[str]
    """Boxes that are closed at first."""
    is_counted: bool
    left_out: int = 0


def drawn(subject: Subject) -> Drawn:
    """Give the client's side of a picture."""
    if subject.view == "influence":
        return _influence(subject)
    groups = _groups(subject)
    if len(subject.ordered) > MOST_PEOPLE:
        return _counted(subject, coarse(groups, _MOST_BOXES))
    return _boxed(subject, groups)


def _groups(subject: Subject) -> Groups:
    ordered, words = subject.ordered, subject.words
    if subject.view == "mesh":
        return by_function(ordered, words)
    if subject.view == "site":
        return by_site(subject.relations.graph, ordered, words)
    return by_unit(subject.relations.graph, ordered, words, subject.within)


def _counted(subject: Subject, groups: Groups) -> Drawn:
    """Draw one box for each group of people."""
    items = [Item(f"u:{home}", home) for home in dict.fromkeys(groups.homes.values())]
    window = subject.window(is_counted=True)
    arrangement = arrange(groups.units, items, window=window, in_one_column=subject.view == "mesh")
    nodes, edges = counted(subject.relations, subject.words, arrangement.places, groups.homes)
    return Drawn(arrangement, window, nodes, edges, {}, frozenset(), is_counted=True)


def _boxed(subject: Subject, groups: Groups) -> Drawn:
    """Draw everybody in the box of a unit, a function or a site."""
    ordered, homes, view = subject.ordered, groups.homes, subject.view
    apart = tangled(ordered, homes) if view == "org" else all_apart(ordered, homes, is_kept=view == "site")
    bosses = {one.id: one.position.reports_to_id for one in ordered if one.id not in apart}
    items = [
        Item(f"p:{one.id}", homes[one.id], f"p:{boss}" if (boss := bosses.get(one.id)) else None)
        for one in ordered
    ]
    window = subject.window(is_counted=False)
    arrangement = arrange(groups.units, items, window=window, in_one_column=view == "mesh")
    counts = tallies(ordered, homes, groups.units, subject.relations)
    tiles = closed(groups.units, counts, most=MOST_IN_MESH if view == "mesh" else MOST_OPEN)
    return Drawn(
        arrangement,
        window,
        _nodes(subject, arrangement, _boxes_of(homes, groups.units)),
        _edges(subject, apart),
        counts,
        tiles - _looked_at(subject, groups),
        is_counted=False,
    )


def _looked_at(subject: Subject, groups: Groups) -> frozenset[str]:
    """Give the boxes of those whom the overlay is about, and the boxes around them: they are open."""
    above = {unit.id: unit.parent_id for unit in groups.units}
    found: set[str] = set()
    for position in subject.overlay.looked_at:
        box: str | None = groups.homes.get(position)
        while box is not None and box not in found:
            found.add(box)
            box = above.get(box)
    return frozenset(found)


def _boxes_of(homes: Mapping[str, str], units: Sequence[Unit]) -> Mapping[str, str]:
    known = {unit.id for unit in units}
    return {position: home for position, home in homes.items() if home in known}


def _influence(subject: Subject) -> Drawn:
    """Draw a field: from against us to for us, from little to much influence."""
    shown = _influential(subject)
    narrowed = replace(subject, ordered=shown)
    window = narrowed.window(is_counted=False)
    lanes = _functions(narrowed) if subject.hide_stance else _stances(narrowed)
    spots = {f"p:{one.id}": (_lane(narrowed, one), f"band:{_weight(one)}") for one in shown}
    arrangement = field(lanes, _bands(subject.words), spots, window=window)
    return Drawn(
        arrangement,
        window,
        _nodes(narrowed, arrangement, {one.id: _lane(narrowed, one) for one in shown}),
        _edges(narrowed, all_apart(shown, {one.id: "" for one in shown}, is_kept=False)),
        {},
        frozenset(),
        is_counted=False,
        left_out=len(subject.ordered) - len(shown),
    )


def _influential(subject: Subject) -> Sequence[Stakeholder]:
    """Give everybody; of a crowd those with an influence tie or much weight, the weightiest first."""
    ordered = subject.ordered
    if len(ordered) <= _CROWDED_FIELD:
        return ordered
    tied = {end for tie in subject.relations.graph.influences for end in (tie.from_id, tie.to_id)}
    wanted = [one for one in ordered if (one.person and one.person.id in tied) or (one.weight or 0) >= _MUCH]
    by_weight = sorted(wanted, key=lambda one: -(one.weight or 0))[:MOST_IN_FIELD]
    kept = {one.id for one in by_weight}
    return [one for one in ordered if one.id in kept]


def _stances(subject: Subject) -> list[Strip]:
    codes = [str(code) for code in sorted(palette.STANCE)]
    lanes = [Strip(f"lane:{code}", label("stance", code, subject.words.language)) for code in codes]
    if any(_lane(subject, one) == "lane:?" for one in subject.ordered):
        lanes.append(Strip("lane:?", label("stance", "?", subject.words.language)))
    return lanes


def _functions(subject: Subject) -> list[Strip]:
    return [Strip(unit.id, unit.name) for unit in by_function(subject.ordered, subject.words).units]


def _lane(subject: Subject, one: Stakeholder) -> str:
    if subject.hide_stance:
        return f"f:{one.position.function or ''}"
    stance = None if one.person is None else subject.relations.graph.stance(one.person.id)
    return "lane:?" if stance is None else f"lane:{stance}"


def _weight(one: Stakeholder) -> str:
    return "?" if one.weight is None else str(one.weight)


def _bands(words: Words) -> list[Strip]:
    known = [Strip(f"band:{weight}", words.say("map.band", weight=weight)) for weight in range(5, 0, -1)]
    return [*known, Strip("band:?", words.say("map.band_unknown"))]


def _nodes(subject: Subject, arrangement: Arrangement, homes: Mapping[str, str]) -> list[Node]:
    return [
        replace(subject.people.node(one, arrangement.places[f"p:{one.id}"]), home=homes.get(one.id, ""))
        for one in subject.ordered
    ]


def _edges(subject: Subject, apart: Mapping[str, str]) -> tuple[Edge, ...]:
    shown = {one.id for one in subject.ordered}
    edges = Edges(subject.relations, subject.words, view=subject.view, drawn=shown)
    ends = frozenset(shown | subject.relations.names.keys())
    return (*edges.all(), *lines(apart), *subject.overlay.edges(ends, subject.words))
