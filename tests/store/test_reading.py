"""A read sees each write whole or not at all, however many write meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from pydantic import ValidationError

from graphkam.errors import StoreUnavailable, WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.store import reading
from graphkam.store.accounts import Store
from graphkam.store.backup import restore_backup, save_backup
from graphkam.store.contents import contents
from graphkam.store.reading import records_at
from tests.store.records import account

pytestmark = pytest.mark.store

PEOPLE = 40


def put(store, *records, removals=(), what="edit"):
    return store.write(ChangeSet(puts=records, removals=removals), Operation(what=what))


def ties(number):
    return [
        ContactTie(
            id=f"a1-t{i}", account_id="a1", member_id="m", person_id=f"a1-p{i}", kind="contact", level=number
        )
        for i in range(PEOPLE)
    ]


def turn(mine, number):
    """Change nodes and ties of an account together, or take its ties away and put them back."""
    seen = mine.read(["a1"])
    there = seen.of(ContactTie)
    seats = [s.model_copy(update={"title": f"T{number}"}) for s in seen.of(Position)]
    if number % 3 == 2:
        put(mine, *seats, removals=there)
    elif there:
        put(mine, *seats, *(t.model_copy(update={"source": f"T{number}"}) for t in there))
    else:
        put(mine, *seats, *(t.model_copy(update={"source": f"T{number}"}) for t in ties(1)))


@contextmanager
def writers(server, count):
    """Let some others write the same account all the time."""
    stop, done = threading.Event(), []

    def work(first):
        with Store.open(server) as mine:
            for number in range(first, 10_000, count):
                if stop.is_set():
                    return
                try:
                    turn(mine, number)
                    done.append(number)
                except WriteConflict:
                    continue

    with ThreadPoolExecutor(count) as pool:
        jobs = [pool.submit(work, first) for first in range(count)]
        try:
            yield done
        finally:
            stop.set()
    for job in jobs:
        job.result()


def assert_whole(found):
    """All that one write wrote carries its version, so that a mixture shows."""
    seats, known = found.of(Position), found.of(ContactTie)
    assert len(found.of(Person)) == len(seats) == PEOPLE
    assert len({(s.title, s.version) for s in seats}) == 1
    assert len(known) in {0, PEOPLE}
    if known:
        assert {(t.source, t.version) for t in known} == {(seats[0].title, seats[0].version)}


@pytest.mark.parametrize("count", [1, 3])
def test_no_write_is_half_seen(store, server, count):
    put(store, *account(1, PEOPLE), TeamMember(id="m", last_name="M"), *ties(1))
    turn(store, 0)
    seen = {}
    with writers(server, count) as done:
        while len(done) < 12:
            found = store.read(["a1"])
            assert_whole(found)
            seen[found.of(Position)[0].version] = found
            assert_whole(store.read())
    assert len(seen) > 2
    for revision, then in seen.items():
        assert store.read_at(revision, ["a1"]) == then


class Interrupted:
    """Asks a store, and lets somebody write just before one of the statements."""

    writing = threading.Lock()  # statements are asked beside each other, and one writes after the other

    def __init__(self, ask, before, act):
        self._ask, self._before, self._act = ask, before, act

    def __call__(self, name, /, **parameters):
        if name == self._before and self._act is not None:
            act, self._act = self._act, None
            with self.writing:
                act()
        return self._ask(name, **parameters)


STATEMENTS = ["read/account", "read/nodes_of_accounts", "read/knows_of_accounts", "read/past_at"]


@pytest.mark.parametrize("before", STATEMENTS)
@pytest.mark.parametrize("number", [1, 2])
def test_a_write_between_two_statements_is_not_seen(store, before, number):
    put(store, *account(1, PEOPLE), TeamMember(id="m", last_name="M"), *ties(1))
    then = store.read(["a1"])
    # Earlier forms are asked for only where something was written: so there is a write before, too.
    ask = Interrupted(store.ask, "read/holds_of_accounts", lambda: turn(store, 0))
    ask = Interrupted(ask, before, lambda: turn(store, number))
    assert RecordSet(records_at(ask, ["a1"])) == then


def test_what_is_torn_by_a_write_is_read_as_it_stood_before(store):
    """A server may give a record half written: still at its old version, some of its properties gone."""
    put(store, *account(1, PEOPLE), TeamMember(id="m", last_name="M"), *ties(1))
    then = store.read(["a1"])

    def ask(name, /, **parameters):
        found = store.ask(name, **parameters)
        if name == "read/nodes_of_accounts":
            turn(store, 1)
            for form in found[0]:
                if form["key"].startswith("Position/"):
                    del form["title"], form["account_id"]
        return found

    assert RecordSet(records_at(ask, ["a1"])) == then


def test_a_record_that_no_write_tore_is_refused_if_it_is_none(store):
    put(store, *account(1))

    def ask(name, /, **parameters):
        found = store.ask(name, **parameters)
        if name == "read/account":
            del found[0]["name"]
        return found

    with pytest.raises(ValidationError):
        records_at(ask, ["a1"])


def test_within_a_transaction_one_statement_is_asked_after_the_other(store):
    """A transaction is not for several threads; everything is read in one where a store is copied."""
    put(store, *account(1, PEOPLE), TeamMember(id="m", last_name="M"), *ties(1))
    asked_by = set()

    def ask(name, /, **parameters):
        asked_by.add(threading.get_ident())
        return store.ask(name, **parameters)

    assert len(contents(ask).rows) > PEOPLE
    assert asked_by == {threading.get_ident()}


def test_a_restore_in_the_middle_of_a_read_is_seen_whole(store, tmp_path):
    put(store, *account(1))
    save_backup(store, tmp_path / "b")
    put(store, removals=store.read().of(Position))
    put(store, *account(2))
    for before in ("read/account", "read/nodes_of_accounts"):
        ask = Interrupted(store.ask, before, lambda: restore_backup(store, tmp_path / "b", who="anne"))
        assert len(RecordSet(records_at(ask, ["a1"])).of(Position)) == 3
        put(store, removals=store.read().of(Position))


def test_a_store_that_is_restored_all_the_time_is_told(store, tmp_path, monkeypatch):
    put(store, *account(1))
    save_backup(store, tmp_path / "b")

    class Always:
        def __call__(self, name, /, **parameters):
            if name == "read/account":
                restore_backup(store, tmp_path / "b", who="anne")
            return store.ask(name, **parameters)

    monkeypatch.setattr(reading, "_TRIES", 2)
    with pytest.raises(StoreUnavailable) as refused:
        records_at(Always(), ["a1"])
    assert refused.value.key == "error.store_busy"
