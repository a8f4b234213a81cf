"""How lines run."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.drawing.curves import Frame, arrow, curve

COORDINATES = st.floats(-5_000, 5_000)
FRAMES = st.builds(Frame, COORDINATES, COORDINATES, st.just(172.0), st.just(40.0))


@given(FRAMES, FRAMES, st.sampled_from(["contact", "influence"]))
def test_a_line_begins_and_ends_at_the_edge_of_a_box(a, b, layer):
    way = curve(layer, a, b)
    for point, box in ((way.start, a), (way.end, b)):
        across, down = abs(point[0] - box.x) / box.width, abs(point[1] - box.y) / box.height
        assert max(across, down) <= 0.5 + 1e-6


def test_there_and_back_are_two_lines():
    a, b = Frame(0, 0, 172, 40), Frame(600, 0, 172, 40)
    assert curve("influence", a, b).at(0.5)[1] == pytest.approx(-curve("influence", b, a).at(0.5)[1])
    assert curve("influence", a, b).at(0.5)[1] > 20


def test_an_arrow_points_to_where_its_line_ends():
    way = curve("influence", Frame(0, 0, 172, 40), Frame(0, 500, 172, 40))
    point, left, right = arrow(way, 10)
    assert point == way.end
    assert left[1] < point[1] > right[1]


def test_a_line_to_oneself_does_not_fail():
    a = Frame(0, 0, 172, 40)
    assert curve("influence", a, a).start == (0, 0)
