"""Whom do we not cover, and whom does only one of us know?

n(p) is the number of members with a live tie to the holder of position p, w(p) its influence weight
(1-5; unknown = the median of the account's known weights, flagged). Over P, the positions held on
the day by a known or an unknown holder, with W = sum of w:

- **C1** = sum of w where n >= 1, over W: what at least one of us covers;
- **C2** = sum of w where n >= 2, over W: the headline, for a team of one covers everything and is
  still one departure from nothing.

Vacant positions are in no denominator; their weight stands beside. A position whose holder nobody
can name counts and is uncovered. A person in two positions: one tie covers both. The intervals are
over unknown weights (1 to 5 each) and unknown ties, jointly; they are exact, and outer bounds where
tiers have half-lives of their own. Shares are 0 to 1; level parity is the client's level less the
best of ours with a live tie (1 = top, so below 0 we send somebody of lower rank).

Source: design, analyses.md, "coverage"; live ties: :mod:`graphkam.graph.strength`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, Stakeholder, by_name
from graphkam.graph.facing import Levels, level_parity, mirror, owners
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.headlines import covered_share
from graphkam.graph.parts import Part, by_centre, by_function, by_level, by_role, by_unit
from graphkam.graph.stakes import value_by_position
from graphkam.graph.strength import LIVE_LEVEL, Indexes, Panel, panel, vacant_weight, wanted_ties
from graphkam.graph.terms import Ledger
from graphkam.method.ratio import share
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.model.vocabulary import ContactKind, Occupancy
from graphkam.settings import AnalysisSettings

_TWO = 2
"""C2 asks for so many of us."""
_TOP_LEVELS = 2
"""Levels at which having nobody is told apart."""
_LEVELS_BELOW = -2
"""Parity from which somebody of higher rank is wanted on our side."""


class Gap(Frozen):
    """A stakeholder whom nobody or only one of us covers, or with fewer live ties than wanted."""

    position_id: str
    name: str
    title: str
    unit: str
    weight: float
    is_weight_known: bool
    is_holder_known: bool
    """If not, the first thing to do is to find the name."""
    live_ties: int
    wanted: int
    is_key: bool
    roles: tuple[str, ...]
    """What it is in the decision centres it sits in: ``decider``, ``veto``, other buying roles."""
    centre_value: float | None
    """Greatest yearly value of the centres it sits in; null = none, or not known."""
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
    """Null: nobody with a live tie whose level is known."""
    gap: int | None
    """Their level less ours: below 0 we send somebody of lower rank."""


class Coverage(Result):
    """What is covered, by how many of us, and where the gaps are.

    Lists are bounded by the setting ``top``, the worst first; counts and figures are exact.
    """

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
    unknown_ties: int
    """Contact ties whose level or last contact is not known."""
    c1: Interval
    c2: Interval
    uncovered: int
    """Positions nobody covers."""
    covered_once: int
    gaps: tuple[Gap, ...] = ()
    """Whom nobody covers first, then the heaviest, then the centres of the greatest value."""
    units: tuple[Covered, ...] = ()
    """Each with the units below it."""
    centres: tuple[Covered, ...] = ()
    roles: tuple[Covered, ...] = ()
    functions: tuple[Covered, ...] = ()
    levels: tuple[Covered, ...] = ()
    mirror: tuple[Mirror, ...] = ()
    parity: tuple[Parity, ...] = ()


def coverage(
    graph: AccountGraph,
    *,
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
    with_lists: bool = True,
) -> Coverage:
    """Answer whom we cover, and how often.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    with_terms
        Give what each headline figure is summed from.
    with_lists
        Give the lists, too; without, they are empty, for who wants figures and findings alone.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    n, ledger = ties.count(ties.live), Ledger(ties)
    gaps, units, parity = _ranked(graph, ties, chosen), _worst(ties, n, by_unit(graph)), level_parity(ties)
    unknown_ties = sum(c.level is None or (c.last_contact is None and c.level > 0) for c in graph.contacts)
    found = chain(
        _about_gaps(graph, ties, gaps, chosen),
        _about_units(graph, units),
        _about_centres(graph, ties),
        _about_levels(parity),
        _about_backups(graph),
        _about_unknowns(graph, unknown_ties),
    )
    return Coverage(
        account=graph.account.name,
        as_of=graph.as_of,
        people=len(graph.by_person),
        seats=len(graph.counted),
        vacant=len(graph.stakeholders) - len(graph.counted),
        unknown_holder=sum(s.occupancy is Occupancy.UNKNOWN for s in graph.counted),
        members=len(graph.members),
        implied_members=sum(m.is_implied for m in graph.members),
        weight=ties.total,
        vacant_weight=vacant_weight(graph),
        unknown_weights=sum(s.weight is None for s in graph.counted),
        unknown_ties=unknown_ties,
        c1=covered_share(ties, 1, ledger if with_terms else None),
        c2=covered_share(ties, _TWO, ledger if with_terms else None),
        uncovered=int((n == 0).sum()),
        covered_once=int((n == 1).sum()),
        findings=worst_first(found, chosen.top),
        explained=ledger.explained,
        terms=ledger.terms,
        **(_lists(ties, n, (gaps, units, parity), chosen) if with_lists else {}),
    )


