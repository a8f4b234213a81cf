"""Both servers keep the same contract, and each test knows which one it is on."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from graphkam.errors import StoreDamaged, StoreError, StoreRefused
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.people import Person
from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.bolt import open_driver
from graphkam.store.schema import CONSTRAINTS
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


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow])])
def fresh(request, tmp_path, neo4j_servers):
    """Give the settings of a server on which there never was anything."""
    if request.param == "embedded":
        settings = Settings(home=tmp_path / "fresh")
        yield settings
        embedded.stop(settings)
        return
    name = f"{tmp_path.name}"
    yield Settings(home=tmp_path, store=StoreSettings(uri=neo4j_servers.start(name, password=None)))
    neo4j_servers.stop(name)


@pytest.mark.store
def test_four_who_open_it_first_at_once_make_one_store(fresh):
    def work(number):
        with Store.open(fresh) as mine:
            mine.write(ChangeSet(puts=tuple(account(number))), Operation(what="import"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    with Store.open(fresh) as store:
        assert len(store.accounts()) == 4
        assert store.revision() == 4
        assert set(CONSTRAINTS) <= set(store.ask("schema/constraints"))
        with store.session() as session:
            assert session.run("MATCH (m:Meta) RETURN count(m)").single().value() == 1


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_database_that_holds_something_else_is_left_untouched(neo4j_servers, tmp_path):
    uri = neo4j_servers.start(tmp_path.name, password=None)
    try:
        with open_driver(uri, "anybody", "") as driver:
            driver.execute_query("CREATE (:Film {title: 'Brazil'})")
            with pytest.raises(StoreRefused) as refused:
                Store.open(Settings(home=tmp_path, store=StoreSettings(uri=uri)))
            assert refused.value.key == "error.store_not_ours"
            assert driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN name").records == []
            assert driver.execute_query("MATCH (n) RETURN labels(n) AS l").records[0].value() == ["Film"]
    finally:
        neo4j_servers.stop(tmp_path.name)


@pytest.mark.neo4j
def test_a_database_that_the_server_does_not_have_is_told(neo4j):
    elsewhere = neo4j.store.model_copy(update={"database": "elsewhere"})
    with pytest.raises(StoreError) as refused:
        Store.open(neo4j.model_copy(update={"store": elsewhere}))
    assert "elsewhere" in refused.value.params["why"]
