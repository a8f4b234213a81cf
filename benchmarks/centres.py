"""How long votes and opinions take: thirty seats counted, five thousand people settled.

Each beside the plain way in the same run: listing every coalition, solving the equations whole. Ends
with 1 where counting thirty seats takes more than a second, or a plain way is ahead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from random import Random

import numpy as np
from scipy.sparse import eye_array
from scipy.sparse.linalg import spsolve

from graphkam.method.opinion import Opinions, listening
from graphkam.method.voting import Game, power

SEED = 20261123
SEATS, LISTED = 30, 18
PEOPLE, SOLVED, TIES_EACH = 5_000, 2_000, 4
WANTED = 1.0


def timed(work: Callable[[], object]) -> float:
    """Give how long something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def game(seats: int, most: int) -> Game:
    dice = Random(SEED)
    weights = tuple(dice.randint(1, most) for _ in range(seats))
    return Game(weights, sum(weights) // 2 + 1, frozenset({0}))


def listed_swings(made: Game) -> list[int]:
    """Count the swings of each player by listing every coalition."""
    count = len(made.weights)
    found = [0] * count
    for code in range(1 << count):
        coalition = frozenset(i for i in range(count) if code >> i & 1)
        if made.is_winning(coalition):
            for i in coalition:
                found[i] += not made.is_winning(coalition - {i})
    return found


def opinions(people: int) -> tuple[Opinions, np.ndarray]:
    dice = np.random.default_rng(SEED)
    pairs = np.unique(dice.integers(0, people * people, people * TIES_EACH))
    target, source = np.divmod(pairs, people)
    weights = listening(target, source, dice.integers(1, 6, len(pairs)) / 5, people)
    return Opinions(weights, np.full(people, 0.5)), dice.integers(-2, 3, people).astype(float)


def solved_whole(model: Opinions, own: np.ndarray) -> np.ndarray:
    gives_way = np.where(np.diff(model.weights.indptr) > 0, model.susceptibility, 0.0)
    system = eye_array(len(own)) - model.weights.multiply(gives_way[:, None])
    return spsolve(system.tocsc(), (1 - gives_way) * own)


def main() -> int:
    """Measure, compare and print."""
    missed = False
    small = game(LISTED, 9)
    assert [sum(s) for s in power(small).swings] == listed_swings(small)  # noqa: S101 - the same answer
    plain, counted = timed(lambda: listed_swings(small)), timed(lambda: power(small))
    missed |= counted > plain
    print(f"power of {LISTED} seats: counted {counted:.3f} s, every coalition listed {plain:.3f} s")
    for most in (1, 9, 1_000):
        taken = timed(lambda most=most: power(game(SEATS, most)))
        missed |= taken > WANTED
        print(f"power of {SEATS} seats of up to {most} votes: {taken:.3f} s; wanted {WANTED} s")
    model, own = opinions(SOLVED)
    plain, settled = timed(lambda: solved_whole(model, own)), timed(lambda: model.settled(own))
    assert np.allclose(solved_whole(model, own), model.settled(own))  # noqa: S101 - the same answer
    missed |= settled > plain
    print(f"opinions of {SOLVED} people: {settled:.3f} s, solved whole {plain:.3f} s")
    model, own = opinions(PEOPLE)
    taken = timed(lambda: (model.settled(own), model.leverage(np.ones(PEOPLE))))
    print(f"opinions and leverage of {PEOPLE} people: {taken:.3f} s")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
