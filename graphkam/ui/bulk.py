"""Many contacts edited in one grid, and saved together: all or none.

The grid keeps the contacts as they were when it was opened: who wrote meanwhile is not overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.editing.facts import after, together
from graphkam.editing.ties import contact
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import choices
from graphkam.ui.tables import owners as tables
from graphkam.ui.writing import forget_saved, write

if TYPE_CHECKING:
    from graphkam.model.changes import ChangeSet
    from graphkam.model.records import RecordSet
    from graphkam.review.charges import Charge
    from graphkam.text import Words
    from graphkam.ui.state import View

_OPEN, _SERIAL = "contacts in the grid", "grids opened"
_FIELDS = {"kind": "kind", "level_now": "level", "desired": "desired", "last_contact": "last_contact"}
"""Columns that can be edited, and what they are of a contact."""
_TOP_LEVEL = 3


@dataclass(frozen=True)
class Opened:
    """A grid that is open."""

    account_id: str
    rows: tuple[dict[str, Any], ...]
    ties: tuple[ContactTie, ...]
    """As they were read, one for each row."""
    serial: int


def open_grid(view: View, shown: Sequence[Charge]) -> None:
    """Open the grid on some contacts."""
    forget_saved()
    records = view.graph().records
    read = [(c, tie) for c in shown if (tie := records.get(ContactTie, c.tie_id)) is not None]
    rows = tuple(
        {**tables.contact(view.words, c), "kind": tables.kind(view.words, c.tie.kind)} for c, _ in read
    )
    serial = st.session_state[_SERIAL] = st.session_state.get(_SERIAL, 0) + 1
    st.session_state[_OPEN] = Opened(view.account_id, rows, tuple(tie for _, tie in read), serial)


def opened(view: View) -> Opened | None:
    """Give the grid that is open on this account."""
    found: Opened | None = st.session_state.get(_OPEN)
    return found if found and found.account_id == view.account_id else None


def close_grid() -> None:
    """Close the grid; what was typed and not saved is gone."""
    st.session_state.pop(_OPEN, None)


def show_grid(view: View, found: Opened) -> None:
    """Show the grid, and write what was typed once it is sent."""
    words, key = view.words, f"grid {found.serial}"
    names = ("person", "member", *_FIELDS, "overdue")
    st.caption(words.say("app.owners.grid_what"))
    edit: Any = st.data_editor
    edit(
        {name: [row[name] for row in found.rows] for name in names},
        column_config={name: _column(words, name) for name in names},
        disabled=[name for name in names if name not in _FIELDS],
        hide_index=True,
        key=key,
        height=420,
    )
    typed: Mapping[int, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    with st.container(horizontal=True):
        is_sent = st.button(words.say("card.save"), type="primary", disabled=not typed, key="save grid")
        st.button(words.say("card.cancel"), on_click=close_grid, key="cancel grid")
    day = min(view.as_of, date.today())  # noqa: DTZ011 - the reader's own calendar day
    if is_sent and write(view, lambda records: changes(words, records, found.ties, typed, on=day)):
        close_grid()
        st.rerun()


def _column(words: Words, name: str) -> Any:
    heading = words.say(f"app.column.{name}")
    match name:
        case "kind":
            options = [choice.label(words.language) for choice in choices("know_kind")]
            return st.column_config.SelectboxColumn(heading, options=options, required=True)
        case "level_now" | "desired":
            # A column of numbers would put what is beyond its bounds to the nearest, unsaid.
            return st.column_config.SelectboxColumn(heading, options=range(_TOP_LEVEL + 1))
        case "last_contact":
            return st.column_config.DateColumn(heading, format="DD/MM/YYYY")
    return st.column_config.TextColumn(heading)


def changes(
    words: Words,
    records: RecordSet,
    ties: Sequence[ContactTie],
    typed: Mapping[int, Mapping[str, Any]],
    *,
    on: date,
) -> ChangeSet:
    """Give what was typed as one set of changes.

    Parameters
    ----------
    words
        The language in which it was typed.
    records
        The account as it stands.
    ties
        The contacts as they were when the grid was opened, row by row.
    typed
        What was typed, by row and column.
    on
        Day of the statements.
    """
    made: list[ChangeSet] = []
    for row, said in sorted(typed.items()):
        tie = ties[row]
        # Making somebody the owner has changed who was, who may stand further down.
        is_touched = any(put.id == tie.id for one in made for put in one.puts)
        base = records.get(ContactTie, tie.id) if is_touched else tie
        fields = {_FIELDS[name]: _value(words, name, value) for name, value in said.items()}
        fields |= {"proposed": None} if "kind" in fields else {}
        one = contact(records, tie.member_id, tie.person_id, on=on, base=base, **fields)
        made.append(one)
        records = after(records, one)
    return together(*made)


def _value(words: Words, name: str, value: Any) -> Any:
    """Give what a cell means; an empty one takes away what was known."""
    if value is None or value == "":
        return None
    if name == "last_contact":
        return date.fromisoformat(str(value)[:10])
    if name == "kind":
        return next(c.code for c in choices("know_kind") if value in {c.code, c.label(words.language)})
    return int(value)
