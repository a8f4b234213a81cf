"""Portfolios of any size in columns, made up from a seed: the same arguments give the same portfolio.

``portfolio(1_000_000, 2_000_000)`` has a million positions in 4,000 accounts of 250, eight of us on each,
of 5,000 in all; some know many (Zipf). A few positions have a holder nobody can name, a weight nobody
knows, or a holder who has left; a few ties have a level or a date that nobody knows.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.columns import (
    AccountColumns,
    BehindColumns,
    BusinessColumns,
    Columns,
    MemberColumns,
    PersonColumns,
    SeatColumns,
    TeamColumns,
    TieColumns,
)
from graphkam.method.grouped import unique

DAY = date(2026, 11, 23)
SEED = 20261123
PER_ACCOUNT, TEAM, MEMBERS_EACH = 250, 8, 1.25
NAMELESS, UNWEIGHED, LEFT, UNLEVELLED, UNDATED = 0.03, 0.05, 0.01, 0.03, 0.02
BUSINESS, BEHIND = 5, 6
"""Pieces of business of an account, and positions behind each."""
COUNTRIES = np.array(["DE", "ES", "FR", "IN", "IT", "US"], dtype=object)


def portfolio(stakeholders: int, ties: int, *, seed: int = SEED) -> Columns:
    """Make a portfolio.

    Parameters
    ----------
    stakeholders
        Positions that count.
    ties
        Contact ties, each of another pair.
    seed
        Of the random numbers.
    """
    dice = np.random.default_rng(seed)
    accounts = max(stakeholders // PER_ACCOUNT, 1)
    members = max(int(accounts * MEMBERS_EACH), TEAM)
    account = np.sort(dice.integers(0, accounts, stakeholders))
    is_named = dice.random(stakeholders) >= NAMELESS
    people = int(is_named.sum())
    person = np.where(is_named, np.cumsum(is_named) - 1, -1)
    weight = dice.choice(np.array([1, 1, 2, 2, 3, 3, 4, 5], dtype=np.uint8), stakeholders)
    weight[dice.random(stakeholders) < UNWEIGHED] = 0
    seat, place = _pairs(dice, np.flatnonzero(is_named), ties)
    level = dice.choice(np.array([1, 2, 2, 3, 3], dtype=np.int8), ties)
    level[dice.random(ties) < UNLEVELLED] = -1
    businesses = np.repeat(np.arange(accounts), BUSINESS)
    return Columns(
        as_of=DAY,
        accounts=AccountColumns(
            id=_texts("A", accounts),
            name=_texts("Account ", accounts),
            currency=np.full(accounts, "EUR", dtype=object),
            people=np.bincount(account[is_named], minlength=accounts),
            vacant=np.zeros(accounts, dtype=np.int64),
            vacant_weight=np.zeros(accounts),
        ),
        members=MemberColumns(
            id=_texts("M", members), name=_texts("Ours ", members), capacity=np.full(members, 60.0)
        ),
        people=PersonColumns(id=_texts("P", people)),
        seats=SeatColumns(
            account=account,
            person=person,
            weight=weight,
            country=COUNTRIES[dice.integers(0, len(COUNTRIES), stakeholders)],
            has_left=dice.random(stakeholders) < LEFT,
        ),
        team=TeamColumns(
            account=np.repeat(np.arange(accounts), TEAM),
            member=_team(dice, accounts, members),
            is_implied=np.zeros(accounts * TEAM, dtype=np.bool_),
            days_asked=np.full(accounts * TEAM, 2.0),
            days=np.full(accounts * TEAM, 1.5),
        ),
        ties=TieColumns(
            seat=seat,
            team=account[seat] * TEAM + place,
            level=level,
            day=(DAY.toordinal() - dice.exponential(90, ties)).astype(np.int32),
            is_dated=dice.random(ties) >= UNDATED,
        ),
        business=BusinessColumns(
            account=businesses, amount=np.round(dice.exponential(300_000, len(businesses)), -3)
        ),
        behind=_behind(dice, businesses, account, accounts),
    )


def _texts(start: str, count: int) -> NDArray[np.object_]:
    return np.array([f"{start}{i:07}" for i in range(count)], dtype=object)


def _pairs(
    dice: np.random.Generator, named: NDArray[np.int64], ties: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw who of an account's team knows whom, without drawing a pair twice."""
    shares = 1 / np.arange(1, TEAM + 1) ** 0.8
    found = np.array([], dtype=np.int64)
    while len(found) < ties:
        many = ties + ties // 2
        drawn = dice.choice(named, many) * TEAM + dice.choice(TEAM, many, p=shares / shares.sum())
        found = unique(np.concatenate([found, drawn]))
    kept = np.sort(dice.choice(found, ties, replace=False))
    return kept // TEAM, kept % TEAM


def _team(dice: np.random.Generator, accounts: int, members: int) -> NDArray[np.int64]:
    """Give each account a team of distinct members, in their order."""
    first = dice.integers(0, members, accounts)
    team = (first[:, None] + np.arange(TEAM) * max(members // TEAM, 1)) % members
    return np.sort(team, axis=1).ravel()


def _behind(
    dice: np.random.Generator, businesses: NDArray[np.int64], account: NDArray[np.int64], accounts: int
) -> BehindColumns:
    size = np.bincount(account, minlength=accounts)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    business = np.repeat(np.arange(len(businesses)), BEHIND)
    owner = businesses[business]
    drawn = (dice.random(len(business)) * np.maximum(size[owner], 1)).astype(np.int64)
    kept = size[owner] > 0
    return BehindColumns(business=business[kept], seat=(first[owner] + drawn)[kept])
