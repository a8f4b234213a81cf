"""Who stands between: published networks, and igraph against networkx."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphkam.method import centrality
from graphkam.method.centrality import betweenness, gates, parts
from tests.method.networks import FLORENCE, KITE, as_networkx, directed, made, managers, named, networks


def by_name(names, values):
    return dict(zip(names, values, strict=True))


def test_the_families_of_florence():
    """Medici .522, Guadagni .255, Strozzi .103 (Jackson 2008, ch. 1); raw of R's sna, per pair: 47.5 …"""
    names, arcs = named(FLORENCE)
    found = by_name(names, betweenness(arcs) / 2)  # each pair counts in both directions
    wanted = {"Medici": 47.5, "Guadagni": 23.1667, "Albizzi": 19.3333, "Strozzi": 9.3333}
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, abs=1e-4)
    pairs = 14 * 13 / 2
    assert found["Medici"] / pairs == pytest.approx(0.521978, abs=1e-6)
    assert found["Ridolfi"] / pairs == pytest.approx(0.1136, abs=5e-5)
    assert arcs.out_degree[names.index("Medici")] == 6
    cut = {names[i] for i in centrality.articulations(arcs)}
    assert cut == {"Albizzi", "Guadagni", "Medici", "Salviati"}  # sna::cutpoints


def test_krackhardts_kite():
    """D has most ties, H stands between most: 14 pairs, .389 (Krackhardt 1990)."""
    names, arcs = named(KITE)
    found = by_name(names, betweenness(arcs) / 2)
    assert (max(found, key=found.get), found["H"]) == ("H", pytest.approx(14))
    assert found["H"] / 36 == pytest.approx(0.388889, abs=1e-6)
    assert by_name(names, arcs.out_degree)["D"] == 6
    assert by_name(names, centrality.reached(arcs, 1))["D"] == 6
    assert [names[i] for i in centrality.articulations(arcs)] == ["H", "I"]


def closeness(arcs, node):
    """Give it as Freeman has it: the others over the sum of their distances, of those that are reached."""
    steps = [d for d in centrality.distances(arcs, [node]) if d]
    return len(steps) / sum(steps)


def test_how_close_one_is_to_all_others():
    """Medici .560 of 15 families (Jackson 2008, ch. 1; networkx's own default says .5227 with the Pucci);
    on the kite F and G are closest, .643 (Krackhardt 1990)."""
    for alone in ((), ("Pucci",)):
        names, arcs = named(FLORENCE, *alone)
        assert closeness(arcs, names.index("Medici")) == pytest.approx(0.56)
    names, arcs = named(KITE)
    found = {name: closeness(arcs, i) for i, name in enumerate(names)}
    assert {n: found[n] for n in "FG"} == pytest.approx({"F": 0.642857, "G": 0.642857}, abs=1e-6)
    assert all(found[n] < 0.64 for n in "ABCDEHIJ")


def test_five_marriages_hold_florence_together():
    """R's sna and networkx: five bridges."""
    names, arcs = named(FLORENCE)
    ends = [tuple(pair) for pair in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True)]
    bridges = {
        f"{names[a]}-{names[b]}"
        for a, b in ends
        if a < b and len(parts(arcs.only(np.array([{a, b} != {*end} for end in ends])))) > 1
    }
    assert bridges == {
        "Acciaiuoli-Medici", "Albizzi-Ginori", "Guadagni-Lamberteschi", "Medici-Salviati", "Pazzi-Salviati",
    }  # fmt: skip


@pytest.mark.data
def test_advice_among_the_managers_of_a_high_tech_company(needs_data):
    """R's sna, directed and raw: 88.917 of manager 18, 60.127 of 21, 27.625 of 7; and who is asked."""
    arcs = managers(needs_data, "advice")
    found = betweenness(arcs)
    assert [found[i - 1] for i in (18, 21, 7)] == pytest.approx([88.917, 60.127, 27.625], abs=1e-3)
    wanted = "13 18 5 8 5 10 13 10 4 9 11 7 4 10 4 8 9 15 4 8 15"
    assert " ".join(map(str, arcs.in_degree.tolist())) == wanted


def test_a_strong_tie_is_a_short_one():
    """a→c is one step, yet by way of b it is shorter: 1/0.95 twice against 1/0.4."""
    arcs = made(3, [(0, 1), (0, 2), (1, 2)], [0.95, 0.4, 0.95])
    assert betweenness(arcs).tolist() == [0, 0, 0]
    assert betweenness(arcs, by_strength=True).tolist() == [0, 1, 0]


