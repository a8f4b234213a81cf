"""The headline figures of an account, with its worst findings: several answers in one."""

from __future__ import annotations

from graphkam.analysis.coverage import coverage
from graphkam.analysis.dependency import dependency
from graphkam.analysis.resilience import resilience
from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.findings import worst_first
from graphkam.model.base import Result
from graphkam.settings import AnalysisSettings


class Audit(Result):
    """Headline figures of an account; each is defined where its analysis is.

    Shares are 0 to 1; null = undefined (nothing counts, nothing is covered). The terms behind a figure
    are given by its analysis.
    """

    account_id: str
    people: int
    seats: int
    vacant: int
    unknown_holder: int
    members: int
    weight: float
    vacant_weight: float
    c1: float | None
    c1_low: float | None
    c1_high: float | None
    c2: float | None
    c2_low: float | None
    c2_high: float | None
    hhi: float | None
    effective_interlocutors: float | None
    bow_tie: float | None
    bow_tie_low: float | None
    bow_tie_high: float | None
    bow_tie_member: str | None
    max_loss: float | None
    max_loss_member: str | None
    breaking_set: tuple[str, ...] | None
    breaking_set_bound: int | None
    breaking_set_proved: bool | None
    theta: float


def audit(graph: AccountGraph, *, settings: AnalysisSettings | None = None) -> Audit:
    """Give the headline figures of an account and its findings, worst first.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    """
    chosen = settings or AnalysisSettings()
    covered = coverage(graph, settings=chosen, with_terms=False)
    depends = dependency(graph, settings=chosen, with_terms=False)
    breaks = resilience(graph, settings=chosen, with_terms=False)
    findings = worst_first((*covered.findings, *depends.findings, *breaks.findings), chosen.top)
    return Audit(
        account=graph.account.name,
        as_of=graph.as_of,
        account_id=graph.account.id,
        people=covered.people,
        seats=covered.seats,
        vacant=covered.vacant,
        unknown_holder=covered.unknown_holder,
        members=covered.members,
        weight=covered.weight,
        vacant_weight=covered.vacant_weight,
        c1=covered.c1.value,
        c1_low=covered.c1.low,
        c1_high=covered.c1.high,
        c2=covered.c2.value,
        c2_low=covered.c2.low,
        c2_high=covered.c2.high,
        hhi=depends.hhi,
        effective_interlocutors=depends.effective_interlocutors,
        bow_tie=depends.bow_tie.value,
        bow_tie_low=depends.bow_tie.low,
        bow_tie_high=depends.bow_tie.high,
        bow_tie_member=depends.bow_tie_member,
        max_loss=depends.max_loss,
        max_loss_member=depends.max_loss_member,
        breaking_set=breaks.members,
        breaking_set_bound=breaks.bound,
        breaking_set_proved=breaks.proved,
        theta=chosen.theta,
        findings=findings,
    )
