"""How far a ranking can be trusted when some ties are missing, by leaving ties out at random.

What was recorded is taken as the truth, ties are left out of it at random, and the ranking that comes
out is compared with the ranking before (Borgatti, Carley & Krackhardt 2006, *Social Networks* 28:
124-136; as an estimate from the observed network: Martin & Niemeyer 2017). The draws are seeded: the
same question has the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_SEED = 20261123
_WORST = 0.05
_TOP = 3
_COMPARED = 500
"""Of how many, the highest first, each is compared with each."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """What is left of a ranking."""

    draws: int
    first_kept: int
    """Draws in which the first is still first; tied for first counts where it was tied before."""
    top_kept: float
    """Mean part of the first three who are still among the first three."""
    agreement: float
    """Mean probability that two who differ are in the same order (sensitivity); beyond 500, of the
    first 500."""
    agreement_low: float
    """The same in the worst 5 % of draws."""


def robustness(
    score: Callable[[Flags], Floats], ties: int, *, missing: float, draws: int
) -> Robustness | None:
    """Say what is left of a ranking when a share of the ties is missing.

    Parameters
    ----------
    score
        Gives the scores for the ties that are there, each 0 or more.
    ties
        How many there are.
    missing
        Share of them that is left out, 0 to 1.
    draws
        How often.

    Returns
    -------
    Robustness or None
        None if no two scores differ: there is no ranking; or if the share is less than half a tie.
    """
    truth = score(np.ones(ties, dtype=np.bool_))
    gone = round(missing * ties)
    if len(truth) == 0 or truth.min() == truth.max() or (missing > 0 and gone == 0):
        return None
    random = np.random.default_rng(_SEED)
    firsts, top = np.flatnonzero(truth == truth.max()), _first(truth)
    compared = np.argsort(-truth, kind="stable")[:_COMPARED]
    kept, overlap, agreement = 0, 0.0, np.empty(draws)
    for draw in range(draws):
        there = np.ones(ties, dtype=np.bool_)
        there[random.choice(ties, gone, replace=False)] = False
        seen = score(there)
        kept += bool(np.isin(np.flatnonzero(seen == seen.max()), firsts).all())
        overlap += len(top & _first(seen)) / len(top)
        agreement[draw] = concordance(truth[compared], seen[compared])
    worst = float(np.quantile(agreement, _WORST))
    return Robustness(draws, kept, overlap / draws, float(agreement.mean()), worst)


def _first(scores: Floats) -> set[int]:
    """Give the first three, those whose score is nothing left out."""
    return {i for i in np.argsort(-scores, kind="stable")[:_TOP].tolist() if scores[i] > 0}


def concordance(truth: Floats, seen: Floats) -> float:
    """Give the probability that of two whose true scores differ the seen ones have the same order.

    Two that are seen as equal are half right: a coin would decide.

    Parameters
    ----------
    truth, seen
        Scores of the same things; where all true ones are equal there is no order to miss.
    """
    order = np.sign(truth[:, None] - truth[None, :])
    found = np.sign(seen[:, None] - seen[None, :])
    differ = order != 0
    return float((1 + (order * found)[differ].mean()) / 2) if differ.any() else 1.0
