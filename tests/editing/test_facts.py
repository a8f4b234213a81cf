"""One record, made or changed."""

import pytest

from graphkam.editing.facts import ORIGIN, after, change, new, put, together
from graphkam.errors import InputError
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.text import Words


def test_a_changed_record_keeps_the_version_it_was_read_with(records):
    [made] = change(records.get(Position, "ACM-p001"), title="Managing director", weight=4).puts
    assert (made.id, made.version, made.title, made.weight) == ("ACM-p001", 3, "Managing director", 4)
    assert made.origin == ORIGIN
    assert made.unit_id == "ACM-u001"


def test_saying_what_is_so_changes_nothing(records):
    assert change(records.get(Position, "ACM-p001"), title="Director").is_empty


def test_none_takes_away_what_was_known(records):
    [made] = change(records.get(Position, "ACM-p002"), weight=None, dotted_to_ids=None).puts
    assert (made.weight, made.dotted_to_ids) == (None, ())


def test_who_it_is_cannot_be_edited(records):
    position = records.get(Position, "ACM-p001")
    assert change(position, id="x", version=9, account_id="other").is_empty


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": None}, "“Job title” is required."),
        ({"title": ""}, "“Job title” is required."),
        ({"weight": 9}, "“9” cannot be accepted as “Influence weight (1-5)”."),
    ],
)
def test_what_cannot_be_is_refused_by_the_name_of_its_field(records, said, sentence):
    with pytest.raises(InputError) as refused:
        change(records.get(Position, "ACM-p001"), **said)
    assert Words("en").error(refused.value) == sentence


def test_a_new_record_has_the_next_id_and_no_version(records):
    made = new(records, Person, account_id="ACM", last_name="Blanc", email=None)
    assert (made.id, made.version) == ("ACM-n003", 0)
    again = new(after(records, put(made)), Person, account_id="ACM", last_name="Noir")
    assert again.id == "ACM-n004"


def test_of_two_changes_to_one_record_the_later_counts(records):
    position, person = records.get(Position, "ACM-p001"), records.get(Person, "ACM-n001")
    made = together(
        change(position, title="One"), change(position, title="Two"), ChangeSet(removals=(person,))
    )
    assert [record.title for record in made.puts] == ["Two"]
    assert made.removals == (person,)
    assert together(put(person), ChangeSet(removals=(person,))).puts == ()
