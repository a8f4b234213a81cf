"""Our team left of the client, decision centres right of it."""

from itertools import combinations

import pytest

from graphkam.drawing.beside import Beside
from graphkam.drawing.relations import Relations
from graphkam.settings import AnalysisSettings
from graphkam.text import Words


def beside(sketch, **options):
    relations = Relations(sketch.graph(), AnalysisSettings())
    given = {"magnify": 1.0, "away": 70.0, "room": 500.0, "centres": relations.graph.centres, **options}
    return Beside(relations, Words("en"), **given)


def team(sketch, members):
    sketch.person("p")
    sketch.person("q")
    for n in range(members):
        sketch.tie(f"m{n:02}", "p")
    sketch.tie("m02", "q")
    return sketch


def test_who_knows_most_stands_first(sketch):
    _, nodes = beside(team(sketch, 4)).team(600, by_function=False)
    assert [n.label for n in sorted(nodes, key=lambda n: n.y)] == ["m02", "m00", "m01", "m03"]


@pytest.mark.parametrize("members", [1, 5, 40, 130])
@pytest.mark.parametrize("magnify", [1.0, 2.4])
def test_all_are_in_their_box_and_none_on_another(sketch, members, magnify):
    [box], nodes = beside(team(sketch, max(members, 3)), magnify=magnify).team(500, by_function=False)
    assert box.x + box.width == -70
    for n in nodes:
        assert box.x <= n.x - n.width / 2
        assert n.x + n.width / 2 <= box.x + box.width
        assert box.y <= n.y - n.height / 2
        assert n.y + n.height / 2 <= box.y + box.height
    for a, b in combinations(nodes, 2):
        assert abs(a.x - b.x) >= a.width or abs(a.y - b.y) >= a.height


def test_the_centre_that_decides_next_stands_first(sketch):
    sketch.centre("Later", [], next_decision="2027-05-01")
    sketch.centre("Some day", [])
    sketch.centre("Soon", [], next_decision="2026-12-01", yearly_value=250_000)
    _, nodes = beside(sketch).centres(1000, 600)
    assert [n.label for n in nodes] == ["Soon", "Later", "Some day"]
    assert dict(nodes[0].facts) == {"Yearly value": "€250,000", "Next decision": "1 Dec 2026"}


def test_without_anybody_there_is_no_box(sketch):
    assert beside(sketch).team(500, by_function=True) == ([], [])
    assert beside(sketch).centres(0, 500) == ([], [])


def test_a_low_account_does_not_force_a_second_column(sketch):
    _, nodes = beside(team(sketch, 15), room=900.0).team(200, by_function=False)
    assert len({n.x for n in nodes}) == 1
