"""The tables of a page as a workbook, one sheet each."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from graphkam.text import Words
    from graphkam.ui.table import Column, Kind, Table

_FORMATS: dict[Kind, str] = {
    "share": "0.0%",
    "number": "#,##0.##",
    "money": "#,##0",
    "day": "yyyy-mm-dd",
    "text": "@",
    "sentence": "@",
}
_LONGEST = 32_767
"""Characters that a cell holds."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_HEADER_ROW = 2
_WIDTHS: dict[Kind, int] = {
    "text": 26,
    "sentence": 80,
    "share": 12,
    "number": 12,
    "money": 14,
    "flag": 10,
    "day": 12,
}


def workbook_of(words: Words, tables: Sequence[Table], *, about: str) -> bytes:
    """Give tables as the bytes of a workbook.

    Text is only ever written as text: no cell becomes a formula or a link.

    Parameters
    ----------
    words
        The reader's language.
    tables
        One sheet each.
    about
        What stands above each table.
    """
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        taken: set[str] = set()
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        for table in tables:
            sheet = book.add_worksheet(_name(words.say(table.title), taken))
            sheet.write_string(0, 0, about)
            _write(words, book, sheet, table, formats)
    return stream.getvalue()


def _name(title: str, taken: set[str]) -> str:
    name = _FORBIDDEN.sub(" ", title).strip("' ")[:_LONGEST_NAME]
    number = 2
    while name.casefold() in taken:
        end = f" {number}"
        name, number = name.removesuffix(f" {number - 1}")[: _LONGEST_NAME - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name


def _write(words: Words, book: Workbook, sheet: Worksheet, table: Table, formats: dict[Kind, Any]) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for at, column in enumerate(table.columns):
        sheet.write_string(_HEADER_ROW, at, column.headed(words, table.currency)[:_LONGEST], bold)
        sheet.set_column(at, at, _WIDTHS[column.kind])
        for n, row in enumerate(table.rows, start=_HEADER_ROW + 1):
            _cell(sheet, n, at, column, row[column.name], formats)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    if table.rows and table.columns:
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(table.rows), len(table.columns) - 1)


def _cell(sheet: Worksheet, row: int, at: int, column: Column, value: Any, formats: dict[Kind, Any]) -> None:
    """Write a cell; what is not known stays empty."""
    form = formats.get(column.kind)
    match column.kind:
        case _ if value is None or value == "":
            return
        case "flag":
            sheet.write_boolean(row, at, bool(value))
        case "day":
            sheet.write_datetime(row, at, value, form)
        case "text" | "sentence":
            sheet.write_string(row, at, str(value)[:_LONGEST], form)
        case _:
            sheet.write_number(row, at, float(value), form)
