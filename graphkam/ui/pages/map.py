"""Map: who decides, who reports to whom, who influences whom, and who of us knows them?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.exports import map_address
from graphkam.ui.parts import heading, table
from graphkam.ui.questions import picture_of
from graphkam.ui.state import remembered, shown_view

if TYPE_CHECKING:
    from graphkam.ui.state import View

_VIEWS = ("org", "mesh")
_HEIGHT = 600
"""Pixels: with the choices above it, what a 13-inch screen shows."""


def show(view: View) -> None:
    """Show the map of an account, its file, and the table that says the same."""
    words, account = view.words, view.account
    if account is None:
        return
    heading(words, account.name, "app.map.what")
    left, middle, right = st.columns([5, 4, 5], vertical_alignment="center")
    remembered("view", _VIEWS[0])
    with left:
        drawn = st.segmented_control(
            words.say("app.map.view"),
            _VIEWS,
            key="view",
            required=True,
            format_func=lambda name: words.say(f"app.map.{name}"),
            label_visibility="collapsed",
        )
    with middle:
        remembered("hide_stance", default=False)
        is_hidden = st.toggle(
            words.say("app.map.hide_stance"), key="hide_stance", help=words.say("app.map.hide_stance_help")
        )

    def address(*, is_file: bool = False) -> str:
        return map_address(
            account.id,
            view.as_of,
            words.language,
            view=drawn or _VIEWS[0],
            hide_stance=is_hidden,
            is_file=is_file,
        )

    with right, st.container(horizontal=True, horizontal_alignment="right"):
        st.link_button(words.say("app.map.alone"), address(), icon=":material/open_in_new:")
        st.link_button(
            words.say("app.map.save"),
            address(is_file=True),
            icon=":material/download:",
            help=words.say("app.map.save_help"),
        )
    picture = view.desk.answer(
        picture_of, account.id, view.as_of, words.language, drawn or _VIEWS[0], is_hidden
    )
    st.iframe(address(), height=_HEIGHT, alt=words.say("map.ui.canvas", account=account.name))
    with st.expander(words.say("app.map.table"), icon=":material/table_rows:"):
        headings = {str(i): name for i, name in enumerate(picture.columns)}
        rows = [dict(zip(headings, row.cells, strict=True)) for row in picture.rows]
        table(rows, headings, key="map_table")


if __name__ == "__main__":
    show(shown_view())
