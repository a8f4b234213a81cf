"""The card of a person, a position or one of us: facts with their sources and dates, edited where they stand.

Each thing is added by two clicks: its button, and Save. What is known stands as sentences; what is not
known is said to be so.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.drawing.stakeholders import path_text
from graphkam.exchange.called import field_label
from graphkam.model.organisation import Seat
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.model.vocabulary import label
from graphkam.ui.card_forms import PERSON_FACTS, POSITION_FACTS, show_form
from graphkam.ui.card_ties import Ties
from graphkam.ui.escape import md
from graphkam.ui.parts import on_the_clock, table
from graphkam.ui.state import shown_view
from graphkam.ui.subject import subject
from graphkam.ui.writing import say_conflict, say_saved

if TYPE_CHECKING:
    from graphkam.model.base import Entity
    from graphkam.model.organisation import Position
    from graphkam.ui.desk import Desk

_WANTED = ("function", "weight", "seniority", "email")
"""Facts that are missed where they are not known."""
_NAMED = frozenset({"title", "last_name", "first_name", "unit_id"})
"""Facts that stand on top of the card."""
_HISTORY = 60
"""Lines of history that are shown."""
_OWN: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Holding, ("person_id", "position_id")),
    (ContactTie, ("person_id",)),
    (InfluenceTie, ("from_id", "to_id")),
    (Assessment, ("person_id",)),
    (Seat, ("position_id",)),
)
"""Records whose history is that of a card, and by which fields."""


def show(desk: Desk, subject_id: str) -> None:
    """Show the card of a person, a position or one of us, on the day and account that the page shows.

    Parameters
    ----------
    desk
        Where the account is asked for and written to.
    subject_id
        The id of a person, a position or one of us; a drawing's node is understood too.
    """
    view = shown_view()
    about = subject(desk.graph(view.account_id, view.as_of), subject_id)
    if about is None:
        st.info(view.words.say("card.nobody"), icon=":material/person_off:")
        return
    with st.container(key="card", gap="small"):
        Card(view, about).show()


class Card(Ties):
    """One card."""

    def show(self) -> None:
        """Show it: who, what was just written, facts, and what ties him or her to others."""
        self._head()
        say_saved(self.view)
        if say_conflict(self.view):
            return
        if self.form is not None:
            show_form(self.view, self.about, self.form)
            return
        if self.about.member is not None:
            self._known_by_member()
            self._actions()
            return
        self._facts()
        if self.about.post is not None:
            self._reporting()
        if self.about.person is not None:
            if not self.is_discreet:
                self._stance()
            self._contacts()
            self._influence()
        if self.about.post is not None:
            self._centres()
        self._actions()
        self._history()

    # ------------------------------------------------------------------ who it is

    def _head(self) -> None:
        about, words = self.about, self.words
        st.subheader(md(about.name), anchor=False)
        if about.member is not None:
            member = about.member
            said = [member.title, member.function and label("function", member.function, words.language)]
            st.caption(md(" \u00b7 ".join(filter(None, [words.say("card.of_us"), *said]))))
            return
        for post in about.posts:
            unit = path_text(self.graph, post.position.unit_id)
            titled = post.position.title if post.person else words.say(f"map.{post.occupancy}")
            st.caption(md(" \u00b7 ".join(filter(None, [titled, unit]))))
        if not about.posts:
            st.caption(self.say("card.no_post"))

    def _facts(self) -> None:
        about = self.about
        position = about.post.position if about.post else None
        records = [record for record in (position, about.person) if record is not None]
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            self.button("facts", *records, icon=":material/edit:")
            if position is not None:
                self.button("holder", position, icon=":material/swap_horiz:")
            elif about.person is not None:
                self.button("place", about.person, icon=":material/event_seat:")
            self._more(position, about.person)
        lines, missing = [], []
        for record in records:
            for field in PERSON_FACTS if isinstance(record, Person) else POSITION_FACTS:
                if field in _NAMED or (self.is_discreet and field not in {*_WANTED, "since"}):
                    continue
                if getattr(record, field) not in {None, ()}:
                    lines.append(self.fact(record, field))
                elif field in _WANTED:
                    missing.append(field_label(type(record).__name__, field, self.words.language))
        if missing:
            lines.append(self.say("card.missing", fields=tuple(missing)))
        lines += self.sources(records)
        self.lines(lines)

    def _more(self, position: Position | None, person: Person | None) -> None:
        """Offer what is seldom wanted: the end of things."""
        with st.popover(self.words.say("card.more"), type="tertiary"):
            if person is not None:
                self.button("leaves", person, icon=":material/logout:")
                self.button("remove", person, key=person.id, icon=":material/delete:")
            if position is not None:
                self.button("abolish", position, icon=":material/block:")
                if person is None:
                    self.button("remove", position, key=position.id, icon=":material/delete:")

    # ------------------------------------------------------------------ history

    def _history(self) -> None:
        if not st.toggle(self.words.say("card.history"), key=f"history {self.about.id}"):
            return
        records = tuple(self._own())
        found = self.view.desk.act(lambda workspace: workspace.chronicle(records))
        rows = [
            {
                "when": on_the_clock(entry.by.at) if entry.by else None,
                "who": entry.by.who if entry.by else "",
                "what": entry.line.told(self.words),
            }
            for entry in found[:_HISTORY]
        ]
        columns: dict[str, Any] = {
            "when": st.column_config.DatetimeColumn(self.words.say("card.when"), format="YYYY-MM-DD HH:mm"),
            "who": st.column_config.TextColumn(self.words.say("card.who")),
            "what": st.column_config.TextColumn(self.words.say("card.what"), width="large"),
        }
        table(rows, columns, key=f"chronicle {self.about.id}")

    def _own(self) -> Iterable[Entity]:
        """Give the records whose history is that of the card."""
        person_id = self.about.person.id if self.about.person else None
        posts = {post.id for post in self.about.posts}
        yield from (post.position for post in self.about.posts)
        if self.about.person is not None:
            yield self.about.person
        for kind, fields in _OWN:
            if self.is_discreet and kind is Assessment:
                continue
            for record in self.graph.own(kind):
                if any(getattr(record, field) in {person_id, *posts} for field in fields):
                    yield record
