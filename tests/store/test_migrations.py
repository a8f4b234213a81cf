"""A store or a backup of an older schema is brought to this one whole, or left as it was."""

from __future__ import annotations

import gzip
import json
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from graphkam.errors import GraphkamError, InputError, StoreDamaged
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.store import migrations
from graphkam.store.accounts import Store
from graphkam.store.backup import read_backup, restore_backup, save_backup
from graphkam.store.graph_form import fingerprint
from graphkam.store.migrations import STEPS
from graphkam.store.schema import CONSTRAINTS, INDEXES, SCHEMA_VERSION

pytestmark = pytest.mark.store

FORMATS = Path(__file__).parent / "formats"
FILES = sorted(FORMATS.glob("*.backup"))
FIRST = FORMATS / "schema-1.backup"


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def meta(store):
    with store.session() as session:
        return session.run("MATCH (m:Meta) RETURN properties(m) AS p").single()["p"]


def run(store, *statements):
    with store.session() as session:
        for text in statements:
            session.run(text).consume()


@pytest.fixture
def old(store, server):
    """Give a store as the first schema left it: what it wrote, no history, no constraint on any."""
    restore_backup(store, FIRST, who="anne")
    made_since = [name for name, since in CONSTRAINTS.items() if since > 1]
    run(
        store,
        *(f"DROP CONSTRAINT {name} IF EXISTS" for name in made_since),
        *(f"DROP INDEX {name} IF EXISTS" for name in INDEXES),
        "MATCH (m:Meta) SET m.schema_version = 1 REMOVE m.history_from, m.restored_in",
        "MATCH (o:Operation) REMOVE o.undoes, o.restored",
    )
    shutil.rmtree(server.home / "backups", ignore_errors=True)
    yield store
    with Store.open(server):
        pass  # whatever a test left behind is brought to the schema that the others expect


def backups(server):
    return sorted((server.home / "backups").glob("*"))


def test_there_is_a_file_of_every_schema_and_a_step_to_each():
    assert [path.name for path in FILES] == [f"schema-{v}.backup" for v in range(1, SCHEMA_VERSION + 1)]
    assert list(STEPS) == list(range(2, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_every_schema_wrote_is_restored_whole(store, path):
    held, head = read_backup(path), lines(path)[0]
    operation = restore_backup(store, path, who="anne")
    assert {a: list(found) for a, found in store.fingerprint().items()} == head["accounts"]
    assert store.read() == held.records
    assert store.read_at(held.revision) == held.records
    assert operation.restored == head["revision"]
    told = [o for o in store.operations(limit=1000) if o.what != "restore"]
    assert len(told) == head["operations"] == len({o.revision for o in told})
    assert max(o.revision for o in told) <= head["revision"]


def test_a_store_of_the_first_schema_is_migrated_when_it_is_opened(old, server):
    before, revision = old.read(), meta(old)["revision"]
    with Store.open(server) as store:
        assert (store.migration.before, store.migration.after) == (1, SCHEMA_VERSION)
        assert store.schema_version() == SCHEMA_VERSION
        assert store.read() == before
        assert store.revision() == revision
        assert set(CONSTRAINTS) <= set(store.ask("schema/constraints"))
        account = before.of(Account)[0]
        done = store.write(
            ChangeSet(puts=(account.model_copy(update={"name": "Newer"}),)), Operation(what="edit")
        )
        assert store.read_at(revision) == before
        oldest = store.history(Account, account.id)[-1]
        assert (oldest.record, oldest.by, oldest.ended_by) == (account, None, done)
        with pytest.raises(InputError):
            store.read_at(revision - 1)
    with Store.open(server) as store:
        assert store.migration is None


def test_everything_is_written_to_a_file_before_and_the_first_graphkam_reads_it(old, server):
    before = old.read()
    with Store.open(server) as store:
        path = store.migration.backup
        assert backups(server) == [path]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert read_backup(path).records == before
        restore_backup(store, path, who="anne")
        assert store.read() == before
    written, wrote = lines(path), lines(FIRST)
    assert written[0]["schema_version"] == 1
    assert written[0].keys() == wrote[0].keys()
    for part in ("operation", "record"):
        kept = [set(line[part]) for line in wrote if part in line]
        assert all(set(line[part]) <= set.union(*kept) for line in written if part in line)
    assert {tuple(line) for line in written[1:]} == {tuple(line) for line in wrote[1:]}


def test_of_several_who_open_it_at_once_one_migrates(old, server):
    before = fingerprint(old.read())

    def opened(_):
        with Store.open(server) as store:
            return store.migration, store.schema_version(), store.fingerprint()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(opened, range(6)))
    done = [migration for migration, _, _ in found if migration is not None]
    assert len(done) == 1
    assert {version for _, version, _ in found} == {SCHEMA_VERSION}
    assert all(seen == before for _, _, seen in found)
    assert backups(server) == [done[0].backup]


def test_what_somebody_wrote_after_the_backup_is_in_the_next_one(old, server, monkeypatch):
    written = []

    def save(held, path):
        save_contents(held, path)
        if not written:
            written.append(path)
            run(
                old,
                "MATCH (m:Meta) SET m.revision = m.revision + 1",
                "MATCH (a:Account) SET a.sector = 'late'",
            )

    save_contents = migrations.save_contents
    monkeypatch.setattr(migrations, "save_contents", save)
    with Store.open(server) as store:
        [path] = backups(server)
        assert path == store.migration.backup != written[0]
        assert {a.sector for a in read_backup(path).records.of(Account)} == {"late"}


def test_a_step_that_fails_leaves_the_store_as_it_was(old, server, monkeypatch):
    def fails(tx):
        STEPS_BEFORE[2].data(tx)
        tx.run("MATCH (a:Account) SET a.name = 'broken'").consume()
        raise RuntimeError

    before, at = old.read(), meta(old)
    STEPS_BEFORE = dict(STEPS)  # noqa: N806
    monkeypatch.setattr(migrations, "STEPS", {2: STEPS[2]._replace(data=fails)})
    with pytest.raises(RuntimeError):
        Store.open(server)
    assert meta(old) == at
    assert old.read() == before


def test_without_a_backup_nothing_is_migrated(old, server):
    at = meta(old)
    (server.home / "backups").write_text("not a folder", encoding="utf-8")
    try:
        with pytest.raises(GraphkamError) as refused:
            Store.open(server)
    finally:
        (server.home / "backups").unlink()
    assert refused.value.key == "error.not_written"
    assert meta(old) == at


def test_a_store_that_lacks_a_constraint_of_its_schema_is_told(store, server):
    run(store, "DROP CONSTRAINT past_key")
    try:
        with pytest.raises(StoreDamaged):
            Store.open(server)
    finally:
        store.ask_nothing("schema/past_key")


def test_a_backup_whose_history_was_touched_is_refused(store, tmp_path):
    restore_backup(store, FIRST, who="anne")
    account = store.read().of(Account)[0]
    store.write(ChangeSet(puts=(account.model_copy(update={"name": "Newer"}),)), Operation(what="edit"))
    save_backup(store, tmp_path / "b")
    text = gzip.decompress((tmp_path / "b").read_bytes()).decode()
    assert text.count(account.name) > 1
    found = text.splitlines()
    found[-1] = found[-1].replace(account.name, "Another")
    (tmp_path / "b").write_bytes(gzip.compress("\n".join(found).encode()))
    with pytest.raises(InputError) as refused:
        read_backup(tmp_path / "b")
    assert refused.value.key == "error.store_backup_wrong"
