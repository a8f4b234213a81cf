"""How much of the whole the most profitable make, and the others take back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.whale import whale

PROFITS = st.lists(st.integers(-50, 100).map(float), max_size=7)


def test_the_first_fifth_makes_140_percent_and_the_last_takes_40_back():
    """science.md, section 10 (controlling-wiki.com, "Whale curve"): 140 + 0 - 40 = 100."""
    found = whale([0, 0, -40, 140, 0])
    assert found.order == (3, 0, 1, 4, 2)
    assert (found.peak, found.shares[-1]) == (1.4, 1)


@pytest.mark.parametrize("profits", [[], [0], [5, -5], [-1, -2], [3, -4]])
def test_of_no_profit_there_are_no_shares(profits):
    found = whale(profits)
    assert (found.shares, found.peak) == (None, None)


@given(PROFITS)
def test_the_peak_is_what_all_who_earn_make_together(profits):
    """Twin: the sum of the gains, over the sum of all."""
    found, total = whale(profits), sum(profits)
    if total <= 0:
        assert found.shares is None
        return
    assert found.peak == pytest.approx(sum(p for p in profits if p > 0) / total)
    assert found.shares[-1] == pytest.approx(1)
    assert [profits[i] for i in found.order] == sorted(profits, reverse=True)
