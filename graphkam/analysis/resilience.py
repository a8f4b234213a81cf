"""How many departures break the account, and which?

Three questions with three names, never one number:

- **blind spots**: the stakeholders, centres and units that go dark with the fewest departures: the
  number of distinct members with a live tie into each; those already dark stand apart;
- **breaking set** (theta, 50 %): the smallest set of members whose departure loses more than theta
  of the covered weight (at 100 %: all of it). It is minimum p-union (Chlamtac et al. 2016), NP-hard:
  exact where proved, otherwise the reverse greedy's set with "at least b, at most g". Of equally
  small sets the one that loses most wins, then the names in order. The truck-factor greedy of
  Avelino et al. 2016 stands beside it only as a comparison: it overstates safety;
- **worst k** (1, 2, 3): the k departures that lose most.

Expected loss over a year with departure probabilities q_m (0.20 where not given): sum of w times
the product of q over the live members, exact; its distribution by enumeration up to 15 members,
else simulated with a fixed seed and its standard error; expected shortfall at 95 %. Independence is
optimistic, for teams leave together: ``common_shock`` adds the chance that all go at once. Losses
are shares of the covered weight; the money is ``loss_rate`` (0.132-0.176 of yearly sales: Shi,
Sridhar, Grewal & Lilien 2017, Journal of Marketing 81(2)) times revenue times expected loss.

Source: design, analyses.md, "resilience".
"""

from __future__ import annotations

from typing import Literal

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.parts import Part, by_centre, by_unit
from graphkam.graph.strength import Panel, panel
from graphkam.method.breaking import (
    Breaking,
    Rows,
    forward_greedy,
    least_loss,
    merged,
    smallest_breaking_set,
)
from graphkam.method.losses import distribution, expected_loss, worst
from graphkam.model.base import Finding, Frozen, Result, Severity, Term
from graphkam.settings import AnalysisSettings

_SHORTFALL = 0.95


class BlindSpot(Frozen):
    """What goes dark with few departures."""

    id: str
    name: str
    kind: Literal["stakeholder", "centre", "unit"]
    weight: float
    departures: int
    """Distinct members with a live tie into it; 0 = already dark."""
    members: tuple[str, ...]


class WorstDepartures(Frozen):
    """The departures of a number of members that lose most."""

    departures: int
    members: tuple[str, ...]
    loss: float
    """Share of the covered weight."""


class Resilience(Result):
    """What breaks the account."""

    theta: float
    size: int | None
    """Size of the smallest breaking set found; null if nothing is covered."""
    bound: int | None
    """No smaller set can break it."""
    proved: bool | None
    members: tuple[str, ...] | None
    """The set, by name."""
    member_ids: tuple[str, ...] | None
    loss: float | None
    """Share of the covered weight that goes with it."""
    greedy_size: int | None
    """What the truck-factor greedy would say; for comparison only."""
    worst: tuple[WorstDepartures, ...]
    blind_spots: tuple[BlindSpot, ...]
    """Fewest departures first; bounded."""
    dark: tuple[BlindSpot, ...]
    """Already dark; bounded."""
    expected_loss: float | None
    """Share of the covered weight lost in a year, on average."""
    expected_shortfall: float | None
    """The same in the worst 5 % of years."""
    standard_error: float | None
    """Of the simulated mean; 0 where all combinations were gone through."""
    currency: str
    expected_sales_lost: float | None
    """A year; null if the account's revenue is not known."""


def resilience(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, seconds: float | None = None
) -> Resilience:
    """Answer how many departures break the account.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    seconds
        Time that the search may take; that of the settings by default.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    rows = covered_rows(ties)
    covered = sum(rows.values())
    breaking = smallest_breaking_set(rows, chosen.theta, seconds=seconds or chosen.seconds)
    spots = _spots(graph, ties)
    chances = _chances(graph, rows, chosen)
    return Resilience(
        account=graph.account.name,
        as_of=graph.as_of,
        theta=chosen.theta,
        **_set(graph, rows, breaking, covered, chosen.theta).model_dump(),
        worst=_worst(graph, rows, covered),
        blind_spots=tuple(s for s in spots if s.departures)[: chosen.top],
        dark=tuple(s for s in spots if not s.departures)[: chosen.top],
        **chances,
        currency=graph.currency,
        expected_sales_lost=_sales(graph, chances["expected_loss"], chosen),
        findings=_findings(graph, breaking, covered, chosen.theta),
        terms=_terms(graph, ties, breaking),
    )


def covered_rows(ties: Panel) -> dict[tuple[int, ...], float]:
    """Give the covered weight by the set of members with a live tie."""
    return merged(ties.live_members, [float(w) for w in ties.weight])


def names_of(graph: AccountGraph, members: tuple[int, ...]) -> tuple[str, ...]:
    """Give members' names; their indexes are in the order of names already."""
    return tuple(graph.members[m].name for m in members)


