"""One meaning per channel, never by colour alone."""

from itertools import combinations

import pytest

from graphkam.drawing import palette
from graphkam.drawing.legend import _SAMPLES

FULL_SIGHT = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
PROTANOPIA = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
"""What is left of linear red, green and blue without red or green cones: Machado, Oliveira and Fernandes,
*A Physiologically-based Model for Simulation of Color Vision Deficiency*, IEEE TVCG 15(6), 2009,
severity 1.0.
"""
APART = 12
"""Least distance in CIELAB; 2.3 is just noticeable side by side."""
LOOKS = [*palette.STANCE.values(), palette.UNKNOWN]


def linear(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def luminance(colour):
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def times(matrix, triple):
    return [sum(a * b for a, b in zip(row, triple, strict=True)) for row in matrix]


def lab(colour, sight):
    """Give a colour as eyes of a kind see it, in CIELAB (sRGB's primaries, white D65)."""
    seen = [min(max(part, 0), 1) for part in times(sight, linear(colour))]
    xyz = times(((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505)), seen)
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (part / white for part, white in zip(xyz, (0.9505, 1, 1.089), strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(a, b, sight):
    return sum((p - q) ** 2 for p, q in zip(lab(a, sight), lab(b, sight), strict=True)) ** 0.5


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


ROLES = {
    "stance": {look.fill for look in LOOKS},
    "coverage": {border.colour for border in palette.COVERAGE},
    "line": {line.colour for line in _SAMPLES.values()} | {palette.LINE},
}
"""Colours that are read side by side, by what they say."""


@pytest.mark.parametrize("sight", [FULL_SIGHT, PROTANOPIA, DEUTERANOPIA])
@pytest.mark.parametrize("role", ROLES)
def test_who_sees_no_red_or_no_green_can_tell_apart_what_must_be(role, sight):
    colours = sorted(ROLES[role])
    assert len(colours) > 2
    apart = {pair: distance(*pair, sight) for pair in combinations(colours, 2)}
    assert {pair: found for pair, found in apart.items() if found < APART} == {}


@pytest.mark.parametrize(
    "codes", [("reports", "dotted", "influence", "conflict"), ("contact", "lapsed", "desired", "proposed")]
)
def test_without_any_colour_lines_between_the_same_are_told_apart_by_their_form(codes):
    """Among people of the client, and from us to them: dots, dashes, an arrow, a hollow middle or a sign."""
    lines = [_SAMPLES[code] for code in codes]
    forms = {(line.is_dotted, line.is_dashed, line.has_arrow, line.is_hollow, line.mark) for line in lines}
    assert len(forms) == len(codes)


def test_this_test_sees_what_it_looks_for():
    """Red and green of one lightness are alike without green cones, and far apart with them."""
    red, green = "#b05a3c", "#7f7330"
    assert distance(red, green, FULL_SIGHT) > 3 * APART > distance(red, green, DEUTERANOPIA) * 3
    assert [round(part) for part in lab("#ff0000", FULL_SIGHT)] == [53, 80, 67]
