"""A weighted share, and how far it can go when weights and membership are not known, or are sampled."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_NORMAL_975 = 1.959963984540054
"""Quantile of the normal distribution for an interval of 95 %."""


def share(weights: Floats, chosen: Flags) -> float | None:
    """Give the weight of the chosen as a share of all weight; None if there is none."""
    total = float(weights.sum())
    return float(weights[chosen].sum()) / total if total > 0 else None


def share_bounds(low: Floats, high: Floats, surely: Flags, maybe: Flags) -> tuple[float, float] | None:
    """Give the least and the greatest that a weighted share can be.

    The share grows with the weight of each chosen one and falls with the weight of each other, so
    both ends are reached at ends of the weights: the bounds are exact, given that each weight and
    each membership may vary by itself.

    Parameters
    ----------
    low, high
        Least and greatest weight of each.
    surely, maybe
        Whether each is chosen whatever is unknown, and for some value of it.

    Returns
    -------
    tuple of float or None
        The bounds; None if there is no weight at all.
    """
    if not high.sum() > 0:
        return None
    least, most = bound_weights(low, high, surely, maybe)
    return float(least[surely].sum() / least.sum()), float(most[maybe].sum() / most.sum())


def bound_weights(low: Floats, high: Floats, surely: Flags, maybe: Flags) -> tuple[Floats, Floats]:
    """Give the weights with which a share is least (of the surely chosen) and greatest (of the maybe)."""
    return np.where(surely, low, high), np.where(maybe, high, low)


def sampled_share_bounds(hits: int, draws: int) -> tuple[float, float]:
    """Give the 95 % interval of a share of which so many draws out of so many are known (Wilson 1927).

    Parameters
    ----------
    hits, draws
        How many draws had it, and how many there were, at least one.
    """
    seen, z2 = hits / draws, _NORMAL_975**2
    centre = (seen + z2 / (2 * draws)) / (1 + z2 / draws)
    half = _NORMAL_975 * sqrt(seen * (1 - seen) / draws + z2 / (4 * draws**2)) / (1 + z2 / draws)
    return max(0.0, centre - half), min(1.0, centre + half)


def mean_bounds(values: Floats, least: Floats, most: Floats, *, is_low: bool) -> tuple[float, Floats]:
    """Give the least or the greatest that a weighted mean can be, and the weights with which it is.

    The mean falls with the weight of each value below it and rises with that of each above it: the
    outermost values weigh most, and where to begin is tried.

    Parameters
    ----------
    values
        The values; not looked at where a weight is surely nothing.
    least, most
        Least and greatest weight of each; more than nothing in all.
    is_low
        Whether the least is wanted.
    """
    sign = 1.0 if is_low else -1.0
    known = np.where(most > 0, values, 0.0)
    order = np.argsort(sign * known, kind="stable")
    v, low, more = known[order], least[order], (most - least)[order]
    total = low.sum() + np.concatenate([[0.0], np.cumsum(more)])
    weighed = (low * v).sum() + np.concatenate([[0.0], np.cumsum(more * v)])
    means = np.divide(weighed, total, out=np.full(len(total), sign * np.inf), where=total > 0)
    best = int(np.argmin(sign * means))
    weights = least.copy()
    weights[order[:best]] = most[order[:best]]
    return float(means[best]), weights
