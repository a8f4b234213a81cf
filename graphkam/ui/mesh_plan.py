"""The mesh plan: proposals, each accepted or refused; accepted ones are actions with owner and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.review.meshing import accepted, refused
from graphkam.ui.elsewhere import elsewhere
from graphkam.ui.escape import md
from graphkam.ui.grid import grid, grid_of_many
from graphkam.ui.parts import Figure, choose_in_a_row, figures, findings
from graphkam.ui.plan_map import plan_map
from graphkam.ui.questions import mesh_of
from graphkam.ui.state import remembered_choice
from graphkam.ui.tables import mesh as tables
from graphkam.ui.writing import say_conflict, say_saved, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.analysis.mesh import Mesh, Proposed
    from graphkam.text import Words
    from graphkam.ui.state import View

_FIGURES = ("c2", "c1", "bow_tie")
_FORM = "plan"
_FORMS = ("list", "map")
_ROUND = "proposals decided"
"""How often something was decided in this session."""
_REASON = 200
"""Characters of the longest reason."""


def show_plan(view: View) -> None:
    """Show the plan, and let the reader accept or refuse proposals."""
    words, found = view.words, view.answer(mesh_of, elsewhere(view))
    say_saved(view)
    if say_conflict(view):
        return
    st.caption(words.say("app.coverage.mesh_what"))
    _before_and_after(words, found)
    if found.ties:
        _proposals(view, found)
    findings(words, found.findings)
    waiting = tables.waiting(found, view.graph().records)
    below = (
        (waiting, "app.coverage.mesh_waiting"),
        (tables.short(words, found), ""),
        (tables.handovers(words, found), "app.coverage.handovers_what"),
    )
    for table, what in below:
        if table.rows:
            st.subheader(md(words.say(table.title)), anchor=False)
            if what:
                st.caption(words.say(what))
            grid(words, table)


def _proposals(view: View, found: Mesh) -> None:
    """Show the proposals in a list or on the map."""
    words = view.words
    remembered_choice(_FORM, _FORMS)
    form = choose_in_a_row(
        words.say("app.coverage.mesh_as"),
        _FORMS,
        _FORM,
        lambda name: words.say(f"app.coverage.mesh_form.{name}"),
    )
    view.address[_FORM] = "" if form == _FORMS[0] else "map"
    if form == "map":
        plan_map(view, found.ties, _decide)
        return
    shown = tables.proposals(words, found.ties)
    if decided := st.session_state.get(_ROUND, 0):
        # Another table each time: a tick stays at its place in the list, where by then another proposal is.
        shown = replace(shown, name=f"{shown.name} {decided}")
    above = st.container()  # on a small screen what is decided with would stand below the table, out of sight
    rows = grid_of_many(words, shown, height=330)
    with above:
        _decide(view, [found.ties[row] for row in rows])


def _before_and_after(words: Words, found: Mesh) -> None:
    shown = []
    for name in _FIGURES:
        was, now = getattr(found.before, name), getattr(found.after, name)
        change = None if was is None or now is None else words.points(now - was)
        before = words.say("app.dependency.before", value=words.percent(was, 1))
        shown.append(Figure(name, words.percent(now, 1), " · ".join(filter(None, (before, change)))))
    figures(words, shown)


def _decide(view: View, chosen: Sequence[Proposed]) -> None:
    """Offer to accept or to refuse the proposals ticked."""
    words, count = view.words, len(chosen)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        due = st.date_input(
            words.say("app.coverage.mesh_due"),
            view.as_of + timedelta(days=view.desk.settings.analysis.mesh_days),
            key="mesh due",
            format="DD/MM/YYYY",
            width=180,
        )
        accept = st.button(
            words.say("app.coverage.mesh_accept", count=count),
            icon=":material/check:",
            type="primary",
            disabled=not chosen,
            key="accept mesh",
        )
        refuse = st.button(
            words.say("app.coverage.mesh_refuse", count=count),
            icon=":material/close:",
            disabled=not chosen,
            key="refuse mesh",
        )
        why = st.text_input(
            words.say("app.coverage.mesh_why"),
            key=f"mesh why {st.session_state.get(_ROUND, 0)}",  # a reason is given for one refusal
            max_chars=_REASON,
            width=260,
        )
    graph = view.graph()
    if accept:
        made, key = accepted(graph, chosen, due=due, words=words), "app.coverage.mesh_accepted"
    elif refuse:
        made, key = refused(graph, chosen, words=words, why=why.strip()), "app.coverage.mesh_refused"
    else:
        return
    said = [words.say(key, member=t.member, name=t.stakeholder, due=due) for t in chosen]
    if write(view, lambda _: made, what="mesh", said=said):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        st.rerun()
