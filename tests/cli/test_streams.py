"""Wherever an answer goes, the command does its work and ends with one sentence at most."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ANSWERS = [["--help"], ["--version"], ["store", "status"], ["store", "status", "--json"]]
FULL = Path("/dev/full")
TEXT = {"text": True, "encoding": "utf-8", "errors": "surrogateescape"}


def closed_pipe():
    """Give the end of a pipe from which nobody reads any more."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


@pytest.mark.parametrize(
    "args", [["--help"], ["--version"], ["store", "status"], ["store", "status", "--json"]]
)
def test_86_a_reader_who_has_had_enough_is_no_failure(command, args):
    writing = closed_pipe()
    done = command(*args, stdout=writing, stderr=subprocess.PIPE, **TEXT)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_86_the_work_is_done_though_nobody_reads_of_it(command, tmp_path):
    writing = closed_pipe()
    done = command("template", "-o", "book.xlsx", stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 0
    assert (tmp_path / "book.xlsx").stat().st_size > 1000


def test_86_a_fault_is_still_one(command):
    writing = closed_pipe()
    done = command("template", "-o", "none/book.xlsx", stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="streams are closed by a shell")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_86_closed_streams_lead_nowhere(command, tmp_path, closed):
    assert command("template", "-o", "book.xlsx", redirection=closed).returncode == 0
    assert (tmp_path / "book.xlsx").stat().st_size > 1000
    assert command("template", "-o", "none/book.xlsx", redirection=closed).returncode == 2


@pytest.fixture
def full():
    """Give a file that is always full."""
    if not FULL.exists():
        pytest.skip("NOT TESTED, the machine lacks a device that is always full")
    with FULL.open("wb") as stream:
        yield stream


@pytest.mark.parametrize("args", ANSWERS)
def test_75_an_answer_that_finds_no_room_is_told(command, full, args):
    done = command(*args, stdout=full, stderr=subprocess.PIPE, **TEXT)
    assert done.returncode == 1
    assert done.stderr == "Not all of the answer could be written: No space left on device.\n"


def test_75_a_message_that_finds_no_room_changes_no_exit_code(command, full):
    assert command("template", "-o", "no/book.xlsx", stdout=full, stderr=full).returncode == 2


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437", "utf-16"])
def test_54_any_encoding_can_take_any_answer(command, tmp_path, encoding):
    home = tmp_path / "王小明 🙂 محمد é"
    env = {"PYTHONIOENCODING": encoding, "COLUMNS": "400", "GRAPHKAM_HOME": str(home)}
    done = command("store", "status", env=env, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert str(tmp_path) in done.stdout.decode(encoding)
    told = command("store", "status", "--json", env=env, capture_output=True)
    assert json.loads(told.stdout.decode(encoding))["home"] == str(home)
    asked = command("template", "-o", "王/x.xlsx", "--lang", "fr", env=env, capture_output=True)
    assert (asked.returncode, b"Traceback" in asked.stderr) == (2, False)


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be no text at all")
def test_51_a_file_name_that_is_no_text_is_told_visibly(command):
    done = command("template", "-o", b"bad\xff\x1b[31m/\n.xlsx", capture_output=True, **TEXT)
    assert done.returncode == 2
    assert r"bad\udcff\x1b[31m" in done.stderr
    made = command("template", "-o", b"bad\xff\n.xlsx", capture_output=True, **TEXT)
    assert (made.returncode, r"bad\udcff\n.xlsx" in made.stdout) == (0, True)


FAILING = "import graphkam.workspace as w\nw.store_status = lambda *a, **k: 1 / 0\n"
NO_ROOM = (
    "import tempfile\ndef no_room(*a, **k): raise OSError(28, 'No space')\n"
    "tempfile.NamedTemporaryFile = no_room\n"
)


@pytest.mark.parametrize(
    ("first", "said"), [(FAILING, "The details are in"), (FAILING + NO_ROOM, "could not be kept: No space")]
)
def test_an_unforeseen_failure_is_one_sentence(command, tmp_path, first, said):
    (tmp_path / "sitecustomize.py").write_text(first, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    env = {"PYTHONPATH": path, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    done = command("store", "status", env=env, capture_output=True, **TEXT)
    assert done.returncode == 1
    assert said in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert len(done.stderr.splitlines()) == 1