def _lists(
    ties: Panel,
    n: Indexes,
    ranked: tuple[Sequence[int], Sequence[Covered], Sequence[Levels]],
    settings: AnalysisSettings,
) -> dict[str, Any]:
    """Give the lists of an answer by the names of its fields; gaps, units and parity are ranked already."""
    graph, top = ties.graph, settings.top
    gaps, units, parity = ranked
    return {
        "gaps": _gaps(graph, ties, gaps[:top], settings),
        "units": units[:top],
        "centres": _worst(ties, n, by_centre(graph))[:top],
        "roles": _worst(ties, n, by_role(graph)),
        "functions": _worst(ties, n, by_function(graph)),
        "levels": _worst(ties, n, by_level(graph)),
        "mirror": _mirror(ties),
        "parity": _parity(parity[:top]),
    }


def _ranked(graph: AccountGraph, ties: Panel, settings: AnalysisSettings) -> list[int]:
    """Give the positions with a gap, worst first."""
    value = value_by_position(graph)
    weight, live = ties.weight.tolist(), [len(who) for who in ties.live_members]

    def key(i: int) -> tuple[float, ...]:
        return live[i], -weight[i], -float(value.get(graph.counted[i].id, 0)), i

    gaps = (i for i, s in enumerate(graph.counted) if live[i] < max(_TWO, wanted_ties(graph, s, settings)))
    return sorted(gaps, key=key)  # the positions are in the order of names


def _gaps(
    graph: AccountGraph, ties: Panel, ranked: Sequence[int], settings: AnalysisSettings
) -> tuple[Gap, ...]:
    value, kinds = value_by_position(graph), owners(ties, ranked)
    found = []
    for i in ranked:
        s = graph.counted[i]
        unit = graph.unit_by_id.get(s.position.unit_id or "")
        worth = value.get(s.id)
        found.append(
            Gap(
                position_id=s.id,
                name=s.name,
                title=s.position.title,
                unit=unit.name if unit else "",
                weight=float(ties.weight[i]),
                is_weight_known=s.weight is not None,
                is_holder_known=s.person is not None,
                live_ties=len(ties.live_members[i]),
                wanted=wanted_ties(graph, s, settings),
                is_key=graph.is_key(s, settings.key_weight),
                roles=graph.roles_of.get(s.id, ()),
                centre_value=None if worth is None else float(worth),
                known_by=_named(graph, ties.live_members[i]),
                owner=kinds.get((i, ContactKind.OWNER)),
                backup=kinds.get((i, ContactKind.BACKUP)),
            )
        )
    return tuple(found)


def _named(graph: AccountGraph, members: Iterable[int]) -> tuple[str, ...]:
    return tuple(graph.members[m].name for m in members)


def _covered(part: Part, ties: Panel, n: Indexes) -> Covered:
    index = np.array(part.seats, dtype=np.int64)
    weight = ties.weight[index]
    return Covered(
        id=part.id,
        name=part.name,
        seats=len(index),
        weight=float(weight.sum()),
        c1=share(weight, n[index] >= 1),
        c2=share(weight, n[index] >= _TWO),
        vacant=part.vacant,
    )


def _worst(ties: Panel, n: Indexes, parts: Sequence[Part]) -> tuple[Covered, ...]:
    """Give the coverage of parts of the account, worst first."""

    def key(part: Covered) -> tuple[float, float, tuple[str, str]]:
        return (2.0 if part.c2 is None else part.c2, -part.weight, by_name(part.name, part.id))

    return tuple(sorted((_covered(part, ties, n) for part in parts), key=key))


def _mirror(ties: Panel) -> tuple[Mirror, ...]:
    return tuple(
        Mirror(client_function=c.theirs, our_function=c.ours, covered_weight=c.weight, live_ties=c.ties)
        for c in mirror(ties)
    )


