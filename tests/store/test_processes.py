"""A process is known again by when it began, whatever the clock has done since."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import psutil
import pytest

from graphkam.store import processes
from graphkam.store.processes import birth_of, process


@pytest.fixture
def child():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as started:
        yield started.pid
        started.kill()


def test_a_process_is_known_by_its_birth(child):
    assert process(child, birth_of(child)).pid == child
    assert process(child, birth_of(os.getpid())) is None
    assert process(os.getpid(), birth_of(os.getpid())).pid == os.getpid()


@pytest.mark.parametrize("birth", ["", "0", "1764115200.25", "x" * 100, "\0"])
def test_what_is_no_birth_is_nobody(child, birth):
    assert process(child, birth) is None


@pytest.mark.parametrize("pid", [-1, 2**31 - 1, 2**80])
def test_what_is_no_process_is_nobody(pid):
    assert process(pid, "1.0") is None


def test_a_dead_process_is_nobody():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as started:
        birth = birth_of(started.pid)
        started.kill()
        deadline = time.monotonic() + 10
        while process(started.pid, birth) is not None:  # a zombie has ended
            assert time.monotonic() < deadline
    assert process(started.pid, birth) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system itself keeps the day of birth")
@pytest.mark.parametrize("hours", [-48, 2 * 365 * 24])
def test_83_a_clock_set_back_or_forward_makes_no_stranger_of_it(child, monkeypatch, hours):
    """On Linux the start of the machine is told as today's clock less the time since: it moves with it."""
    born = birth_of(child)
    real, now = psutil.boot_time(), time.time()
    monkeypatch.setattr(psutil, "boot_time", lambda: real + hours * 3600)
    monkeypatch.setattr(psutil._pslinux, "boot_time", lambda: real + hours * 3600)
    monkeypatch.setattr(time, "time", lambda: now + hours * 3600)
    assert process(child, born).pid == child


def test_where_the_system_tells_no_ticks_the_day_of_birth_is_told(child, monkeypatch):
    class Nowhere:
        def __init__(self, *_):
            raise OSError

    monkeypatch.setattr(processes, "Path", Nowhere)
    assert process(child, birth_of(child)).pid == child
    with pytest.raises(psutil.Error):
        birth_of(2**31 - 1)
