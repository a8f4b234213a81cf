"""A second file, from a CRM, that knows the same people by other names."""

import pytest

from graphkam.exchange.choices import Choices
from graphkam.exchange.plan import plan
from graphkam.model.base import fold
from graphkam.model.organisation import Account
from graphkam.model.people import Person
from graphkam.model.records import RecordSet
from graphkam.text import Words
from tests.exchange.exports import BASE, A

JEROME = Person(id="js", **A, last_name="Sabatier", first_name="Jérôme", email="js@acme.example", version=1)
KNOWN = [*BASE, JEROME]
CRM = "account | last_name | first_name | phone\n Acme | Sabatier | J. | +33 4 77 00 00 00"


def people(book):
    return {person.id: person.name for person in book.records.of(Person) if "abat" in fold(person.name)}


def told(book):
    return [(a.name, a.new_name, a.reason, a.cell) for a in book.alike]


def test_initials_are_proposed_and_not_merged_silently(book):
    made = book(KNOWN, people=CRM)
    assert told(made) == [("Jérôme Sabatier", "J. Sabatier", "initials", "B2")]
    assert len(people(made)) == 2
    planned = plan(RecordSet(KNOWN), made)
    assert not planned.is_open, "a proposal keeps nothing from being written"
    assert planned.alike[0].told(Words("en")) == (
        "people!B2  “J. Sabatier” may be Jérôme Sabatier (js): the initials fit"
    )


def test_accepted_the_row_speaks_of_the_one_who_is_known(book):
    made = book(KNOWN, people=CRM, choices=Choices(duplicates=True))
    assert people(made) == {"js": "Jérôme Sabatier"}
    assert made.records.get(Person, "js").phone == "+33 4 77 00 00 00"
    assert (made.alike, [w.code for w in made.warnings]) == ((), ["read_as"])


def test_others_may_call_him_as_the_file_does(book):
    made = book(
        KNOWN,
        people=CRM,
        team="last_name\n Vasseur",
        influence="from | to | kind \n Laurent Pradier | J. Sabatier | advice",
        choices=Choices(duplicates=True),
    )
    assert [t.to_id for t in made.records if type(t).__name__ == "InfluenceTie"] == ["js"]


def test_capitals_without_accents_are_the_same_name_and_change_nothing(book):
    made = book(KNOWN, people="account | last_name | first_name\n Acme | SABATIER | Jerome")
    assert people(made) == {"js": "Jérôme Sabatier"}
    [warning] = made.warnings
    assert (warning.code, warning.params["said"], warning.params["person"]) == (
        "read_as",
        "Jerome SABATIER",
        "Jérôme Sabatier",
    )


@pytest.mark.parametrize(
    ("last", "first", "kept"),
    [
        ("SABATIER", "Jérôme", True),
        ("Sabatier", "JÉRÔME", True),
        ("SABATIER", "JEROME", True),
        ("Sabatier", "Jérome", True),
        ("Sábatier", "Jerome", False),
    ],
)
def test_what_is_poorer_than_what_is_known(book, last, first, kept):
    made = book(KNOWN, people=f"account | last_name | first_name\n Acme | {last} | {first}")
    assert people(made) == {"js": "Jérôme Sabatier" if kept else f"{first} {last}"}


def test_a_name_better_written_mends_the_one_that_is_known(book):
    plain = JEROME.model_copy(update={"last_name": "SABATIER", "first_name": "Jerome"})
    made = book([*BASE, plain], people="account | last_name | first_name\n Acme | Sabatier | Jérôme")
    assert people(made) == {"js": "Jérôme Sabatier"}
    assert made.warnings == ()


def test_an_export_says_what_it_says(export):
    base = RecordSet(BASE).merged([JEROME])
    export.add("people", id="js", account="Acme", last_name="SABATIER", first_name="Jerome")
    assert export.read(base, base=base).records.get(Person, "js").name == "Jerome SABATIER"


def test_the_same_name_with_another_address_is_proposed(book):
    row = "account | last_name | first_name | email\n Acme | Sabatier | Jérôme | jerome@other.example"
    made = book(KNOWN, people=row)
    assert told(made) == [("Jérôme Sabatier", "Jérôme Sabatier", "name", "B2")]
    accepted = book(KNOWN, people=row, choices=Choices(duplicates=True))
    assert accepted.records.get(Person, "js").email == "jerome@other.example"


def test_who_may_be_two_people_is_taken_for_neither(book):
    julie = Person(id="jj", **A, last_name="Sabatier", first_name="Julie")
    made = book([*KNOWN, julie], people=CRM, choices=Choices(duplicates=True))
    assert sorted(a.name for a in made.alike) == ["Julie Sabatier", "Jérôme Sabatier"]
    assert len(people(made)) == 3


def test_two_rows_of_the_file_may_be_one_person(book):
    rows = "account | last_name | first_name\n Acme | Rey | Zoé\n Acme | Rey | Z."
    made = book(BASE, people=rows, choices=Choices(duplicates=True))
    [one] = made.alike
    assert (one.name, one.new_name, one.is_known) == ("Zoé Rey", "Z. Rey", False)


def test_a_holder_is_found_as_well(book):
    positions = "account | title | last_name | first_name\n Acme | Deputy | Sabatier | J."
    made = book(KNOWN, positions=positions, choices=Choices(duplicates=True))
    assert people(made) == {"js": "Jérôme Sabatier"}


def test_people_of_other_accounts_are_others(book):
    other = JEROME.model_copy(update={"account_id": "other", "id": "js2"})
    made = book([*BASE, Account(id="other", name="Other"), other], people=CRM)
    assert made.alike == ()


def test_a_further_address_is_as_good_as_the_first(book):
    known = JEROME.model_copy(update={"other_emails": ("jerome@old.example",)})
    row = "account | last_name | first_name | email \n Acme | Sabatier | J. | jerome@old.example"
    made = book([*BASE, known], people=row)
    jerome = made.records.get(Person, "js")
    assert (jerome.email, jerome.other_emails) == ("js@acme.example", ("jerome@old.example",))
    assert jerome.name == "Jérôme Sabatier", "an abbreviation does not overwrite a name"
    assert len(made.records.of(Person)) == len(RecordSet(BASE).of(Person)) + 1
