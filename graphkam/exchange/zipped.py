"""A zip archive of CSV files: the folder of :mod:`graphkam.exchange.folder` as one file.

Nothing is taken out of an archive but files named like sheets, under these names alone: an archive can say
that its files belong anywhere, and be a few kilobytes that inflate to gigabytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from graphkam.errors import InputError
from graphkam.exchange.csv_folder import PROPERTIES
from graphkam.exchange.folder import MAX_FILES, read_folder
from graphkam.exchange.guard import MAX_INFLATED
from graphkam.exchange.layout import save_bytes
from graphkam.exchange.problems import Faults, Place
from graphkam.exchange.source import Source

_TAKEN = {".csv", ".tsv"}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""So that the same accounts make the same archive."""


def read_zip(name: str, data: bytes, faults: Faults) -> Source:
    """Read an archive of CSV files.

    Parameters
    ----------
    name
        Name of the archive.
    data
        What is in it.
    faults
        Takes what is wrong with it and what is to be said of it.

    Raises
    ------
    ImportRejected
        If it cannot be read, or holds too much.
    """
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _unpack(archive, Path(folder), faults)
        except _DAMAGED:
            faults.error("zip_damaged")
        faults.reject()
        source = read_folder(Path(folder), faults)
    return source._replace(name=name, sha256=hashlib.sha256(data).hexdigest())


def _unpack(archive: zipfile.ZipFile, folder: Path, faults: Faults) -> None:
    wanted = [one for one in archive.infolist() if _is_taken(PurePosixPath(one.filename))]
    if len(wanted) > MAX_FILES:
        faults.error("too_many_files", count=len(wanted), most=MAX_FILES)
        return
    left = MAX_INFLATED
    for one in wanted:
        target = folder / PurePosixPath(one.filename).name
        if target.exists():
            faults.error("zip_twice", Place(target.name), target.name)
            continue
        with archive.open(one) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            faults.error("zip_too_large", most=MAX_INFLATED >> 20)
            return
        target.write_bytes(data)


def _is_taken(name: PurePosixPath) -> bool:
    is_own = not name.name.startswith(".") and "__MACOSX" not in name.parts
    return is_own and (name.suffix.casefold() in _TAKEN or name.name == PROPERTIES)


def save_zip(folder: Path, path: Path) -> None:
    """Put all files of a folder into one archive.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                archive.writestr(zipfile.ZipInfo(file.name, _EPOCH), file.read_bytes(), zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise InputError("not_written", file=str(path), why=error.strerror or str(error)) from error
    save_bytes(path, made.getvalue())
