"""All accounts by how they qualify."""

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graphkam.analysis.qualification import qualification
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.review.ranking import ranking
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import DAY

SCORES = ("image", "new_market", "structure_complexity", "offer_complexity")
EVEN = AnalysisSettings(weight_by_criterion={"revenue": 0, "potential": 0, **dict.fromkeys(SCORES, 25)})


def accounts(rows):
    """Make accounts, each worth so much on the four criteria that are given as such."""
    made = [Account(id=n, name=n, **dict(zip(SCORES, r, strict=True))) for n, r in rows.items()]
    return [account_graph(RecordSet(made), a.id, DAY) for a in made]


def shown(rows, settings=EVEN):
    return [(r.account, r.best, r.worst) for r in ranking(accounts(rows), settings=settings)]


def test_without_accounts_there_is_no_order():
    assert ranking([]) == ()


def test_the_highest_score_comes_first_and_equals_share_a_place_by_name():
    rows = {"Élan": (1, 1, 1, 1), "zed": (2, 2, 2, 2), "Eau": (1, 1, 1, 1), "Low": (0, 0, 0, 1)}
    assert shown(rows) == [("zed", 1, 1), ("Eau", 2, 2), ("Élan", 2, 2), ("Low", 4, 4)]


def test_what_is_not_known_leaves_a_range_of_places():
    """B lies between 1.5 and 2.75: before or behind A (2), never behind C (1)."""
    rows = {"A": (2, 2, 2, 2), "B": (2, 2, 2, None), "C": (1, 1, 1, 1)}
    assert shown(rows) == [("A", 1, 2), ("B", 1, 2), ("C", 3, 3)]


def test_an_order_that_no_weights_can_turn_holds_always_and_a_close_one_does_not():
    sure = ranking(accounts({"A": (5, 5, 5, 5), "B": (1, 2, 3, 4)}), settings=EVEN)
    assert [r.kept for r in sure] == [1, 1]
    close = ranking(accounts({"A": (5, 0, 3, 3), "B": (0, 5, 3, 2)}), settings=EVEN)
    assert 0.4 < close[0].kept < 0.9
    assert close[0].kept == close[1].kept
    assert close[0].kept_low < close[0].kept < close[0].kept_high


def test_each_row_says_what_its_own_answer_says():
    [made] = accounts({"A": (3, 3, 3, None)})
    [row], own = ranking([made], settings=EVEN), qualification(made, settings=EVEN)
    assert (row.score, row.could_be, row.verdict, row.status) == (
        own.score,
        own.could_be,
        own.verdict,
        own.status,
    )
    assert (row.score.value, row.score.low, row.score.high) == (None, pytest.approx(2.25), pytest.approx(3.5))
    assert row.could_be == ("key_account", "potential")


@examples(max_examples=25)
@given(st.lists(st.tuples(*[st.integers(0, 5)] * 4), min_size=1, max_size=5), st.randoms())
def test_the_order_in_which_accounts_come_does_not_matter(rows, random):
    named = {f"N{i}": row for i, row in enumerate(rows)}
    mixed = list(named.items())
    random.shuffle(mixed)
    few = EVEN.model_copy(update={"draws": 10})
    assert shown(named, few) == shown(dict(mixed), few)
