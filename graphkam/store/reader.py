"""The embedded database's second user, who may only read: open queries run in its name.

ArcadeDB does not keep the driver's promise of reading only (a ``CREATE`` in a reading session is
done). So the promise is the user's: it belongs to a group with the one right to read records, and
the server refuses it everything else, the schema included. A data folder made before there was a
reader gets one at its next start or query.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psutil

from graphkam.errors import StoreError, StoreRefused
from graphkam.store.arcade import DATABASE, server_command
from graphkam.store.bolt import open_driver, told
from graphkam.store.folder import Folder, Running, write_private
from graphkam.store.statements import statement

if TYPE_CHECKING:
    from neo4j import Driver

READER = "query"
_GROUP = "reader"
_RIGHTS = {
    "resultSetLimit": -1,
    "readTimeout": -1,
    "access": [],
    "types": {"*": {"access": ["readRecord"]}},
}
_NOTICED_SECONDS = 15.0
"""How long the database takes, at most, to notice that its list of groups has changed (5 s)."""
_POLL_SECONDS = 0.2


def prepare_reader(folder: Folder) -> None:
    """Put the reader's group into the database's list of groups, if that is there and lacks it."""
    path = folder.database / "config" / "server-groups.json"
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        groups = listed["databases"]["*"]["groups"]
    except (OSError, ValueError, KeyError, TypeError):
        return  # the database makes its own at its start, or says itself what is wrong with it
    if groups.get(_GROUP) != _RIGHTS:
        groups[_GROUP] = _RIGHTS
        write_private(path, json.dumps(listed, indent=2))


def reader_driver(folder: Folder, running: Running) -> Driver:
    """Open a driver in the reader's name; make the user if the database does not know it.

    Raises
    ------
    StoreError
        If the database does not answer, or does not let the reader in.
    """
    with folder.told(), folder.lock():
        prepare_reader(folder)
        password = folder.reader_password()
        if READER not in _users(folder):
            _make(running, password)
    try:
        driver = open_driver(running.uri, READER, password)
    except StoreRefused:  # of another secret: once more, and not a third time
        with folder.lock():
            _make(running, password)
        driver = open_driver(running.uri, READER, password)
    try:
        _await_rights(driver)
    except BaseException:
        driver.close()
        raise
    return driver


def _users(folder: Folder) -> set[str]:
    """Give the names of the database's users."""
    try:
        lines = (folder.database / "config" / "server-users.jsonl").read_text(encoding="utf-8").splitlines()
        return {str(json.loads(line)["name"]) for line in lines if line.strip()}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _make(running: Running, password: str) -> None:
    with suppress(StoreError):  # there is none
        server_command(running, f"drop user {READER}")
    asked = {"name": READER, "password": password, "databases": {DATABASE: [_GROUP]}}
    server_command(running, f"create user {json.dumps(asked)}")


def _await_rights(driver: Driver) -> None:
    """Wait until the reader may read: a group that has just been listed is noticed a little later."""
    deadline = time.monotonic() + _NOTICED_SECONDS
    while True:
        try:
            with told(), driver.session(database=DATABASE, default_access_mode="READ") as session:
                session.run(statement("read/meta")).consume()
                return
        except StoreError:
            if time.monotonic() > deadline:
                raise
        time.sleep(_POLL_SECONDS)


def stopper(folder: Folder, running: Running) -> Callable[[], None]:
    """Give what ends the queries that this process runs as the reader.

    ArcadeDB heeds no time limit of the driver's; it lists what runs, by the port of who asked, and
    ends it on request.
    """

    def stop() -> None:
        ports = {c.laddr.port for c in psutil.Process().net_connections() if _leads_to(running, c)}
        password = folder.reader_password()
        with suppress(StoreError):
            listed = server_command(running, "list queries", user=READER, password=password)
            for found in listed.get("result", ()):
                if int(str(found["clientAddress"]).rpartition(":")[2]) in ports:
                    server_command(running, f"terminate query {found['id']}", user=READER, password=password)

    return stop


def _leads_to(running: Running, connection: Any) -> bool:
    return bool(connection.raddr) and connection.raddr.port == running.bolt
