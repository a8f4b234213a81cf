"""Boxes put elsewhere by hand."""

from graphkam.drawing.moving import moved
from graphkam.drawing.picture import picture
from graphkam.drawing.svg import svg


def node(drawn, node_id):
    [found] = [n for n in drawn.nodes if n.id == node_id]
    return found


def box(drawn, box_id):
    [found] = [b for b in drawn.boxes if b.id == box_id]
    return found


def test_a_box_stands_where_it_was_put_as_seen_from_the_box_around_it(acme):
    before = picture(acme)
    after = moved(before, {"p:buyer": ("buying", 300.0, 80.0)})
    around = box(after, "buying")
    assert (node(after, "p:buyer").x, node(after, "p:buyer").y) == (around.x + 300, around.y + 80)
    assert node(after, "p:clerk") == node(before, "p:clerk")


def test_who_is_in_another_unit_by_now_stands_where_the_picture_has_him(acme):
    before = picture(acme)
    assert moved(before, {"p:buyer": ("group", 300.0, 80.0), "p:nobody": ("group", 1.0, 1.0)}) is before


def test_the_lines_of_who_was_moved_end_where_he_stands(acme):
    after = moved(picture(acme), {"p:buyer": ("buying", 300.0, 80.0)})
    at = (node(after, "p:buyer").x, node(after, "p:buyer").y)
    for line in after.lines:
        if line.source == "p:buyer":
            assert line.points[0] == at
        if line.target == "p:buyer":
            assert line.points[-1] == at


def test_ours_can_be_moved_too_and_the_image_holds_all(acme):
    after = moved(picture(acme), {"m:Kim": ("team", -500.0, 40.0)})
    assert node(after, "m:Kim").x == box(after, "team").x - 500
    assert "Kim" in svg(after, author="Kim", language="en")
