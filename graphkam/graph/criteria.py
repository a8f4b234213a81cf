"""The six criteria by which an account is qualified, and what each is worth: 0 to 5.

Four are given as 0 to 5. The two amounts are scored by bands: one point for each of five limits that the
amount reaches. An amount in another currency than that of the bands has no rate, and one that is not
given is not known: it could be worth anything from 0 to 5, never 0 for want of an answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph
from graphkam.method.scoring import Floats
from graphkam.model.base import Interval
from graphkam.settings import AnalysisSettings
from graphkam.settings.analysis import Criterion

TOP_SCORE = 5.0
Kind = Literal["key_account", "potential", "standard"]
KINDS: tuple[Kind, ...] = ("key_account", "potential", "standard")
"""Of an account, the highest first."""
_AMOUNTS: frozenset[Criterion] = frozenset({"revenue", "potential"})


@dataclass(frozen=True, slots=True)
class Rated:
    """What one criterion is worth."""

    criterion: Criterion
    weight: float
    """Points of 100."""
    given: float | None
    """The amount, or the 0 to 5, as recorded."""
    score: float | None
    """0 to 5; None = not known."""
    is_foreign: bool = False
    """It is an amount in another currency than that of the bands."""

    @property
    def low(self) -> float:
        """The least it could be worth."""
        return 0.0 if self.score is None else self.score

    @property
    def high(self) -> float:
        """The most it could be worth."""
        return TOP_SCORE if self.score is None else self.score


@dataclass(frozen=True, slots=True)
class Judged:
    """What the criteria make of an account."""

    score: Interval
    """No value where a criterion is not known."""
    could_be: tuple[Kind, ...]
    """All that it could be, the highest first."""

    @property
    def verdict(self) -> Kind | None:
        """What it is; None where that hangs on what is not known."""
        return self.could_be[0] if len(self.could_be) == 1 else None


def rated(graph: AccountGraph, settings: AnalysisSettings) -> tuple[Rated, ...]:
    """Give what each criterion is worth, in the order of the settings."""
    bands: Mapping[Criterion, Sequence[float]] = {
        "revenue": settings.revenue_bands,
        "potential": settings.potential_bands,
    }
    is_foreign = graph.currency != settings.bands_currency
    found = []
    for criterion, weight in settings.weight_by_criterion.items():
        given: Decimal | int | None = getattr(graph.account, criterion)
        score = None if given is None else float(given)
        if criterion in _AMOUNTS and score is not None:
            score = None if is_foreign else float(bisect_right(bands[criterion], score))
        foreign = criterion in _AMOUNTS and is_foreign and given is not None
        found.append(Rated(criterion, weight, None if given is None else float(given), score, foreign))
    return tuple(found)


def bounds(found: Sequence[Rated], weights: Floats | None = None) -> tuple[Floats, Floats]:
    """Give the least and the greatest score of an account, for one set of weights a row.

    Parameters
    ----------
    found
        What each criterion is worth.
    weights
        Sets of weights that sum to 1; by default the stated ones.
    """
    used = np.array([[r.weight / 100 for r in found]]) if weights is None else weights
    return used @ np.array([r.low for r in found]), used @ np.array([r.high for r in found])


def judged(found: Sequence[Rated], settings: AnalysisSettings) -> Judged:
    """Give the score of an account by the stated weights, and what it could be by it."""
    # Added up in one order, whatever the order they come in: the last digits hang on it.
    low, high = (float(end[0]) for end in bounds(sorted(found, key=lambda r: -r.weight)))
    value = low if all(r.score is not None for r in found) else None
    return Judged(Interval(value=value, low=low, high=high), kinds_between(low, high, settings))


def kinds_between(low: float, high: float, settings: AnalysisSettings) -> tuple[Kind, ...]:
    """Give all that a score between bounds makes of an account, the highest first."""
    best, worst = (KINDS.index(_kind_of(score, settings)) for score in (high, low))
    return KINDS[best : worst + 1]


def _kind_of(score: float, settings: AnalysisSettings) -> Kind:
    """Give what a score makes of an account; what falls short by rounding alone does not."""
    rounded = round(score, 9)
    if rounded >= settings.key_score:
        return "key_account"
    return "potential" if rounded >= settings.potential_score else "standard"
