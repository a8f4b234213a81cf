"""The headline figures of a panel of ties, each with what it could be.

C1 and C2 are exact given that each weight and each tie may vary by itself; where tiers have half-lives
of their own, the liveness of a tie hangs on a weight that may not be known, and they are outer bounds.
The greatest *sole* and the greatest *loss* are bounded by the greatest of the members' own exact
bounds: their lower ends are outer. So are both ends of the concentration, in which one weight counts
for several members.
"""

from __future__ import annotations

import numpy as np

from graphkam.graph.strength import Panel
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import herfindahl, herfindahl_bounds
from graphkam.method.cover import loss_bounds, sole_bounds
from graphkam.method.ratio import share, share_bounds
from graphkam.model.base import Interval

_UNDEFINED = Interval(value=None, low=None, high=None)


def covered_share(ties: Panel, least: int, ledger: Ledger | None = None) -> Interval:
    """Give the share of the weight that at least so many of us cover: C1, C2.

    Parameters
    ----------
    ties
        The panel.
    least
        How many of us.
    ledger
        Where to say what it is summed from.
    """
    covered, surely, maybe = (ties.count(f) >= least for f in (ties.live, ties.surely_live, ties.maybe_live))
    low, high = share_bounds(ties.weight_low, ties.weight_high, surely, maybe) or (None, None)
    found = Interval(value=share(ties.weight, covered), low=low, high=high)
    if ledger:
        ledger.share(f"c{least}", found, covered, surely, maybe)
    return found


def greatest_sole(ties: Panel) -> Interval:
    """Give the greatest share of the weight that only one of us covers: the bow-tie index."""
    if not ties.total > 0:
        return _UNDEFINED
    low, high = sole_bounds(ties.pairs, ties.surely_live, ties.maybe_live, ties.weight_low, ties.weight_high)
    value = float((ties.sole / ties.total).max(initial=0.0))
    return Interval(value=value, low=float(low.max(initial=0.0)), high=float(high.max(initial=0.0)))


def greatest_loss(ties: Panel) -> Interval:
    """Give the greatest part of what is covered that goes with one of us; null if nothing can be."""
    if not ties.maybe_live.any():
        return _UNDEFINED
    low, high = loss_bounds(ties.pairs, ties.surely_live, ties.maybe_live, ties.weight_low, ties.weight_high)
    value = float(ties.sole.max(initial=0.0)) / ties.covered if ties.covered > 0 else None
    return Interval(value=value, low=float(low.max()), high=float(high.max()))


def concentration(ties: Panel, ledger: Ledger | None = None) -> Interval:
    """Give the Herfindahl index of the members' parts of weight times strength; null if all are zero.

    Parameters
    ----------
    ties
        The panel.
    ledger
        Where to say what it is summed from.
    """
    every = np.ones(len(ties.seat), dtype=np.bool_)
    low = ties.pairs.total(every, ties.weight_low, ties.low)
    high = ties.pairs.total(every, ties.weight_high, ties.high)
    bounds = herfindahl_bounds(low, high)
    if bounds is None:
        return _UNDEFINED
    value = herfindahl(ties.amounts)
    found = Interval(value=value, low=float(bounds[0].sum()), high=float(bounds[1].sum()))
    if ledger:
        shares = ties.amounts / ties.amounts.sum() if value is not None else ties.amounts
        for end, squares in (("value", shares**2), ("low", bounds[0]), ("high", bounds[1])):
            for m, square in zip(ties.graph.members, squares.tolist(), strict=True):
                ledger.term(f"hhi.{end}", m.id, m.name, square)
            ledger.figure(f"hhi.{end}", getattr(found, end), f"hhi.{end}")
    return found
