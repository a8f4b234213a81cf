"""Concentration of shares (Herfindahl 1950, Hirschman 1945)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def shares(amounts: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Give each amount's share of their sum; None if the sum is zero."""
    total = amounts.sum()
    return amounts / total if total > 0 else None


def herfindahl(amounts: NDArray[np.float64]) -> float | None:
    """Give the sum of squared shares: 1/n if n are equal, 1 if there is one; None on a zero sum.

    Parameters
    ----------
    amounts
        Amounts, each zero or more.
    """
    of_total = shares(amounts)
    return None if of_total is None else float((of_total**2).sum())


def effective_number(amounts: NDArray[np.float64]) -> float | None:
    """Give the number of equal shares that would be as concentrated: 1/HHI; None on a zero sum."""
    index = herfindahl(amounts)
    return None if index is None else 1.0 / index
