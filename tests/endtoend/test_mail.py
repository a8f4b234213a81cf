"""Real input: the public W3C mail archive, whole; figures from outside the repository."""

from __future__ import annotations

import time

import pytest

pytestmark = [pytest.mark.store, pytest.mark.data, pytest.mark.slow]

DAY = "2001-06-30"

EXPECTED = {
    "sun.com": (16, 11, 0.1875, 0.0, 0.0625, 0.146304, 2),
    "netscape.com": (12, 12, 0.25, 0.083333, 0.083333, 0.371520, 2),
    "acm.org": (11, 25, 0.363636, 0.090909, 0.090909, 0.138189, 3),
}


@pytest.fixture(scope="module")
def log(needs_data):
    return needs_data("w3c-mail/interactions.csv.gz")


@pytest.fixture(scope="module")
def w3c(graphkam, log):
    began = time.monotonic()
    graphkam.run("import-mail", log, "--team-domain", "w3.org", "--as-of", DAY, "--yes")
    assert time.monotonic() - began < 180
    return graphkam


@pytest.mark.parametrize("account", EXPECTED)
def test_headline_figures_of_real_accounts(w3c, account):
    audit = w3c.ask("audit", account, "--as-of", DAY)
    people, members, c1, c2, bow_tie, hhi, size = EXPECTED[account]
    assert (audit["people"], audit["members"]) == (people, members)
    for figure, value in (("c1", c1), ("c2", c2), ("bow_tie", bow_tie), ("hhi", hhi)):
        assert audit[figure] == pytest.approx(value, abs=5e-7)
    assert len(audit["breaking_set"]) == size


def test_unknown_weights_make_an_interval(w3c):
    audit = w3c.ask("audit", "sun.com", "--as-of", DAY)
    assert audit["c1_low"] == pytest.approx(0.044118, abs=5e-7)
    assert audit["c1_high"] == pytest.approx(0.535714, abs=5e-7)


def test_another_day_is_recomputed_from_the_kept_days(w3c):
    earlier = w3c.ask("audit", "sun.com", "--as-of", "1999-06-30")
    later = w3c.ask("audit", "sun.com", "--as-of", "2002-06-30")
    assert 0 < earlier["people"] < 16 < later["people"]


def test_importing_the_same_log_again_changes_nothing(w3c, log):
    done = w3c.run("import-mail", log, "--team-domain", "w3.org", "--as-of", DAY, "--yes")
    assert "Nothing to do" in done.stdout


@pytest.mark.neo4j
def test_a_neo4j_answers_the_same_to_the_letter(w3c, log, graphkam_on_neo4j):
    graphkam_on_neo4j.run("import-mail", log, "--team-domain", "w3.org", "--as-of", DAY, "--yes")
    assert graphkam_on_neo4j.answers("sun.com", DAY) == w3c.answers("sun.com", DAY)
