"""Boxes are wrapped into rows so that the whole fills the window."""

import pytest

from graphkam.drawing.cells import Item, Unit
from graphkam.drawing.layout import arrange
from graphkam.drawing.window import Window


def sites(number, people=6):
    units = [Unit(f"u{n}", f"Site {n}") for n in range(number)]
    return units, [Item(f"p{n}.{k}", f"u{n}") for n in range(number) for k in range(people)]


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (800, 1200), (2400, 800)])
def test_the_shape_of_the_window_is_taken(width, height):
    made = arrange(*sites(24), window=Window(width, height))
    assert 0.6 < (made.width / made.height) / (width / height) < 1.7


def test_what_fits_in_one_row_stays_in_one_row():
    made = arrange(*sites(4), window=Window(1200, 800))
    assert len({box.rect.y for box in made.boxes}) == 1


def test_in_one_column_every_box_has_its_own_row():
    made = arrange(*sites(5, people=1), in_one_column=True)
    assert len({box.rect.y for box in made.boxes}) == 5
    assert len({box.rect.x for box in made.boxes}) == 1


def test_departments_stand_before_the_larger_units_beside_them():
    units = [Unit("works", "Works"), Unit("legal", "Legal", None, is_department=True)]
    made = arrange(units, [Item("a", "works"), Item("b", "legal")])
    top = {box.id: box.rect.y for box in made.boxes}
    assert top["legal"] < top["works"]


def test_outer_boxes_of_a_large_picture_have_larger_titles():
    units, items = sites(60, people=10)
    made = arrange([Unit("g", "Group"), *(Unit(u.id, u.name, "g") for u in units)], items)
    font = {box.id: box.font for box in made.boxes}
    assert font["g"] > font["u0"] == 14
