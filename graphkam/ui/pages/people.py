"""People: who is there, who is not placed yet, and the card of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.model.base import fold
from graphkam.ui import card
from graphkam.ui.parts import heading, table, text_column
from graphkam.ui.questions import people_of, unplaced_of
from graphkam.ui.state import asked, remember_next, remembered, shown_view

if TYPE_CHECKING:
    from graphkam.ui.state import View


def show(view: View) -> None:
    """Show everybody, and the card of the one chosen."""
    words = view.words
    heading(words, view.title, "app.people.what")
    who = remembered("who", None, asked("who"))
    if not who:  # the table has all the room
        st.caption(words.say("app.people.choose"))
        _everybody(view)
        _parking_lot(view)
        return
    view.address["who"] = who
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _everybody(view)
        _parking_lot(view)
    with right:
        card.show(view.desk, who)


def _everybody(view: View) -> None:
    words = view.words
    wanted = fold(st.text_input(words.say("app.people.search"), key="find people") or "")
    found = view.answer(people_of, words.language)
    rows = [row for row in found if wanted in row["find"]]
    columns: dict[str, Any] = {
        name: text_column(words, name) for name in ("name", "title", "unit", "weight", "owner", "backup")
    }
    _choose(table(rows, columns, key=f"people {wanted}", choose=True), [row["id"] for row in rows], "people")


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
    chosen = table(rows, columns, key="unplaced", choose=True)
    _choose(chosen, [one.person_id for one in found], "unplaced")


def _choose(row: int | None, ids: list[str], name: str) -> None:
    """Open the card of a row that is newly chosen: of two tables the last click counts."""
    chosen = None if row is None else ids[row]
    key = f"chosen {name}"
    if chosen != st.session_state.get(key):
        st.session_state[key] = chosen
        if chosen is not None:
            remember_next("who", chosen)
            st.rerun()


if __name__ == "__main__":
    show(shown_view())
