"""The rows of a portfolio: of accounts, of our members, of countries, of a departure, of days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.column_departures import Leaving, interlocutors
from graphkam.graph.column_figures import (
    Headlines,
    Measured,
    bounds,
    by_country,
)
from graphkam.graph.columns import Columns, Flags, Floats, Indexes
from graphkam.method import grouped
from graphkam.model.base import Frozen

R = TypeVar("R", bound=Frozen)


class AccountRow(Frozen):
    """One account; shares are 0 to 1, null = undefined."""

    account: str
    account_id: str
    people: int
    seats: int
    vacant: int
    vacant_weight: float
    members: int
    live_ties: int
    weight: float
    c1: float | None
    c1_low: float | None
    c1_high: float | None
    c2: float | None
    c2_low: float | None
    c2_high: float | None
    bow_tie: float | None
    bow_tie_low: float | None
    bow_tie_high: float | None
    bow_tie_member: str | None
    bow_tie_member_id: str | None
    max_loss: float | None
    hhi: float | None
    effective_interlocutors: float | None
    currency: str
    exposure: float | None
    """Business whose only live interlocutor is one of us; null where no business is recorded, or only
    unknown amounts hang so."""
    unknown_amounts: int
    value: float | None
    """All business of a year that is known, each amount once; null where of none the amount is known."""
    dark: float | None
    """Of it, what nobody of us reaches; null as for ``exposure``."""


class MemberRow(Frozen):
    """One of us, over all accounts."""

    member: str
    member_id: str
    accounts: int
    implied: int
    """Of them, those without a mandate."""
    load: int
    """Live ties; one to a person in two positions is one."""
    capacity: int | None
    """Live ties that he or she can keep; null = not limited."""
    days_asked: float | None
    """Days a month, over all mandates; null = nothing is known."""
    days: float | None
    """The same, agreed."""
    days_short: float
    """What was asked beyond what was agreed, where both are known."""
    sole_weight: float
    """The weight that nobody else covers."""
    sole_of: int
    """Positions that nobody else covers."""
    loss: float | None
    """The same as a share of all that is covered in the portfolio."""
    carries: int
    """Accounts of which at least half of what is covered goes with the member."""
    exposure: Mapping[str, float]
    """Business that hangs on the member alone, by currency: amounts of different ones do not add up."""
    unknown_amounts: int


class CountryRow(Frozen):
    """One country: of the unit, otherwise of the account."""

    country: str | None
    """ISO 3166; null = not known."""
    accounts: int
    seats: int
    members: int
    """Of us, with a live tie there."""
    live_ties: int
    weight: float
    c1: float | None
    c2: float | None
    bow_tie: float | None
    bow_tie_member: str | None
    max_loss: float | None


class LeftAccount(Frozen):
    """What a departure changes in one account."""

    account: str
    account_id: str
    c1_before: float | None
    c1_after: float | None
    c2_before: float | None
    c2_after: float | None
    loss: float | None
    """Share of the covered weight that goes dark."""
    dark: int
    sole: int
    currency: str
    exposure: float | None
    """Business left with nobody; null where only unknown amounts are."""
    unknown_amounts: int


class Point(Frozen):
    """An account on a day; null = undefined, or not there."""

    day: date
    c2: float | None
    max_loss: float | None


class TrendRow(Frozen):
    """How an account has gone."""

    account: str
    account_id: str
    points: tuple[Point, ...] = ()
    c2_change: float | None
    """From the first day to the last."""
    max_loss_change: float | None


HALF = 0.5
"""Part of what is covered from which a member carries an account."""


def rows(kind: type[R], chosen: Indexes, table: Mapping[str, NDArray[Any]]) -> tuple[R, ...]:
    """Give rows of some entries of columns; what is undefined in them is None."""
    lists = [_plain(values[chosen]) for values in table.values()]
    return tuple(kind(**dict(zip(table, row, strict=True))) for row in zip(*lists, strict=True))


def _plain(values: NDArray[Any]) -> list[Any]:
    found = values.tolist()
    return [None if v != v else v for v in found]  # noqa: PLR0124 - nan alone differs from itself


def first(figure: Floats) -> Indexes:
    """Give the places from the greatest figure to the least, the undefined last; equals stay as they are."""
    return np.argsort(-np.where(np.isnan(figure), -1.0, figure), kind="stable")


def named(texts: NDArray[Any], places: Indexes) -> NDArray[Any]:
    """Give the text at each place; None at the place -1."""
    return np.append(texts, np.array([None], dtype=object))[places]


def account_rows(found: Measured, heads: Headlines, top: int) -> tuple[AccountRow, ...]:
    """Give the accounts, the greatest loss first."""
    columns, groups = found.columns, len(found.columns.accounts.id)
    accounts, most = columns.accounts, named_members(columns, heads)
    alone, unknown = _reached_by(found, 1)
    value, dark = _known_business(columns), _reached_by(found, 0)[0]
    table = {
        **{name: getattr(heads, name) for name in _HEADS},
        **vars(bounds(found)),
        "account": accounts.name,
        "account_id": accounts.id,
        "people": accounts.people,
        "vacant": accounts.vacant,
        "vacant_weight": accounts.vacant_weight,
        "members": grouped.counts(columns.team.account, groups),
        "effective_interlocutors": heads.effective,
        "bow_tie_member": named(columns.members.name, most),
        "bow_tie_member_id": named(columns.members.id, most),
        "currency": accounts.currency,
        "exposure": alone,
        "unknown_amounts": unknown,
        "value": value,
        "dark": dark,
    }
    return rows(AccountRow, first(heads.max_loss)[:top], table)


_HEADS = ("seats", "live_ties", "weight", "c1", "c2", "bow_tie", "max_loss", "hhi")


def named_members(columns: Columns, heads: Headlines) -> Indexes:
    """Give the member who is the bow tie of each account; -1 = nobody is."""
    return np.append(columns.team.member, [-1])[heads.most]


def _known_business(columns: Columns) -> Floats:
    """Give of each account the known amounts of its business; nan where of none the amount is known."""
    business, groups = columns.business, len(columns.accounts.id)
    known = ~np.isnan(business.amount)
    owner = business.account[known]
    return np.where(
        grouped.counts(owner, groups) > 0, grouped.sums(owner, business.amount[known], groups), np.nan
    )


def _reached_by(found: Measured, many: int) -> tuple[Floats, Indexes]:
    """Give of each account the business that so many of us reach, and how many amounts of it are unknown.

    The amount is nan where no business is recorded, or only unknown amounts are reached so.
    """
    business, groups = found.columns.business, len(found.columns.accounts.id)
    owner, is_so = business.account, interlocutors(found)[0] == many
    known = is_so & ~np.isnan(business.amount)
    amount = grouped.sums(owner[known], business.amount[known], groups)
    unknown = grouped.counts(owner[is_so & ~known], groups)
    has_business = grouped.counts(owner, groups) > 0
    return np.where((amount == 0) & ((unknown > 0) | ~has_business), np.nan, amount), unknown


def days_short(columns: Columns) -> Floats:
    """Give of each member the days that were asked for beyond those agreed, where both are known."""
    team = columns.team
    short = np.nan_to_num(np.maximum(team.days_asked - team.days, 0))
    return grouped.sums(team.member, short, len(columns.members.id))


def member_rows(found: Measured, heads: Headlines, load: Indexes, top: int) -> tuple[MemberRow, ...]:
    """Give our members, each with his or her load, those with whom most of what is covered would go first."""
    columns, many = found.columns, len(found.columns.members.id)
    team, members = columns.team, columns.members
    alone = grouped.sums(team.member, heads.sole, many)
    loss = grouped.ratios(alone, np.full(many, heads.covered.sum()))
    chosen = first(loss)[:top]
    exposure, unknown = _hung_on_members(found, chosen)
    table = {
        "member": members.name,
        "member_id": members.id,
        "accounts": grouped.counts(team.member, many),
        "implied": grouped.counts(team.member[team.is_implied], many),
        "load": load,
        "capacity": members.capacity,
        "days_asked": _known_sum(team.member, team.days_asked, many),
        "days": _known_sum(team.member, team.days, many),
        "days_short": days_short(columns),
        "sole_weight": alone,
        "sole_of": grouped.counts(team.member[found.team[_is_only(found)]], many),
        "loss": loss,
        "carries": carried(columns, heads),
        "exposure": exposure,
        "unknown_amounts": unknown,
    }
    return rows(MemberRow, chosen, table)


def _is_only(found: Measured) -> Flags:
    """Tell of each tie whether it is the only live one to its position."""
    is_only: Flags = found.live & (found.n[found.seat] == 1)
    return is_only


def carried(columns: Columns, heads: Headlines) -> Indexes:
    """Give how many accounts each member carries: at least half of what is covered goes with one."""
    most = named_members(columns, heads)[heads.max_loss >= HALF]
    return grouped.counts(most, len(columns.members.id))


def _known_sum(member: Indexes, days: Floats, many: int) -> Floats:
    known = ~np.isnan(days)
    found = grouped.sums(member[known], days[known], many)
    return np.where(grouped.counts(member[known], many) > 0, found, np.nan)


def _hung_on_members(found: Measured, chosen: Indexes) -> tuple[NDArray[Any], Indexes]:
    """Give the business that hangs on each member alone, by currency, and how many amounts are unknown."""
    columns, many = found.columns, len(found.columns.members.id)
    count, one = interlocutors(found)
    held = np.flatnonzero(count == 1)
    member = columns.team.member[one[held]]
    amount = columns.business.amount[held]
    currency = columns.accounts.currency[columns.business.account[held]]
    known = ~np.isnan(amount)
    exposure = np.array([{} for _ in range(many)], dtype=object)
    listed = known & np.isin(member, chosen)
    for m, code, value in zip(
        member[listed].tolist(), currency[listed].tolist(), amount[listed].tolist(), strict=True
    ):
        exposure[m][code] = exposure[m].get(code, 0.0) + value
    return exposure, grouped.counts(member[~known], many)


def country_rows(found: Measured, top: int) -> tuple[CountryRow, ...]:
    """Give the countries, those of the least C2 first, then of the least C1, then the heaviest."""
    columns = found.columns
    (country, names), (heads, member) = columns.country, by_country(found)
    groups = len(names)
    pairs = grouped.unique(country * max(len(columns.accounts.id), 1) + columns.seats.account)
    live = grouped.unique(
        country[found.seat[found.live]] * max(len(columns.members.id), 1)
        + columns.team.member[found.team[found.live]]
    )
    table = {
        **{name: getattr(heads, name) for name in _HEADS if name != "hhi"},
        "country": np.array([name or None for name in names], dtype=object),
        "accounts": grouped.counts(pairs // max(len(columns.accounts.id), 1), groups),
        "members": grouped.counts(live // max(len(columns.members.id), 1), groups),
        "bow_tie_member": named(columns.members.name, np.append(member, [-1])[heads.most]),
    }
    c2, c1 = (np.where(np.isnan(share), 2.0, share) for share in (heads.c2, heads.c1))
    order = np.lexsort((-heads.weight, c1, c2))
    return rows(CountryRow, order[heads.seats[order] > 0][:top], table)


def left_rows(columns: Columns, found: Leaving, top: int) -> tuple[LeftAccount, ...]:
    """Give the accounts that a departure touches, the greatest loss first."""
    table = {
        "account": columns.accounts.name,
        "account_id": columns.accounts.id,
        "c1_before": found.before.c1,
        "c1_after": found.after.c1,
        "c2_before": found.before.c2,
        "c2_after": found.after.c2,
        "loss": found.loss,
        "dark": found.dark,
        "sole": found.sole,
        "currency": columns.accounts.currency,
        "exposure": found.exposure,
        "unknown_amounts": found.unknown_amounts,
    }
    order = first(np.nan_to_num(found.loss))
    return rows(LeftAccount, order[found.is_touched[order]][:top], table)


def trend_rows(days: Sequence[tuple[Columns, Headlines]], top: int) -> tuple[TrendRow, ...]:
    """Give how the accounts of the last day have gone, the greatest fall of C2 first."""
    now = days[-1][0].accounts
    c2, loss = (
        np.array([_of_account(heads, columns, now.id, name) for columns, heads in days])
        for name in ("c2", "max_loss")
    )
    fall = c2[0] - c2[-1]
    order = np.argsort(np.where(np.isnan(fall), np.inf, -fall), kind="stable")[:top]
    points = [
        tuple(
            Point(day=columns.as_of, c2=a, max_loss=b)
            for (columns, _), a, b in zip(days, _plain(c2[:, i]), _plain(loss[:, i]), strict=True)
        )
        for i in order
    ]
    table = {
        "account": now.name,
        "account_id": now.id,
        "c2_change": -fall,
        "max_loss_change": loss[-1] - loss[0],
    }
    return tuple(
        row.model_copy(update={"points": p})
        for row, p in zip(rows(TrendRow, order, table), points, strict=True)
    )


def _of_account(heads: Headlines, columns: Columns, ids: NDArray[Any], name: str) -> Floats:
    """Give a figure of each account of a list; nan where it was not there."""
    place = {i: k for k, i in enumerate(columns.accounts.id.tolist())}
    figure: Floats = np.append(getattr(heads, name), [np.nan])
    return figure[[place.get(i, -1) for i in ids.tolist()]]
