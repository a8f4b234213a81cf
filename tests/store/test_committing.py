"""A write whose answer is lost is told as what it is: done once, or not done at all."""

from __future__ import annotations

import pytest

from graphkam.errors import StoreError, StoreRefused, StoreUnavailable, WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.settings import Settings, StoreSettings
from graphkam.store import committing, embedded
from graphkam.store.accounts import Store
from graphkam.store.bolt import open_driver
from graphkam.store.graph_form import fingerprint
from graphkam.text import Words
from tests.store import proxy
from tests.store.records import account

pytestmark = pytest.mark.store


def where(server: Settings) -> StoreSettings:
    """Give the address of a server, the embedded one's too."""
    if server.store.uri is not None:
        return server.store
    found = embedded.running(server)
    return StoreSettings(uri=found.uri, user="root", password=found.password)


@pytest.fixture
def wire(store, server):
    with proxy.Wire(where(server).uri) as found:
        yield found


@pytest.fixture
def mine(wire, server):
    settings = Settings(home=server.home, store=where(server).model_copy(update={"uri": wire.uri}))
    with Store.open(settings) as opened:
        wire.commits = wire.runs = 0
        yield opened


def put(store, operation):
    return store.write(ChangeSet(puts=tuple(account(1))), operation)


def is_there_once(store, operation):
    return (
        store.fingerprint() == fingerprint(account(1))
        and [o.id for o in store.operations()].count(operation.id) == 1
        and {record.version for record in store.read()} == {store.revision()}
    )


def test_a_commit_whose_answer_is_lost_is_found_to_be_done(store, mine, wire):
    wire.at_commit = proxy.once(proxy.before_the_driver_hears)
    operation, before = Operation(what="import"), store.revision()
    put(mine, operation)
    assert is_there_once(store, operation)
    assert (wire.commits, store.revision()) == (1, before + 1)


@pytest.mark.parametrize("when", [proxy.before_the_server_hears, proxy.long_before_the_server_hears])
def test_a_commit_that_is_not_there_is_done_again_and_never_twice(store, mine, wire, when):
    wire.at_commit = proxy.once(when)
    operation, before = Operation(what="import"), store.revision()
    put(mine, operation)
    assert is_there_once(store, operation)
    assert store.revision() == before + 1


def test_tries_are_bounded_and_then_it_is_said_that_nothing_was_written(store, mine, wire):
    wire.at_commit = proxy.before_the_server_hears
    operation = Operation(what="import")
    with pytest.raises(StoreUnavailable) as failed:
        put(mine, operation)
    assert failed.value.key == "error.store_not_written"
    assert wire.commits == committing._TRIES
    assert len(store.read()) == 0


@pytest.mark.slow
def test_where_nobody_can_be_asked_any_more_it_is_said_that_it_is_not_known(store, mine, wire):
    def and_for_good(*commit):
        wire.is_down = True
        return proxy.before_the_driver_hears(*commit)

    wire.at_commit = and_for_good
    operation = Operation(what="import")
    with pytest.raises(StoreUnavailable) as failed:
        put(mine, operation)
    assert failed.value.key == "error.store_unsure"
    assert "not written twice" in Words("en").error(failed.value)
    assert is_there_once(store, operation)
    # What the sentence promises: the same again says that it is there.
    with pytest.raises(WriteConflict):
        put(store, Operation(what="import"))


def test_82_a_server_that_goes_in_mid_transaction_and_comes_back_is_tried_again(store, mine, wire):
    wire.cut_at_run = 4
    operation = Operation(what="import")
    put(mine, operation)
    assert is_there_once(store, operation)


@pytest.mark.slow
def test_82_a_server_that_goes_in_mid_transaction_for_good_is_told_in_one_sentence(store, mine, wire):
    def and_for_good(done, _):
        wire.is_down, wire.cut_at_run = True, 1

    with pytest.raises(StoreUnavailable) as failed:
        mine.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"), progress=and_for_good)
    assert failed.value.key == "error.store_gone"
    for language in ("en", "fr"):
        assert "\n" not in Words(language).error(failed.value)
    assert len(store.read()) == 0


def test_an_error_of_a_write_that_was_done_is_not_told(store, mine):
    """The driver may do a write again by itself; the second try then finds the first as a stranger's."""
    operation = Operation(what="import")
    put(store, operation)
    put(mine, operation)
    assert is_there_once(store, operation)


def test_a_true_conflict_is_told_with_its_name_and_nothing_is_written(store, mine):
    put(store, Operation(what="import"))
    before = store.revision()
    stale = Account(id="a1", name="Mine", version=7)
    with pytest.raises(WriteConflict) as failed:
        mine.write(ChangeSet(puts=(stale,)), Operation(what="edit"))
    assert failed.value.params["name"] == "Account 1"
    assert store.revision() == before


def test_81_a_wrong_password_is_tried_once(store, wire):
    with pytest.raises(StoreRefused) as refused:
        open_driver(wire.uri, "root", "a-wrong-password")
    assert refused.value.key == "error.store_refused"
    assert wire.logons == 1


def test_what_is_no_database_is_told(tmp_path):
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer():
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                client.recv(100)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                client.close()

        threading.Thread(target=answer, daemon=True).start()
        uri = f"bolt://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(StoreError) as failed:
            open_driver(uri, "neo4j", "secret")
    assert failed.value.key in {"error.store_gone", "error.store_product"}
    for language in ("en", "fr"):
        assert "\n" not in Words(language).error(failed.value)
