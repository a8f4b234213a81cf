"""Words in two languages that cannot drift apart."""

import string
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.base import Finding, Severity
from graphkam.text import UNKNOWN, Words, catalogue

EN, FR = Words("en"), Words("fr")


def holes(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_both_languages_say_the_same_things_with_the_same_holes():
    english, french = catalogue("en"), catalogue("fr")
    assert set(english) == set(french)
    assert {k for k in english if holes(english[k]) != holes(french[k])} == set()


def test_numbers_days_and_money_are_the_readers():
    assert (EN.number(1234.5), FR.number(1234.5)) == ("1,234.5", "1\u202f234,5")
    assert (EN.percent(0.136, 1), FR.percent(0.136, 1)) == ("13.6%", "13,6\u00a0%")
    assert EN.money(Decimal(1234567), "EUR") == "€1,234,567"
    assert FR.money(Decimal(1234567), "EUR") == "1\u202f234\u202f567\u00a0€"
    assert (EN.day(date(2026, 11, 23)), FR.day(date(2026, 11, 23))) == ("23 Nov 2026", "23 nov. 2026")


def test_what_is_not_known_never_shows_as_zero():
    assert {EN.number(None), EN.percent(None), EN.money(None, "EUR"), EN.day(None)} == {UNKNOWN}


def test_a_difference_has_its_sign_and_none_is_not_said():
    assert [EN.signed(value) for value in (2, -1234.5, 0.004, None)] == ["+2", "\u22121,234.5", "", ""]
    assert [EN.points(value) for value in (0.021, -0.1, 0.0004, None)] == ["+2.1 pts", "\u221210 pts", "", ""]
    assert FR.signed(-0.1234, 3) == "\u22120,123"


def test_a_difference_agrees_with_the_numbers_between_which_it_is():
    assert (EN.number(2.14, 1), EN.number(5.26, 1), EN.change(2.14, 5.26, 1)) == ("2.1", "5.3", "+3.2")
    assert (EN.percent(0.4549, 1), EN.percent(0.1386, 1)) == ("45.5%", "13.9%")
    assert EN.points_from(0.4549, 0.1386) == "\u221231.6 pts"
    assert FR.points_from(0.4549, 0.1386) == "\u221231,6 pts"
    assert [EN.change(None, 1), EN.points_from(0.5, None), EN.change(2.01, 2.04, 1)] == ["", "", ""]


@given(st.floats(0, 50), st.floats(0, 50), st.integers(0, 3))
def test_a_difference_can_be_reckoned_from_what_is_written(was, now, digits):
    told = [Decimal(EN.number(value, digits)) for value in (was, now)]
    assert Decimal(EN.change(was, now, digits).replace("\u2212", "-") or 0) == told[1] - told[0]


def test_one_and_many():
    assert "1 problem." in EN.say("error.import_rejected", file="a", count=1)
    assert "0 problème." in FR.say("error.import_rejected", file="a", count=0)
    assert "2 problems." in EN.say("error.import_rejected", file="a", count=2)


def test_a_brace_in_a_name_is_only_a_brace():
    assert "{0.__class__}" in EN.say("error.not_a_day", value="{0.__class__}")


def test_a_day_in_a_finding_is_shown_as_days_are():
    told = Finding(
        code="upkeep_overdue",
        severity=Severity.WARNING,
        params={"what": "2026-13-45", "count": 2, "day": "2026-11-13"},
    )
    assert EN.finding(told) == "Overdue by 2 days (due 13 Nov 2026): 2026-13-45"
    assert "13 nov. 2026" in FR.finding(told)


def test_a_country_in_a_finding_has_its_name():
    told = Finding(
        code="portfolio_dark_country", severity=Severity.WARNING, params={"country": "DE", "count": 4}
    )
    assert EN.finding(told) == "Germany: nobody of us has a live tie there (4 positions)."
    assert FR.finding(told).startswith("Allemagne")


def test_a_month_in_a_finding_is_shown_as_months_are():
    told = Finding(
        code="profitability_late", severity=Severity.NOTICE, params={"last": "2026-02", "count": 3}
    )
    assert EN.finding(told) == "The books end with Feb 2026: 3 months have ended since."
    assert "févr. 2026" in FR.finding(told)
    assert (EN.when("2026-02-03"), EN.when("2026-02"), EN.when(None)) == ("3 Feb 2026", "Feb 2026", "?")
