"""Walks over the XML parts of a workbook, by expat, without ever building a tree."""

from __future__ import annotations

import re
from typing import Any

from graphkam.exchange.problems import CellFault

MAX_ROW = 200_000
"""Last row that may hold a value."""
MAX_COLUMN = 500
"""Last column that may hold a value."""
MAX_STRINGS = 2_000_000
_EXCEL_ROWS = 1_048_576
_EXCEL_COLUMNS = 16_384
_DEPTH = 250

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})", re.ASCII)


def column_letters(index: int) -> str:
    """Give the letters of a column counted from 1."""
    letters = ""
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_at(address: str) -> tuple[int, int]:
    """Give row and column, counted from 1, of an address such as ``C8``.

    Raises
    ------
    CellFault
        If it is no address of a workbook.
    """
    match = _CELL.fullmatch(address)
    if match is None:
        raise CellFault("cell_out_of_bounds", address=address[:20])
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match[2])
    if row > _EXCEL_ROWS or column > _EXCEL_COLUMNS:
        raise CellFault("cell_out_of_bounds", address=address)
    return row, column


class Walk:
    """Walks over any part: refuses what no workbook needs (a DTD, absurd depth)."""

    def __init__(self) -> None:
        self._depth = 0

    def listen(self, parser: Any) -> None:
        """Attach to a parser of expat."""
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element; the name comes without prefix."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise CellFault("damaged_xml")
        self.start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def _ended(self, name: str) -> None:
        self._depth -= 1
        self.end(name.rpartition(":")[2] if ":" in name else name)

    @staticmethod
    def _refuse_dtd(*_: object) -> None:
        raise CellFault("xml_dtd")


class WorkbookWalk(Walk):
    """Collects the sheets: name, state and relation of each."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, str]] = []
        self.is_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a sheet or the properties of the workbook."""
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), relation))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904", "0") in {"1", "true"}


class Relations(Walk):
    """Collects where each relation leads."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a relation."""
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


class Properties(Walk):
    """Collects the custom document properties."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._name = ""

    def listen(self, parser: Any) -> None:
        """Attach to a parser of expat."""
        super().listen(parser)
        parser.CharacterDataHandler = self._text

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the name of a property."""
        if name == "property":
            self._name = attributes.get("name", "")[:100]
            self.values[self._name] = ""

    def end(self, name: str) -> None:
        """Leave a property."""
        if name == "property":
            self._name = ""

    def _text(self, text: str) -> None:
        if self._name:
            self.values[self._name] = (self.values[self._name] + text)[:1000]


class Strings(Walk):
    """Counts the shared strings, and does not believe the number the part says."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a shared string, or the head of the list."""
        if name == "sst":
            said = (attributes.get("count", "0"), attributes.get("uniqueCount", "0"))
            if any(not n.isdigit() or len(n) > len(str(MAX_STRINGS)) for n in said):
                raise CellFault("damaged_xml")
        elif name == "si":
            self.count += 1
            if self.count > MAX_STRINGS:
                raise CellFault("too_many_texts", most=MAX_STRINGS)


class SheetWalk(Walk):
    """Walks over the cells of one sheet."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self.sheet = sheet
        self.errors: dict[str, str] = {}
        self.uncomputed: set[str] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows = 0
        self._row = self._column = 0
        self._is_hidden = self._is_counted = False
        self._has_formula = self._has_value = self._in_value = False
        self._type = self._text = ""

    def listen(self, parser: Any) -> None:
        """Attach to a parser of expat."""
        super().listen(parser)
        parser.CharacterDataHandler = self._read

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a row, a cell, or what is in it."""
        if name == "c":
            self._start_cell(attributes)
        elif name in {"v", "is"}:
            self._has_value, self._in_value = True, name == "v"
        elif name == "f":
            self._has_formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.merged.append((*cell_at(first), *cell_at(last or first)))

    def end(self, name: str) -> None:
        """Leave a cell or its value."""
        if name == "v":
            self._in_value = False
        elif name == "c":
            self._end_cell()

    def _start_row(self, attributes: dict[str, str]) -> None:
        said = attributes.get("r")
        if said is not None and (not said.isdigit() or len(said) > 7 or int(said) > _EXCEL_ROWS):  # noqa: PLR2004
            raise CellFault("cell_out_of_bounds", address=said[:20])
        self._row = int(said) if said is not None else self._row + 1
        self._column = 0
        self._is_hidden = attributes.get("hidden", "0") in {"1", "true"}
        self._is_counted = False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            self._row, self._column = cell_at(address)
        self._type = attributes.get("t", "n")
        self._has_formula = self._has_value = False
        self._text = ""

    def _read(self, text: str) -> None:
        if self._in_value and self._type in {"e", "str"}:
            self._text = (self._text + text)[:40]

    def _end_cell(self) -> None:
        if not (self._has_value or self._has_formula):
            return
        self._check_place()
        if self._is_hidden and not self._is_counted:
            self.hidden_rows += 1
            self._is_counted = True
        if self._type == "e":
            self.errors[self._address()] = self._text
        elif self._has_formula and not self._has_value:
            self.uncomputed.add(self._address())

    def _check_place(self) -> None:
        if self._row > MAX_ROW:
            raise CellFault("too_many_rows", sheet=self.sheet, address=self._address(), most=MAX_ROW)
        if self._column > MAX_COLUMN:
            raise CellFault("too_many_columns", sheet=self.sheet, address=self._address(), most=MAX_COLUMN)

    def _address(self) -> str:
        return f"{column_letters(self._column)}{self._row}"
