"""ArcadeDB as the embedded database: how its process is started and checked.

It comes with its own Java runtime in a Python wheel. Started inside the Python process it crashed
the interpreter at exit; so it is a process of its own, bound to the loopback, speaking Bolt.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import psutil

from graphkam.errors import StoreDamaged, StoreRefused, StoreUnavailable
from graphkam.store.folder import Folder, Running
from graphkam.store.processes import birth_of, detached, end

USER = "root"
DATABASE = "graphkam"

_READY_SECONDS = 60
_CHECK_SECONDS = 120
_LONGEST_SECONDS = 3600
_POLL_SECONDS = 0.02
_LEAST_HEAP, _MOST_HEAP = 512, 4096
_NO_ROOM = "No space left|not enough space|[Qq]uota exceeded"
_NO_PORT = "Address already in use|BindException|Unable to listen"
_LEAST_ROOM = 64 * 1024 * 1024
_MEGABYTE = 1024 * 1024


def start(folder: Folder) -> Running:
    """Start the database of a folder and wait until it answers.

    Raises
    ------
    StoreUnavailable
        If it cannot be started on this machine; the message says why.
    StoreDamaged
        If its files are refused.
    """
    java, jars = _runtime()
    bolt, http = _free_ports(2)
    password = folder.password()
    command = _command(java, jars, folder, bolt, http)
    folder.log.unlink(missing_ok=True)
    with os.fdopen(os.open(folder.log, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as log:
        old_mask = os.umask(0o077)
        try:
            child = detached(command, folder=folder.database, log=log)
        finally:
            os.umask(old_mask)
    found = Running(child.pid, birth_of(child.pid), bolt, http, password)
    try:
        folder.note_running(found)
        _wait(child, found, folder)
    except BaseException:  # nobody would watch it, and on a full disk nobody might even know of it
        if child.poll() is None:
            end(psutil.Process(child.pid))
        raise
    return found


def _runtime() -> tuple[Path, Path]:
    """Give the Java program and the folder of its libraries.

    Raises
    ------
    StoreUnavailable
        If there is no wheel for this machine.
    """
    spec = importlib.util.find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StoreUnavailable(
            "store_no_wheel",
            machine=f"{sys.platform} {os.uname().machine}" if os.name == "posix" else sys.platform,
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    java = package / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java")
    if not java.exists():
        raise StoreUnavailable("store_no_wheel", machine=sys.platform)
    return java, package / "jars"


def _command(java: Path, jars: Path, folder: Folder, bolt: int, http: int) -> list[str]:
    heap = max(_LEAST_HEAP, min(_MOST_HEAP, psutil.virtual_memory().total // _MEGABYTE // 4))
    options = {
        "server.rootPath": folder.database,
        "server.databaseDirectory": folder.database / "databases",
        # Never the password itself: options show in the list of processes.
        "server.rootPasswordPath": folder.path / "secret",
        "server.defaultDatabases": f"{DATABASE}[{USER}]",
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": http,
        "bolt.host": "127.0.0.1",
        "bolt.port": bolt,
        "txWalFlush": 2,  # on disk before it is acknowledged
        # A query whose asker was killed does not run for ever; nothing of ours takes a tenth of this.
        "command.timeout": _LONGEST_SECONDS * 1000,
    }
    return [
        str(java),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-Xmx{heap}m",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--add-modules=jdk.incubator.vector",
        "-cp",
        str(jars / "*"),
        *(f"-Darcadedb.{name}={value}" for name, value in options.items()),
        "com.arcadedb.server.ArcadeDBServer",
    ]


def _free_ports(number: int) -> list[int]:
    """Give ports of the loopback that nobody listens on."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _wait(child: subprocess.Popen[bytes], found: Running, folder: Folder) -> None:
    """Wait until the child itself listens."""
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            raise _why(folder)
        # It listens before its database is there; the last line of its start says that all is.
        if _says(folder, "ArcadeDB Server started") and _answers(found.bolt) and found.listens():
            return
        if _says(folder, _NO_PORT):
            raise StoreUnavailable("store_port")
        time.sleep(_POLL_SECONDS)
    raise StoreUnavailable("store_slow", seconds=_READY_SECONDS, log=str(folder.log))


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
    except OSError:
        return False
    return True


def _says(folder: Folder, pattern: str) -> bool:
    return re.search(pattern, _log(folder)) is not None


def _log(folder: Folder) -> str:
    try:
        return folder.log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _why(folder: Folder) -> StoreUnavailable | StoreDamaged:
    """Say why the database did not start, from what it wrote."""
    if _says(folder, _NO_ROOM):
        return StoreUnavailable("store_full")
    if _says(folder, "Permission denied|Read-only file system"):
        return StoreUnavailable("store_folder", folder=str(folder.home), why="")
    if _says(folder, _NO_PORT):
        return StoreUnavailable("store_port")
    # Without room there is none for the log either: what it says, such as a lock that failed, is not why.
    if lacks_room(folder):
        return StoreUnavailable("store_full")
    if _says(folder, "locked by another|LockException|already in use by another"):
        return StoreUnavailable("store_locked", folder=str(folder.path))
    return StoreDamaged("store_no_start", log=str(folder.log))


def lacks_room(folder: Folder) -> bool:
    """Tell whether the disk is as good as full; the database does not say so, nor can its log."""
    try:
        return shutil.disk_usage(folder.database).free < _LEAST_ROOM
    except OSError:
        return False


def check(running: Running) -> None:
    """Have the database check its files.

    Raises
    ------
    StoreDamaged
        If it found damage.
    """
    answer = command(running, "CHECK DATABASE")
    rows = answer.get("result", [{}])
    damage = {
        name: value
        for name, value in (rows[0] if rows else {}).items()
        if re.search("corrupted|invalid|missing|warnings", name, re.IGNORECASE)
        and value not in (0, [], None, "")
    }
    if damage:
        raise StoreDamaged("store_damaged", what=json.dumps(damage)[:300])


def command(running: Running, sql: str) -> dict[str, Any]:
    """Send an administrative command about the database.

    Raises
    ------
    StoreUnavailable
        If it does not answer.
    StoreRefused
        If it refuses the command.
    """
    return _post(running, f"command/{DATABASE}", {"language": "sql", "command": sql}, USER, running.password)


def server_command(running: Running, text: str, *, user: str = USER, password: str = "") -> dict[str, Any]:
    """Send an administrative command about the server: its users, its running queries.

    Parameters
    ----------
    running
        The database.
    text
        The command. What is secret in it goes no further: not into its log, nor into the list of
        processes.
    user, password
        In whose name; the owner's by default.

    Raises
    ------
    StoreUnavailable
        If it does not answer.
    StoreRefused
        If it refuses the command.
    """
    return _post(running, "server", {"command": text}, user, password or running.password)


def _post(running: Running, path: str, body: Mapping[str, str], user: str, password: str) -> dict[str, Any]:
    """Send something to the database's HTTP port, on the loopback."""
    secret = base64.b64encode(f"{user}:{password}".encode()).decode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{running.http}/api/v1/{path}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Basic {secret}", "Content-Type": "application/json"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=_CHECK_SECONDS) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
    except urllib.error.HTTPError as error:
        with error:
            if error.code < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise StoreRefused("store_forbidden", why=str(error.reason)) from error
            raise StoreUnavailable("store_gone", why=str(error.reason)) from error
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise StoreUnavailable("store_gone", why=str(error)) from error
