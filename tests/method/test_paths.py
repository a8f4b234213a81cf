"""The most reliable paths: the bridge network, certain and impossible links, and every path listed."""

from math import exp, log, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.paths import Links, best_paths, best_to_each, gates

BRIDGE = [(0, 1), (0, 2), (1, 2), (2, 1), (1, 3), (2, 3)]
"""From 0 to 3, with a bridge between 1 and 2."""


def links(arcs, silent=()):
    """Make links of arcs: start, end, p."""
    start, end, p = zip(*arcs, strict=True) if arcs else ((), (), ())
    return Links(
        np.array(start, dtype=np.int64), np.array(end, dtype=np.int64), np.array(p, dtype=np.float64), silent
    )


def every_path(arcs, sources, targets):
    """Twin: go every way without a loop; a way ends at the first target."""
    after = {}
    for u, v, p in arcs:
        if p > 0:
            after.setdefault(u, {})[v] = max(p, after.get(u, {}).get(v, 0))
    found, waiting = [], [((s,), 1.0) for s in set(sources)]
    while waiting:
        nodes, p = waiting.pop()
        if nodes[-1] in targets:
            found.append((nodes, p))
            continue
        waiting += [((*nodes, v), p * q) for v, q in after.get(nodes[-1], {}).items() if v not in nodes]
    return sorted(found, key=lambda path: (-round(path[1], 9), len(path[0]), path[0]))


@st.composite
def networks(draw):
    """Draw few nodes and many arcs between them."""
    count = draw(st.integers(2, 6))
    node = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(node, node).filter(lambda a: a[0] != a[1]), unique=True, max_size=16))
    chance = st.sampled_from([0.0, 0.2, 0.25, 0.5, 0.8, 1.0])
    arcs = [(u, v, draw(chance)) for u, v in pairs]
    sources = draw(st.sets(node, min_size=1, max_size=2))
    targets = draw(st.sets(node, min_size=1, max_size=2))
    return arcs, sources, targets


def test_the_best_way_over_the_bridge_network():
    """Five links of .9: the best way is .81, whatever else there is.

    Source: design, science.md, "Warm-intro paths" (the network of Barlow & Proschan).
    """
    found = best_paths(links([(*arc, 0.9) for arc in BRIDGE]), [0], [3], 9)
    assert [path.nodes for path in found] == [(0, 1, 3), (0, 2, 3), (0, 1, 2, 3), (0, 2, 1, 3)]
    assert [path.probability for path in found] == pytest.approx([0.81, 0.81, 0.729, 0.729])


def test_certain_links_have_no_length_and_impossible_ones_are_none():
    assert best_paths(links([(0, 1, 0.0)]), [0], [1], 1) == ()
    [sure] = best_paths(links([(0, 1, 1.0), (1, 2, 1.0)]), [0], [2], 3)
    assert (sure.probability, sure.length, sure.steps) == (1, 0, 2)


def test_of_equal_ways_the_shorter_then_the_first():
    arcs = [(0, 3, 0.25), (0, 2, 0.5), (0, 1, 0.5), (1, 3, 0.5), (2, 3, 0.5)]
    assert [p.nodes for p in best_paths(links(arcs), [0], [3], 3)] == [(0, 3), (0, 1, 3), (0, 2, 3)]


def test_a_way_ends_where_it_first_arrives_and_may_begin_anywhere():
    arcs = [(0, 2, 0.5), (1, 2, 0.4), (2, 3, 1.0)]
    assert [p.nodes for p in best_paths(links(arcs), [0, 1], [2, 3], 9)] == [(0, 2), (1, 2)]
    [there] = best_paths(links(arcs), [2], [2], 3)
    assert (there.nodes, there.probability) == ((2,), 1)


def test_who_comes_through_a_silent_node_has_taken_one_step():
    """Node 9 stands for a unit: those in it are colleagues of each other."""
    arcs = [(0, 9, 1.0), (1, 9, 1.0), (9, 0, 0.5), (9, 1, 0.5), (1, 2, 0.5), (0, 3, 0.5), (3, 2, 0.5)]
    first, second = best_paths(links(arcs, silent=[9]), [0], [2], 2)
    assert (first.nodes, first.steps) == ((0, 3, 2), 2)
    assert (second.nodes, second.steps) == ((0, 9, 1, 2), 2)


@given(networks())
def test_they_are_the_best_of_all_paths(drawn):
    arcs, sources, targets = drawn
    found = best_paths(links(arcs), sources, targets, 5)
    wanted = every_path(arcs, sources, targets)[:5]
    assert [path.nodes for path in found] == [nodes for nodes, _ in wanted]
    assert [path.probability for path in found] == pytest.approx([p for _, p in wanted])


@given(networks())
def test_the_best_to_each_is_the_best(drawn):
    arcs, sources, _ = drawn
    made = links(arcs)
    found = best_to_each(made, sources)
    for node in range(6):
        best = best_paths(made, sources, [node], 1)
        assert ([found[node]] if node in found else []) == list(best)


@given(networks())
def test_without_a_gate_nobody_arrives(drawn):
    arcs, sources, targets = drawn
    ways = every_path(arcs, sources, targets)
    for path in best_paths(links(arcs), sources, targets, 1):
        inner = [n for n in path.nodes[1:-1] if all(n in nodes for nodes, _ in ways)]
        assert list(gates(links(arcs), sources, targets, path)) == inner


def test_a_length_is_the_sum_of_its_logarithms():
    chances = [0.9, 0.3, 0.77]
    [path] = best_paths(links([(i, i + 1, p) for i, p in enumerate(chances)]), [0], [3], 1)
    assert path.length == pytest.approx(-sum(map(log, chances)), abs=1e-11)
    assert exp(-path.length) == pytest.approx(prod(chances))
