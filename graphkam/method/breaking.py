"""The smallest set of elements whose removal uncovers more than a share of the covered weight.

Each row has a weight and a set of elements that cover it; a row is lost when all its elements are
removed. Finding the smallest set that loses more than a share theta is *minimum p-union*
(Chlamtac, Dinitz, Konrad, Kortsarz & Rabanca 2016), NP-hard; it is not a hitting set.

Small cases are enumerated by size (exact); larger ones are solved as a mixed integer programme by
HiGHS within a time budget, beside a reverse greedy: all removed, then the cheapest brought back.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from math import comb, floor

import numpy as np

Rows = Mapping[tuple[int, ...], float]
"""Weight of the rows covered by each set of elements (sorted, not empty)."""

_MOST_COMPARISONS = 20_000_000
"""Work that enumeration may take: sets times distinct rows."""
_CHUNK = 20_000
_MOST_BITS = 62


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


def least_loss(rows: Rows, theta: float) -> float:
    """Give the weight that must be reached: just above theta of all, or all at theta = 1.

    Weights are whole or half numbers, so the next possible loss above a share is known exactly.
    """
    doubled = round(2 * sum(rows.values()))
    return doubled / 2 if theta >= 1 else (floor(theta * doubled + 1e-9) + 1) / 2


def smallest_breaking_set(rows: Rows, theta: float, *, seconds: float) -> Breaking | None:
    """Give the smallest set whose removal loses more than theta of the weight.

    Parameters
    ----------
    rows
        Covered rows; weights are multiples of one half.
    theta
        Share, above 0 and up to 1; the loss is strictly greater, at 1 it is all.
    seconds
        Time budget of the search, in seconds. When it ends before the proof, the set shown is the
        reverse greedy's, so that answers do not vary with the machine's mood.

    Returns
    -------
    Breaking or None
        None if nothing is covered.
    """
    if not rows:
        return None
    deadline = time.monotonic() + seconds
    wanted = least_loss(rows, theta)
    greedy = reverse_greedy(rows, wanted)
    elements = sorted({e for key in rows for e in key})
    counted = _enumerated(rows, elements, wanted, len(greedy))
    if isinstance(counted, Breaking):
        return counted
    from graphkam.method.breaking_milp import solved

    found = solved(rows, elements, wanted, at_least=counted, at_most=len(greedy), deadline=deadline)
    if found is not None and (found.proved or len(found.chosen) < len(greedy)):
        return found
    bound = max(counted, found.bound if found else counted)
    return Breaking(greedy, lost(rows, frozenset(greedy)), min(bound, len(greedy)), bound >= len(greedy))


def reverse_greedy(rows: Rows, wanted: float) -> tuple[int, ...]:
    """Give a set that loses enough: all removed, then those brought back that cost least loss.

    Of equally cheap ones the last in order comes back first, so that the set is always the same.
    """
    removed = {e for key in rows for e in key}
    by_element: dict[int, list[tuple[int, ...]]] = {e: [] for e in removed}
    for key in rows:
        for element in key:
            by_element[element].append(key)
    gone = set(rows)
    cost = {e: sum(rows[key] for key in keys) for e, keys in by_element.items()}
    loss = sum(rows.values())
    while removed:
        element = min(removed, key=lambda e: (cost[e], -e))
        if loss - cost[element] < wanted - 1e-9:
            break
        loss -= cost[element]
        removed.discard(element)
        for key in by_element[element]:
            if key in gone:
                gone.discard(key)
                for other in key:
                    cost[other] -= rows[key]
    return tuple(sorted(removed))


def forward_greedy(rows: Rows, wanted: float) -> tuple[int, ...]:
    """Give the truck-factor greedy of Avelino et al. 2016: remove who covers most until it breaks.

    Shown beside the exact answer only: it overstates how safe one is.
    """
    removed: list[int] = []
    loss = 0.0
    left = {e for key in rows for e in key}
    while left and loss < wanted - 1e-9:
        reach = {e: sum(w for key, w in rows.items() if e in key) for e in left}
        element = min(left, key=lambda e: (-reach[e], e))
        removed.append(element)
        left.discard(element)
        loss = lost(rows, frozenset(removed))
    return tuple(sorted(removed))


def _enumerated(rows: Rows, elements: Sequence[int], wanted: float, most: int) -> Breaking | int:
    """Try all sets by size, as long as that is cheap; give the best, or a size that is too small."""
    if len(elements) > _MOST_BITS:
        return 1
    place = {element: i for i, element in enumerate(elements)}
    masks = np.array([sum(1 << place[e] for e in key) for key in rows], dtype=np.int64)
    weights = np.array(list(rows.values()), dtype=np.float64)
    work = 0
    for size in range(1, most + 1):
        work += comb(len(elements), size) * len(rows)
        if work > _MOST_COMPARISONS:
            return size
        best = _best_of_size(masks, weights, len(elements), size)
        if best[0] >= wanted - 1e-9:
            return Breaking(tuple(elements[i] for i in best[1]), best[0], size, proved=True)
    raise AssertionError("the greedy's set is one of those tried")


def _best_of_size(
    masks: np.ndarray[tuple[int], np.dtype[np.int64]],
    weights: np.ndarray[tuple[int], np.dtype[np.float64]],
    count: int,
    size: int,
) -> tuple[float, tuple[int, ...]]:
    best: tuple[float, tuple[int, ...]] = (-1.0, ())
    sets = combinations(range(count), size)
    while chunk := list(islice(sets, _CHUNK)):
        chosen = np.bitwise_or.reduce(np.int64(1) << np.array(chunk, dtype=np.int64), axis=1)
        losses = ((masks[None, :] & ~chosen[:, None]) == 0) @ weights
        top = int(losses.argmax())
        if losses[top] > best[0] + 1e-9:
            best = (float(losses[top]), chunk[top])
    return best
