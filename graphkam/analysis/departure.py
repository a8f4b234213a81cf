"""What happens if these people leave?

Some of us, some of theirs, or both leave on the day. Their ties are live no more. A client person who
leaves vacates the positions; in these figures W stays as before and the vacated seat keeps its weight,
uncovered, else losing an uncovered decider would raise C1. Every headline is given before and after
(see :mod:`graphkam.analysis.coverage` and :mod:`graphkam.analysis.dependency`). A stakeholder, unit or
centre *goes dark* if the last live tie goes, and *becomes sole* if one of us is left. *Orphaned* is
what nobody named on it is left for. Business *at stake* is what loses its last live interlocutor, in
the account's currency; amounts that are not known are counted, never taken as 0. The sales to
expect to lose are a share of the account's revenue: ``loss_rate`` (0.176; Shi, Sridhar, Grewal &
Lilien 2017, Journal of Marketing 81(2), for reassigned customers) times the part of the covered weight
that goes dark.

Departures compose: that of A and B after that of A equals that of both. With nobody named, every single
departure is tried, of ours and of theirs, and ranked.

Source: design, analyses.md, "departure".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.leaving import Leaving, Orphan, leaving, orphans
from graphkam.graph.parts import by_centre, by_unit
from graphkam.graph.stakes import businesses
from graphkam.graph.strength import Panel, panel
from graphkam.graph.successors import Successors
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import effective_number, herfindahl
from graphkam.method.grouped import sums
from graphkam.method.ratio import share
from graphkam.model.base import Finding, Frozen, Result, Severity
from graphkam.settings import AnalysisSettings

_NAMED = 5
"""Names that a finding tells."""


class Headlines(Frozen):
    """The headline figures of one state; null where undefined."""

    c1: float | None
    c2: float | None
    bow_tie: float | None
    bow_tie_member: str | None
    max_loss: float | None
    hhi: float | None
    effective_interlocutors: float | None
    members: int


class Proposal(Frozen):
    """Who could take over, and why."""

    member: str
    member_id: str
    reason: Literal["tie", "introduction", "function"]
    through: str | None
    """Name of the client person who could introduce."""
    free: int | None
    """Live ties that he or she could still keep; null = unlimited."""


class Touched(Frozen):
    """A stakeholder who loses live ties."""

    position_id: str
    name: str
    title: str
    weight: float
    live_before: int
    live_after: int
    left_with: tuple[str, ...]
    """Names of the members who still have a live tie."""
    successors: tuple[str, ...]
    """Names of those who could take over, the nearest first."""
    proposals: tuple[Proposal, ...]
    """The same with the reason of each."""


class TouchedPart(Frozen):
    """A unit or centre that goes dark or keeps one of us only."""

    id: str
    name: str
    kind: Literal["unit", "centre"]
    live_before: int
    """Members with a live tie into it."""
    live_after: int


class AtStake(Frozen):
    """Business that loses live interlocutors."""

    id: str
    name: str
    kind: Literal["centre", "pursuit", "contract"]
    amount: float | None
    live_before: int
    """Members with a live tie into it."""
    live_after: int


class Orphaned(Frozen):
    """Something that nobody named on it is left for."""

    kind: Literal["pursuit", "contract", "action", "knowledge", "signal"]
    id: str
    name: str
    due: date | None


class Single(Frozen):
    """The departure of one person alone."""

    id: str
    name: str
    side: Literal["ours", "theirs"]
    loss: float | None
    """Share of the covered weight that goes dark."""
    c1: float | None
    c2: float | None
    dark: int


class Departure(Result):
    """What a departure changes. Lists are bounded by the setting ``top``, the worst first."""

    leaves: tuple[str, ...]
    """Names of those who leave."""
    currency: str
    before: Headlines
    after: Headlines
    loss: float | None
    """Share of the covered weight that goes dark; null if nothing is covered."""
    dark: int
    """Stakeholders who go dark."""
    sole: int
    """Stakeholders who become known to one of us only."""
    vacated: int
    """Positions that a client person leaves vacant."""
    touched: tuple[Touched, ...]
    parts: tuple[TouchedPart, ...]
    """Units and centres that go dark or keep one of us only."""
    stakes: tuple[AtStake, ...]
    """Business that loses a live interlocutor."""
    orphans: tuple[Orphaned, ...]
    orphan_count: int
    exposure: float | None
    """Sum of the amounts of the business left with nobody; null where only unknown amounts are."""
    unknown_amounts: int
    expected_loss: float | None
    """Yearly sales to expect to lose; null if the account's revenue is not known."""
    singles: tuple[Single, ...]
    """If nobody was named: the departures of one person each."""


