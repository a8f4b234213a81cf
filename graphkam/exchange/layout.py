"""What a workbook and its CSV twin have in common: rows, columns in order, properties, safe writing."""

from __future__ import annotations

import os
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

ADVANCED = frozenset({"post_since", "post_until", "proposed", "days_out", "days_in", "past"})
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
    unfinished = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)  # noqa: PTH105 - says what it does
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise InputError("not_written", file=str(path), why=error.strerror or str(error)) from error
