"""A refused write says who was quicker, what it was before, and what it is now."""

from __future__ import annotations

import pytest

from graphkam.errors import WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.ties import ContactTie
from graphkam.text import Words
from tests.store.records import account

pytestmark = pytest.mark.store


def put(store, *records, removals=(), who="anne"):
    return store.write(ChangeSet(puts=records, removals=removals), Operation(who=who, what="edit"))


def seat(store):
    return store.read(["a1"]).get(Position, "a1-s0")


def refused(store, *records, removals=()):
    before = store.snapshot()
    with pytest.raises(WriteConflict) as found:
        put(store, *records, removals=removals, who="bruno")
    assert store.snapshot() == before
    for language in ("en", "fr"):
        assert "{" not in Words(language).error(found.value)
    return found.value


@pytest.fixture
def filled(store):
    put(store, *account(1), TeamMember(id="m", last_name="M"), who="zoe")
    return store


@pytest.mark.parametrize("is_removal", [False, True])
def test_a_change_of_what_somebody_changed(filled, is_removal):
    read = seat(filled)
    theirs = put(filled, read.model_copy(update={"title": "Buyer"}))
    if is_removal:
        error = refused(filled, removals=[read])
    else:
        error = refused(filled, *account(2), read.model_copy(update={"title": "Head"}))
    assert error.key == "error.store_conflict_changed"
    assert (error.params["who"], error.params["name"]) == ("anne", "Buyer")
    assert error.params["at"].isoformat() == theirs.at
    found = error.overtaken
    assert (found.read, found.now, found.by) == (read, seat(filled), theirs)


def test_a_change_of_what_somebody_removed(filled):
    read = seat(filled)
    theirs = put(filled, removals=[read])
    error = refused(filled, read.model_copy(update={"title": "Head"}))
    assert error.key == "error.store_conflict_removed"
    assert error.params["name"] == "Head"
    assert (error.overtaken.read, error.overtaken.now, error.overtaken.by) == (read, None, theirs)


@pytest.mark.parametrize("new", [
    Position(id="p", account_id="a1", title="Mine"),
    ContactTie(id="p", account_id="a1", member_id="m", person_id="a1-p0", kind="contact"),
], ids=["node", "tie"])  # fmt: skip
def test_the_making_of_what_somebody_made(filled, new):
    theirs = put(filled, new)
    error = refused(filled, *account(2), new)
    assert error.key == "error.store_conflict_made"
    assert (error.overtaken.read, error.overtaken.by) == (None, theirs)
    assert error.overtaken.now.id == "p"


@pytest.mark.parametrize("new", [
    Person(id="x", account_id="a1", last_name="X"),
    Holding(id="h", account_id="a1", person_id="a1-p0", position_id="a1-s0"),
], ids=["node", "tie"])  # fmt: skip
def test_the_making_of_what_belongs_to_something_that_somebody_removed(filled, new):
    account_of_all = filled.read(["a1"]).get(Account, "a1")
    gone = account_of_all if isinstance(new, Person) else seat(filled)
    of_account = [r for r in filled.read(["a1"]) if not isinstance(r, TeamMember)]
    theirs = put(filled, removals=of_account if isinstance(new, Person) else [gone])
    error = refused(filled, new)
    assert error.key == "error.store_conflict_removed"
    assert (error.overtaken.read, error.overtaken.by) == (gone, theirs)


def test_the_removal_of_what_somebody_added_to(filled):
    person = filled.read(["a1"]).get(Person, "a1-p0")
    tie = ContactTie(id="t", account_id="a1", member_id="m", person_id="a1-p0", kind="contact")
    theirs = put(filled, tie)
    error = refused(filled, removals=[person])
    assert error.key == "error.store_conflict_attached"
    assert (error.overtaken.now.id, error.overtaken.by) == ("t", theirs)
    error = refused(filled, removals=filled.read([]).of(TeamMember))
    assert error.overtaken.now.id == "t"


def test_the_removal_of_an_account_to_which_somebody_added(filled):
    read = [r for r in filled.read(["a1"]) if not isinstance(r, TeamMember)]
    theirs = put(filled, Person(id="new", account_id="a1", last_name="New"))
    error = refused(filled, removals=read)
    assert error.key == "error.store_conflict_attached"
    assert (error.overtaken.now.id, error.overtaken.by) == ("new", theirs)


def test_what_is_removed_together_is_no_conflict(filled):
    tie = ContactTie(id="t", account_id="a1", member_id="m", person_id="a1-p0", kind="contact")
    put(filled, tie)
    put(filled, removals=list(filled.read(["a1"])))
    assert list(filled.read()) == []


def test_a_record_that_never_was_is_told_as_far_as_anybody_knows(filled):
    error = refused(filled, Position(id="ghost", account_id="a1", title="Ghost", version=7))
    assert error.key == "error.store_conflict"
    assert error.params["name"] == "Ghost"
    error = refused(filled, Holding(id="h", account_id="a1", person_id="ghost", position_id="a1-s0"))
    assert error.key == "error.store_conflict_end"
