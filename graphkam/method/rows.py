"""Weighted rows, each covered by a set of elements, and what is lost with some of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Rows = Mapping[tuple[int, ...], float]
"""Weight of the rows covered by each set of elements (sorted, not empty)."""

SLACK = 1e-6
"""Rounding of sums; two different losses are at least one half apart."""


@dataclass(frozen=True)
class Breaking:
    """What is known of the smallest set."""

    chosen: tuple[int, ...]
    """The set, sorted; of those of its size the one that loses most, then the first in order."""
    loss: float
    """Weight lost with it."""
    bound: int
    """No smaller set than this can do it."""
    proved: bool
    """Whether the set is as small as its bound."""


def merged(covering: Sequence[Sequence[int]], weights: Sequence[float]) -> dict[tuple[int, ...], float]:
    """Join the rows that have equal sets; rows that nothing covers are left out."""
    rows: dict[tuple[int, ...], float] = {}
    for elements, weight in zip(covering, weights, strict=True):
        if elements:
            key = tuple(sorted(set(elements)))
            rows[key] = rows.get(key, 0.0) + weight
    return rows


def lost(rows: Rows, removed: frozenset[int]) -> float:
    """Give the weight of the rows all of whose elements are removed."""
    return sum(weight for elements, weight in rows.items() if removed.issuperset(elements))
