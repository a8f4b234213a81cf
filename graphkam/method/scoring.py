"""Weighted scores, and whether an order by them holds when the weights are others than stated.

Weights are drawn from a Dirichlet distribution whose mean is the stated weights: each draw sums to 1, no
weight is negative, and one that is stated as 0 stays 0. A weight p varies with a standard deviation of
sqrt(p (1 - p) / (concentration + 1)). The draws are seeded: the same question has the same answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indexes = NDArray[np.int64]

_SEED = 20261123
_DIGITS = 9
"""Beyond these, two scores are equal."""


def weight_draws(weights: Floats, *, concentration: float, draws: int) -> Floats:
    """Give weights drawn around the stated ones, one set a row.

    Parameters
    ----------
    weights
        The stated weights, each 0 or more, summing to 1.
    concentration
        How close the draws stay to them, more than 0.
    draws
        How many.
    """
    found = np.zeros((draws, len(weights)))
    some = weights > 0
    random = np.random.default_rng(_SEED)
    found[:, some] = random.dirichlet(concentration * weights[some], size=draws)
    return found


def places(low: Floats, high: Floats) -> tuple[Indexes, Indexes]:
    """Give the best and the worst place that each can have by scores that lie between bounds.

    Place 1 is the highest score; equals share a place, as in a race.

    Parameters
    ----------
    low, high
        Least and greatest score of each; equal where it is known.
    """
    least, most = np.round(low, _DIGITS), np.round(high, _DIGITS)
    surely_before = least[None, :] > most[:, None]
    maybe_before = most[None, :] > least[:, None]
    np.fill_diagonal(surely_before, val=False)
    np.fill_diagonal(maybe_before, val=False)
    return 1 + surely_before.sum(axis=1), 1 + maybe_before.sum(axis=1)
