"""The headline figures of an account, with its worst findings: several answers in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from graphkam.analysis.coverage import Coverage, coverage
from graphkam.analysis.dependency import Dependency, dependency
from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.breaking_set import breaking_findings, breaking_set, live_rows, names_of
from graphkam.graph.findings import worst_first
from graphkam.graph.strength import panel
from graphkam.model.base import Explained, Finding, Result, Term
from graphkam.settings import AnalysisSettings


class Audit(Result):
    """Headline figures of an account; each is defined where its analysis is.

    Shares are 0 to 1; null = undefined (nothing counts, nothing is covered).
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


def audit(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = False
) -> Audit:
    """Give the headline figures of an account and its findings, worst first.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    with_terms
        Say where the figures come from.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)  # made once for all of them
    with ThreadPoolExecutor(1) as beside:  # the solver, which the search of a large account waits for
        searched = beside.submit(breaking_set, live_rows(ties), chosen)
        covered = coverage(graph, settings=chosen, with_terms=with_terms, with_lists=False)
        depends = dependency(graph, settings=chosen, with_terms=with_terms)
        breaks = searched.result()
    explained, terms = _terms(covered, depends)
    told = breaking_findings(ties, breaks, chosen)
    findings = worst_first(_found(covered, depends, told), chosen.top)
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
        breaking_set=names_of(graph, breaks.chosen) if breaks else None,
        breaking_set_bound=breaks.bound if breaks else None,
        breaking_set_proved=breaks.proved if breaks else None,
        theta=chosen.theta,
        findings=findings,
        explained=explained,
        terms=terms,
    )


def _found(covered: Coverage, depends: Dependency, breaks: Iterable[Finding]) -> Iterator[Finding]:
    """Give what is about the whole account first; of a centre gone cold nothing twice."""
    yield from breaks
    cold = {f.subjects for f in covered.findings if f.code == "coverage_cold_centre"}
    yield from (f for f in depends.findings if f.code != "dependency_dark" or f.subjects not in cold)
    yield from covered.findings


_PLACES = {
    **{f"{name}.{end}": f"{name}_{end}" for name in ("c1", "c2", "bow_tie") for end in ("low", "high")},
    **{f"{name}.value": name for name in ("c1", "c2", "bow_tie")},
    "max_loss": "max_loss",
    "hhi": "hhi",
}
"""Where the figures of the analyses stand in the audit."""


def _terms(*answers: Result) -> tuple[tuple[Explained, ...], tuple[Term, ...]]:
    """Give where the audit's figures come from, each sum once."""
    explained: list[Explained] = []
    terms: dict[str, tuple[Term, ...]] = {}
    for answer in answers:
        kept = [e for e in answer.explained if e.figure in _PLACES]
        explained += [e.model_copy(update={"figure": _PLACES[e.figure]}) for e in kept]
        for name in dict.fromkeys(n for e in kept for n in (e.terms, e.over) if n):
            terms.setdefault(name, tuple(t for t in answer.terms if t.figure == name))
    return tuple(explained), tuple(term for found in terms.values() for term in found)
