"""Figures of many groups at once, against one group after the other."""

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method import grouped
from graphkam.method.concentration import herfindahl

GROUPS = 5
ENTRIES = st.lists(st.tuples(st.integers(0, GROUPS - 1), st.integers(0, 5)), max_size=30)


def columns(entries):
    entries = sorted(entries, key=lambda e: e[0])
    group = np.array([g for g, _ in entries], dtype=np.int64)
    return group, np.array([v for _, v in entries], dtype=np.float64)


def apart(entries):
    """Give the values of each group."""
    entries = sorted(entries, key=lambda e: e[0])
    return [[v for g, v in entries if g == one] for one in range(GROUPS)]


@given(ENTRIES)
def test_sums_and_counts(entries):
    group, values = columns(entries)
    assert grouped.sums(group, values, GROUPS).tolist() == [sum(found) for found in apart(entries)]
    assert grouped.counts(group, GROUPS).tolist() == [len(found) for found in apart(entries)]


@given(ENTRIES)
def test_the_greatest_and_who_has_it_first(entries):
    group, values = columns(entries)
    most, place = grouped.greatest(group, values, GROUPS)
    for g, found in enumerate(apart(entries)):
        assert most[g] == max(found, default=0)
        if most[g] == 0:
            assert place[g] == -1
        else:
            assert place[g] == np.flatnonzero(group == g)[found.index(max(found))]


@given(ENTRIES)
def test_medians_of_what_is_known(entries):
    group, values = columns(entries)
    found = grouped.medians(group, values.astype(np.uint8), GROUPS, default=1.0)
    known = ([v for v in values if v] for values in apart(entries))
    assert found.tolist() == [median(values) if values else 1.0 for values in known]


@given(ENTRIES)
def test_concentration_and_ratios_of_nothing_are_undefined(entries):
    group, values = columns(entries)
    found = grouped.concentration(group, values, GROUPS)
    wanted = [herfindahl(np.array(own, dtype=np.float64)) for own in apart(entries)]
    assert found == pytest.approx([np.nan if w is None else w for w in wanted], nan_ok=True)
    sums = grouped.sums(group, values, GROUPS)
    shares = grouped.ratios(np.ones(GROUPS), sums)
    assert np.isnan(shares).tolist() == (sums == 0).tolist()


@given(st.lists(st.integers(0, 9)))
def test_each_key_once(keys):
    assert grouped.unique(np.array(keys, dtype=np.int64)).tolist() == sorted(set(keys))


def test_runs_of_equal_keys():
    assert grouped.distinct(np.array([3, 3, 4, 7, 7])).tolist() == [0, 2, 3]
    assert grouped.distinct(np.array([], dtype=np.int64)).tolist() == []
