"""Which form of a card is open, and on what: at most one, pinned to the record as it was when it opened.

While somebody types, somebody else may write. The form keeps the record as it was read, so that its
version tells; what the page reads meanwhile does not slip under what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.writing import OPENED, forget_saved

if TYPE_CHECKING:
    from graphkam.model.base import Entity

_SERIAL = "forms opened"


@dataclass(frozen=True)
class Opened:
    """A form that is open."""

    name: str
    subject: str
    records: tuple[Entity, ...]
    """What it is about, as it was read."""
    serial: int

    @property
    def key(self) -> str:
        """Another for each opening, so that what is typed begins anew."""
        return f"form {self.serial}"

    @property
    def record(self) -> Any:
        """The first record that it is about; None = it makes a new one."""
        return self.records[0] if self.records else None


def open_form(name: str, subject: str, *records: Entity) -> None:
    """Open a form; another that was open closes."""
    forget_saved()
    serial = st.session_state[_SERIAL] = st.session_state.get(_SERIAL, 0) + 1
    st.session_state[OPENED] = Opened(name, subject, records, serial)


def close_form() -> None:
    """Close the form that is open."""
    st.session_state.pop(OPENED, None)


def opened(subject: str) -> Opened | None:
    """Give the form that is open on a card."""
    found: Opened | None = st.session_state.get(OPENED)
    return found if found is not None and found.subject == subject else None
