"""A field: stance from left to right, influence from the top down."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from graphkam.drawing.blocks import HEIGHT, WIDTH
from graphkam.drawing.field import Strip, field
from graphkam.drawing.picture import picture
from graphkam.drawing.window import WINDOW

LANES = [Strip(name, name) for name in "abc"]
BANDS = [Strip(name, name) for name in "123"]


@given(
    st.dictionaries(
        st.text("xyz", min_size=1, max_size=4), st.tuples(st.sampled_from("abc"), st.sampled_from("123"))
    )
)
def test_everybody_stands_in_lane_and_band_and_on_nobody(spots):
    made = field(LANES, BANDS, spots, window=WINDOW)
    boxes = {box.id: box.rect for box in made.boxes}
    assert set(made.places) == set(spots)
    for person, (lane, band) in spots.items():
        x, y = made.places[person]
        assert boxes[lane].x < x - WIDTH / 2
        assert x + WIDTH / 2 < boxes[lane].x + boxes[lane].width
        assert boxes[band].y < y - HEIGHT / 2
        assert y + HEIGHT / 2 < boxes[band].y + boxes[band].height
    places = sorted(made.places.values())
    for (x, y), (p, q) in itertools.pairwise(places):
        assert p - x >= WIDTH or abs(q - y) >= HEIGHT


def test_a_lane_in_which_nobody_stands_is_drawn_and_a_band_is_not():
    made = field(LANES, BANDS, {"x": ("a", "2")}, window=WINDOW)
    assert [box.id for box in made.boxes] == ["2", "a", "b", "c"]


def test_much_influence_is_above_little_and_for_us_is_right_of_against_us(acme):
    drawn = picture(acme, view="influence")
    at = {n.id: (n.x, n.y) for n in drawn.nodes}
    assert at["p:buyer"][0] < at["p:adviser"][0] < at["p:clerk"][0] < at["p:ceo"][0]
    assert at["p:ceo"][1] < at["p:buyer"][1] < at["p:free"][1] < at["p:hidden"][1] < at["p:clerk"][1]
    lanes = [box.label for box in drawn.boxes if box.kind == "lane"]
    assert lanes == [
        "\u2212\u2212 Opponent", "\u2212 Reserved", "0 Neutral", "+ Favourable", "++ Champion", "? Unknown"
    ]  # fmt: skip


def test_all_influence_and_conflict_is_drawn_and_no_contact(acme):
    drawn = picture(acme, view="influence")
    assert {e.layer for e in drawn.edges if e.is_major} == {"influence", "conflict"}
    assert drawn.lines == ()


def test_where_stances_are_hidden_no_place_tells_one(acme):
    drawn = picture(acme, view="influence", hide_stance=True)
    lanes = [box for box in drawn.boxes if box.kind == "lane"]
    assert {(lane.label, lane.fill) for lane in lanes} == {("?", "")}


def test_of_a_crowd_those_who_sway_are_drawn_and_the_rest_is_counted(sketch):
    for n in range(250):
        sketch.person(f"p{n}", weight=1 + (n % 10 == 0) * 3)
    sketch.influence("p1", "p2")
    drawn = picture(sketch.graph(), view="influence")
    assert {n.id for n in drawn.nodes} == {"p:p1", "p:p2", *(f"p:p{n}" for n in range(0, 250, 10))}
    assert drawn.note.startswith("223 people")
    assert len(drawn.rows) == 250
