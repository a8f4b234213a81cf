"""Weighted voting: how often each player turns a losing coalition into a winning one.

A coalition wins if it has the quota and holds every veto. A *swing* of a player is a losing coalition
that wins when he joins. Over all swings:

- **Banzhaf** (1965), normalised: his swings over everybody's;
- **Shapley-Shubik** (1954): the share of the orders in which the players may join where he is the one
  who turns it: the sum over his swings of s! (n - s - 1)! / n!, s = size of the coalition joined.

Both are exact fractions. The swings are counted, not listed: vetoes are in every winning coalition, so
they come off first; the coalitions of the others that are still short of the quota are counted by size
and weight (a polynomial), from which one player is taken out again by dividing. Where weights are too
large for that and the players few, two halves are listed and met in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, comb, factorial, gcd, lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[Any]
"""Whole numbers, as Python's own where 64 bits would not hold them."""

EXACT_IN_64_BITS = 62
"""Players up to which no number of coalitions of a size passes 64 bits."""
_CELLS = 4_000_000
"""Sizes times weights up to which coalitions are counted by both: 32 MB."""
_STEPS = 40_000_000
"""The same times players, where numbers pass 64 bits."""
_HALVES = 32
"""Players up to which two halves are listed."""


class TooLarge(ArithmeticError):
    """Too many players, or too large weights, for an exact count."""


@dataclass(frozen=True)
class Game:
    """Players with whole weights, how much a coalition needs, and who can say no."""

    weights: tuple[int, ...]
    quota: int
    vetoes: frozenset[int] = frozenset()

    @cached_property
    def short(self) -> int:
        """What the holders of a veto lack together; 0 or less if they need nobody."""
        return self.quota - sum(self.weights[v] for v in self.vetoes)

    @cached_property
    def others(self) -> tuple[int, ...]:
        """The players without a veto."""
        return tuple(i for i in range(len(self.weights)) if i not in self.vetoes)

    def is_winning(self, coalition: frozenset[int]) -> bool:
        """Tell whether a coalition wins."""
        return self.vetoes <= coalition and sum(self.weights[i] for i in coalition) >= self.quota


@dataclass(frozen=True)
class Power:
    """The power of each player of a game."""

    swings: tuple[tuple[int, ...], ...]
    """Of each player, by the size of the coalition that he joins."""

    @cached_property
    def banzhaf(self) -> tuple[Fraction, ...]:
        """Normalised Banzhaf indices; their sum is 1."""
        of_each = [sum(swings) for swings in self.swings]
        return tuple(Fraction(own, sum(of_each)) for own in of_each)

    @cached_property
    def shapley_shubik(self) -> tuple[Fraction, ...]:
        """Shapley-Shubik indices; their sum is 1."""
        return tuple(sum(parts, Fraction(0)) for parts in self.orders)

    @cached_property
    def orders(self) -> tuple[tuple[Fraction, ...], ...]:
        """What the swings of each size bring to a player's Shapley-Shubik index."""
        n = len(self.swings)
        each = [Fraction(factorial(s) * factorial(n - 1 - s), factorial(n)) for s in range(n)]
        return tuple(tuple(f * e for f, e in zip(swings, each, strict=True)) for swings in self.swings)


