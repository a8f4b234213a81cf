"""A network as arrays: parts of it, against networkx."""

from hypothesis import given
from hypothesis import strategies as st

from tests.method.networks import as_networkx, made, networks


def edges(graph):
    return sorted((a, b, of["strength"]) for a, b, of in graph.edges(data=True))


def test_some_nodes_keep_the_arcs_between_them_in_their_order():
    arcs = made(4, [(0, 1), (1, 3), (3, 0), (3, 1)])
    assert arcs.within([1, 3]).tolist() == [False, True, False, True]
    found = arcs.among([1, 3])
    assert (found.nodes, found.source.tolist(), found.target.tolist()) == (2, [0, 1], [1, 0])


@given(networks(), st.data())
def test_among_some_nodes_is_the_subgraph_with_their_places_for_names(arcs, data):
    nodes = data.draw(st.lists(st.integers(0, arcs.nodes - 1), unique=True))
    wanted = as_networkx(arcs).subgraph(nodes)
    found = [(nodes[a], nodes[b], of) for a, b, of in edges(as_networkx(arcs.among(nodes)))]
    assert sorted(found) == edges(wanted)
    assert arcs.among(nodes).nodes == len(nodes)
