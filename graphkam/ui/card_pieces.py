"""What the sections of a card are made of: headings that add, lines that can be edited, values, sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.editing.facts import ORIGIN
from graphkam.exchange.called import Called, field_label, kind_label, value_label
from graphkam.model.joining import ORIGIN as MERGED
from graphkam.ui.escape import md
from graphkam.ui.opened import open_form, opened
from graphkam.ui.parts import BREAK
from graphkam.ui.state import chosen

if TYPE_CHECKING:
    from graphkam.model.base import Entity
    from graphkam.text import Words
    from graphkam.ui.state import View
    from graphkam.ui.subject import Subject


class Pieces:
    """What a card is made of.

    Parameters
    ----------
    view
        What the page shows.
    about
        Whom the card is about.
    """

    def __init__(self, view: View, about: Subject) -> None:
        self.view, self.about = view, about
        self.words: Words = view.words
        self.graph = about.graph
        self.called = Called(about.graph.records)
        self.is_discreet = bool(chosen("hide_stance", default=False))
        """Whether what is said of people's attitudes is left out, as on the map."""
        self.form = opened(about.id)

    def say(self, key: str, **params: Any) -> str:
        """Say something so that Markdown leaves it alone."""
        return md(self.words.say(key, **params))

    def button(self, form: str, *records: Entity, key: str = "", icon: str = ":material/add:") -> None:
        """Show the button that opens a form."""
        st.button(
            self.words.say(f"card.add.{form}"),
            key=f"open {form} {key or self.about.id}",
            icon=icon,
            type="tertiary",
            on_click=open_form,
            args=(form, self.about.id, *records),
        )

    def section(self, name: str, *forms: str) -> None:
        """Show the heading of a section, with the buttons that add to it."""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{self.say(f'card.section.{name}')}**")
            for form in forms:
                self.button(form)

    def lines(self, lines: Iterable[str]) -> None:
        """Show lines, or that there are none yet."""
        st.markdown(BREAK.join(lines) or self.say("card.none"))

    def editable(self, lines: Sequence[str], form: str, record: Entity) -> None:
        """Show what is known of a record, with the button that edits it."""
        told, button = st.columns([5, 1.4], gap="small")
        told.markdown(BREAK.join(filter(None, lines)))
        button.button(
            self.words.say("card.edit"),
            key=f"edit {form} {record.id}",
            type="tertiary",
            on_click=open_form,
            args=(form, self.about.id, record),
        )

    def value(self, record: Entity, field: str) -> str:
        """Give what a field says, in the reader's words."""
        kind = type(record).__name__
        text = self.called.shown(record, field, getattr(record, field))
        return md(value_label(kind, field, text, self.words.language))

    def fact(self, record: Entity, field: str) -> str:
        """Give the name of a field, and what it says."""
        heading = field_label(type(record).__name__, field, self.words.language)
        return f":gray[{md(heading)}]  {self.value(record, field)}"

    def sources(self, records: Sequence[Entity]) -> list[str]:
        """Say where records come from, and since when they say so; of each by itself, where that differs."""
        said = {type(record).__name__: self._source(record) for record in records}
        told = list(dict.fromkeys(said.values()))
        if len(told) > 1:
            language = self.words.language
            told = [
                self.words.say("card.source_of", what=kind_label(kind, language), said=sentence)
                for kind, sentence in said.items()
            ]
        return [f":small[:gray[{md(one)}]]" for one in told]

    def _source(self, record: Entity) -> str:
        day = datetime.fromisoformat(record.updated_at).date() if record.updated_at else None
        if record.origin in {ORIGIN, ""}:
            return self.words.say("card.source_app", day=day)
        if record.origin == MERGED:
            return self.words.say("card.source_merged", day=day)
        file, _, place = record.origin.partition("!")
        return self.words.say("card.source", origin=f"{file} ({place})" if place else file, day=day)
