"""Level and last contact by the days of a mail log."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.contact_level import last_contact_on, level_on

DAY = date(2001, 6, 30)


def days(*texts):
    return tuple(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    ("out", "back", "level"),
    [
        ((), (), 0),
        (days("2001-06-30"), (), 1),
        ((), days("2001-06-30"), 1),
        (days("2001-06-01"), days("2001-06-30"), 2),
        (days("2001-04-01", "2001-05-01"), days("2001-06-30"), 2),
        (days("2001-03-31", "2001-04-01", "2001-05-01"), days("2001-06-30"), 3),
        (days("2001-03-31", "2001-04-01", "2001-05-01", "2001-06-30"), (), 1),
        (days("2000-06-30"), (), 0),
        (days("2000-07-01"), (), 1),
        (days("2000-06-30", "2001-06-30"), days("2000-06-30"), 1),
        (days("2001-07-01"), days("2001-07-01"), 0),
        (days("2000-07-01", "2000-12-01", "2001-01-01"), days("2001-06-30"), 3),
    ],
)
def test_level(out, back, level):
    assert level_on(out, back, DAY) == level


def test_last_contact_is_the_newest_up_to_the_day():
    assert last_contact_on(days("1999-01-01", "2001-07-01"), days("1998-01-01"), DAY) == date(1999, 1, 1)
    assert last_contact_on(days("2001-06-30"), (), DAY) == DAY
    assert last_contact_on(days("2001-07-01"), (), DAY) is None
    assert last_contact_on((), (), DAY) is None


some_days = st.lists(st.dates(date(1999, 1, 1), date(2003, 1, 1)), unique=True).map(sorted)


@given(some_days, some_days)
def test_level_as_the_rule_is_written(out, back):
    sent = [d for d in out if DAY - timedelta(days=365) < d <= DAY]
    received = [d for d in back if DAY - timedelta(days=365) < d <= DAY]
    months = {d.strftime("%Y-%m") for d in sent + received}
    level = 0
    if sent or received:
        level = 1
    if sent and received:
        level = 3 if len(months) >= 4 else 2
    assert level_on(out, back, DAY) == level
