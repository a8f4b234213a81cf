"""Real Neo4j servers for the tests, in a process of their own that ends with them.

What they are made of comes with ``make neo4j``; how they are asked for, by files of a folder, is told
in ``Neo4jServers.java``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import psutil
from filelock import FileLock

from graphkam.store.processes import birth_of, detached, end, process

HERE = Path(__file__).parent
JARS = Path(__file__).parents[2] / ".graphkam" / "neo4j"
USER = "neo4j"

_OLDEST_JAVA = 17
_READY_SECONDS = 240
_POLL_SECONDS = 0.05


def lacks() -> str | None:
    """Say what this machine lacks to run a Neo4j; None if nothing."""
    if not (JARS / "complete").exists():
        return "a Neo4j for the tests: make neo4j (128 MB; needs Java and Maven)"
    java = shutil.which("java")
    if java is not None:
        done = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False)
        version = re.search(r"^jdk\.compiler@(\d+)", done.stdout, re.MULTILINE)
        if version and int(version[1]) >= _OLDEST_JAVA:
            return None
    return f"a Java development kit, {_OLDEST_JAVA} or newer, which Neo4j runs on"


class Servers:
    """The servers of a folder; several processes may share them.

    Parameters
    ----------
    folder
        Theirs alone.
    owner
        The process with which they all end, whatever happens to it.
    mine
        What the names of one's own servers begin with, so that several processes do not want the same.
    """

    def __init__(self, folder: Path, owner: int, mine: str = "") -> None:
        self.folder = folder
        self._owner = owner
        self._mine = mine
        self._lock = FileLock(folder.with_name(f"{folder.name}.lock"))

    def start(self, name: str, *, password: str | None, certificates: Path | None = None) -> str:
        """Start a server, empty or with what a former one of its name kept; give its address.

        Parameters
        ----------
        name
            Its name.
        password
            That of its one user; None = it lets everybody in.
        certificates
            Folder with ``private.key`` and ``public.crt``, if it takes encrypted connections and no others.
        """
        name = f"{self._mine}{name}"
        asked = {"password": password, "certificates": certificates and certificates.as_posix()}
        with self._lock:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            lines = [f"{key}={value}\n" for key, value in asked.items() if value is not None]
            draft = self.folder / f"{name}.asked"
            draft.write_text("".join(lines), encoding="utf-8")
            draft.rename(self.folder / f"{name}.properties")
            if self.process() is None:
                self._start_process()
        self._wait(name, there=True)
        port = (self.folder / f"{name}.port").read_text(encoding="utf-8")
        return f"bolt://127.0.0.1:{port}"

    def stop(self, name: str) -> None:
        """Stop a server; the process stays for the next."""
        name = f"{self._mine}{name}"
        (self.folder / f"{name}.properties").unlink(missing_ok=True)
        self._wait(name, there=False)

    def close(self) -> None:
        """End the process, unless somebody else has a server in it: then he will."""
        with self._lock:
            found = self.process()
            if found is not None and not any(self.folder.glob("*.properties")):
                end(found)

    def process(self) -> psutil.Process | None:
        """Give the process of all servers, for those who want to kill it; None if it is gone."""
        try:
            pid, birth = (self.folder / "process").read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return None
        return process(int(pid), birth)

    def _start_process(self) -> None:
        for stale in self.folder.glob("*.port"):
            stale.unlink()
        command = [
            *("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", f"{JARS}{os.sep}*"),
            *(str(HERE / "Neo4jServers.java"), str(self.folder), str(self._owner)),
        ]
        with (self.folder / "log").open("wb") as log:
            child = detached(command, folder=self.folder, log=log)
        (self.folder / "process").write_text(f"{child.pid} {birth_of(child.pid)}", encoding="utf-8")

    def _wait(self, name: str, *, there: bool) -> None:
        """Wait for a server to listen, or to have ended.

        Raises
        ------
        RuntimeError
            If the process has ended, or takes too long; with what it said.
        """
        port = self.folder / f"{name}.port"
        deadline = time.monotonic() + _READY_SECONDS
        while port.exists() != there:
            if self.process() is None or time.monotonic() > deadline:
                if not there:
                    return
                log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"Neo4j did not start: {log[-3000:]}")
            time.sleep(_POLL_SECONDS)
