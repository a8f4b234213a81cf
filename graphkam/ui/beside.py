"""The card of somebody beside a page: opened from a row, kept in the address, closed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui import card
from graphkam.ui.grid import grid
from graphkam.ui.state import asked, forget_written, remember, remember_next, remembered
from graphkam.ui.subject import subject
from graphkam.ui.writing import say_saved

if TYPE_CHECKING:
    from graphkam.ui.state import View
    from graphkam.ui.table import Table

_WHO = "who beside"


def with_card(view: View, content: Callable[[], None]) -> None:
    """Show a part of a page; beside it the card of the one chosen, if somebody is.

    Parameters
    ----------
    view
        What the page is asked to show.
    content
        Shows the part.
    """
    who = remembered(_WHO, "", asked("who"))
    if not who or subject(view.graph(), who) is None:  # another account, or another day, has other people
        say_saved(view)
        content()
        return
    view.address["who"] = who
    left, right = st.columns([3, 2], gap="medium")
    with left:
        content()
    with right, st.container(border=True):
        if st.button(view.words.say("app.close"), icon=":material/close:", type="tertiary", key="close card"):
            remember_next(_WHO, "")
            st.rerun()
        card.show(view.desk, who)


def close_card() -> None:
    """Close the card; who stands in the address of the page that follows was asked for there."""
    remember(_WHO, "")
    forget_written("who")


def people_grid(
    view: View, table: Table, *, height: int | None = None, row_height: int | None = None
) -> None:
    """Show a table whose rows have the ids of people, positions or members: a row opens the card.

    Of several tables the last click counts.
    """
    row = grid(view.words, table, choose=True, height=height, row_height=row_height)
    chosen = None if row is None else table.rows[row].get("id")
    if chosen is not None:
        open_card(chosen, table.name)
    else:
        st.session_state.pop(f"chosen {table.name}", None)


def open_card(who: str, where: str) -> None:
    """Open the card of somebody newly chosen in a table or picture."""
    if who != st.session_state.get(f"chosen {where}"):
        st.session_state[f"chosen {where}"] = who
        remember_next(_WHO, who)
        st.rerun()