def test_ways_of_equal_length_are_equal_however_they_add_up():
    """1/0.6 three times is 1/0.2; in floating point it need not be."""
    third = [(0, 1), (1, 2), (2, 3), (0, 4), (4, 3), (0, 3)]
    arcs = made(5, third, [0.6, 0.2, 0.4, 0.6, 0.6, 0.4])  # in the order of the pairs
    assert arcs.length.tolist() == [round(v * 232792560) for v in (5 / 3, 5, 2.5, 5 / 3, 5 / 3, 2.5)]
    # From 0 to 3 there are three ways, all 5 long: each has a third of it.
    assert betweenness(arcs, by_strength=True) == pytest.approx([0, 4 / 3, 4 / 3, 0, 1 / 3])
    chain = made(6, [(0, 1), (1, 2), (2, 5), (0, 3), (3, 5), (0, 5)], [0.6, 0.4, 0.2, 0.6, 0.6, 0.4])
    lengths = as_networkx(chain)
    assert all(float(d["length"]).is_integer() for *_, d in lengths.edges(data=True))


@settings(max_examples=40)
@given(networks())
def test_betweenness_equals_networkx(arcs):
    twin = as_networkx(arcs)
    for by_strength in (False, True):
        wanted = nx.betweenness_centrality(twin, normalized=False, weight="length" if by_strength else None)
        found = betweenness(arcs, by_strength=by_strength)
        assert found == pytest.approx(list(wanted.values()), abs=1e-9)
        each = sum(centrality.betweenness_from(arcs, i, by_strength=by_strength) for i in range(arcs.nodes))
        assert each == pytest.approx(found, abs=1e-9)


def test_betweenness_of_a_network_of_some_size_equals_networkx():
    random = np.random.default_rng(7)
    pairs = {tuple(p) for p in random.integers(0, 120, (500, 2)).tolist() if p[0] != p[1]}
    arcs = made(120, pairs, random.integers(1, 6, len(pairs)) / 5)
    twin = as_networkx(arcs)
    for weight in (None, "length"):
        wanted = nx.betweenness_centrality(twin, normalized=False, weight=weight)
        found = betweenness(arcs, by_strength=weight is not None)
        assert found == pytest.approx(list(wanted.values()), abs=1e-9, rel=1e-12)


@settings(max_examples=40)
@given(networks())
def test_parts_and_articulations_equal_networkx(arcs):
    twin = as_networkx(arcs)
    undirected = nx.Graph(twin)
    cut = set(nx.articulation_points(undirected))
    assert centrality.articulations(arcs) == tuple(sorted(cut))
    assert sorted(parts(arcs)) == sorted(tuple(sorted(c)) for c in nx.connected_components(undirected))
    for node in range(arcs.nodes):
        rest = nx.restricted_view(undirected, [node], [])
        wanted = {tuple(sorted(c)) for c in nx.connected_components(rest)}
        assert set(parts(arcs, without=node)) == wanted
        assert (len(wanted) > len(parts(arcs))) == (node in cut)


@settings(max_examples=30)
@given(networks(most=7))
def test_a_gate_is_somebody_without_whom_there_is_no_way(arcs):
    twin = as_networkx(arcs)
    for start in ([0], list(range(0, arcs.nodes, 3)), []):
        found, far = gates(arcs, start), centrality.distances(arcs, start)
        for node in range(arcs.nodes):
            ways = [nx.has_path(twin, s, node) for s in start]
            assert (found[node] is not None) == any(ways) == (far[node] is not None)
            if any(ways):
                assert set(found[node]) == brute_gates(twin, start, node)
                assert far[node] == min(
                    nx.shortest_path_length(twin, s, node)
                    for s, is_way in zip(start, ways, strict=True)
                    if is_way
                )


def brute_gates(graph, start, node):
    """Twin: take each other node out, and see whether there is still a way."""
    found = set()
    for gate in set(graph) - {node}:
        rest = nx.restricted_view(graph, [gate], [])
        if not any(s != gate and nx.has_path(rest, s, node) for s in start):
            found.add(gate)
    return found


def test_gates_come_first_to_last():
    names, arcs = directed("us>a a>b b>c a>d d>c c>e")
    [found] = gates(arcs, [names.index("us")])[names.index("e") :][:1]
    assert [names[i] for i in found] == ["us", "a", "c"]


@settings(max_examples=25)
@given(networks())
def test_an_isolate_more_changes_nothing(arcs):
    more = made(arcs.nodes + 1, list(zip(arcs.source, arcs.target, strict=True)), arcs.strength)
    assert betweenness(more)[:-1] == pytest.approx(betweenness(arcs), abs=1e-12)
    assert betweenness(more)[-1] == 0


def test_of_nobody():
    arcs = made(0, [])
    assert (betweenness(arcs).tolist(), centrality.articulations(arcs), parts(arcs)) == ([], (), ())
    assert (gates(arcs, []), centrality.reached(arcs, 2).tolist()) == ((), [])
