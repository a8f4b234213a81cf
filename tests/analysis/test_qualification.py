"""Whether an account is a key account by the criteria."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graphkam.analysis.qualification import qualification
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import graph
from tests.analysis.resumming import assert_it_sums

CRITERIA = ("revenue", "potential", "image", "new_market", "structure_complexity", "offer_complexity")
REVENUE = (0, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000)
POTENTIAL = (0, 200_000, 1_000_000, 2_000_000, 10_000_000, 20_000_000)


def account(scores, **options):
    """Make an account that is worth so much on each criterion; None = not known."""
    revenue, potential, *others = scores
    given_amounts = {
        "revenue": None if revenue is None else Decimal(REVENUE[revenue]),
        "potential": None if potential is None else Decimal(POTENTIAL[potential]),
    }
    return graph({}, {}, **given_amounts, **dict(zip(CRITERIA[2:], others, strict=True)), **options)


def answer(scores, *, settings=None, **options):
    return qualification(account(scores, **options), settings=settings)


def codes(found):
    return [f.code for f in found.findings]


SCORES = st.lists(st.integers(0, 5), min_size=6, max_size=6)


@pytest.mark.parametrize("score", range(6))
def test_where_all_scores_are_equal_the_score_is_that_one(score):
    """science.md, section 12: the oracle of the account score, whatever the weights."""
    for weights in ({}, {"revenue": 50, "potential": 0}):
        found = answer([score] * 6, settings=AnalysisSettings(weight_by_criterion=weights))
        assert found.score.model_dump() == pytest.approx({"value": score, "low": score, "high": score})
        assert found.kept == 1


def test_by_hand():
    """25 x 5 + 25 x 3 + 15 x 4 + 15 x 0 + 10 x 1 + 10 x 2 = 290 points of 500."""
    found = answer([5, 3, 4, 0, 1, 2])
    assert found.score.value == pytest.approx(2.9)
    assert (found.verdict, found.margin) == ("key_account", pytest.approx(0.4))
    assert [(c.id, c.points.value) for c in found.criteria[:3]] == [
        ("revenue", 1.25),
        ("potential", 0.75),
        ("image", pytest.approx(0.6)),
    ]


@pytest.mark.parametrize(
    ("amount", "score"),
    [(0, 0), (99_999, 0), (100_000, 1), (999_999.99, 2), (5_000_000, 4), (10_000_000, 5), (10**12, 5)],
)
def test_an_amount_is_worth_a_point_for_each_limit_that_it_reaches(amount, score):
    found = qualification(graph({}, {}, revenue=Decimal(str(amount))))
    assert next(c for c in found.criteria if c.id == "revenue").score.value == score


def test_what_is_not_known_could_be_anything_and_is_not_made_up_for():
    found = answer([5, 5, 5, 5, 5, None])
    assert (found.score.value, found.score.low, found.score.high) == (None, pytest.approx(4.5), 5)
    assert (found.verdict, found.kept) == ("key_account", 1)
    found = answer([None, 2, 2, 2, 2, 2], kind="key_account")
    assert (found.score.low, found.score.high) == (pytest.approx(1.5), pytest.approx(2.75))
    assert (found.verdict, found.could_be, found.kept, found.margin) == (
        None,
        ("key_account", "potential"),
        None,
        None,
    )
    assert codes(found) == ["qualification_open", "qualification_no_revenue"]


def test_of_an_account_of_which_nothing_is_known_nothing_is_said():
    found = answer([None] * 6)
    assert (found.score.low, found.score.high, found.verdict) == (0, 5, None)
    assert found.could_be == ("key_account", "potential", "standard")
    assert codes(found).count("qualification_unstated") == 1


def test_amounts_in_another_currency_are_not_scored_and_that_is_told():
    found = answer([5, 5, 5, 5, 5, 5], currency="USD")
    assert (found.score.low, found.score.high) == (pytest.approx(2.5), 5)
    assert codes(found) == ["qualification_currency", "qualification_close", "qualification_unstated"]
    found = answer([5] * 6, currency="USD", settings=AnalysisSettings(bands_currency="USD"))
    assert found.score.value == 5
    none = answer([None, None, 5, 5, 5, 5], currency="USD")
    assert "qualification_currency" not in codes(none)


@pytest.mark.parametrize(
    ("stated", "score", "code"),
    [
        ("key_account", 2, "qualification_only_potential"),
        ("key_account", 1, "qualification_not_key"),
        ("potential", 3, "qualification_already_key"),
        ("potential", 1, "qualification_not_potential"),
        ("standard", 3, "qualification_key"),
        ("standard", 2, "qualification_potential"),
    ],
)
def test_a_status_that_the_criteria_do_not_bear_out_is_told(stated, score, code):
    assert codes(answer([score] * 6, kind=stated)) == [code]
    same = {"key_account": 3, "potential": 2, "standard": 1}[stated]
    assert codes(answer([same] * 6, kind=stated)) == []


def test_a_verdict_that_hangs_on_the_weights_is_told():
    """All the revenue there is and nothing else to speak of: 2.5 by a hair."""
    found = answer([5, 5, 0, 0, 0, 0], kind="key_account")
    assert found.score.value == 2.5
    assert 0.3 < found.kept < 0.7
    assert found.kept_low < found.kept < found.kept_high
    assert codes(found) == ["qualification_close"]
    sure = answer([5, 5, 0, 0, 0, 0], kind="key_account", settings=AnalysisSettings(key_score=2))
    assert sure.kept > 0.8


def test_the_limits_are_settable_and_reached_in_spite_of_rounding():
    """0.1 x 3 + 0.15 x 1 … is not 2.5 to a computer."""
    settings = AnalysisSettings(weight_by_criterion={"revenue": 30, "potential": 20}, key_score=0.3)
    assert answer([1, 0, 0, 0, 0, 0], settings=settings).verdict == "key_account"


@examples(max_examples=40)
@given(SCORES, st.lists(st.integers(0, 5), min_size=6, max_size=6, unique=False), st.sets(st.integers(0, 5)))
def test_what_becomes_known_lands_within_the_interval(scores, turned_out, unknown):
    before = answer([None if i in unknown else s for i, s in enumerate(scores)])
    after = answer([turned_out[i] if i in unknown else s for i, s in enumerate(scores)])
    assert before.score.low - 1e-9 <= after.score.value <= before.score.high + 1e-9
    assert set(after.could_be) <= set(before.could_be)
    assert_it_sums(before)


@examples(max_examples=40)
@given(SCORES, st.integers(0, 5))
def test_a_better_criterion_never_lowers_the_score(scores, at):
    better = [min(5, s + 1) if i == at else s for i, s in enumerate(scores)]
    assert answer(better).score.value >= answer(scores).score.value


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_criterion_that_is_not_known_has_a_sentence(language):
    told = [Words(language).finding(f) for f in answer([None] * 6, kind="standard").findings]
    assert len(set(told)) == 7
