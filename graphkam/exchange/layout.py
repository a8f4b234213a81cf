"""What a workbook and its CSV twin have in common: rows, columns in order, properties, safe writing."""

from __future__ import annotations

import stat
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from graphkam.errors import InputError
from graphkam.model.table import Column, sheets

Cell = str | int | float | Decimal | date
Row = Mapping[str, Cell]
"""What one row says, by column key; a missing key is an empty cell."""
Rows = Mapping[str, Sequence[Row]]
"""The rows of each sheet, by the sheet's key."""

SCHEMA = "1"
"""Form of the workbook; written into its custom properties."""
OPERATION = "operation"
REVISION = "_rev"

ADVANCED = frozenset({"other_emails", "post_since", "post_until", "proposed", "days_out", "days_in", "past"})
"""Keys of columns that few people fill in: folded away at the far right."""
CORE = ("accounts", "positions", "team", "knows")
"""Sheets of the smallest useful workbook."""
COLOURS = {"required": "#C55A11", "optional": "#1F3864", "id": "#808080"}
"""Colour of a header, by what its column is."""
MAX_ROWS = 1_048_575
MAX_CELL = 32_767


def ordered(sheet: str) -> tuple[Column, ...]:
    """Give the columns of a sheet as a workbook shows them: the advanced ones last."""
    return tuple(sorted(sheets()[sheet], key=lambda column: column.key in ADVANCED))


def properties(language: str, **more: str) -> dict[str, str]:
    """Give the custom properties of a workbook, by name."""
    named = {"schema": SCHEMA, "language": language, **more}
    return {f"graphkam.{name}": value for name, value in named.items()}


def save_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    InputError
        If it cannot be written.
    """
    save_together({path: data})


def save_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none: a disk that fills up leaves the old ones as they were.

    Raises
    ------
    InputError
        If one of them cannot be written; it is named.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            if path.exists() and not path.is_file():  # a device or a pipe, or a folder, which refuses
                path.write_bytes(data)
                continue
            drafts[path] = path.with_name(f".{uuid4().hex}")
            drafts[path].write_bytes(data)
        for path, draft in drafts.items():
            draft.replace(path.resolve())  # what a link leads to, not the link
    except OSError as error:
        raise InputError("not_written", file=str(path), why=error.strerror or str(error)) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def save_into(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a folder, all of them or none; the folder is made if it is not there.

    Raises
    ------
    InputError
        If the folder cannot be made, or one of them not written; it is named.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError("not_written", file=str(folder), why=error.strerror or str(error)) from error
    save_together({folder / name: data for name, data in files.items()})


def is_endless(path: Path) -> bool:
    """Tell whether something is a device, of which nobody knows where it ends."""
    mode = path.stat().st_mode
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
