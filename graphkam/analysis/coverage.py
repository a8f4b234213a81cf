"""Whom do we not cover, and whom does only one of us know?

n(p) is the number of members with a live tie to the holder of position p, w(p) its influence weight
(1-5; unknown = the median of the account's known weights, flagged). Over P, the positions held on
the day by a known or an unknown holder, with W = sum of w:

- **C1** = sum of w where n >= 1, over W: what at least one of us covers;
- **C2** = sum of w where n >= 2, over W: the headline, for a team of one covers everything and is
  still one departure from nothing.

Vacant positions are in no denominator; their weight stands beside. A position whose holder nobody
can name counts and is uncovered. A person in two positions: one tie covers both. The intervals are
over unknown weights (1 to 5 each) and unknown ties, jointly, and exact. Shares are 0 to 1.

Source: design, analyses.md, "coverage"; live ties: :mod:`graphkam.graph.strength`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graphkam.graph.account_graph import AccountGraph, Stakeholder, by_name
from graphkam.graph.parts import Part, by_centre, by_function, by_level, by_role, by_unit
from graphkam.graph.strength import Panel, panel, weights
from graphkam.method.ratio import share, share_bounds
from graphkam.model.base import Finding, Frozen, Ids, Interval, Result, Severity, Term
from graphkam.model.vocabulary import ContactKind, Occupancy
from graphkam.settings import AnalysisSettings


class Gap(Frozen):
    """A stakeholder with fewer live ties than wanted."""

    position_id: str
    name: str
    title: str
    unit: str
    weight: float
    is_weight_known: bool
    is_holder_known: bool
    live_ties: int
    wanted: int
    is_key: bool
    centre_value: float | None
    """Greatest yearly value of the centres it sits in; None = none, or not known."""
    known_by: tuple[str, ...]
    """Names of the members with a live tie."""
    owner: str | None
    backup: str | None


class Covered(Frozen):
    """Coverage of one part of the account."""

    id: str
    name: str
    seats: int
    weight: float
    c1: float | None
    c2: float | None
    vacant: int


class Mirror(Frozen):
    """One cell of the mirror matrix: a client function seen by one of ours."""

    client_function: str
    our_function: str
    covered_weight: float
    live_ties: int


class Parity(Frozen):
    """Level of a stakeholder against the best of ours with a live tie; 1 = top."""

    position_id: str
    name: str
    level: int
    our_level: int | None
    """None: nobody with a live tie whose level is known."""
    gap: int | None
    """Our level less theirs: above 0 we send somebody of lower rank."""


class Coverage(Result):
    """What is covered, by how many of us, and where the gaps are."""

    people: int
    """Distinct persons who hold a position."""
    seats: int
    """Positions that count (P)."""
    vacant: int
    unknown_holder: int
    members: int
    implied_members: int
    """Of them, those with a contact tie and no mandate."""
    weight: float
    """W."""
    vacant_weight: float
    unknown_weights: int
    c1: Interval
    c2: Interval
    uncovered: int
    """Positions nobody covers."""
    covered_once: int
    gaps: tuple[Gap, ...]
    """Bounded; the counts above are exact."""
    units: tuple[Covered, ...]
    centres: tuple[Covered, ...]
    roles: tuple[Covered, ...]
    functions: tuple[Covered, ...]
    levels: tuple[Covered, ...]
    mirror: tuple[Mirror, ...]
    parity: tuple[Parity, ...]


def coverage(graph: AccountGraph, *, settings: AnalysisSettings | None = None) -> Coverage:
    """Answer whom we cover, and how often.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    n = ties.count(ties.live)
    vacant = [s for s in graph.stakeholders if not s.counts]
    gaps = _gaps(graph, ties, n, chosen)
    units = _parts(ties, n, by_unit(graph))
    return Coverage(
        account=graph.account.name,
        as_of=graph.as_of,
        people=len({s.person.id for s in graph.counted if s.person}),
        seats=len(graph.counted),
        vacant=len(vacant),
        unknown_holder=sum(s.occupancy is Occupancy.UNKNOWN for s in graph.counted),
        members=len(graph.members),
        implied_members=sum(m.is_implied for m in graph.members),
        weight=ties.total,
        vacant_weight=_vacant_weight(graph, vacant),
        unknown_weights=sum(s.weight is None for s in graph.counted),
        c1=covered_share(ties, 1),
        c2=covered_share(ties, 2),
        uncovered=int((n == 0).sum()),
        covered_once=int((n == 1).sum()),
        gaps=tuple(gaps[: chosen.top]),
        units=units,
        centres=_parts(ties, n, by_centre(graph)),
        roles=_parts(ties, n, by_role(graph)),
        functions=_parts(ties, n, by_function(graph)),
        levels=_parts(ties, n, by_level(graph)),
        mirror=_mirror(graph, ties),
        parity=_parity(graph, ties)[: chosen.top],
        findings=_findings(graph, gaps, units),
        terms=_terms(graph, ties, n),
    )


