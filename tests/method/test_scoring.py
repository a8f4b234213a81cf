"""Weights drawn around stated ones, and places by scores between bounds, against trying all."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.method.scoring import places, weight_draws

SCORE = st.sampled_from([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 2.0), (1.0, 3.0)])


def race(scores):
    """Twin: a place is one more than how many are ahead."""
    return [1 + sum(other > own for other in scores) for own in scores]


def test_equals_share_a_place():
    best, worst = places(np.array([3.0, 1.0, 3.0]), np.array([3.0, 1.0, 3.0]))
    assert (best.tolist(), worst.tolist()) == ([1, 3, 1], [1, 3, 1])


@settings(max_examples=50)
@given(st.lists(SCORE, min_size=1, max_size=5))
def test_the_places_between_bounds_against_every_combination_of_their_ends(found):
    low, high = np.array(found).T
    best, worst = places(low, high)
    tried = [race(scores) for scores in product(*(sorted({a, b}) for a, b in found))]
    assert best.tolist() == [min(t[i] for t in tried) for i in range(len(found))]
    assert worst.tolist() == [max(t[i] for t in tried) for i in range(len(found))]


@settings(max_examples=30)
@given(st.lists(st.integers(0, 10), min_size=1, max_size=6).filter(any), st.integers(1, 300))
def test_each_draw_is_weights(points, concentration):
    stated = np.array(points) / sum(points)
    drawn = weight_draws(stated, concentration=concentration, draws=20)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert (drawn >= 0).all()
    assert (drawn[:, stated == 0] == 0).all()


def test_draws_have_the_mean_and_the_spread_that_they_should():
    """Dirichlet: mean p, variance p (1 - p) / (concentration + 1)."""
    stated = np.array([0.25, 0.25, 0.15, 0.15, 0.1, 0.1])
    drawn = weight_draws(stated, concentration=50, draws=20_000)
    assert drawn.mean(axis=0) == pytest.approx(stated, abs=0.002)
    assert drawn.std(axis=0) == pytest.approx(np.sqrt(stated * (1 - stated) / 51), rel=0.03)


def test_the_same_question_has_the_same_draws():
    stated = np.array([0.5, 0.5])
    first, again = (weight_draws(stated, concentration=9, draws=5) for _ in range(2))
    assert (first == again).all()
