"""Who covers what alone, and how far that can go, against trying every corner."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.cover import Pairs, loss_bounds, sole, sole_bounds

KNOWN = [(False, False), (False, True), (True, True)]


@st.composite
def cases(draw):
    """Draw pairs of two or three elements and rows, each sure, possible or not, and weights."""
    rows = draw(st.integers(1, 3))
    cells = draw(st.lists(st.tuples(st.integers(0, 1), st.integers(0, rows - 1)), unique=True, max_size=5))
    flags = [draw(st.sampled_from(KNOWN)) for _ in cells]
    weights = [draw(st.sampled_from([(1.0, 1.0), (3.0, 3.0), (1.0, 5.0)])) for _ in range(rows)]
    return cells, flags, weights


def arrays(cells, flags, weights):
    element, row = np.array(cells, dtype=np.int64).reshape(-1, 2).T
    surely, maybe = np.array(flags, dtype=bool).reshape(-1, 2).T
    low, high = np.array(weights).T
    return Pairs(element, row, 2, len(weights)), surely, maybe, low, high


def shares(cells, live, weights):
    """Twin: the share of each element, row by row."""
    alone = [0.0, 0.0]
    for row, weight in enumerate(weights):
        who = [e for (e, r), is_live in zip(cells, live, strict=True) if r == row and is_live]
        if len(who) == 1:
            alone[who[0]] += weight
    return [a / sum(weights) for a in alone]


@given(cases())
def test_bounds_are_reached_and_never_passed(case):
    cells, flags, weights = case
    found = [
        shares(cells, live, chosen)
        for live in product(*(sorted(set(f)) for f in flags))
        for chosen in product(*(sorted(set(w)) for w in weights))
    ]
    low, high = sole_bounds(*arrays(*case))
    assert low.tolist() == pytest.approx([min(s[e] for s in found) for e in range(2)])
    assert high.tolist() == pytest.approx([max(s[e] for s in found) for e in range(2)])


def losses(cells, live, weights):
    """Twin: the part of what is covered that each element alone covers; None if nothing is."""
    covered = {r for (_, r), is_live in zip(cells, live, strict=True) if is_live}
    total = sum(weights[r] for r in covered)
    return [s * sum(weights) / total for s in shares(cells, live, weights)] if total else None


@given(cases())
def test_bounds_of_the_loss_are_reached_and_never_passed(case):
    cells, flags, weights = case
    found = [
        loss
        for live in product(*(sorted(set(f)) for f in flags))
        for chosen in product(*(sorted(set(w)) for w in weights))
        if (loss := losses(cells, live, chosen))
    ]
    low, high = loss_bounds(*arrays(*case))
    assert low.tolist() == pytest.approx([min((s[e] for s in found), default=0) for e in range(2)])
    assert high.tolist() == pytest.approx([max((s[e] for s in found), default=0) for e in range(2)])


@given(cases())
def test_the_weight_covered_alone(case):
    cells, flags, weights = case
    pairs, surely, _, low, _ = arrays(*case)
    twin = shares(cells, [f[0] for f in flags], [w[0] for w in weights])
    assert (sole(pairs, surely, low) / low.sum()).tolist() == pytest.approx(twin)


def test_without_elements_nobody_is_alone():
    none = np.array([], dtype=np.int64)
    never = np.array([], dtype=bool)
    assert sole(Pairs(none, none, 0, 2), never, np.ones(2)).tolist() == []
