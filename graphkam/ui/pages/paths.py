"""Paths: who can introduce us to somebody, and how likely is it to work?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.grid import grid
from graphkam.ui.parts import choose, findings, heading, save_as_workbook
from graphkam.ui.questions import paths_of
from graphkam.ui.state import remember_next, remembered_choice, shown_view
from graphkam.ui.subject import people
from graphkam.ui.tables import paths as tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkam.analysis.paths import Paths
    from graphkam.text import Words
    from graphkam.ui.state import View

_ANY = ""
_ANSWERS = frozenset(
    {"paths_best", "paths_known", "paths_nearest", "paths_none", "paths_nameless", "paths_vacant"}
)
"""Findings that answer the question of the page."""


def show(view: View) -> None:
    """Show the ways to everybody whom nobody covers, or to one person."""
    words, graph = view.words, view.graph()
    # To whom holds no position on the day no way is looked for.
    there = {person: name for person, name in people(graph).items() if person in graph.by_person}
    targets = {_ANY: words.say("app.paths.anybody"), **there}
    starts = {_ANY: words.say("app.paths.any_of_us"), **{m.id: m.name for m in graph.members}}
    target = remembered_choice("paths_target", list(targets), "target")
    start = remembered_choice("paths_start", list(starts), "start")
    found = view.answer(paths_of, target or None, start or None)
    heading(words, view.title, "app.paths.what", _answer(words, found))
    _choose(words, targets, starts)
    view.address.update(target=target, start=start)
    if target:
        with_card(view, lambda: _ways(view, found))
    else:
        _everybody(view, found)
    save_as_workbook(view, "paths", target=target, start=start)


def _choose(words: Words, targets: Mapping[str, str], starts: Mapping[str, str]) -> None:
    columns = st.columns([3, 2])
    for column, (name, offered) in zip(columns, (("target", targets), ("start", starts)), strict=True):
        with column:
            choose(words.say(f"app.paths.{name}"), offered, key=f"paths_{name}")


def _answer(words: Words, found: Paths) -> str:
    """Say the warmest way; or how many can be reached, and how many cannot."""
    if found.target is None:
        reached = words.say("app.paths.reached", count=len(found.routes))
        return f"{reached} {words.say('app.paths.unreached', count=found.unreached_count)}"
    return " ".join(words.finding(f) for f in found.findings if f.code in _ANSWERS)


def _ways(view: View, found: Paths) -> None:
    words = view.words
    people_grid(view, tables.steps(words, found.routes))
    findings(words, (f for f in found.findings if f.code not in _ANSWERS))
    if found.nearest is not None:
        st.caption(words.say("app.paths.nearest"))
        grid(words, tables.everybody([found.nearest.route]))


def _everybody(view: View, found: Paths) -> None:
    words = view.words
    st.caption(words.say("app.paths.open"))
    row = grid(words, tables.everybody(found.routes), choose=True, height=420)
    if row is not None:
        remember_next("paths_target", found.routes[row].target_id)
        st.session_state.pop("ways", None)
        st.rerun()
    findings(words, found.findings)


if __name__ == "__main__":
    show(shown_view())
