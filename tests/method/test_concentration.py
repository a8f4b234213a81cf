"""Shares and their concentration."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.concentration import effective_number, herfindahl, herfindahl_bounds, shares

AMOUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=12).filter(lambda a: sum(a) > 1e-3)


def test_the_example_of_the_merger_guidelines():
    amounts = np.array([30.0, 30.0, 20.0, 20.0])
    assert herfindahl(amounts) == pytest.approx(0.26)
    assert effective_number(amounts) == pytest.approx(3.84615, abs=5e-6)


def test_one_alone_is_all():
    assert herfindahl(np.array([7.0])) == 1
    assert effective_number(np.array([7.0, 0.0])) == 1


@pytest.mark.parametrize("amounts", [[], [0.0], [0.0, 0.0]])
def test_of_nothing_there_is_no_share(amounts):
    assert shares(np.array(amounts)) is None
    assert herfindahl(np.array(amounts)) is None
    assert effective_number(np.array(amounts)) is None


@given(st.integers(1, 50), st.floats(0.01, 1e6))
def test_of_equals_there_are_as_many_as_there_are(count, amount):
    assert effective_number(np.full(count, amount)) == pytest.approx(count)


@given(AMOUNTS, st.randoms())
def test_order_and_those_without_anything_change_nothing(amounts, dice):
    other = [*amounts, 0.0]
    dice.shuffle(other)
    assert herfindahl(np.array(other)) == pytest.approx(herfindahl(np.array(amounts)))


@given(AMOUNTS)
def test_it_lies_between_all_equal_and_one_alone(amounts):
    index = herfindahl(np.array(amounts))
    assert 1 / len(amounts) - 1e-9 <= index <= 1 + 1e-9


LIMITS = st.lists(
    st.sampled_from([(0, 0), (0, 1), (0, 10), (2, 2), (1, 4), (3, 9), (50, 50), (20, 60)]),
    min_size=1,
    max_size=6,
).filter(lambda limits: any(high for _, high in limits))


def bounds(limits):
    low, high = np.array(limits, dtype=float).T
    least, most = herfindahl_bounds(low, high)
    return least.sum(), most.sum()


def indexes(amounts):
    return [h for a in amounts if (h := herfindahl(np.array(a, dtype=float))) is not None]


@given(LIMITS)
def test_the_greatest_index_is_not_above_its_bound(limits):
    """Twin: the index is greatest at a corner."""
    at_corners = indexes(product(*(sorted(set(limit)) for limit in limits)))
    _, most = bounds(limits)
    assert max(at_corners) <= most + 1e-12
    assert most <= 1 + 1e-12


@given(LIMITS)
def test_the_least_index_is_reached_and_never_passed(limits):
    """Twin: try a grid of common values, and a grid of each by itself."""
    least, _ = bounds(limits)
    near = indexes(np.clip(t, *zip(*limits, strict=True)) for t in np.linspace(0.01, 60.5, 500))
    assert min(near) == pytest.approx(least, rel=1e-2)
    grid = indexes(product(*(np.linspace(*limit, 4) for limit in limits[:5])))
    if len(limits) <= 5:
        assert min(grid) >= least - 1e-12


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any))
def test_what_is_certain_has_one_index(amounts):
    certain = np.array(amounts, dtype=float)
    low, high = (found.sum() for found in herfindahl_bounds(certain, certain))
    assert low == pytest.approx(herfindahl(certain))
    assert high == pytest.approx(herfindahl(certain))


def test_one_doubtful_tie_beside_four_certain_ones():
    low, high = bounds([(50, 50), (10, 10), (10, 10), (5, 5), (0, 10)])
    assert low == pytest.approx(herfindahl(np.array([50.0, 10, 10, 5, 10])))
    assert high == pytest.approx(herfindahl(np.array([50.0, 10, 10, 5, 0])), rel=0.01)


def test_without_any_amount_there_are_no_bounds():
    assert herfindahl_bounds(np.zeros(2), np.zeros(2)) is None
