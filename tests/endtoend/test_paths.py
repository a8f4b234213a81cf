"""Introductions on the command line: names of people, positions and centres, in either language."""

import pytest

from tests.endtoend.conftest import DAY

pytestmark = pytest.mark.store

AUB = "Groupe Aubrévoie"


def test_each_step_says_who_asks_whom(demo):
    found = demo.ask("paths", AUB, "lacaze", *DAY, "--reliability")
    steps = [(s["asker"], s["asked"], s["kind"]) for s in found["routes"][0]["steps"]]
    assert steps == [
        ("Claire Vasseur", "Odile Marchand", "contact"),
        ("Odile Marchand", "Édouard Lacaze-Morin", "influence"),
    ]
    assert found["probability"] < found["any_way"]["probability"] < 1
    assert found["any_way"]["draws"] == 20_000
    french = demo.run("paths", AUB, "lacaze", *DAY, "--lang", "fr").stdout
    assert "Claire Vasseur demande à Odile Marchand" in french


def test_a_centre_a_position_and_one_of_us_can_be_named(demo):
    centre = demo.ask("paths", AUB, "Toledo expansion", *DAY)
    assert centre["target"] == "Toledo expansion"
    chief = demo.ask("paths", AUB, "Managing director India", *DAY, "--from", "Claire")
    assert (chief["start"], chief["gates"]) == ("Claire Vasseur", ["Inès de Kervallan"])
    assert demo.ask("paths", AUB, "A28", *DAY)["nearest"]["away"] == 1


def test_a_wrong_name_is_refused_and_several_are_listed(demo):
    assert demo.run("paths", AUB, "Zanzibar", code=2).stderr.startswith("Nothing is called")
    assert "A22" in demo.run("paths", AUB, "Responsable maintenance", code=2).stderr
