"""``profitability``: what an account earns, whether its team pays for itself; of all, the whale curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import FINDINGS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

if TYPE_CHECKING:
    from graphkam.analysis.profitability import AtStake, Profitability, Statement
    from graphkam.review.whale import Curve, Curves

MONTHS = Annotated[bool, typer.Option("--months", help=told("by_month"))]
_WORDS = {"other": "other_amounts"}
"""Words of a row, where they are not named like it."""
_YEARS = 3
"""Years shown."""
_ROWS = (
    "revenue",
    "rebates",
    "cogs",
    "gross_margin",
    "service_cost",
    "other",
    "contribution",
    "team_cost",
    "net",
)


def profitability(
    session: Session,
    account: Annotated[str | None, typer.Argument(help=told("profitability_account"))] = None,
    *,
    months: MONTHS = False,
) -> None:
    """None"""
    if account is not None:
        from graphkam.analysis.profitability import profitability as question

        shower = show_months if months else show_profitability
        ask(session, account, question, shower)
        return
    from graphkam.review.whale import curves

    with session.open() as workspace:
        found = curves(workspace.graphs(as_of=session.as_of))
    session.answer(found, show_curves)


def show_profitability(session: Session, found: Profitability) -> None:
    """Show the statements, the team, with and without it, and what is at stake."""
    words = session.words
    show_title(session, found.account)
    if found.years:
        columns = [found.last_year, *([found.year_before] if found.year_before else [])]
        _show_statements(session, found, [*columns, *found.years[:_YEARS]])
    team = [
        (
            t.member,
            t.role,
            words.number(t.days_asked),
            words.number(t.days),
            words.money(t.day_cost, found.currency),
            words.money(t.month_cost, found.currency),
        )
        for t in found.team
    ]
    head = ["col.member", "col.mandate", ">col.days_asked", ">col.days", ">col.day_cost", ">col.month_cost"]
    show(session, table(session, head, team, "title.team_cost"))
    _show_treatment(session, found)
    stakes = [
        (words.say(f"profitability.{key}"), _at_stake(session, value, found.currency))
        for key, value in (("at_stake", found.at_stake), ("alone", found.alone), ("dark", found.dark))
    ]
    show(session, table(session, ["head.figure", ">head.value"], stakes, "title.at_stake"))
    show_findings(session, found.findings, FINDINGS)


def show_months(session: Session, found: Profitability) -> None:
    """Show the statement of each month, the newest first."""
    words = session.words
    show_title(session, found.account)
    rows = [
        (words.when(s.first), *(words.money(getattr(s, row), found.currency) for row in _MONTHLY))
        for s in found.months
    ]
    columns = ["col.month", *(f">line.{row}" for row in _MONTHLY)]
    show(session, table(session, columns, rows))
    show_findings(session, found.findings, FINDINGS)


_MONTHLY = ("revenue", "contribution", "team_cost", "net")


def _show_statements(session: Session, found: Profitability, columns: Sequence[Statement]) -> None:
    words, currency = session.words, found.currency
    rows = []
    for row in _ROWS:
        values = [getattr(s, row) for s in columns]
        if row == "service_cost" and found.not_kept:
            continue
        if row in {"rebates", "other"} and not any(values) and None not in values:
            continue
        rows.append(
            (words.say(f"cli.line.{_WORDS.get(row, row)}"), *(words.money(v, currency) for v in values))
        )
    rows.append((words.say("cli.line.net_share"), *(words.percent(s.net_share, 1) for s in columns)))
    other = "team_worked" if found.team_basis == "booked" else "team_booked"
    if any(getattr(s, other) is not None for s in columns):
        beside = (words.money(getattr(s, other), currency) for s in columns)
        rows.append((words.say(f"cli.line.{other}"), *beside))
    made = table(session, ["head.figure"], [], "title.statements")
    for s in columns:
        made.add_column(_period(session, s), justify="right", no_wrap=True)
    for cells in rows:
        made.add_row(*cells)
    show(session, made)


def _period(session: Session, s: Statement) -> str:
    """Name the months of a statement: a whole year by its number."""
    words = session.words
    if s.first is None or s.last is None:
        return ""
    if (s.first[5:], s.last[5:]) == ("01", "12") and s.first[:4] == s.last[:4]:
        return s.first[:4]
    if s.first == s.last:
        return words.when(s.first)
    return f"{words.when(s.first)}\n– {words.when(s.last)}"


def _show_treatment(session: Session, found: Profitability) -> None:
    words, t = session.words, found.treatment

    def money(amount: float | None) -> str:
        return words.money(amount, found.currency)

    rows = []
    if t.since is not None:
        rows.append((words.say("profitability.since"), words.when(t.since)))
    if t.basis == "before":
        rows += [
            (words.say("profitability.month_before", count=t.months_before), money(t.month_before)),
            (words.say("profitability.month_since", count=t.months_since), money(t.month_since)),
            (words.say("profitability.gained"), money(t.gained)),
            (words.say("profitability.team_since"), money(t.team_cost)),
            (words.say("profitability.net_gain"), money(t.net_gain)),
        ]
    if t.break_even_sales is not None:
        share = words.percent(t.break_even_share, 1)
        even = words.say("profitability.of_sales", amount=money(t.break_even_sales), share=share)
        rows.append((words.say("profitability.break_even"), even))
    show(session, table(session, ["head.figure", ">head.value"], rows, "title.treatment"))


def _at_stake(session: Session, value: AtStake, currency: str) -> str:
    words = session.words
    amount = words.money(value.amount, currency)
    if not value.unknown:
        return amount
    return words.say("cli.head.and_unknown", amount=amount, count=value.unknown)


def show_curves(session: Session, found: Curves) -> None:
    """Show all accounts by what they earn, and what the others take back."""
    if not found.curves and not found.unknown:
        session.say("error.no_accounts")
        return
    for curve in found.curves:
        _show_curve(session, curve)
    if found.unknown:
        session.say("profitability.unknown_net", names=found.unknown)


def _show_curve(session: Session, curve: Curve) -> None:
    words, currency = session.words, curve.currency
    rows = [
        (
            e.account,
            str(e.months),
            words.money(e.contribution, currency),
            words.money(e.net, currency),
            words.percent(e.net_share, 1),
            words.money(e.running, currency),
            words.percent(e.share),
        )
        for e in curve.accounts
    ]
    columns = ["col.account", ">col.months", ">line.contribution", ">line.net", ">line.net_share"]
    show(session, table(session, [*columns, ">col.running", ">col.of_all"], rows))
    if curve.peak is None:
        session.say("profitability.no_peak", amount=words.money(curve.total, currency))
    elif curve.peak > 1:
        above = words.percent(curve.peak - 1)
        peak = {"peak": words.percent(curve.peak), "back": above}
        session.say("profitability.peak", count=curve.peak_accounts, **peak)
    session.console.print()
