"""What does the account earn once all is paid, does its team pay for itself, and what is at stake?

**Statement** of each year, each month and the last twelve months in the books, in the account's currency;
only what was counts, of months that have ended (see :mod:`graphkam.graph.books`): net sales = revenue less
rebates; gross margin = net sales less cost of goods; contribution = gross margin less after-sales cost, and
other amounts; net = contribution less the cost of the team. Costs are negative. What is not known is not 0:
a figure with it in has no value.

- **Cost of the team**: *booked* in the P&L, and *worked*: mandates, days agreed a month x cost of a day, for
  the part of each month in which they are valid. The booked one counts where the books have one, else the
  worked; they measure the same and are never added.
- **With and without a team of its own**, which is what makes an account a key account. Where the books go
  back before the first mandate: *gained* = contribution since, less what it would have been had each month
  gone on as the mean of (up to) twelve months before, growing by ``growth_without`` (0) a year; *net gain* =
  gained less the cost of the team since. Where they do not, nobody can say what it brought without; then
  *break-even*: the sales a year that the team must be the reason of to pay for itself = its cost /
  (contribution / net sales).
- **At stake**: the known yearly values of centres, pursuits and contracts, each amount once; of it, what
  rests on one of us alone and what on nobody; unknown ones are counted, never 0.

Source: design, analyses.md, "profitability"; science.md section 10 (Kaplan & Cooper 1998, *Cost & Effect*).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import Literal

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.books import LINES, Amount, Books, Line, month_cost
from graphkam.graph.earnings import (
    CONTRIBUTION,
    GROSS,
    NET_SALES,
    YEAR,
    Basis,
    Earned,
    Treatment,
    by_year,
    last_year,
    treatment,
)
from graphkam.graph.earnings_findings import about_books
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.stakes import Business, businesses
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.model.base import Finding, Frozen, Result, Severity
from graphkam.settings import AnalysisSettings


class Statement(Frozen):
    """What was earned over some months; costs are negative, null is not known."""

    first: str | None
    last: str | None
    """Months, both included."""
    months: int
    revenue: float | None
    rebates: float | None
    cogs: float | None
    gross_margin: float | None
    service_cost: float | None
    other: float | None
    contribution: float | None
    """Before the team is paid."""
    team_booked: float | None
    team_worked: float | None
    team_cost: float | None
    """The one of the two that counts."""
    net: float | None
    net_share: float | None
    """Of net sales."""
    missing: tuple[Line, ...]
    """Kinds of line of which something is not known."""


class TeamCost(Frozen):
    """What one mandate costs."""

    member: str
    member_id: str
    role: str
    days_asked: float | None
    days: float | None
    """Agreed, a month."""
    day_cost: float | None
    month_cost: float | None


class WithWithout(Frozen):
    """What the account brings with a team of its own, and without."""

    since: str | None
    """Month of the first mandate; null: not all mandates have a date."""
    basis: Literal["before", "break_even"] | None
    """Whether the books go back before the first mandate; null: neither can be said."""
    months_before: int
    months_since: int
    month_before: float | None
    """Mean contribution a month before."""
    month_since: float | None
    gained: float | None
    team_cost: float | None
    """Since."""
    net_gain: float | None
    growth_without: float
    break_even_sales: float | None
    """A year."""
    break_even_share: float | None
    """Of the net sales of the last twelve months."""


class AtStake(Frozen):
    """An amount a year, and how many amounts are not known."""

    amount: float
    unknown: int


class Profitability(Result):
    """What an account earns, and what its team costs."""

    currency: str
    team_basis: Basis | None
    """Which cost of the team counts."""
    not_kept: tuple[Line, ...]
    """Costs that were never in the books, and are in no figure."""
    last_year: Statement
    """The last twelve months in the books, or as many as there are."""
    year_before: Statement | None
    """The twelve months before these."""
    years: tuple[Statement, ...]
    """The newest first, as far as the books go."""
    months: tuple[Statement, ...]
    """The newest first; bounded."""
    team: tuple[TeamCost, ...]
    """The mandates on the day, the dearest first."""
    treatment: WithWithout
    at_stake: AtStake
    """All centres, pursuits and contracts."""
    alone: AtStake
    """Of it, what only one of us reaches."""
    dark: AtStake
    """Of it, what nobody of us reaches."""


def profitability(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = True
) -> Profitability:
    """Answer what an account earns, whether its team pays for itself, and what is at stake.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.
    """
    chosen = settings or AnalysisSettings()
    books, ties = Books(graph), panel(graph, chosen)
    now, before = last_year(books), last_year(books, back=YEAR)
    compared = treatment(books, chosen.growth_without)
    at_stake, alone, dark = _stakes(ties)
    ledger = Ledger(ties)
    if with_terms:
        _explain(ledger, now)
    made = Profitability(
        account=graph.account.name,
        as_of=graph.as_of,
        currency=graph.currency,
        team_basis=now.basis,
        not_kept=("service_cost",) if books.lines and "service_cost" not in books.kept else (),
        last_year=_statement(now),
        year_before=_statement(before) if len(before.months) == YEAR else None,
        years=tuple(map(_statement, by_year(books))),
        months=tuple(_statement(Earned(books, (m,))) for m in reversed(books.months[-chosen.top :])),
        team=_team(books),
        treatment=_with_without(compared, now),
        at_stake=at_stake,
        alone=alone,
        dark=dark,
        explained=ledger.explained,
        terms=ledger.terms,
    )
    found = chain(
        about_books(books, now, before, chosen),
        _about_team(graph.account.id, made, chosen),
        _about_treatment(books, made),
        _about_stakes(graph.account.id, made),
    )
    return made.model_copy(update={"findings": worst_first(found, chosen.top)})


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _statement(e: Earned) -> Statement:
    amount = {line: _float(e.amounts[line].value) if e.months else None for line in LINES}
    return Statement(
        first=e.months[0] if e.months else None,
        last=e.months[-1] if e.months else None,
        months=len(e.months),
        revenue=amount["revenue"],
        rebates=amount["rebate"],
        cogs=amount["cogs"],
        gross_margin=_float(e.gross),
        service_cost=amount["service_cost"] if "service_cost" in e.books.kept else None,
        other=amount["other"],
        contribution=_float(e.contribution),
        team_booked=amount["team_cost"] if "team_cost" in e.books.kept else None,
        team_worked=_float(e.worked.value) if e.months and e.books.mandates else None,
        team_cost=_float(e.team) if e.months else None,
        net=_float(e.net),
        net_share=_float(e.net_share),
        missing=tuple(line for line in LINES if e.amounts[line].missing),
    )


def _team(books: Books) -> tuple[TeamCost, ...]:
    rows = [
        TeamCost(
            member=member.name,
            member_id=member.id,
            role=mandate.role,
            days_asked=mandate.days_asked,
            days=mandate.days,
            day_cost=_float(member.day_cost),
            month_cost=_float(month_cost(mandate, member)),
        )
        for mandate, member in books.current
    ]
    return tuple(
        sorted(rows, key=lambda r: (-(r.month_cost or 0.0), *by_name(r.member, r.member_id), r.role))
    )


def _with_without(t: Treatment, now: Earned) -> WithWithout:
    then, since = t.before.contribution, t.after.contribution
    sales, ratio = now.net_sales, None
    if now.contribution is not None and sales and now.contribution > 0:
        ratio = now.contribution / sales
    cost = -now.team if now.team is not None and now.months else None
    even = cost / ratio if cost is not None and ratio else None
    basis: Literal["before", "break_even"] | None = "before" if t.gained is not None else None
    if basis is None and even is not None:
        basis = "break_even"
    return WithWithout(
        since=t.since,
        basis=basis,
        months_before=len(t.before.months),
        months_since=len(t.after.months),
        month_before=None if then is None else float(then / len(t.before.months)),
        month_since=None if since is None else float(since / len(t.after.months)),
        gained=_float(t.gained),
        team_cost=_float(t.after.team) if t.after.months else None,
        net_gain=_float(t.net_gain),
        growth_without=t.growth,
        break_even_sales=_float(even),
        break_even_share=float(even / sales) if even is not None and sales else None,
    )


def _stakes(ties: Panel) -> tuple[AtStake, AtStake, AtStake]:
    """Give what is at stake: in all, what rests on one of us alone, and what on nobody."""
    found = businesses(ties.graph)
    reached = [len(ties.who(b.seats)) for b in found]
    return (
        _sum(found),
        _sum(b for b, n in zip(found, reached, strict=True) if n == 1),
        _sum(b for b, n in zip(found, reached, strict=True) if n == 0),
    )


def _sum(found: Iterable[Business]) -> AtStake:
    amounts = [b.amount for b in found]
    known = sum((a for a in amounts if a is not None), Decimal(0))
    return AtStake(amount=float(known), unknown=sum(a is None for a in amounts))


def _explain(ledger: Ledger, now: Earned) -> None:
    """Say what the figures of the last twelve months are summed from."""
    amounts: Mapping[Line, Amount] = {**now.amounts, "team_cost": now.paid}

    def add(name: str, lines: Sequence[Line]) -> None:
        for line in lines:
            if amounts[line].because:
                known, because = float(amounts[line].known), amounts[line].because
                ledger.term(name, line, line, known, because=because)

    figures: tuple[tuple[str, Decimal | None, Sequence[Line]], ...] = (
        ("gross_margin", now.gross, GROSS),
        ("contribution", now.contribution, CONTRIBUTION),
        ("net", now.net, LINES),
    )
    for name, value, lines in figures:
        if value is not None:
            add(name, lines)
            ledger.figure(f"last_year.{name}", float(value), name)
    if now.net_share is not None:
        add("net sales", NET_SALES)
        ledger.figure("last_year.net_share", float(now.net_share), "net", "net sales")


def _about_team(account: str, made: Profitability, settings: AnalysisSettings) -> Iterator[Finding]:
    """Tell mandates of unknown cost, less time than asked for, and books that tell another cost."""
    unknown = [t for t in made.team if t.month_cost is None]
    if unknown:
        params: dict[str, Param] = {"count": len(unknown), "names": tuple(t.member for t in unknown)}
        yield finding("profitability_team_unknown", Severity.NOTICE, [t.member_id for t in unknown], params)
    short = [(t, t.days_asked or 0.0, t.days or 0.0) for t in made.team if t.days is not None]
    short = [(t, asked, agreed) for t, asked, agreed in short if agreed < asked]
    if short:
        told: dict[str, Param] = {
            "count": len(short),
            "asked": sum(asked for _, asked, _ in short),
            "agreed": sum(agreed for _, _, agreed in short),
            "names": tuple(t.member for t, _, _ in short),
        }
        yield finding("profitability_team_short", Severity.NOTICE, [t.member_id for t, _, _ in short], told)
    year = made.last_year
    if year.team_booked and year.team_worked:
        gap = abs(year.team_booked - year.team_worked) / max(abs(year.team_booked), abs(year.team_worked))
        if gap > settings.team_gap:
            costs: dict[str, Param] = {
                "booked": float(round(-year.team_booked)),
                "worked": float(round(-year.team_worked)),
                "currency": made.currency,
                "percent": round(100 * gap),
            }
            yield finding("profitability_team_gap", Severity.NOTICE, [account], costs)


def _about_treatment(books: Books, made: Profitability) -> Iterator[Finding]:
    """Tell what the team has brought; where nobody can know, what it must bring."""
    t, money, account = made.treatment, made.currency, books.graph.account.id
    if t.gained is not None and t.net_gain is not None:
        is_worth = t.net_gain >= 0
        code = "profitability_gained" if is_worth else "profitability_not_gained"
        params: dict[str, Param] = {
            "since": t.since,
            "gained": float(round(t.gained)),
            "cost": float(round(-(t.team_cost or 0.0))),
            "net": float(round(abs(t.net_gain))),
            "currency": money,
        }
        yield finding(code, Severity.INFO if is_worth else Severity.WARNING, [account], params)
    elif t.break_even_sales is not None and t.break_even_share is not None:
        even: dict[str, Param] = {
            "sales": float(round(t.break_even_sales)),
            "percent": round(100 * t.break_even_share, 1),
            "currency": money,
        }
        yield finding("profitability_break_even", Severity.INFO, [account], even)
        if t.since is not None and books.months and t.since <= books.months[0]:
            days: dict[str, Param] = {"since": t.since, "first": books.months[0]}
            yield finding("profitability_no_before", Severity.INFO, [account], days)


def _about_stakes(account: str, made: Profitability) -> Iterator[Finding]:
    if made.alone.amount > 0:
        params: dict[str, Param] = {
            "amount": float(round(made.alone.amount)),
            "total": float(round(made.at_stake.amount)),
            "currency": made.currency,
        }
        yield finding("profitability_alone", Severity.NOTICE, [account], params)
