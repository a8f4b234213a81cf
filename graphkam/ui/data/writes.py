"""What was written, by whom and when, newest first; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.exchange.lines import PlanAction, discreet
from graphkam.ui.data.proposed import SIGNS, propose, show_proposed
from graphkam.ui.escape import md
from graphkam.ui.parts import on_the_clock, table
from graphkam.ui.state import chosen
from graphkam.ui.writing import named, told_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from graphkam.exchange.choices import Choices
    from graphkam.exchange.lines import PlanLine
    from graphkam.exchange.plan import Plan
    from graphkam.model.changes import Operation
    from graphkam.text import Words
    from graphkam.ui.state import View

PLACE = "writes"
_LISTED = 100
_SHORT = 8
"""Letters of an id that are shown, as on the command line."""
_FEW, _TOLD = 20, 3
"""Records up to which a write is told in words, and how many of its lines then are."""
_MARKED = frozenset({PlanAction.CREATE, PlanAction.DELETE})
_WIDE = 600
"""Points of the column that tells."""


def show(view: View) -> None:
    """Show the newest writes, and what taking one back would change."""
    words = view.words
    st.caption(words.say("data.writes_what"))
    if show_proposed(view, PLACE):
        return
    found = view.desk.act(lambda workspace: workspace.operations(_LISTED))
    changed = _changed(view, found)
    at = {one.id: on_the_clock(one.at) for one in found}
    rows = [
        {
            "when": at[one.id],
            "changed": changed.get(one.id) or words.say("data.written_many", count=one.puts + one.removals),
            "what": _what(words, one, at),
            "who": one.who,
        }
        for one in found
    ]
    columns: dict[str, Any] = {
        name: words.say(f"data.column.{name}") for name in ("when", "changed", "what", "who")
    }
    columns["when"] = st.column_config.DatetimeColumn(columns["when"], format="YYYY-MM-DD HH:mm")
    columns["changed"] = st.column_config.TextColumn(columns["changed"], width=_WIDE)
    row = table(rows, columns, key=f"writes {len(rows)}", choose=True)
    if row is None or row >= len(found):
        st.caption(words.say("data.choose_write"))
        return
    st.caption(md(str(rows[row]["changed"])))
    if st.button(words.say("data.take_back"), key="take back", icon=":material/undo:"):
        _propose(view, found[row])


def _changed(view: View, found: Sequence[Operation]) -> dict[str, str]:
    """Say in words what each of the smaller writes changed."""
    small = [one for one in found if one.puts + one.removals <= _FEW]
    lines = view.desk.act(lambda workspace: workspace.written(small))
    hidden = chosen("hide_stance", default=False)
    return {
        id_: _in_words(view, [discreet(one) if hidden else one for one in own]) for id_, own in lines.items()
    }


def _in_words(view: View, lines: Sequence[PlanLine]) -> str:
    told = [_line(view, line) for line in lines[:_TOLD]]
    more = [view.words.say("cli.and_more", count=len(lines) - _TOLD)] if len(lines) > _TOLD else []
    return " \u00b7 ".join((*told, *more))


def _line(view: View, line: PlanLine) -> str:
    """Say of a record what became of it: what changed stands right behind the name, in a cell that is cut."""
    words = view.words
    if line.action in _MARKED or not line.fields:
        [told] = told_lines(view, (line,))
        return f"{SIGNS[line.action]} {told}" if line.action in _MARKED else told
    changes = words.say("plan.separator").join(change.told(line.kind, words) for change in line.fields)
    return words.say("data.changed_in", name=named(view, line).partition(" @ ")[0], changes=changes)


def _propose(view: View, wanted: Operation) -> None:
    def plan(_: Choices) -> Plan:
        return view.desk.act(lambda workspace: workspace.plan_undo(wanted.id)).plan

    propose(view, PLACE, "undo", plan, undoes=wanted.id)
    st.rerun()


def _what(words: Words, one: Operation, at: Mapping[str, datetime]) -> str:
    if one.undoes in at:
        return words.say("data.undo_of", when=f"{at[one.undoes]:%Y-%m-%d %H:%M}")
    if one.undoes:
        return words.say("cli.act.undo", id=one.undoes[:_SHORT])
    key = f"cli.act.{one.what}"
    act = words.say(key) if words.has(key) else one.what
    return f"{act} \u00b7 {one.file}" if one.file else act