class _Set(Frozen):
    size: int | None = None
    bound: int | None = None
    proved: bool | None = None
    members: tuple[str, ...] | None = None
    member_ids: tuple[str, ...] | None = None
    loss: float | None = None
    greedy_size: int | None = None


def _set(graph: AccountGraph, rows: Rows, breaking: Breaking | None, covered: float, theta: float) -> _Set:
    if breaking is None:
        return _Set()
    return _Set(
        size=len(breaking.chosen),
        bound=breaking.bound,
        proved=breaking.proved,
        members=names_of(graph, breaking.chosen),
        member_ids=tuple(graph.members[m].id for m in breaking.chosen),
        loss=breaking.loss / covered,
        greedy_size=len(forward_greedy(rows, least_loss(rows, theta))),
    )


def _worst(graph: AccountGraph, rows: Rows, covered: float) -> tuple[WorstDepartures, ...]:
    found = ((k, worst(rows, k)) for k in (1, 2, 3))
    return tuple(
        WorstDepartures(departures=k, members=names_of(graph, w.chosen), loss=w.loss / covered)
        for k, w in found
        if w is not None
    )


def _spots(graph: AccountGraph, ties: Panel) -> list[BlindSpot]:
    spots = [
        BlindSpot(
            id=s.id,
            name=s.name,
            kind="stakeholder",
            weight=float(ties.weight[i]),
            departures=len(ties.live_members[i]),
            members=names_of(graph, ties.live_members[i]),
        )
        for i, s in enumerate(graph.counted)
    ]
    kinds: tuple[tuple[Literal["centre", "unit"], tuple[Part, ...]], ...] = (
        ("centre", by_centre(graph)),
        ("unit", by_unit(graph)),
    )
    for kind, parts in kinds:
        for part in parts:
            if not part.seats:
                continue
            members = tuple(sorted({m for i in part.seats for m in ties.live_members[i]}))
            spots.append(
                BlindSpot(
                    id=part.id,
                    name=part.name,
                    kind=kind,
                    weight=float(ties.weight[list(part.seats)].sum()),
                    departures=len(members),
                    members=names_of(graph, members),
                )
            )
    return sorted(spots, key=lambda s: (s.departures, -s.weight, *by_name(s.name, s.id)))


def _chances(graph: AccountGraph, rows: Rows, settings: AnalysisSettings) -> dict[str, float | None]:
    covered = sum(rows.values())
    if not covered > 0:
        return {"expected_loss": None, "expected_shortfall": None, "standard_error": None}
    given = [m.member.departure_probability for m in graph.members]
    q = [settings.departure_probability if p is None else p for p in given]
    shock = settings.common_shock
    spread = distribution(rows, q, shock=shock)
    mean = expected_loss(rows, q) * (1 - shock) + covered * shock
    return {
        "expected_loss": mean / covered,
        "expected_shortfall": spread.shortfall(_SHORTFALL) / covered,
        "standard_error": spread.standard_error / covered,
    }


def _sales(graph: AccountGraph, loss: float | None, settings: AnalysisSettings) -> float | None:
    revenue = graph.account.revenue
    return None if revenue is None or loss is None else float(revenue) * settings.loss_rate * loss


def _terms(graph: AccountGraph, ties: Panel, breaking: Breaking | None) -> tuple[Term, ...]:
    """Give what the loss of the breaking set is summed from: ``broken`` over ``covered``."""
    gone = frozenset(breaking.chosen if breaking else ())
    terms = []
    for i, s in enumerate(graph.counted):
        who = ties.live_members[i]
        if who:
            weight = float(ties.weight[i])
            because = tuple(graph.members[m].id for m in who)
            kinds = ("covered", "broken") if gone.issuperset(who) else ("covered",)
            terms += [
                Term(figure=k, subject=s.id, name=s.name, value=weight, weight=weight, because=because)
                for k in kinds
            ]
    return tuple(terms)


_FRAGILE = 2


def _findings(
    graph: AccountGraph, breaking: Breaking | None, covered: float, theta: float
) -> tuple[Finding, ...]:
    if breaking is None:
        return (Finding(code="resilience_nothing", severity=Severity.CRITICAL, subjects=(graph.account.id,)),)
    size = len(breaking.chosen)
    severity = Severity.CRITICAL if size == 1 else Severity.WARNING if size <= _FRAGILE else Severity.INFO
    finding = Finding(
        code="resilience_breaking_set" if breaking.proved else "resilience_unproved",
        severity=severity,
        subjects=tuple(graph.members[m].id for m in breaking.chosen),
        params={
            "count": size,
            "bound": breaking.bound,
            "names": names_of(graph, breaking.chosen),
            "percent": round(100 * breaking.loss / covered),
            "theta": round(100 * theta),
        },
    )
    return (finding,)
