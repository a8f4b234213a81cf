"""What a card says of the ties of somebody: stance, contacts, influence, decision centres, reporting line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.exchange.called import column_of, field_label
from graphkam.graph.strength import LIVE_LEVEL
from graphkam.model.business import Action
from graphkam.model.organisation import Position, Seat
from graphkam.model.people import Assessment
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import Attribute, label
from graphkam.ui.card_pieces import Pieces
from graphkam.ui.escape import md
from graphkam.ui.questions import live_ties_of
from graphkam.ui.subject import reports

if TYPE_CHECKING:
    from graphkam.text import Words

_KINDS = ("owner", "backup", "contact")
_STANCES = 3
"""How many of the statements on somebody's stance are shown; all are in the history."""


class Ties(Pieces):
    """What ties somebody to others."""

    def _stance(self) -> None:
        person = self.about.person
        if person is None:
            return
        self.section("stance", "stance")
        said = [a for a in self.graph.own(Assessment) if a.person_id == person.id]
        stances = [a for a in said if a.attribute is Attribute.STANCE and a.date <= self.view.as_of]
        if not stances:
            self.lines([self.say("card.stance_unknown")])
            return
        ordered = sorted(stances, key=lambda a: (a.date, a.id), reverse=True)
        for one in ordered[:_STANCES]:
            within = self.graph.records.names.get(one.centre_id or "", "")
            told = [md(label("stance", one.value, self.words.language)), md(within)]
            told += [md(self.words.day(one.date)), md(one.source or self.words.say("card.no_source"))]
            self.lines([" \u00b7 ".join(filter(None, told))])

    def _contacts(self) -> None:
        person = self.about.person
        if person is None:
            return
        self.section("contacts", "contact", "backup")
        live = self.view.answer(live_ties_of)
        ties = {t.id: t for t in self.graph.own(ContactTie) if t.person_id == person.id}
        now = {c.tie.id: c for c in self.graph.contacts if c.person_id == person.id}
        ordered = sorted(ties, key=lambda i: (i not in live, _KINDS.index(ties[i].kind), i))
        if not ordered:
            self.lines([self.say("card.nobody_of_us")])
        for tie_id in ordered:
            tie, contact = ties[tie_id], now.get(tie_id)
            who = md(self.graph.records.names.get(tie.member_id, tie.member_id))
            level = contact.level if contact else tie.level
            self.editable(
                [
                    f"{who} \u00b7 {self.value(tie, 'kind')} \u00b7 {self._live(tie_id in live)}",
                    self.say(
                        "card.level",
                        now=_level(level, self.words),
                        desired=_level(tie.desired, self.words),
                        last=contact.last_contact if contact else tie.last_contact,
                    ),
                    "" if tie_id in live else self._why_not(level),
                    md(tie.source or ""),
                ],
                "contact",
                tie,
            )

    def _why_not(self, level: int | None) -> str:
        """Say why a tie does not count: nobody said the level, it is too low, or too much time has passed."""
        if any(post.has_left for post in self.about.posts):
            return ""
        why = "level_unknown" if level is None else "level_low" if level < LIVE_LEVEL else "too_long"
        return f":small[{self.say(f'card.{why}')}]"

    def _live(self, is_live: bool) -> str:
        return f":green[{self.say('card.live')}]" if is_live else f":orange[{self.say('card.not_live')}]"

    def _influence(self) -> None:
        person = self.about.person
        if person is None:
            return
        self.section("influence", "influence")
        ties = [t for t in self.graph.influences if person.id in {t.from_id, t.to_id}]
        if not ties:
            self.lines([self.say("card.no_influence")])
        for tie in sorted(ties, key=lambda t: (-(t.weight or 0), t.id)):
            is_from = tie.from_id == person.id
            other = md(self.graph.person_name(tie.to_id if is_from else tie.from_id))
            arrow = "\u2192" if is_from else "\u2190"
            weight = "?" if tie.weight is None else f"{tie.weight}/5"
            known = [md(tie.source or ""), md(self.words.day(tie.known_on)) if tie.known_on else ""]
            lines = [f"{arrow} {other} \u00b7 {self.value(tie, 'kind')} \u00b7 {md(weight)}"]
            self.editable([*lines, " \u00b7 ".join(filter(None, known))], "influence", tie)

    def _actions(self) -> None:
        """Show what is still to be done about somebody, or by one of us: the soonest first."""
        posts = {post.id for post in self.about.posts}
        ours = self.about.member.id if self.about.member else None
        due = [
            action
            for action in self.graph.own(Action)
            if action.state in {None, "open"}
            and action.done is None
            and (action.about_id in posts or action.owner_id == ours)
        ]
        if not due:
            return
        self.section("actions")
        names = self.graph.records.names
        self.lines(
            self.say("card.action", text=a.text, member=names.get(a.owner_id, a.owner_id), due=a.due)
            for a in sorted(due, key=lambda action: (action.due or date.max, action.id))
        )

    def _centres(self) -> None:
        self.section("centres", "seat")
        held = {post.id for post in self.about.posts}
        seats = [seat for seat in self.graph.own(Seat) if seat.position_id in held]
        if not seats:
            self.lines([self.say("card.no_centre")])
        for seat in seats:
            name = md(self.graph.records.names.get(seat.centre_id, seat.centre_id))
            veto = self.say("card.veto") if seat.veto else ""
            votes = "" if seat.votes is None else self.say("card.votes", count=seat.votes)
            told = filter(None, [name, self.value(seat, "roles"), votes, veto])
            self.editable([" \u00b7 ".join(told)], "seat", seat)

    def _reporting(self) -> None:
        post = self.about.post
        if post is None:
            return
        self.section("reporting")
        with st.container(horizontal=True, gap="small"):
            self.button("move", post.position, icon=":material/move_up:")
            self.button("below", icon=":material/person_add:")
        lines = []
        for field in ("reports_to_id", "dotted_to_ids"):
            several = getattr(post.position, field)
            for other in (several,) if isinstance(several, str) else several or ():
                boss = self.graph.by_position.get(other)
                name = boss.name if boss else self.called.of((Position,), other)
                lines.append(f":gray[{md(field_label('Position', field, self.words.language))}]  {md(name)}")
        below = [self.graph.by_position[p.id].name for p in reports(self.graph, post.id)]
        if below:
            lines.append(self.say("card.below", count=len(below), names=tuple(below)))
        self.lines(lines)

    def _known_by_member(self) -> None:
        """Show whom one of us knows here."""
        member = self.about.member
        if member is None:
            return
        self.section("knows")
        live = self.view.answer(live_ties_of)
        contacts = [c for c in self.graph.contacts if c.member_id == member.id]
        if not contacts:
            self.lines([self.say("card.none")])
        for contact in sorted(contacts, key=lambda c: (c.tie.id not in live, c.person_id)):
            name = md(self.graph.person_name(contact.person_id))
            level, is_live = md(_level(contact.level, self.words)), contact.tie.id in live
            told = (name, self.value(contact.tie, "kind"), level, self._live(is_live))
            self.lines([" \u00b7 ".join(told)])


def _level(level: int | None, words: Words) -> str:
    column = column_of("ContactTie", "level")
    return "?" if level is None or column is None else label(column.allowed, str(level), words.language)
