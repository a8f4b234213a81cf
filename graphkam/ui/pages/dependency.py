"""Dependency: on whom of us does the account depend, and what if they leave?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.departing import answer_as_it_is, answer_if_gone, at_risk, departure_of
from graphkam.ui.departure_map import before_and_after
from graphkam.ui.escape import md
from graphkam.ui.grid import grid
from graphkam.ui.parts import findings, heading, part, save_as_workbook
from graphkam.ui.questions import dependency_of, resilience_of
from graphkam.ui.scenario import choose_leavers, scenario, suppose
from graphkam.ui.state import shown_view
from graphkam.ui.tables import dependency as tables

if TYPE_CHECKING:
    from graphkam.analysis.resilience import Resilience
    from graphkam.ui.scenario import Scenario
    from graphkam.ui.state import View

_PARTS = ("map", "team", "breaks")
_OF_A_DEPARTURE = ("map", "people", "business", "team", "breaks")


def show(view: View) -> None:
    """Show what depends on whom of us, and try departures."""
    found, breaks = scenario(view), view.answer(resilience_of)
    heading(view.words, view.title, "app.dependency.what", _answer(view, found))
    _suppose(view, found, breaks)
    match part(view, "dependency", _OF_A_DEPARTURE if found.leaves else _PARTS):
        case "map":
            before_and_after(view, found)
        case "people":
            with_card(view, lambda: _people(view, found))
        case "business":
            _business(view, found)
        case "team":
            with_card(view, lambda: _team(view))
        case _:
            _breaks(view, breaks)
    if found.leaves:
        st.caption(view.words.say("app.dependency.link"))
    save_as_workbook(view, "dependency", leaves=found.leaves)


def _answer(view: View, found: Scenario) -> str:
    if found.leaves:
        return answer_if_gone(view.words, view.answer(departure_of, found.leaves))
    return answer_as_it_is(view.words, view.answer(dependency_of), view.answer(resilience_of))


def _suppose(view: View, found: Scenario, breaks: Resilience) -> None:
    """Let the reader choose who leaves; offer those who break the account."""
    words = view.words
    left, right = st.columns([2, 1], vertical_alignment="center")
    with left:
        choose_leavers(view, found)
    with right:
        if found.leaves or found.missing:
            if st.button(
                words.say("app.dependency.nobody"), icon=":material/restart_alt:", key="nobody leaves"
            ):
                suppose([])
        elif breaks.member_ids and st.button(
            words.say("app.dependency.suppose", count=len(breaks.member_ids)),
            icon=":material/group_remove:",
            help=words.say("app.dependency.suppose_help", theta=words.percent(breaks.theta)),
            key="suppose",
        ):
            suppose(breaks.member_ids)
    if found.missing:
        said = words.say("app.dependency.not_there", count=len(found.missing), names=found.missing)
        st.warning(md(said), icon=":material/person_off:")


def _people(view: View, found: Scenario) -> None:
    st.caption(f"{view.words.say('app.dependency.people_what')} {view.words.say('app.dependency.near_what')}")
    people_grid(view, tables.touched(view, found.leaves), height=450)


def _business(view: View, found: Scenario) -> None:
    """Show what loses live ties, and below it, for it is another matter, what is in nobody's charge."""
    words, gone = view.words, view.answer(departure_of, found.leaves)
    stakes, orphans = tables.stakes(words, gone), tables.orphans(words, gone)
    st.subheader(words.say(stakes.title), anchor=False)
    said = [words.say("app.dependency.stakes_what")]
    if gone.exposure:
        said.append(words.say("app.dependency.stakes_sum", amount=at_risk(words, gone)))
    st.caption(md(" ".join(said)))
    grid(words, stakes)
    st.subheader(words.say(orphans.title), anchor=False)
    what = "app.dependency.orphans_theirs" if gone.vacated else "app.dependency.orphans_what"
    st.caption(md(words.say(what, count=gone.orphan_count, names=gone.leaves)))
    grid(words, orphans)


def _team(view: View) -> None:
    words, depends = view.words, view.answer(dependency_of)
    st.caption(words.say("app.dependency.members_what"))
    people_grid(view, tables.members(depends))
    findings(words, depends.findings)


def _breaks(view: View, breaks: Resilience) -> None:
    """Show the smallest breaking set, the worst departures, and what goes dark soonest."""
    words = view.words
    findings(words, breaks.findings)
    left, right = st.columns(2, gap="medium")
    with left:
        st.caption(words.say("app.dependency.worst_what"))
        shown = tables.worst(breaks)
        row = grid(words, shown, choose=True)
        if row is not None:
            st.session_state.pop(shown.name, None)
            suppose(shown.rows[row]["ids"])
    with right:
        st.caption(words.say("app.dependency.blind_what"))
        grid(words, tables.blind_spots(words, breaks.blind_spots))


if __name__ == "__main__":
    show(shown_view())
