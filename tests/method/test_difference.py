"""What each item adds to the difference of a share, against the share without it."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.difference import share_difference

ITEM = st.tuples(st.integers(0, 5), st.booleans(), st.integers(0, 5), st.booleans())


def columns(items):
    before, was_in, after, is_in = zip(*items, strict=True)
    return np.array(before, float), np.array(was_in), np.array(after, float), np.array(is_in)


def share(sizes_and_flags):
    """Twin: an exact share; None of nothing."""
    total = sum(size for size, _ in sizes_and_flags)
    return Fraction(sum(size for size, chosen in sizes_and_flags if chosen), total) if total else None


def test_one_item_dropped_and_one_gone():
    """2 of 4 before; the second is no longer in, the third no longer there: 1 of 3."""
    first, last, parts = share_difference(
        *columns([(1, True, 1, True), (1, True, 2, False), (2, False, 0, False)])
    )
    assert (first, last) == (0.5, pytest.approx(1 / 3))
    assert parts == pytest.approx([1 / 3 - 1 / 4, -1 / 4, 0])


@given(st.lists(ITEM, min_size=1, max_size=6))
def test_the_parts_are_the_difference_and_nothing_is_left_over(items):
    first, last, parts = share_difference(*columns(items))
    wanted = share([(b, w) for b, w, _, _ in items]), share([(a, i) for _, _, a, i in items])
    assert (first is None, last is None) == (wanted[0] is None, wanted[1] is None)
    if None in wanted:
        assert parts is None
        return
    assert (first, last) == (pytest.approx(float(wanted[0])), pytest.approx(float(wanted[1])))
    assert parts.sum() == pytest.approx(float(wanted[1] - wanted[0]))
    assert len(parts) == len(items)


@given(st.lists(ITEM, min_size=1, max_size=6))
def test_an_item_adds_what_it_is_after_less_what_it_was_before(items):
    """Item by item: its own share of the whole, as if nothing else were in."""
    _, _, parts = share_difference(*columns(items))
    if parts is None:
        return
    for n, part in enumerate(parts):
        alone = [share([(i[2 * t], i[2 * t + 1] and k == n) for k, i in enumerate(items)]) for t in (0, 1)]
        assert part == pytest.approx(float(alone[1] - alone[0]))
