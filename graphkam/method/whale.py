"""The whale curve: how much of the whole profit the most profitable make, and the others take back.

Sorted from the greatest profit to the greatest loss, the running sum rises above the end where some lose;
as shares of the whole it ends at 1. With a whole of nothing or a loss there are no shares.

Source: Kaplan & Cooper 1998, *Cost & Effect*; as an example: the first fifth makes 140 % of the profit, the
last fifth loses 40 of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Whale:
    """A curve."""

    order: tuple[int, ...]
    """Indexes, the greatest profit first; of equals as they came."""
    running: tuple[float, ...]
    """Sum of the profits up to each."""
    shares: tuple[float, ...] | None
    """The same as shares of the whole; None where the whole is no profit."""

    @property
    def peak(self) -> float | None:
        """The greatest share on the way; None without shares, or of nobody."""
        return max(self.shares, default=None) if self.shares else None


def whale(profits: Sequence[float]) -> Whale:
    """Give the curve of some profits and losses."""
    order = sorted(range(len(profits)), key=lambda i: -profits[i])
    running: list[float] = []
    total = 0.0
    for i in order:
        total += profits[i]
        running.append(total)
    shares = tuple(r / total for r in running) if total > 0 else None
    return Whale(tuple(order), tuple(running), shares)
