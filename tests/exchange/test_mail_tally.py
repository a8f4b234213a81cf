"""Faults are counted, not hoarded."""

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.mail_tally import TOLD, Tally


def test_the_same_fault_is_counted_at_its_first_place():
    tally = Tally("log.csv")
    for line in (7, 8, 9):
        tally.warn("mail_no_zone", line)
    [problem] = tally.problems()
    assert (problem.sheet, problem.cell, problem.count, problem.severity) == ("log.csv", "L7", 3, "warning")


def test_of_many_values_the_first_few_are_kept():
    tally = Tally("log.csv")
    for line in range(1, 10_001):
        tally.drop("mail_no_time", line, f"day {line}")
    assert [p.cell for p in tally.problems()] == [f"L{n}" for n in range(1, TOLD + 2)]
    assert [p.count for p in tally.problems()] == [1] * TOLD + [10_000 - TOLD]
    assert tally.count("mail_no_time") == tally.dropped["unreadable"] == 10_000


def test_errors_refuse_the_file_and_come_first():
    tally = Tally("log.csv")
    tally.warn("mail_utf16")
    tally.reject()
    tally.error("mail_no_column", 1, "at", allowed=("at",), nearest=("date",))
    with pytest.raises(ImportRejected) as caught:
        tally.reject()
    assert [p.code for p in caught.value.problems] == ["mail_no_column", "mail_utf16"]
    assert caught.value.problems[0].nearest == ("date",)
