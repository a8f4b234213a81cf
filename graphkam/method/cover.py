"""Elements that cover weighted rows, as parallel arrays of pairs: by how many, and by whom alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Which element covers which row; each pair once."""

    element: Indexes
    row: Indexes
    elements: int
    rows: int

    def count(self, flags: Flags) -> Indexes:
        """Give for each row how many of its pairs are so flagged."""
        return np.bincount(self.row[flags], minlength=self.rows)

    def total(self, flags: Flags, weights: Floats, strength: Floats | None = None) -> Floats:
        """Give for each element the weight of the rows of its pairs so flagged, times a strength."""
        weighted = weights[self.row[flags]] * (1.0 if strength is None else strength[flags])
        found = np.bincount(self.element[flags], weights=weighted, minlength=self.elements)
        return found.astype(np.float64)

    def alone(self, flags: Flags) -> Flags:
        """Tell which pairs are flagged while no other pair of their row is."""
        found: Flags = flags & (self.count(flags)[self.row] == 1)
        return found


def sole(pairs: Pairs, live: Flags, weights: Floats) -> Floats:
    """Give for each element the weight of the rows that it alone covers."""
    return pairs.total(pairs.alone(live), weights)


def sole_bounds(
    pairs: Pairs,
    surely: Flags,
    maybe: Flags,
    low: Floats,
    high: Floats,
    *,
    totals: tuple[Floats, Floats] | None = None,
) -> tuple[Floats, Floats]:
    """Give for each element the least and the greatest share that it alone can cover.

    Exact for each element, given that each weight and each pair may vary by itself: a share is least
    when the rows that it surely covers alone weigh least and all others most, and the other way round.

    Parameters
    ----------
    pairs
        Elements and rows.
    surely, maybe
        Whether each pair covers whatever is unknown, and for some value of it.
    low, high
        Least and greatest weight of each row; more than nothing in all.
    totals
        For each element the least and the greatest weight of all that it is a share of; by default of
        all rows. An element whose share is one of nothing has 0.
    """
    of_low, of_high = totals or (np.full(pairs.elements, w.sum()) for w in (low, high))
    certain = surely & (pairs.count(maybe)[pairs.row] == 1)
    possible = maybe & (pairs.count(surely)[pairs.row] - surely == 0)
    least, least_else = pairs.total(certain, low), of_high - pairs.total(certain, high)
    most, most_else = pairs.total(possible, high), of_low - pairs.total(possible, low)
    parts = ((least, least + least_else), (most, most + most_else))
    least, most = (np.divide(a, of, out=np.zeros_like(a), where=of > 0) for a, of in parts)
    return least, most


def loss_bounds(
    pairs: Pairs, surely: Flags, maybe: Flags, low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Give for each element the least and the greatest part of what is covered that it alone covers.

    Exact for each element, as :func:`sole_bounds` is; where nothing is covered the part is undefined,
    and such a case is in neither bound. An element that alone covers nothing has 0.

    Parameters
    ----------
    pairs
        Elements and rows.
    surely, maybe
        Whether each pair covers whatever is unknown, and for some value of it.
    low, high
        Least and greatest weight of each row.
    """
    parts = [loss_parts(pairs, surely, maybe, low, high, end=end) for end in ("low", "high")]
    least, most = (np.divide(a, a + b, out=np.zeros_like(a), where=a > 0) for a, b in parts)
    return least, most


def loss_parts(
    pairs: Pairs, surely: Flags, maybe: Flags, low: Floats, high: Floats, *, end: str
) -> tuple[Floats, Floats]:
    """Give for each element the weight that it alone covers, and what else is covered, at one end."""
    sure, possible = pairs.count(surely), pairs.count(maybe)
    if end == "low":
        # Others cover all that they can; what only this one can cover is not covered, unless surely.
        only = maybe & (possible[pairs.row] == 1)
        rest = high[possible >= 1].sum() - pairs.total(only, high)
        part = pairs.total(only & surely, low)
        # Where nobody else can cover anything, all that is covered is covered by this one alone.
        return np.where(part + rest > 0, part, pairs.total(maybe, high)), rest
    alone = maybe & (sure[pairs.row] - surely == 0)
    rest = low[sure >= 1].sum() - pairs.total(alone & (sure[pairs.row] >= 1), low)
    return pairs.total(alone, high), rest
