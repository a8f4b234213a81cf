"""Who stands between the people of the client, and through whom do we reach the others?

On the positive influence ties of the day, directed (:mod:`graphkam.graph.brokers`); each tie counts alike
unless strength is to count (``by_strength``). Per person:

- **out_degree**, **in_degree**: how many he or she influences, and is influenced by;
- **reach**: how many are reached within so many steps (``reach_steps``, 2). These three come first: they
  hold up when some were not asked;
- **betweenness** (Freeman 1977), raw: over all ordered pairs of two others, the share of their shortest
  ways that leads through the person; given in *tiers*, with the *rank* withheld where two are in the
  right order with a probability below ``stable_from`` (0.8) when a fifth (``missing_people``) were not
  asked whom they listen to;
- **constraint** and **effective size** (Burt 1992), directions added up; null for who has no tie, where 0
  would read as the best broker of all.

Besides: those without whom a part of the network falls apart; key players together (Borgatti 2006:
fragmentation, reach), exact by trying all sets while that is feasible, otherwise one by one, and named so;
and stakeholders none of us knows, with those through whom every way to them leads.

Source: design, analyses.md, "influence"; science.md, 3, 4 and 9.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.broker_terms import explain_brokers
from graphkam.graph.brokers import Brokers
from graphkam.graph.doors import Door, doors, known_by
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.influence import Network, network
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.method.key_players import Players
from graphkam.model.base import Finding, Frozen, Result, Severity
from graphkam.settings import AnalysisSettings

_LONELY = 2
"""People who are cut off from the rest from which it is told."""


class Broker(Frozen):
    """Somebody of the client, as the network has him or her."""

    person: str
    id: str
    """Of the first position, or of a person who holds none."""
    is_external: bool
    out_degree: int
    """People he or she influences."""
    in_degree: int
    """People who influence him or her."""
    reach: int
    betweenness: float
    constraint: float | None
    effective_size: float | None
    tier: int | None
    """1, 2 or 3; null for who has no tie."""
    rank: int | None
    """By betweenness; null where the order is not sure, or he or she stands between nobody."""
    stability: float | None
    """How often he or she and another are in the right order when some were not asked."""
    known_by: tuple[str, ...]
    """Names of the members with a live tie."""


class Cut(Frozen):
    """Somebody without whom others lose touch with the rest."""

    person: str
    id: str
    cut_off: tuple[str, ...]
    """Names, by name."""


class KeyPlayers(Frozen):
    """A few who together are best at something."""

    people: tuple[str, ...]
    value: float
    by_distance: float
    is_exact: bool
    """All sets of that size were tried; otherwise they were taken one by one."""


class Behind(Frozen):
    """A stakeholder none of us knows, and who is on the way."""

    person: str
    id: str
    weight: int | None
    is_key: bool
    steps: int | None
    """Ties of influence from the nearest whom one of us knows; null if none lead there."""
    gates: tuple[str, ...]
    """Names of those through whom every way leads, first to last."""
    openers: tuple[str, ...]
    """Names of those with a tie of access."""


class Brokerage(Result):
    """Who stands between."""

    by_strength: bool
    reach_steps: int
    tied: int
    """People who have any tie."""
    isolates: int
    """People without any; in no ranking."""
    ties: int
    unknown_ties: int
    """Ties of unknown weight."""
    stability: float | None
    """How often two are in the right order of betweenness when some were not asked."""
    draws: int
    is_ranked: bool
    people: tuple[Broker, ...]
    """The first tier first, in it whoever reaches most."""
    cuts: tuple[Cut, ...]
    """Whoever cuts off most first."""
    fragmentation: float | None
    """Part of the pairs of those who have ties that do not hang together."""
    cutting: tuple[KeyPlayers, ...]
    """One, two and three people without whom most falls apart; a set that is no better than a smaller one
    is left out."""
    reaching: tuple[KeyPlayers, ...]
    """One, two and three people who together reach most within the steps, as a part of all who have ties."""
    behind: tuple[Behind, ...]
    """The weightiest first."""


def brokerage(
    graph: AccountGraph,
    *,
    by_strength: bool = False,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Brokerage:
    """Answer who stands between the people of the client.

    Parameters
    ----------
    graph
        The account as of a day.
    by_strength
        A strong tie is a short one, and weighs more; otherwise each counts alike.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from, of as many people as a list shows (``top``).
    """
    chosen = settings or AnalysisSettings()
    ties, net = panel(graph, chosen), network(graph, chosen)
    found = Brokers(net, chosen, by_strength)
    ranked = sorted(range(len(net.people)), key=lambda i: _rank(found, i))
    people = _people(ties, found, ranked)
    behind = doors(ties, net, chosen.key_weight)
    cutting, reaching = _players(found, found.cutting), _players(found, found.reaching)
    told = chain(
        _about_ties(graph, found),
        _about_hidden(people),
        _about_doors(ties, net, behind),
        _about_cuts(found),
        _about_players(graph, found, cutting, reaching),
    )
    ledger = Ledger(ties)
    if with_terms:
        explain_brokers(ledger, found, ranked[: chosen.top])
    return Brokerage(
        account=graph.account.name,
        as_of=graph.as_of,
        by_strength=by_strength,
        reach_steps=chosen.reach_steps,
        tied=len(found.tied),
        isolates=len(net.people) - len(found.tied),
        ties=found.arcs.count,
        unknown_ties=net.unknown,
        stability=found.stability.overall if found.stability else None,
        draws=found.stability.draws if found.stability else 0,
        is_ranked=found.is_ranked,
        people=people,
        cuts=_cuts(found),
        fragmentation=found.fragmentation,
        cutting=cutting,
        reaching=reaching,
        behind=tuple(_behind(net, door) for door in behind),
        findings=worst_first(told, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _rank(found: Brokers, i: int) -> tuple[int, int, int, tuple[str, str]]:
    p, tier = found.network.people[i], found.tier[i]
    last = len(found.network.people)
    return (
        last if tier is None else tier,
        -int(found.reach[i]),
        -int(found.arcs.out_degree[i]),
        by_name(p.name, p.id),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _people(ties: Panel, found: Brokers, ranked: Sequence[int]) -> tuple[Broker, ...]:
    who, members = known_by(ties), ties.graph.members
    made = []
    for i in ranked:
        p = found.network.people[i]
        made.append(
            Broker(
                person=p.name,
                id=p.id,
                is_external=bool(p.person.external),
                out_degree=int(found.arcs.out_degree[i]),
                in_degree=int(found.arcs.in_degree[i]),
                reach=int(found.reach[i]),
                betweenness=float(found.betweenness[i]),
                constraint=_number(found.constraint[i]),
                effective_size=_number(found.effective_size[i]),
                tier=found.tier[i],
                rank=found.rank[i] if found.is_ranked else None,
                stability=_number(found.stability.each[i]) if found.stability else None,
                known_by=tuple(members[m].name for m in who(p)),
            )
        )
    return tuple(made)


def _names(net: Network, people: Sequence[int]) -> tuple[str, ...]:
    return tuple(net.people[i].name for i in people)


def _cut_off(found: Brokers) -> list[tuple[int, tuple[int, ...]]]:
    """Give whom each cuts off, whoever cuts off most first; people are by name already."""
    return sorted(
        ((i, tuple(sorted(left))) for i, left in found.cut_off.items()), key=lambda c: (-len(c[1]), c[0])
    )


def _cuts(found: Brokers) -> tuple[Cut, ...]:
    net = found.network
    return tuple(
        Cut(person=net.people[i].name, id=net.people[i].id, cut_off=_names(net, left))
        for i, left in _cut_off(found)
    )


def _players(found: Brokers, players: Sequence[Players]) -> tuple[KeyPlayers, ...]:
    return tuple(
        KeyPlayers(
            people=_names(found.network, [found.tied[n] for n in p.nodes]),
            value=p.value,
            by_distance=p.by_distance,
            is_exact=p.is_exact,
        )
        for p in players
    )


def _behind(net: Network, door: Door) -> Behind:
    p = net.people[door.person]
    return Behind(
        person=p.name,
        id=p.id,
        weight=door.weight,
        is_key=door.is_key,
        steps=door.steps,
        gates=_names(net, door.gates),
        openers=_names(net, door.openers),
    )


def _about_ties(graph: AccountGraph, found: Brokers) -> Iterator[Finding]:
    """Tell what the figures lack: ties, people, weights, certainty."""
    net, given = found.network, found.settings
    if not found.arcs.count:
        if net.people:
            yield finding("brokerage_none", Severity.NOTICE, [graph.account.id])
        return
    if not found.is_ranked and found.stability is not None:
        sure: dict[str, Param] = {
            "percent": round(100 * found.stability.overall),
            "missing": round(100 * given.missing_people),
        }
        yield finding("brokerage_unsure", Severity.NOTICE, [graph.account.id], sure)
    if (alone := len(net.people) - len(found.tied)) > 0:
        yield finding("brokerage_isolates", Severity.INFO, [graph.account.id], {"count": alone})
    if net.unknown and found.by_strength:
        yield finding("brokerage_unknown_ties", Severity.INFO, (), {"count": net.unknown})


def _about_hidden(people: Sequence[Broker]) -> Iterator[Finding]:
    """Tell of brokers of the first tier whom none of us knows."""
    for p in people:
        if p.tier == 1 and not p.known_by:
            params: dict[str, Param] = {"person": p.person, "count": p.out_degree, "reach": p.reach}
            yield finding("brokerage_hidden", Severity.WARNING, [p.id], params)


def _about_doors(ties: Panel, net: Network, behind: Sequence[Door]) -> Iterator[Finding]:
    who, members = known_by(ties), ties.graph.members
    for door in behind:
        params: dict[str, Param]
        target = net.people[door.person]
        for i, tie in zip(door.openers, door.evidence, strict=True):
            known = tuple(members[m].name for m in who(net.people[i])) or None
            params = {"person": net.people[i].name, "target": target.name, "members": known}
            code = "brokerage_access" if known else "brokerage_access_unknown"
            yield finding(code, Severity.NOTICE, [net.people[i].id, target.id], params, [tie])
        if door.is_key and door.gates:
            params = {"target": target.name, "names": _names(net, door.gates), "count": door.steps}
            subjects = [target.id, *(net.people[i].id for i in door.gates)]
            yield finding("brokerage_gate", Severity.NOTICE, subjects, params)


def _about_cuts(found: Brokers) -> Iterator[Finding]:
    for i, left in _cut_off(found):
        if len(left) >= _LONELY:
            p = found.network.people[i]
            yield finding("brokerage_cut", Severity.INFO, [p.id], {"person": p.name, "count": len(left)})


def _about_players(
    graph: AccountGraph, found: Brokers, cutting: Sequence[KeyPlayers], reaching: Sequence[KeyPlayers]
) -> Iterator[Finding]:
    """Tell of the largest set of each."""
    ids = [graph.account.id]
    for p in reaching[-1:]:
        steps = found.settings.reach_steps
        reached: dict[str, Param] = {"names": p.people, "percent": round(100 * p.value), "count": steps}
        yield finding("brokerage_reaching", Severity.INFO, ids, reached)
    for p in cutting[-1:]:
        before = round(100 * (found.fragmentation or 0))
        told: dict[str, Param] = {"names": p.people, "percent": round(100 * p.value), "before": before}
        yield finding("brokerage_cutting", Severity.INFO, ids, told)
