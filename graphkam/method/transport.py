"""Takers who need some suppliers each, suppliers who have room for so many: the cheapest way, exactly.

Minimise sum c x + sum P_t u_t over the pairs, where for each taker t the x of its pairs and u_t, what it
is short of, make its need; each supplier's x make at most its room; a taker takes at most so many of one
group of suppliers; 0 <= x <= 1. Takers, groups within them and suppliers are laminar, so that it is a
flow: every vertex of the linear programme is integral, and the dual simplex of HiGHS stops at one. P_t
is the taker's weight times more than a chain of exchanges can save: the least weight is left short, and
only then cost counts.

Of several cheapest plans the order of the pairs chooses: a second programme stays on the face of the
cheapest ones. The programme begins without the groups, and with the cheapest pairs of each taker where
there are many (``WHOLE``); it takes in the groups of which somebody has too many, and the pairs that
its prices say could still save, until there are none.

Source: Ahuja, Magnanti & Orlin, *Network Flows* (1993); the face by complementary slackness.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graphkam.method.solver import ENDLESS, NOTHING, Entries, Programme, Solution

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

WHOLE = 20_000
"""Pairs up to which the programme is solved at once, and the order of the pairs decides among equals."""
_BEYOND = 8
"""Pairs of each taker, beyond its need, with which a large programme begins; and that it takes in at once."""
_CLOSE = 1e-10
"""Below this, times the greatest price, a saving is none."""
_ROUNDED = 1e-6
"""The solver's own rounding."""
_TAKEN = 0.5
"""A vertex is 0 or 1, but for the last digits."""


@dataclass(frozen=True)
class Transport:
    """Who could supply whom, at what cost; pairs as parallel arrays, each pair once."""

    supplier: Indexes
    taker: Indexes
    cost: Floats
    room: Floats
    """Of each supplier; infinite = no limit."""
    need: Indexes
    """Of each taker."""
    weight: Floats
    """Of each taker, more than nothing: the least weight is left short."""
    group: Indexes
    """Of each supplier; below 0 = in none."""
    per_group: int = 0
    """How many of one group a taker takes at most; 0 = no limit."""

    is_elastic: bool = False
    """Whether suppliers may take on more than they have room for, at a price above all costs."""

    @cached_property
    def beyond(self) -> float:
        """What a unit of room that is not there costs: more than all exchanges in a chain can save."""
        chain = 2 * min(len(self.room), len(self.need)) + 2
        span = float(np.ptp(self.cost)) if len(self.cost) else 0.0
        return float(np.abs(self.cost).max(initial=0.0)) + chain * span + 1.0

    @cached_property
    def penalty(self) -> float:
        """What it costs to leave a unit of weight short: more than that, however close the weights are."""
        weights = np.unique(np.concatenate([[0.0], self.weight]))
        apart = float(np.diff(weights).min(initial=1.0))
        return self.beyond * (1 + self.is_elastic) / apart

    @cached_property
    def within(self) -> Indexes:
        """Give a number to the group of each pair within its taker."""
        groups = int(self.group.max(initial=-1)) + 2  # one for those in none
        found: Indexes = self.taker * groups + self.group[self.supplier] + 1
        return found


@dataclass(frozen=True)
class Plan:
    """A cheapest plan."""

    chosen: Flags
    """Of each pair."""
    short: Indexes
    """Of each taker: how many it does not get."""
    over: Indexes
    """Of each supplier: how many it takes on beyond its room."""
    cost: float
    """Of the pairs chosen."""


def transport(case: Transport) -> Plan:
    """Give the cheapest plan among those that leave the least weight short; of equals the first in order."""
    chosen = _unhindered(case)
    if (np.bincount(case.supplier[chosen], minlength=len(case.room)) > case.room).any():
        chosen = _whole(case) if len(case.cost) <= WHOLE else _grown(case)
    taken = np.bincount(case.taker[chosen], minlength=len(case.need))
    given = np.bincount(case.supplier[chosen], minlength=len(case.room))
    over = np.maximum(given - case.room, 0).astype(np.int64)
    return Plan(chosen, case.need - taken, over, float(case.cost[chosen].sum()))


