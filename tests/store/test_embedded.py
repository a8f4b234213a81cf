"""The embedded database lives as long as it is needed, whatever happens to it."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import psutil
import pytest

from graphkam.errors import StoreDamaged, StoreError, StoreRefused, StoreUnavailable
from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, StoreSettings
from graphkam.store import arcade, embedded
from graphkam.store.accounts import Store
from graphkam.store.folder import Folder
from graphkam.store.processes import birth_of
from graphkam.store.seal import break_seal
from graphkam.text import Words
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


def test_77_a_note_of_another_process_is_not_believed(mine):
    write(mine)
    embedded.stop(mine)
    me = psutil.Process()
    note = {"pid": me.pid, "birth": birth_of(me.pid), "bolt": 1, "http": 2}
    path = Folder(mine.home).path / "state.json"
    for text in (json.dumps(note), "{", "", '{"pid": "x"}', "[]"):
        if text.startswith('{"pid": ' + str(me.pid)):
            note["birth"] += "0"  # a stranger with our pid
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


def test_74_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreUnavailable) as refused:
        Store.open(Settings(home=blocked))
    assert refused.value.key == "error.store_folder"


@pytest.mark.skipif(os.name != "posix" or os.getuid() != 0, reason="needs to give a file away")
def test_78_a_note_of_another_user_is_refused(mine):
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


def files(settings):
    root = Folder(settings.home).database / "databases"
    return [path for path in sorted(root.rglob("*")) if path.is_file()]


def cut(path):
    path.write_bytes(path.read_bytes()[:-1])


def zero(path):
    path.write_bytes(bytes(path.stat().st_size))


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_79_whatever_is_done_to_whichever_file_of_a_closed_database_is_told(mine):
    write(mine)
    embedded.stop(mine)
    folder = Folder(mine.home)
    kept = {path: path.read_bytes() for path in files(mine)}
    assert len(kept) > 40
    for number, (path, data) in enumerate(kept.items()):
        damage = (Path.unlink, cut, zero, flip)[number % 4] if data else Path.unlink
        damage(path)
        with pytest.raises(StoreDamaged) as refused:
            break_seal(folder)
        assert [Path(name).name for name in refused.value.params["files"]] == [path.name]
        path.write_bytes(data)
    (files(mine)[0].parent / "more").write_bytes(b"")
    with pytest.raises(StoreDamaged) as refused:
        names(mine)
    assert "more" in Words("fr").error(refused.value)
    with pytest.raises(StoreDamaged):
        names(mine)
    (files(mine)[0].parent / "more").unlink()
    assert names(mine) == ["Account 1"]


def test_79_who_altered_files_on_purpose_can_say_so(mine):
    write(mine)
    embedded.stop(mine)
    older = {path: path.read_bytes() for path in files(mine)}
    write(mine, number=2)
    embedded.stop(mine)
    for path in files(mine):
        path.unlink()
    for path, data in older.items():
        path.write_bytes(data)
    with pytest.raises(StoreDamaged) as refused:
        names(mine)
    assert refused.value.key == "error.store_altered"
    Path(refused.value.params["seal"]).unlink()
    assert names(mine) == ["Account 1"]


def test_79_damage_after_an_unclean_stop_is_found_at_every_start(mine):
    write(mine)
    embedded.stop(mine)
    (Folder(mine.home).path / "seal.json").unlink()
    Folder(mine.home).mark(running=True)
    for path in files(mine):
        if path.name.startswith("Person") and path.suffix == ".bucket" and "edges" not in path.name:
            zero(path)
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            names(mine)
        assert embedded.running(mine) is None


def test_79_files_that_are_no_database_are_told(mine):
    write(mine)
    embedded.stop(mine)
    for path in files(mine):
        path.write_bytes(b"\x00garbage" * 64)
    (Folder(mine.home).path / "seal.json").unlink()
    with pytest.raises(StoreError):
        names(mine)


def test_81_a_changed_secret_is_told_with_its_file_and_the_way_out(mine):
    write(mine)
    secret = Folder(mine.home).path / "secret"
    for is_running in (True, False):
        if not is_running:
            embedded.stop(mine)
        secret.write_text("x" * 43, encoding="utf-8")
        with pytest.raises(StoreRefused) as refused:
            names(mine)
        assert (refused.value.key, refused.value.params["file"]) == ("error.store_secret", str(secret))
        embedded.stop(mine)
        secret.unlink()
        assert names(mine) == ["Account 1"]


@pytest.mark.parametrize("kept", [b"", b"\n", b"short", b"\xff\xfe" * 40, "é".encode() * 43])
def test_81_what_cannot_be_a_secret_of_ours_is_replaced(mine, kept):
    folder = Folder(mine.home)
    folder.make()
    (folder.path / "secret").write_bytes(kept)
    assert len(folder.password()) == 43
    assert folder.password() == folder.password()
    assert stat.S_IMODE((folder.path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("which", [0, 1], ids=["bolt", "http"])
def test_76_a_taken_port_is_given_up_for_another_and_nobody_gets_the_password(mine, monkeypatch, which):
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as other:

        def listen():
            with suppress(OSError):
                while True:
                    client, _ = other.accept()
                    client.settimeout(0.5)
                    with suppress(TimeoutError):
                        heard.append(client.recv(1000))
                    client.close()

        threading.Thread(target=listen, daemon=True).start()
        free, taken = arcade._free_ports, [other.getsockname()[1]]
        monkeypatch.setattr(
            arcade,
            "_free_ports",
            lambda n: [taken.pop() if taken and i == which else p for i, p in enumerate(free(n))],
        )
        write(mine)
        assert taken == []
        assert names(mine) == ["Account 1"]
    assert not any(heard)


def test_85_a_start_that_is_interrupted_leaves_nothing_running(mine, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(arcade, "_wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            Store.open(mine)
    wait(lambda: Folder(mine.home).noted_process() is None)
    write(mine)
    assert names(mine) == ["Account 1"]


def test_83_a_clock_that_went_back_keeps_the_order_of_writes_and_the_database(mine, monkeypatch):
    with Store.open(mine) as store:
        pid = embedded.running(mine).pid
        for number, year in ((1, 2026), (2, 2031), (3, 2019)):
            at = datetime(year, 1, 1, tzinfo=UTC)
            monkeypatch.setattr("graphkam.store.writing.datetime", Mock(now=lambda _, at=at: at))
            operation = Operation(what="import", at=at.isoformat())
            store.write(ChangeSet(puts=tuple(account(number))), operation)
        assert [o.at[:4] for o in store.operations()] == ["2019", "2031", "2026"]
        assert store.revision() == 3
        [first] = [a for a in store.accounts() if a.id == "a1"]
        store.write(ChangeSet(puts=(first,)), Operation(what="edit"))
        assert {a.id: a.version for a in store.accounts()} == {"a1": 4, "a2": 2, "a3": 3}
    os.utime(Folder(mine.home).path / "used", (4e9, 4e9))  # used in the year 2096
    assert Folder(mine.home).idle_seconds() == 0
    assert embedded.running(mine).pid == pid
