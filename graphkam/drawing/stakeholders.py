"""The client's people as nodes: how each looks and what is told of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.blocks import HEIGHT, WIDTH
from graphkam.drawing.elements import Facts, Node
from graphkam.model.base import fold
from graphkam.model.vocabulary import ContactKind, Occupancy, label

if TYPE_CHECKING:
    from graphkam.drawing.relations import Relations
    from graphkam.graph.account_graph import AccountGraph, Stakeholder
    from graphkam.model.people import Person, TeamMember
    from graphkam.text import Words

LONGEST = 80
"""Characters of a name that go into a box or a line; the full name is in the table."""
_KINDS = {Occupancy.HELD: "person", Occupancy.VACANT: "vacant", Occupancy.UNKNOWN: "unknown"}


def shortened(text: str, length: int = LONGEST) -> str:
    """Give a text cut to a length, with an ellipsis."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "\u2026"


def initialled(person: Person | TeamMember) -> str:
    """Give a name with an initial."""
    if not person.first_name:
        return ""
    return shortened(f"{person.first_name[0]}. {person.last_name}", 40)


def path_text(graph: AccountGraph, unit_id: str | None) -> str:
    """Name the units from the outermost down to one."""
    return " \u203a ".join(graph.unit_by_id[unit].name for unit in graph.unit_path(unit_id))


class Stakeholders:
    """Makes nodes of stakeholders.

    Parameters
    ----------
    relations
        Who of us knows whom.
    words
        The reader's language.
    hide_stance
        Whether stances are kept out of the picture.
    """

    def __init__(self, relations: Relations, words: Words, *, hide_stance: bool) -> None:
        self._relations, self._words, self._hide_stance = relations, words, hide_stance
        graph = relations.graph
        self._centres = {centre.id: centre.name for centre in graph.centres}
        self._seats: dict[str, list[str]] = {}
        for seat in graph.seats:
            if seat.centre_id in self._centres:
                self._seats.setdefault(seat.position_id, []).append(self._centres[seat.centre_id])

    def node(self, one: Stakeholder, place: tuple[float, float]) -> Node:
        """Give the node of a stakeholder."""
        fill, border = self.fill(one), self.border(one)
        weight = one.weight if one.occupancy != Occupancy.VACANT else None
        return Node(
            id=f"p:{one.id}",
            kind=_KINDS[one.occupancy],
            label=shortened(one.name),
            title=shortened(one.position.title) if one.person else self._words.say(f"map.{one.occupancy}"),
            brief=initialled(one.person) if one.person else "",
            short=shortened(one.person.last_name if one.person else one.position.title, 24),
            x=place[0],
            y=place[1],
            width=WIDTH,
            height=HEIGHT,
            fill=fill.fill,
            ink=fill.ink,
            sign=fill.sign,
            border=border.colour,
            border_width=palette.border_width(weight),
            is_dashed=border.is_dashed,
            mark=f"{palette.LOST}{border.mark}" if self._relations.has_lost(one.id) else border.mark,
            badges=self._relations.badges(one),
            is_gone=self._relations.is_gone(one.id),
            facts=self.facts(one),
            find=fold(f"{one.name} {one.position.title} {self.unit(one)}"),
        )

    def fill(self, one: Stakeholder) -> palette.Fill:
        """Give how the stance looks; an unknown holder's and an unsaid one are unknown, never neutral."""
        if one.occupancy == Occupancy.VACANT:
            return palette.EMPTY
        if one.person is None:
            return palette.UNKNOWN
        if self._hide_stance:
            return palette.PLAIN
        stance = self._relations.graph.stance(one.person.id)
        return palette.UNKNOWN if stance is None else palette.STANCE[int(stance)]

    def border(self, one: Stakeholder) -> palette.Border:
        """Give how the coverage looks."""
        if one.occupancy == Occupancy.VACANT:
            return palette.VACANT
        return palette.COVERAGE[min(len(self._relations.live_of[one.id]), 2)]

    def stance(self, one: Stakeholder) -> str:
        """Say the stance."""
        stance = None if one.person is None else self._relations.graph.stance(one.person.id)
        return label("stance", "?" if stance is None else str(stance), self._words.language)

    def unit(self, one: Stakeholder) -> str:
        """Say where a position is, from the outermost unit to its own."""
        return path_text(self._relations.graph, one.position.unit_id)

    def reports_to(self, one: Stakeholder) -> str:
        """Name the boss."""
        boss = self._relations.graph.by_position.get(one.position.reports_to_id or "")
        return boss.name if boss else ""

    def weight(self, one: Stakeholder) -> str:
        """Say the influence weight; an unknown one is said to be unknown."""
        return self._words.say("map.weight_unknown") if one.weight is None else f"{one.weight}/5"

    def facts(self, one: Stakeholder) -> Facts:
        """Give what is told of a stakeholder; what does not apply is left out."""
        say, language = self._words.say, self._words.language
        position, is_held = one.position, one.occupancy != Occupancy.VACANT
        live = self._relations.named(one.id)
        last = self._relations.last_contact(one)
        found = [
            ("unit", self.unit(one)),
            ("function", position.function and label("function", position.function, language)),
            ("level", position.seniority and str(position.seniority)),
            ("weight", self.weight(one)),
            ("stance", "" if self._hide_stance or one.person is None else self.stance(one)),
            ("live", ", ".join(live) if live else say("map.nobody") if is_held else ""),
            ("owner", ", ".join(self._relations.those(one, ContactKind.OWNER))),
            ("backup", ", ".join(self._relations.those(one, ContactKind.BACKUP))),
            ("last_contact", last and self._words.day(last)),
            ("reports_to", self.reports_to(one)),
            ("centres", ", ".join(self._seats.get(one.id, ()))),
        ]
        return tuple((say(f"map.fact.{key}"), shortened(text, 300)) for key, text in found if text)
