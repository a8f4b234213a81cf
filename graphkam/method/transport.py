"""Takers who need some suppliers each, suppliers who have room for so many: the cheapest way, exactly.

Minimise sum c x + sum P_t u_t over the pairs, where for each taker t the x of its pairs and u_t, what it
is short of, make its need; each supplier's x make at most its room; a taker takes at most so many of one
group of suppliers; 0 <= x <= 1. Takers, groups within them and suppliers are laminar, so that it is a
flow: every vertex of the linear programme is integral, and the dual simplex of HiGHS stops at one. P_t
is the taker's weight times more than a chain of exchanges can save: the least weight is left short, and
only then cost counts.

Of several cheapest plans the order of the pairs chooses: a second programme stays on the face of the
cheapest ones. Where there are many pairs (``WHOLE``), the programme begins with the cheapest of each
taker and takes in what its prices say could still save, until nothing can.

Source: Ahuja, Magnanti & Orlin, *Network Flows* (1993); the face by complementary slackness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csr_array, eye_array, hstack, vstack

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

WHOLE = 20_000
"""Pairs up to which the programme is solved at once, and the order of the pairs decides among equals."""
_BEYOND = 8
"""Pairs of each taker, beyond its need, with which a large programme begins; and that it takes in at once."""
_CLOSE = 1e-10
"""Below this, times the greatest price, a saving is none."""
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

    def among(self, chosen: Flags) -> Transport:
        """Give the same with some of the pairs."""
        return replace(self, supplier=self.supplier[chosen], taker=self.taker[chosen], cost=self.cost[chosen])


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
    programme = _Programme(case, case.penalty)
    return programme.first(programme.solved())


def _grown(case: Transport) -> Flags:
    """Solve a case of many pairs: begin with few, take in those that the prices say could save."""
    # Of equally cheap ones each taker begins with others, so that they don't all want the same.
    turn = (case.supplier - 7 * case.taker) % len(case.room)
    inside = _place(case.taker, case.cost, turn) < case.need[case.taker] + _BEYOND
    while True:
        programme = _Programme(case.among(inside), case.penalty)
        found = programme.solved()
        prices = programme.limits_of.priced(case, found.ineqlin.marginals)
        saving = case.cost - found.eqlin.marginals[case.taker] - prices
        saves = ~inside & (saving < -programme.close)
        if not saves.any():
            chosen = np.zeros(len(case.cost), dtype=np.bool_)
            chosen[inside] = programme.chosen(found)
            return chosen
        entering = np.flatnonzero(saves)
        best = _place(case.taker[entering], saving[entering], turn[entering]) < _BEYOND
        inside[entering[best]] = True


def _place(taker: Indexes, cost: Floats, turn: Indexes) -> Indexes:
    """Give the place of each pair among those of its taker, or of its group there, the cheapest first."""
    order = np.lexsort((turn, cost, taker))
    sorted_takers = taker[order]
    first = np.searchsorted(sorted_takers, sorted_takers)
    place = np.empty(len(taker), dtype=np.int64)
    place[order] = np.arange(len(taker)) - first
    return place


class _Limits:
    """The rows of suppliers without room for all, and of groups of which a taker could take too many."""

    def __init__(self, case: Transport) -> None:
        self.suppliers = np.flatnonzero(np.isfinite(case.room))
        self.groups, of_group = np.zeros(0, dtype=np.int64), np.zeros(0)
        if case.per_group > 0:
            keys, pairs = np.unique(case.within[case.group[case.supplier] >= 0], return_counts=True)
            self.groups = keys[pairs > case.per_group]
            of_group = np.full(len(self.groups), float(case.per_group))
        self.limit = np.concatenate([case.room[self.suppliers], of_group])

    def _rows(self, case: Transport) -> Iterator[tuple[Indexes, Flags]]:
        """Give the row of each pair for its supplier, then for its group, and whether it has one."""
        yield _found(self.suppliers, case.supplier, np.ones(len(case.supplier), dtype=np.bool_))
        row, has = _found(self.groups, case.within, case.group[case.supplier] >= 0)
        yield row + len(self.suppliers), has

    def matrix(self, case: Transport) -> csr_array:
        """Give the rows as a matrix whose columns are pairs."""
        pairs = np.arange(len(case.cost))
        found = [(row[has], pairs[has]) for row, has in self._rows(case)]
        rows, columns = (np.concatenate(part) for part in zip(*found, strict=True))
        return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(self.limit), len(pairs)))

    def priced(self, case: Transport, prices: Floats) -> Floats:
        """Give what the limits add to the price of each pair."""
        total = np.zeros(len(case.cost))
        for row, has in self._rows(case):
            total[has] += prices[row[has]]
        return total


def _found(keys: Indexes, wanted: Indexes, possible: Flags) -> tuple[Indexes, Flags]:
    """Give the place of each key among sorted ones, and whether it is there."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.int64), np.zeros(len(wanted), dtype=np.bool_)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return place, possible & (keys[place] == wanted)


