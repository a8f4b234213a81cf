"""What a store must keep, whichever server it is on."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from graphkam.errors import StoreTooNew, WriteConflict
from graphkam.model.base import Node
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.ties import ContactTie
from graphkam.store.accounts import Store
from graphkam.store.graph_form import fingerprint
from graphkam.store.schema import SCHEMA_VERSION
from tests.store.records import account, everything, full

pytestmark = pytest.mark.store


def put(store, *records, removals=(), what="import"):
    return store.write(ChangeSet(puts=records, removals=removals), Operation(what=what))


def contents(records):
    return RecordSet(r.model_copy(update={"version": 0, "updated_at": ""}) for r in records)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_kind_comes_back(store, kind):
    put(store, *everything())
    assert contents(store.read()).of(kind) == (full(kind),)


def test_one_account_is_read_with_our_people_and_nothing_of_others(store):
    put(store, *everything(), *account(1), *account(2))
    found = store.read(["a1"])
    assert {a.id for a in found.of(Account)} == {"a1"}
    assert len(found.of(TeamMember)) == 1
    assert contents(found) == contents(RecordSet((*account(1), *store.read([]))))
    assert contents(store.read([account_id.id for account_id in store.accounts()])) == contents(store.read())


def test_two_kinds_may_use_the_same_id(store):
    put(
        store,
        Account(id="7", name="Seven"),
        Position(id="7", account_id="7", title="CEO"),
        TeamMember(id="7", last_name="Eve"),
    )
    assert len(store.read()) == 3


def test_references_are_relationships_too(store):
    put(store, *everything())
    counts = dict(store.ask("read/link_counts"))
    for kind in KINDS:
        graph = kind.GRAPH
        types = graph.references.values() if isinstance(graph, Node) else [graph.type]
        for type_ in types:
            if (kind, type_) not in {(Position, "REPORTS_TO"), (Position, "DOTTED_TO"), (OrgUnit, "PART_OF")}:
                assert counts.get(type_, 0) > 0, (kind, type_)


def test_a_reference_that_changes_leaves_no_old_relationship(store):
    put(store, *account(1))
    boss = store.read().get(Position, "a1-s0")
    put(store, boss.model_copy(update={"reports_to_id": "a1-s1"}))
    again = store.read().get(Position, "a1-s0")
    put(store, again.model_copy(update={"reports_to_id": "a1-s2"}))
    assert dict(store.ask("read/link_counts"))["REPORTS_TO"] == 1


def test_versions_grow_and_a_stale_write_is_refused_whole(store):
    written = put(store, *account(1))
    first = store.read().get(Account, "a1")
    assert first.version == written.revision > 0
    assert first.updated_at
    put(store, first.model_copy(update={"name": "Newer"}))
    with pytest.raises(WriteConflict) as refused:
        put(store, first.model_copy(update={"name": "Stale"}), *account(9))
    assert refused.value.params["name"] == "Newer"
    assert [a.name for a in store.accounts()] == ["Newer"]


def test_what_exists_is_not_made_again(store):
    put(store, *account(1))
    with pytest.raises(WriteConflict):
        put(store, *account(1))


def test_a_tie_changes_keeps_its_ends_and_goes(store):
    put(store, *everything())
    tie = store.read().of(ContactTie)[0]
    put(store, tie.model_copy(update={"level": 1}))
    changed = store.read().of(ContactTie)[0]
    assert (changed.level, changed.version) == (1, store.revision())
    with pytest.raises(WriteConflict):
        put(store, tie)
    put(store, removals=[changed])
    assert store.read().of(ContactTie) == ()


def test_a_write_is_noted_with_its_changes(store):
    before = store.revision()
    operation = put(store, *account(1), what="edit")
    assert store.operations(1)[0] == operation
    assert store.revision() == before + 1


def test_fingerprints_tell_contents_from_versions(store):
    put(store, *account(1))
    before = store.fingerprint()
    assert before == fingerprint(account(1))
    kept = store.read().get(Account, "a1")
    put(store, kept)
    assert store.fingerprint() == before
    put(store, store.read().get(Account, "a1").model_copy(update={"name": "Other"}))
    assert store.fingerprint()["a1"][1] != before["a1"][1]


def test_eight_writers_of_one_field_lose_nothing(store, server):
    put(store, *account(1))
    lock, done = threading.Lock(), []

    def work(_):
        with Store.open(server) as mine:
            for _ in range(5):
                while True:
                    seen = mine.read(["a1"]).get(Account, "a1")
                    wanted = seen.model_copy(update={"sector": str(int(seen.sector or 0) + 1)})
                    try:
                        put(mine, wanted, what="edit")
                    except WriteConflict:
                        continue
                    with lock:
                        done.append(1)
                    break

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert store.read(["a1"]).get(Account, "a1").sector == str(len(done)) == "40"


def test_80_a_newer_database_is_left_untouched(store, server):
    store.ask_nothing("erase/everything")
    with store.session() as session:
        session.run("MATCH (m:Meta) SET m.schema_version = 99").consume()
    try:
        with pytest.raises(StoreTooNew):
            Store.open(server)
    finally:
        with store.session() as session:
            session.run("MATCH (m:Meta) SET m.schema_version = $v", v=SCHEMA_VERSION).consume()
