"""What was written, by whom and when, newest first; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.data.proposed import propose, show_proposed
from graphkam.ui.parts import on_the_clock, table

if TYPE_CHECKING:
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.model.changes import Operation
    from graphkam.text import Words
    from graphkam.ui.state import View

PLACE = "writes"
_LISTED = 100
_SHORT = 8
"""Letters of an id that are shown, as on the command line."""


def show(view: View) -> None:
    """Show the newest writes, and what taking one back would change."""
    words = view.words
    st.caption(words.say("data.writes_what"))
    if show_proposed(view, PLACE):
        return
    found = view.desk.act(lambda workspace: workspace.operations(_LISTED))
    rows = [
        {
            "when": on_the_clock(one.at),
            "who": one.who,
            "what": _what(words, one),
            "file": one.file,
            "written": one.puts,
            "removed": one.removals,
        }
        for one in found
    ]
    columns: dict[str, Any] = {
        name: words.say(f"data.column.{name}")
        for name in ("when", "who", "what", "file", "written", "removed")
    }
    columns["when"] = st.column_config.DatetimeColumn(columns["when"], format="YYYY-MM-DD HH:mm")
    row = table(rows, columns, key=f"writes {len(rows)}", choose=True)
    if row is None or row >= len(found):
        st.caption(words.say("data.choose_write"))
        return
    chosen = found[row]
    if st.button(words.say("data.take_back"), key="take back", icon=":material/undo:"):
        _propose(view, chosen)


def _propose(view: View, chosen: Operation) -> None:
    def plan(_: Choices) -> Plan:
        return view.desk.act(lambda workspace: workspace.plan_undo(chosen.id)).plan

    propose(view, PLACE, "undo", plan, undoes=chosen.id)
    st.rerun()


def _what(words: Words, one: Operation) -> str:
    if one.undoes:
        return words.say("cli.act.undo", id=one.undoes[:_SHORT])
    key = f"cli.act.{one.what}"
    return words.say(key) if words.has(key) else one.what
