"""The reader's choices, beside every page: which account, as of which day, in which language."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.text import LANGUAGES, Words
from graphkam.ui import state
from graphkam.ui.data.drafts import unsaved
from graphkam.ui.parts import choose, choose_in_a_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.model.organisation import Account
    from graphkam.ui.desk import Desk

_NAMES_OF_LANGUAGES = {"en": "English", "fr": "Français"}
_SPAN = timedelta(days=3 * 365)
"""How far back the slider goes; the field beside it takes any day."""


def language(default: str) -> str:
    """Give the language chosen."""
    chosen: str = state.remembered("lang", default, state.asked_language())
    return chosen


def choices(here: Desk, words: Words) -> state.View:
    """Show the choices in the sidebar, and give what is chosen."""
    accounts = here.accounts()
    with st.sidebar:
        account = _account(accounts, words)
        as_of = _day(words)
        named = _NAMES_OF_LANGUAGES.__getitem__
        choose_in_a_row(words.say("app.choice.language"), LANGUAGES, "lang", named, width="stretch")
        view = state.View(here, words, as_of, account)
        if account is not None:
            _since(view)
            _unsaved(view)
    return view


def _since(view: state.View) -> None:
    """Lead from the day to what has changed since; from today to what changed lately."""
    words, today = view.words, date.today()  # noqa: DTZ011 - the reader's own calendar day
    is_past = view.as_of < today
    asked = {"as_of": today.isoformat(), "since": view.as_of.isoformat()} if is_past else {}
    said = "app.choice.changed_since" if is_past else "app.choice.changed"
    st.page_link(
        state.page_file("changes"),
        label=words.say(said, day=view.as_of),
        icon=":material/compare_arrows:",
        query_params=state.link(view, **asked),
    )


def _unsaved(view: state.View) -> None:
    """Lead back to what was typed in the grid and waits to be saved."""
    if waiting := unsaved(view.account_id):
        st.page_link(
            state.page_file("data"),
            label=view.words.say("app.choice.unsaved", count=sum(one.now.rows for one in waiting)),
            icon=":material/edit_note:",
            query_params=state.link(view, show="grid"),
        )


def _account(accounts: Sequence[Account], words: Words) -> Account | None:
    if not accounts:
        return None
    by_id = {account.id: account for account in accounts}
    asked = state.remembered("account", accounts[0].id, state.asked("account"))
    if asked not in by_id:
        st.warning(words.say("app.no_such_account"), icon=":material/search_off:")
        state.remember("account", accounts[0].id)
    names = {account.id: account.name for account in accounts}
    chosen = choose(words.say("app.choice.account"), names, key="account", label_visibility="collapsed")
    return by_id[chosen]


def _day(words: Words) -> date:
    """Let the reader choose the day: typed or picked, or by going back in time."""
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day
    chosen: date = state.remembered("as_of", today, state.asked_day())
    st.date_input(
        words.say("app.choice.as_of"),
        key="as_of",
        min_value=state.EARLIEST,
        max_value=state.LATEST,
        format="DD/MM/YYYY",
        help=words.say("app.choice.as_of_help"),
    )
    st.session_state["as_of_slider"] = chosen
    st.slider(
        words.say("app.choice.as_of_slider"),
        min_value=min(today - _SPAN, chosen),
        max_value=max(today, chosen),
        key="as_of_slider",
        format="DD/MM/YYYY",
        label_visibility="collapsed",
        on_change=_slide,
    )
    return chosen


def _slide() -> None:
    state.remember_next("as_of", st.session_state["as_of_slider"])
