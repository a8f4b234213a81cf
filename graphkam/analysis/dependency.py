"""On whom of us does the account depend, and for how much?

Our side, over the weight W of the positions that count (see :mod:`graphkam.analysis.coverage`):

- sole(m) = sum of w where the only member with a live tie is m, over W; loss(m) = sole(m) / C1, the
  part of what is covered that goes with m;
- **bow-tie index** = the greatest sole(m), 0 with no name if nobody is sole; **max_loss** = the
  greatest loss(m): it shows the account where one of us knows the one person we know;
- concentration over all ties with s > 0, live or not: share(m) = sum of w x s over m / total; HHI =
  sum of squared shares; effective number of interlocutors = 1 / HHI; null on a zero total;
- guichet-unique index: share of the last 12 months' interactions in which the lead took part;
- exposure(m), in the account's currency a year: over the centres whose only live interlocutor is m,
  the largest of the centre's value, its pursuits, plus unlinked pursuits and contracts whose only
  known people are m's. What has no amount is counted as unknown, never as 0.

Client side: units and centres where exactly one client person has a live tie with us, or none
("dark"). Bridge: the one tie that alone connects us to a unit or centre. Over-investment: more live
ties than wanted, by two or more.

Source: design, analyses.md, "dependency"; HHI: Herfindahl 1950.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.parts import Part, by_centre, by_unit
from graphkam.graph.stakes import businesses
from graphkam.graph.strength import Floats, Panel, panel
from graphkam.method.concentration import effective_number, herfindahl, shares
from graphkam.method.ratio import share_bounds
from graphkam.model.base import Finding, Frozen, Ids, Interval, Result, Severity, Term
from graphkam.model.business import Interaction
from graphkam.settings import AnalysisSettings

_BOW_TIE_FROM = 0.5
"""Bow-tie index from which the measured form is a bow tie: half of all weight through one of us."""
_DIAMOND_FROM = 0.5
"""C2 from which (with nobody sole for a quarter of the weight) it is a diamond."""
_DIAMOND_SOLE = 0.25
_OVER = 2
_YEAR = timedelta(days=365)


class MemberDependency(Frozen):
    """What depends on one of us."""

    member: str
    member_id: str
    sole: float | None
    """Share of all weight that only this member covers; null on an account without weight."""
    loss: float | None
    """Share of the covered weight lost with the departure; null if nothing is covered."""
    share: float | None
    """Share of the strength of all ties, weighted; null if there are none."""
    exposure: float | None
    """Yearly amount in ``currency``; null where no business is recorded, or only unknown amounts
    depend on the member."""
    currency: str
    unknown_amounts: int
    """Centres, pursuits and contracts that depend on the member and have no amount."""
    live_ties: int
    sole_of: tuple[str, ...]
    """Names of the stakeholders that only this member covers; bounded."""


class PartDependency(Frozen):
    """How we are connected to one unit or centre."""

    id: str
    name: str
    kind: Literal["unit", "centre"]
    known_people: int
    """Client people in it with a live tie to us; 0 = dark."""
    our_people: int
    sole_person: str | None
    sole_member: str | None
    is_bridge: bool
    """One tie alone connects us to it."""
    bow_tie: float | None
    """The greatest share of its weight that only one of us covers."""


class OverInvestment(Frozen):
    """A stakeholder with more live ties than wanted."""

    position_id: str
    name: str
    weight: float
    live_ties: int
    wanted: int


class Dependency(Result):
    """On whom of us the account depends."""

    currency: str
    members: tuple[MemberDependency, ...]
    """All of M, most depended on first."""
    bow_tie: Interval
    bow_tie_member: str | None
    max_loss: float | None
    max_loss_member: str | None
    hhi: float | None
    effective_interlocutors: float | None
    guichet_unique: float | None
    """Null if no lead is named or no interaction was recorded."""
    target_form: str | None
    measured_form: Literal["bow_tie", "hybrid", "diamond"] | None
    """Null if nothing is covered."""
    parts: tuple[PartDependency, ...]
    """Units and centres known through one person or none."""
    over_invested: tuple[OverInvestment, ...]


def dependency(graph: AccountGraph, *, settings: AnalysisSettings | None = None) -> Dependency:
    """Answer on whom of us the account depends.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    members = _members(graph, ties, chosen.top)
    bow_tie, name = bow_tie_index(ties)
    losing = max((m for m in members if m.loss), key=lambda m: m.loss or 0, default=None)
    amounts = _amounts(ties)
    parts = _parts(graph, ties)
    covered = _covered(ties)
    return Dependency(
        account=graph.account.name,
        as_of=graph.as_of,
        currency=graph.currency,
        members=members,
        bow_tie=bow_tie,
        bow_tie_member=name,
        max_loss=None if covered == 0 else (losing.loss if losing else 0.0),
        max_loss_member=losing.member if losing else None,
        hhi=herfindahl(amounts),
        effective_interlocutors=effective_number(amounts),
        guichet_unique=_guichet_unique(graph),
        target_form=graph.account.target_form,
        measured_form=_form(ties, bow_tie.value),
        parts=parts,
        over_invested=_over_invested(graph, ties, chosen)[: chosen.top],
        findings=_findings(graph, members, parts, bow_tie.value, _form(ties, bow_tie.value)),
        terms=_terms(graph, ties),
    )


