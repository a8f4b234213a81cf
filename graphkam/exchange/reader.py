"""Reads a workbook or a folder of CSV files into sheets of raw cells, whatever the file does.

A workbook is looked at by the guard, then read in a process of its own with limits of memory and
time: no guard catches every file that makes a reader abort, and an abort cannot be caught. Any death
is "this file cannot be read". The file is read from the disk once; what is checked is what is read.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from graphkam.exchange import child, guard
from graphkam.exchange.folder import read_folder
from graphkam.exchange.problems import CellFault, Faults, Place
from graphkam.exchange.source import Raw, Sheet, Source
from graphkam.exchange.zipped import read_zip

SECONDS = 60
"""By the clock, for the reading process."""


def read_source(path: Path, faults: Faults) -> Source:
    """Read a workbook (``.xlsx``, ``.xlsm``), a folder of CSV files, or one as an archive (``.zip``).

    Parameters
    ----------
    path
        The file or the folder.
    faults
        Takes what is wrong with it and what is to be said of it.

    Raises
    ------
    ImportRejected
        If it cannot be read at all.
    """
    if path.is_dir():
        return read_folder(path, faults)
    data = _bytes(path, faults)
    if path.suffix.casefold() == ".zip":
        return read_zip(path.name, data, faults)
    try:
        shape = guard.look(data)
        values = _values(data)
    except CellFault as fault:
        sheet, cell = (str(fault.params.get(name) or "") for name in ("sheet", "address"))
        faults.add(fault, Place(sheet, cell) if sheet else Place(), path.name)
        faults.reject()
        raise
    if shape.has_macros:
        faults.warn("macros")
    if shape.is_1904:
        faults.warn("days_from_1904")
    sheets = tuple(Sheet(s.name, values[s.name], s) for s in shape.sheets if s.name in values)
    return Source(path.name, sheets, shape.properties, hashlib.sha256(data).hexdigest())


def _bytes(path: Path, faults: Faults) -> bytes:
    try:
        if not path.is_file() and path.exists():
            faults.error("not_a_file")
        elif path.stat().st_size > guard.MAX_FILE:
            faults.error("too_large", size=path.stat().st_size >> 20, most=guard.MAX_FILE >> 20)
        elif path.suffix.casefold() in {".csv", ".tsv", ".txt"}:
            faults.error("single_csv")
        else:
            return path.read_bytes()
    except OSError as error:
        faults.error("not_opened", why=error.strerror or type(error).__name__)
    faults.reject()
    raise AssertionError


def _values(data: bytes) -> dict[str, list[list[Raw]]]:
    """Read the cells in a process of its own.

    Raises
    ------
    CellFault
        If the process dies, fails, or takes too long.
    """
    spec = importlib.util.find_spec("python_calamine")
    where = str(Path(spec.origin).parents[1]) if spec and spec.origin else ""
    command = [sys.executable, "-I", str(child.__file__), where]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise CellFault("too_slow", seconds=SECONDS) from error
    except OSError as error:
        raise CellFault("unreadable") from error
    if done.returncode:
        raise CellFault("unreadable")
    try:
        found = json.loads(done.stdout, object_hook=_typed)
    except ValueError as error:
        raise CellFault("unreadable") from error
    return dict(found)


def _typed(value: dict[str, str]) -> Raw:
    """Turn a written day back into a day; a time of day or a length of time stays text."""
    return date.fromisoformat(value["day"]) if "day" in value else value.get("time")