def covered_share(ties: Panel, least: int) -> Interval:
    """Give C1 (``least`` = 1) or C2 (2) with what it could be."""
    surely = ties.count(ties.surely_live) >= least
    maybe = ties.count(ties.maybe_live) >= least
    value = share(ties.weight, ties.count(ties.live) >= least)
    bounds = share_bounds(ties.weight_low, ties.weight_high, surely, maybe)
    low, high = bounds or (None, None)
    return Interval(value=value, low=low, high=high)


def _vacant_weight(graph: AccountGraph, vacant: Sequence[Stakeholder]) -> float:
    typical = weights((*graph.counted, *vacant))[0]
    return float(typical[len(graph.counted) :].sum())


def _gaps(graph: AccountGraph, ties: Panel, n: np.ndarray, settings: AnalysisSettings) -> list[Gap]:
    values = _centre_values(graph)
    kinds = _kinds(graph, ties)
    found = []
    for i, s in enumerate(graph.counted):
        is_key = graph.is_key(s, settings.key_weight)
        wanted = settings.target_key if is_key else settings.target_other
        if n[i] >= max(wanted, 2):
            continue
        unit = graph.unit_by_id.get(s.position.unit_id or "")
        found.append(
            Gap(
                position_id=s.id,
                name=s.name,
                title=s.position.title,
                unit=unit.name if unit else "",
                weight=float(ties.weight[i]),
                is_weight_known=s.weight is not None,
                is_holder_known=s.person is not None,
                live_ties=int(n[i]),
                wanted=wanted,
                is_key=is_key,
                centre_value=values.get(s.id),
                known_by=tuple(graph.members[m].name for m in ties.live_members[i]),
                owner=kinds.get((s.id, ContactKind.OWNER)),
                backup=kinds.get((s.id, ContactKind.BACKUP)),
            )
        )
    return sorted(
        found, key=lambda g: (g.live_ties, -g.weight, -(g.centre_value or 0), *by_name(g.name, g.position_id))
    )


def _kinds(graph: AccountGraph, ties: Panel) -> Mapping[tuple[str, ContactKind], str]:
    """Give the owner and the backup of each position by name, the strongest first."""
    found: dict[tuple[str, ContactKind], tuple[float, str]] = {}
    for m, seat, t, s in zip(ties.member, ties.seat, ties.tie, ties.strength, strict=True):
        key = (graph.counted[seat].id, graph.contacts[t].tie.kind)
        if key not in found or s > found[key][0]:
            found[key] = (float(s), graph.members[m].name)
    return {key: name for key, (_, name) in found.items()}


def _centre_values(graph: AccountGraph) -> Mapping[str, float]:
    value = {c.id: float(c.yearly_value) for c in graph.centres if c.yearly_value is not None}
    greatest: dict[str, float] = {}
    for seat in graph.seats:
        if seat.centre_id in value:
            greatest[seat.position_id] = max(value[seat.centre_id], greatest.get(seat.position_id, 0.0))
    return greatest


def _covered(part: Part, ties: Panel, n: np.ndarray) -> Covered:
    index = np.array(part.seats, dtype=np.int64)
    weight = ties.weight[index]
    return Covered(
        id=part.id,
        name=part.name,
        seats=len(index),
        weight=float(weight.sum()),
        c1=share(weight, n[index] >= 1),
        c2=share(weight, n[index] >= 2),  # noqa: PLR2004 - the definition of C2
        vacant=part.vacant,
    )


def _parts(ties: Panel, n: np.ndarray, parts: Sequence[Part]) -> tuple[Covered, ...]:
    """Give the coverage of parts of the account, worst first."""
    covered = (_covered(part, ties, n) for part in parts)

    def key(part: Covered) -> tuple[float, float, tuple[str, str]]:
        return (2.0 if part.c2 is None else part.c2, -part.weight, by_name(part.name, part.id))

    return tuple(sorted(covered, key=key))


