"""Everything in one file, independent of the server, and back.

A backup is gzipped JSON lines: a head (format, schema version, revision, counts and hashes by
account), then the operations, then the records. It is written to a draft, read back, compared, and
only then given its name.
"""

from __future__ import annotations

import errno
import gzip
import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from graphkam.errors import InputError, StoreTooNew
from graphkam.model.base import Entity
from graphkam.model.changes import Operation
from graphkam.model.records import KIND_BY_NAME, RecordSet
from graphkam.store.accounts import SCHEMA_VERSION, Store, fingerprint, operation_of
from graphkam.text import visible

FORMAT = "graphkam backup"
_SURELY_HARMLESS = 64 << 20
_HIGHEST_RATIO = 200
"""How many times its size a backup may unpack to, once that is more than the former."""
_LONGEST_LINE = 16 << 20
_UNREADABLE = (
    OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError,
)  # fmt: skip
"""What a file that is no backup, or a damaged one, raises; pydantic's own error is a ValueError."""


class Backup(NamedTuple):
    """What a backup file holds."""

    schema_version: int
    revision: int
    records: RecordSet
    operations: tuple[Operation, ...]


def save_backup(store: Store, path: Path) -> None:
    """Write the whole store to one file, and read it back to prove it.

    Raises
    ------
    InputError
        If the file cannot be written, or does not read back as written.
    """
    records = store.read()
    operations = tuple(map(operation_of, store.ask("read/all_operations")))
    held = Backup(store.schema_version(), store.revision(), records, operations)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():  # else a device would be replaced by a file
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # noqa: TRY301 - told as all others
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
                for line in _lines(held):
                    packed.write(json.dumps(line, ensure_ascii=False).encode("utf-8") + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
        if read_backup(draft).records != records:
            raise InputError("store_backup_wrong", file=path.name)
        draft.replace(path)
    except OSError as error:
        raise InputError("not_written", file=str(path), why=error.strerror or str(error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _lines(held: Backup) -> list[dict[str, Any]]:
    head = {
        "format": FORMAT,
        "schema_version": held.schema_version,
        "revision": held.revision,
        "accounts": fingerprint(held.records),
        "operations": len(held.operations),
    }
    operations = [{"operation": o.model_dump(mode="json")} for o in held.operations]
    records = [
        {
            "kind": type(r).__name__,
            "record": r.model_dump(mode="json", exclude_defaults=True) | {"version": r.version},
        }
        for r in held.records
    ]
    return [head, *operations, *records]


def read_backup(path: Path) -> Backup:
    """Read a backup file and compare it with its own head.

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
        operations = tuple(Operation.model_validate(x["operation"]) for x in lines if "operation" in x)
        records = RecordSet(_record(x) for x in lines if "record" in x)
        said = {account: tuple(counted) for account, counted in head["accounts"].items()}
        held = Backup(int(head["schema_version"]), int(head["revision"]), records, operations)
    except _UNREADABLE as error:
        raise InputError("store_backup_unreadable", file=path.name) from error
    if said != fingerprint(records) or head["operations"] != len(operations):
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


def _record(line: Mapping[str, Any]) -> Entity:
    return KIND_BY_NAME[line["kind"]].model_validate(line["record"])


def restore_backup(store: Store, path: Path, *, who: str) -> None:
    """Put a backup in the place of everything, in one transaction.

    Parameters
    ----------
    store
        The store.
    path
        The backup.
    who
        The user, for the record of operations.

    Raises
    ------
    InputError
        If the file is not a sound backup; nothing is changed.
    """
    held = read_backup(path)
    operation = Operation(who=who, what="restore", file=visible(path.name), puts=len(held.records))
    store.replace(held.records, held.operations, operation)
