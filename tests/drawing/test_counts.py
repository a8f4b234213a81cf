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
    assert told["u:a"] == ("3 people", "1 without a live tie", False)
    assert told["u:b"] == ("1 person", "1 without a live tie", True)
    assert [(e.source, e.target, e.note) for e in edges] == [("m:Kim", "u:a", "1 live tie")]
