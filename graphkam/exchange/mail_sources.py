"""Where the headers come from: a CSV, plain or gzip, or an mbox. No subject or body is ever read."""

from __future__ import annotations

import csv
import gzip
import io
import mailbox
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from email.message import Message as Headers
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from graphkam.exchange.problems import Faults, Place

MOST_BYTES = 4 * 1024**3
"""Longest log, unfolded."""
MOST_TIMES = 400
"""How often its packed size a log may unfold to, beyond ``_UNSUSPECTED`` bytes."""
LONGEST_LINE = 200_000
_UNSUSPECTED = 64 * 1024**2
_SAMPLE = 256 * 1024
_COLUMNS = ("at", "sender", "recipient")
_HEADER_BYTES = 256 * 1024
_MASS = {"bulk", "list", "junk"}


class Sent(NamedTuple):
    """One row of a log: a message, from one address field to another."""

    line: int
    on: date
    sender: str
    recipients: tuple[str, ...]


Progress = Callable[[int, int], None]


def messages(path: Path, faults: Faults, progress: Progress | None = None) -> Iterator[Sent]:
    """Give the messages of a log, in its order; what cannot be used is told to ``faults``.

    Raises
    ------
    ImportRejected
        If the file is no mail log.
    """
    try:
        with path.open("rb") as raw:
            start = raw.read(5)
        if not start:
            faults.error("mail_empty")
            faults.reject()
        if start == b"From ":
            yield from _mbox(path, faults)
        else:
            yield from _csv(path, faults, progress)
    except (OSError, EOFError, zlib.error) as error:
        faults.error("mail_unreadable", why=getattr(error, "strerror", None) or str(error))
        faults.reject()


class _Capped(io.RawIOBase):
    """A stream that stops a log that unfolds without end, and tells how far it is."""

    def __init__(self, path: Path, faults: Faults, progress: Progress | None) -> None:
        self._raw = path.open("rb")
        self._size = path.stat().st_size
        is_gzip = self._raw.read(2) == b"\x1f\x8b"
        self._raw.seek(0)
        self._stream: io.BufferedIOBase = gzip.GzipFile(fileobj=self._raw) if is_gzip else self._raw
        self._faults = faults
        self._progress = progress
        self._read = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read on."""
        found = self._stream.read(len(buffer))
        self._read += len(found)
        if self._read > MOST_BYTES or self._read > max(_UNSUSPECTED, MOST_TIMES * self._size):
            self._faults.error("mail_unfolds", times=MOST_TIMES)
            self._faults.reject()
        if self._progress:
            self._progress(self._raw.tell(), self._size)
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        """Close both streams."""
        self._stream.close()
        self._raw.close()
        super().close()


def _csv(path: Path, faults: Faults, progress: Progress | None) -> Iterator[Sent]:
    with _Capped(path, faults, None) as sample:
        encoding = _encoding(io.BufferedReader(sample).read(_SAMPLE), faults)
    with io.BufferedReader(_Capped(path, faults, progress), _SAMPLE) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        lines = _lines(text, faults)
        header = next(lines, "")
        delimiter = max(",;\t", key=header.count)
        names = [name.strip().strip('"').casefold() for name in header.rstrip("\r\n").split(delimiter)]
        missing = [name for name in _COLUMNS if name not in names]
        if missing:
            faults.error("mail_columns", Place(cell="L1"), missing=tuple(missing), found=tuple(names[:8]))
            faults.reject()
        at, sender, recipient = (names.index(name) for name in _COLUMNS)
        reader = csv.reader(lines, delimiter=delimiter)
        yield from _rows(reader, (at, sender, recipient), faults)


def _rows(reader: Any, places: tuple[int, int, int], faults: Faults) -> Iterator[Sent]:
    at, sender, recipient = places
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            faults.warn("mail_line", Place(cell=f"L{reader.line_num + 1}"), why=str(error))
            continue
        if row is None:
            return
        if not any(row):
            continue
        line = reader.line_num + 1
        if len(row) <= max(places):
            faults.warn("mail_ragged", Place(cell=f"L{line}", column="recipient"))
            continue
        on = _day(row[at], line, faults)
        if on is not None:
            yield Sent(line, on, row[sender].strip(), tuple(row[recipient].split(";")))


def _encoding(sample: bytes, faults: Faults) -> str:
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        faults.warn("mail_encoding", encoding="UTF-16")
        return "utf-16"
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            faults.warn("mail_encoding", encoding="Windows-1252")
            return "cp1252"
    return "utf-8-sig"


def _lines(text: io.TextIOWrapper, faults: Faults) -> Iterator[str]:
    """Give the lines; one of absurd length is passed over, a piece at a time."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) < LONGEST_LINE or line.endswith("\n"):
            yield line
            continue
        faults.warn("mail_long_line", Place(cell=f"L{number}"), most=LONGEST_LINE)
        while line and not line.endswith("\n"):
            line = text.readline(LONGEST_LINE)


def _day(text: str, line: int, faults: Faults) -> date | None:
    """Give the day in UTC; a time without zone is UTC."""
    try:
        if len(text) == len("2001-06-30T12:00:00") and text[10] in "T ":
            return date.fromisoformat(text[:10]) if datetime.fromisoformat(text) else None
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            faults.warn("mail_day", Place(cell=f"L{line}", column="at"), text)
            return None
    return at.astimezone(UTC).date() if at.tzinfo else at.date()


def _mbox(path: Path, faults: Faults) -> Iterator[Sent]:
    box = mailbox.mbox(path, factory=_headers, create=False)  # type: ignore[arg-type]
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            headers: Headers = box[key]
            if _is_mass(headers):
                faults.warn("mail_robot", Place(column="List"))
                continue
            on = _day(str(headers.get("Date", "")), number, faults)
            sender = str(headers.get("From", ""))
            recipients = tuple(str(value) for name in ("To", "Cc") for value in headers.get_all(name, []))
            if on is not None:
                yield Sent(number, on, sender, recipients)
    finally:
        box.close()


_KEPT = {b"from", b"to", b"cc", b"date", b"auto-submitted", b"precedence"}


def _headers(stream: IO[bytes]) -> Headers:
    """Read the few headers that are needed, up to the blank line; nothing behind it is read."""
    kept: list[bytes] = []
    taken = False
    for line in _until_blank(stream):
        if line[:1] not in {b" ", b"\t"}:
            name = line.partition(b":")[0].strip().lower()
            taken = name in _KEPT or name.startswith(b"list-")
        if taken:
            kept.append(line)
    return BytesHeaderParser().parsebytes(b"".join(kept) + b"\n")


def _until_blank(stream: IO[bytes]) -> Iterable[bytes]:
    total = 0
    while (line := stream.readline(LONGEST_LINE)).strip() and total < _HEADER_BYTES:
        total += len(line)
        yield line


def _is_mass(headers: Headers) -> bool:
    """Tell whether a message comes from a list or a machine."""
    if any(name.lower().startswith("list-") for name in headers):
        return True
    if str(headers.get("Auto-Submitted", "no")).strip().lower() != "no":
        return True
    return str(headers.get("Precedence", "")).strip().lower() in _MASS
