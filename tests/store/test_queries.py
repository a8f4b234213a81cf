"""A query reads what there is, within its limits, and can write nothing: the server sees to it."""

from __future__ import annotations

import json
import re
import stat
import threading
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import psutil
import pytest

from graphkam.access.policy import Act
from graphkam.errors import InputError, NotAllowed, StoreRefused
from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.folder import Folder
from graphkam.store.queries import plain, query
from graphkam.workspace import Workspace
from tests.store.records import account, everything

pytestmark = pytest.mark.store

ROOT = Path(__file__).parents[2]
WRITES = [
    "CREATE (n:X)",
    "CREATE (n:Person {id: 'q'}) RETURN n",
    "MERGE (n:Person {id: 'q'}) RETURN n",
    "INSERT (n:X)",
    "MATCH (n:Position) SET n.weight = 5",
    "MATCH (n:Position) SET n:Other",
    "MATCH (n:Position) REMOVE n.title",
    "MATCH (n:Person) DETACH DELETE n",
    "MATCH (a:Person), (b:Position) CREATE (a)-[:HOLDS]->(b)",
    "MATCH (n:Person) FOREACH (x IN [1] | CREATE (:Z))",
    "CALL { CREATE (n:X) RETURN n } RETURN n",
    "CALL { MATCH (n:Person) DETACH DELETE n } IN TRANSACTIONS",
    "UNWIND [1, 2] AS x CREATE (:X {n: x})",
    "/* MATCH (n) RETURN n */ CREATE (n:X) // RETURN 1",
    "CREATE INDEX foo IF NOT EXISTS FOR (n:Person) ON (n.zip)",
    "CREATE CONSTRAINT foo IF NOT EXISTS FOR (n:Person) REQUIRE n.zip IS UNIQUE",
    "DROP CONSTRAINT record_key",
    "DROP CONSTRAINT record_key IF EXISTS",
    "MATCH (n:Nothing) DELETE n",
    "PROFILE CREATE (n:Y)",
    "PROFILE MATCH (n:Position) SET n.weight = 5",
    "CREATE DATABASE foo",
    "DROP DATABASE graphkam",
    "CREATE USER eve SET PASSWORD 'long-enough-secret'",
    "ALTER USER query SET PASSWORD 'long-enough-secret'",
    "DROP USER root",
    "LOAD CSV FROM 'file:///etc/passwd' AS row CREATE (:X)",
    "CALL apoc.create.node(['X'], {})",
    "CALL apoc.cypher.doIt('CREATE (:X)', {})",
    "CALL db.createLabel('X')",
    "RETURN 1 AS a; CREATE (n:X)",
    "RETURN 1 AS a; RETURN 2 AS b",
    "USE system CREATE USER eve SET PASSWORD 'long-enough-secret'",
]
READS = {
    "MATCH (n:Position) RETURN count(n) AS seats": ((6,),),
    "// a comment\nRETURN 1 AS one": ((1,),),
    "/* CREATE (n) */ RETURN 'CREATE (n)' AS text": (("CREATE (n)",),),
    "CALL db.labels() YIELD label WITH label WHERE label = 'Account' RETURN label": (("Account",),),
    "RETURN null AS nothing, true AS yes, 1.5 AS half": ((None, True, 1.5),),
    "UNWIND [1, 2] AS x RETURN x": ((1,), (2,)),
    "RETURN [1, {a: date('2026-11-23')}] AS nested": (([1, {"a": "2026-11-23"}],),),
    "MATCH (n:Account {id: 'a1'}) RETURN n.name AS name": (("Account 1",),),
}
ENDLESS = "MATCH (a:Record)-[*1..30]-(b) RETURN count(*)"


def ask(server, text, limit=10, timeout=20.0):
    return query(server, text, limit=limit, timeout=timeout)


def schema(store):
    with store.session() as session:
        return (
            sorted(session.run("SHOW INDEXES YIELD name RETURN name").value()),
            sorted(session.run("SHOW CONSTRAINTS YIELD name RETURN name").value()),
            sorted(session.run("MATCH (n) UNWIND labels(n) AS l RETURN DISTINCT l").value()),
        )


