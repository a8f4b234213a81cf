"""What happens if these people leave?

Some of us, some of theirs, or both leave on the day. Their ties are live no more; positions stay
and count (a client person who leaves takes the ties along, the seat has to be won again). Every
headline is given before and after: C1 and C2 (shares of the weight W), the bow-tie index, HHI. A
stakeholder *goes dark* if the last live tie goes, and *becomes sole* if one is left. Business *at
stake* is what loses its last live interlocutor, in the account's currency a year; amounts that are
not known are counted, never taken as 0. The sales to expect to lose are a share of the account's
revenue: ``loss_rate`` (0.176; Shi, Sridhar, Grewal & Lilien 2017, Journal of Marketing 81(2), for
reassigned customers) times the part of the covered weight that goes dark.

Departures compose: that of A and B after that of A equals that of both.

Source: design, analyses.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import numpy as np

from graphkam.errors import NotFound
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.stakes import businesses
from graphkam.graph.strength import Panel, panel
from graphkam.method.concentration import herfindahl
from graphkam.method.ratio import share
from graphkam.model.base import Finding, Frozen, Result, Severity, Term
from graphkam.settings import AnalysisSettings


class Headlines(Frozen):
    """The headline figures of one state; null where undefined."""

    c1: float | None
    c2: float | None
    bow_tie: float | None
    bow_tie_member: str | None
    hhi: float | None
    members: int


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
    """Who could take over: members with the next strongest tie, then those of the same function."""


class AtStake(Frozen):
    """Business that loses live interlocutors."""

    id: str
    name: str
    amount: float | None
    live_before: int
    """Members with a live tie into it."""
    live_after: int


class Departure(Result):
    """What a departure changes."""

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
    touched: tuple[Touched, ...]
    """Worst first; bounded."""
    stakes: tuple[AtStake, ...]
    """Business that loses a live interlocutor, worst first."""
    exposure: float | None
    """Sum of the amounts of the business left with nobody; null where only unknown amounts are."""
    unknown_amounts: int
    expected_loss: float | None
    """Yearly sales to expect to lose; null if the account's revenue is not known."""


def departure(
    graph: AccountGraph, *, leaves: Sequence[str], settings: AnalysisSettings | None = None
) -> Departure:
    """Answer what happens if some people leave.

    Parameters
    ----------
    graph
        The account as of a day.
    leaves
        Ids of members of the team or of persons of the client.
    settings
        Defaults of the analyses.

    Raises
    ------
    NotFound
        If an id is neither.
    """
    chosen = settings or AnalysisSettings()
    gone = dict.fromkeys(leaves)
    members, seats = _indexes(graph, gone)
    before = panel(graph, chosen)
    after = before.without(members, seats)
    touched = _touched(graph, before, after, members)
    stakes = _stakes(graph, before, after)
    lost, covered = _dark_weight(before, after), _covered(before)
    loss = lost / covered if covered > 0 else None
    left = [s.amount for s in stakes if s.live_after == 0]
    known = [amount for amount in left if amount is not None]
    names = tuple(_name(graph, i) for i in gone)
    return Departure(
        account=graph.account.name,
        as_of=graph.as_of,
        leaves=names,
        currency=graph.currency,
        before=_headlines(before, before.members),
        after=_headlines(after, before.members - len(members)),
        loss=loss,
        dark=sum(t.live_after == 0 for t in touched),
        sole=sum(t.live_after == 1 for t in touched),
        touched=tuple(touched[: chosen.top]),
        stakes=tuple(stakes),
        exposure=None if left and not known else sum(known),
        unknown_amounts=len(left) - len(known),
        expected_loss=_expected(graph.account.revenue, loss, chosen),
        findings=_findings(names, touched, stakes, tuple(gone), loss),
        terms=_terms(graph, before, after),
    )


def _indexes(graph: AccountGraph, gone: Iterable[str]) -> tuple[frozenset[int], frozenset[int]]:
    member_index = {m.id: i for i, m in enumerate(graph.members)}
    members, seats = set(), set()
    for ident in gone:
        if ident in member_index:
            members.add(member_index[ident])
        elif ident in graph.by_person:
            seats |= {i for i, s in enumerate(graph.counted) if s.person and s.person.id == ident}
        else:
            raise NotFound("nobody_of_the_account", value=ident, account=graph.account.name)
    return frozenset(members), frozenset(seats)


def _name(graph: AccountGraph, ident: str) -> str:
    return graph.by_member[ident].name if ident in graph.by_member else graph.by_person[ident][0].name


def _headlines(ties: Panel, members: int) -> Headlines:
    n = ties.count(ties.live)
    alone = ties.live & (n[ties.seat] == 1)
    sole = np.bincount(ties.member[alone], weights=ties.weight[ties.seat[alone]], minlength=ties.members)
    amounts = np.bincount(
        ties.member, weights=ties.weight[ties.seat] * ties.strength, minlength=ties.members
    ).astype(np.float64)
    most = float(sole.max(initial=0.0))
    return Headlines(
        c1=share(ties.weight, n >= 1),
        c2=share(ties.weight, n >= 2),  # noqa: PLR2004 - the definition of C2
        bow_tie=most / ties.total if ties.total > 0 else None,
        bow_tie_member=ties.graph.members[int(sole.argmax())].name if most > 0 else None,
        hhi=herfindahl(amounts),
        members=members,
    )


