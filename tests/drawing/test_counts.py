"""Groups of people as one box each."""

from graphkam.drawing.counts import counted
from graphkam.drawing.relations import Relations
from graphkam.settings import AnalysisSettings
from graphkam.text import Words


def test_a_group_tells_its_people_and_how_many_nobody_of_us_reaches(sketch):
    for n in range(3):
        sketch.person(f"p{n}")
    sketch.seat("free", occupancy="vacant")
    sketch.tie("Kim", "p0")
    relations = Relations(sketch.graph(), AnalysisSettings())
    homes = {"p0": "a", "p1": "a", "free": "a", "p2": "b"}
    nodes, edges = counted(relations, Words("en"), {"u:a": (0, 0), "u:b": (0, 9)}, homes)
    told = {n.id: (n.label, n.title, n.is_dashed) for n in nodes}
    assert told["u:a"] == ("3 positions", "1 without a live tie", False)
    assert told["u:b"] == ("1 position", "1 without a live tie", True)
    assert [(e.source, e.target, e.note) for e in edges] == [("m:Kim", "u:a", "1 live tie")]


def test_of_very_many_lines_only_those_of_the_most_ties_are_drawn_at_rest(sketch):
    for n in range(70):
        sketch.person(f"p{n}")
        sketch.tie("Kim", f"p{n}")
    sketch.person("again")
    sketch.tie("Kim", "again")
    relations = Relations(sketch.graph(), AnalysisSettings())
    homes = {f"p{n}": f"u{n}" for n in range(70)} | {"again": "u69"}
    _, edges = counted(relations, Words("en"), {f"u:{home}": (0, 0) for home in homes.values()}, homes)
    assert sum(edge.is_major for edge in edges) == 60
    assert next(edge for edge in edges if edge.target == "u:u69").is_major
