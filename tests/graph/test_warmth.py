"""The warmest ways of all at once are those that are found one by one."""

import pytest
from hypothesis import given, settings

from graphkam.graph.introductions import introductions
from graphkam.graph.warmth import warmth
from graphkam.method.paths import best_paths
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import graph, seat, tie, unit
from tests.analysis.drawn import SETTINGS, accounts
from tests.graph.test_introductions import link


@settings(max_examples=30)
@given(accounts(), SETTINGS)
def test_lengths_are_those_of_the_best_paths(drawn, chosen):
    ways = introductions(drawn.graph(), chosen)
    found = warmth(ways, 0.2)
    for member in ways.members:
        for person in ways.graph.by_person:
            node = ways.node_of[person]
            best = [p for p in best_paths(ways.links, [member], [node], 1) if p.probability >= 0.2]
            assert found.reaches(0.2)[member, node] == bool(best)
            for path in best:
                assert found.length[member, node] == pytest.approx(path.length, abs=1e-8)


def test_whom_to_ask_first_of_equals_the_shorter_then_the_first():
    extra = [unit("U"), *(seat(p, 1, unit_id="U") for p in "BC"), link("D", "C", 5), link("A", "E", 5)]
    extra += [tie("M", p, 3) for p in "BD"]
    made = graph({"A": {"M": 3}}, dict.fromkeys("ABCDE", 1), extra=extra)
    ways = introductions(made, AnalysisSettings(colleague_introduction=0.95))
    found = warmth(ways, 0.05)
    first = {p: found.first(0, ways.node_of[f"p{p}"]) for p in "ACE"}
    assert {p: None if node is None else ways.name(node) for p, node in first.items()} == {
        "A": None, "C": "B", "E": "A"
    }  # fmt: skip
    assert warmth(ways, 0.99).first(0, ways.node_of["pE"]) is None
