"""Reads a folder of CSV files as if it were a workbook: one file per sheet, named like it.

Encoding and delimiter are found out and said, never asked for: UTF-8 with or without a mark, UTF-16
with one, otherwise Windows-1252; semicolon, tab or comma.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import json
from pathlib import Path

from graphkam.exchange.csv_folder import PROPERTIES
from graphkam.exchange.guard import SheetShape
from graphkam.exchange.problems import Faults, Place
from graphkam.exchange.sheetxml import MAX_COLUMN, MAX_ROW, column_letters
from graphkam.exchange.source import Raw, Sheet, Source

MAX_FILE = 64 * 1024**2
"""Bytes of the largest CSV file that is read."""
MAX_FILES = 200
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DELIMITERS = ";\t,"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The longer mark first: that of UTF-16 is the beginning of that of UTF-32."""
_HEAD = 400


def read_folder(folder: Path, faults: Faults) -> Source:
    """Read all CSV files of a folder.

    Raises
    ------
    ImportRejected
        If there is none, or one of them cannot be read at all.
    """
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix.casefold() in {".csv", ".tsv"})
    except OSError as error:
        faults.error("not_opened", why=error.strerror or type(error).__name__)
        files = []
    if not files and not faults.has_errors:
        faults.error("no_csv")
    if len(files) > MAX_FILES:
        faults.error("too_many_files", count=len(files), most=MAX_FILES)
        files = []
    digest = hashlib.sha256()
    sheets = []
    for file in files:
        data = _bytes(file, faults)
        digest.update(file.name.encode(errors="replace") + b"\0" + data)
        sheets.append(_sheet(file, data, faults))
    faults.reject()
    return Source(folder.name, tuple(sheets), _properties(folder), digest.hexdigest(), is_csv=True)


def _bytes(file: Path, faults: Faults) -> bytes:
    place = Place(file.name)
    try:
        size = file.stat().st_size
        if not file.is_file():
            faults.error("not_a_file", place)
            return b""
        if size > MAX_FILE:
            faults.error("too_large", place, size=size >> 20, most=MAX_FILE >> 20)
            return b""
        return file.read_bytes()
    except OSError as error:
        faults.error("not_opened", place, why=error.strerror or type(error).__name__)
        return b""


def _properties(folder: Path) -> dict[str, str]:
    path = folder / PROPERTIES
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _sheet(file: Path, data: bytes, faults: Faults) -> Sheet:
    place = Place(file.name)
    text = _text(data, place, faults)
    delimiter = _delimiter(text)
    rows: list[list[Raw]] = []
    csv.field_size_limit(MAX_FILE)  # a longer cell is told as what it is, with its length
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append([_original(cell) for cell in row])
            if len(rows) > MAX_ROW or len(row) > MAX_COLUMN:
                what = "too_many_rows" if len(rows) > MAX_ROW else "too_many_columns"
                most = MAX_ROW if len(rows) > MAX_ROW else MAX_COLUMN
                address = f"{column_letters(len(row))}{len(rows)}"
                faults.error(what, place._replace(cell=address), sheet=file.name, address=address, most=most)
                break
    except csv.Error:
        faults.error("unbalanced_quotes", place._replace(cell=f"A{len(rows) + 1}"))
    _check_lengths(rows, place, faults)
    return Sheet(file.stem, rows, SheetShape(file.stem))


def _text(data: bytes, place: Place, faults: Faults) -> str:
    """Decode, saying how where it is not plain UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding != "utf-8-sig":
                faults.warn("encoding", place, encoding=encoding.upper())
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                faults.error("not_text", place)
                return ""
    if data[:_HEAD].count(0) > len(data[:_HEAD]) // 4:  # UTF-16 without its mark, or no text at all
        faults.error("not_text", place)
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        faults.warn("encoding", place, encoding="Windows-1252")
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Give the delimiter that the first line has most of; a quoted one does not count."""
    head, quoted = text.partition("\n")[0], False
    counts = dict.fromkeys(_DELIMITERS, 0)
    for character in head:
        quoted ^= character == '"'
        if not quoted and character in counts:
            counts[character] += 1
    return max(counts, key=lambda c: counts[c])


def _original(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from reading a text as a formula."""
    is_kept = cell.startswith("'") and cell.lstrip("'").startswith(_STARTS_A_FORMULA)
    return cell[1:] if is_kept else cell


def _check_lengths(rows: list[list[Raw]], place: Place, faults: Faults) -> None:
    """Refuse rows longer than the heading: a delimiter stands in a value without quotes."""
    for number, row in enumerate(rows[1:], start=2):
        if len(row) > len(rows[0]) and any(row[len(rows[0]) :]):
            faults.error("ragged_row", place._replace(cell=f"A{number}"), found=len(row), wanted=len(rows[0]))
        elif 0 < len(row) < len(rows[0]):
            faults.warn("short_row", place._replace(cell=f"A{number}"), found=len(row), wanted=len(rows[0]))
