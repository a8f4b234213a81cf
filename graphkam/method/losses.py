"""What is lost when elements fail: the worst few together, and the loss to expect by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from graphkam.method.rows import Rows

MOST_TOGETHER = 3
"""Elements whose joint failure is compared set by set, however many there are."""
ENUMERATED = 15
"""Elements up to which all combinations are gone through; beyond, a seeded simulation."""
_DRAWS = 20_000
_SEED = 20261123


@dataclass(frozen=True)
class Worst:
    """The elements whose joint failure loses most."""

    chosen: tuple[int, ...]
    loss: float


def worst(rows: Rows, size: int) -> Worst | None:
    """Give the set of one to three elements that loses most; of equals the first in order.

    A set loses the sum of the rows inside it: those of one element, of two, of three. All sets are
    compared, a plane of the cube at a time.

    Parameters
    ----------
    rows
        Weight of the rows covered by each set of elements.
    size
        How many fail, 1 to 3.

    Returns
    -------
    Worst or None
        None if there are fewer elements than that.
    """
    elements = sorted({e for key in rows for e in key})
    count = len(elements)
    if count < size:
        return None
    one, two, three = _by_length(rows, elements)
    if size == 1:
        first = int(one.argmax())
        return Worst((elements[first],), float(one[first]))
    pairs = np.where(np.triu(np.ones((count, count), dtype=bool), 1), one[:, None] + one + two, -np.inf)
    if size == 2:  # noqa: PLR2004
        first, second = divmod(int(pairs.argmax()), count)
        return Worst((elements[first], elements[second]), float(pairs[first, second]))
    best = Worst((), -1.0)
    for first in range(count - 2):
        with_first = two[first, first + 1 :]
        plane = pairs[first + 1 :, first + 1 :] + with_first[:, None] + with_first
        for second, third, weight in three.get(first, ()):
            plane[second - first - 1, third - first - 1] += weight
        second, third = divmod(int(plane.argmax()), count - first - 1)
        loss = float(one[first] + plane[second, third])
        if loss > best.loss:
            chosen = (elements[first], elements[first + 1 + second], elements[first + 1 + third])
            best = Worst(chosen, loss)
    return best


def _by_length(
    rows: Rows, elements: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, dict[int, list[tuple[int, int, float]]]]:
    """Give the weight of the rows of one, two and three elements, by the elements' places."""
    place = {e: i for i, e in enumerate(elements)}
    one, two = np.zeros(len(elements)), np.zeros((len(elements), len(elements)))
    three: dict[int, list[tuple[int, int, float]]] = {}
    for key, weight in rows.items():
        match [place[e] for e in key]:
            case [i]:
                one[i] += weight
            case [i, j]:
                two[i, j] += weight
                two[j, i] += weight
            case [i, j, k]:
                three.setdefault(i, []).append((j, k, weight))
    return one, two, three


def expected_loss(rows: Rows, probability: Sequence[float]) -> float:
    """Give the mean loss if each element fails by itself: sum of w times the product of q; exact.

    Parameters
    ----------
    rows
        Weight of the rows covered by each set of elements.
    probability
        Of each element, 0 to 1.
    """
    return float(sum(weight * prod(probability[e] for e in key) for key, weight in rows.items()))


@dataclass(frozen=True)
class Distribution:
    """The loss by chance: possible values, ascending, and their probabilities."""

    loss: tuple[float, ...]
    probability: tuple[float, ...]
    standard_error: float
    """Of the mean; 0 where all combinations were gone through."""

    def shortfall(self, level: float) -> float:
        """Give the mean of the worst ``1 - level`` of the distribution (expected shortfall).

        The atom at the quantile is split, so that exactly that much probability is averaged
        (Acerbi & Tasche 2002).
        """
        left = tail = 1.0 - level
        total = 0.0
        for loss, probability in zip(reversed(self.loss), reversed(self.probability), strict=True):
            taken = min(left, probability)
            total += loss * taken
            left -= taken
            if left <= 0:
                break
        return total / tail


def distribution(rows: Rows, probability: Sequence[float], *, shock: float = 0.0) -> Distribution:
    """Give how the loss is distributed if each element fails by itself.

    Parameters
    ----------
    rows
        Weight of the rows covered by each set of elements.
    probability
        Of each element, 0 to 1.
    shock
        Probability that all fail together, on top.
    """
    elements = sorted({e for key in rows for e in key})
    if len(elements) <= ENUMERATED:
        losses, chances = _all_combinations(rows, elements, probability)
        error = 0.0
    else:
        losses, chances, error = _simulated(rows, elements, probability)
    losses = np.append(losses, sum(rows.values()))
    chances = np.append(chances * (1 - shock), shock)
    values, place = np.unique(np.round(losses, 9), return_inverse=True)
    sums = np.bincount(place, weights=chances)
    return Distribution(tuple(map(float, values)), tuple(map(float, sums)), error)


def _all_combinations(
    rows: Rows, elements: Sequence[int], probability: Sequence[float]
) -> tuple[np.ndarray, np.ndarray]:
    place = {e: i for i, e in enumerate(elements)}
    failed = np.arange(1 << len(elements))
    chances = np.ones(len(failed))
    for e, i in place.items():
        chances *= np.where(failed >> i & 1, probability[e], 1 - probability[e])
    losses = np.zeros(len(failed))
    for key, weight in rows.items():
        mask = sum(1 << place[e] for e in key)
        losses += weight * ((failed & mask) == mask)
    return losses, chances


def _simulated(
    rows: Rows, elements: Sequence[int], probability: Sequence[float]
) -> tuple[np.ndarray, np.ndarray, float]:
    random = np.random.default_rng(_SEED)
    failed = {e: random.random(_DRAWS) < probability[e] for e in elements}
    losses = np.zeros(_DRAWS)
    for key, weight in rows.items():
        together = failed[key[0]]
        for e in key[1:]:
            together = together & failed[e]
        losses[np.flatnonzero(together)] += weight
    return losses, np.full(_DRAWS, 1 / _DRAWS), float(losses.std(ddof=1) / sqrt(_DRAWS))
