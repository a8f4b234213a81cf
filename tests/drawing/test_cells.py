"""Who is in which unit, and which unit stands above its neighbour."""

from graphkam.drawing.cells import DEEPEST_UNIT, Item, Unit, cells, rank_rows


def ranks(units, items):
    whole, paths = cells(units, items)
    rank_rows(whole, items, paths)
    return {cell.id: cell.rank for cell in whole.children}


def test_a_person_is_in_the_unit_and_in_all_around_it():
    units = [Unit("group", "G"), Unit("site", "S", "group")]
    whole, paths = cells(units, [Item("p", "site"), Item("q", "nowhere")])
    assert [cell.id for cell in paths["p"]] == ["", "group", "site"]
    assert [cell.id for cell in paths["q"]] == [""]
    assert whole.count == 2


def test_units_of_one_boss_stand_side_by_side():
    units = [Unit(name, name) for name in "abc"]
    items = [Item("ceo"), *(Item(f"head of {name}", name, "ceo") for name in "abc")]
    assert ranks(units, items) == {"a": 0, "b": 0, "c": 0}


def test_the_head_alone_decides_where_a_unit_stands():
    """Somebody of the board reports to somebody in the plant; the plant's head reports to the board's."""
    units = [Unit("board", "Board"), Unit("plant", "Plant")]
    items = [Item("ceo", "board"), Item("chief", "plant", "ceo"), Item("assistant", "board", "chief")]
    assert ranks(units, items) == {"board": 0, "plant": 1}


def test_a_unit_stands_below_the_neighbour_of_a_boss_who_sits_deep_inside_it():
    units = [Unit("hq", "HQ"), Unit("it", "IT", "hq"), Unit("plant", "Plant")]
    items = [Item("ceo", "hq"), Item("cio", "it", "ceo"), Item("admin", "plant", "cio")]
    assert ranks(units, items) == {"hq": 0, "plant": 1}


def test_a_circle_which_integrity_forbids_does_not_hang():
    units = [Unit("a", "A"), Unit("b", "B")]
    assert set(ranks(units, [Item("x", "a", "y"), Item("y", "b", "x")])) == {"a", "b"}


def test_units_deeper_than_can_be_drawn_stand_beside_their_parent():
    units = [Unit("u0", "0"), *(Unit(f"u{n}", str(n), f"u{n - 1}") for n in range(1, 40))]
    _, paths = cells(units, [Item("p", "u39")])
    assert len(paths["p"]) == DEEPEST_UNIT + 1
