"""What a workbook is made of, looked at before anything reads it.

A workbook is a zip of XML parts, and a hostile (or merely odd) one kills its reader: a cell at
XFD1048576, a row number of eleven digits, a few megabytes that inflate to many gigabytes. So the
parts are inflated here with limits and walked with the standard library alone, which also finds what
the reader does not tell: error values, formulas without a result, merged cells, hidden rows.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, NamedTuple, TypeVar
from xml.parsers import expat

from graphkam.exchange.problems import CellFault
from graphkam.exchange.sheetxml import Properties, Relations, SheetWalk, Strings, Walk, WorkbookWalk

MAX_FILE = 64 * 1024**2
"""Bytes of the largest file that is opened at all."""
MAX_INFLATED = 256 * 1024**2
"""Bytes of all parts together, inflated."""
MAX_RATIO = 200
"""How many times larger a part may be than in the file, from ``RATIO_FROM`` bytes on."""
RATIO_FROM = 10 * 1024**2
MAX_PARTS = 2_000
_CHUNK = 1 << 16
_LONGEST_TAG = 1 << 22
"""Bytes of one tag or comment: the parser begins a longer one anew with every chunk."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MAIN = "xl/workbook.xml"

W = TypeVar("W", bound=Walk)


@dataclass
class SheetShape:
    """What is to be known of one sheet besides its values."""

    name: str
    is_hidden: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    """Cells that hold an error value, such as ``#N/A``."""
    uncomputed: set[str] = field(default_factory=set)
    """Cells with a formula and no result."""
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    """Merged areas: first row, first column, last row, last column; counted from 1."""
    hidden_rows: int = 0
    """How many rows with values are hidden."""


class Shape(NamedTuple):
    """What a workbook is made of."""

    sheets: tuple[SheetShape, ...]
    properties: dict[str, str]
    """Custom document properties."""
    has_macros: bool
    is_1904: bool
    """Its days are counted from 1904, as old Macintosh files do."""


def look(data: bytes) -> Shape:
    """Look at the parts of a workbook.

    Raises
    ------
    CellFault
        If it is not a workbook that can be read safely: what it is, and what to do.
    """
    _refuse_other_formats(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive.infolist())
            return _shape(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise CellFault("damaged_zip") from error
    except expat.ExpatError as error:
        raise CellFault("damaged_xml") from error
    except (NotImplementedError, RuntimeError, ValueError, LookupError) as error:
        # zipfile raises these for what it does not know: methods, encryption, odd names
        raise CellFault("unreadable") from error


def _refuse_other_formats(data: bytes) -> None:
    if not data:
        raise CellFault("empty_file")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise CellFault("password")
        is_old = any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))
        raise CellFault("old_xls" if is_old else "not_a_workbook")
    if not data.startswith(_ZIP):
        raise CellFault("not_a_workbook")


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > MAX_PARTS:
        raise CellFault("too_many_parts", count=len(parts), most=MAX_PARTS)
    if len(set(names)) < len(names):
        raise CellFault("duplicate_part")
    if any(part.flag_bits & 0x1 for part in parts):
        raise CellFault("password")
    inflated = sum(part.file_size for part in parts)
    if inflated > MAX_INFLATED:
        raise CellFault("too_large_inside", size=inflated >> 20, most=MAX_INFLATED >> 20)
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            times = part.file_size // max(part.compress_size, 1)
            raise CellFault("unfolds_too_much", times=times, most=MAX_RATIO)


def _shape(archive: zipfile.ZipFile) -> Shape:
    names = {name.casefold().lstrip("/"): name for name in archive.namelist()}
    if _MAIN not in names:
        is_other = names.keys() & {"xl/workbook.bin", "content.xml", "index/document.iwa"}
        raise CellFault("other_format" if is_other else "not_a_workbook")
    book = _walked(archive, names[_MAIN], WorkbookWalk())
    relations = _walked(archive, names.get("xl/_rels/workbook.xml.rels"), Relations())
    properties = _walked(archive, names.get("docprops/custom.xml"), Properties())
    strings = _walked(archive, names.get("xl/sharedstrings.xml"), Strings())
    walked = {_MAIN, "xl/_rels/workbook.xml.rels", "docprops/custom.xml", "xl/sharedstrings.xml"}
    sheets = []
    for name, state, relation in book.sheets:
        part = _part(relations.targets.get(relation, ""))
        walked.add(part)
        sheets.append(_sheet(archive, names.get(part), name, is_hidden=state != "visible"))
    for folded, name in names.items():
        if folded not in walked and _is_read(folded):
            _walked(archive, name, Walk())
    del strings
    return Shape(tuple(sheets), properties.values, "xl/vbaproject.bin" in names, book.is_1904)


def _is_read(part: str) -> bool:
    """Tell whether a reader of workbooks may look into a part; drawings of old (VML) are no XML."""
    return part.endswith(".rels") or (part.endswith(".xml") and part.startswith(("xl/", "docprops/", "[")))


def _part(target: str) -> str:
    """Give the name of the part that a relation of the workbook leads to."""
    target = target.casefold()
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _sheet(archive: zipfile.ZipFile, part: str | None, name: str, *, is_hidden: bool) -> SheetShape:
    walk = _walked(archive, part, SheetWalk(name))
    return SheetShape(
        name=name,
        is_hidden=is_hidden,
        errors=walk.errors,
        uncomputed=walk.uncomputed,
        merged=walk.merged,
        hidden_rows=walk.hidden_rows,
    )


def _walked(archive: zipfile.ZipFile, name: str | None, walk: W) -> W:
    if name is not None:
        with archive.open(name) as stream:
            _parse(stream, walk)
    return walk


def _parse(stream: IO[bytes], walk: Walk) -> None:
    parser = expat.ParserCreate()
    walk.listen(parser)
    fed = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise CellFault("damaged_xml")
    parser.Parse(b"", True)  # noqa: FBT003 - expat's own order
