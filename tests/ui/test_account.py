"""The page of an account, and that of what has changed."""

from datetime import date, timedelta

import pytest

from graphkam.model.business import Action
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet
from graphkam.text import LANGUAGES
from graphkam.ui.desk import take_desk
from graphkam.ui.since import earlier
from graphkam.ui.state import View, page_file

from .conftest import BOW_TIE, DAY, Stage, account
from .test_pages import metrics

BEFORE = (DAY - timedelta(days=30)).isoformat()


@pytest.fixture
def lively(tmp_path, monkeypatch):
    """The bow tie with an overdue action, somebody who arrived this month, and a stance newly known."""
    made = account("Bow tie", BOW_TIE, prefix="bow")
    made = [r for r in made if r.id not in {"bow:C8", "bow:holds:C8"}]
    made += [
        Person(id="bow:C8", account_id="bow", last_name="C8"),
        Holding(
            id="bow:holds:C8", account_id="bow", person_id="bow:C8", position_id="bow:seat:C8",
            since=DAY.isoformat(),
        ),
        Action(
            id="a", account_id="bow", text="Call **C1**", owner_id="m:bow:SAV", about_id="bow:seat:C1",
            due=DAY - timedelta(days=10), state="open",
        ),
        Assessment(id="s", account_id="bow", person_id="bow:C2", attribute="stance", value="-2", date=DAY),
    ]  # fmt: skip
    yield Stage(tmp_path, RecordSet(made), monkeypatch)
    take_desk(None)


def said(app):
    return app.markdown[0].value.replace("\\", "")


def test_the_answer_says_how_well_it_is_covered_and_what_one_departure_costs(stage):
    app = stage.page("account", account="bow")
    assert said(app) == (
        "Two of us or more cover 14% of the weight, one or more 100%."
        " If KAM leaves, 86% of what is covered goes dark."
    )


def test_this_week_comes_first_with_who_should_act(lively):
    app = lively.page("account", account="bow")
    row = app.dataframe[0].value.iloc[0]
    assert row["act"] == "SAV"
    assert "Call **C1**" in row["todo"]
    assert row["due"] == DAY - timedelta(days=10)


def test_what_waits_beyond_the_week_can_be_shown_too(stage):
    day = DAY - timedelta(days=1)
    stage.store.records = RecordSet([
        *stage.store.records,
        *(
            Action(id=f"a{n}", account_id="bow", text="Call", owner_id="m:bow:SAV", due=day, state="open")
            for n in range(20)
        ),
    ])  # fmt: skip
    app = stage.page("account", account="bow")
    shown, switch = len(app.dataframe[0].value), app.toggle(key="all that waits")
    waiting = int(switch.label.split()[0])
    assert switch.label == f"{waiting} more things to do wait: show them too"
    switch.set_value(True).run()
    assert len(app.dataframe[0].value) == shown + waiting >= 20


def test_what_was_noticed_is_told_in_sentences(stage):
    told = " ".join(m.value for m in stage.page("account", account="bow", show="findings").markdown)
    assert "hangs on KAM alone" in told
    assert ":material/error:" in told


def test_what_to_ask_is_asked_of_somebody(stage):
    shown = stage.page("account", account="dia", show="ask").dataframe[0].value
    assert set(shown["narrows"]) <= {"Stance, Packaging", "Covered by two or more", "Covered by one or more"}
    assert all(shown["ask"])


def test_c1_and_c2_open_to_their_terms(stage):
    terms = stage.page("account", account="bow", show="terms").dataframe[0].value
    weight = terms["weight"].sum()
    assert terms["weight"][terms["in_c2"]].sum() / weight == pytest.approx(3 / 22)
    assert terms["in_c1"].all()


def test_what_changed_stands_beside_the_figures_of_both_days(lively):
    app = lively.page("account", account="bow", show="since", since=BEFORE)
    figures = app.dataframe[0].value.set_index("figure")
    assert figures.loc["People at the client", ["was", "is", "change"]].tolist() == ["7", "8", "+1"]
    assert any("the stance is known now" in m.value for m in app.markdown)
    assert app.query_params["since"] == BEFORE


def test_the_page_of_changes_answers_in_a_sentence(lively):
    app = lively.page("changes", account="bow", since=BEFORE)
    assert said(app).startswith("Since 24 Oct 2026: C2 ")
    shown = app.dataframe[1].value
    assert "Stances (−2 to 2)" in set(shown["area"])


def test_without_a_day_a_year_is_looked_back(lively):
    app = lively.page("changes", account="bow")
    assert app.date_input(key="since").value == DAY - timedelta(days=365)


def test_the_slider_and_the_field_are_one(lively):
    app = lively.page("changes", account="bow")
    app.slider(key="since_slider").set_value(date(2026, 10, 1)).run()
    assert app.date_input(key="since").value == date(2026, 10, 1)
    assert app.query_params["since"] == "2026-10-01"


def test_the_earlier_day_is_always_the_earlier(lively):
    app = lively.page("changes", account="bow", since=BEFORE)
    app.date_input(key="as_of").set_value(date(2026, 1, 1)).run()
    assert not app.exception
    assert not app.error
    assert app.date_input(key="since").value < date(2026, 1, 1)


@pytest.mark.parametrize("wanted", ["", "yesterday", "2026-11-23", "2099-01-01", "0001-01-01"])
def test_a_day_that_makes_no_sense_is_that_of_the_settings(lively, wanted):
    account_ = lively.desk.accounts()[0]
    view = View(lively.desk, None, DAY, account_)
    assert earlier(view, wanted) == DAY - timedelta(days=365)


def test_hidden_stances_are_not_among_the_changes(lively):
    app = lively.page("map", account="bow")
    app.toggle(key="hide_stance").set_value(True).run()
    app.switch_page(str(page_file("changes")))
    app.query_params["since"] = BEFORE
    app.run()
    told = " ".join((*(m.value for m in app.markdown), *(d.value.to_csv() for d in app.dataframe)))
    assert "C8 has arrived" in told
    assert "stance" not in told.casefold()


@pytest.mark.parametrize("show", ["changed", "moved_c2", "moved_c1"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_changes_opens(lively, show, language):
    app = lively.page("changes", account="bow", since=BEFORE, show=show, lang=language)
    assert not app.exception
    assert not app.error


def test_what_could_be_is_told_under_a_figure(stage):
    shown = stage.page("account", account="bow")
    assert metrics(shown)["Records filled in"].endswith("%")
