"""Decision centres: who decides, who can block, and what would it take to win?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.model.vocabulary import label
from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.charts.support import support_matrix
from graphkam.ui.escape import md
from graphkam.ui.grid import grid
from graphkam.ui.parts import Figure, choose, figures, findings, heading, part, save_as_workbook
from graphkam.ui.questions import decision_of, influence_of
from graphkam.ui.state import chosen, remember, remember_next, remembered_choice, shown_view
from graphkam.ui.tables import centres as tables

if TYPE_CHECKING:
    from graphkam.analysis.decision import CentreStanding, Decision
    from graphkam.analysis.influence import Influence
    from graphkam.model.base import Interval
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("people", "win")
_ALL = ""
_STANDS = frozenset({"decision_won", "decision_lost", "decision_open", "decision_cannot_win"})
"""Findings that say where a centre stands: the answer of the page."""


def show(view: View) -> None:
    """Show where all centres stand, or one of them."""
    if chosen("hide_stance", default=False):
        _presented(view)
        return
    every = view.answer(decision_of, None)
    if not every.centres:
        heading(view.words, view.title, "app.centres.what")
        findings(view.words, every.findings)
        return
    centre_id = remembered_choice("centre", [_ALL, *(c.id for c in every.centres)])
    if centre_id:
        found = view.answer(decision_of, centre_id)
        heading(view.words, view.title, "app.centres.what", _stands(view.words, found))
        _choose(view, every)
        view.address["centre"] = centre_id
        _centre(view, found)
        return
    heading(view.words, view.title, "app.centres.what", _answer(view.words, every))
    _choose(view, every)
    opened = grid(view.words, tables.centres(view.words, every, view.graph().currency), choose=True)
    st.caption(view.words.say("app.centres.open_row"))
    if opened is not None:
        remember_next("centre", every.centres[opened].id)
        st.rerun()
    st.subheader(view.words.say("app.account.findings"), anchor=False)
    findings(view.words, (f for f in every.findings if f.code not in _STANDS))
    save_as_workbook(view, "centres")


def _presented(view: View) -> None:
    """Show nothing, as long as stances are hidden: here all is about them."""
    heading(view.words, view.title, "app.centres.what")
    st.info(view.words.say("app.centres.hidden"), icon=":material/visibility_off:")
    if st.button(view.words.say("app.centres.unhide"), icon=":material/visibility:"):
        remember("hide_stance", value=False)
        st.rerun()


def _answer(words: Words, every: Decision) -> str:
    """Say how many centres stand how, and which decides next."""
    found = Counter(c.outcome for c in every.centres)
    counts = [words.say(f"app.centres.{o}", count=found[o]) for o in ("won", "open", "lost") if found[o]]
    said = words.say("app.centres.answer", count=len(every.centres), counts=counts)
    upcoming = next((c for c in every.centres if c.next_decision and c.next_decision >= every.as_of), None)
    if upcoming is None or upcoming.next_decision is None:
        return said
    days = (upcoming.next_decision - every.as_of).days
    return f"{said} {words.say('app.centres.next', name=upcoming.name, count=days)}"


def _choose(view: View, every: Decision) -> None:
    """Let the reader choose a centre, or all of them."""
    names = {_ALL: view.words.say("app.centres.all"), **{c.id: c.name for c in every.centres}}
    label = view.words.say("app.column.centre")
    choose(label, names, key="centre", label_visibility="collapsed", width=420)


def _stands(words: Words, found: Decision) -> str:
    """Say where the centre stands."""
    return " ".join(words.finding(f) for f in found.findings if f.code in _STANDS)


def _centre(view: View, found: Decision) -> None:
    words, [centre] = view.words, found.centres
    swayed = view.answer(influence_of, centre.id)
    _about(words, found, centre, view.graph().currency)
    _figures(words, centre, swayed)
    if part(view, "centres", _PARTS) == "people":
        _people(view, found, swayed)
    else:
        with_card(view, lambda: _win(view, found, swayed))
    save_as_workbook(view, "centres", centre=centre.id)


def _about(words: Words, found: Decision, centre: CentreStanding, currency: str) -> None:
    """Say in which frame the centre decides."""
    facts = [label("decision_rule", centre.rule, words.language)]
    if centre.next_decision is not None:
        days = (centre.next_decision - found.as_of).days
        when = "app.centres.decides" if days >= 0 else "app.centres.decided"
        facts.append(words.say(when, day=centre.next_decision, count=abs(days)))
    if centre.yearly_value is not None:
        facts.append(words.say("app.centres.a_year", amount=words.money(centre.yearly_value, currency)))
    facts += [centre.subject] if centre.subject else []
    st.caption(md(" · ".join(facts)))


def _figures(words: Words, centre: CentreStanding, swayed: Influence) -> None:
    settled = swayed.centres[0].after
    shown = (
        Figure(
            "votes_for",
            f"{words.number(centre.votes_for)} / {words.number(centre.needed)}",
            words.say("app.centres.others", against=centre.votes_against, unknown=centre.votes_unknown),
        ),
        Figure("cost", tables.cost(words, centre)),
        Figure("stance", tables.signed(words, centre.stance.value, 2), _between(words, centre.stance)),
        Figure("stance_after", tables.signed(words, settled.value, 2), _between(words, settled)),
        Figure("c2_of_centre", words.percent(centre.c2)),
    )
    figures(words, shown)


def _between(words: Words, found: Interval) -> str:
    if found.low is None or found.low == found.high:
        return ""
    return words.say(
        "app.between", low=tables.signed(words, found.low, 2), high=tables.signed(words, found.high, 2)
    )


def _people(view: View, found: Decision, swayed: Influence) -> None:
    words = view.words
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.vega_lite_chart(support_matrix(words, found.people), key="support", theme=None)
    with right:
        missing = [label("buying_role", role, words.language) for role in found.missing_roles]
        noticed = (f for f in (*found.findings, *swayed.findings) if f.code not in _STANDS)
        findings(words, noticed, about=found.centre or "")
        if missing:
            st.caption(words.say("cli.missing_roles", roles=missing))
    with_card(view, lambda: people_grid(view, tables.people(words, found, swayed)))


def _win(view: View, found: Decision, swayed: Influence) -> None:
    words = view.words
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(words.say("app.centres.moves"), anchor=False)
        st.caption(words.say("app.centres.moves_what"))
        people_grid(view, tables.moves(words, found))
    with right:
        st.subheader(words.say("app.centres.coalitions"), anchor=False)
        st.caption(words.say("app.centres.coalitions_what", count=found.minimal_winning_count or 0))
        grid(words, tables.coalitions(found))
    st.subheader(words.say("app.centres.convince"), anchor=False)
    st.caption(words.say("app.centres.convince_what"))
    people_grid(view, tables.convince(words, swayed))


if __name__ == "__main__":
    show(shown_view())
