"""Pictures of figures: what is drawn is what the figures say, and it can be read."""

import itertools
import json

import pytest

from graphkam.analysis.decision import Voting
from graphkam.drawing import palette
from graphkam.text import Words
from graphkam.ui.charts.support import support_matrix

EN = Words("en")


def voting(person, power, stance=None, **more):
    made = {
        "position_id": person, "title": f"Seat of {person}", "seats": 1, "is_vacant": False,
        "is_holder_known": True, "roles": (), "votes": 1, "veto": False, "banzhaf": power,
        "shapley_shubik": power, "banzhaf_today": power, "shapley_shubik_today": power, "swings": 1,
        "is_swing": False, "known_by": (),
    }  # fmt: skip
    return Voting(person=person, stance=stance, **made | more)


def points(people):
    return {p["person"]: p for p in support_matrix(EN, people)["data"]["values"]}


def test_power_is_up_and_support_is_to_the_right():
    drawn = points([voting("Foe", 0.5, -2), voting("Friend", 0.3, 2), voting("Nobody knows", 0.2)])
    assert {name: p["power"] for name, p in drawn.items()} == {"Foe": 0.5, "Friend": 0.3, "Nobody knows": 0.2}
    assert drawn["Foe"]["x"] < drawn["Friend"]["x"] < drawn["Nobody knows"]["x"]
    assert drawn["Foe"]["fill"] == palette.STANCE[-2].fill
    assert drawn["Nobody knows"]["fill"] == palette.UNKNOWN.fill
    assert drawn["Foe"]["stance"] == "\u2212\u2212 Opponent"


def test_the_decider_and_the_veto_are_named():
    drawn = points([voting("Ann", 0.5, 0, roles=("decider",), veto=True), voting("Bob", 0.5, 0)])
    assert drawn["Ann"]["name"] == "Ann · Decider · veto"
    assert drawn["Bob"]["name"] == "Bob"


def test_whoever_cannot_vote_today_is_not_drawn():
    assert list(points([voting("Ann", 0.5), voting("Empty chair", 0.5, is_vacant=True)])) == ["Ann"]


def test_names_do_not_cover_each_other_nor_dots_each_other():
    drawn = list(points([voting(f"P{i}", 1 / 12, 1) for i in range(12)]).values())
    heights = sorted(p["height"] / (1 / 12) for p in drawn)
    assert min(b - a for a, b in itertools.pairwise(heights)) >= 1 / 16 - 1e-9
    assert len({p["x"] for p in drawn}) == 12


def test_of_many_the_most_powerful_are_named_and_all_are_drawn():
    drawn = points([voting(f"P{i:02}", i / 1000, 0) for i in range(40)])
    assert len(drawn) == 40
    assert [name for name, p in drawn.items() if p["name"]] == [f"P{i}" for i in range(24, 40)]


@pytest.mark.parametrize("people", [[], [voting("Ann", None)]])
def test_where_nobody_has_power_there_is_still_a_picture(people):
    drawn = support_matrix(EN, people)
    assert drawn["layer"][0]["encoding"]["y"]["scale"]["domain"][1] > 0
    assert json.dumps(drawn)


def test_a_share_is_written_as_the_page_writes_it():
    """A browser's chart writes 25% and 2.5 by itself: in French 25 % and 2,5, as the sentences above it."""
    french, english = (support_matrix(Words(language), [])["config"] for language in ("fr", "en"))
    assert french["locale"]["number"]["percent"] == Words("fr").percent(0.25).removeprefix("25")
    assert french["locale"]["number"]["decimal"] == ","
    assert "locale" not in english


def test_the_picture_is_in_the_language_of_the_reader():
    [axis] = [support_matrix(Words("fr"), [])["encoding"]["x"]["axis"]]
    assert "Opposant" in axis["labelExpr"]
    assert axis["title"] == "Soutien à notre offre"
