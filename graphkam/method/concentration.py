"""Concentration of shares (Herfindahl 1950, Hirschman 1945), and how far it can go."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
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


def herfindahl_bounds(
    low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Give what the least and the greatest index are summed from; None if no amount can be more than 0.

    The least is exact: the index is the square of a norm over a sum, so it is least where all amounts
    go as near to one common value as their limits let them. The greatest is an outer bound (to find
    it exactly is NP-hard: Ferson et al. 2002): each square is replaced by its chord between the
    limits of that share, and of these the greatest sum is taken.

    Parameters
    ----------
    low, high
        Least and greatest of each amount, each by itself.
    """
    return (_least(low, high), _most(low, high)) if high.sum() > 0 else None


def _least(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the squared shares at the common value that makes their sum least."""
    ends = np.unique(np.concatenate((low, high)))
    inside = [_stationary(low, high, (a + b) / 2) for a, b in pairwise(ends.tolist())]
    best, of_best = np.ones(len(low)), np.inf
    for value in (*ends.tolist(), *inside):
        amounts = np.clip(value, low, high)
        squares = (amounts / amounts.sum()) ** 2 if amounts.sum() > 0 else best
        if squares.sum() < of_best:
            best, of_best = squares, squares.sum()
    return best


def _stationary(low: NDArray[np.float64], high: NDArray[np.float64], value: float) -> float:
    """Give where the index is level while the amounts that are held at a limit stay the same."""
    held = (low >= value) | (high <= value)
    fixed = np.clip(value, low, high)[held]
    return float((fixed**2).sum() / fixed.sum()) if fixed.sum() > 0 else value


def _most(low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the chords of the squared shares where their sum is greatest."""
    rest_low, rest_high = low.sum() - low, high.sum() - high
    least = np.divide(low, low + rest_high, out=np.zeros_like(low), where=low > 0)
    most = np.divide(high, high + rest_low, out=np.zeros_like(high), where=high > 0)
    share, left = least.copy(), 1.0 - least.sum()
    for i in np.argsort(-(least + most), kind="stable").tolist():
        more = min(max(left, 0.0), float(most[i] - least[i]))
        share[i] += more
        left -= more
    chords: NDArray[np.float64] = (least + most) * share - least * most
    return chords
