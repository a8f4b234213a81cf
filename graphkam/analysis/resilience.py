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
are shares of the covered weight. The money is ``loss_rate`` (0.132-0.176 of yearly sales: Shi,
Sridhar, Grewal & Lilien 2017, Journal of Marketing 81(2)) times the account's revenue times the
expected loss; it is not the exposure of :mod:`graphkam.analysis.dependency`.

Source: design, analyses.md, "resilience".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod
from typing import Literal, NamedTuple

import numpy as np

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.breaking_set import breaking_findings, breaking_set, live_rows, names_of
from graphkam.graph.parts import by_centre, by_unit
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.method.breaking import forward_greedy, least_loss
from graphkam.method.losses import MOST_TOGETHER, distribution, expected_loss, worst
from graphkam.method.rows import Rows
from graphkam.model.base import Frozen, Result
from graphkam.settings import AnalysisSettings

Kind = Literal["stakeholder", "centre", "unit"]
_SHORTFALL = 0.95


class BlindSpot(Frozen):
    """What goes dark with few departures."""

    id: str
    name: str
    kind: Kind
    weight: float
    departures: int
    """Distinct members with a live tie into it; 0 = already dark."""
    members: tuple[str, ...]


class WorstDepartures(Frozen):
    """The departures of a number of members that lose most."""

    departures: int
    members: tuple[str, ...]
    member_ids: tuple[str, ...]
    loss: float
    """Share of the covered weight."""


class Resilience(Result):
    """What breaks the account. Lists are bounded by the setting ``top``."""

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
    worst: Mapping[int, WorstDepartures]
    """By the number of departures."""
    blind_spots: tuple[BlindSpot, ...]
    """Fewest departures first."""
    dark: tuple[BlindSpot, ...]
    """Already dark, heaviest first."""
    dark_count: int
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
    graph: AccountGraph,
    *,
    settings: AnalysisSettings | None = None,
    seconds: float | None = None,
    with_terms: bool = True,
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
    with_terms
        Say where the losses come from.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    rows = live_rows(ties)
    covered = sum(rows.values())
    breaking = breaking_set(rows, chosen, seconds=seconds)
    gone = breaking.chosen if breaking else ()
    places = tuple(_places(ties))
    spots, dark = _spots(ties, places, chosen.top)
    mean, shortfall, error = _expected(graph, rows, chosen)
    revenue = graph.account.revenue
    answer = Resilience(
        account=graph.account.name,
        as_of=graph.as_of,
        theta=chosen.theta,
        size=len(gone) if breaking else None,
        bound=breaking.bound if breaking else None,
        proved=breaking.proved if breaking else None,
        members=names_of(graph, gone) if breaking else None,
        member_ids=tuple(graph.members[m].id for m in gone) if breaking else None,
        loss=breaking.loss / covered if breaking else None,
        greedy_size=len(forward_greedy(rows, least_loss(rows, chosen.theta))) if breaking else None,
        worst=_worst(graph, rows, covered),
        blind_spots=spots,
        dark=dark,
        dark_count=sum(not place.members for place in places),
        expected_loss=mean,
        expected_shortfall=shortfall,
        standard_error=error,
        currency=graph.currency,
        expected_sales_lost=(
            None if revenue is None or mean is None else float(revenue) * chosen.loss_rate * mean
        ),
        findings=breaking_findings(ties, breaking, chosen),
    )
    ledger = Ledger(ties)
    if with_terms:
        _explain(ledger, ties, answer, chosen)
    return answer.model_copy(update={"explained": ledger.explained, "terms": ledger.terms})


def _worst(graph: AccountGraph, rows: Rows, covered: float) -> dict[int, WorstDepartures]:
    found = ((k, worst(rows, k)) for k in range(1, MOST_TOGETHER + 1))
    return {
        k: WorstDepartures(
            departures=k,
            members=names_of(graph, w.chosen),
            member_ids=tuple(graph.members[m].id for m in w.chosen),
            loss=w.loss / covered,
        )
        for k, w in found
        if w is not None
    }