def _covered(ties: Panel) -> float:
    return float(ties.weight[ties.count(ties.live) >= 1].sum())


def _dark_weight(before: Panel, after: Panel) -> float:
    return _covered(before) - _covered(after)


def _touched(graph: AccountGraph, before: Panel, after: Panel, gone: frozenset[int]) -> list[Touched]:
    found = []
    for i, s in enumerate(graph.counted):
        was, now = before.live_members[i], after.live_members[i]
        if len(now) < len(was):
            found.append(
                Touched(
                    position_id=s.id,
                    name=s.name,
                    title=s.position.title,
                    weight=float(before.weight[i]),
                    live_before=len(was),
                    live_after=len(now),
                    left_with=tuple(graph.members[m].name for m in now),
                    successors=_successors(graph, after, i, gone),
                )
            )
    return sorted(found, key=lambda t: (t.live_after, -t.weight, *by_name(t.name, t.position_id)))


_PROPOSED = 3


def _successors(graph: AccountGraph, after: Panel, seat: int, gone: frozenset[int]) -> tuple[str, ...]:
    here = after.seat == seat
    tied = sorted(
        zip(after.member[here], after.strength[here], strict=True),
        key=lambda pair: (-pair[1], *by_name(graph.members[pair[0]].name, graph.members[pair[0]].id)),
    )
    function = graph.counted[seat].position.function
    same = [
        i for i, m in enumerate(graph.members) if i not in gone and function and m.member.function == function
    ]
    order = dict.fromkeys([int(m) for m, s in tied if s > 0] + same)
    return tuple(graph.members[m].name for m in order)[:_PROPOSED]


def _stakes(graph: AccountGraph, before: Panel, after: Panel) -> list[AtStake]:
    found = []
    for business in businesses(graph):
        was = {m for i in business.seats for m in before.live_members[i]}
        now = {m for i in business.seats for m in after.live_members[i]}
        if len(now) < len(was):
            amount = None if business.amount is None else float(business.amount)
            found.append(
                AtStake(
                    id=business.id,
                    name=business.name,
                    amount=amount,
                    live_before=len(was),
                    live_after=len(now),
                )
            )
    return sorted(found, key=lambda s: (s.live_after, -(s.amount or 0), *by_name(s.name, s.id)))


def _expected(revenue: Decimal | None, loss: float | None, settings: AnalysisSettings) -> float | None:
    return None if revenue is None or loss is None else float(revenue) * settings.loss_rate * loss


def _terms(graph: AccountGraph, before: Panel, after: Panel) -> tuple[Term, ...]:
    """Give what the loss is summed from: figure ``dark`` over figure ``covered``."""
    terms = []
    for i, s in enumerate(graph.counted):
        if before.live_members[i]:
            weight = float(before.weight[i])
            because = tuple(graph.members[m].id for m in before.live_members[i])
            kinds = ("covered",) if after.live_members[i] else ("covered", "dark")
            terms += [
                Term(figure=k, subject=s.id, name=s.name, value=weight, weight=weight, because=because)
                for k in kinds
            ]
    return tuple(terms)


def _findings(
    names: tuple[str, ...],
    touched: Sequence[Touched],
    stakes: Sequence[AtStake],
    gone: tuple[str, ...],
    loss: float | None,
) -> tuple[Finding, ...]:
    found = []
    dark = [t for t in touched if t.live_after == 0]
    if dark:
        found.append(
            Finding(
                code="departure_dark",
                severity=Severity.CRITICAL,
                subjects=tuple(t.position_id for t in dark),
                evidence=gone,
                params={
                    "names": names,
                    "count": len(dark),
                    "percent": round(100 * (loss or 0)),
                    "who": tuple(t.name for t in dark[:5]),
                },
            )
        )
    sole = [t for t in touched if t.live_after == 1]
    if sole:
        found.append(
            Finding(
                code="departure_sole",
                severity=Severity.WARNING,
                subjects=tuple(t.position_id for t in sole),
                evidence=gone,
                params={"names": names, "count": len(sole), "who": tuple(t.name for t in sole[:5])},
            )
        )
    for code, left, severity in (
        ("departure_centres_dark", 0, Severity.CRITICAL),
        ("departure_centres_sole", 1, Severity.WARNING),
    ):
        hit = [s for s in stakes if s.live_after == left]
        if hit:
            found.append(
                Finding(
                    code=code,
                    severity=severity,
                    subjects=tuple(s.id for s in hit),
                    evidence=gone,
                    params={"names": names, "count": len(hit), "centres": tuple(s.name for s in hit)},
                )
            )
    if not touched:
        found.append(
            Finding(code="departure_nothing", severity=Severity.INFO, subjects=gone, params={"names": names})
        )
    return tuple(found)
