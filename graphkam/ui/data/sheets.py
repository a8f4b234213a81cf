"""Bulk edit: a sheet of the account in a grid, saved as a whole, with what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.errors import ImportRejected
from graphkam.exchange.grid import SEVERAL, Edits, Grid
from graphkam.model.table import sheets
from graphkam.ui.data.proposed import Replan, propose, proposed, show_proposed

if TYPE_CHECKING:
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.exchange.source import Raw
    from graphkam.model.base import Problem
    from graphkam.model.table import Column
    from graphkam.ui.state import View

PLACE = "grid"
_SHOWN, _TURN, _PLANNED = "grid shown", "grid turn", "grid planned"
_FIRST = ("positions", "knows", "influence", "centres", "members", "units", "team")
_NUMBERS = frozenset({"int", "number", "money", "ratio"})
_CALLED = (("first_name", "last_name"), ("name",), ("member",), ("position",), ("person",), ("title",))
"""Columns that say whom or what a row is about."""
_HEADER = 2
"""Number of the first row below the headings."""
_HEIGHT, _FIT = 520, 12
"""Pixels of a long grid, and rows from which it is one."""


def show(view: View) -> None:
    """Show a sheet to be edited, and the plan of what was."""
    words = view.words
    order = [*_FIRST, *(sheet for sheet in sheets() if sheet not in _FIRST)]
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    sheet: str = left.selectbox(
        words.say("data.sheet"),
        order,
        key="sheet",
        format_func=lambda key: sheets()[key][0].sheet_name(words.language),
    )
    shown = _shown(view, sheet)
    key = f"grid {sheet} {st.session_state.get(_TURN, 0)}"
    edits = _edits(shown, st.session_state.get(key, {}))
    if proposed(PLACE) is not None and edits != st.session_state.get(_PLANNED):
        _plan(view, shown, edits)  # something more was typed
    is_planned = show_proposed(view, PLACE)
    with right.container(horizontal=True):
        label, is_idle = words.say("data.show_changes"), edits.is_empty or is_planned
        if st.button(label, key="save grid", type="primary", disabled=is_idle, icon=":material/save:"):
            _plan(view, shown, edits)
            st.rerun()
        if st.button(words.say("data.discard"), key="discard grid", disabled=is_idle):
            begin_anew()
            st.rerun()
    if not is_idle:
        st.caption(words.say("data.unsaved"))
    _editor(view, shown, key)
    st.caption(words.say("data.grid_what"))


def _plan(view: View, shown: Grid, edits: Edits) -> None:
    st.session_state[_PLANNED] = edits
    propose(view, PLACE, "edit", _replan(view, shown, edits), then=begin_anew)


def begin_anew() -> None:
    """Show the grid as the store stands now; what was typed and not saved is gone."""
    st.session_state.pop(_SHOWN, None)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _shown(view: View, sheet: str) -> Grid:
    """Give the grid as it was when it was first shown: what was typed was typed on that."""
    account_id = view.account_id
    found: Grid | None = st.session_state.get(_SHOWN)
    wanted = (sheet, account_id, view.words.language)
    is_same = found is not None and (found.sheet, found.account_id, found.language) == wanted
    if found is None or not is_same or _is_saved(view, found):
        begin_anew()
        today = date.today()  # noqa: DTZ011 - the reader's own calendar day
        language = view.words.language
        found = view.desk.act(
            lambda workspace: workspace.grid(account_id, sheet, language=language, today=today)
        )
        st.session_state[_SHOWN] = found
    return found


def _is_saved(view: View, shown: Grid) -> bool:
    """Tell whether the grid is older than the store and nothing was typed in it."""
    state = st.session_state.get(f"grid {shown.sheet} {st.session_state.get(_TURN, 0)}", {})
    is_typed = any(state.get(part) for part in ("edited_rows", "added_rows", "deleted_rows"))
    return not is_typed and view.desk.act(lambda workspace: workspace.revision) != shown.revision


def _replan(view: View, shown: Grid, edits: Edits) -> Replan:
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day

    def plan(choices: Choices) -> Plan:
        try:
            return view.desk.act(
                lambda workspace: workspace.plan_grid(shown, edits, today=today, choices=choices)
            )
        except ImportRejected as refused:
            found = [_in_the_grid(shown, problem) for problem in refused.problems]
            raise ImportRejected(shown.columns[0].sheet_name(shown.language), found) from refused

    return plan


def _in_the_grid(shown: Grid, problem: Problem) -> Problem:
    """Give a problem with what its row is called: the grid does not show the number that the cell has."""
    row = int("".join(filter(str.isdigit, problem.cell)) or 0) - _HEADER
    if not 0 <= row < len(shown.rows):
        return problem
    said = ("\u00a0".join(str(shown.rows[row].get(key) or "") for key in keys).strip() for keys in _CALLED)
    called = " \u00b7 ".join(filter(None, said))
    return problem.model_copy(update={"file": called, "sheet": "", "cell": ""}) if called else problem


# ------------------------------------------------------------------ the grid on the screen


def _editor(view: View, shown: Grid, key: str) -> None:
    frame = {column.key: _values(column, shown) for column in shown.columns}
    st.data_editor(
        frame,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        height=_HEIGHT if len(shown.rows) > _FIT else "auto",
        column_config={c.key: _config(c, shown) for c in shown.columns},
        placeholder="",
        alt=view.words.say("data.grid_alt", sheet=shown.columns[0].sheet_name(shown.language)),
    )


def _values(column: Column, shown: Grid) -> list[Any]:
    return [_cell(column, row.get(column.key)) for row in shown.rows]


def _cell(column: Column, value: Any) -> Any:
    """Give a value as its column shows it."""
    if column.type in {"enums", "refs"}:
        return [] if value is None else str(value).split(SEVERAL)
    if value is None or column.type == "date":
        return value
    return float(value) if column.type in _NUMBERS else str(value)


def _config(column: Column, shown: Grid) -> Any:
    label = column.header(shown.language) + (" *" if column.required == "yes" else "")
    pinned = column.key in {"title", "name", "last_name", "member"} or None
    options = shown.options.get(column.key, ())
    if column.type in {"enum", "ref"}:
        return st.column_config.SelectboxColumn(label, options=options, pinned=pinned)
    if column.type in {"enums", "refs"}:
        return st.column_config.MultiselectColumn(label, options=options)
    if column.type in _NUMBERS:
        # No bounds: Streamlit would put what is beyond them to the nearest, unsaid. What is read tells.
        return st.column_config.NumberColumn(label, step=1 if column.type == "int" else None)
    if column.type == "date":
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    return st.column_config.TextColumn(label, pinned=pinned)


def _edits(shown: Grid, state: Mapping[str, Any]) -> Edits:
    """Give what was done, as a file would say it."""
    by_key = {column.key: column for column in shown.columns}

    def read(cells: Mapping[str, Any]) -> dict[str, Raw]:
        return {key: _raw(by_key[key], value) for key, value in cells.items() if key in by_key}

    changed = {int(place): read(cells) for place, cells in state.get("edited_rows", {}).items()}
    return Edits(
        changed={place: cells for place, cells in changed.items() if cells},
        added=tuple(read(cells) for cells in state.get("added_rows", ())),
        deleted=tuple(int(place) for place in state.get("deleted_rows", ())),
    )


def _raw(column: Column, value: Any) -> Raw:
    if not value and value != 0:
        return None
    if column.type in {"enums", "refs"}:
        return SEVERAL.join(map(str, value))
    if column.type == "date":
        return date.fromisoformat(str(value)[:10])
    return float(value) if column.type in _NUMBERS else str(value)
