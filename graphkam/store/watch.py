"""The watcher: ends the embedded database when nobody needs it.

Run as ``python -m graphkam.store.watch HOME IDLE_MINUTES`` by whoever starts the database. It ends
with it, whatever happens: the process killed, the folder deleted.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from graphkam.errors import GraphkamError
from graphkam.store.embedded import stop_process
from graphkam.store.folder import Folder
from graphkam.store.processes import birth_of, end, process

_POLL_SECONDS = 0.5


def watch(home: Path, idle_seconds: float) -> None:
    """Watch the database of a data folder until it ends.

    Parameters
    ----------
    home
        The data folder.
    idle_seconds
        After how long without a client it is ended.
    """
    folder = Folder(home)
    if not _is_the_one(folder):
        return
    watched = folder.noted_process()
    while True:
        time.sleep(_POLL_SECONDS)
        if not folder.path.exists():
            if watched is not None:
                end(watched)
            return
        with suppress(OSError, GraphkamError):
            watched = folder.noted_process()
            if (watched is None or _is_over(folder, idle_seconds)) and _ended(folder, idle_seconds):
                return


def _ended(folder: Folder, idle_seconds: float) -> bool:
    """End the database if, seen again under the lock, nobody needs it; tell whether there is none.

    Clients join and start under the same lock, so none can slip in between.
    """
    with folder.lock():
        if folder.noted_process() is not None and not _is_over(folder, idle_seconds):
            return False
        stop_process(folder)
        (folder.path / "watcher").unlink(missing_ok=True)
        return True


def _is_over(folder: Folder, idle_seconds: float) -> bool:
    return folder.clients() == 0 and (folder.lease_ended or folder.idle_seconds() >= idle_seconds)


def _is_the_one(folder: Folder) -> bool:
    """Be the folder's only watcher; a second one lets the first do it."""
    note = folder.path / "watcher"
    me = os.getpid()
    try:
        with folder.lock():
            try:
                pid, birth = note.read_text(encoding="utf-8").split()
                if process(int(pid), birth) is not None:
                    return False
            except (OSError, ValueError):
                pass
            note.write_text(f"{me} {birth_of(me)}", encoding="utf-8")
            note.chmod(0o600)
    except (OSError, GraphkamError):
        return False
    return True


if __name__ == "__main__":
    watch(Path(sys.argv[1]), float(sys.argv[2]) * 60)
