"""One meaning per channel, never by colour alone."""

import pytest

from graphkam.drawing import palette

LOOKS = [*palette.STANCE.values(), palette.UNKNOWN]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_stance_has_its_own_colour_and_its_own_sign():
    assert len({look.fill for look in LOOKS}) == len({look.sign for look in LOOKS}) == 6


def test_unknown_is_white_and_not_the_neutral_colour():
    assert palette.UNKNOWN.fill == "#ffffff" != palette.STANCE[0].fill


@pytest.mark.parametrize("look", LOOKS)
def test_names_can_be_read_on_every_fill(look):
    assert contrast(look.fill, look.ink) >= 4.5


def test_coverage_is_told_by_dash_and_number_too():
    assert [border.mark for border in palette.COVERAGE] == ["0", "1", "2+"]
    assert [border.is_dashed for border in palette.COVERAGE] == [True, False, False]


def test_a_greater_weight_has_a_thicker_border_and_an_unknown_one_is_not_zero():
    widths = [palette.border_width(weight) for weight in (1, 2, 3, 4, 5)]
    assert widths == sorted(set(widths))
    assert palette.border_width(None) > 0
