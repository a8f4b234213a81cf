"""Days as people write them: one reading is read, two are refused."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.exchange.days import day_first, read_day, read_month, read_partial
from graphkam.exchange.problems import CellFault

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def refused(read, *args, **options):
    with pytest.raises(CellFault) as caught:
        read(*args, **options)
    return caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026/11/23",
        "2026-11-23T08:00:00",
        "23/11/2026",
        "23.11.2026",
        "23-11-2026",
        "11/23/2026",
        "23 novembre 2026",
        "23 nov. 2026",
        "23 Nov 2026",
        "November 23, 2026",
        "Nov 23rd, 2026",
    ],
)
def test_one_reading(text):
    assert read_day(text, is_day_first=None) == date(2026, 11, 23)


def test_two_readings_are_refused_unless_the_order_is_told():
    assert refused(read_day, "03/04/2026", is_day_first=None) == "ambiguous_day"
    assert read_day("03/04/2026", is_day_first=True) == date(2026, 4, 3)
    assert read_day("03/04/2026", is_day_first=False) == date(2026, 3, 4)
    assert read_day("04/04/2026", is_day_first=None) == date(2026, 4, 4)


def test_the_rest_of_the_column_tells_the_order():
    assert day_first(["03/04/2026", "23/04/2026"]) is True
    assert day_first(["03/04/2026", "04/23/2026"]) is False
    assert day_first(["03/04/2026", "2026-04-23"]) is None
    assert day_first(["23/04/2026", "04/23/2026"]) is None


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "tomorrow", "46349", "12:30", "0 mai 2026"])
def test_what_is_no_day(text):
    assert refused(read_day, text, is_day_first=True) == "not_a_day"


def test_a_year_of_two_digits_or_of_another_age():
    assert refused(read_day, "03/04/26", is_day_first=True) == "year_of_two_digits"
    assert refused(read_day, "0026-04-03", is_day_first=True) == "year_out_of_range"


@pytest.mark.parametrize("text", ["2026-11", "11/2026", "novembre 2026", "Nov 2026", "nov. 2026"])
def test_months(text):
    assert read_month(text) == "2026-11"
    assert read_partial(text, is_day_first=None) == "2026-11"


def test_a_year_alone_is_no_month():
    assert refused(read_partial, "2026", is_day_first=None) == "not_a_day"
    assert refused(read_month, "2026-00") == "not_a_day"


@given(DAYS)
def test_what_we_write_is_read_back(day):
    assert read_day(day.isoformat(), is_day_first=None) == day
    assert read_day(day.strftime("%d/%m/%Y"), is_day_first=True) == day
    assert read_partial(day.isoformat()[:7], is_day_first=None) == day.isoformat()[:7]


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_fault(text):
    with suppress(CellFault):
        assert isinstance(read_day(text, is_day_first=None), date)
