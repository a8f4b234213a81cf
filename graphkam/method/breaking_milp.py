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
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from graphkam.method.rows import SLACK, Breaking, Rows, lost

_BLOCK = 16
"""Elements whose order one solve settles: 2 to this power is far from a double's last digit."""
_LEAST_SECONDS = 0.02
_APART = 0.25
"""Half of what lies between two losses: constraints stand there, well away from the solver's tolerance."""


class _Programme:
    """The programme of one case; columns are the elements, then the rows."""

    def __init__(self, rows: Rows, elements: Sequence[int], wanted: float, deadline: float) -> None:
        self.elements = elements
        self.rows = rows
        self.wanted = wanted
        self.deadline = deadline
        place = {e: i for i, e in enumerate(elements)}
        self.m, self.n = len(elements), len(rows)
        pairs = [(r, place[e]) for r, key in enumerate(rows) for e in key]
        k = np.arange(len(pairs))
        r, x = np.array(pairs).T
        ones = np.ones(len(pairs))
        self.weights = np.array(list(rows.values()))
        covers = csr_array(
            (np.concatenate([ones, -ones]), (np.concatenate([k, k]), np.concatenate([self.m + r, x]))),
            shape=(len(pairs), self.m + self.n),
        )
        self.constraints = [
            LinearConstraint(covers, -np.inf, 0),
            LinearConstraint(self._row(np.zeros(self.m), self.weights), wanted - _APART, np.inf),
        ]
        self.integrality = np.concatenate([np.ones(self.m), np.zeros(self.n)])

    def _row(self, x: np.ndarray, y: np.ndarray) -> csr_array:
        return csr_array(np.concatenate([x, y])[None, :])

    def constrain(self, x: np.ndarray, low: float, high: float) -> None:
        """Keep a weighted sum of the elements between two values."""
        self.constraints.append(LinearConstraint(self._row(x, np.zeros(self.n)), low, high))

    def constrain_loss(self, least: float) -> None:
        """Ask for at least so much loss."""
        self.constraints[1] = LinearConstraint(
            self._row(np.zeros(self.m), self.weights), least - _APART, np.inf
        )

    def solve(self, x: np.ndarray, y: np.ndarray) -> OptimizeResult | None:
        """Minimise a weighted sum of elements and rows in the time left; None if there is none."""
        left = self.deadline - time.monotonic()
        if left < _LEAST_SECONDS:
            return None
        return milp(
            np.concatenate([x, y]),
            constraints=self.constraints,
            bounds=Bounds(0, 1),
            integrality=self.integrality,
            options={"time_limit": left, "mip_rel_gap": 0},
        )

    def chosen(self, found: OptimizeResult) -> tuple[int, ...]:
        """Give the elements of a solution."""
        return tuple(e for e, x in zip(self.elements, found.x, strict=False) if x > 0.5)  # noqa: PLR2004


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
    # No more than the greedy's size is not asked for: without a set of its own the solver tells no bound.
    case.constrain(np.ones(case.m), at_least, case.m)
    first = case.solve(np.ones(case.m), np.zeros(case.n))
    if first is None:
        return at_least
    if first.status != 0 or first.x is None:
        dual = first.get("mip_dual_bound")
        return at_least if dual is None or not np.isfinite(dual) else max(at_least, ceil(dual - 1e-6))
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
    if found is None or found.status != 0:
        return None
    chosen = case.chosen(found)
    case.constrain_loss(lost(case.rows, frozenset(chosen)))
    for start in range(0, case.m, _BLOCK):
        stop = min(start + _BLOCK, case.m)
        order = np.zeros(case.m)
        order[start:stop] = -(2.0 ** np.arange(stop - start - 1, -1, -1))
        found = case.solve(order, np.zeros(case.n))
        if found is None or found.status != 0:
            return None
        chosen = case.chosen(found)
        value = sum(order[i] for i, e in enumerate(case.elements) if e in set(chosen))
        case.constrain(order, value - _APART, value + _APART)
    return chosen
