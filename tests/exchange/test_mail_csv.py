"""A CSV log: three columns in any order, each faulty line told with its number and left out."""

from datetime import UTC, datetime

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.mail_csv import read_csv
from graphkam.exchange.mail_message import read_time
from graphkam.exchange.mail_tally import Tally


def read(text):
    tally = Tally("log.csv")
    messages = list(read_csv(enumerate(text.splitlines(), 1), tally))
    return messages, [(p.code, p.cell) for p in tally.problems()]


def refused(text):
    with pytest.raises(ImportRejected) as caught:
        read(text)
    return caught.value.problems


@pytest.mark.parametrize(
    "text",
    [
        "at,sender,recipient\n2001-06-30T10:00:00,a@b.fr,c@d.fr",
        "AT;Sender; Recipient \n2001-06-30T10:00:00;a@b.fr;c@d.fr",
        "at\tsender\trecipient\n2001-06-30T10:00:00\ta@b.fr\tc@d.fr",
        '"recipient"|"at"|"sender"\n"c@d.fr"|"2001-06-30T10:00:00"|"a@b.fr"\n\n',
    ],
)
def test_delimiters_and_order_of_columns(text):
    [message], faults = read(text)
    assert message.at == datetime(2001, 6, 30, 10, tzinfo=UTC)
    assert (message.senders, message.recipients) == (("a@b.fr",), ("c@d.fr",))
    assert faults == []


def test_several_recipients():
    [message], _ = read("at,sender,recipient\n2001-06-30,a@b.fr,c@d.fr; e@f.fr")
    assert [r.strip() for r in message.recipients] == ["c@d.fr", "e@f.fr"]


def test_other_columns_are_not_read():
    messages, faults = read("at,sender,recipient,subject\n2001-06-30,a@b.fr,c@d.fr,Secret")
    assert "Secret" not in repr(messages)
    assert faults == [("mail_columns_not_read", "L1")]


def test_a_missing_column_is_told_with_the_nearest():
    problems = refused("at,sendr,recipient\n2001-06-30,a@b.fr,c@d.fr")
    assert [(p.code, p.value, p.nearest) for p in problems] == [("mail_no_column", "sender", ("sendr",))]
    assert problems[0].allowed == ("at", "sender", "recipient")


def test_no_heading_at_all_lacks_all_three():
    assert [p.value for p in refused("2001-06-30,a@b.fr,c@d.fr")] == ["at", "sender", "recipient"]


def test_a_column_twice_is_refused():
    assert [p.code for p in refused("at,sender,sender,recipient\n")] == ["mail_column_twice"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("not a day,a@b.fr,c@d.fr", "mail_no_time"),
        (",a@b.fr,c@d.fr", "mail_no_time"),
        ("2001-06-30,a@b.fr", "mail_ragged"),
        ("2001-06-30,a@b.fr,c@d.fr,e@f.fr", "mail_ragged"),
        ('2001-06-30,"a@b.fr,c@d.fr', "mail_quotes"),
        ('2001-06-30,"Roy, Anne" <a@b.fr>,c@d.fr', "mail_quotes"),
        ("2001-06-30,a@b.fr,c\0@d.fr", "mail_nul"),
    ],
)
def test_a_faulty_line_is_left_out_and_the_next_one_read(line, code):
    messages, faults = read(f"at,sender,recipient\n{line}\n2001-06-30,a@b.fr,c@d.fr")
    assert [message.line for message in messages] == [3]
    assert faults == [(code, "L2")]


@pytest.mark.parametrize(
    ("text", "time", "is_zoned"),
    [
        ("2001-06-30T23:30:00", "2001-06-30T23:30:00", False),
        ("2001-06-30 23:30", "2001-06-30T23:30:00", False),
        ("2001-06-30", "2001-06-30T00:00:00", False),
        ("2001-06-30T23:30:00Z", "2001-06-30T23:30:00", True),
        ("2001-06-30T23:30:00-05:00", "2001-07-01T04:30:00", True),
        ("2001-06-30T01:30:00.250+02:00", "2001-06-29T23:30:00.250000", True),
        ("Sat, 30 Jun 2001 23:30:00 -0500", "2001-07-01T04:30:00", True),
        ("30 Jun 2001 23:30:00 GMT", "2001-06-30T23:30:00", True),
    ],
)
def test_a_time_is_read_in_utc(text, time, is_zoned):
    assert read_time(text) == (datetime.fromisoformat(time).replace(tzinfo=UTC), is_zoned)


@pytest.mark.parametrize(
    "text",
    [
        "", "30/06/2001", "03/04/2001 10:00", "yesterday", "2001-02-30", "1970-01-01T00:00:00", "0001-01-01",
        "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "Sat, 99 Jun 2001 23:30:00 -0500",
        "Sat, 30 Jun 2001 23:30:00 -99999999999", "978307200", "2001-06-30T25:00",
        "\u0662\u0660\u0660\u0661-06-30",
        "9" * 5000, "1 Jun 2001 " + "9" * 50,
    ],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(text):
    assert read_time(text) is None
