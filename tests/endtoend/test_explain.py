"""Figures of the demo account, summed again from what ``--explain --json`` prints."""

import pytest

from tests.analysis.resumming import assert_it_sums, summed_again
from tests.endtoend.conftest import DAY

pytestmark = pytest.mark.store


@pytest.mark.parametrize(
    ("command", "account", "figure", "wanted"),
    [
        (("coverage",), "Groupe Aubrévoie", "c2.value", 9 / 101),
        (("coverage",), "Groupe Aubrévoie", "c1.high", None),
        (("dependency",), "Navalis Chantiers", "hhi", None),
        (("departure", "--leaves", "Claire Vasseur"), "Groupe Aubrévoie", "loss", 32 / 47),
        (("resilience",), "Moulins Tessandier", "loss", 15 / 22),
        (("audit",), "Groupe Aubrévoie", "bow_tie_low", None),
        (("ask",), "Groupe Aubrévoie", "stances[DC1].low", -1 / 3),
        (("decision", "--centre", "DC2"), "Groupe Aubrévoie", "people[A05].banzhaf", 9 / 21),
        (("influence", "--centre", "DC1"), "Groupe Aubrévoie", "after.low", None),
        (("brokerage",), "Groupe Aubrévoie", "people[A20].betweenness", 11),
        (("buying-centre",), "Groupe Aubrévoie", "structure.reporting.efficiency", 1),
        (("week",), "Groupe Aubrévoie", "areas[backups].share", 1 / 11),
    ],
)
def test_a_figure_is_the_sum_of_what_is_printed(demo, command, account, figure, wanted):
    printed = demo.ask(command[0], account, *command[1:], *DAY, "--explain")
    assert_it_sums(printed)
    [told] = [e for e in printed["explained"] if e["figure"] == figure]
    assert summed_again(printed)[figure] == pytest.approx(told["value"], abs=1e-12)
    if wanted is not None:
        assert told["value"] == pytest.approx(wanted)


def test_without_being_asked_an_answer_stays_short(demo):
    printed = demo.ask("coverage", "Groupe Aubrévoie", *DAY)
    assert (printed["explained"], printed["terms"]) == ([], [])


def test_on_a_terminal_each_sum_stands_with_its_terms(demo):
    said = demo.run("coverage", "Moulins Tessandier", *DAY, "--explain").stdout
    assert "c2.value" in said
    assert "Marc Delorme" in said