def _mirror(graph: AccountGraph, ties: Panel) -> tuple[Mirror, ...]:
    covered: dict[tuple[str, str], set[int]] = {}
    count: dict[tuple[str, str], int] = {}
    for m, seat in zip(ties.member[ties.live], ties.seat[ties.live], strict=True):
        theirs = graph.counted[seat].position.function or "?"
        ours = graph.members[m].member.function or "?"
        covered.setdefault((theirs, ours), set()).add(int(seat))
        count[theirs, ours] = count.get((theirs, ours), 0) + 1
    return tuple(
        Mirror(
            client_function=theirs,
            our_function=ours,
            covered_weight=float(ties.weight[sorted(seats)].sum()),
            live_ties=count[theirs, ours],
        )
        for (theirs, ours), seats in sorted(covered.items())
    )


def _parity(graph: AccountGraph, ties: Panel) -> tuple[Parity, ...]:
    found = []
    for i, s in enumerate(graph.counted):
        if s.position.seniority is None:
            continue
        levels = [graph.members[m].member.seniority for m in ties.live_members[i]]
        best = min((level for level in levels if level is not None), default=None)
        gap = None if best is None else best - s.position.seniority
        found.append(
            Parity(position_id=s.id, name=s.name, level=s.position.seniority, our_level=best, gap=gap)
        )
    return tuple(sorted(found, key=lambda p: (-(p.gap or 0), p.level, *by_name(p.name, p.position_id))))


def _terms(graph: AccountGraph, ties: Panel, n: np.ndarray) -> tuple[Term, ...]:
    """Give what C1 and C2 are summed from, and W: each figure's terms over those of ``weight``."""
    terms = []
    for i, s in enumerate(graph.counted):
        weight = float(ties.weight[i])
        because: Ids = tuple(graph.members[m].id for m in ties.live_members[i])
        for figure, counts in (("weight", True), ("c1", n[i] >= 1), ("c2", n[i] >= 2)):  # noqa: PLR2004
            if counts:
                terms.append(
                    Term(
                        figure=figure, subject=s.id, name=s.name, value=weight, weight=weight, because=because
                    )
                )
    return tuple(terms)


def _findings(graph: AccountGraph, gaps: Sequence[Gap], units: Sequence[Covered]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for gap in gaps:
        if gap.live_ties == 0 and not gap.is_holder_known:
            found.append(_about("coverage_find_name", Severity.WARNING, gap))
        elif gap.is_key and gap.live_ties == 0:
            found.append(_about("coverage_key_uncovered", Severity.CRITICAL, gap))
        elif gap.is_key and gap.live_ties < gap.wanted:
            found.append(_about("coverage_key_once", Severity.WARNING, gap))
    found += [
        Finding(
            code="coverage_dark_unit",
            severity=Severity.WARNING,
            subjects=(u.id,),
            params={"unit": u.name, "count": u.seats},
        )
        for u in units
        if u.c1 == 0
    ]
    found += [
        Finding(
            code="coverage_paper_backup",
            severity=Severity.NOTICE,
            subjects=(c.person_id, c.member_id),
            evidence=(c.tie.id,),
            params={"member": graph.by_member[c.member_id].name, "name": graph.person_name(c.person_id)},
        )
        for c in graph.contacts
        if c.tie.kind is ContactKind.BACKUP and c.level == 0
    ]
    unknown = sum(s.weight is None for s in graph.counted)
    if unknown:
        found.append(
            Finding(code="coverage_unknown_weights", severity=Severity.INFO, params={"count": unknown})
        )
    implied = tuple(m.id for m in graph.members if m.is_implied)
    if implied and len(implied) < len(graph.members):
        found.append(
            Finding(
                code="coverage_implied_mandates",
                severity=Severity.INFO,
                subjects=implied,
                params={"count": len(implied), "names": tuple(graph.by_member[m].name for m in implied)},
            )
        )
    order = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.NOTICE: 2, Severity.INFO: 3}
    return tuple(sorted(found, key=lambda f: order[f.severity]))


def _about(code: str, severity: Severity, gap: Gap) -> Finding:
    params: dict[str, str | int | float | tuple[str, ...] | None] = {
        "name": gap.name,
        "title": gap.title,
        "unit": gap.unit or "-",
        "weight": gap.weight,
        "known_by": gap.known_by,
    }
    return Finding(code=code, severity=severity, subjects=(gap.position_id,), params=params)
