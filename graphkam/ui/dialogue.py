"""One open form of a card: it asks, is sent, and says what was said to the editing functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.editing import leaving
from graphkam.editing.facts import FieldName
from graphkam.errors import InputError
from graphkam.model.changes import ChangeSet
from graphkam.ui import subject as offers
from graphkam.ui.fields import Form
from graphkam.ui.opened import Opened, close_form
from graphkam.ui.writing import Make, write

if TYPE_CHECKING:
    from graphkam.model.base import Entity
    from graphkam.model.records import RecordSet
    from graphkam.ui.state import View
    from graphkam.ui.subject import Subject


class Dialogue:
    """One open form: what it is about, and how it is sent.

    Parameters
    ----------
    view
        What is shown.
    about
        Whose card it is.
    opened
        The form.
    """

    def __init__(self, view: View, about: Subject, opened: Opened) -> None:
        self.view, self.about, self.opened = view, about, opened
        self.words, self.graph, self.record = view.words, about.graph, opened.record
        self.form = Form(view.words, opened.key)
        self.today = date.today()  # noqa: DTZ011 - the reader's own calendar day
        self.day = min(view.as_of, self.today)
        """The day that is looked at: what is written shows on it."""

    def ask(self, kind: str, *fields: str, record: Entity | None = None, **more: Any) -> None:
        """Ask for some fields, as they are known of a record."""
        for field in fields:
            self.form.ask(kind, field, getattr(record, field, None), options=self._offered(field), **more)

    def _offered(self, field: str) -> Mapping[str, str]:
        offered: Mapping[str, Callable[[Any], Mapping[str, str]]] = {
            "unit_id": offers.units,
            "centre_id": offers.centres,
            "member_id": offers.members,
            "owner_id": offers.members,
        }
        return offered[field](self.graph) if field in offered else {}

    def beside(self, *asks: Callable[[], None]) -> None:
        """Ask for several things side by side."""
        for column, ask in zip(st.columns(len(asks)), asks, strict=True):
            with column:
                ask()

    def send(self, make: Callable[[RecordSet, dict[str, Any]], ChangeSet], *, removes: bool = False) -> None:
        """Show the buttons, and write what was said once it is sent."""
        with st.container(horizontal=True):
            is_sent = st.form_submit_button(self.words.say("card.save"), type="primary")
            st.form_submit_button(self.words.say("card.cancel"), on_click=close_form)
            is_gone = removes and st.form_submit_button(
                self.words.say("card.remove"), icon=":material/delete:"
            )
        if is_sent:
            self._done(lambda records: make(records, self.form.said()))
        elif is_gone:
            self._done(lambda records: leaving.remove(records, *self.opened.records))

    def _done(self, make: Make) -> None:
        if write(self.view, make, form=self.form):
            close_form()
            st.rerun()


def needed(said: Mapping[str, Any], kind: str, field: str) -> Any:
    """Give something said, without which the form means nothing.

    Raises
    ------
    InputError
        If it was not said.
    """
    if said.get(field) is None:
        raise InputError("edit_required", field=FieldName(kind=kind, field=field))
    return said[field]
