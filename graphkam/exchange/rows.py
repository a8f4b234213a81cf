"""From the sheets of a file to rows of understood cells, with the place of each.

Headers and sheet names are taken as key, English or French, in any order, case and accents aside.
What is not known is said with the nearest; what cannot be understood is collected, never only the
first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from graphkam.exchange.amounts import decimal_comma
from graphkam.exchange.cells import Habits, read_cell
from graphkam.exchange.days import day_first
from graphkam.exchange.layout import OPERATION, REVISION
from graphkam.exchange.problems import CellFault, Faults, Place, nearest
from graphkam.exchange.sheetxml import column_letters
from graphkam.exchange.source import Raw, Sheet, Source
from graphkam.model.base import fold
from graphkam.model.table import Column, sheets

_OPERATION_HEADERS = {"operation", "_operation"}
_OPERATIONS = {"delete": "delete", "supprimer": "delete", "end": "end", "terminer": "end"}
_IGNORED_SHEETS = {"readme", "lisezmoi", "lists", "listes", "errors", "erreurs"}
_FIRST_SHEETS = (
    "Accounts / Comptes",
    "Positions and people / Postes et personnes",
    "Account team / Équipe compte",
)
_DAYS = {"date", "partial_date", "month", "days"}
_NUMBERS = {"int", "number", "money", "ratio"}
LOCALES = {"en": True, "fr": True, "us": False}
"""Whether a locale writes the day before the month."""


@dataclass
class Row:
    """One row of a sheet, understood cell by cell."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    """What each column says, by its key; blanks are absent."""
    operation: str | None = None
    """``delete``, ``end`` or nothing."""
    faulty: set[str] = field(default_factory=set)
    """Columns whose cell could not be understood."""
    shown: dict[str, tuple[str, int]] = field(default_factory=dict)
    """In a file that we wrote: id and version of each record that the row showed."""

    def copy(self) -> Row:
        """Give the same row, to be worked on anew."""
        return Row(self.number, dict(self.values), self.operation, set(self.faulty), self.shown)

    @property
    def shows(self) -> set[tuple[str, str]]:
        """Kind and id of each record that the row showed."""
        return {(name.partition(".")[0], record_id) for name, (record_id, _) in self.shown.items()}

    @property
    def says_anything(self) -> bool:
        """Whether the row is more than blanks."""
        return bool(self.values or self.faulty or self.operation)


@dataclass
class Table:
    """One sheet of the file, recognised."""

    key: str
    name: str
    columns: dict[str, tuple[int, str]]
    """Position (from 0) and header of each column, by key."""
    language: str
    rows: list[Row] = field(default_factory=list)

    def place(self, row: Row | None, key: str = "") -> Place:
        """Give where a cell stands; the row's first cell for a column that is not there."""
        index, header = self.columns.get(key, (0, ""))
        if not header:
            header = next((c.header(self.language) for c in sheets()[self.key] if c.key == key), "")
        number = row.number if row is not None else 1
        return Place(self.name, f"{column_letters(index + 1)}{number}", header)

    @property
    def fields(self) -> list[str]:
        """The keys of its columns that are of the table of fields."""
        return [key for key in self.columns if key not in {OPERATION, REVISION}]

    def column(self, key: str) -> Column:
        """Give the column of the table of fields."""
        return by_key(self.key)[key]


def read_tables(source: Source, faults: Faults, *, locale: str | None = None) -> dict[str, Table]:
    """Recognise the sheets of a file and read their cells.

    Parameters
    ----------
    source
        The file, read.
    faults
        Takes what is wrong.
    locale
        How to read 03/04/2026 and 1,234: ``en`` or ``fr`` (both day first), ``us``.

    Returns
    -------
    dict
        The tables that have rows or columns, by the key of their sheet.
    """
    tables: dict[str, Table] = {}
    for sheet in source.sheets:
        key = _sheet_key(sheet, faults)
        if key is None:
            continue
        if key in tables:
            faults.error("duplicate_sheet", Place(sheet.name), sheet.name, other=tables[key].name)
            continue
        table = _heading(key, sheet, faults)
        if table is not None:
            tables[key] = table
            _say_hidden(sheet, faults)
            _read_rows(table, sheet, faults, locale)
    if not tables and not faults.has_errors:
        faults.error("no_known_sheet", names=_FIRST_SHEETS)
    return tables


@cache
def by_key(sheet: str) -> Mapping[str, Column]:
    """Give the columns of a sheet by their keys."""
    return {column.key: column for column in sheets()[sheet]}


@cache
def _sheet_names() -> Mapping[str, str]:
    return {
        fold(name): key
        for key, found in sheets().items()
        for name in (key, found[0].sheet_en, found[0].sheet_fr)
    }


@cache
def _headers(sheet: str) -> Mapping[str, str]:
    return {
        fold(name): column.key
        for column in sheets()[sheet]
        for name in (column.key, column.header_en, column.header_fr)
    }


def _sheet_key(sheet: Sheet, faults: Faults) -> str | None:
    name = fold(sheet.name)
    key = _sheet_names().get(name)
    if key is None and name not in _IGNORED_SHEETS and any(map(any, sheet.rows)):
        names = [n for found in sheets().values() for n in (found[0].sheet_en, found[0].sheet_fr)]
        faults.add(
            CellFault("unknown_sheet", nearest=nearest(sheet.name, names)),
            Place(sheet.name),
            sheet.name,
            is_warning=True,
        )
    return key


def _say_hidden(sheet: Sheet, faults: Faults) -> None:
    if sheet.shape.is_hidden:
        faults.warn("hidden_sheet", Place(sheet.name))
    if sheet.shape.hidden_rows:
        faults.warn("hidden_rows", Place(sheet.name), count=sheet.shape.hidden_rows)