class _Place(NamedTuple):
    """What can go dark."""

    kind: Kind
    id: str
    name: str
    seats: tuple[int, ...]
    members: tuple[int, ...]


def _places(ties: Panel) -> Iterator[_Place]:
    graph = ties.graph
    for i, s in enumerate(graph.counted):
        yield _Place("stakeholder", s.id, s.name, (i,), ties.live_members[i])
    kinds: tuple[Kind, Kind] = ("centre", "unit")
    for kind, parts in zip(kinds, (by_centre(graph), by_unit(graph)), strict=True):
        for part in parts:
            if part.seats:
                yield _Place(kind, part.id, part.name, part.seats, ties.who(part.seats))


def _spots(
    ties: Panel, places: Iterable[_Place], top: int
) -> tuple[tuple[BlindSpot, ...], tuple[BlindSpot, ...]]:
    """Give what goes dark soonest, and what is dark."""
    weights = ties.weight.tolist()
    weighed = [(sum(weights[i] for i in place.seats), place) for place in places]
    weighed.sort(key=lambda w: (len(w[1].members), -w[0], by_name(w[1].name, w[1].id)))
    shown = (
        [(weight, place) for weight, place in weighed if bool(place.members) is is_lit][:top]
        for is_lit in (True, False)
    )
    spots, dark = (
        tuple(
            BlindSpot(
                id=place.id,
                name=place.name,
                kind=place.kind,
                weight=weight,
                departures=len(place.members),
                members=names_of(ties.graph, place.members),
            )
            for weight, place in group
        )
        for group in shown
    )
    return spots, dark


def _expected(
    graph: AccountGraph, rows: Rows, settings: AnalysisSettings
) -> tuple[float | None, float | None, float | None]:
    """Give mean, shortfall and standard error of the loss, as shares of the covered weight."""
    covered = sum(rows.values())
    if not covered > 0:
        return None, None, None
    q, shock = _chances(graph, settings), settings.common_shock
    spread = distribution(rows, q, shock=shock)
    mean = expected_loss(rows, q) * (1 - shock) + covered * shock
    return mean / covered, spread.shortfall(_SHORTFALL) / covered, spread.standard_error / covered


def _chances(graph: AccountGraph, settings: AnalysisSettings) -> list[float]:
    """Give the probability of each member's departure in a year."""
    given = (m.member.departure_probability for m in graph.members)
    return [settings.departure_probability if p is None else p for p in given]


def _explain(ledger: Ledger, ties: Panel, found: Resilience, settings: AnalysisSettings) -> None:
    """Say where the losses come from: of the breaking set, of the worst departures, and the expected one."""
    graph, live = ties.graph, ties.count(ties.live) >= 1
    ledger.seats("covered", ties.weight, live)
    gone = [("loss", found.member_ids or (), found.loss)]
    gone += [(f"worst[{w.departures}].loss", w.member_ids, w.loss) for w in found.worst.values()]
    for name, ids, loss in gone:
        left = frozenset(i for i, m in enumerate(graph.members) if m.id in ids)
        lost = np.array([bool(who) and left.issuperset(who) for who in ties.live_members], dtype=np.bool_)
        ledger.seats(name, ties.weight, lost)
        ledger.figure(name, loss, name, "covered")
    q, shock = _chances(graph, settings), settings.common_shock
    for s, weight, who in zip(graph.counted, ties.weight.tolist(), ties.live_members, strict=True):
        if who:
            risk = prod(q[m] for m in who) * (1 - shock) + shock
            because = (graph.members[m].id for m in who)
            ledger.term("expected_loss", s.id, s.name, weight * risk, weight=weight, because=because)
    ledger.figure("expected_loss", found.expected_loss, "expected_loss", "covered")
