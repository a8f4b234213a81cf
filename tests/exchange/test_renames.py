"""What looks renamed is asked about: never made anew beside what it was, without a word."""

import pytest

from graphkam.exchange.choices import Choices, Mode
from graphkam.exchange.plan import plan
from graphkam.model.business import Contract, Objective
from graphkam.model.organisation import DecisionCentre, OrgUnit, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.text import Words
from tests.exchange.exports import BASE, A

ACCOUNTS = "name | status\n Acme | client"
CENTRE = DecisionCentre(id="d1", **A, name="Packaging, Lyon site", unit_id="p", version=1)


def asked(book):
    return [(r.kind, r.old, r.new, r.cell) for r in book.renames]


def test_a_new_name_under_the_same_parent_is_asked_about(book):
    units = "account | name | kind | city \n Acme | Plants | site | Roanne"
    made = book(BASE, accounts=ACCOUNTS, units=units)
    assert asked(made) == [("OrgUnit", "Plant", "Plants", "B2")]
    assert made.renames[0].told(Words("en")) == (
        "units!B2  Unit: is “Plants” the “Plant” (p) that is known, renamed?"
    )
    planned = plan(RecordSet(BASE), made)
    assert (planned.is_open, planned.is_empty, planned.changes.is_empty) == (True, False, True)


def test_accepted_it_is_a_change_and_keeps_its_id(book):
    units = "account | name | kind \n Acme | Plants | site"
    positions = "account | title | unit | weight\n Acme | Buyer | Plants | 5"
    made = book(BASE, accounts=ACCOUNTS, units=units, positions=positions, choices=Choices(renames=True))
    assert {(u.id, u.name, u.city) for u in made.records.of(OrgUnit)} == {("p", "Plants", "Lyon")}
    assert {(p.id, p.weight) for p in made.records.of(Position)} == {("A16", 3), ("A07", 5)}
    assert made.renames == ()


def test_refused_it_is_something_new_besides(book):
    units = "account | name | kind \n Acme | Plants | site"
    made = book(BASE, accounts=ACCOUNTS, units=units, choices=Choices(renames=False))
    assert sorted(u.name for u in made.records.of(OrgUnit)) == ["Plant", "Plants"]
    assert made.renames == ()


@pytest.mark.parametrize(
    "units",
    [
        "id | account | name | kind \n p | Acme | Plants | site",  # the id says that it is a change
        "account | name | kind \n Acme | Plant | site \n Acme | Plants | site",  # the old one is there, too
        "account | name | kind | parent \n Acme | Plants | site | Plant",  # under another parent
        "account | name | kind \n Acme | Laboratory | site",  # not alike
        "account | name | kind \n Acme | Plant 2 | site",  # numbers tell things apart
    ],
)
def test_what_is_not_asked_about(book, units):
    assert asked(book(BASE, accounts=ACCOUNTS, units=units)) == []


def test_a_title_is_compared_within_its_unit(book):
    positions = "account | title | unit \n Acme | Technical directors | Plant"
    assert asked(book(BASE, positions=positions)) == [
        ("Position", "Technical director", "Technical directors", "B2")
    ]
    elsewhere = "account | title | unit \n Acme | Technical directors |"
    assert asked(book(BASE, positions=elsewhere)) == []


def test_each_is_the_new_name_of_one_thing_at_most(book):
    centres = "account | name \n Acme | Packaging, Lyon sites \n Acme | Packaging Lyon site s"
    known = [*BASE, CENTRE]
    assert asked(book(known, centres=centres)) == [
        ("DecisionCentre", "Packaging, Lyon site", "Packaging, Lyon sites", "B2")
    ]


def test_our_own_people_and_texts_have_names_too(book):
    objective = Objective(id="t1", **A, name="Reach C2 of one half", target=0.5)
    made = book(
        [*BASE, objective],
        team="last_name | first_name \n Vaseur | Anne",
        objectives="account | name | target \n Acme | Reach a C2 of one half | 0.6",
        choices=Choices(renames=True),
    )
    assert {m.id: m.name for m in made.records.of(TeamMember)} == {"AV": "Anne Vaseur", "PN": "Paul Noir"}
    assert [(o.id, o.target) for o in made.records.of(Objective)] == [("t1", 0.6)]


def test_a_contract_is_renamed_on_the_rows_of_all_its_clauses(book):
    contract = Contract(id="k1", **A, name="Framework contract")
    row = "Acme | Framework contracts"
    rows = f"account | contract | clause \n {row} | Price \n {row} | Volume"
    made = book([*BASE, contract], contracts=rows, choices=Choices(renames=True))
    assert [(c.id, c.name) for c in made.records.of(Contract)] == [("k1", "Framework contracts")]


def test_people_are_no_renames(book):
    assert asked(book(BASE, people="account | last_name | first_name\n Acme | Pradier | Laurens")) == []


def test_in_an_export_an_emptied_id_is_asked_about(export):
    export.change("positions", "A07", id=None, title="Buyers")
    book = export.read(BASE)
    assert asked(book) == [("Position", "Buyer", "Buyers", "D2")]
    again = export.read(BASE, renames=True)
    assert again.records.get(Position, "A07").title == "Buyers"
    assert len(again.records.of(Person)) == len(BASE.of(Person))


def test_a_file_that_replaces_does_not_delete_what_is_renamed(export):
    export.change("positions", "A07", id=None, title="Buyers")
    choices = {"mode": Mode.REPLACE, "scope": "acme"}
    made = export.plan(BASE, **choices)
    assert (made.is_open, made.changes.is_empty) == (True, True)
    accepted = export.plan(BASE, **choices, renames=True)
    assert [(line.action, line.id) for line in accepted.lines] == [("change", "A07")]