def _heading(key: str, sheet: Sheet, faults: Faults) -> Table | None:
    """Recognise the headers of row 1."""
    if not sheet.rows:
        return None
    found: dict[str, tuple[int, str]] = {}
    spoken = {"en": 0, "fr": 0}
    for index, raw in enumerate(sheet.rows[0]):
        header = " ".join(str(raw).split()).rstrip("* ") if raw not in {None, ""} else ""
        place = Place(sheet.name, f"{column_letters(index + 1)}1", header)
        if not header:
            if any(index < len(row) and row[index] not in {None, ""} for row in sheet.rows[1:]):
                faults.warn("no_header", place)
            continue
        name = _column_key(key, header, place, faults)
        if name in found:
            other = column_letters(found[name][0] + 1)
            faults.error("duplicate_column", place, header, other=f"{other}1")
        elif name is not None:
            found[name] = (index, header)
            _count_language(key, name, header, spoken)
    return Table(key, sheet.name, found, "fr" if spoken["fr"] > spoken["en"] else "en") if found else None


def _count_language(sheet: str, key: str, header: str, spoken: dict[str, int]) -> None:
    column = by_key(sheet).get(key)
    if column and fold(column.header_en) != fold(column.header_fr):
        for language in spoken:
            spoken[language] += fold(column.header(language)) == fold(header)


def _column_key(sheet: str, header: str, place: Place, faults: Faults) -> str | None:
    name = fold(header)
    if name in _OPERATION_HEADERS:
        return OPERATION
    if name == REVISION:
        return REVISION
    key = _headers(sheet).get(name)
    if key is None:
        names = [n for column in sheets()[sheet] for n in (column.header_en, column.header_fr)]
        faults.add(
            CellFault("unknown_column", nearest=nearest(header, names)), place, header, is_warning=True
        )
    return key


def _read_rows(table: Table, sheet: Sheet, faults: Faults, locale: str | None) -> None:
    _refuse_merged(table, sheet, faults)
    habits = {
        key: _habits(table, sheet, key, index, locale)
        for key, (index, _) in table.columns.items()
        if key not in {OPERATION, REVISION}
    }
    has_odd_blanks = bool(sheet.shape.errors or sheet.shape.uncomputed)
    for number, cells in enumerate(sheet.rows[1:], start=2):
        row = Row(number)
        for key, (index, _) in table.columns.items():
            raw = cells[index] if index < len(cells) else None
            if raw is not None and raw != "":
                _read_into(row, key, raw, table, habits.get(key), faults)
            elif has_odd_blanks:
                _read_odd_blank(row, key, table, sheet, faults)
        if row.says_anything:
            table.rows.append(row)


def _read_into(row: Row, key: str, raw: Raw, table: Table, habits: Habits | None, faults: Faults) -> None:
    try:
        if key == REVISION:
            row.shown = _shown(raw)
            return
        if habits is None:
            row.operation = _operation(raw)
            return
        value = read_cell(table.column(key), raw, habits)
    except CellFault as fault:
        row.faulty.add(key)
        faults.add(fault, table.place(row, key), raw)
        return
    if value is not None and value != ():
        row.values[key] = value


def _read_odd_blank(row: Row, key: str, table: Table, sheet: Sheet, faults: Faults) -> None:
    """Tell a blank from an error value or from a formula without a result: both read as blanks."""
    place = table.place(row, key)
    if place.cell in sheet.shape.errors:
        row.faulty.add(key)
        faults.error("error_cell", place, sheet.shape.errors[place.cell])
    elif place.cell in sheet.shape.uncomputed:
        row.faulty.add(key)
        faults.error("formula_without_value", place)


def _operation(raw: Raw) -> str | None:
    text = fold(str(raw))
    if text and text not in _OPERATIONS:
        raise CellFault("not_an_operation", allowed=tuple(_OPERATIONS), nearest=nearest(text, _OPERATIONS))
    return _OPERATIONS.get(text)


def _shown(raw: Raw) -> dict[str, tuple[str, int]]:
    """Read what an export says of the records of a row; whatever else stands there says nothing."""
    try:
        found = json.loads(str(raw))
        return {str(name): (str(one[0]), int(one[1])) for name, one in found.items()}
    except (ValueError, AttributeError, TypeError, LookupError):
        return {}


def _habits(table: Table, sheet: Sheet, key: str, index: int, locale: str | None) -> Habits:
    """Find out how a column writes what has two readings."""
    habits = Habits(table.language)
    kind = table.column(key).type
    if kind in _DAYS:
        told = LOCALES.get(locale or "")
        texts = _texts(sheet, index) if told is None else ()
        return replace(habits, is_day_first=day_first(texts) if told is None else told)
    if kind in _NUMBERS:
        told = {"fr": True, "en": False, "us": False}.get(locale or "")
        texts = _texts(sheet, index) if told is None else ()
        return replace(habits, is_decimal_comma=decimal_comma(texts) if told is None else told)
    return habits


def _texts(sheet: Sheet, index: int) -> Iterator[str]:
    cells = (row[index] for row in sheet.rows[1:] if index < len(row))
    return (cell for cell in cells if isinstance(cell, str) and cell)


def _refuse_merged(table: Table, sheet: Sheet, faults: Faults) -> None:
    """Refuse merged cells among the data: all but one of them would read as blanks."""
    last = max((index for index, _ in table.columns.values()), default=0) + 1
    for top, left, bottom, right in sheet.shape.merged:
        if bottom > 1 and left <= last and top <= len(sheet.rows):
            area = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
            faults.error("merged_cells", Place(sheet.name, f"{column_letters(left)}{top}"), area)
