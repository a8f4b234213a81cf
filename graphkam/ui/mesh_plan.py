"""The mesh plan: proposals, each accepted or refused; accepted ones are actions with owner and date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.model.business import Action
from graphkam.review.meshing import accepted, refusals, refused, taken_back
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
    from collections.abc import Collection, Sequence

    from graphkam.analysis.mesh import Mesh, Proposed
    from graphkam.model.changes import ChangeSet
    from graphkam.review.meshing import Refusal
    from graphkam.text import Words
    from graphkam.ui.state import View
    from graphkam.ui.table import Table

_FIGURES = ("c2", "c1", "bow_tie")
_FORM = "plan"
_FORMS = ("list", "map")
_ROUND = "proposals decided"
"""How often something was decided in this session."""
_ACCEPTED, _REFUSED = "accepted", "refused"
"""Where the lists of what was decided stand on the page."""
_TOLD = 5
"""Pairs, or moves, that a sentence names."""
_REASON = 200
"""Characters of the longest reason."""


def show_plan(view: View) -> None:
    """Show the plan, and let the reader accept or refuse proposals."""
    words, found = view.words, view.answer(mesh_of, elsewhere(view))
    turned_down = refusals(view.graph())
    say_saved(view)
    if say_conflict(view):
        return
    st.caption(words.say("app.coverage.mesh_what"))
    _before_and_after(words, found)
    _where_they_are(words, found, turned_down)
    if found.ties:
        _proposals(view, found)
    _what_became_of_them(view, found, turned_down)
    findings(words, found.findings)
    for table, what in (
        (tables.short(words, found), ""),
        (tables.handovers(words, found), "app.coverage.handovers_what"),
    ):
        if table.rows:
            _headed(words, table, what)
            grid(words, table)


def _headed(words: Words, table: Table, what: str, anchor: str = "") -> None:
    st.subheader(md(words.say(table.title)), anchor=anchor or False)
    if what:
        st.caption(words.say(what))


def _what_became_of_them(view: View, found: Mesh, turned_down: Sequence[Refusal]) -> None:
    """Show what was accepted and is not made yet, and what stands refused, to be taken back."""
    words = view.words
    waiting = tables.waiting(found, view.graph().records)
    if waiting.rows:
        _headed(words, waiting, "app.coverage.mesh_waiting", _ACCEPTED)
        grid(words, waiting)
    if turned_down:
        _refusals(view, turned_down)


def _refusals(view: View, found: Sequence[Refusal]) -> None:
    """Show what stands refused, with a way to take it back."""
    words, ids = view.words, [r.action_id for r in found]
    past = view.desk.act(lambda workspace: [workspace.history(Action, i) for i in ids])
    told = {i: versions[0].by if versions else None for i, versions in zip(ids, past, strict=True)}
    shown = _another_each_time(tables.refused(words, found, told))
    _headed(words, shown, "app.coverage.mesh_refusals_what", _REFUSED)
    above = st.container()
    chosen = [shown.rows[row] for row in grid_of_many(words, shown)]
    with above:
        is_wanted = st.button(
            words.say("app.coverage.mesh_take_back", count=len(chosen)),
            icon=":material/undo:",
            disabled=not chosen,
            key="take refusals back",
        )
    if is_wanted:
        made = taken_back(view.graph(), [row["action_id"] for row in chosen])
        pairs = _named(words, [(row["member"], row["person"]) for row in chosen])
        _write(view, made, [words.say("app.coverage.mesh_back", pairs=pairs)])


def _where_they_are(words: Words, found: Mesh, turned_down: Sequence[Refusal]) -> None:
    """Lead to the lists further down, where what was decided stands."""
    counted = (
        ("app.coverage.mesh_accepted_count", _ACCEPTED, len(found.planned)),
        ("app.coverage.mesh_refused_count", _REFUSED, len(turned_down)),
    )
    links = [f"[{md(words.say(key, count=n))}](#{anchor})" for key, anchor, n in counted if n]
    if links:
        st.caption(" · ".join(links))


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
    shown = _another_each_time(tables.proposals(words, found.ties))
    above = st.container()  # on a small screen what is decided with would stand below the table, out of sight
    rows = grid_of_many(words, shown, height=330)
    with above:
        _decide(view, [found.ties[row] for row in rows])


def _another_each_time(table: Table) -> Table:
    """Name a table anew after each decision: a tick stays at its place, where by then another row is."""
    decided = st.session_state.get(_ROUND, 0)
    return replace(table, name=f"{table.name} {decided}") if decided else table


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
    if accept:
        made = accepted(view.graph(), chosen, due=due, words=words)
        _write(view, made, [words.say("app.coverage.mesh_accepted", pairs=_pairs(words, chosen), due=due)])
    elif refuse:
        made = refused(view.graph(), chosen, words=words, why=why.strip())
        _write(view, made, _what_a_refusal_does(view, chosen, why.strip()))


def _write(view: View, made: ChangeSet, said: Sequence[str]) -> None:
    if write(view, lambda _: made, what="mesh", said=said):
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        st.rerun()


def _what_a_refusal_does(view: View, chosen: Sequence[Proposed], why: str) -> list[str]:
    """Say what is refused and why, who takes the place, and what else is proposed no more."""
    words, others = view.words, elsewhere(view)
    out = tuple(sorted({(t.member_id, t.person_id) for t in chosen}))
    was, now = view.answer(mesh_of, others).ties, view.answer(mesh_of, others, out).ties
    before, after = ({t.id for t in ties} for ties in (was, now))
    theirs = {t.person_id for t in chosen}
    come = [t for t in now if t.id not in before and t.person_id in theirs]
    said = [words.say("app.coverage.mesh_refused", pairs=_pairs(words, chosen))]
    said += [words.say("app.coverage.mesh_because", why=why)] if why else []
    key, count = "app.coverage.mesh_in_place" if come else "app.coverage.mesh_no_place", len(chosen)
    said.append(words.say(key, pairs=_pairs(words, come), count=count))
    moved = [t for t in (*was, *now) if (t.id in before) != (t.id in after) and t.person_id not in theirs]
    return said + ([_moved(words, moved, before)] if moved else [])


def _moved(words: Words, moved: Sequence[Proposed], before: Collection[str]) -> str:
    """Say for whom somebody else is proposed, by a refusal that was about others."""
    said = []
    for person_id, name in dict.fromkeys((t.person_id, t.stakeholder) for t in moved):
        own = [t for t in moved if t.person_id == person_id]
        old, new = (
            tuple(t.member for t in own if (t.id in before) == is_old)
            or (words.say("app.coverage.mesh_nobody"),)
            for is_old in (True, False)
        )
        said.append(words.say("app.coverage.mesh_move", name=name, new=new, old=old))
    return words.say("app.coverage.mesh_moved", moves=_first(words, said))


def _pairs(words: Words, ties: Sequence[Proposed]) -> str:
    return _named(words, [(t.member, t.stakeholder) for t in ties])


def _named(words: Words, pairs: Sequence[tuple[str, str]]) -> str:
    """Name pairs of ours and theirs."""
    said = (words.say("app.coverage.mesh_pair", member=one, name=other) for one, other in pairs)
    return _first(words, list(said))


def _first(words: Words, said: Sequence[str]) -> str:
    rest = len(said) - _TOLD
    more = [words.say("app.coverage.mesh_more", count=rest)] if rest > 0 else []
    return ", ".join([*said[:_TOLD], *more])
