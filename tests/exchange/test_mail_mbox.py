"""An mbox: four headers of each message, and what betrays a list or a robot; never subject or text."""

import pytest

from graphkam.exchange.mail_mbox import is_beginning, read_mbox
from graphkam.exchange.mail_tally import Tally

HEAD = """From: Anne Roy <anne@client.fr>
To: claire@ours.example
Date: Sat, 30 Jun 2001 10:00:00 +0200"""
BETWEEN = "From anne@client.fr Sat Jun 30 10:00:00 2001"


def read(*messages):
    tally = Tally("log.mbox")
    text = "\n\n".join(f"{BETWEEN}\n{message}" for message in messages)
    found = list(read_mbox(iter(enumerate(text.split("\n"), 1)), tally))
    return found, [(p.code, p.cell) for p in tally.problems()], tally.dropped


def test_one_message():
    [message], faults, _ = read(f"{HEAD}\n\nDear Claire,\n")
    assert message.at.isoformat() == "2001-06-30T08:00:00+00:00"
    assert message.senders == ("Anne Roy <anne@client.fr>",)
    assert message.recipients == ("claire@ours.example",)
    assert faults == []


def test_no_subject_and_no_text_comes_through():
    canary = "canary@client.fr"
    body = f"Subject: Canary-1\n Canary-2 <{canary}>\nX-Note: Canary-3\n\nCanary-4\nTo: {canary}\n"
    body += f"From {canary}, with love\n\nFrom: {canary}\nList-Id: canary"
    messages, faults, dropped = read(f"{HEAD}\n{body}", f"{HEAD}\n\nCanary-5")
    assert len(messages) == 2
    assert "canary" not in repr((messages, faults, dropped)).lower()


def test_folded_headers_groups_and_copies():
    [message], _, _ = read(
        f'{HEAD}\nTO: "Doe; J."\n <j@ours.example>,\n\tk@ours.example\n'
        "Cc: undisclosed-recipients:;\nBcc: x@y.fr"
    )
    assert message.recipients == ("claire@ours.example", '"Doe; J." <j@ours.example>', "k@ours.example")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("=?utf-8?Q?H=C3=A9l=C3=A8ne?= Roy <h@client.fr>", "Hélène Roy <h@client.fr>"),
        ('"=?iso-8859-1?B?SOls6G5l?=" <h@client.fr>', "Hélène<h@client.fr>"),
        ("=?utf-8?Q?evil=40x=2Efr=3E?= <h@client.fr>", "evil@x.fr<h@client.fr>"),
        ("=?no-such-charset?Q?abc?= <h@client.fr>", "=?no-such-charset?Q?abc?= <h@client.fr>"),
        ("=?utf-8?B?!!!?= <h@client.fr>", "<h@client.fr>"),
    ],
)
def test_names_are_decoded_and_cannot_hide_an_address(written, name):
    [message], _, _ = read(f"From: {written}\nTo: c@ours.example\nDate: 30 Jun 2001 10:00:00 +0000")
    assert message.senders[0].replace(" <", "<") == name.replace(" <", "<")


@pytest.mark.parametrize(
    "header",
    [
        "List-Id: <news.client.fr>", "LIST-UNSUBSCRIBE: <mailto:x@y.fr>", "Precedence: bulk",
        "precedence: List", "Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated; owner=x",
    ],
)  # fmt: skip
def test_lists_and_robots_are_left_out(header):
    messages, faults, dropped = read(f"{HEAD}\n{header}\n\n")
    assert (messages, faults, dropped) == ([], [], {"robot": 1})


@pytest.mark.parametrize("header", ["Auto-Submitted: no", "Precedence: first-class", "Listen: closely"])
def test_people_are_not(header):
    assert len(read(f"{HEAD}\n{header}\n\n")[0]) == 1


def test_damaged_headers_are_told_and_the_rest_is_read():
    broken = f"no colon here\n{HEAD}\n: no name\n\ntext"
    messages, faults, _ = read(broken, "To: claire@ours.example", HEAD)
    assert [message.line for message in messages] == [1, 13]
    assert faults == [("mail_broken_header", "L1"), ("mail_no_time", "L10")]


def test_headers_without_end_are_cut():
    messages, faults, _ = read(f"{HEAD}\nCc: x@y.fr\n" + " , x@y.fr\n" * 200_000)
    assert len(messages) == 1
    assert faults == [("mail_broken_header", "L1")]


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        (BETWEEN, True),
        ("From MAILER-DAEMON Thu Jan  1 00:00:00 1970", True),
        ("From here on, at 10:00, we meet", False),
        ("From: anne@client.fr", False),
        (">From anne@client.fr Sat Jun 30 10:00:00 2001", False),
        ("From x " + "00:00" * 200_000, False),
    ],
)
def test_what_begins_a_message(line, is_one):
    assert is_beginning(line) is is_one
