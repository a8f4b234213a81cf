"""All accounts by how they qualify, and whether the order holds when the criteria are weighed otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.criteria import Kind, Rated, bounds, judged, rated
from graphkam.method.ratio import sampled_share_bounds
from graphkam.method.scoring import Floats, Indexes, places, weight_draws
from graphkam.model.base import Frozen, Interval
from graphkam.model.organisation import Account
from graphkam.settings import AnalysisSettings

_DIGITS = 9


class Ranked(Frozen):
    """One account among all."""

    account: str
    account_id: str
    status: Kind | None
    verdict: Kind | None
    could_be: tuple[Kind, ...]
    score: Interval
    best: int
    """The best place that its score can have among all; 1 = first, equals share a place."""
    worst: int
    kept: float
    """Share of the draws of the weights in which its place, or its range of places, stays the same."""
    kept_low: float
    kept_high: float


def ranking(
    graphs: Iterable[AccountGraph], *, settings: AnalysisSettings | None = None
) -> tuple[Ranked, ...]:
    """Give all accounts, the surest of its score first.

    Parameters
    ----------
    graphs
        The accounts.
    settings
        Weights, bands, limits and draws.
    """
    chosen = settings or AnalysisSettings()
    found = [(graph.account, rated(graph, chosen)) for graph in graphs]
    if not found:
        return ()
    criteria = [own for _, own in found]
    stated = np.array([r.weight / 100 for r in criteria[0]])
    best, worst = places(*(end[:, 0] for end in _scores(criteria, stated[None, :])))
    kept = _kept(criteria, stated, (best, worst), chosen)
    rows = [
        _ranked(account, own, chosen, (b, w), k)
        for (account, own), b, w, k in zip(found, best.tolist(), worst.tolist(), kept, strict=True)
    ]
    return tuple(
        sorted(rows, key=lambda r: (-round(r.score.low or 0.0, _DIGITS), by_name(r.account, r.account_id)))
    )


def _scores(criteria: Sequence[Sequence[Rated]], weights: Floats) -> tuple[Floats, Floats]:
    """Give the least and the greatest scores: an account a row, a set of weights a column."""
    ends = [bounds(found, weights) for found in criteria]
    return np.array([low for low, _ in ends]), np.array([high for _, high in ends])


def _kept(
    criteria: Sequence[Sequence[Rated]],
    stated: Floats,
    truth: tuple[Indexes, Indexes],
    settings: AnalysisSettings,
) -> list[int]:
    """Count for each account the draws in which it keeps its place."""
    drawn = weight_draws(stated, concentration=settings.weight_concentration, draws=settings.draws)
    count = np.zeros(len(criteria), dtype=np.int64)
    for low, high in zip(*(end.T for end in _scores(criteria, drawn)), strict=True):
        best, worst = places(low, high)
        count += (best == truth[0]) & (worst == truth[1])
    kept: list[int] = count.tolist()
    return kept


def _ranked(
    account: Account, found: Sequence[Rated], settings: AnalysisSettings, place: tuple[int, int], kept: int
) -> Ranked:
    own = judged(found, settings)
    low, high = sampled_share_bounds(kept, settings.draws)
    return Ranked(
        account=account.name,
        account_id=account.id,
        status=account.kind,
        verdict=own.verdict,
        could_be=own.could_be,
        score=own.score,
        best=place[0],
        worst=place[1],
        kept=kept / settings.draws,
        kept_low=low,
        kept_high=high,
    )
