"""Is this a key account by our own criteria, and does the answer hang on how they are weighed?

**Score**, 0 to 5: the sum of weight x worth over six criteria, the weights summing to 1 (they are stated in
points of 100; others are refused). Four criteria are given as 0 to 5 (image or reference value, new market,
complexity of the structure and of the offer), two as amounts a year (revenue now, potential), worth one point
for each of five limits (``revenue_bands``, ``potential_bands``, in ``bands_currency``) that they reach.

- A criterion that is not known could be worth anything from 0 to 5: the score is an interval and has no
  point value. The others are never stretched to fill its place.
- **Verdict**: key account from ``key_score`` (2.5), potential from ``potential_score`` (1.5), standard below;
  several where the interval spans a limit. It is held against the status that the account is given.
- **Kept**: the share of draws in which the verdict stays the same when the weights are drawn around the
  stated ones (seeded Dirichlet, ``weight_concentration``), with its Wilson interval.

Weights, bands and limits are ours to set: no study gives them.

Source: design, analyses.md, "qualification"; science.md section 10 (weights that sum to 100, no silent
renormalisation, McDonald & Woodburn; sensitivity by Dirichlet draws).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.criteria import Kind, Rated, bounds, judged, kinds_between, rated
from graphkam.graph.findings import finding, worst_first
from graphkam.graph.strength import panel
from graphkam.graph.terms import Ledger
from graphkam.method.ratio import sampled_share_bounds
from graphkam.method.scoring import weight_draws
from graphkam.model.base import Finding, Frozen, Interval, Result, Severity
from graphkam.settings import AnalysisSettings
from graphkam.settings.analysis import Criterion

_NOT_KNOWN: Mapping[Criterion, str] = {
    "revenue": "qualification_no_revenue",
    "potential": "qualification_no_potential",
    "image": "qualification_no_image",
    "new_market": "qualification_no_new_market",
    "structure_complexity": "qualification_no_structure_complexity",
    "offer_complexity": "qualification_no_offer_complexity",
}
_OTHERWISE: Mapping[tuple[Kind, Kind], tuple[str, Severity]] = {
    ("key_account", "potential"): ("qualification_only_potential", Severity.WARNING),
    ("key_account", "standard"): ("qualification_not_key", Severity.WARNING),
    ("potential", "key_account"): ("qualification_already_key", Severity.NOTICE),
    ("potential", "standard"): ("qualification_not_potential", Severity.NOTICE),
    ("standard", "key_account"): ("qualification_key", Severity.WARNING),
    ("standard", "potential"): ("qualification_potential", Severity.NOTICE),
}
"""What is told of a status stated, where the verdict is another."""


class Worth(Frozen):
    """What one criterion is worth."""

    id: Criterion
    weight: float
    """Points of 100."""
    given: float | None
    """As recorded: 0 to 5, or an amount a year in the account's currency."""
    score: Interval
    """0 to 5."""
    points: Interval
    """What it adds to the score."""


class Qualification(Result):
    """Whether an account is a key account by the criteria."""

    status: Kind | None
    """As stated of the account."""
    score: Interval
    """0 to 5; no value where a criterion is not known."""
    verdict: Kind | None
    """Null: it hangs on what is not known."""
    could_be: tuple[Kind, ...]
    """All that it could be, the highest first."""
    key_score: float
    potential_score: float
    margin: float | None
    """From the score to the nearest limit; null where there is no score."""
    kept: float | None
    """Share of the draws in which the verdict stays; null without a verdict."""
    kept_low: float | None
    kept_high: float | None
    draws: int
    currency: str
    """Of the amounts."""
    bands_currency: str
    criteria: tuple[Worth, ...]
    """The weightiest first."""


