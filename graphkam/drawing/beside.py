"""What stands beside the client: our team in a column at the left, decision centres at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Box, Facts, Node
from graphkam.drawing.stakeholders import initialled, path_text, shortened
from graphkam.drawing.window import COLUMN
from graphkam.model.base import fold
from graphkam.model.vocabulary import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.drawing.relations import Relations
    from graphkam.graph.account_graph import Member
    from graphkam.model.organisation import DecisionCentre
    from graphkam.text import Words

_PAD = 14.0
WIDTH, HEIGHT, GAP = COLUMN - 2 * _PAD, 40.0, 12.0
_LOOSEST = 3.2
"""How far apart the boxes of a column may be, in heights of a box."""


class Beside:
    """Makes the columns.

    Parameters
    ----------
    relations
        Who of us knows whom.
    words
        The reader's language.
    magnify
        How much larger than a person's the boxes are, so that they can be read when a large account is
        in view.
    away
        How far from the client's units.
    room
        How high a column may be; more boxes stand in a second one.
    centres
        The decision centres drawn.
    """

    def __init__(
        self,
        relations: Relations,
        words: Words,
        *,
        magnify: float,
        away: float,
        room: float,
        centres: Sequence[DecisionCentre],
    ) -> None:
        self._relations, self._words, self._centres = relations, words, centres
        self._magnify, self._away, self._room = magnify, away, room

    def team(self, height: float, *, by_function: bool) -> tuple[list[Box], list[Node]]:
        """Give our column, left of the origin: by function, or the lead first, then who knows most."""
        graph = self._relations.graph
        live: dict[str, int] = {}
        for members in self._relations.live_before.values():
            for member in members:
                live[member] = live.get(member, 0) + 1

        def order(one: Member) -> tuple[str, bool, int, str, str]:
            function = label("function", one.member.function or "", self._words.language)
            return (fold(function) if by_function else ""), *by_ties(one)

        def by_ties(one: Member) -> tuple[bool, int, str, str]:
            return one.id != graph.account.lead_id, -live.get(one.id, 0), fold(one.member.name), one.id

        nodes = [self._member(one, live.get(one.id, 0)) for one in sorted(graph.members, key=order)]
        return self._column(nodes, height, right=-self._away, kind="team", title=self._words.say("map.team"))

    def centres(self, left: float, height: float) -> tuple[list[Box], list[Node]]:
        """Give the column of decision centres, right of the units: the next to decide first."""

        def order(one: DecisionCentre) -> tuple[str, str, str]:
            return str(one.next_decision or "9999"), fold(one.name), one.id

        nodes = [self._centre(one) for one in sorted(self._centres, key=order)]
        title = self._words.say("map.centres")
        return self._column(nodes, height, left=left + self._away, kind="centres", title=title)

    def _member(self, one: Member, live: int) -> Node:
        member, say, language = one.member, self._words.say, self._words.language
        function = label("function", member.function, language) if member.function else ""
        roles = ", ".join(dict.fromkeys(mandate.role for mandate in one.mandates))
        facts = [
            ("function", function),
            ("title", member.title or ""),
            ("department", member.department or ""),
            ("role", roles or (say("map.implied") if one.is_implied else "")),
            ("ties", str(live)),
        ]
        return Node(
            id=f"m:{one.id}",
            kind="member",
            label=shortened(member.name),
            title=shortened(member.title or function),
            brief=initialled(member),
            short=shortened(member.last_name, 24),
            fill=palette.OURS,
            ink=palette.OURS_INK,
            border=palette.OURS,
            is_gone=one.id in self._relations.leaves,
            facts=self._said(facts),
            find=fold(f"{member.name} {member.title or ''} {function}"),
        )

    def _centre(self, one: DecisionCentre) -> Node:
        graph, say = self._relations.graph, self._words.say
        value = one.yearly_value
        facts = [
            ("unit", path_text(graph, one.unit_id)),
            ("subject", one.subject or ""),
            ("rule", label("decision_rule", one.rule, self._words.language) if one.rule else ""),
            ("value", "" if value is None else self._words.money(value, graph.currency)),
            ("next_decision", self._words.day(one.next_decision) if one.next_decision else ""),
        ]
        return Node(
            id=f"c:{one.id}",
            kind="centre",
            label=shortened(one.name),
            title=say("map.seats", count=len(graph.seats_of[one.id])),
            short=shortened(one.name, 24),
            fill=palette.CENTRE,
            ink=palette.INK,
            border=palette.LINE,
            facts=self._said(facts),
            find=fold(f"{one.name} {one.subject or ''}"),
        )

    def _said(self, facts: Sequence[tuple[str, str]]) -> Facts:
        say = self._words.say
        return tuple((say(f"map.fact.{key}"), shortened(text, 300)) for key, text in facts if text)

    def _column(
        self,
        nodes: Sequence[Node],
        height: float,
        *,
        kind: str,
        title: str,
        left: float | None = None,
        right: float = 0.0,
    ) -> tuple[list[Box], list[Node]]:
        """Spread nodes over the height, in as many columns as they need, in one box."""
        if not nodes:
            return [], []
        wide, tall, gap = (self._magnify * size for size in (WIDTH, HEIGHT, GAP))
        font = 14.0 * self._magnify
        head = font * 1.55 + 6
        room = max(height, self._room) - head - _PAD
        per_column = max(int(room // (tall + gap)), min(len(nodes), 8))
        columns = -(-len(nodes) // per_column)
        rows = -(-len(nodes) // columns)
        step = min(max((height - head - _PAD) / rows, tall + gap), tall * _LOOSEST)
        width = columns * (wide + gap) - gap + 2 * _PAD
        x = right - width if left is None else left
        placed = [
            replace(
                node,
                home=kind,
                x=x + _PAD + wide / 2 + (number // rows) * (wide + gap),
                y=head + tall / 2 + (number % rows) * step + (step - tall) / 2,
                width=wide,
                height=tall,
            )
            for number, node in enumerate(nodes)
        ]
        box = Box(kind, kind, title, x, 0.0, width, head + rows * step + _PAD / 2, 1, font)
        return [box], placed
