"""A backup file: everything as it is stored, with what proves that it is all there.

It is gzipped JSON lines: a head (format, schema version, revision, counts and hashes), then the
operations, the records, their earlier forms, and the places of maps. It is written to a draft, read
back, compared, and only then given its name. So it can be written of a store of any earlier schema, too.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from graphkam.errors import InputError, StoreTooNew
from graphkam.store.contents import Contents
from graphkam.store.graph_form import Row, fingerprint_of_rows, hashed
from graphkam.store.schema import SCHEMA_VERSION

FORMAT = "graphkam backup"
UNREADABLE = (
    OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError,
)  # fmt: skip
"""What a file that is no backup, or a damaged one, raises; pydantic's own error is a ValueError."""

_SURELY_HARMLESS = 64 << 20
_HIGHEST_RATIO = 200
"""How many times its size a backup may unpack to, once that is more than the former."""
_LONGEST_LINE = 16 << 20
_WITH_HISTORY = 2
"""The schema version from which on there is a history."""


def save_contents(held: Contents, path: Path) -> None:
    """Write all that a store holds to one file, and read it back to prove it.

    Raises
    ------
    InputError
        If the file cannot be written, or does not read back as written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():  # else a device would be replaced by a file
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # noqa: TRY301 - told as all others
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
                for line in _lines(held):
                    packed.write(_text(line).encode("utf-8") + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
        if read_contents(draft) != _as_kept(held):
            raise InputError("store_backup_wrong", file=path.name)
        draft.replace(path)
    except OSError as error:
        raise InputError("not_written", file=str(path), why=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def read_contents(path: Path) -> Contents:
    """Read a backup file of this or an earlier schema, and compare it with its own head.

    Raises
    ------
    InputError
        If it is not a backup, damaged, or does not hold what it says.
    StoreTooNew
        If a newer graphkam wrote it.
    """
    try:
        found = _unpacked(path)
        head = json.loads(next(found, b""))
        if not isinstance(head, dict) or head.get("format") != FORMAT:
            raise InputError("store_backup_unreadable", file=path.name)
        if head["schema_version"] > SCHEMA_VERSION:
            raise StoreTooNew("store_too_new", found=head["schema_version"], known=SCHEMA_VERSION)
        lines = [json.loads(line) for line in found]
        held = Contents(
            int(head["schema_version"]),
            int(head["revision"]),
            int(head.get("history_from", 0)),
            [Row(line["kind"], line["record"]) for line in lines if "record" in line],
            [line["operation"] for line in lines if "operation" in line],
            [line["past"] for line in lines if "past" in line],
            [line["places"] for line in lines if "places" in line],
        )
        proof = _proof(held)
    except UNREADABLE as error:
        raise InputError("store_backup_unreadable", file=path.name) from error
    if proof != {name: head.get(name) for name in proof}:
        raise InputError("store_backup_wrong", file=path.name)
    return held


def _unpacked(path: Path) -> Iterator[bytes]:
    """Give the lines of a backup, unpacked only as far as an honest one goes.

    Raises
    ------
    ValueError
        If it is no file, or unpacks to far more than a backup does.
    """
    if path.exists() and not path.is_file():
        raise ValueError(path)
    size = path.stat().st_size
    left = max(_SURELY_HARMLESS, _HIGHEST_RATIO * size)
    with gzip.open(path, "rb") as stream:
        while line := stream.readline(min(left, _LONGEST_LINE) + 1):
            left -= len(line)
            if left < 0 or len(line) > _LONGEST_LINE:
                raise ValueError(path)
            yield line


def _lines(held: Contents) -> Iterator[Mapping[str, Any]]:
    kept = _as_kept(held)
    head = {"format": FORMAT, "schema_version": kept.schema_version, "revision": kept.revision}
    yield head | _proof(kept)
    yield from ({"operation": operation} for operation in kept.operations)
    yield from ({"kind": row.kind, "record": row.form} for row in kept.rows)
    yield from ({"past": past} for past in kept.past)
    yield from ({"places": places} for places in kept.places)


def _as_kept(held: Contents) -> Contents:
    """Leave out what a file of the first schema does not have: the graphkam of then has to read it."""
    if held.schema_version >= _WITH_HISTORY:
        return held
    operations = [{k: v for k, v in o.items() if k != "revision"} for o in held.operations]
    return held._replace(operations=operations, places=[])


def _proof(held: Contents) -> dict[str, Any]:
    """Give the part of the head that the rest of the file has to bear out."""
    accounts = {account: list(found) for account, found in fingerprint_of_rows(held.rows).items()}
    proof: dict[str, Any] = {"accounts": accounts, "operations": len(held.operations)}
    if held.schema_version >= _WITH_HISTORY:
        proof["history_from"] = held.history_from
        if held.places:
            proof["places"] = [len(held.places), hashed(map(_text, held.places))]
        proof["history"] = [len(held.past), hashed(map(_text, (*held.operations, *held.past)))]
    return proof


def _text(line: Mapping[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True)
