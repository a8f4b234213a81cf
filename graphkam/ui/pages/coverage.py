"""Coverage: whom do we not cover, whom does only one of us know, and who of us is what to whom?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.beside import open_card, people_grid, with_card
from graphkam.ui.charts.team import MOST_ROWS, mirror_matrix, team_matrix
from graphkam.ui.grid import grid
from graphkam.ui.mesh_plan import show_plan
from graphkam.ui.parts import Figure, all_is_cold, between, choose, figures, heading, part, save_as_workbook
from graphkam.ui.questions import coverage_of, gaps_of, matrix_of, newest_contact
from graphkam.ui.state import remembered, remembered_choice, shown_view
from graphkam.ui.subject import units
from graphkam.ui.tables import coverage as tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.analysis.coverage import Coverage
    from graphkam.review.matrix import Matrix, Row
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("gaps", "mesh", "team", "mirror", "parts")
_EVERYWHERE = ""


def show(view: View) -> None:
    """Show how the account is covered."""
    words, found = view.words, view.answer(coverage_of)
    heading(words, view.title, "app.coverage.what", _answer(words, found))
    if not found.c1.value:
        all_is_cold(words, newest_contact(view.graph()))
    match part(view, "coverage", _PARTS):
        case "gaps":
            _figures(words, found)
            with_card(view, lambda: _gaps(view))
        case "mesh":
            show_plan(view)
        case "team":
            with_card(view, lambda: _team(view))
        case "mirror":
            _mirror(view, found)
        case _:
            _parts(words, found)
    save_as_workbook(view, "coverage")


def _answer(words: Words, found: Coverage) -> str:
    return " ".join(
        (
            words.say(
                "app.coverage.answer", c2=words.percent(found.c2.value), c1=words.percent(found.c1.value)
            ),
            words.say("app.account.uncovered", count=found.uncovered),
            words.say("app.account.once", count=found.covered_once),
        )
    )


def _figures(words: Words, found: Coverage) -> None:
    of_all = words.say("app.coverage.of", count=found.seats)
    shown = (
        Figure("c2", words.percent(found.c2.value, 1), between(words, found.c2)),
        Figure("c1", words.percent(found.c1.value, 1), between(words, found.c1)),
        Figure("uncovered", words.number(found.uncovered, 0), of_all),
        Figure("covered_once", words.number(found.covered_once, 0), of_all),
    )
    figures(words, shown)


def _gaps(view: View) -> None:
    words, found = view.words, view.answer(gaps_of)
    st.caption(words.say("app.coverage.gaps_what"))
    remembered("coverage_deciders", default=False)
    if st.toggle(words.say("app.coverage.only_deciders"), key="coverage_deciders"):
        found = tuple(gap for gap in found if not {"decider", "veto"}.isdisjoint(gap.roles))
    people_grid(view, tables.gaps(words, found, view.graph().currency), height=385)


def _team(view: View) -> None:
    """Show who of us is what to whom: as a picture, or as the table that says the same."""
    words, known = view.words, view.answer(matrix_of)
    shown = _filtered(view, known)
    st.caption(words.say("app.coverage.team_what"))
    if view.address.get("as") == "table":
        people_grid(view, tables.team(words, known, shown), height=600)
        return
    if len(shown) > MOST_ROWS:
        st.caption(words.say("app.coverage.first", shown=MOST_ROWS, count=len(shown)))
    chosen = _picked("team picture", team_matrix(words, known, shown))
    if chosen:
        open_card(chosen["id"], "team picture")


def _filtered(view: View, known: Matrix) -> Sequence[Row]:
    """Let the reader choose whom to look at, and how."""
    words = view.words
    where = {_EVERYWHERE: words.say("app.coverage.everywhere"), **units(view.graph())}
    with st.container(horizontal=True, vertical_alignment="center"):
        remembered_choice("coverage_unit", list(where))
        unit = choose(
            words.say("app.column.unit"),
            where,
            key="coverage_unit",
            label_visibility="collapsed",
            width=330,
        )
        remembered("coverage_key", default=False)
        is_key = st.toggle(words.say("app.coverage.only_key"), key="coverage_key")
        remembered("coverage_table", default=False)
        if st.toggle(words.say("app.coverage.as_table"), key="coverage_table"):
            view.address["as"] = "table"
    return [row for row in known.rows if (not unit or unit in row.unit_ids) and (row.is_key or not is_key)]


def _picked(key: str, spec: dict[str, Any]) -> dict[str, Any] | None:
    """Draw a picture, and give what is chosen in it."""
    event: Any = st.vega_lite_chart(spec, key=key, theme=None, on_select="rerun", selection_mode="chosen")
    chosen = event.selection.get("chosen") or []
    return chosen[0] if chosen else None


def _mirror(view: View, found: Coverage) -> None:
    words, known = view.words, view.answer(matrix_of)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.caption(words.say("app.coverage.mirror_what"))
        chosen = _picked("mirror picture", mirror_matrix(words, found, known))
        with st.expander(words.say("app.map.table"), icon=":material/table_rows:"):
            grid(words, tables.mirror(words, found, known))
    with right:
        if chosen:
            theirs, ours = chosen["theirs"], chosen["member"]
            st.caption(words.say("app.coverage.pair", theirs=theirs, ours=ours))
            grid(words, tables.pair(words, known, theirs, ours))
        st.caption(words.say("app.coverage.parity_what"))
        grid(words, tables.levels(words, found.parity), height=360)


def _parts(words: Words, found: Coverage) -> None:
    shown = [name for name in tables.PARTS if getattr(found, name)]
    tabs = st.tabs([words.say(f"app.account.{name}") for name in shown]) if shown else ()
    for tab, name in zip(tabs, shown, strict=True):
        with tab:
            grid(words, tables.parts(words, name, getattr(found, name)))


if __name__ == "__main__":
    show(shown_view())
