"""How far a ranking of nodes can be trusted when some were not asked, by leaving their answers out.

Whoever is not asked names nobody: all arcs that he would have told of are missing at once. That is another
error than ties that are missing here and there (:mod:`graphkam.method.robustness`), and a worse one for
those who stand between: with a fifth not asked, two people are in the right order of betweenness with a
probability of 0.79 only, measured on Krackhardt's managers.

What was recorded is taken as the truth, the arcs of a part of the nodes are left out at random, and the
order that comes out is compared with the order before (Martin & Niemeyer 2017, the iterative method). The
draws are seeded: the same question has the same answer.

Source: Borgatti, Carley & Krackhardt 2006, *Social Networks* 28: 124-136; Martin & Niemeyer 2017.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from graphkam.method.arcs import Flags, Floats, Indexes

_SEED = 20261123
_DIGITS = 9
"""Beyond these, two scores are equal."""
MOST_COMPARED = 500
"""Nodes that are compared, those with the highest score first."""


@dataclass(frozen=True, slots=True)
class Stability:
    """How often the order is right."""

    draws: int
    overall: float
    """Probability that two nodes whose scores differ are in the right order; seen as equal is half right."""
    each: Floats
    """The same of each node and any other; NaN where it was not compared, or differs from nobody."""


def stability(
    score: Callable[[Flags], Floats], teller: Indexes, asked: Flags, *, missing: float, draws: int
) -> Stability | None:
    """Say how often a ranking is right when a part of the nodes was not asked.

    Parameters
    ----------
    score
        Gives the scores of all nodes for the arcs that are there.
    teller
        Of each arc, the node that told of it.
    asked
        Nodes that are in it: those that may turn out not to have been asked, and that are compared.
    missing
        Part of them that is not asked, 0 to 1.
    draws
        How often.

    Returns
    -------
    Stability or None
        None if no two scores differ, or the part is less than half a node.
    """
    everybody = np.flatnonzero(asked)
    silent = round(missing * len(everybody))
    truth = np.round(score(np.ones(len(teller), dtype=np.bool_)), _DIGITS)
    compared = everybody[np.argsort(-truth[everybody], kind="stable")[:MOST_COMPARED]]
    order = np.sign(truth[compared, None] - truth[None, compared])
    others = (order != 0).sum(axis=1)
    if not others.any() or (missing > 0 and silent == 0):
        return None
    random, right = np.random.default_rng(_SEED), np.zeros(len(compared))
    for _ in range(draws):
        gone = random.choice(everybody, silent, replace=False)
        seen = np.round(score(~np.isin(teller, gone)), _DIGITS)[compared]
        right += ((1 + order * np.sign(seen[:, None] - seen[None, :])) / 2 * (order != 0)).sum(axis=1)
    each = np.full(len(asked), np.nan)
    np.divide(right, draws * others, out=(found := np.full(len(compared), np.nan)), where=others > 0)
    each[compared] = found
    return Stability(draws, float(right.sum() / (draws * others.sum())), each)
