"""What stands around every map of a page: which view is drawn, its files behind one button, its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.drawing.elements import VIEWS
from graphkam.drawing.files import FORMATS
from graphkam.ui.exports import map_address
from graphkam.ui.parts import choose_in_a_row, table
from graphkam.ui.state import asked_choice, remembered

if TYPE_CHECKING:
    from graphkam.drawing.elements import Picture
    from graphkam.text import Words
    from graphkam.ui.state import View


def choose_view(view: View) -> str:
    """Let the reader choose which view of the account is drawn; the address leads back to it."""
    words = view.words
    remembered("view", VIEWS[0], asked_choice("view", VIEWS))
    drawn = choose_in_a_row(
        words.say("app.map.view"), VIEWS, "view", lambda name: words.say(f"map.view.{name}")
    )
    view.address["view"] = drawn
    return drawn


def picture_as_table(words: Words, picture: Picture, key: str) -> None:
    """Offer what is drawn as a table, folded; a large one is sent when it is opened."""
    folded = st.expander(
        words.say("app.map.table"), icon=":material/table_rows:", key=f"{key}_folded", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        headings = {str(i): name for i, name in enumerate(picture.columns)}
        rows = [dict(zip(headings, row.cells, strict=True)) for row in picture.rows]
        table(rows, headings, key=key)


def map_files(view: View, drawn: str, *, hide_stance: bool, **more: Any) -> None:
    """Offer a map as files.

    Parameters
    ----------
    view
        What the page is asked to show.
    drawn
        Which view of the account.
    hide_stance
        Whether stances are left out.
    **more
        What else ``map_address`` takes: the unit, who leaves.
    """
    words = view.words
    with st.popover(words.say("app.map.files"), icon=":material/download:", width="stretch"):
        st.caption(words.say("app.map.files_what"))

        def address(kind: str, *, is_file: bool) -> str:
            return map_address(
                view.account_id,
                view.as_of,
                words.language,
                view=drawn,
                hide_stance=hide_stance,
                kind=kind,
                is_file=is_file,
                **more,
            )

        opened = address("html", is_file=False)
        st.link_button(words.say("app.map.alone"), opened, icon=":material/open_in_new:", width="stretch")
        for kind in FORMATS:
            st.link_button(
                words.say(f"app.map.save.{kind}"),
                address(kind, is_file=True),
                icon=":material/download:",
                width="stretch",
            )
