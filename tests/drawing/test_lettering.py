"""How wide text is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.drawing.lettering import fitted, knows, lines, longest, width


def test_widths_are_those_of_the_font():
    # Advances of DejaVu Sans, in 2048ths: G 1587, i 569.
    assert width("Gi", 2048) == 1587 + 569
    assert width("G", 2048, is_bold=True) == 1681


@given(st.text(max_size=40), st.floats(10, 200))
def test_what_is_fitted_fits(text, room):
    assert width(fitted(text, room, 12), 12) <= room


@given(st.text(st.sampled_from("ab "), max_size=60), st.integers(1, 3))
def test_lines_fit_and_are_not_more_than_asked_for(text, most):
    found = lines(text, 60, 12, most=most)
    assert len(found) <= most
    assert all(width(line, 12) <= 60 for line in found)


def test_the_longest_name_that_fits_is_taken():
    names = ("Bernard Quillien", "B. Quillien", "Quillien")
    assert [longest(names, room, 12) for room in (200, 80, 60)] == list(names)
    assert longest(names, 30, 12).endswith("\u2026")


@pytest.mark.parametrize(("text", "is_known"), [("Élodie Ĝ Жук", True), ("漢字", False)])
def test_it_is_known_which_letters_the_font_has(text, is_known):
    assert knows(text) is is_known
