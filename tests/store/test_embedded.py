"""The embedded database lives as long as it is needed, whatever happens to it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from graphkam.errors import StoreError, StoreRefused, StoreUnavailable
from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.folder import Folder
from tests.store.records import account

pytestmark = [pytest.mark.store, pytest.mark.slow]


@pytest.fixture
def mine(tmp_path: Path, embedded_server: Settings) -> Iterator[Settings]:
    """Give a data folder of one test's own."""
    settings = Settings(home=tmp_path / "home", store=StoreSettings(idle_minutes=5))
    yield settings
    embedded.stop(settings)
    wait(lambda: not watchers(settings))


def wait(until, seconds=15.0) -> float:
    began = time.monotonic()
    while not until():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def watchers(settings):
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = process.info["cmdline"] or []
        if "graphkam.store.watch" in line and str(settings.home) in line:
            found.append(process)
    return found


def write(settings, number=1):
    with Store.open(settings) as store:
        store.write(ChangeSet(puts=tuple(account(number))), Operation(what="import"))


def names(settings):
    with Store.open(settings) as store:
        return [a.name for a in store.accounts()]


def test_commands_in_a_row_share_one_process_and_find_what_was_written(mine):
    write(mine)
    pid = embedded.running(mine).pid
    assert names(mine) == ["Account 1"]
    assert embedded.running(mine).pid == pid


def test_it_is_stopped_on_demand_and_starts_again_with_its_data(mine):
    write(mine)
    assert embedded.stop(mine)
    assert not embedded.stop(mine)
    assert embedded.running(mine) is None
    assert names(mine) == ["Account 1"]


def test_a_killed_process_is_started_again_with_all_that_was_acknowledged(mine):
    write(mine)
    embedded.running(mine).process().kill()
    assert names(mine) == ["Account 1"]


def test_a_killed_watcher_is_replaced(mine):
    write(mine)
    wait(lambda: watchers(mine))
    for process in watchers(mine):
        process.kill()
    names(mine)
    wait(lambda: len(watchers(mine)) == 1)


def test_a_note_of_another_process_is_not_believed(mine):
    write(mine)
    embedded.stop(mine)
    me = psutil.Process()
    note = {"pid": me.pid, "birth": me.create_time(), "bolt": 1, "http": 2}
    path = Folder(mine.home).path / "state.json"
    for text in (json.dumps(note), "{", "", '{"pid": "x"}', "[]"):
        if text.startswith('{"pid": ' + str(me.pid)):
            note["birth"] -= 5000  # a stranger with our pid
            text = json.dumps(note)  # noqa: PLW2901
        path.write_text(text, encoding="utf-8")
        assert names(mine) == ["Account 1"]
        embedded.stop(mine)


def test_two_starters_at_once_get_one_process(mine):
    script = (
        "import sys;from pathlib import Path;from graphkam.settings import Settings;"
        "from graphkam.store.accounts import Store;from graphkam.store import embedded;"
        "s=Settings(home=Path(sys.argv[1]))\n"
        "with Store.open(s) as t: print(embedded.running(s).pid)"
    )
    command = [sys.executable, "-c", script, str(mine.home)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    pids = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(pids) == 1
    assert pids != {""}


def test_it_ends_with_the_last_client_that_has_a_lease(mine):
    leased = Store.open(mine, lease=True)
    process = embedded.running(mine).process()
    other = Store.open(mine)
    leased.close()
    time.sleep(1.5)
    assert process.is_running()
    other.close()
    wait(lambda: embedded.running(mine) is None, seconds=10)
    wait(lambda: not watchers(mine), seconds=10)


def test_it_ends_when_idle(tmp_path, embedded_server):
    settings = Settings(home=tmp_path / "idle", store=StoreSettings(idle_minutes=0.02))
    write(settings)
    wait(lambda: embedded.running(settings) is None)
    wait(lambda: not watchers(settings))
    assert names(settings) == ["Account 1"]
    wait(lambda: not watchers(settings))


def test_a_client_that_died_does_not_keep_it(mine):
    script = (
        "import sys,os;from pathlib import Path;from graphkam.settings import Settings;"
        "from graphkam.store.accounts import Store;"
        "Store.open(Settings(home=Path(sys.argv[1])),lease=True);os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(mine.home)], check=False)
    wait(lambda: embedded.running(mine) is None, seconds=10)


def test_only_the_loopback_is_listened_on_and_only_the_owner_can_read(mine):
    write(mine)
    process = embedded.running(mine).process()
    addresses = {c.laddr.ip for c in process.net_connections() if c.status == psutil.CONN_LISTEN}
    assert addresses <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}
    secret = (Folder(mine.home).path / "secret").read_text(encoding="utf-8")
    assert secret not in " ".join(process.cmdline())
    for path in Folder(mine.home).path.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(Settings(home=blocked))
    assert refused.value.key == "error.store_folder"


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs to give a file away")
def test_a_note_of_another_user_is_refused(mine):
    write(mine)
    embedded.stop(mine)
    path = Folder(mine.home).path / "state.json"
    path.write_text("{}", encoding="utf-8")
    os.chown(path, 12345, 12345)
    with pytest.raises(StoreRefused):
        Store.open(mine)
    path.unlink()


def test_a_machine_without_a_wheel_is_told_to_use_a_server(mine, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(mine)
    assert refused.value.key == "error.store_no_wheel"


def test_damaged_files_are_told_not_worked_with(mine):
    write(mine)
    embedded.stop(mine)
    damaged = 0
    for path in Folder(mine.home).database.rglob("*"):
        if path.is_file() and "databases" in path.parts and path.stat().st_size > 0:
            path.write_bytes(b"\x00garbage" * 64)
            damaged += 1
    assert damaged
    with pytest.raises(StoreError):
        names(mine)
