"""Coalitions that win with nobody to spare, and the cheapest way to have enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkam.method.voting import EXACT_IN_64_BITS, Game

_CELLS = 20_000_000
"""Players times weights up to which minimal coalitions are counted."""

_Key = tuple[Fraction, int, tuple[int, ...]]
"""Cost, how many, and who: the cheapest first."""


def minimal_winning(game: Game) -> Iterator[tuple[int, ...]]:
    """Give the coalitions that win and in which everybody is needed.

    Heaviest players first, one after the other as they are asked for: there may be millions. A
    coalition has every veto, and of the others so many that the lightest of them is still needed.

    Parameters
    ----------
    game
        Its players in the order in which equals are to come.
    """
    if sum(game.weights) < game.quota or (game.quota <= 0 and not game.vetoes):
        return
    vetoes = tuple(sorted(game.vetoes))
    if game.short <= 0:
        yield vetoes
        return
    order = _heaviest_first(game)
    left = np.cumsum([0, *(game.weights[i] for i in reversed(order))], dtype=object)[::-1].tolist()
    path: list[int] = []
    stack = [(0, game.short, 0)]  # next player, what is still short, how many are in
    while stack:
        k, short, depth = stack.pop()
        del path[depth:]
        if k == len(order) or left[k] < short:
            continue
        stack.append((k + 1, short, depth))
        path.append(order[k])
        if game.weights[order[k]] >= short:
            yield tuple(sorted((*vetoes, *path)))
        else:
            stack.append((k + 1, short - game.weights[order[k]], depth + 1))


def minimal_winning_count(game: Game) -> int | None:
    """Give how many such coalitions there are; None where weights are too large to count them."""
    if game.short <= 0 or sum(game.weights) < game.quota:
        return len(list(minimal_winning(game)))
    order, short = _heaviest_first(game), game.short
    if len(order) * short > _CELLS:
        few = list(islice(minimal_winning(game), len(order) * 1000))
        return len(few) if len(few) < len(order) * 1000 else None
    kind = np.int64 if len(order) <= EXACT_IN_64_BITS else object
    lighter: NDArray[Any] = np.zeros(short, dtype=kind)
    lighter[0] = 1
    found = 0
    for i in order:  # as the lightest of the coalition: the heavier ones are short, and not with it
        weight = game.weights[i]
        found += int(lighter[max(short - weight, 0) :].sum())
        if weight < short:
            lighter[weight:] += lighter[: short - weight].copy()
    return found


def _heaviest_first(game: Game) -> list[int]:
    """Give the players without a veto who weigh anything."""
    return sorted((i for i in game.others if game.weights[i] > 0), key=lambda i: (-game.weights[i], i))


@dataclass(frozen=True, slots=True)
class Bargain:
    """The cheapest choice that is enough."""

    cost: Fraction
    chosen: tuple[int, ...]
    """Those that cost something, in order."""


def cheapest(amounts: Sequence[Fraction], costs: Sequence[Fraction], needed: Fraction) -> Bargain | None:
    """Give the cheapest choice whose amounts reach what is needed; of equals the fewest, then the first.

    Parameters
    ----------
    amounts
        What each brings, zero or more.
    costs
        What each costs, zero or more; what costs nothing is always taken.
    needed
        The least sum of the amounts.

    Returns
    -------
    Bargain or None
        None if all together are not enough.
    """
    free = sum((a for a, c in zip(amounts, costs, strict=True) if c == 0), Fraction(0))
    states: list[tuple[_Key, Fraction]] = [((Fraction(0), 0, ()), free)]
    for i, (amount, cost) in enumerate(zip(amounts, costs, strict=True)):
        if cost == 0 or amount == 0:
            continue
        more = [((k[0] + cost, k[1] + 1, (*k[2], i)), had + amount) for k, had in states if had < needed]
        states = _undominated([*states, *more])
    enough = [key for key, had in states if had >= needed]
    if not enough:
        return None
    cost, _, chosen = min(enough)
    return Bargain(cost, chosen)


def _undominated(states: list[tuple[_Key, Fraction]]) -> list[tuple[_Key, Fraction]]:
    """Leave those for which no cheaper one brings as much."""
    kept: list[tuple[_Key, Fraction]] = []
    for key, had in sorted(states, key=lambda s: s[0]):
        if not kept or had > kept[-1][1]:
            kept.append((key, had))
    return kept
