"""The smallest set of elements whose removal uncovers more than a share of the covered weight.

Each row has a weight and a set of elements that cover it; a row is lost when all its elements are
removed. Finding the smallest set that loses more than a share theta is *minimum p-union*
(Chlamtac, Dinitz, Konrad, Kortsarz & Rabanca 2016), NP-hard; it is not a hitting set.

With few elements, or where a few are enough, all sets are compared. Otherwise a reverse greedy (all
removed, then the cheapest brought back) gives a set at once, and sharing each row's weight out evenly
among its elements a size below which there is none: where a few elements cover most, the two mostly
meet. Where they do not, HiGHS solves a mixed integer programme within a time budget; of several sets
of the smallest size it finds the one that loses most. The answer is exact where it is said to be proved.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from fractions import Fraction
from math import floor

import numpy as np

from graphkam.method.losses import MOST_TOGETHER, worst
from graphkam.method.rows import SLACK, Breaking, Rows, lost
from graphkam.method.sharing import least_size

_COMPARED = 22
"""Elements up to which all sets are compared: four million, in 0.15 s and 32 MB."""
_READ_A_SECOND = 10_000
"""Elements of rows that the solver deals with: of more it would not see in time what sharing out has told."""


def least_loss(rows: Rows, theta: float) -> float:
    """Give the weight that must be reached: just above theta of all, or all at theta = 1.

    Weights are whole or half numbers, so the next possible loss above a share is known exactly; the
    share is taken as it is written, 0.29 and not the nearest binary fraction.
    """
    doubled = round(2 * sum(rows.values()))
    return doubled / 2 if theta >= 1 else (floor(Fraction(str(theta)) * doubled) + 1) / 2


def smallest_breaking_set(rows: Rows, theta: float, *, seconds: float) -> Breaking | None:
    """Give the smallest set whose removal loses more than theta of the weight.

    Parameters
    ----------
    rows
        Covered rows; weights are multiples of one half.
    theta
        Share, above 0 and up to 1; the loss is strictly greater, at 1 it is all.
    seconds
        Time budget of the search. When it ends before the proof, the set is the reverse greedy's,
        so that answers do not vary with the machine's mood.

    Returns
    -------
    Breaking or None
        None if nothing is covered.
    """
    if not rows:
        return None
    began = time.monotonic()
    wanted = least_loss(rows, theta)
    if found := _few(rows, wanted, least_size(rows, wanted, steps=0)):
        return found
    elements = sorted({e for key in rows for e in key})
    if len(elements) <= _COMPARED:
        return _all_sets(rows, elements, wanted)
    greedy = reverse_greedy(rows, wanted)
    least = least_size(rows, wanted, enough=len(greedy))
    if sum(map(len, rows)) > _READ_A_SECOND * seconds:
        return _between(rows, greedy, least)
    left = seconds - (time.monotonic() - began)
    from graphkam.method.breaking_milp import solved  # loading the solver is not part of the search

    answer = solved(
        rows,
        elements,
        wanted,
        at_least=max(least, MOST_TOGETHER + 1),
        greedy=greedy,
        deadline=time.monotonic() + left,
    )
    return answer if isinstance(answer, Breaking) else _between(rows, greedy, answer)


def _between(rows: Rows, greedy: tuple[int, ...], least: int) -> Breaking:
    """Give the greedy's set with the size below which there is none."""
    bound = min(least, len(greedy))
    return Breaking(greedy, lost(rows, frozenset(greedy)), bound, proved=bound == len(greedy))


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
        if loss - cost[element] < wanted - SLACK:
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
    reach: dict[int, float] = {}
    for key, weight in rows.items():
        for element in key:
            reach[element] = reach.get(element, 0.0) + weight
    ranked = sorted(reach, key=lambda e: (-reach[e], e))
    place = {element: i for i, element in enumerate(ranked)}
    goes: list[float] = [0.0] * len(ranked)  # a row is lost when the last of its elements goes
    for key, weight in rows.items():
        goes[max(place[e] for e in key)] += weight
    size, loss = 0, 0.0
    while loss < wanted - SLACK:
        loss += goes[size]
        size += 1
    return tuple(sorted(ranked[:size]))


def _few(rows: Rows, wanted: float, least: int) -> Breaking | None:
    """Look whether one, two or three elements are enough."""
    for size in range(least, MOST_TOGETHER + 1):
        found = worst(rows, size)
        if found is not None and found.loss >= wanted - SLACK:
            return Breaking(found.chosen, found.loss, size, proved=True)
    return None


def _all_sets(rows: Rows, elements: Sequence[int], wanted: float) -> Breaking:
    """Compare all sets: what each loses is summed up from its subsets, an element at a time.

    The first element has the highest bit, so of two sets of a size the first in order is the greater
    number.
    """
    count = len(elements)
    bit = {e: 1 << (count - 1 - i) for i, e in enumerate(elements)}
    doubled = np.zeros(1 << count, dtype=np.int64)
    for key, weight in rows.items():
        doubled[sum(bit[e] for e in key)] += round(2 * weight)
    for i in range(count):
        halves = doubled.reshape(-1, 2, 1 << i)
        halves[:, 1] += halves[:, 0]
    enough = np.flatnonzero(doubled >= round(2 * wanted))
    sizes = np.bitwise_count(enough)
    smallest = enough[sizes == sizes.min()]
    most = doubled[smallest].max()
    best = int(smallest[doubled[smallest] == most].max())
    chosen = tuple(e for e in elements if best & bit[e])
    return Breaking(chosen, float(most) / 2, len(chosen), proved=True)
