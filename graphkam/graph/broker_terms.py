"""What the figures of brokers are summed from: ties, those reached, ways, and shares of dealings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphkam.graph.brokers import Brokers
from graphkam.graph.terms import Ledger
from graphkam.method.centrality import betweenness_from
from graphkam.method.constraint import constraint_by, effective_size_by
from graphkam.method.key_players import Reaching, bits

_NOTHING = 1e-12


def explain_brokers(ledger: Ledger, found: Brokers, listed: Sequence[int]) -> None:
    """Say where the figures of some people come from.

    Parameters
    ----------
    ledger
        Where it is said.
    found
        Who stands between whom.
    listed
        Indexes of the people.
    """
    if not listed:
        return
    _explain_degrees(ledger, found, listed)
    _explain_reach(ledger, found, listed)
    _explain_betweenness(ledger, found, listed)
    for name, total, by in (
        ("constraint", found.constraint, constraint_by),
        ("effective_size", found.effective_size, effective_size_by),
    ):
        rows = by(found.arcs).tocsr()
        for i in listed:
            if not np.isnan(total[i]):
                _figure(ledger, found, name, i, float(total[i]))
                row = rows[[i], :].tocoo()
                for other, value in sorted(zip(row.coords[1].tolist(), row.data.tolist(), strict=True)):
                    _term(ledger, found, name, i, other, value)


def _explain_degrees(ledger: Ledger, found: Brokers, listed: Sequence[int]) -> None:
    arcs, ties, wanted = found.arcs, found.network.ties, set(listed)
    for name, total, ends in (
        ("out_degree", arcs.out_degree, (arcs.source, arcs.target)),
        ("in_degree", arcs.in_degree, (arcs.target, arcs.source)),
    ):
        for i in listed:
            _figure(ledger, found, name, i, float(total[i]))
        for i, other, tie in zip(ends[0].tolist(), ends[1].tolist(), ties, strict=True):
            if i in wanted:
                _term(ledger, found, name, i, other, 1.0, tie)


def _explain_reach(ledger: Ledger, found: Brokers, listed: Sequence[int]) -> None:
    search = Reaching(found.arcs, found.settings.reach_steps)
    for i in listed:
        _figure(ledger, found, "reach", i, float(found.reach[i]))
        for other in bits(search.reached([i])):
            if other != i:
                _term(ledger, found, "reach", i, other, 1.0)


def _explain_betweenness(ledger: Ledger, found: Brokers, listed: Sequence[int]) -> None:
    """Say it by where the ways begin."""
    for i in listed:
        _figure(ledger, found, "betweenness", i, float(found.betweenness[i]))
    for start in found.tied:
        added = betweenness_from(found.arcs, start, by_strength=found.by_strength)
        for i in listed:
            if added[i] > _NOTHING:
                _term(ledger, found, "betweenness", i, start, float(added[i]))


def _figure(ledger: Ledger, found: Brokers, name: str, person: int, value: float) -> None:
    who = found.network.people[person].id
    ledger.figure(f"people[{who}].{name}", value, f"{name}:{who}")


def _term(
    ledger: Ledger, found: Brokers, name: str, person: int, other: int, value: float, tie: str | None = None
) -> None:
    people = found.network.people
    because = [tie] if tie else []
    ledger.term(f"{name}:{people[person].id}", people[other].id, people[other].name, value, because=because)
