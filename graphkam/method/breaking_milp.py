"""The breaking set of a large case: a mixed integer programme, solved by HiGHS.

Minimise sum x_m subject to y_r <= x_m for every element m of row r, sum w_r y_r >= wanted, x
binary, 0 <= y <= 1. With the size fixed, a second solve maximises the loss; then the elements'
order decides, block by block, so that the answer does not flicker.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import ceil

import numpy as np

from graphkam.method.rows import SLACK, Breaking, Rows, lost
from graphkam.method.solver import ENDLESS, NOTHING, Entries, Floats, Programme, Solution

_BLOCK = 16
"""Elements whose order one solve settles: 2 to this power is far from a double's last digit."""
_LEAST_SECONDS = 0.02
_APART = 0.25
"""Half of what lies between two losses: constraints stand there, well away from the solver's tolerance."""
_LOSS = 0
"""The row that asks for so much loss."""


class _Programme:
    """The programme of one case; columns are the elements, then the rows of the case."""

    def __init__(self, rows: Rows, elements: Sequence[int], wanted: float, deadline: float) -> None:
        self.elements = elements
        self.rows = rows
        self.deadline = deadline
        self.m, self.n = len(elements), len(rows)
        self.weights = np.array(list(rows.values()), dtype=np.float64)
        self._programme = programme = Programme()
        columns = self.m + self.n
        programme.add_columns(np.zeros(columns), np.zeros(columns), np.ones(columns), NOTHING)
        programme.make_whole(np.arange(self.m))
        lost_here = self.m + np.arange(self.n)
        total = Entries(np.zeros(self.n, dtype=np.int64), lost_here, self.weights)
        programme.add_rows(np.array([wanted - _APART]), np.array([ENDLESS]), total)
        place = {e: i for i, e in enumerate(elements)}
        y, x = np.array([(r, place[e]) for r, key in enumerate(rows) for e in key], dtype=np.int64).T
        pair, one = np.arange(len(x)), np.ones(len(x))
        covers = Entries(np.tile(pair, 2), np.concatenate([self.m + y, x]), np.concatenate([one, -one]))
        programme.add_rows(np.full(len(x), -ENDLESS), np.zeros(len(x)), covers)

    def constrain(self, x: Floats, low: float, high: float) -> None:
        """Keep a weighted sum of the elements between two values."""
        at = np.flatnonzero(x)
        row = Entries(np.zeros(len(at), dtype=np.int64), at, x[at])
        self._programme.add_rows(np.array([float(low)]), np.array([float(high)]), row)

    def constrain_loss(self, least: float) -> None:
        """Ask for at least so much loss."""
        self._programme.set_row(_LOSS, least - _APART, ENDLESS)

    def solve(self, x: Floats, y: Floats) -> Solution | None:
        """Minimise a weighted sum of elements and rows in the time left; None if there is none."""
        left = self.deadline - time.monotonic()
        if left < _LEAST_SECONDS:
            return None
        self._programme.set_cost(np.concatenate([x, y]))
        return self._programme.solved(left)

    def chosen(self, found: Solution) -> tuple[int, ...]:
        """Give the elements of a solution."""
        return tuple(e for e, x in zip(self.elements, found.value, strict=False) if x > 0.5)  # noqa: PLR2004


def solved(
    rows: Rows,
    elements: Sequence[int],
    wanted: float,
    *,
    at_least: int,
    greedy: tuple[int, ...],
    deadline: float,
) -> Breaking | int:
    """Give the smallest set if that can be proved by the deadline, else the best bound of its size.

    Parameters
    ----------
    rows, elements, wanted
        The case.
    at_least
        What is known of the size.
    greedy
        A set that loses enough: the smallest may be no larger.
    deadline
        On the clock of ``time.monotonic``.
    """
    case = _Programme(rows, elements, wanted, deadline)
    smallest = greedy
    if at_least < len(greedy):
        # No more than the greedy's size is not asked for: without a set of its own the solver tells no bound.
        case.constrain(np.ones(case.m), at_least, case.m)
        first = case.solve(np.ones(case.m), np.zeros(case.n))
        if first is None:
            return at_least
        if not first.is_best:
            return max(at_least, ceil(first.bound - 1e-6)) if np.isfinite(first.bound) else at_least
        smallest = case.chosen(first)
        if lost(rows, frozenset(smallest)) < wanted - SLACK:  # the solver's own rounding
            return at_least
    # Settled or not, the answer must not depend on how far the time went.
    fallback = greedy if len(greedy) == len(smallest) else smallest
    best = _settled(case, len(smallest)) or fallback
    return Breaking(best, lost(rows, frozenset(best)), len(best), proved=True)


def _settled(case: _Programme, size: int) -> tuple[int, ...] | None:
    """Of all sets of a size, give the one that loses most, then the first in order; None out of time."""
    case.constrain(np.ones(case.m), size, size)
    found = case.solve(np.zeros(case.m), -case.weights)
    if found is None or not found.is_best:
        return None
    chosen = case.chosen(found)
    case.constrain_loss(lost(case.rows, frozenset(chosen)))
    for start in range(0, case.m, _BLOCK):
        stop = min(start + _BLOCK, case.m)
        order = np.zeros(case.m)
        order[start:stop] = -(2.0 ** np.arange(stop - start - 1, -1, -1))
        found = case.solve(order, np.zeros(case.n))
        if found is None or not found.is_best:
            return None
        chosen = case.chosen(found)
        value = sum(order[i] for i, e in enumerate(case.elements) if e in set(chosen))
        case.constrain(order, value - _APART, value + _APART)
    return chosen
