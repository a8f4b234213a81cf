"""What the reader has chosen: account, day and language; kept over pages, and in the address.

Streamlit forgets the query parameters when the page changes, and a widget's value when its label
changes with the language. So the choices are remembered here, and written into the address at
each run: what is in the address bar can always be copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.text import LANGUAGES, Words
from graphkam.ui.desk import Desk

if TYPE_CHECKING:
    from graphkam.model.organisation import Account

_MEMORY = "remembered"
_NEXT = "next "
_VIEW = "shown view"
_PAGES = Path(__file__).parent / "pages"
EARLIEST, LATEST = date(1970, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class View:
    """What a page is asked to show."""

    desk: Desk
    words: Words
    as_of: date
    account: Account | None
    """None = there is no account yet."""


def remembered(key: str, default: Any) -> Any:
    """Give a widget's value: its own, or the one of an earlier page, or the default.

    The widget of that key shows it, if it is made after this call.
    """
    memory: dict[str, Any] = st.session_state.setdefault(_MEMORY, {})
    value = st.session_state.pop(_NEXT + key, None)
    value = st.session_state.get(key, memory.get(key)) if value is None else value
    return remember(key, default if value is None else value)


def remember(key: str, value: Any) -> Any:
    """Choose a value for a widget that is not made yet in this run."""
    st.session_state.setdefault(_MEMORY, {})[key] = st.session_state[key] = value
    return value


def remember_next(key: str, value: Any) -> None:
    """Choose a value for a widget that is already made, from the next run on."""
    st.session_state[_NEXT + key] = value


def asked_language(default: str) -> str:
    """Give the language that the address asks for, or the default."""
    asked = st.query_params.get("lang", default)
    return asked if asked in LANGUAGES else default


def asked_day(default: date) -> date:
    """Give the day that the address asks for, or the default."""
    try:
        asked = date.fromisoformat(st.query_params.get("as_of", ""))
    except ValueError:
        return default
    return asked if EARLIEST <= asked <= LATEST else default


def write_address(choices: Mapping[str, str]) -> None:
    """Write the choices into the address, so that it leads back here."""
    if dict(st.query_params) != dict(choices):
        st.query_params.from_dict(dict(choices))


def link(view: View, **changed: str) -> dict[str, str]:
    """Give the query parameters that lead to a view."""
    chosen = {"account": view.account.id if view.account else "", "as_of": view.as_of.isoformat()}
    chosen |= {"lang": view.words.language} | changed
    return {name: value for name, value in chosen.items() if value}


def show_view(view: View) -> None:
    """Say what the page that runs next is to show."""
    st.session_state[_VIEW] = view


def shown_view() -> View:
    """Give what the page that runs now is to show."""
    view: View = st.session_state[_VIEW]
    return view


def page_file(name: str) -> Path:
    """Give the file of a page."""
    return _PAGES / f"{name}.py"
