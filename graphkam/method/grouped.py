"""Figures of many groups at once, as arrays: sums, ratios, medians, the greatest, concentration.

A group is the index of the one that a value belongs to. What is undefined is ``nan``: a ratio over
nothing, the concentration of nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]


def sums(group: Indexes, values: Floats | Indexes, groups: int) -> Floats:
    """Give the sum of the values of each group; of an empty one 0."""
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64, copy=False)


def counts(group: Indexes, groups: int) -> Indexes:
    """Give how many values each group has."""
    return np.bincount(group, minlength=groups).astype(np.int64, copy=False)


def ratios(above: Floats, below: Floats) -> Floats:
    """Give one over the other; ``nan`` where the lower is not above zero."""
    found: Floats = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return found


def greatest(group: Indexes, values: Floats, groups: int) -> tuple[Floats, Indexes]:
    """Give the greatest value of each group, and the place of the first that has it.

    Parameters
    ----------
    group
        Ascending.
    values
        Zero or more.
    groups
        How many there are; one without a value above zero has 0, at no place (-1).
    """
    most, place = np.zeros(groups), np.full(groups, -1, dtype=np.int64)
    np.maximum.at(most, group, values)
    first = np.flatnonzero((values > 0) & (values == most[group]))[::-1]
    place[group[first]] = first  # of several the last written: the first in order
    return most, place


def concentration(group: Indexes, amounts: Floats, groups: int) -> Floats:
    """Give the Herfindahl index of the amounts of each group; ``nan`` where all are zero."""
    total = sums(group, amounts, groups)
    share = np.divide(amounts, total[group], out=np.zeros(len(amounts)), where=total[group] > 0)
    found = sums(group, share * share, groups)
    return np.where(total > 0, found, np.nan)


def medians(group: Indexes, values: NDArray[np.uint8], groups: int, *, default: float) -> Floats:
    """Give the median of the known values of each group, by counting.

    Parameters
    ----------
    group
        Of each value.
    values
        Small whole numbers; 0 = not known.
    groups
        How many there are.
    default
        Of a group in which none is known.
    """
    width = int(values.max(initial=0)) + 1
    held = np.bincount(group * width + values, minlength=groups * width).reshape(groups, width)
    held[:, 0] = 0
    up_to = held.cumsum(axis=1)
    total = up_to[:, -1]
    middles = [(up_to > ((total - 1 + more) // 2)[:, None]).argmax(axis=1) for more in (0, 1)]
    return np.where(total > 0, (middles[0] + middles[1]) / 2, default)


def unique(keys: Indexes) -> Indexes:
    """Give each key once, in order.

    By sorting: ``np.unique`` has a table of hashes for it, which on keys made of two numbers can be a
    hundred times slower (numpy 2.4).
    """
    ordered = np.sort(keys)
    return ordered[distinct(ordered)]


def distinct(keys: Indexes) -> Indexes:
    """Give where the runs of equal keys begin; equal keys stand together."""
    return np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else keys
