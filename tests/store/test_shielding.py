"""Ctrl-C within a write: before the commit nothing is written, from then on the write is done and said."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import suppress

import pytest

from graphkam.errors import StoreUnavailable
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.records import RecordSet
from graphkam.store import committing
from graphkam.store.graph_form import fingerprint
from graphkam.store.shielding import Shield
from tests.store.records import account


def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)


def test_before_it_is_up_and_after_it_is_down_an_interruption_is_one():
    with Shield() as shield, pytest.raises(KeyboardInterrupt):
        interrupt()
    assert not shield.is_up
    with Shield() as shield:
        shield.raise_()
    with pytest.raises(KeyboardInterrupt):
        interrupt()


def test_the_first_is_let_go_by_and_the_second_is_heeded():
    with Shield() as shield:
        shield.raise_()
        shield.raise_()
        interrupt()
        with pytest.raises(KeyboardInterrupt):
            interrupt()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_it_is_lowered_whatever_happens():
    with suppress(ZeroDivisionError), Shield() as shield:
        shield.raise_()
        _ = 1 / 0
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_where_interruptions_are_ignored_they_stay_so():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with Shield() as shield:
            shield.raise_()
            interrupt()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_outside_the_main_thread_it_does_nothing():
    found = []

    def work():
        with Shield() as shield:
            shield.raise_()
            found.append(shield.is_up)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [False]


def write(store, **options):
    operation = Operation(what="import")
    store.write(ChangeSet(puts=tuple(account(1))), operation, **options)
    return operation


def test_85_before_the_commit_nothing_is_written(store):
    with pytest.raises(KeyboardInterrupt):
        write(store, progress=interrupt)
    assert (len(store.read()), store.operations()) == (0, ())
    write(store)
    assert store.fingerprint() == fingerprint(account(1))


def shielding(monkeypatch, then):
    class Interrupted(Shield):
        def raise_(self):
            super().raise_()
            then()

    monkeypatch.setattr(committing, "Shield", Interrupted)


def test_85_from_the_commit_on_it_is_done_and_said(store, monkeypatch):
    shielding(monkeypatch, interrupt)
    operation = write(store)
    assert store.operations()[0].id == operation.id
    assert store.fingerprint() == fingerprint(account(1))
    with pytest.raises(KeyboardInterrupt):
        interrupt()


def test_85_who_insists_is_told_that_it_is_not_known_and_it_is_not_tried_again(store, monkeypatch):
    tries = []

    def insist():
        tries.append(1)
        interrupt()
        interrupt()

    shielding(monkeypatch, insist)
    with pytest.raises(StoreUnavailable) as failed:
        write(store)
    assert (failed.value.key, len(tries)) == ("error.store_interrupted", 1)
    assert store.read() == RecordSet()
