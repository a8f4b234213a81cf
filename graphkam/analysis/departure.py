"""What happens if these people leave?

Some of us, some of theirs, or both leave on the day. Their ties are live no more. A client person who
leaves vacates the positions; in these figures W stays as before and the vacated seat keeps its weight,
uncovered, else losing an uncovered decider would raise C1. Every headline is given before and after
(see :mod:`graphkam.analysis.coverage` and :mod:`graphkam.analysis.dependency`). A stakeholder, unit or
centre *goes dark* if the last live tie goes, and *becomes sole* if one of us is left. *Orphaned* is
what nobody named on it is left for. Business *at stake* is what loses its last live interlocutor, in
the account's currency; amounts that are not known are counted, never taken as 0. The sales to
expect to lose are another thing, a share of all sales of the account: its revenue of twelve months as
recorded, times the part of the covered weight that goes dark, times ``loss_rate`` (0.176; Shi, Sridhar,
Grewal & Lilien 2017, Journal of Marketing 81(2), for reassigned customers).

Who *could take over* is near: named as the backup, with a tie of one's own, with a live tie to somebody of
the same unit or decision centre, or of the same function, in this order (see
:mod:`graphkam.graph.successors`; the handovers of :mod:`graphkam.analysis.mesh` follow the same order).

Departures compose: that of A and B after that of A equals that of both. With nobody named, every single
departure is tried, of ours and of theirs, and ranked.

Source: design, analyses.md, "departure".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.departure_findings import findings
from graphkam.graph.departures_alone import departures_alone
from graphkam.graph.emptied import (
    EmptiedBusiness,
    EmptiedPart,
    emptied_business,
    emptied_parts,
    left_to_nobody,
    losing,
)
from graphkam.graph.findings import worst_first
from graphkam.graph.leaving import Leaving, leaving, orphans
from graphkam.graph.strength import Panel, panel
from graphkam.graph.successors import Successors
from graphkam.graph.terms import Ledger
from graphkam.method.concentration import effective_number, herfindahl
from graphkam.method.ratio import share
from graphkam.model.base import Frozen, Result
from graphkam.settings import AnalysisSettings


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
    covered: int
    """Stakeholders with a live tie."""
    covered_weight: float


class Proposal(Frozen):
    """Who could take over, and why."""

    member: str
    member_id: str
    reason: Literal["backup", "tie", "introduction", "function"]
    through: str | None
    """Name of the client person who could introduce."""
    free: int | None
    """Live ties that he or she could still keep, as far as this account tells; null = unlimited."""
    is_backup: bool
    """Whether he or she is named as the backup."""


class Touched(Frozen):
    """A stakeholder who loses live ties."""

    position_id: str
    name: str
    title: str
    weight: float
    is_vacated: bool
    """Whether the holder is one of those who leave: nobody could take over."""
    live_before: int
    live_after: int
    left_with: tuple[str, ...]
    """Names of the members who still have a live tie."""
    successors: tuple[str, ...]
    """Names of those who could take over, the nearest first."""
    proposals: tuple[Proposal, ...]
    """The same with the reason of each."""


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
    parts: tuple[EmptiedPart, ...]
    """Units and centres that go dark or keep one of us only."""
    stakes: tuple[EmptiedBusiness, ...]
    """Business that loses a live interlocutor."""
    orphans: tuple[Orphaned, ...]
    orphan_count: int
    exposure: float | None
    """Sum of the amounts of the business left with nobody; null where only unknown amounts are."""
    unknown_amounts: int
    yearly_sales: float | None
    """The account's revenue of twelve months, as recorded."""
    loss_rate: float
    """Share of yearly sales lost with a departed contact."""
    expected_loss: float | None
    """Yearly sales × ``loss`` × ``loss_rate``; null if the account's revenue is not known."""
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
    answer = _answer(before, after, gone, chosen)
    ledger = Ledger(before)
    if with_terms:
        _explain(ledger, answer, before, after)
    return answer.model_copy(update={"explained": ledger.explained, "terms": ledger.terms})


def _answer(before: Panel, after: Panel, gone: Leaving, chosen: AnalysisSettings) -> Departure:
    graph, top = before.graph, chosen.top
    touched, left = losing(before, after), orphans(graph, gone)
    parts, stakes = emptied_parts(before, after), emptied_business(before, after)
    exposure, unknown = left_to_nobody(stakes)
    loss = (before.covered - after.covered) / before.covered if before.covered > 0 else None
    sales = None if graph.account.revenue is None else float(graph.account.revenue)
    return Departure(
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
        touched=_shown(before, after, touched[:top], gone),
        parts=tuple(parts[:top]),
        stakes=tuple(stakes[:top]),
        orphans=tuple(Orphaned(kind=o.kind, id=o.id, name=o.name, due=o.due) for o in left[:top]),
        orphan_count=len(left),
        exposure=exposure,
        unknown_amounts=unknown,
        yearly_sales=sales,
        loss_rate=chosen.loss_rate,
        expected_loss=None if sales is None or loss is None else sales * chosen.loss_rate * loss,
        findings=worst_first(findings(after, gone, touched, parts, left, loss), top),
        singles=() if gone.names else _singles(before)[:top],
    )


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
        covered=int((n >= 1).sum()),
        covered_weight=covered,
    )


def _shown(before: Panel, after: Panel, touched: Sequence[int], gone: Leaving) -> tuple[Touched, ...]:
    graph, successors = before.graph, Successors(after, gone.members)
    found = []
    for i in touched:
        nearest = () if i in gone.seats else successors.of(i)
        them = (graph.members[one.member] for one in nearest)
        proposals = tuple(
            Proposal(
                member=m.name,
                member_id=m.id,
                reason=p.reason,
                through=p.through,
                free=p.free,
                is_backup=p.is_backup,
            )
            for m, p in zip(them, nearest, strict=True)
        )
        found.append(
            Touched(
                position_id=graph.counted[i].id,
                name=graph.counted[i].name,
                title=graph.counted[i].position.title,
                weight=float(before.weight[i]),
                is_vacated=i in gone.seats,
                live_before=len(before.live_members[i]),
                live_after=len(after.live_members[i]),
                left_with=tuple(graph.members[m].name for m in after.live_members[i]),
                successors=tuple(p.member for p in proposals),
                proposals=proposals,
            )
        )
    return tuple(found)


def _singles(ties: Panel) -> list[Single]:
    """Rank every departure of one person, of ours and of theirs."""
    weight, n = ties.weight, ties.count(ties.live)
    total, covered, twice = ties.total, float(weight[n >= 1].sum()), float(weight[n > 1].sum())
    found = [
        Single(
            id=one.id,
            name=one.name,
            side=one.side,
            loss=one.once / covered if covered > 0 else None,
            c1=(covered - one.once) / total if total > 0 else None,
            c2=(twice - one.twice) / total if total > 0 else None,
            dark=one.dark,
        )
        for one in departures_alone(ties)
    ]
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