class _Programme:
    """The linear programme of a case; columns: the pairs, what each taker is short of, room not there."""

    def __init__(self, case: Transport, penalty: float) -> None:
        self.limits_of = limits = _Limits(case)
        self.pairs, takers = len(case.cost), len(case.need)
        columns = np.arange(self.pairs)
        elastic = len(limits.suppliers) if case.is_elastic else 0
        beyond = np.full(elastic, case.beyond)
        self.cost = np.concatenate([case.cost, penalty * case.weight, beyond])
        self.close = _CLOSE * float(self.cost.max())
        self.need = case.need.astype(np.float64)
        self.most = np.concatenate([np.ones(self.pairs), self.need, np.full(elastic, np.inf)])
        taking = csr_array((np.ones(self.pairs), (case.taker, columns)), shape=(takers, self.pairs))
        self.needs = hstack([taking, eye_array(takers), csr_array((takers, elastic))], format="csr")
        nothing, more = csr_array((len(limits.limit), takers)), -eye_array(len(limits.limit), elastic)
        self.limits = hstack([limits.matrix(case), nothing, more], format="csr")
        self.limit = limits.limit

    def chosen(self, found: OptimizeResult) -> Flags:
        """Give the pairs of a solution."""
        taken: Flags = found.x[: self.pairs] > _TAKEN
        return taken

    def solved(self) -> OptimizeResult:
        """Give a cheapest solution, with its prices."""
        no_row = np.zeros(len(self.limit), dtype=np.bool_)
        return self._solve(self.cost, np.zeros(len(self.cost)), self.most, no_row)

    def first(self, found: OptimizeResult) -> Flags:
        """Give, of the cheapest solutions, the one whose pairs stand first in their order."""
        # What has a price in one cheapest solution is at its bound in all of them.
        low = np.where(found.upper.marginals < -self.close, self.most, 0.0)
        high = np.where(found.lower.marginals > self.close, 0.0, self.most)
        full = found.ineqlin.marginals < -self.close
        # Roots, so that no two sets of places are likely to have the same sum.
        order = np.zeros(len(self.cost))
        order[: self.pairs] = np.sqrt(np.arange(1, self.pairs + 1))
        again = self._solve(order, low, np.maximum(low, high), full)
        return self.chosen(again if again.status == 0 else found)

    def _solve(self, cost: Floats, low: Floats, high: Floats, full: Flags) -> OptimizeResult:
        """Minimise a cost between bounds, some limits being reached."""
        bounds: Any = np.column_stack([low, high])
        equal: Any = vstack([self.needs, self.limits[full]], format="csr")
        found: OptimizeResult = linprog(
            cost,
            A_ub=self.limits[~full],
            b_ub=self.limit[~full],
            A_eq=equal,
            b_eq=np.concatenate([self.need, self.limit[full]]),
            bounds=bounds,
            method="highs-ds",
        )
        return found
