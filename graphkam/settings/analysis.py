"""Defaults of the analyses, each with its limits."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator
from pydantic_core import PydanticCustomError

from graphkam.settings.section import Section, no_truth

Tier = Literal["A", "B", "C"]
"""Of a stakeholder: weight 4-5, 2-3 or 1."""
Days = Annotated[float, BeforeValidator(no_truth), Field(gt=0, le=36_500, allow_inf_nan=False)]
_NoneByName = BeforeValidator(lambda days: None if days == "none" else days)
HalfLife = Annotated[Days | None, _NoneByName]
_STALE: Mapping[Tier, float] = {"A": 90, "B": 180, "C": 365}
Criterion = Literal["revenue", "potential", "image", "new_market", "structure_complexity", "offer_complexity"]
"""By which an account is qualified: fields of the account."""
Points = Annotated[float, BeforeValidator(no_truth), Field(ge=0, le=100, allow_inf_nan=False)]
_WEIGHTS: Mapping[Criterion, float] = {
    "revenue": 25,
    "potential": 25,
    "image": 15,
    "new_market": 15,
    "structure_complexity": 10,
    "offer_complexity": 10,
}
_ALL_POINTS = 100
Amount = Annotated[float, BeforeValidator(no_truth), Field(gt=0, allow_inf_nan=False)]
_Split = BeforeValidator(lambda bands: bands.split(",") if isinstance(bands, str) else bands)
Bands = Annotated[tuple[Amount, Amount, Amount, Amount, Amount], _Split]


class AnalysisSettings(Section):
    """Defaults of the analyses (design: ``analyses.md``, last table)."""

    half_life: Annotated[float | None, _NoneByName] = Field(default=180, gt=0, le=36_500, allow_inf_nan=False)
    """Days after which an untended contact tie has half its strength; None = no decay."""
    half_life_by_tier: Mapping[Tier, HalfLife] = {}
    """Half-life of a tier, where it differs. Tier A/B/C = weight 4–5 / 2–3 / 1."""
    live_from: float = Field(default=1, gt=0, le=3, allow_inf_nan=False)
    """Least strength of a live tie (its level is at least 2 besides)."""
    theta: float = Field(default=0.5, gt=0, le=1, allow_inf_nan=False)
    """Share of the covered weight whose loss breaks the account."""
    key_weight: int = Field(default=4, ge=1, le=5)
    """Influence weight from which a stakeholder is key (deciders and vetoes are too)."""
    target_key: int = Field(default=2, ge=1, le=10)
    """Live ties wanted to a key stakeholder."""
    target_other: int = Field(default=1, ge=0, le=10)
    """Live ties wanted to any other."""
    departure_probability: float = Field(default=0.20, ge=0, le=1)
    """A year, of a member whose own is not given."""
    common_shock: float = Field(default=0.0, ge=0, le=1)
    """Probability that the whole team leaves together."""
    loss_rate: float = Field(default=0.176, ge=0, le=1)
    """Share of yearly sales lost with a departed contact (Shi et al. 2017: 13.2–17.6 %)."""
    stale_by_tier: Mapping[Tier, Days] = _STALE
    """Days without a contact after which a tie to a stakeholder of a tier is stale."""
    rhythm_factor: float = Field(default=2, ge=1, le=100)
    """How many times the median gap of the contacts with somebody a silence may last."""
    rhythm_contacts: int = Field(default=4, ge=3, le=1_000)
    """Days with a contact from which somebody has a rhythm."""
    rhythm_least: int = Field(default=14, ge=0, le=3_650)
    """Days that a silence must last to be one, however quick the rhythm."""
    gone_days: int = Field(default=730, ge=1, le=36_500)
    """Days of silence after which it is asked whether somebody is still there."""
    champion_days: int = Field(default=30, ge=1, le=3_650)
    """Days after which a champion should be heard of again."""
    assessment_days: int = Field(default=365, ge=1, le=36_500)
    """Days after which what was said of somebody is old."""
    leaving_days: int = Field(default=365, ge=1, le=3_650)
    """Days before a holder leaves from which it is time to act."""
    notice_days: int = Field(default=90, ge=1, le=3_650)
    """Days before a notice, or the end of a contract, from which it is told."""
    clause_days: int = Field(default=30, ge=1, le=3_650)
    """Days before the review of a clause from which it is told."""
    incident_days: int = Field(default=30, ge=1, le=3_650)
    """Days that an incident may be open."""
    retention_days: int = Field(default=1_095, ge=1, le=36_500)
    """Days after the last contact from which it is asked whether a person is to be kept."""
    week_items: int = Field(default=12, ge=1, le=1_000)
    """Things to do in the weekly list."""
    green_from: float = Field(default=0.9, ge=0, le=1)
    """Part of an area that must be filled in for it to be green."""
    amber_from: float = Field(default=0.6, ge=0, le=1)
    """Part of an area that must be filled in for it to be amber; below it is red."""
    susceptibility: float = Field(default=0.5, ge=0, le=1)
    """How far people give way to those who influence them: 0 = never, 1 = entirely."""
    reporting_strength: float = Field(default=0.0, ge=0, le=0.95)
    """Strength with which a boss influences a subordinate by rank alone; 0 = reporting is no influence."""
    decision_days: int = Field(default=90, ge=0, le=3_650)
    """Days before a decision from which thin coverage of its centre is warned of."""
    decision_cover: float = Field(default=0.5, ge=0, le=1)
    """C2 of a decision centre below which it is thin."""
    veto_from: int = Field(default=0, ge=0, le=2)
    """Least stance with which the holder of a veto lets a decision pass."""
    changes_days: int = Field(default=365, ge=1, le=36_500)
    """Days back with which is compared where no day is named."""
    weight_by_criterion: Mapping[Criterion, Points] = _WEIGHTS
    """Points of 100 that each criterion of the qualification weighs; together 100."""
    revenue_bands: Bands = (100_000, 500_000, 1_000_000, 5_000_000, 10_000_000)
    """Yearly revenue from which the criterion is worth 1, 2, 3, 4 and 5."""
    potential_bands: Bands = (200_000, 1_000_000, 2_000_000, 10_000_000, 20_000_000)
    """Yearly potential from which the criterion is worth 1, 2, 3, 4 and 5."""
    bands_currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    """Currency of these amounts; an amount in another has no rate and is not scored."""
    key_score: float = Field(default=2.5, ge=0, le=5)
    """Score from which an account qualifies as a key account."""
    potential_score: float = Field(default=1.5, ge=0, le=5)
    """Score from which it qualifies as a potential one."""
    weight_concentration: float = Field(default=50, gt=0, le=1_000_000)
    """How close drawn weights stay to the stated ones: at 50 a weight of 25 is 25 ± 6."""
    growth_without: float = Field(default=0.0, ge=-0.5, le=0.5)
    """Growth a year that an account is taken to have had without a team of its own."""
    team_gap: float = Field(default=0.2, ge=0, le=1)
    """Part by which the cost of the team in the books may differ from that of its mandates."""
    margin_drop: float = Field(default=0.01, ge=0, le=1)
    """Change of the net share of sales from one year to the next from which it is told."""
    books_months: int = Field(default=2, ge=0, le=120)
    """Months that may have ended since the last in the books."""
    colleague_introduction: float = Field(default=0.5, ge=0, le=1)
    """Probability that a colleague of the same unit introduces us; 0 = colleagues are no way."""
    routes: int = Field(default=3, ge=1, le=100)
    """Ways to somebody that are given, the warmest first."""
    states: int = Field(default=20_000, ge=100, le=1_000_000)
    """States drawn for the probability that any way at all works, where there are too many to try."""
    mesh_tie: float = Field(default=1, ge=0, le=100)
    """What any new contact tie costs."""
    mesh_function: float = Field(default=1, ge=0, le=100)
    """What it costs more where their function is not ours."""
    mesh_level: float = Field(default=1, ge=0, le=100)
    """What each level costs that lies between them, beyond one."""
    mesh_country: float = Field(default=1, ge=0, le=100)
    """What it costs more into another country."""
    mesh_language: float = Field(default=1, ge=0, le=100)
    """What it costs more without a common language."""
    mesh_warm: float = Field(default=0.5, ge=0, le=100)
    """What it costs less where a warm way leads there."""
    mesh_warm_from: float = Field(default=0.5, gt=0, le=1)
    """Probability from which a way is warm."""
    mesh_reactivate: float = Field(default=0.5, ge=0, le=1)
    """Part of the cost that it takes to make a tie live that exists."""
    mesh_per_function: int = Field(default=0, ge=0, le=10)
    """New ties at most from one function of ours to the same person; 0 = no limit."""
    mesh_days: int = Field(default=30, ge=1, le=3_650)
    """Days until an accepted tie should be made."""
    seconds: float = Field(default=1.0, gt=0, le=3600)
    """Time that the search for the smallest breaking set may take."""
    missing_ties: float = Field(default=0.2, ge=0, lt=1)
    """Share of the ties that is left out to see whether a ranking holds."""
    missing_people: float = Field(default=0.2, ge=0, lt=1)
    """Share of the people who are taken not to have been asked whom they listen to, for the same."""
    draws: int = Field(default=200, ge=1, le=10_000)
    """How often they are left out."""
    stable_from: float = Field(default=0.8, ge=0, le=1)
    """How sure a ranking must be to hold: share of the draws in which the first stays first; of brokers,
    in which two are in the right order."""
    reach_steps: int = Field(default=2, ge=1, le=10)
    """Steps of influence within which somebody reaches others."""
    top: int = Field(default=20, ge=1, le=100_000)
    """Rows shown of a long list; totals are always exact."""

    @field_validator("stale_by_tier")
    @classmethod
    def _all_tiers(cls, given: Mapping[Tier, float]) -> Mapping[Tier, float]:
        return {**_STALE, **given}

    @field_validator("weight_by_criterion")
    @classmethod
    def _all_criteria(cls, given: Mapping[Criterion, float]) -> Mapping[Criterion, float]:
        """Put in what is not given, and refuse weights that are not 100 together: none is stretched."""
        found = {**_WEIGHTS, **given}
        if abs(sum(found.values()) - _ALL_POINTS) > 1e-9:  # noqa: PLR2004 - what adding decimals loses
            raise PydanticCustomError("not_100", "not 100", {"sum": sum(found.values())})
        return found

    @field_validator("revenue_bands", "potential_bands")
    @classmethod
    def _rising(cls, given: Bands) -> Bands:
        if any(above <= below for below, above in pairwise(given)):
            raise PydanticCustomError("not_rising", "not rising")
        return given
