"""How one of the client's people looks, and what is told of each."""

import pytest

from graphkam.drawing.relations import Relations
from graphkam.drawing.stakeholders import Stakeholders, initialled, shortened
from graphkam.model.people import Person
from graphkam.settings import AnalysisSettings
from graphkam.text import Words


def told(graph, position, language="en", *, hide_stance=False):
    people = Stakeholders(Relations(graph, AnalysisSettings()), Words(language), hide_stance=hide_stance)
    return people.node(graph.by_position[position], (0, 0))


def test_what_is_told_of_somebody_is_in_the_order_in_which_it_is_asked(acme):
    assert told(acme, "buyer").facts == (
        ("Unit", "Acme Group \u203a Purchasing"),
        ("Influence", "4/5"),
        ("Stance to our offer", "Opponent"),
        ("Live tie with", "Kim, Lou"),
        ("Owner", "Kim"),
        ("Backup", "Lou"),
        ("Last contact", "23 Nov 2026"),
        ("Reports to", "Ann Lee"),
        ("Sits in", "Frame contract"),
    )


def test_of_a_vacant_seat_no_live_tie_and_no_stance_is_told(acme):
    assert {name for name, _ in told(acme, "free").facts} == {"Unit", "Influence", "Reports to"}


def test_with_stances_hidden_none_is_told(acme):
    assert "Stance to our offer" not in dict(told(acme, "buyer", hide_stance=True).facts)


@pytest.mark.parametrize("position", ["ceo", "buyer", "clerk", "free", "hidden", "adviser"])
def test_every_seat_of_every_kind_can_be_told_in_french(acme, position):
    assert told(acme, position, "fr").label


def test_a_long_name_is_cut_in_the_picture():
    assert shortened("x" * 500) == "x" * 79 + "\u2026"
    assert shortened("short") == "short"


def test_an_initial_stands_for_the_first_name():
    person = Person(id="p", account_id="a", first_name="Édouard", last_name="Lacaze-Morin")
    assert initialled(person) == "É. Lacaze-Morin"
    assert initialled(Person(id="p", account_id="a", last_name="Lee")) == ""