def sole_weights(ties: Panel) -> Floats:
    """Give for each member the weight that only he or she covers."""
    n = ties.count(ties.live)
    alone = ties.live & (n[ties.seat] == 1)
    lone = np.bincount(ties.member[alone], weights=ties.weight[ties.seat[alone]], minlength=ties.members)
    return lone.astype(np.float64)


def bow_tie_index(ties: Panel) -> tuple[Interval, str | None]:
    """Give the greatest share of the weight that only one of us covers, and who that is.

    The interval is an outer bound: the greatest of the members' own exact bounds.
    """
    if not ties.total > 0:
        return Interval(value=None, low=None, high=None), None
    sole = sole_weights(ties) / ties.total
    top = int(sole.argmax()) if len(sole) else None
    value = float(sole[top]) if top is not None else 0.0
    low, high = 0.0, 0.0
    surely, maybe = ties.count(ties.surely_live), ties.count(ties.maybe_live)
    for m in range(ties.members):
        mine = ties.member == m
        only = np.zeros(ties.seats, dtype=np.bool_)
        could = np.zeros(ties.seats, dtype=np.bool_)
        sure, may = ties.seat[mine & ties.surely_live], ties.seat[mine & ties.maybe_live]
        only[sure] = maybe[sure] == 1
        could[may] = surely[may] - np.isin(may, sure) == 0
        bounds = share_bounds(ties.weight_low, ties.weight_high, only, could)
        if bounds:
            low, high = max(low, bounds[0]), max(high, bounds[1])
    name = ties.graph.members[top].name if top is not None and value > 0 else None
    return Interval(value=value, low=low, high=high), name


def _covered(ties: Panel) -> float:
    return float(ties.weight[ties.count(ties.live) >= 1].sum())


def _amounts(ties: Panel) -> Floats:
    """Give each member's sum of weight times strength, over all ties, live or not."""
    weighted = ties.weight[ties.seat] * ties.strength
    return np.bincount(ties.member, weights=weighted, minlength=ties.members).astype(np.float64)


def _members(graph: AccountGraph, ties: Panel, top: int) -> tuple[MemberDependency, ...]:
    sole, of_total, covered = sole_weights(ties), shares(_amounts(ties)), _covered(ties)
    exposures = _exposures(graph, ties)
    alone: dict[int, list[str]] = {}
    for i, who in enumerate(ties.live_members):
        if len(who) == 1:
            alone.setdefault(who[0], []).append(graph.counted[i].name)
    live = np.bincount(ties.member[ties.live], minlength=ties.members)
    found = []
    for m, member in enumerate(graph.members):
        amount, unknown = exposures[m]
        found.append(
            MemberDependency(
                member=member.name,
                member_id=member.id,
                sole=float(sole[m]) / ties.total if ties.total > 0 else None,
                loss=float(sole[m]) / covered if covered > 0 else None,
                share=None if of_total is None else float(of_total[m]),
                exposure=amount,
                currency=graph.currency,
                unknown_amounts=unknown,
                live_ties=int(live[m]),
                sole_of=tuple(alone.get(m, ())[:top]),
            )
        )
    return tuple(
        sorted(found, key=lambda d: (-(d.sole or 0), -(d.share or 0), *by_name(d.member, d.member_id)))
    )


def _exposures(graph: AccountGraph, ties: Panel) -> list[tuple[float | None, int]]:
    """Give for each member the amount at stake (None = not known) and how many are not known."""
    at_stake = businesses(graph)
    found = [(Decimal(0), 0)] * ties.members
    for business in at_stake:
        who = _who(ties, business.seats)
        if len(who) == 1:
            (m,) = who
            amount, unknown = found[m]
            known = business.amount is not None
            found[m] = (amount + (business.amount or 0), unknown + (not known))
    return [
        (None if not at_stake or (amount == 0 and unknown) else float(amount), unknown)
        for amount, unknown in found
    ]


def _who(ties: Panel, seats: Iterable[int]) -> set[int]:
    return {m for i in seats for m in ties.live_members[i]}


def _guichet_unique(graph: AccountGraph) -> float | None:
    lead = graph.account.lead_id
    recent = [i for i in graph.own(Interaction) if graph.as_of - _YEAR < i.date <= graph.as_of]
    if lead is None or not recent:
        return None
    return sum(lead in i.member_ids for i in recent) / len(recent)


