"""The embedded database: a process of its own, started on demand and shared by a data folder.

Every client (a command, the app, a test) joins under the folder's lock: it takes the running
database or starts one. A watcher, a second small process, ends the database when it is not needed:
at once when the last client goes and one of them had a lease (the app), otherwise after the idle
minutes. Both survive Ctrl-C of the terminal that started them and end by themselves.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

from graphkam.errors import StoreDamaged, StoreUnavailable
from graphkam.settings import Settings
from graphkam.store.arcade import DATABASE, USER, check, start
from graphkam.store.folder import Folder, Running
from graphkam.store.processes import detached, end, process
from graphkam.store.reader import prepare_reader
from graphkam.store.seal import break_seal, seal

_TRIES = 3

__all__ = ["DATABASE", "USER", "connected", "running", "start_watching", "stop", "stop_process"]


@contextmanager
def connected(settings: Settings, *, lease: bool = False) -> Iterator[Running]:
    """Use the database of a data folder, started if need be.

    Parameters
    ----------
    settings
        Data folder and idle minutes.
    lease
        Whether it may end with this client, if that is the last one.

    Raises
    ------
    StoreError
        If it cannot be started.
    """
    folder = Folder(settings.home)
    folder.make()
    with folder.told(), folder.lock():
        found = folder.running() or _started(folder)
        client = folder.join(lease=lease)
        start_watching(settings)
    try:
        yield found
    finally:
        with suppress(OSError):  # a full disk: the file goes with its process
            folder.leave(client)


def running(settings: Settings) -> Running | None:
    """Give the running database of a data folder, or None; starts nothing."""
    folder = Folder(settings.home)
    return folder.running() if folder.path.exists() else None


def stop(settings: Settings) -> bool:
    """Stop the database of a data folder; tell whether one ran."""
    folder = Folder(settings.home)
    if not folder.path.exists():
        return False
    with folder.told(), folder.lock():
        was_there = stop_process(folder)
        watcher = _watcher(folder)
        if watcher is not None:  # it has nothing left to watch
            end(watcher)
        (folder.path / "watcher").unlink(missing_ok=True)
        return was_there


def _started(folder: Folder) -> Running:
    """Start the database; a process that a cut short start left behind is ended first."""
    left = folder.noted_process()
    if left is not None:
        end(left)
    folder.forget_running()
    folder.forget_lease()
    unclean = folder.was_unclean
    if not unclean:
        break_seal(folder)
        folder.mark(running=True)
    prepare_reader(folder)
    for attempt in range(_TRIES):
        try:
            found = start(folder)
        except StoreUnavailable as error:
            # Another program may have taken a port between the choice and the start.
            if error.key != "error.store_port" or attempt == _TRIES - 1:
                raise
        else:
            break
    folder.note_running(found)
    prepare_reader(folder)  # of a new data folder: the database has just made its own list
    if unclean:
        _check(found, folder)
    return found


def _check(found: Running, folder: Folder) -> None:
    """Have the database check itself; one that is damaged is not left running for the next to trust."""
    try:
        check(found)
    except StoreDamaged:
        if (process := found.process()) is not None:
            end(process)
        folder.forget_running()
        raise


def stop_process(folder: Folder) -> bool:
    """Stop the noted database cleanly; the caller holds the lock."""
    found = folder.noted_process()
    if found is not None and end(found):
        folder.mark(running=False)
        seal(folder)
    folder.forget_running()
    folder.forget_lease()
    return found is not None


def start_watching(settings: Settings) -> None:
    """Start the watcher of a data folder; a second one sees the first and ends by itself."""
    folder = Folder(settings.home)
    if _watcher(folder) is not None:
        return
    minutes = str(settings.store.idle_minutes)
    command = [sys.executable, "-P", "-m", "graphkam.store.watch", str(settings.home), minutes]
    detached(command, folder=folder.path)


def _watcher(folder: Folder) -> psutil.Process | None:
    try:
        pid, birth = (folder.path / "watcher").read_text(encoding="utf-8").split()
        return process(int(pid), birth)
    except (OSError, ValueError):
        return None
