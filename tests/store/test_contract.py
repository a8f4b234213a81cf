"""Both servers keep the same contract, and each test knows which one it is on."""

from __future__ import annotations

import re

import pytest

from graphkam.errors import StoreDamaged, StoreError
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.people import Person
from graphkam.store import embedded
from graphkam.store.accounts import Store
from tests.store.records import account

MANY = 4_600


def test_the_server_is_the_one_that_the_test_is_named_for(store, server, request):
    if request.node.callspec.params["server"] == "neo4j":
        assert re.fullmatch(r"Neo4j/5\.26\.\d+", store.server())
        assert server.store.uri is not None
    else:
        assert "ArcadeDB" in store.server()
        assert embedded.running(server) is not None


def test_many_records_are_written_in_batches_and_read_five_hundred_a_row(store):
    people = account(1, people=MANY // 2)
    store.write(ChangeSet(puts=tuple(people)), Operation(what="import"))
    found = store.read(["a1"])
    assert len(found) == len(people) > MANY
    assert {p.id for p in found.of(Person)} == {p.id for p in people.of(Person)}
    assert store.read() == found


def test_each_key_is_there_once_whatever_is_written(store):
    store.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"))
    before = store.fingerprint()
    with pytest.raises(StoreError) as refused:
        store.ask_nothing("write/create_account", rows=[{"key": "Account/a1", "id": "a1", "name": "Twin"}])
    assert refused.value.key == "error.store_conflict_key"
    assert store.fingerprint() == before


@pytest.mark.parametrize("name", ["record_key", "operation_id", "meta_id"])
def test_data_without_a_constraint_are_not_worked_with(store, server, name):
    with store.session() as session:
        session.run(f"DROP CONSTRAINT {name}").consume()
    try:
        with pytest.raises(StoreDamaged) as refused:
            Store.open(server)
        assert refused.value.key == "error.store_no_constraints"
    finally:
        store.ask_nothing(f"schema/{name}")
    Store.open(server).close()


@pytest.mark.neo4j
def test_a_database_that_the_server_does_not_have_is_told(neo4j):
    elsewhere = neo4j.store.model_copy(update={"database": "elsewhere"})
    with pytest.raises(StoreError) as refused:
        Store.open(neo4j.model_copy(update={"store": elsewhere}))
    assert "elsewhere" in refused.value.params["why"]
