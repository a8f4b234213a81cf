"""Structural holes: published networks, and sparse matrices against networkx."""

import math

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from graphkam.method.constraint import constraint, constraint_by, effective_size, effective_size_by
from tests.method.networks import FLORENCE, HOLES, as_networkx, made, managers, named, networks


def of(lines, measure):
    names, arcs = named(lines)
    return dict(zip(names, measure(arcs), strict=True))


def test_the_graph_of_holes():
    """Constraint by igraph; effective size G 4.667, A 2.5, C 1: Borgatti 1997, Connections 20(1)."""
    wanted = {"A": 0.595, "B": 0.643, "C": 1, "D": 0.785, "E": 0.731, "F": 0.731, "G": 0.400}
    assert of(HOLES, constraint) == pytest.approx(wanted, abs=5e-4)
    found = of(HOLES, effective_size)
    assert [found[n] for n in "GAC"] == pytest.approx([4.667, 2.5, 1], abs=5e-4)


def test_the_families_of_florence():
    found = of(FLORENCE, constraint)
    names = ("Medici", "Guadagni", "Strozzi", "Lamberteschi")
    assert [found[n] for n in names] == pytest.approx([0.2099, 0.25, 0.4583, 1], abs=5e-5)


@pytest.mark.data
def test_advice_among_the_managers_of_a_high_tech_company(needs_data):
    """Least constrained: 18 with .1923, then 9 with .1957 (igraph)."""
    found = constraint(managers(needs_data, "advice"))
    assert np.argsort(found)[:2].tolist() == [17, 8]
    assert found[[17, 8]] == pytest.approx([0.1923, 0.1957], abs=5e-5)


def test_it_can_exceed_one():
    arcs = made(3, [(0, 1), (1, 2), (0, 2)], [0.2, 0.2, 0.95])
    assert constraint(arcs).max() > 1


def test_who_deals_with_nobody_has_neither():
    arcs = made(3, [(0, 1)])
    for measure in (constraint, effective_size):
        assert [math.isnan(v) for v in measure(arcs)] == [False, False, True]
    assert [len(measure(made(0, []))) for measure in (constraint, effective_size)] == [0, 0]


def test_effective_size_where_networkx_is_wrong():
    """2 - (1/3 x 1/2 + 2/3 x 1) = 7/6; all nodes at once, networkx 3.6.1 says 4/3."""
    arcs = made(3, [(0, 1), (0, 2), (1, 0), (1, 2)])
    assert effective_size(arcs)[0] == pytest.approx(7 / 6)
    assert nx.effective_size(as_networkx(arcs), nodes=[0])[0] == pytest.approx(7 / 6)
    assert nx.effective_size(as_networkx(arcs))[0] == pytest.approx(4 / 3)


@settings(max_examples=15)
@given(networks())
def test_both_equal_networkx(arcs):
    for a, weight in ((arcs, "strength"), (arcs.unweighted(), None)):
        wanted = nx.constraint(as_networkx(arcs), weight=weight)
        assert constraint(a) == pytest.approx(list(wanted.values()), abs=1e-9, nan_ok=True)
        wanted = nx.effective_size(both_ways(a), nodes=range(arcs.nodes), weight="strength")
        assert effective_size(a) == pytest.approx(list(wanted.values()), abs=1e-9, nan_ok=True)


def both_ways(arcs):
    """Give a network of which networkx takes who has no arc to others for what it is: not alone."""
    graph = as_networkx(arcs)
    other = nx.DiGraph()
    other.add_nodes_from(graph)
    for a, b, strength in graph.edges(data="strength"):
        whole = strength + graph.get_edge_data(b, a, {"strength": 0})["strength"]
        other.add_edge(a, b, strength=whole)
        other.add_edge(b, a, strength=whole)
    return other


@settings(max_examples=25)
@given(networks())
def test_what_each_adds_is_of_those_it_deals_with(arcs):
    for by in (constraint_by(arcs), effective_size_by(arcs)):
        rows, others = by.nonzero()
        for node, other in zip(rows.tolist(), others.tolist(), strict=True):
            assert arcs.neighbours[node] >> other & 1
