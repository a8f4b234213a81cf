"""People: who is there, who is not placed yet, and the card of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.model.base import fold
from graphkam.ui import card
from graphkam.ui.beside import open_row, with_card
from graphkam.ui.parts import heading, table, text_column
from graphkam.ui.questions import people_of, unplaced_of
from graphkam.ui.state import asked, shown_view
from graphkam.ui.subject import subject

if TYPE_CHECKING:
    from graphkam.ui.state import View


def show(view: View) -> None:
    """Show everybody, and the card of the one chosen."""
    words = view.words
    heading(words, view.title, "app.people.what")
    who = asked("who")
    if who and subject(view.graph(), who) is None:
        card.show(view.desk, who)  # says that nobody of that name is there
    with_card(view, lambda: _all(view))


def _all(view: View) -> None:
    st.caption(view.words.say("app.people.choose"))
    _everybody(view)
    _parking_lot(view)


def _everybody(view: View) -> None:
    words = view.words
    wanted = fold(st.text_input(words.say("app.people.search"), key="find people") or "")
    found = view.answer(people_of, words.language)
    rows = [row for row in found if wanted in row["find"]]
    columns: dict[str, Any] = {
        name: text_column(words, name)
        for name in ("name", "title", "roles", "weight", "owner", "backup", "unit")
    }
    name = f"people {wanted}"
    row = table(rows, columns, key=name, choose=True)
    open_row(None if row is None else rows[row]["id"], name)


def _parking_lot(view: View) -> None:
    words = view.words
    found = view.answer(unplaced_of)
    st.subheader(words.say("app.people.unplaced", count=len(found)), anchor=False)
    if not found:
        st.caption(words.say("app.people.none"))
        return
    st.caption(words.say("app.people.unplaced_what"))
    names = view.graph().records.names
    rows = [
        {
            "name": one.name,
            "title": one.last_post or "",
            "known_by": ", ".join(names.get(member, member) for member in one.known_by),
            "last_contact": one.last_contact,
        }
        for one in found
    ]
    columns: dict[str, Any] = {name: text_column(words, name) for name in ("name", "title", "known_by")}
    columns["last_contact"] = st.column_config.DateColumn(words.say("app.column.last_contact"))
    row = table(rows, columns, key="unplaced", choose=True)
    open_row(None if row is None else found[row].person_id, "unplaced")


if __name__ == "__main__":
    show(shown_view())
