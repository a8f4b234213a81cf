"""The seal on a database that is closed: what its files were when it was stopped.

A database with a damaged file may start and answer as if nothing were missing (of 44 ways of damaging
one, thirteen gave wrong answers without a word). So a clean stop notes size and hash of each file, and
the next start compares. After an unclean stop there is no seal; then the database checks itself.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path

from graphkam.errors import StoreDamaged
from graphkam.store.folder import Folder, write_private

_NAME = "seal.json"
_NAMED = 3
"""Altered files that a message names."""


def seal(folder: Folder) -> None:
    """Note what the files of a database that has just been stopped are; without room, nothing."""
    with suppress(OSError):
        write_private(folder.path / _NAME, json.dumps(_files(folder)))


def break_seal(folder: Folder) -> None:
    """Compare the files with their seal and take it away: the database is about to change them.

    Raises
    ------
    StoreDamaged
        If they were altered since; then the seal stays.
    """
    path = folder.path / _NAME
    try:
        sealed = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        sealed = None
    found = _files(folder)
    if sealed != found:
        known = sealed if isinstance(sealed, dict) else {}
        altered = sorted(name for name in {*known, *found} if known.get(name) != found.get(name))
        raise StoreDamaged("store_altered", files=tuple(altered[:_NAMED]), count=len(altered), seal=str(path))
    path.unlink()


def _files(folder: Folder) -> dict[str, str]:
    """Give a hash of each file of the database, by its name."""
    root = folder.database / "databases"
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): _hash(path) for path in paths}


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "blake2b").hexdigest()[:32]
