"""What the reader has chosen: account, day, language, what a page adds; kept, and in the address.

Streamlit forgets the query parameters when the page changes, and a widget's value when its label
changes with the language. So the choices are remembered here, and written into the address at the
end of each run: what is in the address bar can always be copied. What stands there and was not
written here was asked for, by a link or by the browser's Back, and wins.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

from graphkam.text import LANGUAGES, Words
from graphkam.ui.desk import Desk

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.model.organisation import Account

T = TypeVar("T")
_MEMORY = "remembered"
_NEXT = "next "
_VIEW = "shown view"
_WRITTEN = "written address"
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
    address: dict[str, str | Sequence[str]] = field(default_factory=dict)
    """What the page adds to the address, so that it leads back to what is shown."""

    @property
    def title(self) -> str:
        """Name of the account."""
        return self.account.name if self.account else ""

    @property
    def account_id(self) -> str:
        """Id of the account."""
        return self.account.id if self.account else ""

    def graph(self) -> AccountGraph:
        """Give the account as of the day."""
        return self.desk.graph(self.account_id, self.as_of)

    def answer(self, question: Callable[..., T], *more: Hashable) -> T:
        """Ask a question of the account as of the day, or give the answer known."""
        return self.desk.answer(question, self.account_id, self.as_of, *more)

    def compare(self, question: Callable[..., T], since: date, *more: Hashable) -> T:
        """Ask a question of the account as of an earlier day and of the day, or give the answer known."""
        return self.desk.compare(question, self.account_id, (since, self.as_of), *more)


def remembered(key: str, default: Any, asked: Any = None) -> Any:
    """Give a widget's value: what was asked for, its own, the one of an earlier page, or the default.

    The widget of that key shows it, if it is made after this call.
    """
    memory: dict[str, Any] = st.session_state.setdefault(_MEMORY, {})
    value = st.session_state.pop(_NEXT + key, None)
    value = asked if value is None else value
    value = st.session_state.get(key, memory.get(key)) if value is None else value
    return remember(key, default if value is None else value)


def remember(key: str, value: Any) -> Any:
    """Choose a value for a widget that is not made yet in this run."""
    st.session_state.setdefault(_MEMORY, {})[key] = st.session_state[key] = value
    return value


def chosen(key: str, default: Any) -> Any:
    """Give what was chosen, on this page or an earlier one, without choosing anything."""
    memory: dict[str, Any] = st.session_state.get(_MEMORY, {})
    return st.session_state.get(key, memory.get(key, default))


def remember_next(key: str, value: Any) -> None:
    """Choose a value for a widget that is already made, from the next run on."""
    st.session_state[_NEXT + key] = value


def asked(name: str) -> str | None:
    """Give what the address newly asks for under a name; None = what stands there was written here."""
    found = asked_all(name)
    return found[0] if found else None


def asked_all(name: str) -> tuple[str, ...]:
    """Give all that the address newly asks for under a name."""
    said = tuple(st.query_params.get_all(name))
    return () if said == _as_said(st.session_state.get(_WRITTEN, {}).get(name, ())) else said


def asked_choice(name: str, choices: Sequence[str]) -> str | None:
    """Give what the address newly asks for, if it is one of some choices."""
    return found if (found := asked(name)) in choices else None


def remembered_choice(key: str, choices: Sequence[str], name: str = "") -> str:
    """Give a widget's value if it is one of some choices, or the first: another account has others.

    Parameters
    ----------
    key
        Key of the widget.
    choices
        What can be chosen; the first is the default.
    name
        Under what the address asks for it; by default the key.
    """
    found: str = remembered(key, choices[0], asked_choice(name or key, choices))
    return found if found in choices else str(remember(key, choices[0]))


def asked_language() -> str | None:
    """Give the language that the address newly asks for."""
    return asked_choice("lang", LANGUAGES)


def asked_day(name: str = "as_of") -> date | None:
    """Give the day that the address newly asks for."""
    try:
        found = date.fromisoformat(asked(name) or "")
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def write_address(choices: Mapping[str, str | Sequence[str]]) -> None:
    """Write the choices into the address, so that it leads back here."""
    wanted = {name: _as_said(value) for name, value in choices.items() if value}
    st.session_state[_WRITTEN] = wanted
    if {name: tuple(st.query_params.get_all(name)) for name in st.query_params} != wanted:
        st.query_params.from_dict({name: list(value) for name, value in wanted.items()})


def forget_written(name: str) -> None:
    """Take what the address says under a name as asked for, whoever wrote it."""
    st.session_state.get(_WRITTEN, {}).pop(name, None)


def _as_said(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def link(view: View, /, **changed: str | Sequence[str]) -> dict[str, str | Sequence[str]]:
    """Give the query parameters that lead to a view."""
    chosen: dict[str, str | Sequence[str]] = {
        "account": view.account_id,
        "as_of": view.as_of.isoformat(),
        "lang": view.words.language,
        **changed,
    }
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
