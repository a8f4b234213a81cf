"""The lines between nodes: contact, influence, conflict, dotted reporting, seats in decision centres."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Edge
from graphkam.model.vocabulary import ContactKind, LinkKind, label

if TYPE_CHECKING:
    from graphkam.drawing.elements import View
    from graphkam.drawing.relations import Relations
    from graphkam.graph.account_graph import Contact
    from graphkam.model.ties import InfluenceTie
    from graphkam.text import Words

CROWD = 100
"""People from which only the lines that matter most are drawn at rest."""
FEW = 30
"""People up to which all are."""
_STRONG = 4
_MEDIUM = 3


class Edges:
    """Makes edges of ties.

    Parameters
    ----------
    relations
        Who of us knows whom.
    words
        The reader's language.
    view
        What is looked at: in the mesh every contact tie is drawn at rest and no influence, among
        influences no contact.
    drawn
        The positions drawn; those of the whole account if not given. No line leads elsewhere.
    """

    def __init__(
        self, relations: Relations, words: Words, *, view: View = "org", drawn: Collection[str] | None = None
    ) -> None:
        self._view = view
        self._relations, self._words = relations, words
        graph = relations.graph
        known = [one.weight for one in graph.stakeholders if one.weight is not None]
        typical = median(known) if known else _MEDIUM
        wanted = graph.by_position if drawn is None else drawn
        self._weight = {one.id: one.weight or typical for one in graph.stakeholders if one.id in wanted}
        self._people = len(self._weight)

    @cached_property
    def _first(self) -> set[tuple[str, str]]:
        """Give each member's tie to whom matters most, a live one if there is any.

        Nobody of us who knows somebody is drawn as if he or she knew nobody.
        """
        relations = self._relations

        def order(tie: tuple[str, str]) -> tuple[bool, float, float, str]:
            member, position = tie
            was_live = member in relations.live_before[position]
            return was_live, self._weight[position], relations.strength(member, position), position

        contacts = [c for of_person in relations.contacts_of.values() for c in of_person]
        ties = [(c.member_id, position) for c in contacts for position in self._held(c.person_id)]
        return set(dict(sorted(ties, key=order)).items())

    def all(self) -> tuple[Edge, ...]:
        """Give every edge, layer by layer."""
        return (*self.dotted(), *self.influences(), *self.contacts(), *self.seats())

    def contacts(self) -> Iterator[Edge]:
        """Give the ties between us and them; one to a person in two positions leads to both."""
        for contacts in self._relations.contacts_of.values():
            for contact in contacts:
                for position in self._held(contact.person_id):
                    yield self._contact(contact, position)

    def _held(self, person_id: str) -> list[str]:
        """Give the positions drawn that a person holds."""
        return [
            one.id for one in self._relations.graph.by_person.get(person_id, ()) if one.id in self._weight
        ]

    def _contact(self, contact: Contact, position: str) -> Edge:
        tie = contact.tie
        is_live = self._relations.is_live(contact.member_id, position)
        is_short = tie.desired is not None and contact.level is not None and contact.level < tie.desired
        return Edge(
            id=f"k:{tie.id}>{position}",
            source=f"m:{contact.member_id}",
            target=f"p:{position}",
            layer="contact",
            colour=palette.OURS,
            width=palette.line_width(self._relations.strength(contact.member_id, position)) + 2.0 * is_short,
            note=self._contact_note(contact, is_live=is_live),
            is_dashed=not is_live,
            is_hollow=is_short,
            is_major=self._is_major_contact(contact, position),
        )

    def _contact_note(self, contact: Contact, *, is_live: bool) -> str:
        tie, say, language = contact.tie, self._words.say, self._words.language
        level = (
            say("map.level_unknown")
            if contact.level is None
            else label("level", str(contact.level), language)
        )
        parts = [label("know_kind", tie.kind, language), level]
        if contact.last_contact:
            parts.append(self._words.day(contact.last_contact))
        parts.append(say("map.is_live" if is_live else "map.not_live"))
        if tie.desired is not None:
            parts.append(say("map.desired", level=label("level", str(tie.desired), language)))
        return " \u00b7 ".join(parts)

    def _is_major_contact(self, contact: Contact, position: str) -> bool:
        if self._view == "influence":
            return False
        if self._view == "mesh" or self._people <= FEW:
            return True
        if (contact.member_id, position) in self._first:
            return True
        if self._people <= CROWD:
            was_live = contact.member_id in self._relations.live_before[position]
            return was_live and self._weight[position] >= _MEDIUM
        return contact.tie.kind == ContactKind.OWNER and self._weight[position] > _STRONG

    def influences(self) -> Iterator[Edge]:
        """Give the influence ties; conflict is a layer of its own."""
        for tie in self._relations.graph.influences:
            sources, targets = self._held(tie.from_id), self._held(tie.to_id)
            if sources and targets:
                yield self._influence(tie, sources[0], targets[0])

    def _influence(self, tie: InfluenceTie, source: str, target: str) -> Edge:
        is_conflict = tie.kind == LinkKind.CONFLICT
        note = label("link_kind", tie.kind, self._words.language)
        strength = self._words.say("map.weight_unknown") if tie.weight is None else f"{tie.weight}/5"
        return Edge(
            id=f"i:{tie.id}",
            source=f"p:{source}",
            target=f"p:{target}",
            layer="conflict" if is_conflict else "influence",
            colour=palette.CONFLICT if is_conflict else palette.INFLUENCE,
            width=palette.line_width((tie.weight or 1) / 5),
            note=f"{note} \u00b7 {strength}",
            is_dashed=is_conflict,
            has_arrow=not is_conflict,
            mark="\u2715" if is_conflict else "",
            is_major=self._is_major_influence(tie, source),
        )

    def _is_major_influence(self, tie: InfluenceTie, source: str) -> bool:
        if self._view == "mesh":
            return False
        if self._view == "influence" and self._people <= 2 * CROWD:
            return True
        if self._people <= FEW:
            return len(self._relations.graph.influences) <= 2 * self._people
        weight = tie.weight or 0
        if self._people <= CROWD:
            return tie.kind == LinkKind.CONFLICT or weight >= _STRONG
        return weight >= _STRONG and self._weight[source] >= _STRONG

    def dotted(self) -> Iterator[Edge]:
        """Give the dotted reporting lines."""
        for one in self._relations.graph.stakeholders:
            for boss in one.position.dotted_to_ids:
                if boss in self._weight and one.id in self._weight:
                    yield Edge(
                        id=f"d:{one.id}>{boss}",
                        source=f"p:{one.id}",
                        target=f"p:{boss}",
                        layer="dotted",
                        colour=palette.DOTTED,
                        width=1.6,
                        note=self._words.say("map.layer.dotted"),
                        is_dotted=True,
                        is_major=self._view in {"org", "site"} and self._people <= CROWD,
                    )

    def seats(self) -> Iterator[Edge]:
        """Give who sits in which decision centre; drawn when one of them is looked at."""
        centres = {centre.id for centre in self._relations.graph.centres}
        for seat in self._relations.graph.seats:
            if seat.centre_id in centres and seat.position_id in self._weight:
                roles = [label("buying_role", role, self._words.language) for role in seat.roles]
                if seat.votes is not None:
                    roles.append(self._words.say("map.votes", count=seat.votes))
                if seat.veto:
                    roles.append(self._words.say("map.veto"))
                yield Edge(
                    id=f"s:{seat.id}",
                    source=f"c:{seat.centre_id}",
                    target=f"p:{seat.position_id}",
                    layer="seat",
                    colour=palette.LINE,
                    width=1.4,
                    note=" \u00b7 ".join(roles),
                    is_major=False,
                )
