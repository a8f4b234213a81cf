"""How far opinions can settle apart, against trying every corner."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.method.opinion_bounds import Listening, bounds, estimated

STRENGTHS = [(0.2, 0.2), (0.6, 0.6), (0.2, 0.95)]


def ties(pairs, strengths, people, susceptibility=0.5):
    target, source = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    low, high = np.array(strengths, dtype=float).reshape(-1, 2).T
    return Listening(
        target, source, (low + high) / 2, low, high, people, np.full(people, float(susceptibility))
    )


@st.composite
def cases(draw, susceptible=(0, 0.3, 0.5, 0.9)):
    """Draw who listens to whom, with some strengths and opinions not known."""
    people = draw(st.integers(1, 5))
    pairs = draw(
        st.lists(
            st.tuples(st.integers(0, people - 1), st.integers(0, people - 1)).filter(lambda p: p[0] != p[1]),
            unique=True,
            max_size=8,
        )
        if people > 1
        else st.just([])
    )
    strengths = [draw(st.sampled_from(STRENGTHS)) for _ in pairs]
    own = np.array([draw(st.sampled_from([-2.0, -1, 0, 1, 2, np.nan])) for _ in range(people)])
    return ties(pairs, strengths, people, draw(st.sampled_from(susceptible))), own


def ends(own):
    return np.where(np.isnan(own), -2.0, own), np.where(np.isnan(own), 2.0, own)


def corners(made):
    """Twin: every strength at one of its ends."""
    choices = (sorted({low, high}) for low, high in zip(made.low, made.high, strict=True))
    return [np.array(chosen, dtype=float) for chosen in product(*choices)]


@given(cases())
@settings(max_examples=60)
def test_bounds_are_reached_and_never_passed(case):
    made, own = case
    low, high = ends(own)
    settled = [made.opinions(strength) for strength in corners(made)]
    least, most = bounds(made, low, high)
    assert least == pytest.approx(np.min([m.settled(low) for m in settled], axis=0), abs=1e-9)
    assert most == pytest.approx(np.max([m.settled(high) for m in settled], axis=0), abs=1e-9)


@given(cases(susceptible=(0, 0.5, 0.9, 1)), st.data())
def test_what_becomes_known_lands_inside(case, data):
    made, own = case
    known = np.where(np.isnan(own), data.draw(st.floats(-2, 2)), own)
    share = np.array([data.draw(st.floats(0, 1)) for _ in made.source])
    found = made.opinions(made.low + share * (made.high - made.low)).settled(known)
    least, most = bounds(made, *ends(own))
    inside = (least - 1e-9 <= found) & (found <= most + 1e-9)
    assert (inside | np.isnan(found)).all()
    assert (np.isnan(least) == np.isnan(found)).all()


@given(cases(susceptible=(0, 0.5, 0.9, 1)))
def test_the_estimate_lies_inside(case):
    made, own = case
    found = estimated(made, own)
    least, most = bounds(made, *ends(own))
    assert ((least - 1e-9 <= found) & (found <= most + 1e-9) | np.isnan(found) | np.isnan(least)).all()


@given(cases())
def test_where_all_is_known_there_is_no_width(case):
    made, own = case
    certain, known = replace(made, strength=made.low, high=made.low), np.nan_to_num(own)
    least, most = bounds(certain, known, known)
    assert (least == most).all()
    assert estimated(certain, known) == pytest.approx(least)


def test_an_unknown_is_taken_for_what_others_make_of_him():
    """1 is not known and listens to 0; 2 listens to 1; 3 is not known and listens to nobody."""
    made = ties([(1, 0), (2, 1), (2, 3)], [(0.5, 0.5)] * 3, 4)
    found = estimated(made, np.array([2.0, np.nan, -2.0, np.nan]))
    assert found[:3].tolist() == [2, 2, 0]
    assert np.isnan(found[3])


def test_in_a_group_that_gives_way_entirely_the_known_ones_speak_for_the_others():
    made = ties([(0, 1), (0, 2), (1, 0), (2, 0), (1, 2), (2, 1)], [(0.4, 0.4)] * 6, 3, susceptibility=1)
    assert estimated(made, np.array([2.0, -1.0, np.nan])) == pytest.approx([0.5] * 3)


def test_a_circle_that_never_settles_has_no_bounds():
    made = ties([(0, 1), (1, 0)], [(0.2, 0.95)] * 2, 2, susceptibility=1)
    least, most = bounds(made, np.array([-1.0, 1]), np.array([-1.0, 1]))
    assert np.isnan([*least, *most]).all()


def test_by_hand():
    """0 gives half way to 1 (+2) and 2 (-2); how much he listens to 1 is not known, to 2 it is 0.6."""
    made = ties([(0, 1), (0, 2)], [(0.2, 0.95), (0.6, 0.6)], 3)
    own = np.array([0.0, 2, -2])
    least, most = bounds(made, own, own)
    assert least[0] == pytest.approx(0.5 * (0.2 * 2 - 0.6 * 2) / 0.8)
    assert most[0] == pytest.approx(0.5 * (0.95 * 2 - 0.6 * 2) / 1.55)
