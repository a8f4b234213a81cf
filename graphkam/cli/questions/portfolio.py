"""``portfolio``: how all accounts stand, and who of us carries them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import FINDINGS
from graphkam.cli.session import Session, day
from graphkam.cli.tables import show, show_findings, span, table
from graphkam.errors import InputError
from graphkam.model.search import find
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.graph.columns import Columns
    from graphkam.review.portfolio import By, Portfolio

_MOST_DAYS = 60


def portfolio(
    session: Session,
    *,
    by: Annotated[str, typer.Option("--by", help=told("portfolio_by"))] = "account",
    leaves: Annotated[list[str] | None, typer.Option("--leaves", help=told("portfolio_leaves"))] = None,
    since: Annotated[
        str | None, typer.Option("--since", help=told("portfolio_since"), metavar="YYYY-MM-DD")
    ] = None,
    points: Annotated[
        int, typer.Option("--points", help=told("portfolio_points"), min=2, max=_MOST_DAYS)
    ] = 2,
    source: Annotated[list[Path] | None, typer.Option("--from", help=told("portfolio_from"))] = None,
    save: Annotated[Path | None, typer.Option("--save", help=told("portfolio_save"))] = None,
) -> None:
    """Give how all accounts stand, and who of us carries them."""
    from graphkam.review.portfolio import By
    from graphkam.review.portfolio import portfolio as question

    if by not in get_args(By):
        raise InputError("not_a_choice", option="--by", value=by, allowed=get_args(By))
    if source and (save is not None or since is not None):
        raise InputError("portfolio_from_alone")
    days, people = _read(source) if source else _asked(session, since, points, save, is_leaving=bool(leaves))
    gone = [find(name, people) for name in leaves or ()]
    settings = session.settings.analysis
    found = question(days, by=cast("By", by), leaves=gone, settings=settings)
    names = [people[i] for i in gone]
    session.answer(found, lambda session, answer: show_portfolio(session, answer, names))


def _read(folders: Sequence[Path]) -> tuple[tuple[Columns, ...], Mapping[str, str]]:
    """Read snapshots, the earliest first."""
    from graphkam.exchange.snapshot import read_snapshot

    days = tuple(sorted(map(read_snapshot, folders), key=lambda c: c.as_of))
    return days, days[-1].names


def _asked(
    session: Session, since: str | None, points: int, save: Path | None, *, is_leaving: bool
) -> tuple[tuple[Columns, ...], Mapping[str, str]]:
    """Give the accounts of the store on the days that are looked at, and the names of all people."""
    with session.open() as workspace:
        days = workspace.columns(_days(session.as_of, since, points))
        people = workspace.people() if is_leaving else {}
        if save is not None:
            workspace.save_snapshot(save, days[-1])
            count = len(days[-1].accounts.id)
            session.notes.print(session.words.say("portfolio.saved", count=count, file=str(save)))
    return days, people


def _days(last: date, since: str | None, points: int) -> list[date]:
    """Give the days of the trend, evenly apart, both ends among them; the last alone if none is wanted."""
    if since is None:
        return [last]
    first = day(since)
    if first >= last:
        raise InputError("portfolio_since", value=since, day=last)
    whole = (last - first).days
    return sorted({first + timedelta(days=round(whole * i / (points - 1))) for i in range(points)})


def show_portfolio(session: Session, found: Portfolio, leaves: Sequence[str] = ()) -> None:
    """Show the totals, the list that was asked for, the trend, and the findings."""
    from rich.text import Text

    words = session.words
    if not found.totals.accounts:
        session.say("error.no_accounts")
        return
    session.console.print(Text(words.say("portfolio.title", day=found.as_of), style="bold"))
    session.console.print()
    _show_totals(session, found)
    _show_accounts(session, found)
    _show_members(session, found)
    _show_countries(session, found)
    if leaves:
        session.console.print(Text(words.say("portfolio.leaving", names=tuple(leaves)), style="bold"))
        _show_departures(session, found)
    _show_trend(session, found)
    show_findings(session, found.findings, FINDINGS)


def _show_totals(session: Session, found: Portfolio) -> None:
    words, totals = session.words, found.totals
    rows = [
        (words.say("cli.col.accounts"), words.number(totals.accounts)),
        (words.say("portfolio.carried"), words.number(totals.carried)),
        (words.say("cli.head.people"), words.number(totals.people)),
        (words.say("cli.head.seats"), words.number(totals.seats)),
        (words.say("cli.head.members"), words.number(totals.members)),
        (words.say("portfolio.overloaded"), words.number(totals.overloaded)),
        (words.say("cli.head.c2"), words.percent(totals.c2, 1)),
        (words.say("cli.head.c1"), words.percent(totals.c1, 1)),
    ]
    show(session, table(session, ["head.figure", ">head.value"], rows))


def _amount(session: Session, amount: float | None, currency: str, unknown: int) -> str:
    """Word an amount, and how many are not known besides; nothing where nothing hangs so."""
    words = session.words
    if not amount and not unknown:
        return UNKNOWN if amount is None else ""
    if not amount:
        return words.say("portfolio.unknown_amounts", count=unknown)
    money = words.money(amount, currency)
    return words.say("cli.head.and_unknown", amount=money, count=unknown) if unknown else money


def _show_accounts(session: Session, found: Portfolio) -> None:
    words = session.words
    could_be = [span(session, a.c2_low, a.c2_high) for a in found.accounts]
    rows = [
        (
            a.account,
            str(a.members),
            words.percent(a.c2, 1),
            *([c2] if any(could_be) else []),
            words.percent(a.c1, 1),
            words.percent(a.max_loss, 1),
            a.bow_tie_member or "",
            _amount(session, a.exposure, a.currency, a.unknown_amounts),
        )
        for a, c2 in zip(found.accounts, could_be, strict=True)
    ]
    columns = [
        "head.account",
        ">head.members",
        ">head.c2_short",
        *(["head.could_be"] if any(could_be) else []),
    ]
    columns += [">head.c1_short", ">head.max_loss", "col.with", "portfolio.hangs"]
    show(session, table(session, columns, rows))


def _show_members(session: Session, found: Portfolio) -> None:
    words = session.words
    rows = [
        (
            m.member,
            str(m.accounts),
            str(m.carries or ""),
            f"{m.load} / {'∞' if m.capacity is None else m.capacity}",
            f"{words.number(m.days, 1)} / {words.number(m.days_asked, 1)}",
            words.percent(m.loss, 1),
            "; ".join(_amount(session, a, currency, 0) for currency, a in sorted(m.exposure.items()))
            or _amount(session, 0.0, "", m.unknown_amounts),
        )
        for m in found.members
    ]
    columns = ["col.member", ">col.accounts", ">portfolio.carries", ">portfolio.load", ">portfolio.days"]
    show(session, table(session, [*columns, ">portfolio.lost", "portfolio.hangs"], rows))


def _show_countries(session: Session, found: Portfolio) -> None:
    words = session.words
    rows = [
        (
            UNKNOWN if c.country is None else words.country(c.country),
            str(c.accounts),
            str(c.seats),
            str(c.members),
            words.percent(c.c2, 1),
            words.percent(c.c1, 1),
            words.percent(c.max_loss, 1),
            c.bow_tie_member or "",
        )
        for c in found.countries
    ]
    columns = ["col.country", ">col.accounts", ">head.seats", ">portfolio.in_touch", ">head.c2_short"]
    show(session, table(session, [*columns, ">head.c1_short", ">head.max_loss", "col.with"], rows))


def _show_departures(session: Session, found: Portfolio) -> None:
    words = session.words
    rows = [
        (
            d.account,
            words.percent(d.c2_before, 1),
            words.percent(d.c2_after, 1),
            words.percent(d.loss, 1),
            str(d.dark),
            _amount(session, d.exposure, d.currency, d.unknown_amounts),
        )
        for d in found.departures
    ]
    columns = [
        "col.account",
        ">col.c2_before",
        ">col.c2_after",
        ">portfolio.lost",
        ">col.dark",
        "col.exposure",
    ]
    show(session, table(session, columns, rows))


def _show_trend(session: Session, found: Portfolio) -> None:
    words = session.words
    rows = [
        (
            t.account,
            " → ".join(words.percent(p.c2, 1) for p in t.points),
            " → ".join(words.percent(p.max_loss, 1) for p in t.points),
        )
        for t in found.trend
    ]
    if rows:
        days = " → ".join(words.day(p.day) for p in found.trend[0].points)
        session.console.print(words.say("portfolio.trend", days=days))
    show(session, table(session, ["head.account", "head.c2_short", "head.max_loss"], rows))