def _unhindered(case: Transport) -> Flags:
    """Give each taker its cheapest, as if there were room for all: the best, where there is."""
    order = np.arange(len(case.cost))
    group = case.group[case.supplier]
    is_first = np.ones(len(order), dtype=np.bool_)
    if case.per_group > 0:
        is_first = (group < 0) | (_place(case.within, case.cost, order) < case.per_group)
    chosen = np.zeros(len(order), dtype=np.bool_)
    kept = np.flatnonzero(is_first)
    place = _place(case.taker[kept], case.cost[kept], order[kept])
    chosen[kept[place < case.need[case.taker[kept]]]] = True
    return chosen


def _whole(case: Transport) -> Flags:
    """Solve a case at once; of equals the first in the order of the pairs."""
    plans = _Plans(case)
    plans.enter(np.arange(len(case.cost)))
    return plans.first(plans.solved())


def _grown(case: Transport) -> Flags:
    """Solve a case of many pairs: begin with few, take in those that the prices say could save."""
    # Of equally cheap ones each taker begins with others, so that they don't all want the same.
    turn = (case.supplier - 7 * case.taker) % len(case.room)
    is_in = _place(case.taker, case.cost, turn) < case.need[case.taker] + _BEYOND
    entering = np.flatnonzero(is_in)
    plans = _Plans(case)
    while True:
        plans.enter(entering)
        found = plans.solved()
        saving = case.cost - plans.price(found)
        entering = np.flatnonzero(~is_in & (saving < -plans.close))
        if not len(entering):
            return plans.chosen(found)
        best = _place(case.taker[entering], saving[entering], turn[entering]) < _BEYOND
        entering = entering[best]
        is_in[entering] = True


def _place(taker: Indexes, cost: Floats, turn: Indexes) -> Indexes:
    """Give the place of each pair among those of its taker, or of its group there, the cheapest first."""
    order = np.lexsort((turn, cost, taker))
    sorted_takers = taker[order]
    first = np.searchsorted(sorted_takers, sorted_takers)
    place = np.empty(len(taker), dtype=np.int64)
    place[order] = np.arange(len(taker)) - first
    return place


