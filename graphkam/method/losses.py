"""What is lost when elements fail: the worst few together, and the loss to expect by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod, sqrt

import numpy as np

from graphkam.method.breaking import Rows

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

    A set loses the sum of the rows inside it, so the best is either made of the elements that lose
    most alone, or holds a row of two or three elements whole: only those are looked at.

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
    if len(elements) < size:
        return None
    alone = {e: rows.get((e,), 0.0) for e in elements}
    ranked = sorted(elements, key=lambda e: (-alone[e], e))
    tried = {tuple(sorted(ranked[:size]))}
    for key in rows:
        if 1 < len(key) <= size:
            tried |= _completed(rows, key, size, elements, ranked)
    chosen = min(tried, key=lambda found: (-_inside(rows, found), found))
    return Worst(chosen, _inside(rows, chosen))


def _completed(
    rows: Rows, key: tuple[int, ...], size: int, elements: Sequence[int], ranked: Sequence[int]
) -> set[tuple[int, ...]]:
    """Give the sets of a size that hold a row whole and could lose most."""
    if len(key) == size:
        return {key}
    others = {e for pair in rows if len(pair) == 2 and set(pair) & set(key) for e in pair}  # noqa: PLR2004
    others |= {e for three in rows if len(three) == size and set(key) < set(three) for e in three}
    others |= set(ranked[: size + 1]) | set(elements[: size + 1])
    return {tuple(sorted({*key, other})) for other in others if other not in key}


def _inside(rows: Rows, chosen: tuple[int, ...]) -> float:
    """Give the weight of the rows inside a small set."""
    subsets: list[tuple[int, ...]] = [()]
    for element in chosen:
        subsets += [(*subset, element) for subset in subsets]
    return sum(rows.get(subset, 0.0) for subset in subsets)


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
    chance = np.array([probability[e] for e in elements])
    failed = random.random((_DRAWS, len(elements))) < chance
    place = {e: i for i, e in enumerate(elements)}
    losses = np.zeros(_DRAWS)
    for key, weight in rows.items():
        losses += weight * failed[:, [place[e] for e in key]].all(axis=1)
    return losses, np.full(_DRAWS, 1 / _DRAWS), float(losses.std(ddof=1) / sqrt(_DRAWS))
