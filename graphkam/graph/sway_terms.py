"""What the figures of influence are summed from: who says what to whom, and through whom a step counts."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from graphkam.graph.strength import Floats
from graphkam.graph.sway import Field, Sway
from graphkam.graph.terms import Ledger
from graphkam.graph.voters import LEAST_STANCE, MOST_STANCE
from graphkam.method.opinion_bounds import heard
from graphkam.method.ratio import mean_bounds


def explain_stance(ledger: Ledger, found: Sway, place: str, about: str) -> None:
    """Say where the weighted stance comes from, before influence and after.

    Parameters
    ----------
    ledger
        Where it is said.
    found
        Who sways whom.
    place
        Where the figures stand in the result: ``centres[DC1].`` or nothing.
    about
        What the names of the sums end with.
    """
    field = found.field
    ends = field.own_at(LEAST_STANCE), field.own_at(MOST_STANCE)
    for name, interval, values, (low, high) in (
        ("now", found.now, field.own, ends),
        ("after", found.after, field.settled, field.ends),
    ):
        told = np.where(np.isnan(values), 0.0, found.weight)
        _mean(ledger, found, f"{place}{name}.value", f"{name}{about}", interval.value, values, told)
        for end, value, bound in (("low", interval.low, low), ("high", interval.high, high)):
            if value is not None:
                least, most = found.weight_low, found.weight_high
                weights = mean_bounds(bound, least, most, is_low=end == "low")[1]
                _mean(ledger, found, f"{place}{name}.{end}", f"{name}.{end}{about}", value, bound, weights)


def _mean(
    ledger: Ledger,
    found: Sway,
    figure: str,
    name: str,
    value: float | None,
    values: Floats,
    weights: Floats,
) -> None:
    if value is None:
        return
    ledger.figure(figure, value, name, f"{name} of")
    for node, stance, weight in zip(found.field.nodes, values.tolist(), weights.tolist(), strict=True):
        if weight > 0:
            because = [node.said] if node.said else []
            ledger.term(name, node.id, node.name, weight * stance, weight=weight, because=because)
            ledger.term(f"{name} of", node.id, node.name, weight, weight=weight)


def explain_people(ledger: Ledger, found: Sway, listed: Collection[int]) -> None:
    """Say where some settle, from whom they listen to; and what their step moves, through whom.

    Somebody of unknown stance has nothing of his own in it; whom nobody of known stance reaches is
    listened to by nobody.

    Parameters
    ----------
    ledger
        Where it is said.
    found
        Who sways whom.
    listed
        Indexes of the nodes.
    """
    field, settled = found.field, found.field.settled
    is_told = heard(field.ties, field.own)[field.ties.source]
    share, kept = _shares(field, field.ties.strength * is_told, np.where(np.isnan(field.own), 1.0, np.nan))
    told = {i for i in listed if not np.isnan(settled[i])}
    for i in told:
        ledger.figure(f"people[{field.nodes[i].id}].equilibrium", float(settled[i]), _equilibrium(field, i))
        if kept[i] > 0:
            own, said = float(kept[i]), field.nodes[i].said
            _term(ledger, field, _equilibrium(field, i), i, own * float(field.own[i]), own, said)
    for i, j, part, tie in zip(*_pairs(field), share.tolist(), found.network.ties, strict=True):
        if i in told and part > 0:
            _term(ledger, field, _equilibrium(field, i), j, part * float(settled[j]), part, tie)
    _explain_leverage(ledger, found, listed)


def _equilibrium(field: Field, node: int) -> str:
    return f"equilibrium:{field.nodes[node].id}"


def _explain_leverage(ledger: Ledger, found: Sway, listed: Collection[int]) -> None:
    """Say it by what each counts himself, and by those who listen to him directly, echoes included."""
    field, leverage = found.field, found.leverage
    if np.isnan(leverage).any() or field.ties.susceptibility.max(initial=0.0) >= 1:
        return
    counts = found.weight / found.weight.sum()
    reach = field.model.reach(counts)
    share, kept = _shares(field, field.ties.strength, np.full(len(counts), np.nan))
    for i in listed:
        name = f"leverage:{field.nodes[i].id}"
        ledger.figure(f"people[{field.nodes[i].id}].leverage", float(leverage[i]), name)
        if counts[i] > 0:
            _term(ledger, field, name, i, float(kept[i] * counts[i]))
    wanted = set(listed)
    for i, j, part, tie in zip(*_pairs(field), share.tolist(), found.network.ties, strict=True):
        if j in wanted and (through := float(kept[j] * reach[i]) * part):
            _term(ledger, field, f"leverage:{field.nodes[j].id}", i, through, because=tie)


def _shares(field: Field, strength: Floats, otherwise: Floats) -> tuple[Floats, Floats]:
    """Give what part of each is made by each he listens to, and what part he keeps for himself.

    Parameters
    ----------
    field
        Who listens to whom.
    strength
        Of each tie, 0 where it is not listened to.
    otherwise
        Susceptibility where it is not the usual one; NaN where it is.
    """
    ties = field.ties
    total = np.bincount(ties.target, weights=strength, minlength=ties.people)
    gives_way = np.where(np.isnan(otherwise), ties.susceptibility, otherwise)
    gives_way = np.where(total > 0, gives_way, 0.0)
    part = np.divide(strength, total[ties.target], out=np.zeros(len(strength)), where=strength > 0)
    return gives_way[ties.target] * part, 1.0 - gives_way


def _pairs(field: Field) -> tuple[list[int], list[int]]:
    return field.ties.target.tolist(), field.ties.source.tolist()


def _term(
    ledger: Ledger,
    field: Field,
    name: str,
    node: int,
    value: float,
    weight: float | None = None,
    because: str | None = None,
) -> None:
    n = field.nodes[node]
    ledger.term(name, n.id, n.name, value, weight=weight, because=[because] if because else [])
