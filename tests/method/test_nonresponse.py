"""Rankings when some were not asked: no error, and the managers of a high-tech company."""

import math

import numpy as np
import pytest
from hypothesis import given, settings

from graphkam.method.centrality import betweenness
from graphkam.method.nonresponse import stability
from tests.method.networks import made, managers, networks


def of(arcs, measure, teller, *, missing=0.2, draws=200):
    return stability(
        lambda there: measure(arcs.only(there)), teller, arcs.is_tied, missing=missing, draws=draws
    )


def in_degree(arcs):
    return arcs.in_degree.astype(float)


@settings(max_examples=30)
@given(networks())
def test_where_all_were_asked_the_order_is_right(arcs):
    found = of(arcs, betweenness, arcs.source, missing=0, draws=3)
    truth = betweenness(arcs)[arcs.is_tied]
    if len(truth) == 0 or truth.min() == truth.max():
        assert found is None
    else:
        assert found.overall == 1
        assert set(found.each[~np.isnan(found.each)]) == {1}


def test_by_hand():
    """a names x and y, b names y. One of the four is not asked: x, y change nothing.

    Truth: y 2, x 1, a and b 0; five pairs differ. Without a's answer x has 0 and y 1: y before x, a, b,
    and x no more before a and b: right 3 and half 2. Without b's x and y have 1: y and x equal, a half.
    """
    arcs = made(4, [(0, 2), (0, 3), (1, 3)])
    found = of(arcs, in_degree, arcs.source, missing=0.25, draws=2000)
    assert found.overall == pytest.approx((5 + 5 + 4 + 4.5) / 4 / 5, abs=0.02)
    assert found.each[0] == pytest.approx((1 + 1 + 0.75 + 1) / 4, abs=0.02)
    assert found.each[3] == pytest.approx((1 + 1 + 1 + 2.5 / 3) / 4, abs=0.02)


def test_the_same_question_has_the_same_answer():
    arcs = made(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 2)])
    one, other = (of(arcs, betweenness, arcs.source, draws=20) for _ in range(2))
    assert one.overall == other.overall
    assert one.each == pytest.approx(other.each, nan_ok=True)


def test_who_has_no_tie_is_not_compared():
    arcs = made(5, [(0, 1), (1, 2)])
    found = of(arcs, betweenness, arcs.source, missing=0.34, draws=5)
    assert [math.isnan(v) for v in found.each] == [False, False, False, True, True]


def test_nothing_to_say():
    assert of(made(0, []), betweenness, np.array([], dtype=np.int64)) is None
    assert of(made(2, [(0, 1)]), betweenness, np.array([0])) is None
    chain = made(3, [(0, 1), (1, 2)])
    assert of(chain, betweenness, chain.source, missing=0.1) is None


@pytest.mark.data
@pytest.mark.parametrize(
    ("measure", "wanted"), [(in_degree, 0.96), (betweenness, 0.79)], ids=["in-degree", "betweenness"]
)
def test_advice_with_a_fifth_not_asked(needs_data, measure, wanted):
    """Whom a manager asks is not known of four of 21: measured with networkx (design: science.md, 9)."""
    arcs = managers(needs_data, "advice")
    assert of(arcs, measure, arcs.source).overall == pytest.approx(wanted, abs=0.02)
