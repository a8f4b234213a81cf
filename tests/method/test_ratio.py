"""A weighted share and its bounds, against trying every corner."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.ratio import mean_bounds, sampled_share_bounds, share, share_bounds

ROW = st.tuples(
    st.sampled_from([(1.0, 1.0), (2.0, 2.0), (5.0, 5.0), (1.0, 5.0)]),
    st.sampled_from([(False, False), (False, True), (True, True)]),
)


def columns(rows):
    low, high = np.array([r[0] for r in rows]).T
    surely, maybe = np.array([r[1] for r in rows]).T
    return low, high, surely, maybe


def every_corner(rows):
    """Twin by brute force: each weight at either end, each doubtful one in or out."""
    for weights in product(*(set(w) for w, _ in rows)):
        for chosen in product(*(set(c) for _, c in rows)):
            yield sum(w for w, c in zip(weights, chosen, strict=True) if c) / sum(weights)


@given(st.lists(ROW, min_size=1, max_size=5))
def test_bounds_are_reached_and_never_passed(rows):
    found = list(every_corner(rows))
    assert share_bounds(*columns(rows)) == (pytest.approx(min(found)), pytest.approx(max(found)))


@given(st.lists(ROW, min_size=1, max_size=6), st.data())
def test_what_becomes_known_stays_within(rows, data):
    low, high = share_bounds(*columns(rows))
    known = [(data.draw(st.floats(*w)), data.draw(st.sampled_from(sorted(set(c))))) for w, c in rows]
    value = share(np.array([w for w, _ in known]), np.array([c for _, c in known]))
    assert low - 1e-12 <= value <= high + 1e-12


def test_sixteen_unknown_weights_of_which_three_are_covered():
    """sun.com of the mail log: C1 0.1875 in [0.044118, 0.535714]."""
    chosen = np.arange(16) < 3
    assert share(np.ones(16), chosen) == 0.1875
    low, high = share_bounds(np.ones(16), np.full(16, 5.0), chosen, chosen)
    assert (low, high) == (pytest.approx(0.044118, abs=5e-7), pytest.approx(0.535714, abs=5e-7))


def test_what_is_certain_has_no_width():
    weights, chosen = np.array([5.0, 4.0, 2.5]), np.array([True, False, True])
    assert share_bounds(weights, weights, chosen, chosen) == (share(weights, chosen),) * 2


def test_of_nothing_there_is_no_share():
    none, never = np.array([]), np.array([], dtype=bool)
    assert share(none, never) is None
    assert share_bounds(none, none, never, never) is None


@pytest.mark.parametrize(
    ("hits", "draws", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_sampled_share_against_newcombe(hits, draws, low, high):
    """Newcombe 1998, Statistics in Medicine 17, table I, method 3 (Wilson without correction)."""
    found = sampled_share_bounds(hits, draws)
    assert found == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_sampled_share_against_scipy(drawn):
    from scipy.stats import binomtest

    hits, draws = drawn
    wanted = binomtest(hits, draws).proportion_ci(method="wilson")
    assert sampled_share_bounds(hits, draws) == (pytest.approx(wanted.low), pytest.approx(wanted.high))


VALUE = st.sampled_from([-2.0, -0.5, 0.0, 1.0, 2.0])
WEIGHT = st.sampled_from([(1.0, 1.0), (0.0, 0.0), (1.0, 5.0), (0.0, 2.0)])


@given(st.lists(st.tuples(VALUE, WEIGHT), min_size=1, max_size=5), st.booleans())
def test_a_weighted_mean_reaches_its_bounds_and_never_passes_them(rows, is_low):
    values, (least, most) = np.array([v for v, _ in rows]), np.array([w for _, w in rows]).T
    if not least.sum() > 0:
        return
    means = [np.average(values, weights=w) for w in product(*(set(w) for _, w in rows)) if sum(w) > 0]
    found, weights = mean_bounds(values, least, most, is_low=is_low)
    assert found == pytest.approx(min(means) if is_low else max(means))
    assert found == pytest.approx(np.average(values, weights=weights))
