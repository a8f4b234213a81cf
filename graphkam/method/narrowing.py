"""By how much the bounds of a weighted share come closer when some of its rows are known better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from graphkam.method.ratio import Flags, Floats


class Row(NamedTuple):
    """What is known of one row: the limits of its weight, and whether it is chosen."""

    low: float
    high: float
    surely: bool
    maybe: bool


class ShareWidth:
    """The width of a share's bounds, as :func:`graphkam.method.ratio.share_bounds` gives them.

    Both ends are a sum over a sum, so knowing some rows better changes four sums by those rows
    alone: what it narrows is exact, at the cost of these rows, however many there are in all.

    Parameters
    ----------
    low, high
        Least and greatest weight of each row; more than nothing in all.
    surely, maybe
        Whether each is chosen whatever is unknown, and for some value of it.
    """

    def __init__(self, low: Floats, high: Floats, surely: Flags, maybe: Flags) -> None:
        rows = zip(low.tolist(), high.tolist(), surely.tolist(), maybe.tolist(), strict=True)
        self._sums = _sums(Row(*row) for row in rows)

    @property
    def width(self) -> float:
        """The greatest less the least that the share can be."""
        return _width(self._sums)

    def narrowed(self, before: Sequence[Row], after: Sequence[Row]) -> float:
        """Give by how much the width falls when some rows are known better.

        Parameters
        ----------
        before, after
            The same rows as they are and as they would be.
        """
        old, new = _sums(before), _sums(after)
        sums = [total - o + n for total, o, n in zip(self._sums, old, new, strict=True)]
        return self.width - _width(sums)


def _sums(rows: Iterable[Row]) -> list[float]:
    """Sum part and whole at the lower end, part and whole at the upper."""
    sums = [0.0, 0.0, 0.0, 0.0]
    for low, high, surely, maybe in rows:
        sums[0] += low if surely else 0.0
        sums[1] += low if surely else high
        sums[2] += high if maybe else 0.0
        sums[3] += high if maybe else low
    return sums


def _width(sums: Sequence[float]) -> float:
    low_part, low_whole, high_part, high_whole = sums
    return high_part / high_whole - low_part / low_whole