class _Plans:
    """The programme of a case.

    Columns: what each taker is short of, room that is not there, then the pairs as they come in. Rows: the
    takers, the suppliers without room for all, then the groups as they come in.
    """

    def __init__(self, case: Transport) -> None:
        self.case = case
        self._limited = np.flatnonzero(np.isfinite(case.room))
        takers, limited = len(case.need), len(self._limited)
        self._row_of = np.full(len(case.room), -1, dtype=np.int64)
        self._row_of[self._limited] = takers + np.arange(limited)
        self._pairs = self._groups = np.zeros(0, dtype=np.int64)
        self._programme = Programme()
        self._first_group = takers + limited
        need = case.need.astype(np.float64)
        low = np.concatenate([need, np.full(limited, -ENDLESS)])
        self._programme.add_rows(low, np.concatenate([need, case.room[self._limited]]), NOTHING)
        elastic = limited if case.is_elastic else 0
        self._cost = np.concatenate([case.penalty * case.weight, np.full(elastic, case.beyond)])
        self._most = np.concatenate([need, np.full(elastic, ENDLESS)])
        self._slack = takers + elastic
        at = np.arange(self._slack)
        given = Entries(at, at, np.concatenate([np.ones(takers), -np.ones(elastic)]))
        self._programme.add_columns(self._cost, np.zeros(self._slack), self._most, given)

    @property
    def close(self) -> float:
        """Below this a saving is none."""
        return _CLOSE * float(max(self._cost.max(), self.case.cost.max()))

    def enter(self, pairs: Indexes) -> None:
        """Take in pairs."""
        case, columns = self.case, np.arange(len(pairs))
        of, at = [columns], [case.taker[pairs]]
        for row in (self._row_of[case.supplier[pairs]], self._group_row(pairs)):
            of.append(columns[row >= 0])
            at.append(row[row >= 0])
        entries = Entries(np.concatenate(of), np.concatenate(at), np.ones(sum(map(len, of))))
        cost, most = case.cost[pairs], np.ones(len(pairs))
        self._programme.add_columns(cost, np.zeros(len(pairs)), most, entries)
        self._pairs = np.concatenate([self._pairs, pairs])
        self._cost, self._most = np.concatenate([self._cost, cost]), np.concatenate([self._most, most])

    def _group_row(self, pairs: Indexes) -> Indexes:
        """Give the row of the group of each pair; -1 = it has none."""
        if not len(self._groups):
            return np.full(len(pairs), -1, dtype=np.int64)
        order = np.argsort(self._groups)
        wanted = self.case.within[pairs]
        place = order[np.minimum(np.searchsorted(self._groups, wanted, sorter=order), len(order) - 1)]
        return np.where(self._groups[place] == wanted, self._first_group + place, -1)

    def solved(self) -> Solution:
        """Give a cheapest solution of the pairs that are in; no taker has too many of a group."""
        while True:
            found = self._programme.solved()
            crowded = self._crowded(found)
            if not len(crowded):
                return found
            first_new = self._first_group + len(self._groups)
            self._groups = np.concatenate([self._groups, crowded])
            new = self._group_row(self._pairs) - first_new
            columns = np.flatnonzero(new >= 0)
            entries = Entries(new[columns], self._slack + columns, np.ones(len(columns)))
            most = np.full(len(crowded), float(self.case.per_group))
            self._programme.add_rows(np.full(len(crowded), -ENDLESS), most, entries)

    def _crowded(self, found: Solution) -> Indexes:
        """Give the groups of which a taker has too many."""
        if self.case.per_group <= 0:
            return np.zeros(0, dtype=np.int64)
        is_grouped = self.case.group[self.case.supplier[self._pairs]] >= 0
        keys, place = np.unique(self.case.within[self._pairs[is_grouped]], return_inverse=True)
        taken = np.bincount(place, found.value[self._slack :][is_grouped], minlength=len(keys))
        crowded: Indexes = keys[taken > self.case.per_group + _ROUNDED]
        return crowded

    def price(self, found: Solution) -> Floats:
        """Give what the takers pay for each pair, in or not, less what its supplier and its group ask."""
        case, price = self.case, found.row_price
        every = np.arange(len(case.cost))
        total: Floats = price[case.taker]
        for row in (self._row_of[case.supplier], self._group_row(every)):
            total += np.where(row >= 0, price[row], 0.0)
        return total

    def chosen(self, found: Solution) -> Flags:
        """Give the pairs of a solution."""
        chosen = np.zeros(len(self.case.cost), dtype=np.bool_)
        chosen[self._pairs[found.value[self._slack :] > _TAKEN]] = True
        return chosen

    def first(self, found: Solution) -> Flags:
        """Give, of the cheapest solutions, the one whose pairs stand first in their order."""
        programme = self._programme
        # What has a price in one cheapest solution is at its bound in all of them.
        low = np.where(found.column_price < -self.close, self._most, 0.0)
        high = np.where(found.column_price > self.close, 0.0, self._most)
        programme.set_limits(low, np.maximum(low, high))
        full = np.flatnonzero(found.row_price < -self.close)
        limit = np.concatenate(
            [self.case.room[self._limited], np.full(len(self._groups), self.case.per_group)]
        )
        for row in full[full >= len(self.case.need)].tolist():
            most = float(limit[row - len(self.case.need)])
            programme.set_row(row, most, most)
        # Roots, so that no two sets of places are likely to have the same sum.
        order = np.zeros(len(self._cost))
        order[self._slack :] = np.sqrt(self._pairs + 1)
        programme.set_cost(order)
        again = self.solved()
        return self.chosen(again if again.is_best else found)
