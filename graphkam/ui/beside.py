"""The card of somebody beside a page: opened from a row, kept in the address, closed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui import card
from graphkam.ui.grid import CHOSEN, grid, tick
from graphkam.ui.state import asked, forget_written, remember, remember_next, remembered
from graphkam.ui.subject import subject
from graphkam.ui.writing import say_saved

if TYPE_CHECKING:
    from graphkam.ui.state import View
    from graphkam.ui.table import Table

_WHO = "who beside"
_NO_WIDTH = 1e-6


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
        # In a column with a card or without: so a table stays the same one, and where it was scrolled to.
        left, _ = st.columns([1, _NO_WIDTH], gap=None)
        with left:
            say_saved(view)
            content()
        return
    view.address["who"] = who
    left, right = st.columns([3, 2], gap="medium")
    with left:
        content()
    with right, st.container(border=True, key="beside"):
        close = view.words.say("app.close")
        st.button(close, icon=":material/close:", type="tertiary", key="close card", on_click=_close)
        card.show(view.desk, who)


def close_card() -> None:
    """Close the card; who stands in the address of the page that follows was asked for there."""
    remember(_WHO, "")
    forget_written("who")


def _close() -> None:
    """Close the card, and have no row chosen in any table: who was chosen there can be chosen again."""
    remember_next(_WHO, "")
    for key in [str(key) for key in st.session_state if str(key).startswith(CHOSEN)]:
        tick(key.removeprefix(CHOSEN))
        del st.session_state[key]


def people_grid(view: View, table: Table, *, height: int | None = None, is_whole: bool = False) -> None:
    """Show a table whose rows have the ids of people, positions or members: a row opens the card.

    Of several tables the last click counts.
    """
    row = grid(view.words, table, choose=True, height=height, is_whole=is_whole)
    open_row(None if row is None else table.rows[row].get("id"), table.name)


def open_row(who: str | None, where: str) -> None:
    """Open the card of the row chosen in the table of a key, if it is not the one chosen before."""
    if who is None:
        st.session_state.pop(CHOSEN + where, None)
    else:
        _open_new(who, CHOSEN + where)


def open_card(who: str, where: str) -> None:
    """Open the card of somebody newly chosen in a picture."""
    _open_new(who, f"chosen {where}")


def _open_new(who: str, memory: str) -> None:
    if who != st.session_state.get(memory):
        st.session_state[memory] = who
        remember_next(_WHO, who)
        st.rerun()