@pytest.fixture
def filled(store):
    store.write(ChangeSet(puts=(*account(1), *account(2))), Operation(what="import"))
    return store


@pytest.mark.parametrize("text", WRITES)
def test_whatever_writes_is_refused_and_nothing_changes(filled, server, text):
    before = (filled.fingerprint(), filled.revision(), schema(filled))
    with pytest.raises(InputError) as refused:
        ask(server, text)
    assert refused.value.key in {f"error.query_{how}" for how in ("refused", "writes", "failed")}
    assert (filled.fingerprint(), filled.revision(), schema(filled)) == before


def test_to_explain_a_new_index_makes_none(filled, server):
    """ArcadeDB would make it, and is kept from it; Neo4j only explains."""
    before = schema(filled)
    with suppress(InputError):
        assert ask(server, "EXPLAIN CREATE INDEX foo IF NOT EXISTS FOR (n:Person) ON (n.zip)").rows == ()
    assert schema(filled) == before


@pytest.mark.parametrize("text", READS)
def test_whatever_reads_is_answered(filled, server, text):
    assert ask(server, text).rows == READS[text]


def test_nodes_relationships_and_paths_are_told_as_objects(store, server):
    store.write(ChangeSet(puts=tuple(everything())), Operation(what="import"))
    found = ask(server, "MATCH p = (a:TeamMember)-[r:KNOWS]->(b:Person) RETURN a, r, p")
    assert found.columns == ("a", "r", "p")
    [[member, tie, path]] = found.rows
    assert member["labels"] == ["Record", "TeamMember"]
    assert member["properties"]["last_name"]
    assert (tie["type"], tie["properties"]["id"]) == ("KNOWS", "contacttie-1")
    assert [part.get("type", "node") for part in path] == ["node", "KNOWS", "node"]
    json.dumps(found.rows)


class AllButOne:
    """Somebody who may do everything, but not ask the database itself about one account."""

    def allows(self, _, act, account_id):
        return not (act is Act.QUERY and account_id == "a2")


def test_who_may_not_ask_about_every_account_may_not_ask(filled, server):
    with pytest.raises(NotAllowed):
        Workspace(server, filled, AllButOne()).query("RETURN 1 AS one")
    assert Workspace(server, filled).query("RETURN 1 AS one").rows == ((1,),)


def test_the_embedded_database_reads_no_file_for_a_query(embedded_server):
    with pytest.raises(InputError) as refused:
        ask(embedded_server, "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row")
    assert refused.value.key == "error.query_refused"


def test_what_explains_runs_nothing(filled, server):
    assert ask(server, "EXPLAIN MATCH (n:Person) RETURN n").rows == ()


def test_no_more_rows_are_given_than_asked_for(filled, server):
    text = "UNWIND range(1, 20000000) AS x RETURN x"
    began = time.monotonic()
    found = ask(server, text, limit=3)
    assert (found.rows, found.is_cut) == (((1,), (2,), (3,)), True)
    assert time.monotonic() - began < 20  # the rest is not waited for
    assert not ask(server, "UNWIND [1, 2, 3] AS x RETURN x", limit=3).is_cut


@pytest.mark.slow
def test_a_query_that_takes_too_long_is_ended_in_the_server(filled, server):
    filled.write(ChangeSet(puts=tuple(account(3, people=60))), Operation(what="import"))
    with pytest.raises(InputError) as refused:
        ask(server, "MATCH (a:Record), (b:Record), (c:Record), (d:Record), (e:Record) "
            "WHERE a.id + b.id + c.id + d.id + e.id = 'x' RETURN count(*)", timeout=1.5)  # fmt: skip
    assert refused.value.key == "error.query_too_long"
    assert ask(server, "RETURN 1 AS one").rows == ((1,),)


@pytest.mark.parametrize("text", ["", "  ", "MATCH (n RETURN n", "RETURN $x AS x", "nonsense", "RETURN 1/0"])
def test_what_is_not_understood_is_told(filled, server, text):
    with pytest.raises(InputError) as refused:
        ask(server, text)
    assert refused.value.key == "error.query_failed"
    assert refused.value.params["why"]


