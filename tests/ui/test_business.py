"""The page of the business with a client: clocks, pursuits, the books, what was heard."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from graphkam.exchange.book import read_book
from graphkam.model.business import Contract
from graphkam.model.records import RecordSet
from graphkam.text import LANGUAGES
from graphkam.ui.tables.business import clock, net_sales

from .conftest import DAY

DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"


@pytest.fixture(scope="module")
def demo():
    return read_book(DEMO, known=RecordSet(), today=DAY).records


@pytest.fixture
def played(stage, demo):
    stage.store.records = demo
    return stage


def said(app):
    return app.markdown[0].value.replace("\\", "")


def test_what_falls_due_next_and_what_is_earned_come_first(played):
    answer = said(played.page("business", account="AUB"))
    assert answer.startswith("Next: notice for Contrat-cadre fluides 2024-2027 by 31 Dec 2026, 38 days left.")
    assert "1 incident is open." in answer
    assert "Net sales of the last twelve months" in answer


def test_contracts_have_their_clocks_the_next_first(played):
    shown = played.page("business", account="AUB").dataframe[0].value
    assert shown["contract"][0] == "Contrat-cadre fluides 2024-2027"
    assert (shown["falls_due"][0], shown["days_left"][0]) == ("Notice", 38)
    left = list(shown["days_left"].dropna())
    assert left == sorted(left)


@pytest.mark.parametrize(
    ("notice", "end", "kind", "left"),
    [(10, 50, "notice", 10), (0, 50, "notice", 0), (-1, 50, "end", 50), (None, -1, "ended", -1),
     (-9, None, "", None), (None, None, "", None)],
)  # fmt: skip
def test_past_the_notice_the_end_counts(notice, end, kind, left):
    def day(n):
        return None if n is None else DAY + timedelta(days=n)

    found = clock(Contract(id="k", account_id="a", name="K", notice=day(notice), end=day(end)), DAY)
    assert (found.kind, found.left) == (kind, left)


def test_what_was_not_yet_heard_on_the_day_is_not_shown(played):
    def incidents(day):
        page = played.page("business", account="AUB", show="heard", as_of=day.isoformat())
        return [] if not page.dataframe else list(page.dataframe[0].value.get("incident", []))

    assert "Fuite de garniture, pompe P-204" in incidents(DAY)
    assert "Fuite de garniture, pompe P-204" not in incidents(date(2026, 9, 27))


def test_a_sum_with_something_unknown_is_unknown(played):
    from graphkam.ui.questions import profitability_of

    year = played.desk.answer(profitability_of, "AUB", DAY).last_year
    assert net_sales(year) == year.revenue + year.rebates
    assert net_sales(year.model_copy(update={"rebates": None})) is None


def test_a_pursuit_leads_to_its_decision_centre(played):
    app = played.page("business", account="AUB", show="pursuits")
    app.button(key="centre DC4").click().run()
    assert not app.exception
    assert app.query_params["centre"] == "DC4"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("show", ["contracts", "pursuits", "books", "heard"])
def test_every_part_opens_and_says_so_where_nothing_is_recorded(stage, show, language):
    app = stage.page("business", account="bow", show=show, lang=language)
    assert not app.exception
    assert not app.error
    assert not app.dataframe
    assert app.query_params["show"] == show
