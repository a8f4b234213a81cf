"""Shares and their concentration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.concentration import effective_number, herfindahl, shares

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
