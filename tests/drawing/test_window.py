import pytest

from graphkam.drawing.window import MOST_MAGNIFIED, READABLE, Window, magnification


def test_a_small_picture_is_enlarged_a_little_and_no_more():
    assert Window(1000, 800).scale(100, 100) == 1.3


def test_the_narrower_side_decides():
    assert Window(1000, 800).scale(2000, 800) == 0.5
    assert Window(1000, 800).scale(1000, 1600) == 0.5


def test_what_stands_beside_takes_its_room():
    assert Window(1000, 800, columns=2).scale(1000, 100) < Window(1000, 800).scale(1000, 100)


@pytest.mark.parametrize(
    ("scale", "times"), [(1.0, 1.0), (READABLE, 1.0), (READABLE / 2, 2.0), (0.01, MOST_MAGNIFIED)]
)
def test_columns_are_magnified_until_they_can_be_read(scale, times):
    assert magnification(scale) == pytest.approx(times)


@pytest.mark.parametrize("size", [(500, 400), (4000, 3000), (40000, 30000)])
def test_with_its_columns_the_picture_fits(size):
    window = Window(1000, 800, columns=2)
    scale = window.scale(*size)
    beside = 2 * (188 * magnification(scale) + window.away)
    assert (size[0] + beside) * scale <= 1000 + 1e-6
    assert size[1] * scale <= 800 + 1e-6
