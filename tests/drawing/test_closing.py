"""Boxes of a large account are closed at first."""

from graphkam.drawing.cells import Unit
from graphkam.drawing.closing import Tally, closed
from graphkam.drawing.picture import picture


def tally(**people):
    return {box: Tally(count, 0, 0) for box, count in people.items()}


UNITS = (Unit("all", ""), Unit("big", "", "all"), Unit("small", "", "all"), Unit("part", "", "big"))


def test_few_people_are_all_seen():
    assert closed(UNITS, tally(all=200, big=150, small=50, part=100), most=200) == frozenset()


def test_of_many_the_boxes_are_closed_that_a_reader_can_take_in():
    counts = tally(all=201, big=150, small=50, part=100)
    assert closed(UNITS, counts, most=200) == {"small", "part"}


def test_a_box_tells_who_is_in_it_and_in_the_boxes_inside(acme):
    figures = {box.label: box.figures for box in picture(acme).boxes if box.kind == "unit"}
    assert figures["Acme Group"] == ("5 positions", "2 without a live tie", "1 with one of us only")
    assert figures["Purchasing"] == ("4 positions", "1 without a live tie", "1 with one of us only")


def test_who_is_in_a_closed_box_has_a_place_all_the_same(sketch):
    for u in range(10):
        sketch.unit(f"u{u}")
        for n in range(25):
            sketch.person(f"p{u}-{n}", unit=f"u{u}")
    drawn = picture(sketch.graph())
    assert {box.id for box in drawn.boxes if box.is_closed} == {f"u{u}" for u in range(10)}
    assert len({(n.x, n.y) for n in drawn.nodes if n.kind == "person"}) == 250
