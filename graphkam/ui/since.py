"""The earlier of two days: chosen by the reader, kept over pages, never later than the day looked at."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui import state

if TYPE_CHECKING:
    from graphkam.ui.state import View

_SPAN = timedelta(days=3 * 365)
"""How far back the slider goes; the field beside it takes any day."""
_DAY = timedelta(days=1)


def earlier(view: View, wanted: str = "") -> date:
    """Give the day that is wanted, if it is one before the day looked at; else that of the settings.

    Parameters
    ----------
    view
        What is shown.
    wanted
        The day, as an address says it.
    """
    with suppress(ValueError):
        found = date.fromisoformat(wanted)
        if state.EARLIEST <= found < view.as_of:
            return found
    return max(view.as_of - timedelta(days=view.desk.settings.analysis.changes_days), state.EARLIEST)


def since(view: View) -> date:
    """Let the reader choose the earlier day: typed, picked or slid to."""
    asked = state.asked_day("since")
    chosen: date = state.remembered("since", earlier(view), asked)
    if chosen >= view.as_of:
        chosen = state.remember("since", earlier(view))
    last = view.as_of - _DAY
    st.session_state["since_slider"] = chosen
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    with left:
        st.date_input(
            view.words.say("app.changes.since"),
            key="since",
            min_value=state.EARLIEST,
            max_value=last,
            format="DD/MM/YYYY",
        )
    with right:
        st.slider(
            view.words.say("app.changes.slider"),
            min_value=min(view.as_of - _SPAN, chosen),
            max_value=last,
            key="since_slider",
            format="DD/MM/YYYY",
            label_visibility="collapsed",
            on_change=_slide,
        )
    view.address["since"] = chosen.isoformat()
    return chosen


def _slide() -> None:
    state.remember_next("since", st.session_state["since_slider"])
