"""Bulk edit: a sheet of the account in a grid, saved as a whole, with what others wrote meanwhile.

Nothing above the grid changes its height: who types a column down finds the next cell where it was.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.errors import ImportRejected
from graphkam.exchange.cells import allowed
from graphkam.exchange.grid import Edits, Grid, in_the_grid, misread
from graphkam.exchange.problems import told
from graphkam.model.table import sheets
from graphkam.text import Words
from graphkam.ui.data.drafts import Draft, cell, drawn, drop, laid_out, note, unsaved
from graphkam.ui.data.proposed import Replan, propose, proposed, show_proposed, withdraw
from graphkam.ui.escape import md
from graphkam.ui.parts import BREAK
from graphkam.ui.writing import say_saved

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.model.base import Problem
    from graphkam.model.table import Column
    from graphkam.ui.state import View

PLACE = "grid"
_PLANNED = "grid planned"
_FIRST = ("positions", "knows", "influence", "centres", "members", "units", "team")
_NUMBERS = frozenset({"int", "number", "money", "ratio"})
_HEIGHT, _FIT, _ABOVE = 366, 10, 104
"""Pixels of a long grid, rows from which it is one, and pixels of what is said above it."""
_TOLD = 3
"""Lines for cells that cannot be understood."""


def show(view: View) -> None:
    """Show a sheet to be edited, and the plan of what was."""
    words = view.words
    order = [*_FIRST, *(sheet for sheet in sheets() if sheet not in _FIRST)]
    left, right = st.columns([2, 3])
    sheet: str = left.selectbox(
        words.say("data.sheet"),
        order,
        key="sheet",
        format_func=lambda key: sheets()[key][0].sheet_name(words.language),
        label_visibility="collapsed",
    )
    draft = drawn(view, sheet)
    if proposed(PLACE) is not None and draft != st.session_state.get(_PLANNED):
        _plan(view, draft)  # something more was typed
    is_planned = proposed(PLACE) is not None
    buttons = left.container(horizontal=True)
    if not is_planned:
        _buttons(view, draft, buttons)
    with right.container(height=_ABOVE, border=False):
        _above(view, draft, buttons)
    _editor(draft)
    show_proposed(view, PLACE, buttons=buttons)


def say_unsaved(view: View) -> None:
    """Say on which sheets something typed is not saved, where the grid is out of sight."""
    if told_sheets := _unsaved(view):
        st.warning(md(told_sheets), icon=":material/edit_note:")


def _unsaved(view: View) -> str:
    words = view.words
    found = [
        words.say("data.unsaved_on", sheet=_name(one.grid), count=one.now.rows)
        for one in unsaved(view.account_id)
    ]
    return words.say("data.unsaved_elsewhere", sheets=found) if found else ""


def _buttons(view: View, draft: Draft, place: DeltaGenerator) -> None:
    label, is_idle = view.words.say("data.show_changes"), draft.now.is_empty
    if place.button(label, key="save grid", type="primary", disabled=is_idle, icon=":material/save:"):
        _plan(view, draft)
        st.rerun()
    if place.button(view.words.say("data.discard"), key="discard grid", disabled=is_idle):
        _drop(draft)
        st.rerun()


def _above(view: View, draft: Draft, buttons: DeltaGenerator) -> None:
    """Say what is not saved, and what of it would be refused; otherwise what was saved, or how to edit."""
    words = view.words
    if draft.now.is_empty:
        say_saved(view, buttons=buttons)
        if told_sheets := _unsaved(view):
            st.caption(f":orange[:material/edit_note:] {md(told_sheets)}")
        st.caption(words.say("data.grid_what"))
        return
    wrong = misread(draft.grid, draft.now)
    shown = wrong if len(wrong) <= _TOLD else wrong[: _TOLD - 1]
    refused = [_cell_told(words, one) for one in shown]
    if len(wrong) > len(shown):
        refused.append(words.say("cli.and_more", count=len(wrong) - len(shown)))
    waiting = proposed(PLACE)
    if waiting is not None and waiting.sentence and not wrong:
        refused.append(waiting.sentence)
    lines = [f":orange[:material/edit_note:] {md(words.say('data.unsaved', count=draft.now.rows))}"]
    lines += [f":red[:material/error: {md(text)}]" for text in refused]
    st.markdown(BREAK.join(f":small[{line}]" for line in lines))


def _cell_told(words: Words, problem: Problem) -> str:
    """Say of a cell that cannot be understood where it is, and what it takes."""
    place = problem.sheet or problem.file
    where = words.say("data.cell_refused", row=place, column=problem.column, problem="")
    return told(problem.model_copy(update={"file": where.strip(), "sheet": "", "cell": ""}), words)


def _plan(view: View, draft: Draft) -> None:
    if draft.now.is_empty:
        withdraw()
        return
    st.session_state[_PLANNED] = draft
    propose(view, PLACE, "edit", _replan(view, draft.grid, draft.now), then=lambda: _drop(draft))


def _drop(draft: Draft) -> None:
    drop(draft.grid.account_id, draft.grid.sheet)


def _replan(view: View, shown: Grid, edits: Edits) -> Replan:
    today = date.today()  # noqa: DTZ011 - the reader's own calendar day

    def plan(choices: Choices) -> Plan:
        try:
            return view.desk.act(
                lambda workspace: workspace.plan_grid(shown, edits, today=today, choices=choices)
            )
        except ImportRejected as refused:
            found = in_the_grid(shown, edits, refused.problems)
            raise ImportRejected(_name(shown), found, key="grid_rejected") from refused

    return plan


def _name(shown: Grid) -> str:
    return shown.columns[0].sheet_name(shown.language)


# ------------------------------------------------------------------ the grid on the screen


def _editor(draft: Draft) -> None:
    """Show the grid: as long as its turn lasts nothing of it is another, or Streamlit would begin it anew."""
    shown = draft.grid
    words = Words(shown.language)  # not the reader's, who may choose another while something is typed
    rows = laid_out(shown, draft.kept)
    st.data_editor(
        {column.key: [cell(column, row.get(column.key)) for _, row in rows] for column in shown.columns},
        key=draft.key,
        num_rows="dynamic",
        hide_index=True,
        height=_HEIGHT if len(rows) > _FIT else "auto",
        column_config={c.key: _config(words, c, shown) for c in shown.columns},
        placeholder="",
        alt=words.say("data.grid_alt", sheet=_name(shown)),
        on_change=note,
        args=(shown.account_id, shown.sheet),
    )


def _config(words: Words, column: Column, shown: Grid) -> Any:
    label = column.header(shown.language) + (" *" if column.required == "yes" else "")
    pinned = column.key in {"title", "name", "last_name", "member"} or None
    options = shown.options.get(column.key, ())
    if column.type in {"enum", "ref"}:
        return st.column_config.SelectboxColumn(label, options=options, pinned=pinned)
    if column.type in {"enums", "refs"}:
        return st.column_config.MultiselectColumn(label, options=options)
    if column.type in _NUMBERS:
        # A column of numbers drops a pasted text, and puts what is beyond its bounds to the nearest: unsaid.
        range_ = " ".join(allowed(column))
        what = words.say(f"data.takes.{'whole' if column.type == 'int' else 'number'}", range=range_)
        return st.column_config.TextColumn(label, alignment="right", help=what.strip())
    if column.type == "date":
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    return st.column_config.TextColumn(label, pinned=pinned)
