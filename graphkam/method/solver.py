"""A programme, linear or with whole numbers, that may grow between two solutions; HiGHS solves it.

After a solution, columns and rows that come in begin where the last solution ended: what grows by a
few per cent is solved again in a few per cent of the time.

Source: Huangfu & Hall, "Parallelizing the dual revised simplex method" (2018): HiGHS.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsModelStatus, HighsStatus
from highspy import HighsVarType as Kind
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

ENDLESS = float("inf")
_PRIMAL = 4
"""The simplex that stays allowed: the one to go on with when columns have come in."""
_DUAL = 1
"""The simplex that stays cheapest: the one to begin with, and to go on with when rows have come in."""


@dataclass(frozen=True)
class Entries:
    """What is not nothing in columns (or rows) that come in: parallel arrays."""

    of: Indexes
    """The column (or row), from 0 among those that come in."""
    at: Indexes
    """The row (or column) in which it stands."""
    value: Floats

    def packed(self, count: int) -> tuple[int, NDArray[np.int32], NDArray[np.int32], Floats]:
        """Give them as the solver takes them: how many, where each begins, where they stand, their values."""
        order = np.argsort(self.of, kind="stable")
        start = np.searchsorted(self.of[order], np.arange(count))
        return len(order), start.astype(np.int32), self.at[order].astype(np.int32), self.value[order]


NOTHING = Entries(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))


@dataclass(frozen=True)
class Solution:
    """What the solver found."""

    is_best: bool
    """Whether it is proved to be the best; otherwise the time was over, or nothing is allowed."""
    value: Floats
    """Of each column."""
    column_price: Floats
    """What a column costs more than the rows pay for it; of a programme without whole numbers."""
    row_price: Floats
    """What one more of a row's limit saves, as a cost; of a programme without whole numbers."""
    bound: float
    """With whole numbers: no solution costs less."""


class _Quiet(Highs):
    """The solver without its greeting, which would stand before an answer."""

    def enableCallbacks(self) -> None:  # noqa: N802 - its own name; the first thing that it does
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Programme:
    """Minimise a cost between limits."""

    def __init__(self) -> None:
        self._highs = _Quiet()  # type: ignore[no-untyped-call]
        self._is_solved = False
        self._done(self._highs.setOptionValue("threads", 1))
        self._done(self._highs.setOptionValue("mip_rel_gap", 0.0))

    def add_columns(self, cost: Floats, low: Floats, high: Floats, entries: Entries) -> None:
        """Add columns, with what they have in the rows that are there."""
        way = _PRIMAL if self._is_solved else _DUAL
        self._done(self._highs.setOptionValue("simplex_strategy", way))
        self._done(self._highs.addCols(len(cost), cost, low, high, *entries.packed(len(cost))))

    def add_rows(self, low: Floats, high: Floats, entries: Entries) -> None:
        """Add rows, with what the columns that are there have in them."""
        self._done(self._highs.setOptionValue("simplex_strategy", _DUAL))
        self._done(self._highs.addRows(len(low), low, high, *entries.packed(len(low))))

    def make_whole(self, columns: Indexes) -> None:
        """Let columns take whole numbers only."""
        kinds = np.full(len(columns), Kind.kInteger.value, dtype=np.uint8)
        self._done(self._highs.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds))

    def set_cost(self, cost: Floats) -> None:
        """Change what the columns cost."""
        self._done(self._highs.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost))

    def set_limits(self, low: Floats, high: Floats) -> None:
        """Change between what the columns may be."""
        self._done(self._highs.changeColsBounds(len(low), np.arange(len(low), dtype=np.int32), low, high))

    def set_row(self, row: int, low: float, high: float) -> None:
        """Change between what a row may be."""
        self._done(self._highs.changeRowBounds(row, low, high))

    def solved(self, seconds: float = ENDLESS) -> Solution:
        """Solve it.

        Parameters
        ----------
        seconds
            How long that may take.
        """
        highs = self._highs
        # The solver's clock counts what earlier solutions took.
        self._done(highs.setOptionValue("time_limit", highs.getRunTime() + seconds))
        self._done(highs.run())
        self._is_solved = True
        found = highs.getSolution()
        return Solution(
            highs.getModelStatus() == HighsModelStatus.kOptimal,
            np.array(found.col_value),
            np.array(found.col_dual),
            np.array(found.row_dual),
            highs.getInfo().mip_dual_bound,
        )

    @staticmethod
    def _done(status: HighsStatus) -> None:
        if status == HighsStatus.kError:
            raise ArithmeticError("the solver refused a programme")
