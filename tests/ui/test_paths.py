"""The page of introductions."""

import pytest

from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import InfluenceTie
from graphkam.text import LANGUAGES
from graphkam.ui.desk import take_desk

from .conftest import DIAMOND, Stage, account


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """The diamond, with a chairman whom only C1 can ask."""
    made = [
        *account("Diamond", DIAMOND, prefix="dia"),
        Person(id="dia:C9", account_id="dia", last_name="C9"),
        Position(id="dia:seat:C9", account_id="dia", title="Chairman", weight=5),
        Holding(id="dia:holds:C9", account_id="dia", person_id="dia:C9", position_id="dia:seat:C9"),
        Person(id="dia:gone", account_id="dia", last_name="Gone"),
        InfluenceTie(id="i", account_id="dia", from_id="dia:C1", to_id="dia:C9", kind="advice", weight=4),
    ]
    yield Stage(tmp_path, RecordSet(made), monkeypatch)
    take_desk(None)


def said(app):
    return app.markdown[0].value.replace("\\", "")


def test_at_first_the_warmest_way_to_everybody_whom_nobody_covers(stage):
    app = stage.page("paths", account="dia")
    assert said(app) == "To 1 of those whom nobody covers a way leads; to 0 none."
    row = app.dataframe[0].value.iloc[0]
    assert row["person"] == "C9"
    assert row["way"].endswith("C1 \u2192 C9")
    assert row["works"] == pytest.approx(80)


def test_a_link_leads_to_one_target_and_every_step_says_who_asks_whom(stage):
    app = stage.page("paths", account="dia", target="dia:C9", start="m:dia:KAM")
    assert said(app).startswith("The warmest way to C9: KAM asks C1")
    steps = app.dataframe[0].value
    assert steps["asks"].tolist()[:2] == ["KAM asks C1", "C1 asks C9"]
    assert "Advice, 4 of 5" in steps["how_known"][1]
    assert (app.query_params["target"], app.query_params["start"]) == ("dia:C9", "m:dia:KAM")


def test_people_of_another_account_are_not_asked_for(stage):
    app = stage.page("paths", account="dia", target="bow:C1", start="m:bow:KAM")
    assert not app.exception
    assert said(app).startswith("To 1 of those")


def test_who_holds_no_position_is_not_asked_for(stage):
    app = stage.page("paths", account="dia", target="dia:gone")
    assert not app.error
    assert app.selectbox(key="paths_target").value == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_whom_we_know_is_told_so(stage, language):
    app = stage.page("paths", account="dia", target="dia:C1", lang=language)
    assert not app.exception
    assert not app.error
