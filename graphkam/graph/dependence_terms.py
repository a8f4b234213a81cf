"""What the figures of dependence are summed from, member by member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np

from graphkam.graph.stakes import businesses
from graphkam.graph.strength import Flags, Panel
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import herfindahl
from graphkam.method.cover import loss_bounds, sole_bounds
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
    if ties.total > 0:
        explain_most(ledger, ties, "bow_tie", bow_tie)


def explain_most(
    ledger: Ledger, ties: Panel, figure: Literal["bow_tie", "max_loss"], found: Interval
) -> None:
    """Say at whom the ends of the greatest sole, or of the greatest loss, come about, and from what."""
    bounds = sole_bounds if figure == "bow_tie" else loss_bounds
    limits = ties.weight_low, ties.weight_high
    ends = bounds(ties.pairs, ties.surely_live, ties.maybe_live, *limits)
    for end, values in zip(("low", "high"), ends, strict=True):
        m = int(values.argmax())
        chosen, others = _alone_at(ties, m, end)
        inside, outside = limits if end == "low" else reversed(limits)
        weights, whole = np.where(chosen, inside, outside), chosen | others
        if figure == "max_loss" and not whole.any():  # nobody else can cover anything
            chosen = whole = ties.count(ties.maybe_live) >= 1
        ledger.seats(f"{figure}.{end}", weights, chosen)
        ledger.seats(f"{figure}.{end} of", weights, whole if figure == "max_loss" else None)
        ledger.figure(f"{figure}.{end}", getattr(found, end), f"{figure}.{end}", f"{figure}.{end} of")


def _alone_at(ties: Panel, m: int, end: str) -> tuple[Flags, Flags]:
    """Tell which positions one member covers alone at an end of the figure, and which others cover."""
    pairs, surely, maybe = ties.pairs, ties.surely_live, ties.maybe_live
    mine, sure, possible = ties.member == m, pairs.count(surely), pairs.count(maybe)
    if end == "low":
        alone = mine & surely & (possible[pairs.row] == 1)
        others = pairs.count(maybe & ~mine) >= 1
    else:
        alone = mine & maybe & (sure[pairs.row] - surely == 0)
        others = sure >= 1
    chosen = np.zeros(ties.seats, dtype=np.bool_)
    chosen[ties.seat[alone]] = True
    return chosen, others