def _form(ties: Panel, bow_tie: float | None) -> Literal["bow_tie", "hybrid", "diamond"] | None:
    """Name the measured form.

    Bow tie: one of us is sole for at least half of the weight. Diamond: two or more of us cover at
    least half of it and nobody is sole for a quarter. Hybrid: what is between.
    """
    if not _covered(ties) > 0 or bow_tie is None:
        return None
    if bow_tie >= _BOW_TIE_FROM:
        return "bow_tie"
    twice = float(ties.weight[ties.count(ties.live) > 1].sum()) / ties.total
    return "diamond" if twice >= _DIAMOND_FROM and bow_tie < _DIAMOND_SOLE else "hybrid"


def _parts(graph: AccountGraph, ties: Panel) -> tuple[PartDependency, ...]:
    kinds: tuple[tuple[Literal["unit", "centre"], tuple[Part, ...]], ...] = (
        ("centre", by_centre(graph)),
        ("unit", by_unit(graph)),
    )
    found = [_part(graph, ties, part, kind) for kind, parts in kinds for part in parts if part.seats]
    thin = [p for p in found if p.known_people <= 1 or p.our_people == 1]
    return tuple(sorted(thin, key=lambda p: (p.known_people, p.our_people, p.kind, *by_name(p.name, p.id))))


def _part(graph: AccountGraph, ties: Panel, part: Part, kind: Literal["unit", "centre"]) -> PartDependency:
    known = {graph.counted[i].person: i for i in part.seats if ties.live_members[i]}
    ours = _who(ties, part.seats)
    weight = float(ties.weight[list(part.seats)].sum())
    sole: dict[int, float] = {}
    for i in part.seats:
        if len(ties.live_members[i]) == 1:
            m = ties.live_members[i][0]
            sole[m] = sole.get(m, 0.0) + float(ties.weight[i])
    person = next(iter(known), None) if len(known) == 1 else None
    return PartDependency(
        id=part.id,
        name=part.name,
        kind=kind,
        known_people=len(known),
        our_people=len(ours),
        sole_person=person.name if person else None,
        sole_member=graph.members[next(iter(ours))].name if len(ours) == 1 else None,
        is_bridge=len(known) == 1 and len(ours) == 1,
        bow_tie=max(sole.values(), default=0.0) / weight if weight > 0 else None,
    )


def _over_invested(
    graph: AccountGraph, ties: Panel, settings: AnalysisSettings
) -> tuple[OverInvestment, ...]:
    found = []
    for i, s in enumerate(graph.counted):
        wanted = settings.target_key if graph.is_key(s, settings.key_weight) else settings.target_other
        live = len(ties.live_members[i])
        if live >= wanted + _OVER:
            found.append(
                OverInvestment(
                    position_id=s.id, name=s.name, weight=float(ties.weight[i]), live_ties=live, wanted=wanted
                )
            )
    return tuple(sorted(found, key=lambda o: (o.wanted - o.live_ties, *by_name(o.name, o.position_id))))


def _terms(graph: AccountGraph, ties: Panel) -> tuple[Term, ...]:
    """Give what sole(m) is summed from, one figure ``sole:<member id>`` for each member."""
    terms = []
    for i, who in enumerate(ties.live_members):
        if len(who) == 1:
            member: Ids = (graph.members[who[0]].id,)
            weight = float(ties.weight[i])
            s = graph.counted[i]
            figure = f"sole:{member[0]}"
            terms.append(
                Term(figure=figure, subject=s.id, name=s.name, value=weight, weight=weight, because=member)
            )
    return tuple(terms)


def _findings(
    graph: AccountGraph,
    members: Sequence[MemberDependency],
    parts: Sequence[PartDependency],
    bow_tie: float | None,
    form: str | None,
) -> tuple[Finding, ...]:
    found: list[Finding] = []
    if members and bow_tie is not None and bow_tie >= _DIAMOND_SOLE:
        worst = members[0]
        found.append(
            Finding(
                code="dependency_sole",
                severity=Severity.CRITICAL if bow_tie >= _BOW_TIE_FROM else Severity.WARNING,
                subjects=(worst.member_id,),
                params=_numbers(worst),
            )
        )
    target = graph.account.target_form
    if target and form and form not in {target, "diamond"}:
        found.append(
            Finding(
                code="dependency_form",
                severity=Severity.NOTICE,
                subjects=(graph.account.id,),
                params={"target": target, "measured": form},
            )
        )
    for part in parts:
        code = _part_code(part)
        if code is not None and part.kind == "centre":
            params = {"name": part.name, "member": part.sole_member, "person": part.sole_person}
            severity = Severity.WARNING if part.known_people else Severity.CRITICAL
            found.append(Finding(code=code, severity=severity, subjects=(part.id,), params=params))
    return tuple(found)


def _part_code(part: PartDependency) -> str | None:
    if part.known_people == 0:
        return "dependency_dark"
    if part.is_bridge:
        return "dependency_bridge"
    return "dependency_one_of_us" if part.our_people == 1 else None


def _numbers(member: MemberDependency) -> Mapping[str, str | int | float | tuple[str, ...] | None]:
    return {
        "member": member.member,
        "percent": round(100 * (member.sole or 0)),
        "loss": round(100 * (member.loss or 0)),
        "count": len(member.sole_of),
    }
