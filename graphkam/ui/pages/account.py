"""Account: the headline figures of one account, what needs attention, this week, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.beside import people_grid, with_card
from graphkam.ui.grid import grid
from graphkam.ui.parts import (
    Figure,
    all_is_cold,
    between,
    figures,
    findings,
    heading,
    part,
    save_as_workbook,
)
from graphkam.ui.questions import (
    audit_of,
    backlog_of,
    changes_of,
    coverage_of,
    newest_contact,
    uncertainty_of,
    upkeep_of,
)
from graphkam.ui.since import since
from graphkam.ui.state import chosen, shown_view
from graphkam.ui.tables import account as tables
from graphkam.ui.tables import changes as changed

if TYPE_CHECKING:
    from graphkam.review.audit import Audit
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("week", "findings", "ask", "since", "terms")


def show(view: View) -> None:
    """Show one account."""
    audit = view.answer(audit_of)
    heading(view.words, view.title, "app.account.what", _answer(view.words, audit))
    if not audit.c1:
        all_is_cold(view.words, newest_contact(view.graph()))
    _headlines(view, audit)
    _people(view, audit)
    match part(view, "account", _PARTS):
        case "week":
            with_card(view, lambda: _week(view))
        case "findings":
            findings(view.words, audit.findings)
        case "ask":
            with_card(view, lambda: _ask(view))
        case "since":
            _changed(view)
        case _:
            _terms(view)
    save_as_workbook(view, "account")


def _answer(words: Words, audit: Audit) -> str:
    """Say how well the account is covered, and what one departure would cost."""
    if audit.c2 is None:
        return words.say("app.account.nobody")
    said = words.say("app.coverage.answer", c2=words.percent(audit.c2), c1=words.percent(audit.c1))
    if not audit.max_loss:
        return said
    loss = words.say("app.account.loss", name=audit.max_loss_member, loss=words.percent(audit.max_loss))
    return f"{said} {loss}"


def _headlines(view: View, audit: Audit) -> None:
    words, could_be = view.words, view.answer(uncertainty_of)
    through = words.say("app.account.through", name=audit.bow_tie_member) if audit.bow_tie_member else ""
    leaving = words.say("app.account.leaving", name=audit.max_loss_member) if audit.max_loss_member else ""
    shown = []
    for name, who in (("c2", ""), ("c1", ""), ("bow_tie", through), ("max_loss", leaving)):
        bounds = getattr(could_be, name)
        under = " ".join(filter(None, (who, between(words, bounds))))
        shown.append(Figure(name, words.percent(bounds.value, 1), under))
    figures(words, shown)


def _people(view: View, audit: Audit) -> None:
    words, could_be, kept = view.words, view.answer(uncertainty_of), view.answer(upkeep_of)
    held = [words.say("app.account.seats", count=audit.seats)]
    held += [
        words.say(f"app.account.{name}", count=count)
        for name, count in (("vacant", audit.vacant), ("unknown_holder", audit.unknown_holder))
        if count
    ]
    effective = could_be.effective_interlocutors
    team = [words.say("app.account.of_members", count=audit.members)]
    if effective.low is not None and effective.low != effective.high:
        low, high = words.number(effective.low, 1), words.number(effective.high, 1)
        team.append(words.say("app.between", low=low, high=high))
    red = sum(area.state == "red" for area in kept.areas)
    shown = (
        Figure("breaking_set", breaking_size(words, audit), ", ".join(audit.breaking_set or ())),
        Figure("effective_interlocutors", words.number(effective.value, 1), " · ".join(team)),
        Figure("people", words.number(audit.people, 0), " · ".join(held)),
        Figure("filled", words.percent(kept.filled), words.say("app.account.red", count=red) if red else ""),
    )
    figures(words, shown, theta=words.percent(audit.theta))


def breaking_size(words: Words, audit: Audit) -> str:
    """Say how many departures break the account, or between how many and how many."""
    if audit.breaking_set is None:
        return words.number(None)
    size, bound = len(audit.breaking_set), audit.breaking_set_bound
    if audit.breaking_set_proved or bound is None:
        return words.number(size, 0)
    return words.say("app.account.unproved", bound=bound, size=size)


def _week(view: View) -> None:
    words, found = view.words, view.answer(upkeep_of)
    if not found.week:
        st.caption(words.say("upkeep.nothing"))
        return
    shown = st.container()  # above the switch that says how much of it
    if found.waiting and st.toggle(
        words.say("app.account.waiting", count=found.waiting), key="all that waits"
    ):
        found = view.answer(backlog_of)
    with shown:
        people_grid(view, tables.week(words, found), is_whole=True)


def _ask(view: View) -> None:
    words, found = view.words, view.answer(uncertainty_of)
    if not found.questions:
        findings(words, found.findings)
        return
    st.caption(words.say("app.account.ask_what"))
    people_grid(view, tables.questions(words, found), is_whole=True)


def _changed(view: View) -> None:
    words = view.words
    found = view.compare(changes_of, since(view))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        grid(words, changed.figures(words, found))
    with right:
        findings(words, changed.noticed(found, hide_stance=chosen("hide_stance", default=False)))


def _terms(view: View) -> None:
    """Open C1 and C2 to what they are summed from."""
    st.caption(view.words.say("app.account.terms_what"))
    names = {m.id: m.name for m in view.graph().members}
    grid(view.words, tables.terms(view.answer(coverage_of), names), height=420)


if __name__ == "__main__":
    show(shown_view())
