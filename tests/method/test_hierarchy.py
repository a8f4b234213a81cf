"""The form of a network: hand examples, R's sna where it is right, and a twin by the definitions."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings

from graphkam.method.hierarchy import form
from tests.method.networks import FLORENCE, as_networkx, directed, made, managers, named, networks


def four(arcs):
    found = form(arcs)
    return found.connectedness, found.efficiency, found.hierarchy, found.lub


@pytest.mark.parametrize(
    ("lines", "lub"),
    [
        ("a>c b>c c>d c>e", 5 / 6),  # R's sna says 1/3: it looks for the greatest bound
        ("r>a r>b a>c a>d b>c b>d", 5 / 6),  # sna: 1
        ("a>c a>d b>c b>d", 1 / 3),
    ],
)
def test_least_upper_bounds_by_hand(lines, lub):
    assert form(directed(lines)[1]).lub == pytest.approx(lub)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "density", "wanted"),
    [
        ("advice", 0.452381, (1, 0.575, 0, 1)),
        ("friendship", 0.242857, (1, 0.795, 0.181818, 1)),
        ("reports_to", 0.047619, (1, 1, 1, 1)),
    ],
)
def test_the_managers_of_a_high_tech_company(needs_data, name, density, wanted):
    """Krackhardt's data; connectedness, efficiency and hierarchy by R's sna 2.7-1, lub by the definition."""
    arcs = managers(needs_data, name)
    assert form(arcs).density == pytest.approx(density, abs=1e-6)
    assert four(arcs) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.data
def test_the_wrong_way_round_a_tree_has_hardly_an_upper_bound(needs_data):
    """From subordinate to boss: 16 of 190 pairs, where sna says .063."""
    arcs = managers(needs_data, "reports_to")
    up = made(21, list(zip(arcs.target.tolist(), arcs.source.tolist(), strict=True)))
    assert form(up).lub == pytest.approx(16 / 190)


def test_the_families_of_florence_with_the_one_that_has_no_ties():
    """R's sna: .875, .867347, 0."""
    assert four(named(FLORENCE, "Pucci")[1])[:3] == pytest.approx((0.875, 0.867347, 0), abs=1e-6)


def test_too_few_to_have_a_form():
    assert (*four(made(0, [])), form(made(0, [])).density) == (None,) * 5
    assert (*four(made(1, [])), form(made(1, [])).density) == (None,) * 5
    assert four(made(2, [])) == (0, None, None, None)
    assert four(made(2, [(0, 1)])) == (1, 1, 1, None)


def test_a_long_chain_in_either_order():
    for pairs in ([(i, i + 1) for i in range(60)], [(i + 1, i) for i in range(60)]):
        assert four(made(61, pairs)) == (1, 1, 1, 1)


def brute(arcs):
    """Twin by the definitions, with networkx's closure."""
    graph = as_networkx(arcs)
    reach = {n: {n, *nx.descendants(graph, n)} for n in graph}
    groups = [sorted(c) for c in nx.weakly_connected_components(graph)]
    n = len(graph)
    together = sum(len(c) * (len(c) - 1) for c in groups)
    any_ = [(a, b) for a, b in combinations(graph, 2) if b in reach[a] or a in reach[b]]
    one_way = [p for p in any_ if (p[1] in reach[p[0]]) != (p[0] in reach[p[1]])]
    most_extra = sum((len(c) - 1) ** 2 for c in groups)
    extra = sum(graph.subgraph(c).number_of_edges() - len(c) + 1 for c in groups)
    pairs = [p for c in groups for p in combinations(c, 2)]
    most = sum((len(c) - 1) * (len(c) - 2) // 2 for c in groups)
    without = sum(not has_lub(reach, *p) for p in pairs)
    return (
        together / (n * (n - 1)) if n > 1 else None,
        1 - extra / most_extra if most_extra else None,
        len(one_way) / len(any_) if any_ else None,
        1 - without / most if most else None,
    )


def has_lub(reach, i, j):
    bounds = [u for u in reach if {i, j} <= reach[u]]
    return any(all(low in reach[u] for u in bounds) for low in bounds)


@settings(max_examples=50)
@given(networks(most=7))
def test_it_is_what_the_definitions_say(arcs):
    found, wanted = four(arcs), brute(arcs)
    for one, other in zip(found, wanted, strict=True):
        assert one == (None if other is None else pytest.approx(other))
    for value in found:
        assert value is None or 0 <= value <= 1
