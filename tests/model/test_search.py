"""Names are found as people type them; nothing is guessed where two fit."""

import pytest

from graphkam.errors import Ambiguous, NotFound
from graphkam.model.search import find

NAMES = {
    "CV": "Claire Vasseur",
    "HB": "Hélène Brochard",
    "YG": "Yann Le Guirec",
    "A17": "Jérôme Sabatier",
    "A18": "Jeanne Sabatier",
    "A20": "Bérengère Caillet",
    "S1": "Sun",
    "S2": "Sun Microsystems",
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Claire Vasseur", "CV"),
        ("vasseur claire", "CV"),
        ("helene brochard", "HB"),
        ("C. Vasseur", "CV"),
        ("le guirec", "YG"),
        ("Berangere Caillet", "A20"),
        ("Claire Vaseur", "CV"),
        ("HB", "HB"),
        ("Sun", "S1"),
        ("sun m", "S2"),
    ],
)
def test_one_thing_is_meant(typed, meant):
    assert find(typed, NAMES) == meant


def test_an_exact_name_wins_over_an_id():
    assert find("CV", {"CV": "Claire Vasseur", "x": "CV"}) == "x"


@pytest.mark.parametrize("typed", ["Sabatier", "J Sabatier"])
def test_two_that_fit_are_both_listed(typed):
    with pytest.raises(Ambiguous) as refused:
        find(typed, NAMES)
    assert refused.value.params["candidates"] == ("Jeanne Sabatier (A18)", "Jérôme Sabatier (A17)")


def test_two_of_one_name_are_both_listed():
    with pytest.raises(Ambiguous):
        find("Anne", {"1": "Anne", "2": "Anne"})


def test_nothing_near_names_the_nearest_or_nobody():
    with pytest.raises(NotFound) as refused:
        find("Clara Vassily", NAMES)
    assert refused.value.params["nearest"][0] == "Claire Vasseur"
    with pytest.raises(NotFound):
        find("xyzzy", NAMES)
    with pytest.raises(NotFound):
        find("", {})
