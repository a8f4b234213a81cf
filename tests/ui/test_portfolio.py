"""The page of all accounts: at risk, who carries what, one departure, how it has gone; and its pictures."""

from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import pytest
import python_calamine

from graphkam.analysis.departure import departure
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.text import LANGUAGES, Words
from graphkam.ui.charts.portfolio import LINES, _ends, _step, risk_map, trend_lines
from graphkam.ui.questions import portfolio_of
from graphkam.ui.tables import portfolio as tables

from .conftest import BOW_TIE, DAY, DIAMOND, account
from .test_exports import ask

EN = Words("en")


def said(app):
    return [text.value.replace("\\", "") for text in app.markdown]


def found(stage, by="account", leaves=()):
    return stage.desk.overall(portfolio_of, (DAY,), by, leaves)


def with_accounts(stage, *more, **changed):
    """Change facts of the account Diamond, and add accounts."""
    records = [r.model_copy(update=changed) if r.id == "dia" else r for r in stage.store.records]
    stage.store.records = RecordSet([*records, *more])


def test_the_answer_in_euros_comes_first(stage):
    answer = said(stage.page())[0]
    assert answer.startswith("1 of 2 accounts loses more than 50% of what is covered if one of us leaves.")
    assert (
        "Business worth €250,000 hangs on one of us alone, of €500,000 known; all of it at Bow tie." in answer
    )


def test_the_accounts_come_the_worst_first_with_through_whom(stage):
    shown = stage.page().dataframe[0].value
    assert list(shown["account"]) == ["Bow tie", "Diamond"]
    assert list(shown["hanging"]) == [250_000, 0]
    assert list(shown["business_value"]) == [250_000, 250_000]
    assert shown["max_loss"][0] == pytest.approx(100 * 19 / 22)
    assert list(shown["through"]) == ["KAM", "PROD"]


def test_only_those_at_risk_can_be_looked_at_and_the_address_says_so(stage):
    app = stage.page()
    app.toggle(key="portfolio_only").set_value(True).run()
    assert list(app.dataframe[0].value["account"]) == ["Bow tie"]
    assert app.query_params["only"] == "risk"
    assert list(stage.page(only="risk").dataframe[0].value["account"]) == ["Bow tie"]


def test_accounts_are_chosen_by_what_tells_them_apart(stage):
    with_accounts(stage, country="FR", kind="potential", lead_id="m:dia:KAM")
    app = stage.page()
    boxes = {box.key: box.options for box in app.selectbox if (box.key or "").startswith("portfolio_")}
    assert boxes == {
        "portfolio_lead": ["All leads", "KAM", "Not said"],
        "portfolio_country": ["All countries", "France", "Not said"],
        "portfolio_kind": ["All kinds", "Potential key account", "Not said"],
    }
    app.selectbox(key="portfolio_country").select("FR").run()
    assert list(app.dataframe[0].value["account"]) == ["Diamond"]
    assert "0 of 1 accounts lose" in said(app)[0]
    assert app.query_params["country"] == "FR"
    assert list(stage.page(country="?").dataframe[0].value["account"]) == ["Bow tie"]


def test_of_several_currencies_nothing_is_added_up_or_drawn_together(stage):
    with_accounts(stage, *account("Third", BOW_TIE, prefix="third"), currency="USD")
    app = stage.page()
    assert "Business worth €500,000 hangs on one of us alone, of €500,000 + US$250,000 known;" in said(app)[0]
    shown = app.dataframe[0].value
    assert dict(zip(shown["account"], shown["currency"], strict=True))["Diamond"] == "USD"
    assert "1 account in another currency than EUR is in the table only." in [c.value for c in app.caption]


def test_an_unknown_amount_is_no_zero(stage):
    blank = [
        r.model_copy(update={"yearly_value": None}) if r.id == "bow:dc" else r for r in stage.store.records
    ]
    stage.store.records = RecordSet(blank)
    app = stage.page()
    assert "1 more amount at risk is not known." in said(app)[0]
    row = app.dataframe[0].value.iloc[0]
    assert row["account"] == "Bow tie"
    assert row["unknown_amounts"] == 1
    assert row["hanging"] != row["hanging"]
    [point, _] = risk_map(EN, found(stage).accounts, theta=0.5, currency="EUR")["data"]["values"]
    assert (point["sign"], point["y"] < 0, point["value_said"]) == ("?", True, "?")


def test_who_carries_what_is_told_over_all_accounts(stage):
    shown = stage.page(show="team").dataframe[0].value
    kam = shown.iloc[0]
    assert (kam["member"], kam["sole_of"], kam["live_ties"], kam["carries"]) == ("KAM", 6, 8, 1)
    assert kam["hanging"] == 250_000
    assert kam["loss_of_all"] == pytest.approx(100 * 19 / 44)


