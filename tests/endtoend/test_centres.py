"""Decision centres on the command line: what other programs rely on, and what a wrong name says."""

import pytest

from tests.endtoend.conftest import DAY

pytestmark = pytest.mark.store


def row(answer, person):
    return next(p for p in answer["people"] if p["person"] == person)


def test_decision_says_who_has_which_power(demo):
    found = demo.ask("decision", "Groupe Aubrévoie", "--centre", "contrat-cadre", *DAY)
    legal = row(found, "Agathe Ronsard")
    assert (legal["votes"], legal["veto"], legal["stance"]) == (1, True, -1)
    assert legal["banzhaf"] == pytest.approx(9 / 21)
    assert legal["banzhaf_today"] == pytest.approx(3 / 8)
    assert sum(p["shapley_shubik"] for p in found["people"]) == pytest.approx(1)
    assert ["Agathe Ronsard", "Laurent Pradier", "Mireille Santoni"] in found["minimal_winning_coalitions"]
    assert {"decision_veto_against", "decision_vacant_votes"} <= set(found["warnings"])


def test_influence_says_where_everybody_settles(demo):
    found = demo.ask("influence", "Groupe Aubrévoie", "--centre", "DC1", *DAY)
    ceo = row(found, "Édouard Lacaze-Morin")
    assert (ceo["stance"], ceo["low"] < ceo["equilibrium"] < ceo["high"]) == (None, True)
    assert sum(p["leverage"] for p in found["people"]) == pytest.approx(1)
    assert [p["leverage"] for p in found["people"]] == sorted(
        (p["leverage"] for p in found["people"]), reverse=True
    )


def test_brokerage_says_who_stands_between(demo):
    found = demo.ask("brokerage", "Groupe Aubrévoie", *DAY)
    hidden = row(found, "Bérengère Caillet")
    assert (hidden["in_degree"], hidden["out_degree"], hidden["betweenness"], hidden["tier"]) == (1, 7, 11, 1)
    assert 0.8 < hidden["stability"] < 1
    assert row(found, "Karim Aït-Saïd")["constraint"] is None
    strong = demo.ask("brokerage", "Groupe Aubrévoie", *DAY, "--by-strength")
    assert row(strong, "Bérengère Caillet")["constraint"] != hidden["constraint"]
    printed = demo.run("brokerage", "Groupe Aubrévoie", *DAY, "--lang", "fr").stdout
    assert "Odile Marchand" in printed


def test_a_buying_centre_says_how_far_it_goes(demo):
    found = demo.ask("buying-centre", "Groupe Aubrévoie", "--centre", "Toledo expansion", *DAY)
    figures = ("vertical_involvement", "lateral_involvement", "extensivity", "connectedness_arcs")
    assert [found[name] for name in figures] == [2, 3, 3, pytest.approx(1 / 3)]
    assert (found["connectedness_dyads"], found["centrality"]) == (pytest.approx(2 / 3), pytest.approx(1 / 3))
    form = {"density", "connectedness", "efficiency", "hierarchy", "lub"}
    assert all(form <= set(found["structure"][name]) for name in ("influence", "reporting"))
    whole = demo.ask("buying-centre", "Groupe Aubrévoie", *DAY)
    assert (whole["extensivity"], len(whole["centres"]), whole["centre"]) == (31, 6, None)


@pytest.mark.parametrize("command", ["decision", "influence", "buying-centre"])
def test_a_wrong_centre_is_refused_in_either_language(demo, command):
    for language, begins in (("en", "Nothing is called"), ("fr", "Rien ne s'appelle")):
        done = demo.run(command, "Groupe Aubrévoie", "--centre", "Mars", "--lang", language, code=2)
        assert done.stderr.startswith(begins)
    assert "Comité investissements" in demo.run(command, "Groupe Aubrévoie", *DAY).stdout


@pytest.mark.parametrize("given", ["Laurent Pradier", "Laurent Pradier=0", "Laurent Pradier=much", "=2"])
def test_what_a_step_costs_must_be_said(demo, given):
    demo.run("decision", "Groupe Aubrévoie", "--step-cost", given, code=2)
    dear = demo.ask(
        "decision", "Groupe Aubrévoie", "--centre", "DC4", *DAY, "--step-cost", "Jérôme Sabatier=4"
    )
    assert [m["person"] for m in dear["moves"]] == ["Patrick Villedieu"]
