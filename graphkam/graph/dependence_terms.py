"""What the figures of dependence are summed from, member by member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from graphkam.graph.stakes import businesses
from graphkam.graph.strength import Flags, Panel
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import herfindahl
from graphkam.method.cover import sole_bounds
from graphkam.model.base import Interval


class Dependent(Protocol):
    """The figures of one member."""

    @property
    def member(self) -> str: ...  # noqa: D102 - see the row of the analysis
    @property
    def member_id(self) -> str: ...  # noqa: D102
    @property
    def sole(self) -> float | None: ...  # noqa: D102
    @property
    def loss(self) -> float | None: ...  # noqa: D102
    @property
    def share(self) -> float | None: ...  # noqa: D102
    @property
    def exposure(self) -> float | None: ...  # noqa: D102


def explain_dependence(ledger: Ledger, ties: Panel, members: Sequence[Dependent], bow_tie: Interval) -> None:
    """Say where each member's figures, the concentration and the bow-tie index come from.

    Parameters
    ----------
    ledger
        Where it is said.
    ties
        The panel.
    members
        The figures of each.
    bow_tie
        The index, with what it could be.
    """
    graph, amounts, live = ties.graph, ties.amounts, ties.count(ties.live)
    ledger.seats("weight", ties.weight)
    ledger.seats("covered", ties.weight, live >= 1)
    for m, member in enumerate(graph.members):
        only = np.array([who == (m,) for who in ties.live_members], dtype=np.bool_)
        ledger.seats(f"sole:{member.id}", ties.weight, only)
        ledger.term("share", member.id, member.name, float(amounts[m]))
    for k, strength in enumerate(ties.strength.tolist()):
        if strength > 0:
            member, s, tie = graph.members[ties.member[k]], graph.counted[ties.seat[k]], ties.tie[k]
            weight = float(ties.weight[ties.seat[k]])
            because = (graph.contacts[tie].tie.id,)
            ledger.term(f"share:{member.id}", s.id, s.name, weight * strength, weight=weight, because=because)
    for business in businesses(graph):
        if len(who := ties.who(business.seats)) == 1 and business.amount is not None:
            name = f"exposure:{graph.members[who[0]].id}"
            ledger.term(name, business.id, business.name, float(business.amount))
    for d in members:
        ledger.figure(f"members[{d.member_id}].sole", d.sole, f"sole:{d.member_id}", "weight")
        ledger.figure(f"members[{d.member_id}].loss", d.loss, f"sole:{d.member_id}", "covered")
        ledger.figure(f"members[{d.member_id}].share", d.share, f"share:{d.member_id}", "share")
        ledger.figure(f"members[{d.member_id}].exposure", d.exposure, f"exposure:{d.member_id}")
        if d.share is not None:
            ledger.term("hhi", d.member_id, d.member, d.share**2, weight=d.share)
    ledger.figure("hhi", herfindahl(amounts), "hhi")
    if graph.members:
        _explain_bow_tie(ledger, ties, bow_tie)


def _explain_bow_tie(ledger: Ledger, ties: Panel, bow_tie: Interval) -> None:
    """Say whose sole weight the bow-tie index is, and at whom its interval ends."""
    most = f"sole:{ties.graph.members[int(ties.sole.argmax())].id}"
    ledger.figure("bow_tie.value", bow_tie.value, most, "weight")
    if ties.covered > 0:
        ledger.figure("max_loss", float(ties.sole.max()) / ties.covered, most, "covered")
    if not ties.total > 0:
        return
    ends = sole_bounds(ties.pairs, ties.surely_live, ties.maybe_live, ties.weight_low, ties.weight_high)
    for end, value, bounds in zip(("low", "high"), (bow_tie.low, bow_tie.high), ends, strict=True):
        m, is_low = int(bounds.argmax()), end == "low"
        surely, maybe = _alone_at(ties, m)
        chosen = surely if is_low else maybe
        inside, outside = (
            (ties.weight_low, ties.weight_high) if is_low else (ties.weight_high, ties.weight_low)
        )
        weights = np.where(chosen, inside, outside)
        ledger.seats(f"bow_tie.{end}", weights, chosen)
        ledger.seats(f"bow_tie.{end} of", weights)
        ledger.figure(f"bow_tie.{end}", value, f"bow_tie.{end}", f"bow_tie.{end} of")


def _alone_at(ties: Panel, m: int) -> tuple[Flags, Flags]:
    """Tell which positions one member surely covers alone, and for some value of what is unknown."""
    pairs, surely, maybe = ties.pairs, ties.surely_live, ties.maybe_live
    mine = ties.member == m
    certain = mine & surely & (pairs.count(maybe)[pairs.row] == 1)
    possible = mine & maybe & (pairs.count(surely)[pairs.row] - surely == 0)
    found = []
    for flags in (certain, possible):
        of_seats = np.zeros(ties.seats, dtype=np.bool_)
        of_seats[ties.seat[flags]] = True
        found.append(of_seats)
    return found[0], found[1]