def qualification(
    graph: AccountGraph, *, settings: AnalysisSettings | None = None, with_terms: bool = True
) -> Qualification:
    """Answer whether an account is a key account by the criteria.

    Parameters
    ----------
    graph
        The account.
    settings
        Weights, bands, limits and draws.
    with_terms
        Say where the score comes from.
    """
    chosen = settings or AnalysisSettings()
    found = sorted(rated(graph, chosen), key=lambda r: -r.weight)
    own = judged(found, chosen)
    score = own.score
    kept = _kept(found, own.verdict, chosen)
    kept_low, kept_high = (None, None) if kept is None else sampled_share_bounds(kept, chosen.draws)
    limits = (chosen.key_score, chosen.potential_score)
    ledger = Ledger(panel(graph, chosen))
    if with_terms:
        _explain(ledger, found, score)
    made = Qualification(
        account=graph.account.name,
        as_of=graph.as_of,
        status=graph.account.kind,
        score=score,
        verdict=own.verdict,
        could_be=own.could_be,
        key_score=chosen.key_score,
        potential_score=chosen.potential_score,
        margin=None if score.value is None else min(abs(score.value - limit) for limit in limits),
        kept=None if kept is None else kept / chosen.draws,
        kept_low=kept_low,
        kept_high=kept_high,
        draws=chosen.draws,
        currency=graph.currency,
        bands_currency=chosen.bands_currency,
        criteria=tuple(map(_worth, found)),
        explained=ledger.explained,
        terms=ledger.terms,
    )
    told = worst_first(_findings(graph, made, found, chosen), chosen.top)
    return made.model_copy(update={"findings": told})


def _kept(found: Sequence[Rated], verdict: Kind | None, settings: AnalysisSettings) -> int | None:
    """Count the draws of the weights in which the verdict stays; None without a verdict."""
    if verdict is None:
        return None
    stated = np.array([r.weight / 100 for r in found])
    drawn = weight_draws(stated, concentration=settings.weight_concentration, draws=settings.draws)
    ends = zip(*(end.tolist() for end in bounds(found, drawn)), strict=True)
    return sum(kinds_between(low, high, settings) == (verdict,) for low, high in ends)


def _worth(r: Rated) -> Worth:
    part = r.weight / 100
    return Worth(
        id=r.criterion,
        weight=r.weight,
        given=r.given,
        score=Interval(value=r.score, low=r.low, high=r.high),
        points=Interval(
            value=None if r.score is None else part * r.score, low=part * r.low, high=part * r.high
        ),
    )


def _explain(ledger: Ledger, found: Sequence[Rated], score: Interval) -> None:
    """Say what each criterion adds to the score and to its ends."""
    for end in ("value", "low", "high"):
        if getattr(score, end) is None:
            continue
        for r in found:
            worth = r.high if end == "high" else r.low
            part = r.weight / 100
            ledger.term(f"score.{end}", r.criterion, r.criterion, part * worth, weight=r.weight)
        ledger.figure(f"score.{end}", getattr(score, end), f"score.{end}")


def _findings(
    graph: AccountGraph, made: Qualification, found: Sequence[Rated], settings: AnalysisSettings
) -> Iterator[Finding]:
    account, low, high = [graph.account.id], made.score.low, made.score.high
    span: dict[str, Param] = {"low": low, "high": high, "score": made.score.value}
    if made.status is None:
        yield finding("qualification_unstated", Severity.INFO, account, {})
    elif made.verdict is None:
        yield finding("qualification_open", Severity.NOTICE, account, {**span, "count": _missing(found)})
    elif made.verdict != made.status:
        code, severity = _OTHERWISE[made.status, made.verdict]
        yield finding(code, severity, account, span)
    for r in found:
        if r.score is None and r.weight > 0 and not r.is_foreign:
            told: dict[str, Param] = {"weight": r.weight, "points": r.weight * r.high / 100}
            yield finding(_NOT_KNOWN[r.criterion], Severity.NOTICE, [*account, r.criterion], told)
    if any(r.is_foreign for r in found):
        params: dict[str, Param] = {"currency": graph.currency, "bands": settings.bands_currency}
        yield finding("qualification_currency", Severity.WARNING, account, params)
    if made.kept is not None and made.kept < settings.stable_from:
        yield finding("qualification_close", Severity.NOTICE, account, {"percent": round(100 * made.kept)})


def _missing(found: Sequence[Rated]) -> int:
    return sum(r.score is None for r in found)
