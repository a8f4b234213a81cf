"""The same workbook without Excel: a folder with one CSV file per sheet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

from graphkam.exchange.layout import OPERATION, REVISION, Cell, Rows, ordered, save_into
from graphkam.model.table import sheets
from graphkam.text import Words

PROPERTIES = "graphkam.json"
"""The file of the folder that carries what a workbook has as custom properties."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def save_folder(folder: Path, rows: Rows, *, language: str, about: Mapping[str, str]) -> None:
    """Write one file per sheet, as French Excel opens them: UTF-8 with a mark, semicolons.

    Parameters
    ----------
    folder
        The folder; made if it is not there. Other files in it are left alone.
    rows
        What to write.
    language
        Language of the headers.
    about
        The properties, by name.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    files: dict[str, bytes] = {}
    for sheet in sheets():
        columns = ordered(sheet)
        operation = Words(language).say("template.operation")
        header = [*(column.header(language) for column in columns), operation, REVISION]
        keys = [*(column.key for column in columns), OPERATION, REVISION]
        body = [[_written(row.get(key)) for key in keys] for row in rows.get(sheet, ())]
        files[f"{sheet}.csv"] = _bytes([header, *body])
    said = json.dumps(dict(about), ensure_ascii=False, indent=2) + "\n"
    files[PROPERTIES] = said.encode("utf-8")
    save_into(folder, files)


def _bytes(rows: Iterable[Sequence[str]]) -> bytes:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    return stream.getvalue().encode("utf-8-sig")


def _written(value: Cell | None) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (int, float)):
        return f"{Decimal(repr(value)):f}"
    return inert(value)


def inert(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula.

    One apostrophe is put before a text that starts like a formula, whatever apostrophes it has
    already, so that taking one away gives the text back.
    """
    return f"'{text}" if text.lstrip("'").startswith(_STARTS_A_FORMULA) else text
