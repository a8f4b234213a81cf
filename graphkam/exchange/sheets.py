"""How a workbook of ours looks: sheets, headers, lists, drop-downs, the read-me sheet.

Template and export write through :func:`workbook_bytes`, which knows nothing but the table of
fields. Text is only ever written as text: no cell of a user becomes a formula or a link.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from graphkam.errors import InputError
from graphkam.exchange.dropdowns import Lists
from graphkam.exchange.layout import (
    ADVANCED,
    COLOURS,
    CORE,
    MAX_CELL,
    MAX_ROWS,
    OPERATION,
    REVISION,
    Cell,
    Row,
    Rows,
    ordered,
)
from graphkam.exchange.readme import write_readme
from graphkam.model.table import Column, sheets
from graphkam.text import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_READY_ROWS = 2_000
"""Rows that have drop-downs before anything is typed."""
_FIRST_EXCEL_DAY = date(1900, 3, 1)
_ORANGE, _NAVY, _GREY = COLOURS.values()
_WIDTHS = {
    "id": 10,
    "note": 44,
    "text": 26,
    "ref": 28,
    "refs": 34,
    "enums": 24,
    "enum": 18,
    "email": 28,
    "emails": 34,
}
_NARROW, _WIDE = 14, 38
_LINE, _MOST_LINES = 15, 10
"""Points of a line, and lines of the highest row."""
_PAGE = 220
"""Characters that a printed page can show across."""
_AS_TEXT = frozenset({"id", "partial_date", "month", "siren", "siret", "lei", "phone", "days", "statements"})
_DIGITS_ARE_TEXT = frozenset({"credibility", "stance", "level"})


def workbook_bytes(
    rows: Rows,
    *,
    language: str,
    about: Mapping[str, str],
    created: datetime,
    is_example: bool = False,
    is_short: bool = False,
) -> bytes:
    """Give a workbook.

    Parameters
    ----------
    rows
        What to write; a sheet without rows gets its headers only.
    language
        Language of headers, lists and read-me sheet.
    about
        Custom properties, by name.
    created
        When it was made, UTC.
    is_example
        Whether the rows are an example, to be said on the read-me sheet.
    is_short
        Whether to leave out sheets without rows.

    Raises
    ------
    InputError
        If a text or a sheet is longer than a workbook can hold.
    """
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": "graphkam", "created": created})
        for name, value in about.items():
            workbook.set_custom_property(name, value, "text")
        wanted = [sheet for sheet in sheets() if not is_short or rows.get(sheet)]
        _Writer(workbook, Words(language), wanted).write(rows, is_example=is_example)
    return stream.getvalue()


class _Writer:
    """Writes one workbook in one language."""

    def __init__(self, workbook: Workbook, words: Words, wanted: Sequence[str]) -> None:
        self._book = workbook
        self._wanted = wanted
        self._words = words
        self._formats: dict[str, Any] = {}
        self._lists = Lists(words, wanted)

    def write(self, rows: Rows, *, is_example: bool) -> None:
        say = self._words.say
        readme = self._book.add_worksheet(say("template.readme"))
        made = {sheet: self._book.add_worksheet(self._name(sheet)) for sheet in self._wanted}
        lists = self._book.add_worksheet(say("template.lists"))
        for sheet, worksheet in made.items():
            self._write_sheet(sheet, worksheet, rows.get(sheet, ()))
        self._lists.write(self._book, lists, rows)
        lists.hide()
        write_readme(self._book, readme, self._words, self._wanted, is_example=is_example)
        readme.activate()

    def _name(self, sheet: str) -> str:
        return sheets()[sheet][0].sheet_name(self._words.language)

    def _write_sheet(self, sheet: str, worksheet: Worksheet, rows: Sequence[Row]) -> None:
        if len(rows) > MAX_ROWS:
            raise InputError("export_too_many", sheet=self._name(sheet), count=len(rows))
        columns = ordered(sheet)
        ready = max(_READY_ROWS, len(rows) + _READY_ROWS // 4)
        is_folding = any(column.key in ADVANCED for column in columns)
        self._layout(sheet, worksheet)
        for n, row in enumerate(rows, start=1):
            if (lines := _lines(columns, row)) > 1:
                worksheet.set_row(n, _LINE * min(lines, _MOST_LINES))
        for i, column in enumerate(columns):
            # The two extra columns stand between the ordinary and the folded ones.
            at = i + (1 if column.key in ADVANCED else 0)
            self._header(worksheet, at, column)
            self._lists.validate(worksheet, at, column, ready)
            for n, row in enumerate(rows, start=1):
                if (value := row.get(column.key)) is not None:
                    self._cell(worksheet, n, at, column, value)
        plain = sum(column.key not in ADVANCED for column in columns)
        self._operations(worksheet, plain, rows, ready, is_folding=is_folding)
        self._revisions(worksheet, len(columns) + 1, rows, is_folding=is_folding)
        worksheet.autofilter(0, 0, max(len(rows), 1), plain)

    def _layout(self, sheet: str, worksheet: Worksheet) -> None:
        worksheet.freeze_panes(1, 2)
        worksheet.set_row(0, 32)
        worksheet.set_landscape()
        worksheet.set_paper(9)  # A4
        worksheet.repeat_rows(0)
        if sum(map(_width, ordered(sheet))) <= _PAGE:
            worksheet.fit_to_pages(1, 0)
        else:
            worksheet.set_print_scale(70)
            worksheet.repeat_columns(0, 1)
        worksheet.outline_settings(True, False, False, False)  # noqa: FBT003 - the library's own order
        worksheet.set_tab_color(_ORANGE if sheet in CORE else _NAVY)

    def _header(self, worksheet: Worksheet, at: int, column: Column) -> None:
        colour = _GREY if column.type == "id" else _ORANGE if column.required == "yes" else _NAVY
        worksheet.write_string(0, at, column.header(self._words.language), self._header_format(colour))
        note = f"{column.key} · {self._words.say(f'template.type.{column.type}')}"
        if allowed := self._lists.allowed(column):
            note += f" · {allowed}"
        worksheet.write_comment(0, at, note, {"x_scale": 2, "author": "graphkam"})
        folded = {"level": 1, "hidden": True} if column.key in ADVANCED else {}
        worksheet.set_column(at, at, _width(column), self._format(column), folded)

    def _operations(
        self, worksheet: Worksheet, at: int, rows: Sequence[Row], ready: int, *, is_folding: bool
    ) -> None:
        say = self._words.say
        worksheet.write_string(0, at, say("template.operation"), self._header_format(_NAVY))
        choices = [say("template.delete"), say("template.end")]
        worksheet.write_comment(0, at, f"{OPERATION} · {', '.join(choices)}", {"author": "graphkam"})
        worksheet.set_column(at, at, _NARROW, None, {"collapsed": True} if is_folding else {})
        worksheet.data_validation(1, at, ready, at, {"validate": "list", "source": choices})
        for n, row in enumerate(rows, start=1):
            if value := row.get(OPERATION):
                worksheet.write_string(n, at, str(value))

    def _revisions(self, worksheet: Worksheet, at: int, rows: Sequence[Row], *, is_folding: bool) -> None:
        worksheet.write_string(0, at, REVISION, self._header_format(_GREY))
        worksheet.set_column(at, at, _NARROW, None, {"hidden": True, "level": 1 if is_folding else 0})
        for n, row in enumerate(rows, start=1):
            if value := row.get(REVISION):
                worksheet.write_string(n, at, str(value))

    def _cell(self, worksheet: Worksheet, n: int, at: int, column: Column, value: Cell) -> None:
        if isinstance(value, date):
            if value >= _FIRST_EXCEL_DAY:
                worksheet.write_datetime(n, at, value, self._named("date"))
                return
            value = value.isoformat()
        if isinstance(value, (int, float, Decimal)):
            if fits_a_double(value):
                worksheet.write_number(n, at, float(value), self._format(column, value))
                return
            value = f"{value:f}" if isinstance(value, Decimal) else str(value)
        length = len(value.encode("utf-16-le")) // 2  # as Excel counts
        if length > MAX_CELL:
            header = column.header(self._words.language)
            raise InputError(
                "export_too_long",
                sheet=self._name(column.sheet),
                column=header,
                length=length,
                start=value[:40],
            )
        worksheet.write_string(n, at, value, self._format(column))

    def _format(self, column: Column, value: float | Decimal = 0) -> Any:
        if column.type == "note":
            return self._named("note")
        if column.type == "date":
            return self._named("date")
        if column.type == "money":
            return self._named("money" if value == int(value) else "cents")
        is_text = column.type in _AS_TEXT or (column.type == "enum" and column.allowed in _DIGITS_ARE_TEXT)
        return self._named("text" if is_text else "plain")

    def _named(self, name: str) -> Any:
        if name not in self._formats:
            styles: dict[str, dict[str, Any]] = {
                "note": {"text_wrap": True},
                "date": {"num_format": "yyyy-mm-dd", "align": "left"},
                "money": {"num_format": "#,##0"},
                "cents": {"num_format": "#,##0.00"},
                "text": {"num_format": "@"},
                "plain": {},
            }
            self._formats[name] = self._book.add_format({"valign": "top", **styles[name]})
        return self._formats[name]

    def _header_format(self, colour: str) -> Any:
        if colour not in self._formats:
            style = {"bold": True, "font_color": "white", "bg_color": colour, "text_wrap": True}
            self._formats[colour] = self._book.add_format({**style, "valign": "vcenter", "border": 1})
        return self._formats[colour]


def _lines(columns: Sequence[Column], row: Row) -> int:
    """Count the lines that the longest note of a row takes; not every program makes room by itself."""
    notes = [str(row.get(column.key, "")) for column in columns if column.type == "note"]
    across = _WIDTHS["note"]
    return max((sum(1 + len(line) // across for line in note.split("\n")) for note in notes), default=1)


def _width(column: Column) -> int:
    return _WIDE if column.field == "title" else _WIDTHS.get(column.type, _NARROW)


def fits_a_double(value: float | Decimal) -> bool:
    """Tell whether a number survives a spreadsheet, which keeps 15 significant digits."""
    exact = Decimal(str(value))
    return len(exact.normalize().as_tuple().digits) <= 15 and abs(exact) < 10**15  # noqa: PLR2004
