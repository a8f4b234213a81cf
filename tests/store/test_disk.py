"""A full disk and a folder that cannot be written are told in one sentence; nothing is lost or half done."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graphkam.errors import StoreError, StoreUnavailable
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.records import RecordSet
from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.folder import Folder
from graphkam.store.graph_form import fingerprint
from tests.store.records import account
from tests.store.test_embedded import wait

pytestmark = [pytest.mark.store, pytest.mark.slow, pytest.mark.timeout(900)]

ROOM = 40
"""Megabytes: an empty store takes 12."""


@pytest.fixture
def small(tmp_path: Path, embedded_server: Settings) -> Iterator[Settings]:
    """Give a data folder on a disk of its own, that soon is full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(disk)]
    if os.name != "posix" or subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("NOT TESTED, this user may not mount a small disk")  # nor may root, in a container
    settings = Settings(home=disk / "home", store=StoreSettings(idle_minutes=5))
    try:
        yield settings
    finally:
        remounted(settings, "rw")
        for name in ("filling", "rest"):  # without room it could not even be stopped
            (disk / name).unlink(missing_ok=True)
        embedded.stop(settings)
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(settings: Settings) -> Path:
    """Leave a few pages of room, whatever the database writes meanwhile."""
    filling = settings.home.parent / "filling"
    with filling.open("wb", buffering=0) as file:
        while room(settings) > 300_000:
            file.write(bytes(100_000))
    return filling


def stop(settings: Settings) -> None:
    """Stop the database, and wait until the system has taken back all that its process held.

    Files that a process deleted are there until its last thread is gone, and that is later than the moment
    when it counts as ended.
    """
    database = embedded.running(settings).process()
    assert embedded.stop(settings)
    database.wait(timeout=60)


def fill_up(settings: Settings) -> None:
    """Leave no byte, not even those that a start would take back: those of the seal, and of the last log."""
    folder = Folder(settings.home)
    for path in (folder.path / "seal.json", folder.log):
        path.unlink(missing_ok=True)
    rest = settings.home.parent / "rest"
    with rest.open("wb", buffering=0) as file, suppress(OSError):  # there is no room: so it ends
        while True:
            file.write(bytes(4096))
    assert room(settings) == 0


def put(store, number, people):
    store.write(ChangeSet(puts=tuple(account(number, people))), Operation(what="import"))


def test_75_a_full_disk_is_told_and_what_was_acknowledged_is_there_once_there_is_room(small):
    wanted: list[RecordSet] = [account(1)]
    with Store.open(small) as store:
        put(store, 1, 3)
        filling = fill(small)
        with pytest.raises(StoreError) as refused:
            put_until_full(store, wanted)
        assert refused.value.key == "error.store_full"
        expected = fingerprint(RecordSet(record for records in wanted for record in records))
        assert store.fingerprint() == expected
    stop(small)
    fill_up(small)
    with pytest.raises(StoreError) as refused:
        Store.open(small)
    assert refused.value.key == "error.store_full"
    filling.unlink()
    (small.home.parent / "rest").unlink(missing_ok=True)
    with Store.open(small) as store:
        assert store.fingerprint() == expected
        put(store, 99, 3)


def put_until_full(store, wanted):
    for number in range(2, 50):
        put(store, number, 300)
        wanted.append(account(number, 300))


def room(settings: Settings) -> int:
    found = os.statvfs(settings.home)
    return found.f_bavail * found.f_bsize


def remounted(settings: Settings, how: str) -> bool:
    command = ["mount", "-o", f"remount,{how}", str(settings.home.parent)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_74_a_disk_that_cannot_be_written_is_told(small):
    with Store.open(small) as store:
        put(store, 1, 3)
    embedded.stop(small)
    wait(lambda: remounted(small, "ro"))
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(small)
    assert refused.value.key == "error.store_folder"
    assert "Read-only" in refused.value.params["why"]
    assert remounted(small, "rw")
    with Store.open(small) as store:
        assert store.fingerprint() == fingerprint(account(1))
