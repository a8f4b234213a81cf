"""Reporting lines between units."""

from graphkam.drawing.cells import Item, Unit
from graphkam.drawing.layout import arrange


def routes(units, items):
    made = arrange(units, items)
    return made, {(r.boss_id, r.item_id): r.points for r in made.routes}


def test_a_boss_in_the_unit_above_is_left_downwards_and_the_subordinate_entered_from_above():
    units = [Unit("site", "Site"), *(Unit(f"d{n}", f"D{n}", "site", is_department=True) for n in range(3))]
    made, lines = routes(units, [Item("boss", "site"), *(Item(f"h{n}", f"d{n}", "boss") for n in range(3))])
    for n in range(3):
        points = lines["boss", f"h{n}"]
        assert points[0][1] < points[-1][1]
        assert points[-1][0] == made.places[f"h{n}"][0], "into the middle of the upper edge"


def test_lines_of_one_boss_share_a_lane_and_those_of_two_do_not():
    units = [Unit("site", "Site"), *(Unit(f"d{n}", f"D{n}", "site", is_department=True) for n in range(4))]
    items = [Item("a", "site"), Item("b", "site")]
    items += [Item(f"h{n}", f"d{n}", "a" if n % 2 else "b") for n in range(4)]
    _, lines = routes(units, items)
    lane = {pair: points[1][1] for pair, points in lines.items()}
    assert lane["a", "h1"] == lane["a", "h3"] != lane["b", "h0"] == lane["b", "h2"]


def test_rows_are_passed_at_the_left_of_the_box():
    units = [Unit("g", "G"), *(Unit(f"s{n}", f"S{n}", "g") for n in range(12))]
    items = [Item("boss", "g"), *(Item(f"h{n}", f"s{n}", "boss") for n in range(12))]
    made, lines = routes(units, items)
    rows = sorted({place[1] for person, place in made.places.items() if person != "boss"})
    assert len(rows) > 1
    lowest = next(person for person, place in made.places.items() if place[1] == rows[-1])
    leftmost = min(x for x, _ in lines["boss", lowest])
    assert leftmost < min(place[0] for place in made.places.values()) - 86