def _parity(rows: Sequence[Levels]) -> tuple[Parity, ...]:
    people = ((row.stakeholder.id, row.stakeholder.name, row) for row in rows)
    return tuple(
        Parity(position_id=i, name=name, level=row.theirs, our_level=row.ours, gap=row.parity)
        for i, name, row in people
    )


def _about_gaps(
    graph: AccountGraph, ties: Panel, gaps: Sequence[int], settings: AnalysisSettings
) -> Iterator[Finding]:
    met = set(ties.seat[ties.strength > 0].tolist())
    for i in gaps:
        s = graph.counted[i]
        for code, severity in _of_gap(graph, s, len(ties.live_members[i]), settings, was_met=i in met):
            unit = graph.unit_by_id.get(s.position.unit_id or "")
            params: dict[str, Param] = {
                "name": s.name,
                "title": s.position.title,
                "unit": unit.name if unit else graph.account.name,
                "weight": float(ties.weight[i]),
                "known_by": _named(graph, ties.live_members[i]),
            }
            yield finding(code, severity, [s.id], params)


def _of_gap(
    graph: AccountGraph, s: Stakeholder, live: int, settings: AnalysisSettings, *, was_met: bool
) -> Iterator[tuple[str, Severity]]:
    """Give what is to be told of a stakeholder with so many live ties."""
    is_key = graph.is_key(s, settings.key_weight)
    if s.person is None:
        yield "coverage_find_name", Severity.WARNING
    elif live == 0 and is_key:
        yield "coverage_key_uncovered", Severity.CRITICAL
    elif is_key and live < settings.target_key:
        yield "coverage_key_once", Severity.WARNING
    if s.has_left:
        yield "coverage_holder_left", Severity.WARNING
    elif live == 0 and was_met and (s.position.seniority or _TOP_LEVELS + 1) <= _TOP_LEVELS:
        yield "coverage_top_not_live", Severity.NOTICE


def _about_units(graph: AccountGraph, units: Sequence[Covered]) -> Iterator[Finding]:
    """Tell the dark units; those below a dark one go without saying."""
    dark = {u.id for u in units if u.c1 == 0}
    for u in units:
        if u.id in dark and graph.unit_by_id[u.id].parent_id not in dark:
            yield finding("coverage_dark_unit", Severity.WARNING, [u.id], {"unit": u.name, "count": u.seats})


def _about_centres(graph: AccountGraph, ties: Panel) -> Iterator[Finding]:
    """Tell the centres that went cold: nobody has a live tie, though some of us knew people there."""
    for part in by_centre(graph):
        if ties.who(part.seats):
            continue
        known = ties.tie[np.isin(ties.seat, part.seats)].tolist()
        if cold := {t for t in known if (graph.contacts[t].level or 0) >= LIVE_LEVEL}:
            days = [day for t in cold if (day := graph.contacts[t].last_contact) is not None]
            yield finding(
                "coverage_cold_centre",
                Severity.CRITICAL,
                [part.id],
                {"name": part.name, "count": len(cold), "last": max(days, default=None)},
                evidence=sorted(graph.contacts[t].tie.id for t in cold),
            )


def _about_levels(parity: Sequence[Levels]) -> Iterator[Finding]:
    for row in parity:
        if row.parity is not None and row.parity <= _LEVELS_BELOW:
            yield finding(
                "coverage_level_gap",
                Severity.NOTICE,
                [row.stakeholder.id],
                {"name": row.stakeholder.name, "level": row.theirs, "our_level": row.ours},
            )


def _about_backups(graph: AccountGraph) -> Iterator[Finding]:
    for c in graph.contacts:
        # A tie of a mail log grew silent: there was a relation.
        if c.level == 0 and c.tie.kind is ContactKind.BACKUP and not c.tie.has_mail:
            yield finding(
                "coverage_paper_backup",
                Severity.NOTICE,
                [c.person_id, c.member_id],
                {"member": graph.by_member[c.member_id].name, "name": graph.person_name(c.person_id)},
                evidence=[c.tie.id],
            )


def _about_unknowns(graph: AccountGraph, unknown_ties: int) -> Iterator[Finding]:
    implied = {m.id: m.name for m in graph.members if m.is_implied}
    if 0 < len(implied) < len(graph.members):
        params: dict[str, Param] = {"count": len(implied), "names": tuple(implied.values())}
        yield finding("coverage_implied_mandates", Severity.INFO, implied, params)
    if unknown := sum(s.weight is None for s in graph.counted):
        yield finding("coverage_unknown_weights", Severity.INFO, (), {"count": unknown})
    if unknown_ties:
        yield finding("coverage_unknown_ties", Severity.INFO, (), {"count": unknown_ties})
