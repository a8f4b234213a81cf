"""How do all accounts stand, and who of us carries them?

Every headline figure of every account at once, by account, by member or by country, worked out in
columns; each is defined where its analysis is, and equal to what that analysis says of the account.

- By **account**: C1, C2, bow-tie index, max_loss, concentration; *exposure* is the business that hangs
  on one of us alone.
- By **member**, over all accounts: *load*, the live ties, against *capacity*, those one can keep; the days
  a month asked for and agreed; *sole weight*, what nobody else covers, and *loss*, the same as a share of
  all that is covered; a member *carries* an account if at least half of what is covered there goes with
  him or her.
- By **country** of the client's units: the same shares, over the positions of the country.
- **Departures**: what changes in each account if some people leave.
- **Trend**: C2 and max_loss of each account on several days.

Source: design, analyses.md, "portfolio".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Literal

import numpy as np

from graphkam.errors import Param
from graphkam.graph.column_departures import leaving
from graphkam.graph.column_figures import Headlines, Measured, by_account, loads, measured
from graphkam.graph.columns import Columns, Indexes, unseen
from graphkam.graph.findings import finding, worst_first
from graphkam.model.base import Finding, Frozen, Severity
from graphkam.review.portfolio_rows import (
    HALF,
    AccountRow,
    CountryRow,
    LeftAccount,
    MemberRow,
    TrendRow,
    account_rows,
    country_rows,
    days_short,
    first,
    left_rows,
    member_rows,
    named_members,
    trend_rows,
)
from graphkam.settings import AnalysisSettings

By = Literal["account", "member", "country"]
_FELL = 0.05
"""Fall of C2 from which a finding is made."""
_NAMED = 5
"""Accounts that a finding names."""


class Totals(Frozen):
    """The whole portfolio; shares are of the weight of all accounts."""

    accounts: int
    people: int
    seats: int
    vacant: int
    members: int
    live_ties: int
    weight: float
    c1: float | None
    c2: float | None
    overloaded: int
    """Members who keep more live ties than they can."""
    carried: int
    """Accounts of which at least half of what is covered goes with one of us."""


class Portfolio(Frozen):
    """All accounts. Lists are bounded by the setting ``top``, the worst first; totals are exact."""

    as_of: date
    by: By
    totals: Totals
    accounts: tuple[AccountRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    countries: tuple[CountryRow, ...] = ()
    leaves: tuple[str, ...] = ()
    """Ids of those whose departure is looked at."""
    departures: tuple[LeftAccount, ...] = ()
    trend: tuple[TrendRow, ...] = ()
    findings: tuple[Finding, ...] = ()


def portfolio(
    days: Sequence[Columns],
    *,
    by: By = "account",
    leaves: Sequence[str] = (),
    settings: AnalysisSettings | None = None,
) -> Portfolio:
    """Answer how all accounts stand.

    Parameters
    ----------
    days
        All accounts as of one day; as of several, in order, for the trend: the last is looked at.
    by
        What the list is of.
    leaves
        Ids of people, ours or theirs, whose departure is looked at.
    settings
        Defaults of the analyses.
    """
    chosen = settings or AnalysisSettings()
    columns, top = days[-1], chosen.top
    found = measured(columns, chosen, with_bounds=by == "account")
    heads, load = by_account(found), loads(found)
    earlier = [(c, by_account(measured(c, chosen, with_bounds=False))) for c in days[:-1]]
    trend = trend_rows([*earlier, (columns, heads)], len(columns.accounts.id)) if earlier else ()
    countries = country_rows(found, len(columns.country[1]))
    told = chain(
        _about_accounts(columns, heads),
        _about_members(columns, load),
        _about_countries(countries),
        _about_trend(trend),
        _about_the_unseen(days),
    )
    return Portfolio(
        as_of=columns.as_of,
        by=by,
        totals=_totals(found, heads, load),
        accounts=account_rows(found, heads, top) if by == "account" else (),
        members=member_rows(found, heads, load, top) if by == "member" else (),
        countries=countries[:top] if by == "country" else (),
        leaves=tuple(leaves),
        departures=left_rows(columns, leaving(found, leaves), top) if leaves else (),
        trend=trend[:top],
        findings=worst_first(told, top),
    )


def _totals(found: Measured, heads: Headlines, load: Indexes) -> Totals:
    columns, weight, n = found.columns, found.weight, found.n
    total = float(weight.sum())
    shares = (float(weight[n >= least].sum()) / total if total > 0 else None for least in (1, 2))
    return Totals(
        accounts=len(columns.accounts.id),
        people=int(columns.accounts.people.sum()),
        seats=len(weight),
        vacant=int(columns.accounts.vacant.sum()),
        members=len(columns.members.id),
        live_ties=int(found.live.sum()),
        weight=total,
        c1=next(shares),
        c2=next(shares),
        overloaded=int((load > columns.members.capacity).sum()),
        carried=int((heads.max_loss >= HALF).sum()),
    )


def _about_accounts(columns: Columns, heads: Headlines) -> Iterator[Finding]:
    """Tell the accounts in which nobody has a live tie, then whom most accounts hang on."""
    accounts, members = columns.accounts, columns.members
    for i in first(np.where(heads.covered == 0, heads.weight, 0.0)):
        if heads.covered[i] > 0 or heads.weight[i] == 0:
            break
        yield finding(
            "portfolio_dark_account",
            Severity.CRITICAL,
            [accounts.id[i]],
            {"account": accounts.name[i], "count": int(heads.seats[i])},
        )
    carried_by: dict[int, list[int]] = {}
    most = named_members(columns, heads).tolist()
    for i in first(heads.max_loss).tolist():
        if heads.max_loss[i] >= HALF:
            carried_by.setdefault(most[i], []).append(i)
    for m, own in sorted(carried_by.items(), key=lambda item: (-len(item[1]), item[0])):
        yield finding(
            "portfolio_carried",
            Severity.CRITICAL,
            [members.id[m], *(accounts.id[i] for i in own[:_NAMED])],
            {
                "member": members.name[m],
                "count": len(own),
                "accounts": tuple(accounts.name[i] for i in own[:_NAMED]),
            },
        )


def _about_members(columns: Columns, load: Indexes) -> Iterator[Finding]:
    """Tell who keeps more ties than he or she can, and who has less time than was asked for."""
    members, missing = columns.members, days_short(columns)
    over = np.nan_to_num(load - members.capacity)
    for m in first(over).tolist():
        if over[m] <= 0:
            break
        params = {"member": members.name[m], "count": int(load[m]), "capacity": int(members.capacity[m])}
        yield finding("portfolio_overloaded", Severity.WARNING, [members.id[m]], params)
    for m in first(missing).tolist():
        if missing[m] <= 0:
            break
        params = {"member": members.name[m], "count": float(missing[m])}
        yield finding("portfolio_time", Severity.NOTICE, [members.id[m]], params)
    if unlimited := int(np.isnan(members.capacity).sum()):
        yield finding("portfolio_unlimited", Severity.INFO, (), {"count": unlimited})


def _about_countries(rows: Sequence[CountryRow]) -> Iterator[Finding]:
    """Tell the countries in which nobody has a live tie, unless it is the only one."""
    for row in rows:
        if row.c1 == 0 and row.country and len(rows) > 1:
            params: dict[str, Param] = {"country": row.country, "count": row.seats}
            yield finding("portfolio_dark_country", Severity.WARNING, [row.country], params)


def _about_trend(rows: Sequence[TrendRow]) -> Iterator[Finding]:
    """Tell of which accounts C2 fell."""
    for row in rows:
        if row.c2_change is not None and row.c2_change <= -_FELL:
            before, after = (round(100 * (p.c2 or 0)) for p in (row.points[0], row.points[-1]))
            params: dict[str, Param] = {"account": row.account, "before": before, "after": after}
            params["since"] = row.points[0].day
            yield finding("portfolio_fell", Severity.WARNING, [row.account_id], params)


def _about_the_unseen(days: Sequence[Columns]) -> Iterator[Finding]:
    """Tell that the figures of the first day may be too low, for want of records from then."""
    if len(days) > 1 and (count := unseen(days[0], days[-1])):
        yield finding("portfolio_unseen", Severity.INFO, (), {"count": count, "since": days[0].as_of})
