"""Every box is inside its parent, nobody stands on anybody, and no line runs through a person."""

from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.drawing.blocks import HEIGHT, WIDTH
from graphkam.drawing.cells import Item, Unit
from graphkam.drawing.layout import arrange

NEAR = 0.01


@st.composite
def accounts(draw, most_units=8, most_people=30):
    """Units in a tree, people in some unit or none, each under somebody listed before, or nobody."""
    units = []
    for n in range(draw(st.integers(0, most_units))):
        parent = draw(st.sampled_from([None, *(unit.id for unit in units)]))
        units.append(Unit(f"u{n}", f"Unit {n}", parent, is_department=draw(st.booleans())))
    items = []
    for n in range(draw(st.integers(0, most_people))):
        home = draw(st.sampled_from([None, *(unit.id for unit in units)]))
        boss = draw(st.sampled_from([None, *(item.id for item in items)]))
        items.append(Item(f"p{n}", home, boss))
    return units, draw(st.permutations(items))


def person_rect(place):
    return place[0] - WIDTH / 2, place[1] - HEIGHT / 2, place[0] + WIDTH / 2, place[1] + HEIGHT / 2


def box_rect(box):
    r = box.rect
    return r.x, r.y, r.x + r.width, r.y + r.height


def overlap(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > NEAR and min(a[3], b[3]) - max(a[1], b[1]) > NEAR


def inside(a, b):
    return a[0] >= b[0] - NEAR and a[1] >= b[1] - NEAR and a[2] <= b[2] + NEAR and a[3] <= b[3] + NEAR


@given(accounts())
@settings(max_examples=150, deadline=None)
def test_everybody_is_placed_once_and_nobody_on_anybody(account):
    units, items = account
    made = arrange(units, items)
    assert set(made.places) == {item.id for item in items}
    assert Counter(box.id for box in made.boxes) == Counter(unit.id for unit in units)
    rects = [person_rect(place) for place in made.places.values()]
    assert not any(overlap(a, b) for a, b in combinations(rects, 2))


@given(accounts())
@settings(max_examples=150, deadline=None)
def test_people_and_boxes_are_inside_their_box_and_neighbours_apart(account):
    units, items = account
    made = arrange(units, items)
    rects = {box.id: box_rect(box) for box in made.boxes}
    parents = {unit.id: unit.parent_id for unit in units}
    whole = (0.0, 0.0, made.width, made.height)
    for unit, rect in rects.items():
        assert inside(rect, rects.get(parents[unit], whole))
    for item in items:
        rect = person_rect(made.places[item.id])
        assert inside(rect, rects.get(item.unit_id, whole))
        strangers = [r for unit, r in rects.items() if parents[unit] == item.unit_id]
        assert not any(overlap(rect, stranger) for stranger in strangers)
    for a, b in combinations(units, 2):
        if a.parent_id == b.parent_id:
            assert not overlap(rects[a.id], rects[b.id])


@given(accounts())
@settings(max_examples=150, deadline=None)
def test_each_has_one_line_to_the_boss_made_of_level_and_upright_pieces(account):
    units, items = account
    made = arrange(units, items)
    assert Counter((r.boss_id, r.item_id) for r in made.routes) == Counter(
        (item.boss_id, item.id) for item in items if item.boss_id
    )
    for route in made.routes:
        for (ax, ay), (bx, by) in pairwise(route.points):
            assert abs(ax - bx) < NEAR or abs(ay - by) < NEAR
        left, _, right, bottom = person_rect(made.places[route.boss_id])
        assert left <= route.points[0][0] <= right
        assert route.points[0][1] == pytest.approx(bottom)
        rect = person_rect(made.places[route.item_id])
        assert inside((*route.points[-1], *route.points[-1]), rect)


@given(accounts())
@settings(max_examples=100, deadline=None)
def test_the_same_account_gives_the_same_picture(account):
    assert arrange(*account) == arrange(*account)


@st.composite
def tidy_accounts(draw):
    """Every unit has one head, who reports to the head of the unit above; the others report inside."""
    units, items = [], []
    for n in range(draw(st.integers(1, 9))):
        parent = draw(st.sampled_from(units)) if units else None
        units.append(Unit(f"u{n}", f"Unit {n}", parent and parent.id, is_department=draw(st.booleans())))
        items.append(Item(f"h{n}", f"u{n}", parent and f"h{parent.id[1:]}"))
        own = [f"h{n}"]
        for k in range(draw(st.integers(0, 9))):
            items.append(Item(f"p{n}.{k}", f"u{n}", draw(st.sampled_from(own[-3:]))))
            own.append(f"p{n}.{k}")
    return units, items


@given(tidy_accounts())
@settings(max_examples=100, deadline=None)
def test_no_line_of_a_tidy_account_runs_through_a_person(account):
    made = arrange(*account)
    rects = {person: person_rect(place) for person, place in made.places.items()}
    for route in made.routes:
        others = [rect for person, rect in rects.items() if person not in {route.boss_id, route.item_id}]
        for (ax, ay), (bx, by) in pairwise(route.points):
            piece = (min(ax, bx) - 0.5, min(ay, by) - 0.5, max(ax, bx) + 0.5, max(ay, by) + 0.5)
            assert not any(overlap(piece, rect) for rect in others)


def test_a_department_stands_below_the_one_its_head_reports_into():
    units = [Unit(name, name, None, is_department=True) for name in ("sales", "board", "plant")]
    items = [Item("ceo", "board"), Item("cso", "sales", "ceo"), Item("coo", "plant", "ceo")]
    made = arrange(units, items)
    top = {box.id: box.rect.y for box in made.boxes}
    assert top["board"] < top["sales"] == top["plant"]
    assert made.places["ceo"][1] < made.places["cso"][1] == made.places["coo"][1]


def test_people_without_any_unit_are_placed_too():
    made = arrange([], [Item("boss"), *(Item(f"p{n}", None, "boss") for n in range(40))])
    assert made.boxes == ()
    assert len(made.places) == 41
    assert made.width / made.height > 0.5, "columns, not one long list"


def test_a_crowd_without_lines_is_wrapped_to_the_shape_of_a_screen():
    made = arrange([Unit("u", "All")], [Item(f"p{n}", "u") for n in range(200)])
    assert 0.8 < made.width / made.height < 2.6


def test_a_chain_of_command_of_absurd_length_is_drawn():
    items = [Item("p0", "u"), *(Item(f"p{n}", "u", f"p{n - 1}") for n in range(1, 500))]
    made = arrange([Unit("u", "Deep")], items)
    assert len(made.routes) == 499


def test_units_inside_each_other_without_end_are_drawn():
    units = [Unit("u0", "0"), *(Unit(f"u{n}", str(n), f"u{n - 1}") for n in range(1, 300))]
    made = arrange(units, [Item("p", "u299")])
    assert len(made.boxes) == 300
    assert made.width < 5_000


def test_four_hundred_people_fill_a_screen():
    units, items = [Unit("g", "Group")], [Item("ceo", "g")]
    for site in range(18):
        units.append(Unit(f"s{site}", f"Site {site}", "g"))
        items.append(Item(f"d{site}", f"s{site}", "ceo"))
        for dept in range(4):
            home = f"s{site}.{dept}"
            units.append(Unit(home, f"Department {dept}", f"s{site}", is_department=True))
            items.append(Item(f"h{home}", home, f"d{site}"))
            items += [Item(f"p{home}.{n}", home, f"h{home}") for n in range(4 + dept % 2)]
    made = arrange(units, items)
    assert len(items) > 390
    assert 0.9 < made.width / made.height < 2.2
    assert made.scale > 0.2
