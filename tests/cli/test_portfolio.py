"""What ``portfolio`` shows on a terminal, and which options go together."""

from datetime import date

import pytest

from graphkam.cli.questions.portfolio import _days, portfolio, show_portfolio
from graphkam.cli.session import Session
from graphkam.errors import InputError
from graphkam.exchange.snapshot import save_snapshot
from graphkam.graph.columns import columns
from graphkam.review import portfolio as answers
from graphkam.settings import Settings
from tests.analysis.accounts import BOW_TIE, DAY, centre, graph, member


@pytest.fixture
def session(tmp_path):
    def begin(language="en", *, is_json=False):
        return Session(Settings(home=tmp_path, language=language), DAY, is_json=is_json)

    return begin


@pytest.fixture
def acme():
    extra = [*centre("D", ["C1"], value=700), *centre("E", ["C2"]), member("KAM", capacity=5)]
    return columns([graph(BOW_TIE, extra=extra)], DAY)


def lines(capsys):
    return [[cell.strip() for cell in line.split("│")] for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("by", "row"),
    [
        (
            "account",
            ["Acme", "3", "13.6%", "100.0%", "86.4%", "KAM", "€700 and 1 unknown amount"],
        ),
        ("member", ["KAM", "1", "1", "8 / 5", "? / ?", "86.4%", "€700"]),
        ("country", ["?", "1", "8", "3", "13.6%", "100.0%", "86.4%", "KAM"]),
    ],
)
def test_the_list_that_was_asked_for(session, acme, capsys, by, row):
    show_portfolio(session(), answers.portfolio([acme], by=by))
    found = lines(capsys)
    assert row in found
    assert ["Accounts", "1"] in found


def test_a_departure_and_the_trend(session, acme, capsys):
    days = [columns([], DAY.replace(year=2025)), acme]
    show_portfolio(session(), answers.portfolio(days, leaves=["KAM"]), ["KAM"])
    found = lines(capsys)
    assert ["Acme", "13.6%", "0.0%", "86.4%", "6", "€700 and 1 unknown amount"] in found
    assert ["Acme", "? → 13.6%", "? → 86.4%"] in found
    assert ["How it has gone: 23 Nov 2025 → 23 Nov 2026"] in found


def test_before_there_is_an_account_it_says_how_to_begin(session, capsys):
    show_portfolio(session(), answers.portfolio([columns([], DAY)]))
    assert "graphkam template" in capsys.readouterr().out


def test_it_reads_what_was_saved_and_needs_no_database(session, acme, tmp_path, capsys):
    save_snapshot(tmp_path / "now", acme)
    save_snapshot(tmp_path / "then", columns([graph(BOW_TIE)], DAY.replace(year=2025)))
    portfolio(session(), source=[tmp_path / "now", tmp_path / "then"], leaves=["kam"])
    found = lines(capsys)
    assert ["Acme", "13.6% → 13.6%", "86.4% → 86.4%"] in found
    assert ["If they leave: KAM"] in found
    assert not (tmp_path / "store").exists()


def test_options_that_do_not_go_together_are_told(session, tmp_path):
    for options in (
        {"by": "team"},
        {"source": [tmp_path], "since": "2026-01-01"},
        {"source": [tmp_path], "save": tmp_path},
    ):
        with pytest.raises(InputError):
            portfolio(session(), **options)


def test_the_days_of_a_trend_are_evenly_apart_and_end_on_the_day():
    assert _days(DAY, None, 5) == [DAY]
    assert _days(DAY, "2026-11-13", 3) == [date(2026, 11, 13), date(2026, 11, 18), DAY]
    assert _days(DAY, "2026-11-22", 9) == [date(2026, 11, 22), DAY]
    with pytest.raises(InputError):
        _days(DAY, "2026-11-23", 2)
