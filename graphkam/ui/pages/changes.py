"""Changes: what is not as it was, and what moved the figures?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.grid import grid
from graphkam.ui.parts import findings, heading, part, save_as_workbook
from graphkam.ui.questions import changes_of
from graphkam.ui.since import since
from graphkam.ui.state import chosen, shown_view
from graphkam.ui.tables import changes as tables

if TYPE_CHECKING:
    from graphkam.analysis.changes import Changes
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("changed", "moved_c2", "moved_c1")


def show(view: View) -> None:
    """Show what differs between two days."""
    words, hide_stance = view.words, chosen("hide_stance", default=False)
    top = st.container()
    day = since(view)
    found = view.compare(changes_of, day)
    with top:
        heading(words, view.title, "app.changes.what", _answer(words, found))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        grid(words, tables.figures(words, found))
        if found.undated:
            kinds = [words.say(f"changes.undated_of.{what}", count=n) for what, n in found.undated.items()]
            st.caption(words.say("app.changes.undated", what=kinds))
    with right:
        told = [c.says for c in found.changes]
        findings(words, (f for f in tables.noticed(found, hide_stance=hide_stance) if f not in told))
    name = part(view, "changes", _PARTS)
    with_card(view, lambda: _part(view, found, name, hide_stance=hide_stance))
    more = {"stance": "hidden"} if hide_stance else {}
    save_as_workbook(view, "changes", since=day.isoformat(), **more)


def _answer(words: Words, found: Changes) -> str:
    count = sum(found.counts.values())
    if not count:
        return words.say("app.changes.nothing", since=found.since)
    c2 = next(m for m in found.figures if m.figure == "c2")
    was, now = words.percent(c2.before.value, 1), words.percent(c2.after.value, 1)
    return words.say("app.changes.answer", since=found.since, was=was, now=now, count=count)


def _part(view: View, found: Changes, name: str, *, hide_stance: bool) -> None:
    if name == "changed":
        people_grid(view, tables.what(view.words, found, hide_stance=hide_stance), height=450)
        return
    people_grid(view, tables.movers(view.words, found, name.removeprefix("moved_")), is_whole=True)


if __name__ == "__main__":
    show(shown_view())