def majority(weights: Sequence[Fraction]) -> Fraction:
    """Give the least that is more than half: of whole weights half of the sum rounded down, and one."""
    scale = lcm(*(w.denominator for w in weights))
    return Fraction(int(sum(weights) * scale) // 2 + 1, scale)


def whole(weights: Sequence[Fraction], quota: Fraction) -> tuple[tuple[int, ...], int]:
    """Give weights and quota as the smallest whole numbers of the same game.

    Parameters
    ----------
    weights
        Zero or more, each.
    quota
        What is needed.
    """
    scale = lcm(*(w.denominator for w in weights))
    found = [int(w * scale) for w in weights]
    unit = gcd(*found) or 1
    return tuple(w // unit for w in found), ceil(quota * scale / unit)


def power(game: Game) -> Power | None:
    """Give the power of each player; None if no coalition wins, or all do.

    Raises
    ------
    TooLarge
        If the swings cannot be counted exactly in a moment.
    """
    if not any(game.weights) and not game.vetoes:
        return None
    if sum(game.weights) < game.quota or (game.quota <= 0 and not game.vetoes):
        return None
    weights = [game.weights[i] for i in game.others]
    below = _counter(weights, max(game.short, 0))
    first, n = len(game.vetoes), len(game.weights)
    by_weight = {w: below.window(w) for w in set(weights)}
    all_of = below.enough()
    found: list[tuple[int, ...]] = []
    for i, weight in enumerate(game.weights):
        joined, before = (all_of, first - 1) if i in game.vetoes else (by_weight[weight], first)
        padded = [0] * before + [int(c) for c in joined]
        found.append(tuple((padded + [0] * n)[:n]))
    return Power(tuple(found))


def _counter(weights: Sequence[int], short: int) -> _BySize | _Halves:
    cells, is_small = (len(weights) + 1) * short, len(weights) <= EXACT_IN_64_BITS
    if cells <= _CELLS and (is_small or cells * 2 * len(weights) <= _STEPS):
        return _BySize(weights, short)
    if len(weights) <= _HALVES and sum(weights) < 2**61 and short < 2**61:
        return _Halves(weights, short)
    raise TooLarge


class _BySize:
    """Coalitions short of a weight, counted by size and weight."""

    def __init__(self, weights: Sequence[int], short: int) -> None:
        self._weights, self._short = weights, short
        kind = np.int64 if len(weights) <= EXACT_IN_64_BITS else object
        counts = np.zeros((len(weights) + 1, short), dtype=kind)
        if short:
            counts[0, 0] = 1
        for k, w in enumerate(weights):
            if w < short:
                counts[1 : k + 2, w:] += counts[: k + 1, : short - w].copy()
        self._counts: Counts = counts

    def enough(self) -> list[int]:
        """Give how many coalitions of each size are not short."""
        n = len(self._weights)
        return [comb(n, s) - int(row.sum()) for s, row in enumerate(self._counts)]

    def window(self, weight: int) -> list[int]:
        """Give how many coalitions without one of that weight, of each size, are short but for it."""
        without: Counts = self._counts.copy()
        if 0 < weight < self._short:
            for s in range(1, len(without)):
                without[s, weight:] -= without[s - 1, :-weight]
        elif weight == 0:
            for s in range(1, len(without)):
                without[s] -= without[s - 1]
        return [int(row.sum()) for row in without[:-1, max(self._short - weight, 0) :]]


class _Halves:
    """The same where weights are too large to count by: two halves, listed and met in the middle."""

    def __init__(self, weights: Sequence[int], short: int) -> None:
        self._weights, self._short = weights, short

    def enough(self) -> list[int]:
        """Give how many coalitions of each size are not short."""
        n = len(self._weights)
        below = self._below(self._weights, (self._short,))[0]
        return [comb(n, s) - below[s] for s in range(n + 1)]

    def window(self, weight: int) -> list[int]:
        """Give how many coalitions without one of that weight, of each size, are short but for it."""
        others = list(self._weights)
        others.remove(weight)
        upper, lower = self._below(others, (self._short, self._short - weight))
        return [u - w for u, w in zip(upper, lower, strict=True)]

    def _below(self, weights: Sequence[int], limits: Sequence[int]) -> list[list[int]]:
        """Give for each limit how many coalitions of each size weigh less."""
        left, right = _listed(weights[::2]), _listed(weights[1::2])
        found = [[0] * (len(weights) + 1) for _ in limits]
        for a, some in enumerate(left):
            for b, other in enumerate(right):
                for counts, limit in zip(found, limits, strict=True):
                    counts[a + b] += int(np.searchsorted(other, limit - some, side="left").sum())
        return found


def _listed(weights: Sequence[int]) -> list[NDArray[np.int64]]:
    """Give the weights of all coalitions, by size, each in order."""
    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.int64)
    for w in weights:
        sums, sizes = np.concatenate([sums, sums + w]), np.concatenate([sizes, sizes + 1])
    return [np.sort(sums[sizes == s]) for s in range(len(weights) + 1)]
