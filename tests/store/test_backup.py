"""A backup is one file that says what it holds, and puts it back whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import stat
from pathlib import Path

import pytest

from graphkam.errors import InputError, StoreTooNew
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Position
from graphkam.store import backup_file
from graphkam.store.backup import read_backup, restore_backup, save_backup
from tests.store.records import account, everything

pytestmark = pytest.mark.store


@pytest.fixture
def saved(store, tmp_path):
    store.write(ChangeSet(puts=tuple(everything())), Operation(what="import"))
    store.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"))
    path = tmp_path / "backup.gz"
    save_backup(store, path)
    return path


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return stream.read().splitlines()


def rewrite(path, found):
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write("\n".join(found) + "\n")


def test_everything_comes_back_with_its_versions_and_its_operations(store, saved):
    before, operations = store.read(), store.operations()
    store.write(
        ChangeSet(
            puts=tuple(account(2)),
            removals=store.read(["a1"]).of(Position),
        ),
        Operation(what="edit"),
    )
    restore_backup(store, saved, who="anne")
    assert store.read() == before
    assert {o.id for o in operations} < {o.id for o in store.operations()}
    assert store.operations(1)[0].what == "restore"


def test_only_its_owner_can_read_it_and_no_draft_is_left(saved):
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert [p.name for p in saved.parent.iterdir()] == ["backup.gz"]


def test_a_backup_that_lacks_a_line_is_refused_and_nothing_changes(store, saved):
    before = store.fingerprint()
    rewrite(saved, lines(saved)[:-1])
    with pytest.raises(InputError) as refused:
        restore_backup(store, saved, who="anne")
    assert refused.value.key == "error.store_backup_wrong"
    assert store.fingerprint() == before


@pytest.mark.parametrize(
    "data", [b"", b"no gzip", gzip.compress(b"{}\n", mtime=0), gzip.compress(b"\xff\xfe", mtime=0)]
)
def test_what_is_no_backup_is_told(tmp_path, data):
    path = tmp_path / "other.gz"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_backup(path)


def test_a_cut_short_backup_is_told(saved):
    saved.write_bytes(saved.read_bytes()[:-20])
    with pytest.raises(InputError):
        read_backup(saved)


def test_80_a_backup_of_a_newer_graphkam_is_refused(saved):
    found = lines(saved)
    head = json.loads(found[0]) | {"schema_version": 99}
    rewrite(saved, [json.dumps(head), *found[1:]])
    with pytest.raises(StoreTooNew):
        read_backup(saved)


@pytest.mark.parametrize(
    "head",
    [
        {"accounts": []}, {"accounts": {"a1": 3}}, {"accounts": None}, {"operations": "x"},
        {"schema_version": "x"}, {"schema_version": [1]}, {"revision": None}, {"revision": "x"},
    ],
)  # fmt: skip
def test_a_head_that_is_none_is_told(saved, head):
    found = lines(saved)
    rewrite(saved, [json.dumps(json.loads(found[0]) | head), *found[1:]])
    with pytest.raises(InputError):
        read_backup(saved)


@pytest.mark.parametrize(
    "line", ["[" * 100_000, "3", '{"record": {}}', '{"kind": "Meta", "record": 1}', "\0"]
)
def test_a_line_that_is_no_record_is_told(saved, line):
    rewrite(saved, [*lines(saved), line])
    with pytest.raises(InputError):
        read_backup(saved)


def test_63_a_bomb_is_not_unpacked(saved, monkeypatch):
    monkeypatch.setattr(backup_file, "_SURELY_HARMLESS", 1 << 20)
    rewrite(saved, [*lines(saved), " " * (32 << 20)])
    with pytest.raises(InputError):
        read_backup(saved)
    rewrite(saved, [*lines(saved)[:-1], *[" " * 1000] * 30_000])
    with pytest.raises(InputError) as refused:
        read_backup(saved)
    assert refused.value.key == "error.store_backup_unreadable"


def test_a_device_is_neither_read_nor_replaced(store):
    with pytest.raises(InputError):
        read_backup(Path(os.devnull))
    with pytest.raises(InputError):
        save_backup(store, Path(os.devnull))
    assert not Path(os.devnull).is_file()