def test_the_examples_of_the_page_are_answered(store, server):
    with Workspace(server, store) as workspace:
        plan = workspace.plan_import(ROOT / "fixtures" / "demo-en.xlsx", today=date(2026, 11, 23))
        workspace.apply(plan.changes, what="import")
    page = (ROOT / "docs" / "graph.md").read_text(encoding="utf-8")
    examples = re.findall(r"```cypher\n(.+?)```", page, re.DOTALL)
    assert len(examples) >= 5
    for text in examples:
        assert ask(server, text).rows, text


def test_a_server_that_would_let_a_query_write_gets_none(embedded_server):
    """The embedded database in its owner's name is such a server: it ignores the reading mode."""
    Store.open(embedded_server).close()
    running = embedded.running(embedded_server)
    open_one = StoreSettings(uri=running.uri, user="root", password=running.password, database="graphkam")
    with pytest.raises(StoreRefused) as refused:
        ask(Settings(home=embedded_server.home, store=open_one), "RETURN 1 AS one")
    assert refused.value.key == "error.query_not_guarded"


# ------------------------------------------------------------- the reader of the embedded database


def test_no_secret_is_readable_for_others_or_shown_in_the_list_of_processes(embedded_server):
    Store.open(embedded_server).close()
    ask(embedded_server, "RETURN 1 AS one")
    folder = Folder(embedded_server.home)
    secret = folder.path / "reader-secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    words = {secret.read_text(encoding="utf-8"), folder.password()}
    shown = " ".join(" ".join(p.info["cmdline"] or []) for p in psutil.process_iter(["cmdline"]))
    assert not any(word in shown for word in words)
    readable = [p for p in folder.path.rglob("*") if p.is_file() and p.stat().st_mode & 0o077]
    assert readable == []
    logs = [folder.log, *(folder.database / "log").glob("*")]
    assert not any(word in path.read_text(errors="replace") for word in words for path in logs)


@pytest.mark.slow
def test_a_data_folder_made_before_there_was_a_reader_gets_one(tmp_path, embedded_server):
    settings = Settings(home=tmp_path / "home", store=StoreSettings(idle_minutes=5))
    folder = Folder(settings.home)
    groups = folder.database / "config" / "server-groups.json"
    try:
        with Store.open(settings) as store:
            store.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"))
        listed = json.loads(groups.read_text(encoding="utf-8"))
        del listed["databases"]["*"]["groups"]["reader"]
        groups.write_text(json.dumps(listed), encoding="utf-8")  # as it was, and the database is running
        assert ask(settings, "MATCH (n:Account) RETURN n.id AS id").rows == (("a1",),)
        embedded.stop(settings)
        (folder.path / "reader-secret").unlink()  # of another secret than the user has
        assert ask(settings, "MATCH (n:Account) RETURN n.id AS id").rows == (("a1",),)
        embedded.stop(settings)
        (folder.path / "secret").unlink()  # the users are made anew with it
        assert ask(settings, "MATCH (n:Account) RETURN n.id AS id").rows == (("a1",),)
        with pytest.raises(InputError):
            ask(settings, "CREATE (n:X)")
    finally:
        embedded.stop(settings)


def test_several_ask_at_once(filled, server):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(ask(server, "RETURN 1 AS one").rows)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [((1,),)] * 4


def test_values_that_json_does_not_have_are_written():
    from neo4j.spatial import CartesianPoint
    from neo4j.time import DateTime, Duration

    assert plain(DateTime(2026, 11, 23, 9, 30)) == "2026-11-23T09:30:00.000000000"
    assert plain(Duration(days=2)) == "P2D"
    assert plain(b"\x01\xff") == "01ff"
    assert plain(CartesianPoint((1.0, 2.0))) == {"srid": 7203, "coordinates": [1.0, 2.0]}
    assert plain({"a": (1, b"\x02")}) == {"a": [1, "02"]}
