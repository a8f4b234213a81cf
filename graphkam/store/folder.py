"""The files of the embedded database in a data folder: who runs it, who uses it.

::

    <home>/store/           0700
        lock                taken while somebody starts, joins, leaves or stops
        secret              password of the database, 0600, made once
        reader-secret       password of its user who may only read, likewise
        state.json          the running process: pid, birth, ports; absent when stopped
        running             there from start to clean stop: found at a start, the last stop was unclean
        seal.json           what the files were at a clean stop; absent while it runs
        used                its time is that of the last use
        clients/            one file a client: <pid>-<birth>-<number>
        arcadedb/           the database's own
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psutil
from filelock import FileLock, Timeout

from graphkam.errors import StoreRefused, StoreUnavailable
from graphkam.store.processes import birth_of, process

_LOCK_SECONDS = 90
_DYING_SECONDS = 3.0
_POLL_SECONDS = 0.02
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
_NUMBERS = count()


class Running(NamedTuple):
    """A running database: its process and where it listens."""

    pid: int
    birth: str
    bolt: int
    http: int
    password: str

    @property
    def uri(self) -> str:
        """Where the driver connects."""
        return f"bolt://127.0.0.1:{self.bolt}"

    def process(self) -> psutil.Process | None:
        """Give the process if it still is the one that was started; a stranger with its pid is not."""
        return process(self.pid, self.birth)

    def is_gone(self) -> bool:
        """Wait a moment for a process that stopped answering; tell whether it has ended."""
        deadline = time.monotonic() + _DYING_SECONDS
        while self.process() is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return True

    def listens(self) -> bool:
        """Tell whether that very process listens on the port, so that no stranger gets the password."""
        found = self.process()
        if found is None:
            return False
        try:
            sockets = found.net_connections(kind="tcp")
        except psutil.Error:
            return False
        return any(s.status == psutil.CONN_LISTEN and s.laddr.port == self.bolt for s in sockets)


class Folder:
    """The store's folder in a data folder.

    Parameters
    ----------
    home
        The data folder.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self.path = home / "store"
        self.database = self.path / "arcadedb"
        self.log = self.path / "database.log"
        self._clients = self.path / "clients"

    def make(self) -> None:
        """Make the folder, for its owner only.

        Raises
        ------
        StoreUnavailable
            If it cannot be written.
        StoreRefused
            If it belongs to somebody else.
        """
        with self.told():
            for folder in (self.path, self._clients, self.database):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                if self.path.stat().st_uid != os.getuid():
                    raise StoreRefused("store_not_yours", folder=str(self.path))
                self.path.chmod(0o700)
            self.touch()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell in our words why a file of the folder cannot be written.

        Raises
        ------
        StoreUnavailable
            If it cannot.
        """
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise StoreUnavailable("store_full") from error
            why = error.strerror or str(error)
            raise StoreUnavailable("store_folder", folder=str(self.home), why=why) from error

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the folder's lock; it goes with the process that holds it.

        Raises
        ------
        StoreUnavailable
            If somebody else holds it for too long.
        """
        try:
            with FileLock(self.path / "lock", timeout=_LOCK_SECONDS, mode=0o600):
                yield
        except Timeout as error:
            raise StoreUnavailable("store_locked", folder=str(self.path)) from error

    def password(self) -> str:
        """Give the password of the database, made at the first use."""
        if self._kept("secret") is None:
            # Without its secret the database's own list of users is of no use.
            (self.database / "config" / "server-users.jsonl").unlink(missing_ok=True)
        return self._secret("secret")

    def reader_password(self) -> str:
        """Give the password of the user who may only read, made at the first use."""
        return self._secret("reader-secret")

    def _secret(self, name: str) -> str:
        """Give a password; what is kept under its name and cannot be one of ours is replaced."""
        kept = self._kept(name)
        if kept is None:
            kept = secrets.token_urlsafe(32)
            write_private(self.path / name, kept)
        return kept

    def _kept(self, name: str) -> str | None:
        try:
            text = (self.path / name).read_text(encoding="utf-8", errors="replace").strip()
        except FileNotFoundError:
            return None
        return text if _SECRET.fullmatch(text) else None

    # ------------------------------------------------------------------ who runs it

    def running(self) -> Running | None:
        """Give the running database; None if there is none or what is noted of it is stale.

        Raises
        ------
        StoreRefused
            If the note belongs to somebody else.
        """
        path = self.path / "state.json"
        try:
            if os.name == "posix" and path.stat().st_uid != os.getuid():
                raise StoreRefused("store_not_yours", folder=str(path))
            state = json.loads(path.read_text(encoding="utf-8"))
            found = Running(
                int(state["pid"]),
                str(state["birth"]),
                int(state["bolt"]),
                int(state["http"]),
                self.password(),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if found.listens() else None

    def note_running(self, running: Running) -> None:
        """Note the running database."""
        state = {key: value for key, value in running._asdict().items() if key != "password"}
        write_private(self.path / "state.json", json.dumps(state))

    def forget_running(self) -> None:
        """Note that none runs."""
        (self.path / "state.json").unlink(missing_ok=True)

    def noted_process(self) -> psutil.Process | None:
        """Give the noted process even if it does not listen: a start that was cut short left it."""
        try:
            state = json.loads((self.path / "state.json").read_text(encoding="utf-8"))
            return process(int(state["pid"]), str(state["birth"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @property
    def was_unclean(self) -> bool:
        """Whether the last stop was not a clean one."""
        return (self.path / "running").exists()

    def mark(self, *, running: bool) -> None:
        """Mark that the database runs, or that it was stopped cleanly."""
        mark = self.path / "running"
        if running:
            write_private(mark, "")
        else:
            mark.unlink(missing_ok=True)

    # ------------------------------------------------------------------ who uses it

    def touch(self) -> None:
        """Note that the database is used now."""
        path = self.path / "used"
        if not path.exists():
            write_private(path, "")
        os.utime(path)

    def idle_seconds(self) -> float:
        """Give how long the database has not been used."""
        try:
            return max(0.0, time.time() - (self.path / "used").stat().st_mtime)
        except OSError:
            return float("inf")

    def join(self, *, lease: bool) -> Path:
        """Note this process as a client; give its file, to be removed when it goes."""
        me = os.getpid()
        path = self._clients / f"{me}-{birth_of(me)}-{next(_NUMBERS)}"
        write_private(path, "lease" if lease else "")
        self.touch()
        return path

    def leave(self, client: Path) -> None:
        """Take a client's file away. A lease that ends leaves word that it was there."""
        if self.path.exists():
            if client.exists() and client.read_text(encoding="utf-8") == "lease":
                write_private(self.path / "lease-ended", "")
            client.unlink(missing_ok=True)
            self.touch()

    def clients(self) -> int:
        """Count the living clients; the files of dead ones are taken away as if they had left."""
        alive = 0
        for path in list(self._clients.glob("*-*-*")):
            pid, birth, _ = path.name.split("-")
            if process(int(pid), birth) is None:
                self.leave(path)
            else:
                alive += 1
        return alive

    @property
    def lease_ended(self) -> bool:
        """Whether a client with a lease has gone since the start."""
        return (self.path / "lease-ended").exists()

    def forget_lease(self) -> None:
        """Forget that a lease ended."""
        (self.path / "lease-ended").unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write a small file for its owner only, whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{next(_NUMBERS)}")
    with os.fdopen(
        os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)
    draft.replace(path)
