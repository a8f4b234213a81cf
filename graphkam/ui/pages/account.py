"""Account: the headline figures of one account, what was noticed, and who is least covered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.model.vocabulary import label
from graphkam.ui.parts import (
    all_is_cold,
    figure,
    findings,
    heading,
    number_column,
    percent,
    share_column,
    table,
    text_column,
)
from graphkam.ui.questions import audit_of, coverage_of, newest_contact
from graphkam.ui.state import shown_view

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage, Covered
    from graphkam.review.audit import Audit
    from graphkam.text import Words
    from graphkam.ui.state import View

_PARTS = ("units", "centres", "functions", "roles", "levels")
_LISTS = {"functions": "function", "roles": "buying_role"}


def show(view: View) -> None:
    """Show one account."""
    words, account = view.words, view.account
    if account is None:
        return
    audit = view.desk.answer(audit_of, account.id, view.as_of)
    coverage = view.desk.answer(coverage_of, account.id, view.as_of)
    heading(words, account.name, "app.account.what")
    if not audit.c1:
        all_is_cold(words, newest_contact(view.desk.graph(account.id, view.as_of)))
    _headlines(words, audit)
    _people(words, audit, coverage)
    st.subheader(words.say("app.account.findings"), anchor=False)
    findings(words, audit.findings)
    st.subheader(words.say("app.account.gaps"), anchor=False)
    st.caption(
        " ".join(
            (
                words.say("app.account.uncovered", count=coverage.uncovered),
                words.say("app.account.once", count=coverage.covered_once),
                words.say("app.account.first"),
            )
        )
    )
    _gaps(words, coverage)
    st.subheader(words.say("app.account.parts"), anchor=False)
    shown = [name for name in _PARTS if getattr(coverage, name)]
    tabs = st.tabs([words.say(f"app.account.{name}") for name in shown]) if shown else ()
    for tab, name in zip(tabs, shown, strict=True):
        with tab:
            _parts(words, name, getattr(coverage, name))
    with st.expander(words.say("app.account.terms"), icon=":material/calculate:"):
        st.caption(words.say("app.account.terms_what"))
        _terms(view, coverage)


def _headlines(words: Words, audit: Audit) -> None:
    bounds = {
        name: between(
            words, getattr(audit, name), getattr(audit, f"{name}_low"), getattr(audit, f"{name}_high")
        )
        for name in ("c1", "c2", "bow_tie")
    }
    through = words.say("app.account.through", name=audit.bow_tie_member) if audit.bow_tie_member else ""
    leaving = words.say("app.account.leaving", name=audit.max_loss_member) if audit.max_loss_member else ""
    first = (
        ("c2", words.percent(audit.c2, 1), bounds["c2"]),
        ("c1", words.percent(audit.c1, 1), bounds["c1"]),
        ("bow_tie", words.percent(audit.bow_tie, 1), " ".join(filter(None, (through, bounds["bow_tie"])))),
        ("max_loss", words.percent(audit.max_loss, 1), leaving),
    )
    for column, (name, value, under) in zip(st.columns(4), first, strict=True):
        with column:
            figure(words, name, value, under=under)


def _people(words: Words, audit: Audit, coverage: Coverage) -> None:
    seats = words.say("app.account.seats", count=audit.seats)
    missing = [
        words.say(f"app.account.{name}", count=count)
        for name, count in (
            ("vacant", audit.vacant),
            ("unknown_holder", audit.unknown_holder),
            ("unknown_weights", coverage.unknown_weights),
        )
        if count
    ]
    second = (
        ("breaking_set", breaking_size(words, audit), ", ".join(audit.breaking_set or ())),
        (
            "effective_interlocutors",
            words.number(audit.effective_interlocutors, 1),
            words.say("app.account.of_members", count=audit.members),
        ),
        ("people", words.number(audit.people, 0), " · ".join((seats, *missing))),
        (
            "members",
            words.number(audit.members, 0),
            words.say("app.account.weight", weight=words.number(audit.weight)),
        ),
    )
    for column, (name, value, under) in zip(st.columns(4), second, strict=True):
        with column:
            figure(words, name, value, under=under, theta=words.percent(audit.theta))


def between(words: Words, value: float | None, low: float | None, high: float | None) -> str:
    """Say what a figure could be, where something it rests on is not known."""
    if value is None or low is None or high is None or (low == value == high):
        return ""
    return words.say("app.between", low=words.percent(low, 1), high=words.percent(high, 1))


def breaking_size(words: Words, audit: Audit) -> str:
    """Say how many departures break the account, or between how many and how many."""
    if audit.breaking_set is None:
        return words.number(None)
    size, bound = len(audit.breaking_set), audit.breaking_set_bound
    if audit.breaking_set_proved or bound is None:
        return words.number(size, 0)
    return words.say("app.account.unproved", bound=bound, size=size)


def _gaps(words: Words, coverage: Coverage) -> None:
    rows = [
        {
            "name": gap.name if gap.is_holder_known else words.say("app.account.find_name"),
            "title": gap.title,
            "unit": gap.unit,
            "weight": f"{words.number(gap.weight, 1)}{'' if gap.is_weight_known else ' ?'}",
            "is_key": gap.is_key,
            "live": f"{gap.live_ties} / {gap.wanted}",
            "known_by": ", ".join(gap.known_by),
            "owner": gap.owner or "",
            "backup": gap.backup or "",
            "value": gap.centre_value,
        }
        for gap in coverage.gaps
    ]
    columns: dict[str, Any] = {
        name: text_column(words, name)
        for name in ("name", "title", "unit", "weight", "live", "known_by", "owner", "backup")
    }
    columns["is_key"] = st.column_config.CheckboxColumn(
        words.say("app.column.is_key"), help=words.say("app.meaning.is_key")
    )
    columns["value"] = number_column(words, "centre_value")
    order = ("name", "title", "unit", "weight", "is_key", "live", "known_by", "owner", "backup", "value")
    table(rows, {name: columns[name] for name in order}, key="gaps")


def _parts(words: Words, kind: str, parts: Sequence[Covered]) -> None:
    def named(part: Covered) -> str:
        return label(_LISTS[kind], part.name, words.language) if kind in _LISTS else part.name

    rows = [
        {
            "name": named(part),
            "c2": percent(part.c2),
            "c1": percent(part.c1),
            "seats": part.seats,
            "weight": part.weight,
            "vacant": part.vacant,
        }
        for part in parts
    ]
    columns = {
        "name": st.column_config.TextColumn(words.say(f"app.account.{kind}")),
        "c2": share_column(words, "c2"),
        "c1": share_column(words, "c1"),
        **{name: number_column(words, name) for name in ("seats", "weight", "vacant")},
    }
    table(rows, columns, key=f"parts_{kind}")


def _terms(view: View, coverage: Coverage) -> None:
    """Open C1 and C2 to what they are summed from."""
    words, account = view.words, view.account
    if account is None:
        return
    names = {m.id: m.name for m in view.desk.graph(account.id, view.as_of).members}
    counted = {figure: {t.subject for t in coverage.terms if t.figure == figure} for figure in ("c1", "c2")}
    rows = [
        {
            "name": term.name,
            "weight": term.value,
            "in_c1": term.subject in counted["c1"],
            "in_c2": term.subject in counted["c2"],
            "known_by": ", ".join(names.get(m, m) for m in term.because),
        }
        for term in coverage.terms
        if term.figure == "weight"
    ]
    columns = {
        "name": text_column(words, "name"),
        "weight": number_column(words, "weight"),
        "in_c1": st.column_config.CheckboxColumn(words.say("app.column.in_c1")),
        "in_c2": st.column_config.CheckboxColumn(words.say("app.column.in_c2")),
        "known_by": text_column(words, "known_by"),
    }
    table(rows, columns, key="terms")


if __name__ == "__main__":
    show(shown_view())
