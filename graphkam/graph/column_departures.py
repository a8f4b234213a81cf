"""What departures change in many accounts at once, and which business hangs on whom, from columns.

Number for number as :mod:`graphkam.analysis.departure` and :mod:`graphkam.graph.stakes` say it of one
account; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graphkam.graph.column_figures import Headlines, Measured, by_account
from graphkam.graph.columns import Flags, Floats, Indexes
from graphkam.method import grouped


def interlocutors(found: Measured) -> tuple[Indexes, Indexes]:
    """Give of each piece of business how many of us have a live tie into it, and the one if it is one."""
    columns = found.columns
    team, seat = found.team[found.live], found.live_seat  # the positions ascend
    behind = columns.behind
    first, last = (np.searchsorted(seat, behind.seat, side) for side in ("left", "right"))
    each = last - first
    begins = np.repeat(first - np.concatenate([[0], np.cumsum(each)[:-1]]), each) if len(each) else each
    who = team[begins + np.arange(int(each.sum()))]
    teams = max(len(columns.team.account), 1)
    keys = grouped.unique(np.repeat(behind.business, each) * teams + who)
    business, who = np.divmod(keys, teams)
    count = grouped.counts(business, len(columns.business.account))
    one = np.full(len(count), -1, dtype=np.int64)
    one[business] = who
    return count, np.where(count == 1, one, -1)


@dataclass(frozen=True)
class Leaving:
    """What the departure of some people changes, account by account."""

    before: Headlines
    after: Headlines
    is_touched: Flags
    """Whether one of them is on the account, or holds a position there."""
    loss: Floats
    """Share of the covered weight that goes dark."""
    dark: Indexes
    sole: Indexes
    exposure: Floats
    """Amounts of the business left with nobody; nan where only unknown amounts are."""
    unknown_amounts: Indexes


def leaving(found: Measured, ids: Iterable[str]) -> Leaving:
    """Give what changes in each account if some people leave, of ours or of theirs.

    Parameters
    ----------
    found
        The ties.
    ids
        Ids of members or of people of the clients.
    """
    columns, gone = found.columns, list(ids)
    team_gone = np.isin(columns.members.id, gone)[columns.team.member]
    is_person = np.append(np.isin(columns.people.id, gone), [False])  # the last: nobody can name the holder
    seat_gone = is_person[columns.seats.person]
    after = found.without(team_gone[found.team] | seat_gone[found.seat])
    groups = len(columns.accounts.id)
    here = (columns.team.account[team_gone], columns.seats.account[seat_gone])
    was, now = by_account(found), by_account(after)
    touched, account = after.n < found.n, columns.seats.account
    of_business = columns.business.account
    lost = (interlocutors(found)[0] > 0) & (interlocutors(after)[0] == 0)
    is_known = ~np.isnan(columns.business.amount)
    amount = grouped.sums(of_business[lost & is_known], columns.business.amount[lost & is_known], groups)
    known, unknown = (grouped.counts(of_business[lost & k], groups) for k in (is_known, ~is_known))
    return Leaving(
        before=was,
        after=now,
        is_touched=np.isin(np.arange(groups), np.concatenate(here)),
        loss=grouped.ratios(was.covered - now.covered, was.covered),
        dark=grouped.counts(account[touched & (after.n == 0)], groups),
        sole=grouped.counts(account[touched & (after.n == 1)], groups),
        exposure=np.where((unknown > 0) & (known == 0), np.nan, amount),
        unknown_amounts=unknown,
    )
