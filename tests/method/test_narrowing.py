"""What knowing some rows better narrows, against working out the bounds anew."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.narrowing import Row, ShareWidth
from graphkam.method.ratio import share_bounds

ROW = st.builds(
    lambda weights, chosen: Row(*weights, *chosen),
    st.sampled_from([(1.0, 1.0), (3.0, 3.0), (1.0, 5.0)]),
    st.sampled_from([(False, False), (False, True), (True, True)]),
)


def columns(rows):
    low, high, surely, maybe = zip(*rows, strict=True)
    return np.array(low), np.array(high), np.array(surely), np.array(maybe)


def width(rows):
    """Twin: both bounds, all rows."""
    low, high = share_bounds(*columns(rows))
    return high - low


def known(row, data):
    """Draw what a row could turn out to be."""
    weight = data.draw(st.sampled_from([row.low, row.high, (row.low + row.high) / 2]))
    chosen = data.draw(st.sampled_from(sorted({row.surely, row.maybe})))
    return Row(weight, weight, chosen, chosen)


@given(st.lists(ROW, min_size=1, max_size=8), st.data())
def test_it_is_the_old_width_less_the_new(rows, data):
    answered = data.draw(st.sets(st.integers(0, len(rows) - 1), max_size=3))
    after = [known(row, data) if i in answered else row for i, row in enumerate(rows)]
    found = ShareWidth(*columns(rows))
    assert found.width == pytest.approx(width(rows))
    narrowed = found.narrowed([rows[i] for i in answered], [after[i] for i in answered])
    assert narrowed == pytest.approx(width(rows) - width(after), abs=1e-12)
    assert narrowed >= -1e-12


IN, OUT = (True, True), (False, False)


def test_the_weight_of_one_of_two():
    """[1/6, 5/6] becomes 1/2 when the second weight is known, and the first: both were 1 to 5."""
    rows = [Row(1.0, 5.0, *IN), Row(1.0, 5.0, *OUT)]
    found = ShareWidth(*columns(rows))
    assert found.width == pytest.approx(4 / 6)
    assert found.narrowed(rows, [Row(2.0, 2.0, *IN), Row(2.0, 2.0, *OUT)]) == pytest.approx(4 / 6)
