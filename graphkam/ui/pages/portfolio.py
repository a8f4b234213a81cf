"""Portfolio: which accounts are at risk, who of us carries them, and what if somebody leaves?"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import streamlit as st

from graphkam.ui.charts.portfolio import LINES, risk_map, trend_lines
from graphkam.ui.escape import md
from graphkam.ui.grid import grid
from graphkam.ui.parts import all_is_cold, choose, choose_in_a_row, findings, heading, part, save_as_workbook
from graphkam.ui.questions import newest_of, portfolio_of
from graphkam.ui.state import (
    asked_choice,
    page_file,
    remember,
    remember_next,
    remembered,
    remembered_choice,
    shown_view,
)
from graphkam.ui.tables import portfolio as tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphkam.model.base import Finding
    from graphkam.review.portfolio import By, Portfolio
    from graphkam.review.portfolio_rows import AccountRow
    from graphkam.ui.state import View

_PARTS = ("risk", "team", "trend")
_ALL, _NOBODY = "", ""
_OF_MEMBERS = frozenset(
    {"portfolio_overloaded", "portfolio_time", "portfolio_unlimited", "portfolio_carried"}
)
_OF_THE_PAST = frozenset({"portfolio_fell", "portfolio_unseen"})


def show(view: View) -> None:
    """Show all accounts: those at risk, those of us who carry them, or how they have gone."""
    words, theta = view.words, view.desk.settings.analysis.theta
    with st.spinner(words.say("app.portfolio.asking")):
        found = _asked(view)
    wanted, is_only = _wanted(view)
    is_of_all = remembered_choice("portfolio_part", _PARTS, "show") == "team"
    whole = tables.chosen(view, found.accounts, {} if is_of_all else wanted)
    rows = [row for row in whole if not is_only or tables.is_at_risk(row, theta)]
    heading(
        words,
        words.say("app.page.portfolio"),
        "app.portfolio.what",
        tables.answer(words, whole, theta) if whole else "",
    )
    if not found.totals.live_ties:
        all_is_cold(words, max(filter(None, view.desk.overview(newest_of, view.as_of)), default=None))
    match part(view, "portfolio", _PARTS):
        case "risk":
            _filters(view)
            _risk(view, rows, theta)
            _noticed(view, [f for f in found.findings if f.code not in _OF_MEMBERS])
        case "team":
            _team(view)
        case _:
            _filters(view)
            _trend(view, rows)
    more = {name: view.address.get(name, "") for name in (*tables.FIELDS, "only", "leaves", "months")}
    save_as_workbook(view, "portfolio", **{name: value for name, value in more.items() if value})


def _asked(view: View, by: By = "account", leaves: tuple[str, ...] = ()) -> Portfolio:
    return view.desk.overall(portfolio_of, (view.as_of,), by, leaves)


def _noticed(view: View, found: Sequence[Finding]) -> None:
    st.subheader(view.words.say("app.account.findings"), anchor=False)
    findings(view.words, found)


# ------------------------------------------------------------------ which accounts


def _wanted(view: View) -> tuple[dict[str, str], bool]:
    """Give which accounts are chosen, by field; and whether only those at risk are."""
    wanted = {}
    for field, said in tables.facets(view).items():
        value = remembered_choice(f"portfolio_{field}", [_ALL, *said], field)
        if value:
            wanted[field] = view.address[field] = value
    only = bool(remembered("portfolio_only", default=False, asked=asked_choice("only", ["risk"])))
    remember("portfolio_only", only)
    view.address["only"] = "risk" if only else ""
    return wanted, only


def _filters(view: View) -> None:
    """Let the reader choose which accounts are looked at."""
    words = view.words
    with st.container(horizontal=True, vertical_alignment="center"):
        for field, said in tables.facets(view).items():
            choose(
                words.say(f"app.portfolio.by.{field}"),
                {_ALL: words.say(f"app.portfolio.every.{field}"), **said},
                key=f"portfolio_{field}",
                label_visibility="collapsed",
                width=215,
            )
        st.toggle(words.say("app.portfolio.only"), key="portfolio_only")


# ------------------------------------------------------------------ at risk


def _risk(view: View, rows: Sequence[AccountRow], theta: float) -> None:
    """Show value against dependency, and the table that says the same; either leads to the account."""
    words = view.words
    if rows:
        currency = Counter(row.currency for row in rows).most_common(1)[0][0]
        drawn = [row for row in rows if row.currency == currency]
        spec = risk_map(words, drawn, theta=theta, currency=currency)
        told = words.say("app.portfolio.picture")
        event: Any = st.vega_lite_chart(
            spec, key="risk", theme=None, on_select="rerun", selection_mode="chosen", alt=told
        )
        st.caption(words.say("app.portfolio.legend", theta=words.percent(theta)))
        if aside := len(rows) - len(drawn):
            st.caption(words.say("app.portfolio.aside", count=aside, currency=currency))
        if picked := event.selection.get("chosen"):
            _open("account", picked[0]["id"])
    chosen = grid(words, tables.accounts(words, rows), choose=True)
    st.caption(words.say("app.portfolio.open"))
    if chosen is not None:
        _open("account", rows[chosen].account_id)


def _open(page: str, account_id: str) -> None:
    remember_next("account", account_id)
    st.switch_page(page_file(page))


# ------------------------------------------------------------------ who carries what, and leaves


def _team(view: View) -> None:
    """Show who of us carries what; of the one who is to leave what that changes."""
    words, found = view.words, _asked(view, "member")
    names = {row.member_id: row.member for row in found.members}
    gone = remembered_choice("portfolio_leaves", [_NOBODY, *names], "leaves")
    choose(
        words.say("app.portfolio.who"),
        {_NOBODY: words.say("app.portfolio.nobody"), **names},
        key="portfolio_leaves",
        width=420,
    )
    if gone:
        view.address["leaves"] = gone
        _departure(view, gone, names[gone])
        return
    st.caption(words.say("app.portfolio.members_what"))
    chosen = grid(words, tables.members(words, found.members), choose=True)
    if chosen is not None:
        remember_next("portfolio_leaves", found.members[chosen].member_id)
        st.rerun()
    _noticed(view, [f for f in found.findings if f.code in _OF_MEMBERS])


def _departure(view: View, member_id: str, name: str) -> None:
    """Show what one departure changes in each account, and who is left with nobody."""
    words, found = view.words, _asked(view, "member", (member_id,))
    rows = found.departures
    with st.container(key="departure"):
        st.markdown(md(tables.left_answer(words, name, found, rows)))
    chosen = grid(words, tables.left(words, rows), choose=True)
    st.caption(words.say("app.portfolio.open_departure"))
    if chosen is not None:
        remember_next("leaves", [member_id])
        _open("dependency", rows[chosen].account_id)
    st.subheader(words.say("app.portfolio.uncovered"), anchor=False)
    st.caption(words.say("app.portfolio.uncovered_what"))
    grid(words, tables.uncovered(tables.opened(view, rows, (member_id,))))


# ------------------------------------------------------------------ how it has gone


def _trend(view: View, rows: Sequence[AccountRow]) -> None:
    words = view.words
    months = remembered_choice("portfolio_months", tables.MONTHS, "months")
    choose_in_a_row(
        words.say("app.portfolio.months"),
        sorted(tables.MONTHS, key=int),
        "portfolio_months",
        lambda month: words.say("app.portfolio.back", count=int(month)),
    )
    view.address["months"] = months
    past = view.desk.overall(portfolio_of, tables.days(view.as_of, months), "account")
    found = tables.of_accounts(past.trend, rows)
    spec = trend_lines(words, found)
    if spec["data"]["values"]:
        st.vega_lite_chart(spec, key="trend", theme=None, alt=words.say("app.portfolio.trend"))
        if len(found) > LINES:
            st.caption(words.say("app.portfolio.lines", shown=LINES, count=len(found)))
    chosen = grid(words, tables.trend(words, found), choose=True)
    if chosen is not None:
        _open("changes", found[chosen].account_id)
    _noticed(view, [f for f in past.findings if f.code in _OF_THE_PAST])


if __name__ == "__main__":
    show(shown_view())
