"""Key players: Borgatti's cases by hand, and trying everything."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings

from graphkam.method import key_players
from graphkam.method.key_players import Cutting, Reaching
from tests.method.networks import FLORENCE, KITE, as_networkx, made, managers, named, networks

STAR = "hub-a hub-b hub-c hub-d hub-e"
PATH = "a-b b-c c-d d-e"


def cutting(lines):
    names, arcs = named(lines)
    return names, Cutting(arcs)


def places(names, chosen):
    return [names.index(name) for name in chosen.split()]


@pytest.mark.parametrize(
    ("lines", "removed", "f", "df"),
    [
        (STAR, "", 0, 1 / 3),
        (STAR, "hub", 1, 1),
        (PATH, "c", 2 / 3, None),
        (PATH, "", 0, 0.358333),
        (KITE, "H", 0.388889, None),
        (KITE, "I", 0.222222, None),
        (KITE, "D", 0, None),
        (KITE, "F G", 0.535714, None),
        (FLORENCE, "Medici", 0.3846, 0.6738),
        (FLORENCE, "Medici Guadagni", 0.7051, 0.8024),
        (FLORENCE, "Medici Guadagni Strozzi", 0.8636, 0.8889),
    ],
)
def test_fragmentation_by_hand(lines, removed, f, df):
    names, found = cutting(lines)
    gone = places(names, removed)
    assert found.fragmentation(gone) == pytest.approx(f, abs=5e-5)
    if df is not None:
        assert found.distance_fragmentation(gone) == pytest.approx(df, abs=5e-5)


def test_one_by_one_is_wrong_on_the_kite(monkeypatch):
    """Alone H cuts off most; the best pair is F and G, and the best one with H is .4286 (Borgatti 2006)."""
    names, found = cutting(KITE)
    everybody = range(10)
    alone, pair = found.best(1, everybody), found.best(2, everybody)
    assert ([names[i] for i in alone.nodes], alone.value) == (["H"], pytest.approx(0.388889, abs=1e-6))
    assert ([names[i] for i in pair.nodes], pair.value) == (["F", "G"], pytest.approx(0.535714, abs=1e-6))
    assert pair.is_exact
    monkeypatch.setattr(key_players, "MOST_WORK", 50)
    grown = found.best(2, everybody)
    assert ("H" in [names[i] for i in grown.nodes], grown.is_exact) == (True, False)
    assert grown.value == pytest.approx(0.4286, abs=5e-5)


@pytest.mark.parametrize(
    ("lines", "start", "r", "dr"),
    [
        (STAR, "hub", 1, 1),
        (STAR, "a", 2 / 6, 2 / 3),
        (KITE, "D", 0.7, None),
        (KITE, "D I", 1, None),
        (FLORENCE, "Medici", 0.4667, None),
        (FLORENCE, "Bischeri Medici", 0.7333, None),
        (FLORENCE, "Albizzi Medici Peruzzi", 0.8667, None),
    ],
)
def test_reach_by_hand(lines, start, r, dr):
    names, arcs = named(lines)
    found = Reaching(arcs, 1)
    assert found.reach(places(names, start)) == pytest.approx(r, abs=5e-5)
    if dr is not None:
        assert found.distance_reach(places(names, start)) == pytest.approx(dr)


def test_the_best_to_begin_with_in_florence():
    names, arcs = named(FLORENCE)
    found = [Reaching(arcs, 1).best(k, range(15)) for k in (1, 2, 3)]
    assert [p.value for p in found] == pytest.approx([0.4667, 0.7333, 0.8667], abs=5e-5)
    assert [names[i] for i in found[0].nodes] == ["Medici"]


@pytest.mark.data
def test_friends_among_the_managers_of_a_high_tech_company(needs_data):
    """Mutual friendship, 23 lines: 17 cuts off most, then 1 with 17; by betweenness it would be 11 and 17."""
    arcs = managers(needs_data, "friendship")
    pairs = set(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    mutual = made(21, [p for p in pairs if p[::-1] in pairs])
    found = Cutting(mutual)
    assert (mutual.count, found.fragmentation()) == (46, pytest.approx(0.3524, abs=5e-5))
    best = [found.best(k, range(21)) for k in (1, 2)]
    assert [p.value for p in best] == pytest.approx([0.7421, 0.7895], abs=5e-5)
    assert [p.nodes for p in best] == [(16,), (0, 16)]
    assert found.fragmentation([16, 10]) == pytest.approx(0.7778, abs=5e-5)


def brute_fragmentation(graph, removed):
    """Twin: networkx's parts and distances of what is left."""
    left = nx.Graph(graph)
    left.remove_nodes_from(removed)
    n = len(left)
    if n < 2:
        return None, None
    together = sum(len(c) * (len(c) - 1) for c in nx.connected_components(left))
    return 1 - together / (n * (n - 1)), 1 - nx.global_efficiency(left)


@settings(max_examples=40)
@given(networks(most=7))
def test_the_best_is_best_of_all(arcs):
    graph, found = as_networkx(arcs), Cutting(arcs)
    nobody = found.fragmentation() or 0
    for size in (1, 2, 3):
        worth = {nodes: brute_fragmentation(graph, nodes) for nodes in combinations(range(arcs.nodes), size)}
        best = found.best(size, range(arcs.nodes))
        top = max((f or 0 for f, _ in worth.values()), default=0)
        if best is None:
            assert top <= nobody + 1e-12
            continue
        assert (best.value, best.by_distance) == tuple(map(pytest.approx, worth[best.nodes]))
        assert best.value == pytest.approx(top)
        equal = {n: df for n, (f, df) in worth.items() if f is not None and f > top - 1e-12}
        assert best.by_distance == pytest.approx(max(equal.values()))
        assert best.nodes == min(n for n, df in equal.items() if df > best.by_distance - 1e-9)


@settings(max_examples=40)
@given(networks(most=7))
def test_the_best_to_begin_with_is_best_of_all(arcs):
    graph, found = as_networkx(arcs), Reaching(arcs, 2)

    def brute(nodes):
        near = {}
        for node in nodes:
            for other, steps in nx.single_source_shortest_path_length(graph, node).items():
                near[other] = min(near.get(other, steps), steps)
        within = sum(steps <= 2 for steps in near.values())
        return within / arcs.nodes, sum(1 / max(steps, 1) for steps in near.values()) / arcs.nodes

    fewer = 0.0
    for size in (1, 2, 3):
        worth = {nodes: brute(nodes) for nodes in combinations(range(arcs.nodes), size)}
        top, best = max((w[0] for w in worth.values()), default=0), found.best(size, range(arcs.nodes))
        if best is None:
            assert top <= fewer + 1e-12
        else:
            assert (best.value, best.by_distance) == tuple(map(pytest.approx, worth[best.nodes]))
            assert best.value == pytest.approx(top)
        fewer = top


def test_of_nobody_and_of_one():
    for nodes in (0, 1):
        arcs = made(nodes, [])
        assert (Cutting(arcs).fragmentation(), Cutting(arcs).distance_fragmentation()) == (None, None)
        assert Cutting(arcs).best(1, range(nodes)) is None
    assert (Reaching(made(0, []), 2).reach([]), Reaching(made(0, []), 2).best(1, [])) == (None, None)
    assert Reaching(made(1, []), 2).best(1, [0]).value == 1


def test_with_many_only_the_likeliest_are_tried():
    arcs = made(250, [(i, i + 1) for i in range(249)])
    found = Cutting(arcs).best(1, [124, *(i for i in range(250) if i != 124)])
    assert (found.nodes, found.is_exact) == ((124,), False)
