"""Whether any way holds: the bridge network, drawn states against tried ones, and every state listed."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method import reliability as module
from graphkam.method.reliability import Link, reliability


def bridge(p):
    return [Link(u, v, p, both_ways=True) for u, v in [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)]]


def by_listing(links, sources, targets):
    """Twin: list the states of all links, and look whether somebody arrives."""
    total = 0.0
    for state in product([False, True], repeat=len(links)):
        reached = set(sources)
        for _ in links:
            for holds, link in zip(state, links, strict=True):
                ways = [(link.start, link.end)] + [(link.end, link.start)] * link.both_ways
                reached |= {v for u, v in ways if holds and u in reached}
        if reached & set(targets):
            total += prod(link.p if holds else 1 - link.p for holds, link in zip(state, links, strict=True))
    return total


@pytest.mark.parametrize(
    ("p", "wanted", "digits"),
    [(0.5, 0.5, 12), (0.8, 0.91136, 12), (0.9, 0.97848, 12), (0.95, 0.994781, 6), (0.99, 0.999798, 6)],
)
def test_the_bridge_network(p, wanted, digits):
    """R = 2p^2 + 2p^3 - 5p^4 + 2p^5 (Barlow & Proschan 1965), not 1 - (1 - p^2)^2 (1 - p^3)^2."""
    found = reliability(bridge(p), [0], [3], 2)
    assert round(found.value, digits) == pytest.approx(wanted, abs=1e-12)
    assert found.value == pytest.approx(2 * p**2 + 2 * p**3 - 5 * p**4 + 2 * p**5)
    assert (found.error, found.draws) == (0, None)


def test_certain_and_impossible_links():
    assert reliability(bridge(1.0), [0], [3], 2).value == 1
    assert reliability(bridge(0.0), [0], [3], 2).value == 0
    assert reliability([], [0], [3], 2).value == 0
    assert reliability([], [0, 3], [3], 2).value == 1


def test_drawn_it_is_close_and_says_how_close(monkeypatch):
    monkeypatch.setattr(module, "EXACT", 3)
    found = reliability(bridge(0.9), [0], [3], 20_000)
    assert found.draws == 20_000
    assert 0 < found.error < 0.0015
    assert abs(found.value - 0.97848) < 4 * found.error
    assert reliability(bridge(0.9), [0], [3], 20_000) == found


def test_what_was_never_drawn_is_not_impossible(monkeypatch):
    monkeypatch.setattr(module, "EXACT", 0)
    found = reliability(bridge(1e-9), [0], [3], 1_000)
    assert found.value == 0
    assert 0.001 < found.error < 0.002


def test_with_many_links_fewer_states_are_drawn(monkeypatch):
    monkeypatch.setattr(module, "EXACT", 0)
    monkeypatch.setattr(module, "_MOST", 5_000)
    assert reliability(bridge(0.5), [0], [3], 20_000).draws == 1_000


def test_links_on_no_way_don_t_count():
    """Fifteen dead ends do not make it a case for drawing."""
    dead = [Link(1, n, 0.5) for n in range(10, 25)]
    assert reliability([*bridge(0.8), *dead], [0], [3], 2).draws is None


CHANCES = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
NODES = st.integers(0, 4)
LINKS = st.builds(Link, NODES, NODES, CHANCES, st.booleans())


@given(
    st.lists(LINKS, max_size=7),
    st.sets(NODES, min_size=1, max_size=2),
    st.sets(NODES, min_size=1, max_size=2),
)
def test_it_is_what_listing_all_states_gives(links, sources, targets):
    assert reliability(links, sources, targets, 2).value == pytest.approx(by_listing(links, sources, targets))