def departure(
    graph: AccountGraph,
    *,
    leaves: Sequence[str] = (),
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Departure:
    """Answer what happens if some people leave.

    Parameters
    ----------
    graph
        The account as of a day.
    leaves
        Ids of members of the team or of persons of the client; none = every single departure.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.

    Raises
    ------
    NotFound
        If an id is nobody's.
    """
    chosen = settings or AnalysisSettings()
    gone = leaving(graph, leaves)
    before = panel(graph, chosen)
    after = before.without(gone.members, gone.seats)
    touched, parts, stakes = _touched(graph, before, after), _parts(before, after), _stakes(before, after)
    left = orphans(graph, gone)
    loss = (before.covered - after.covered) / before.covered if before.covered > 0 else None
    exposure, unknown = _left_to_nobody(stakes)
    revenue = graph.account.revenue
    answer = Departure(
        account=graph.account.name,
        as_of=graph.as_of,
        leaves=tuple(gone.names.values()),
        currency=graph.currency,
        before=_headlines(before, before.members),
        after=_headlines(after, before.members - len(gone.members)),
        loss=loss,
        dark=sum(not after.live_members[i] for i in touched),
        sole=sum(len(after.live_members[i]) == 1 for i in touched),
        vacated=len(gone.seats),
        touched=_shown(before, after, touched[: chosen.top], gone),
        parts=parts[: chosen.top],
        stakes=stakes[: chosen.top],
        orphans=tuple(Orphaned(kind=o.kind, id=o.id, name=o.name, due=o.due) for o in left[: chosen.top]),
        orphan_count=len(left),
        exposure=exposure,
        unknown_amounts=unknown,
        expected_loss=None if revenue is None or loss is None else float(revenue) * chosen.loss_rate * loss,
        findings=worst_first(_findings(graph, after, gone, touched, parts, left, loss), chosen.top),
        singles=() if leaves else _singles(before)[: chosen.top],
    )
    ledger = Ledger(before)
    if with_terms:
        _explain(ledger, answer, before, after)
    return answer.model_copy(update={"explained": ledger.explained, "terms": ledger.terms})


def _headlines(ties: Panel, members: int) -> Headlines:
    n, alone, amounts = ties.count(ties.live), ties.sole, ties.amounts
    most, covered = float(alone.max(initial=0.0)), ties.covered
    return Headlines(
        c1=share(ties.weight, n >= 1),
        c2=share(ties.weight, n >= 2),  # noqa: PLR2004 - the definition of C2
        bow_tie=most / ties.total if ties.total > 0 else None,
        bow_tie_member=ties.graph.members[int(alone.argmax())].name if most > 0 else None,
        max_loss=most / covered if covered > 0 else None,
        hhi=herfindahl(amounts),
        effective_interlocutors=effective_number(amounts),
        members=members,
    )


def _touched(graph: AccountGraph, before: Panel, after: Panel) -> list[int]:
    """Give the positions that lose live ties, worst first."""
    was, now = before.live_members, after.live_members
    lost = [i for i in range(len(graph.counted)) if len(now[i]) < len(was[i])]
    return sorted(lost, key=lambda i: (len(now[i]), -before.weight[i], i))  # in the order of names


def _shown(before: Panel, after: Panel, touched: Sequence[int], gone: Leaving) -> tuple[Touched, ...]:
    graph, successors = before.graph, Successors(after, gone.members)
    found = []
    for i in touched:
        proposals = tuple(
            Proposal(
                member=graph.members[p.member].name,
                member_id=graph.members[p.member].id,
                reason=p.reason,
                through=p.through,
                free=p.free,
            )
            for p in (() if i in gone.seats else successors.of(i))
        )
        found.append(
            Touched(
                position_id=graph.counted[i].id,
                name=graph.counted[i].name,
                title=graph.counted[i].position.title,
                weight=float(before.weight[i]),
                live_before=len(before.live_members[i]),
                live_after=len(after.live_members[i]),
                left_with=tuple(graph.members[m].name for m in after.live_members[i]),
                successors=tuple(p.member for p in proposals),
                proposals=proposals,
            )
        )
    return tuple(found)


def _parts(before: Panel, after: Panel) -> list[TouchedPart]:
    found = []
    kinds: tuple[Literal["centre"], Literal["unit"]] = ("centre", "unit")
    for kind, parts in zip(kinds, (by_centre(before.graph), by_unit(before.graph)), strict=True):
        for part in parts:
            was, now = len(before.who(part.seats)), len(after.who(part.seats))
            if now < was and now <= 1:
                found.append(
                    TouchedPart(id=part.id, name=part.name, kind=kind, live_before=was, live_after=now)
                )
    return sorted(found, key=lambda p: (p.live_after, p.kind, *by_name(p.name, p.id)))


def _left_to_nobody(stakes: Sequence[AtStake]) -> tuple[float | None, int]:
    """Give the sum of the business left with nobody, and how many amounts of it are not known."""
    lost = [s.amount for s in stakes if s.live_after == 0]
    known = [amount for amount in lost if amount is not None]
    return None if lost and not known else sum(known), len(lost) - len(known)


def _stakes(before: Panel, after: Panel) -> list[AtStake]:
    found = []
    for business in businesses(before.graph):
        was, now = len(before.who(business.seats)), len(after.who(business.seats))
        if now < was:
            found.append(
                AtStake(
                    id=business.id,
                    name=business.name,
                    kind=business.kind,
                    amount=None if business.amount is None else float(business.amount),
                    live_before=was,
                    live_after=now,
                )
            )
    return sorted(found, key=lambda s: (s.live_after, -(s.amount or 0), *by_name(s.name, s.id)))


def _singles(ties: Panel) -> list[Single]:
    """Try every departure of one person, of ours and of theirs, all at once."""
    graph, weight, n = ties.graph, ties.weight, ties.count(ties.live)
    total, covered, twice = ties.total, float(weight[n >= 1].sum()), float(weight[n > 1].sum())
    pairs = ties.pairs

    def single(ident: str, name: str, side: Literal["ours", "theirs"], *lost: float) -> Single:
        once, both, dark = lost
        return Single(
            id=ident,
            name=name,
            side=side,
            loss=once / covered if covered > 0 else None,
            c1=(covered - once) / total if total > 0 else None,
            c2=(twice - both) / total if total > 0 else None,
            dark=int(dark),
        )

    only, both = ties.live & (n[ties.seat] == 1), ties.live & (n[ties.seat] == 2)  # noqa: PLR2004
    lost = (pairs.total(only, weight), pairs.total(both, weight), pairs.total(only, np.ones(ties.seats)))
    columns = zip(graph.members, *(column.tolist() for column in lost), strict=True)
    found = [single(m.id, m.name, "ours", *figures) for m, *figures in columns]
    place = {person: i for i, person in enumerate(graph.by_person)}
    held = [(place[s.person.id], i) for i, s in enumerate(graph.counted) if s.person is not None]
    person, seat = np.array(held, dtype=np.int64).reshape(-1, 2).T
    known = (np.where(n[seat] >= least, weight[seat], 0.0) for least in (1, 2))
    theirs = [sums(person, of, len(place)).tolist() for of in (*known, (n[seat] >= 1).astype(np.float64))]
    columns = zip(graph.by_person.items(), *theirs, strict=True)
    found += [single(i, seats[0].name, "theirs", *figures) for (i, seats), *figures in columns]
    return sorted(found, key=lambda s: (-(s.loss or 0), s.c2 or 0, *by_name(s.name, s.id)))


def _explain(ledger: Ledger, found: Departure, before: Panel, after: Panel) -> None:
    """Say where the headlines before and after, and the loss, come from."""
    ledger.seats("weight", before.weight)
    for state, ties, headlines in (("before", before, found.before), ("after", after, found.after)):
        n = ties.count(ties.live)
        for name, least, value in (("c1", 1, headlines.c1), ("c2", 2, headlines.c2)):
            ledger.seats(f"{state}.{name}", ties.weight, n >= least, ties)
            ledger.figure(f"{state}.{name}", value, f"{state}.{name}", "weight")
    was, now = before.count(before.live) >= 1, after.count(after.live) >= 1
    ledger.seats("dark", before.weight, was & ~now)
    ledger.figure("loss", found.loss, "dark", "before.c1")


def _findings(
    graph: AccountGraph,
    after: Panel,
    gone: Leaving,
    touched: Sequence[int],
    parts: Sequence[TouchedPart],
    left: Sequence[Orphan],
    loss: float | None,
) -> Iterator[Finding]:
    names, evidence = tuple(gone.names.values()), tuple(gone.names)

    def told(code: str, severity: Severity, ids: Sequence[str], **params: Param) -> Finding:
        return finding(code, severity, ids, {"names": names, "count": len(ids), **params}, evidence)

    for code, rest, severity in (
        ("departure_dark", 0, Severity.CRITICAL),
        ("departure_sole", 1, Severity.WARNING),
    ):
        hit = [graph.counted[i] for i in touched if len(after.live_members[i]) == rest]
        if hit:
            who = tuple(s.name for s in hit[:_NAMED])
            yield told(code, severity, [s.id for s in hit], who=who, percent=round(100 * (loss or 0)))
    for code, kind, rest, severity in (
        ("departure_centres_dark", "centre", 0, Severity.CRITICAL),
        ("departure_centres_sole", "centre", 1, Severity.WARNING),
        ("departure_units_dark", "unit", 0, Severity.CRITICAL),
    ):
        found = {p.id: p.name for p in parts if (p.kind, p.live_after) == (kind, rest)}
        if found:
            yield told(code, severity, list(found), **{f"{kind}s": tuple(found.values())})
    if left:
        what = tuple(o.name for o in left[:_NAMED])
        yield told("departure_orphans", Severity.WARNING, [o.id for o in left], what=what)
    if names and not touched:
        yield told("departure_nothing", Severity.INFO, evidence)
