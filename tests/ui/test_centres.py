"""The page of the decision centres."""

import pytest

from graphkam.model.people import Assessment
from graphkam.model.records import RecordSet
from graphkam.model.ties import InfluenceTie
from graphkam.ui.desk import take_desk
from graphkam.ui.state import page_file

from .conftest import DAY, DIAMOND, Stage, account
from .test_pages import metrics, speak


def said(person, stance):
    return Assessment(
        id=f"say:{person}",
        account_id="dia",
        person_id=f"dia:{person}",
        attribute="stance",
        value=stance,
        date=DAY,
    )


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """Three deciders with a vote each: an opponent, a friend, and one of whom nobody knows."""
    made = account("Diamond", DIAMOND, prefix="dia")
    made += [said("C1", "-2"), said("C2", "1")]
    made.append(
        InfluenceTie(id="i", account_id="dia", from_id="dia:C8", to_id="dia:C1", kind="advice", weight=5)
    )
    yield Stage(tmp_path, RecordSet(made), monkeypatch)
    take_desk(None)


def answer(app):
    said = (m.value.replace("\\", "") for m in app.markdown)
    return next(text for text in said if text.startswith(("Packaging", "1 decision")))


def test_all_centres_are_shown_first(stage):
    app = stage.page("centres", account="dia")
    assert answer(app) == "1 decision centre: 1 open."
    [shown] = app.dataframe
    assert shown.value.iloc[0][["centre", "outcome", "votes_for", "votes_unknown"]].tolist() == [
        "Packaging", "? open", "1 / 2", 1
    ]  # fmt: skip
    assert "centre" not in app.query_params


def test_a_link_opens_one_of_them_and_the_answer_comes_first(stage):
    app = stage.page("centres", account="dia", centre="dia:dc")
    assert answer(app).startswith("Packaging: neither won nor lost, 1 of the 2 votes needed are for us")
    assert metrics(app)["Votes for us / needed"] == "1 / 2"
    assert metrics(app)["Steps to win"] == "0–3"
    assert app.query_params["centre"] == "dia:dc"


def test_everybody_who_sits_there_is_shown_with_power_and_stance(stage):
    shown = stage.page("centres", account="dia", centre="dia:dc").dataframe[0].value
    assert shown[["person", "stance", "votes"]].to_numpy().tolist() == [
        ["C1", "−2 Opponent", "1"], ["C2", "+1 Favourable", "1"], ["C3", "?", "1"]
    ]  # fmt: skip
    assert shown["power_today"].tolist() == pytest.approx([100 / 3] * 3)


def test_what_it_would_take_names_whom_to_move_and_whom_to_convince(stage):
    app = stage.page("centres", account="dia", centre="dia:dc", show="win")
    moves, coalitions, convince = (d.value for d in app.dataframe)
    assert moves[["person", "to", "steps"]].to_numpy().tolist() == [["C1", "+1 Favourable", 3]]
    assert coalitions["who"].tolist() == ["C1, C2", "C2, C3", "C1, C3"], "those nearest to us first"
    assert "C8" in convince["person"].tolist(), "who sits nowhere and influences is worth convincing"
    assert app.query_params["show"] == "win"


@pytest.mark.parametrize("show", ["people", "win"])
def test_the_card_of_who_sits_there_stands_beside_them(stage, show):
    app = stage.page("centres", account="dia", centre="dia:dc", show=show, who="dia:seat:C1")
    assert "C1" in [heading.value for heading in app.subheader]
    assert app.query_params["who"] == "dia:seat:C1"
    app.button(key="close card").click().run()
    assert "who" not in app.query_params


def test_a_centre_of_another_account_is_not_shown(stage):
    app = stage.page("centres", account="dia", centre="elsewhere")
    assert not app.exception
    assert answer(app).startswith("1 decision centre")


def test_the_choice_is_in_the_address_and_the_language_leaves_it_be(stage):
    app = stage.page("centres", account="dia")
    app.selectbox(key="centre").select("dia:dc").run()
    speak(app, "fr")
    assert app.query_params == {
        "account": "dia",
        "as_of": "2026-11-23",
        "lang": "fr",
        "centre": "dia:dc",
        "show": "people",
    }
    assert "Voix pour nous / nécessaires" in metrics(app)


def test_without_centres_that_is_said(tmp_path, monkeypatch):
    from graphkam.model.organisation import DecisionCentre, Seat

    made = [r for r in account("Bare", DIAMOND, prefix="dia") if not isinstance(r, (DecisionCentre, Seat))]
    bare = Stage(tmp_path, RecordSet(made), monkeypatch)
    app = bare.page("centres", account="dia")
    take_desk(None)
    assert not app.dataframe
    assert "No decision centre" in app.markdown[0].value


def test_who_presents_without_stances_shows_none_here_either(stage):
    app = stage.page("map", account="dia")
    app.toggle(key="hide_stance").set_value(True).run()
    app.switch_page(str(page_file("centres"))).run()
    assert not app.dataframe
    assert app.info
    app.button[0].click().run()
    assert app.dataframe
