"""The empty workbook, or one with ten example rows, to be filled in by hand."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from graphkam.exchange.csv_folder import save_folder
from graphkam.exchange.layout import Cell, Rows, properties, save_bytes
from graphkam.exchange.sheets import workbook_bytes
from graphkam.model.table import Column, sheets
from graphkam.model.vocabulary import label

_AS_NUMBERS = frozenset({"int", "number", "money", "ratio"})


def save_template(path: Path, *, language: str, example: bool = True) -> None:
    """Write a workbook to be filled in, or a folder of CSV files for any name but ``.xlsx``.

    Parameters
    ----------
    path
        Where to write it.
    language
        ``en`` or ``fr``: headers, lists, notes and example.
    example
        Whether to put a small account of ten rows in.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    rows = example_rows(language) if example else {}
    about = properties(language)
    if path.suffix.casefold() != ".xlsx":
        save_folder(path, rows, language=language, about=about)
        return
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    data = workbook_bytes(rows, language=language, about=about, created=now, is_example=example)
    save_bytes(path, data)


def example_rows(language: str) -> Rows:
    """Give the rows of the example, as a workbook of that language shows them."""
    found: dict[str, dict[str, dict[str, Cell]]] = {}
    with files("graphkam.exchange").joinpath("example.csv").open(encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            row = found.setdefault(line["sheet"], {}).setdefault(line["row"], {})
            column = next(c for c in sheets()[line["sheet"]] if c.key == line["key"])
            row[column.key] = typed(column, line[language], language)
    return {sheet: tuple(rows.values()) for sheet, rows in found.items()}


def typed(column: Column, text: str, language: str) -> Cell:
    """Give what a cell of a workbook holds for a code or text of a readable table."""
    if column.type in {"enum", "enums"}:
        return "; ".join(label(column.allowed, code.strip(), language) for code in text.split(";"))
    if column.type in _AS_NUMBERS:
        return Decimal(text)
    return date.fromisoformat(text) if column.type == "date" else text
