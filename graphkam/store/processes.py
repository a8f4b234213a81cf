"""Processes of the embedded database: started to live on, and known again by whoever comes next."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import psutil

_BEGAN = 19
"""Place of the time of birth among the fields of ``/proc/PID/stat`` that follow the name."""
_STOP_SECONDS = 20
_POLL_SECONDS = 0.02
_DETACHED: list[subprocess.Popen[bytes]] = []
"""Processes that live on when this one ends: held, so that Python does not complain of them."""


def birth_of(pid: int) -> str:
    """Give when a process began, told so that a clock set forward or back changes nothing of it.

    On Linux the time of day at which a process began is worked out from the clock of today: after a
    change of the clock the same process would seem another one. There the ticks since the machine's
    start are given, and which start that was.

    Raises
    ------
    psutil.Error
        If there is no such process.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="utf-8")
        return f"{start.replace('-', '').strip()}.{fields.split()[_BEGAN]}"
    except (OSError, IndexError):
        return f"{psutil.Process(pid).create_time():.2f}"


def process(pid: int, birth: str) -> psutil.Process | None:
    """Give a living process by its pid and birth; None if it is gone, or another has its pid."""
    try:
        found = psutil.Process(pid)
        is_same = birth_of(pid) == birth
        return found if is_same and found.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, ValueError, OverflowError):
        return None


def detached(
    command: Sequence[str], *, folder: Path, log: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process that outlives this one and the terminal's Ctrl-C.

    Parameters
    ----------
    command
        Program and arguments.
    folder
        Its working folder.
    log
        Where what it says goes; nowhere by default.
    """
    apart: dict[str, Any] = {"start_new_session": True} if os.name == "posix" else {"creationflags": 0x0208}
    child = subprocess.Popen(  # noqa: S603 - our own programs
        command,
        stdin=subprocess.DEVNULL,
        stdout=log or subprocess.DEVNULL,
        stderr=subprocess.STDOUT if log else subprocess.DEVNULL,
        cwd=folder,
        **apart,
    )
    _DETACHED.append(child)
    return child


def end(started: psutil.Process) -> bool:
    """Ask a process to end, and end it if it does not; tell whether it ended by itself."""
    with suppress(psutil.NoSuchProcess):
        started.terminate()
        if not _gone(started):
            started.kill()
            _gone(started)
            return False
    return True


def _gone(started: psutil.Process) -> bool:
    """Wait for the end of a process that may be somebody else's child: a zombie has ended."""
    deadline = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < deadline:
        if not started.is_running() or started.status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(_POLL_SECONDS)
    return False
