"""On whom of us does the account depend, and for how much?

Our side, over the weight W of the positions that count (see :mod:`graphkam.analysis.coverage`):

- sole(m) = sum of w where the only member with a live tie is m, over W; loss(m) = sole(m) / C1, the
  part of what is covered that goes with m;
- **bow-tie index** = the greatest sole(m), 0 with no name if nobody is sole; **max_loss** = the
  greatest loss(m): it shows the account where one of us knows the one person we know. The interval
  of the index is an outer bound: the greatest of the members' own exact bounds;
- concentration over all ties with s > 0, live or not: share(m) = sum of w x s over m / total; HHI =
  sum of squared shares; effective number of interlocutors = 1 / HHI; null on a zero total;
- guichet-unique index: share of the last 12 months' interactions in which the lead took part;
- exposure(m), in the account's currency: over the centres whose only live interlocutor is m,
  the largest of the centre's value, its pursuits and its contracts, plus pursuits and contracts of
  no centre whose only known people are m's. What has no amount is counted as unknown, never as 0;
- measured form, by the *half rule*: bow tie where one of us alone holds at least half of the covered
  weight; else diamond where two or more hold at least half of it together; else hybrid.

Client side: units and centres where exactly one client person has a live tie with us, or none
("dark"). Bridge: the one tie that alone connects us to a unit or centre. Over-investment: more live
ties than wanted.

Source: design, analyses.md, "dependency"; HHI: Herfindahl 1950.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import chain
from typing import Literal

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.dependence_terms import explain_dependence
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.headlines import greatest_sole
from graphkam.graph.parts import Part, by_centre, by_unit
from graphkam.graph.stakes import businesses, exposures
from graphkam.graph.strength import Floats, Panel, panel, wanted_ties
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import effective_number, herfindahl, shares
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.model.business import Interaction
from graphkam.settings import AnalysisSettings

Form = Literal["bow_tie", "hybrid", "diamond"]
_HALF = 0.5
_QUARTER = 0.25
"""Bow-tie index from which a finding is made."""
_FAR_OVER = 2
"""Live ties beyond what is wanted from which a finding is made."""
_MOST_THROUGH_LEAD = 0.8
"""Guichet-unique index from which a finding is made."""
_FEW_RECENT = 5
"""Interactions in a year below which their shares say nothing worth a finding."""
_YEAR = timedelta(days=365)
_SHORT_OF = {
    ("diamond", "bow_tie"): "dependency_bow_tie_for_diamond",
    ("diamond", "hybrid"): "dependency_hybrid_for_diamond",
    ("hybrid", "bow_tie"): "dependency_bow_tie_for_hybrid",
}
"""Findings where the measured form falls short of the target form."""


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
    """Amount in ``currency``; null where no business is recorded, or only unknown amounts
    depend on the member."""
    currency: str
    unknown_amounts: int
    """Centres, pursuits and contracts that depend on the member and have no amount."""
    live_ties: int
    sole_of: tuple[str, ...]
    """Names of the stakeholders that only this member covers; bounded."""
    sole_count: int
    """How many they are."""


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
    measured_form: Form | None
    """Null if nothing is covered."""
    parts: tuple[PartDependency, ...]
    """Units and centres known through one person, by one of us, or not at all; bounded."""
    dark_parts: int
    """Units and centres in which nobody has a live tie with us."""
    over_invested: tuple[OverInvestment, ...]
    """Bounded."""


def dependency(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = True
) -> Dependency:
    """Answer on whom of us the account depends.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    with_terms
        Give what each member's figure is summed from.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    alone = ties.sole
    members = _members(graph, ties, alone, chosen.top)
    bow_tie, parts = greatest_sole(ties), _parts(graph, ties)
    over, form = _over_invested(graph, ties, chosen), _form(ties, alone)
    recent = _recent(graph)
    through_lead = _guichet_unique(graph, recent)
    most = graph.members[int(alone.argmax())].name if alone.max(initial=0.0) > 0 else None
    found = chain(
        _about_members(members),
        _about_forms(graph, form),
        _about_parts(parts),
        _about_ties(graph, over, through_lead, len(recent)),
    )
    ledger = Ledger(ties)
    if with_terms:
        explain_dependence(ledger, ties, members, bow_tie)
    return Dependency(
        account=graph.account.name,
        as_of=graph.as_of,
        currency=graph.currency,
        members=members,
        bow_tie=bow_tie,
        bow_tie_member=most,
        max_loss=float(alone.max(initial=0.0)) / ties.covered if ties.covered > 0 else None,
        max_loss_member=most,
        hhi=herfindahl(ties.amounts),
        effective_interlocutors=effective_number(ties.amounts),
        guichet_unique=through_lead,
        target_form=graph.account.target_form,
        measured_form=form,
        parts=parts[: chosen.top],
        dark_parts=sum(p.known_people == 0 for p in parts),
        over_invested=over,
        findings=worst_first(found, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
    )


def _members(graph: AccountGraph, ties: Panel, alone: Floats, top: int) -> tuple[MemberDependency, ...]:
    of_total, covered, exposed = shares(ties.amounts), ties.covered, exposures(ties)
    only: dict[int, list[str]] = {}
    for s, who in zip(graph.counted, ties.live_members, strict=True):
        if len(who) == 1:
            only.setdefault(who[0], []).append(s.name)
    live, has_business = np.bincount(ties.member[ties.live], minlength=ties.members), bool(businesses(graph))
    found = []
    for m, member in enumerate(graph.members):
        amount, unknown = exposed.get(m, (Decimal(0), 0))
        found.append(
            MemberDependency(
                member=member.name,
                member_id=member.id,
                sole=float(alone[m]) / ties.total if ties.total > 0 else None,
                loss=float(alone[m]) / covered if covered > 0 else None,
                share=None if of_total is None else float(of_total[m]),
                exposure=None if amount == 0 and (unknown or not has_business) else float(amount),
                currency=graph.currency,
                unknown_amounts=unknown,
                live_ties=int(live[m]),
                sole_of=tuple(only.get(m, ())[:top]),
                sole_count=len(only.get(m, ())),
            )
        )
    return tuple(
        sorted(found, key=lambda d: (-(d.sole or 0), -(d.share or 0), *by_name(d.member, d.member_id)))
    )


def _recent(graph: AccountGraph) -> list[Interaction]:
    """Give the interactions of the last 12 months."""
    return [i for i in graph.own(Interaction) if graph.as_of - _YEAR < i.date <= graph.as_of]


def _guichet_unique(graph: AccountGraph, recent: Sequence[Interaction]) -> float | None:
    lead = graph.account.lead_id
    if lead is None or not recent:
        return None
    return sum(lead in i.member_ids for i in recent) / len(recent)


def _form(ties: Panel, alone: Floats) -> Form | None:
    """Name the measured form by the half rule; None if nothing is covered."""
    covered = ties.covered
    if not covered > 0:
        return None
    if alone.max(initial=0.0) >= _HALF * covered:
        return "bow_tie"
    twice = float(ties.weight[ties.count(ties.live) > 1].sum())
    return "diamond" if twice >= _HALF * covered else "hybrid"


def _parts(graph: AccountGraph, ties: Panel) -> tuple[PartDependency, ...]:
    kinds: tuple[tuple[Literal["unit", "centre"], tuple[Part, ...]], ...] = (
        ("centre", by_centre(graph)),
        ("unit", by_unit(graph)),
    )
    thin = [
        _part(graph, ties, part, kind)
        for kind, parts in kinds
        for part in parts
        if _is_thin(graph, ties, part)
    ]
    return tuple(sorted(thin, key=lambda p: (p.known_people, p.our_people, p.kind, *by_name(p.name, p.id))))


def _is_thin(graph: AccountGraph, ties: Panel, part: Part) -> bool:
    """Tell whether a part that has positions is known through at most one of them, or to one of us alone."""
    theirs, ours = set[str](), set[int]()
    for i in part.seats:
        if who := ties.live_members[i]:
            ours.update(who)
            theirs.update([p.id] if (p := graph.counted[i].person) else [])
            if len(theirs) > 1 and len(ours) > 1:
                return False
    return bool(part.seats)


def _part(graph: AccountGraph, ties: Panel, part: Part, kind: Literal["unit", "centre"]) -> PartDependency:
    known = {
        s.person.id: s.name for i in part.seats if ties.live_members[i] and (s := graph.counted[i]).person
    }
    ours = ties.who(part.seats)
    weight = float(ties.weight[list(part.seats)].sum())
    sole_of: dict[int, float] = {}
    for i in part.seats:
        if len(ties.live_members[i]) == 1:
            [m] = ties.live_members[i]
            sole_of[m] = sole_of.get(m, 0.0) + float(ties.weight[i])
    return PartDependency(
        id=part.id,
        name=part.name,
        kind=kind,
        known_people=len(known),
        our_people=len(ours),
        sole_person=next(iter(known.values())) if len(known) == 1 else None,
        sole_member=graph.members[next(iter(ours))].name if len(ours) == 1 else None,
        is_bridge=len(known) == 1 and len(ours) == 1,
        bow_tie=max(sole_of.values(), default=0.0) / weight if weight > 0 else None,
    )


def _over_invested(
    graph: AccountGraph, ties: Panel, settings: AnalysisSettings
) -> tuple[OverInvestment, ...]:
    """Give those with the most ties beyond what is wanted, bounded."""
    over = []
    for i, s in enumerate(graph.counted):
        wanted, live = wanted_ties(graph, s, settings), len(ties.live_members[i])
        if live > wanted:
            over.append((wanted - live, i, live, wanted))  # the positions are in the order of names
    return tuple(
        OverInvestment(
            position_id=graph.counted[i].id,
            name=graph.counted[i].name,
            weight=float(ties.weight[i]),
            live_ties=live,
            wanted=wanted,
        )
        for _, i, live, wanted in sorted(over)[: settings.top]
    )


def _about_members(members: Sequence[MemberDependency]) -> Iterator[Finding]:
    worst = members[0] if members else None
    if worst and (worst.sole or 0) >= _QUARTER:
        yield finding(
            "dependency_sole",
            Severity.CRITICAL if (worst.sole or 0) >= _HALF else Severity.WARNING,
            [worst.member_id],
            {
                "member": worst.member,
                "percent": round(100 * (worst.sole or 0)),
                "loss": round(100 * (worst.loss or 0)),
                "count": worst.sole_count,
            },
        )
    for m in sorted((m for m in members if m.exposure), key=lambda m: -(m.exposure or 0)):
        yield finding(
            "dependency_exposure",
            Severity.WARNING,
            [m.member_id],
            {"member": m.member, "amount": m.exposure, "currency": m.currency},
        )
    if unknown := sum(m.unknown_amounts for m in members):
        yield finding("dependency_unknown_amounts", Severity.INFO, (), {"count": unknown})


def _about_forms(graph: AccountGraph, form: Form | None) -> Iterator[Finding]:
    code = _SHORT_OF.get((graph.account.target_form or "", form or ""))
    if code is not None:
        yield finding(code, Severity.NOTICE, [graph.account.id])


def _about_parts(parts: Sequence[PartDependency]) -> Iterator[Finding]:
    """Tell what is wrong with decision centres; dark units are told by coverage."""
    for part in parts:
        params = {"name": part.name, "member": part.sole_member, "person": part.sole_person}
        if part.kind == "unit":
            continue
        if part.known_people == 0:
            yield finding("dependency_dark", Severity.CRITICAL, [part.id], params)
        elif part.is_bridge:
            yield finding("dependency_bridge", Severity.WARNING, [part.id], params)
        elif part.our_people == 1:
            yield finding("dependency_one_of_us", Severity.WARNING, [part.id], params)
        elif part.known_people == 1:
            yield finding("dependency_one_of_them", Severity.WARNING, [part.id], params)


def _about_ties(
    graph: AccountGraph, over: Sequence[OverInvestment], through_lead: float | None, recent: int
) -> Iterator[Finding]:
    lead = graph.by_member.get(graph.account.lead_id or "")
    if lead and recent >= _FEW_RECENT and (through_lead or 0) >= _MOST_THROUGH_LEAD:
        percent = round(100 * (through_lead or 0))
        params: dict[str, Param] = {"member": lead.name, "percent": percent, "count": recent}
        yield finding("dependency_guichet_unique", Severity.WARNING, [lead.id], params)
    for o in over:
        if o.live_ties >= o.wanted + _FAR_OVER:
            params = {"name": o.name, "live": o.live_ties, "wanted": o.wanted, "weight": o.weight}
            yield finding("dependency_over_invested", Severity.NOTICE, [o.position_id], params)