def test_a_departure_over_all_accounts_is_what_each_account_says_itself(stage):
    app = stage.page(show="team", leaves="m:bow:KAM")
    row = app.dataframe[0].value.iloc[0]
    own = departure(stage.desk.graph("bow", DAY), leaves=["m:bow:KAM"])
    assert row["account"] == "Bow tie"
    assert (row["go_dark"], row["go_sole"], row["lost"]) == (own.dark, own.sole, own.exposure)
    assert row["c2_before"] == pytest.approx(100 * own.before.c2)
    assert row["c1_after"] == pytest.approx(100 * own.after.c1)
    names = set(app.dataframe[1].value["name"])
    assert names == {t.name for t in own.touched if t.live_after == 0} == {"C1", "C2", "C3", "C4", "C6", "C8"}
    assert any(
        "If KAM leaves, 1 of 2 accounts is touched. 6 stakeholders are left with nobody, 2 more with one of "
        "us only. Decisions under way where nobody of us would be left in touch: €250,000." in text
        for text in said(app)
    )
    assert app.query_params["leaves"] == "m:bow:KAM"


def test_somebody_who_is_not_there_does_not_leave(stage):
    app = stage.page(show="team", leaves="nobody")
    assert app.selectbox(key="portfolio_leaves").value == ""
    assert "leaves" not in app.query_params


def test_the_trend_goes_back_as_far_as_asked(stage):
    app = stage.page(show="trend", months="24", as_of=(DAY + timedelta(days=400)).isoformat())
    shown = app.dataframe[0].value
    assert len([name for name in shown.columns if name.startswith("20")]) == 5
    assert app.query_params["months"] == "24"
    assert list(shown["account"]) == ["Bow tie", "Diamond"]


def test_the_days_of_a_trend_are_evenly_apart_and_nonsense_is_a_year():
    days = tables.days(DAY, "12")
    assert (days[-1], (days[-1] - days[0]).days, len(days)) == (DAY, 365, 5)
    assert {(b - a).days for a, b in pairwise(days)} <= {91, 92}
    assert tables.days(DAY, "many") == days


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("show", ["risk", "team", "trend"])
def test_every_part_opens_also_where_nothing_is_known(stage, show, language):
    stage.store.records = RecordSet([*stage.store.records, Account(id="new", name="Nothing known")])
    app = stage.page(show=show, lang=language)
    assert not app.exception
    assert not app.error
    assert app.query_params["show"] == show
    assert "Nothing known" in set(app.dataframe[0].value.get("account", ["Nothing known"]))


def test_an_account_that_nobody_reaches_is_drawn_aside_with_a_sign(stage):
    stage.store.records = RecordSet([*stage.store.records, Account(id="new", name="Nothing known")])
    points = {
        p["id"]: p for p in risk_map(EN, found(stage).accounts, theta=0.5, currency="EUR")["data"]["values"]
    }
    assert (points["new"]["x"] < 0, points["new"]["sign"], points["new"]["is_dashed"]) == (True, "?", True)
    assert (points["bow"]["x"], points["bow"]["y"]) == (pytest.approx(19 / 22), 250_000)
    assert points["bow"]["stroke"] != points["dia"]["stroke"]


def test_names_that_would_lie_upon_each_other_are_not_all_written(stage):
    twins = [r for i in range(20) for r in account(f"Twin {i}", BOW_TIE, prefix=f"twin{i}")]
    stage.store.records = RecordSet(twins)
    points = risk_map(EN, found(stage).accounts, theta=0.5, currency="EUR")["data"]["values"]
    assert len(points) == 20
    assert len([p for p in points if p["name"]]) == 1


def test_the_axis_has_round_steps():
    assert [_step(x) for x in (6_735_000, 250, 0.3, 5, 90)] == [10_000_000, 250, 0.5, 5, 100]


def test_of_many_accounts_those_that_fell_most_are_drawn_and_named_apart(stage):
    many = [r for i in range(12) for r in account(f"Client {i}", DIAMOND, prefix=f"c{i}")]
    stage.store.records = RecordSet(many)
    past = stage.desk.overall(portfolio_of, tables.days(DAY + timedelta(days=90), "6"), "account")
    spec = trend_lines(EN, past.trend)
    assert len({p["id"] for p in spec["data"]["values"]}) == LINES
    heights = sorted(end["height"] for end in _ends(EN, {row.account_id: row for row in past.trend[:LINES]}))
    assert min(b - a for a, b in pairwise(heights)) >= 0.06


def test_the_workbook_says_what_the_page_says_and_is_of_no_one_account(stage):
    link = next(x.proto.url for x in stage.page(show="team", leaves="m:bow:KAM").get("link_button"))
    answer = ask(link)
    assert answer.status_code == 200
    assert "Bow" not in answer.headers["content-disposition"]
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.body))
    assert book.sheet_names == [
        "Accounts",
        "Who carries what",
        "Account by account",
        "Who is left with nobody",
        "Trend",
    ]
    sheet = book.get_sheet_by_name("Accounts").to_python()
    assert [row[0] for row in sheet[-2:]] == ["Bow tie", "Diamond"]


def test_the_workbook_has_the_accounts_chosen(stage):
    link = next(x.proto.url for x in stage.page(only="risk").get("link_button"))
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(ask(link).body))
    assert len(book.get_sheet_by_name("Accounts").to_python()) == 4
