"""What was written of some records, in words."""

from graphkam.exchange.called import Called
from graphkam.exchange.chronicle import chronicle
from graphkam.model.changes import Operation, Version
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.model.records import RecordSet
from graphkam.text import Words


def by(who, revision):
    return Operation(who=who, what="edit", revision=revision)


def position(title, version):
    return Position(id="s", account_id="a", title=title, version=version)


PERSON = Person(id="p", account_id="a", last_name="Roux", version=2)
HISTORIES = [
    [
        Version(record=position("Chair", 5), by=by("Bruno", 5)),
        Version(record=position("Head", 3), by=by("Anne", 3), ended_by=by("Bruno", 5)),
        Version(record=position("Boss", 1), by=None, ended_by=by("Anne", 3)),
    ],
    [Version(record=PERSON, by=by("Anne", 2), ended_by=by("Carl", 4), is_removed=True)],
]


def test_all_is_told_newest_first_and_a_removal_too():
    found = chronicle(HISTORIES, Called(RecordSet()))
    told = [(e.by.who if e.by else None, e.line.action.value, e.line.told(Words("en"))) for e in found]
    assert told == [
        ("Bruno", "change", "Position  Chair (Job title: Head → Chair)"),
        ("Carl", "delete", "Person  Roux"),
        ("Anne", "change", "Position  Head (Job title: Boss → Head)"),
        ("Anne", "create", "Person  Roux"),
        (None, "create", "Position  Boss"),
    ]
