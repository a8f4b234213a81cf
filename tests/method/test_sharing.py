"""The size below which no set loses enough: against all sets, and against the linear relaxation."""

import random
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from graphkam.method.breaking import least_loss
from graphkam.method.rows import merged
from graphkam.method.sharing import least_size
from tests.method.cases import best_of_size, covered_rows, elements_of

THETAS = st.sampled_from([0.1, 0.25, 0.29, 0.3, 0.5, 0.7, 0.75, 0.9, 1.0])


def case(members, rows, each, *, skew=0.0, seed=1):
    """Rows of random weight, each covered by some of us; with a skew a few of us cover most."""
    dice = random.Random(seed)  # noqa: S311 - an example, not a secret
    shares = [(m + 1) ** -skew for m in range(members)]
    known = [dice.choices(range(members), shares, k=each) for _ in range(rows)]
    return merged(known, [float(dice.randint(1, 5)) for _ in range(rows)])


def relaxed(rows, wanted):
    """The size if elements and rows could be removed in part: another program's answer."""
    elements, m = elements_of(rows), len(elements_of(rows))
    unequal, weights = [], np.array([0.0] * m + [-w for w in rows.values()])
    for r, key in enumerate(rows):
        for e in key:
            line = np.zeros(m + len(rows))
            line[m + r], line[elements.index(e)] = 1, -1
            unequal.append(line)
    cost = np.array([1.0] * m + [0.0] * len(rows))
    found = linprog(cost, np.array([*unequal, weights]), [0.0] * len(unequal) + [-wanted], bounds=(0, 1))
    return ceil(found.fun - 1e-6)


def test_two_rows_by_hand():
    """A bears the first row, B all of the second: A alone loses 60 at most."""
    rows = {(0,): 60.0, (0, 1): 40.0}
    assert least_size(rows, 60) == 1
    assert least_size(rows, 60.5) == 2


def test_of_equal_parts_only_less_is_known():
    rows = {(0,): 60.0, (0, 1): 40.0}
    assert least_size(rows, 70, steps=0) == 1  # A bears 60 and half of 40
    assert least_size(rows, 70) == 2


@given(covered_rows(most_elements=10, most_rows=25), THETAS)
@settings(max_examples=100, deadline=None)
def test_no_smaller_set_loses_enough(rows, theta):
    wanted = least_loss(rows, theta)
    bound = least_size(rows, wanted)
    assert bound >= least_size(rows, wanted, steps=0) >= 1
    if bound > 1:
        loss, _ = best_of_size(rows, bound - 1)
        assert -loss < wanted


@pytest.mark.parametrize(("each", "skew"), [(2, 0.0), (4, 0.0), (3, 1.0), (4, 1.5)])
def test_it_is_that_of_the_linear_relaxation(each, skew):
    rows = case(40, 150, each, skew=skew)
    wanted = least_loss(rows, 0.5)
    assert least_size(rows, wanted) == relaxed(rows, wanted)


def test_it_ends_at_a_size_that_is_known_to_be_enough():
    rows = case(60, 600, 4, skew=1.2)
    wanted = least_loss(rows, 0.5)
    least = least_size(rows, wanted)
    assert least_size(rows, wanted, enough=least) == least
