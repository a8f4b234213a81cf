"""A mail log as lines of text: streamed once, unpacked with a cap, decoded, never held whole.

The file is read from the disk once, and what is hashed is what is read. Lines of absurd length are
passed over, not kept.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from graphkam.exchange.mail_tally import Tally

LONGEST_LINE = 1 << 17
"""Characters of the longest line that is read."""
MOST_UNPACKED = 4 << 30
"""Bytes that a compressed file may unpack to."""
HIGHEST_RATIO = 200
"""How many times its size a compressed file may unpack to, once that is more than the next."""
SURELY_HARMLESS = 64 << 20
_BLOCK = 1 << 16
_STEP = 2000
"""Lines between two reports of progress."""


class Bomb(Exception):
    """A compressed file unpacks to far more than an honest one."""


class _Hashed(io.RawIOBase):
    """A file whose bytes are hashed and counted as they are read."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.digest = hashlib.sha256()
        self.done = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._raw.read(len(buffer))
        buffer[: len(data)] = data
        self.digest.update(data)
        self.done += len(data)
        return len(data)


class _Capped(io.RawIOBase):
    """A compressed file, unpacked only as far as an honest one goes."""

    def __init__(self, packed: io.BufferedReader[Any], source: _Hashed) -> None:
        self._unpacked = gzip.GzipFile(fileobj=packed)
        self._source = source
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._unpacked.read1(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        most = max(SURELY_HARMLESS, min(MOST_UNPACKED, HIGHEST_RATIO * self._source.done))
        if self._size > most:
            raise Bomb
        return len(data)


class Lines:
    """The lines of a file, numbered from 1; a context manager and an iterator.

    Parameters
    ----------
    path
        The file, plain or gzip.
    tally
        Where faults are counted.
    progress
        Told how many bytes of how many are read.
    """

    def __init__(self, path: Path, tally: Tally, progress: Callable[[int, int], None] | None = None) -> None:
        self._tally = tally
        self._progress = progress
        self._file = path.open("rb")
        self._total = path.stat().st_size
        self._source = _Hashed(self._file)
        self._number = 0
        try:
            self._text = self._opened()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        """Give the lines themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._file.close()

    @property
    def sha256(self) -> str:
        """Of all bytes of the file, once every line was read."""
        while self._source.read(_BLOCK):
            pass
        return self._source.digest.hexdigest()

    def _opened(self) -> io.TextIOWrapper:
        stream = _buffered(self._source)
        if stream.peek(2)[:2] == b"\x1f\x8b":
            stream = _buffered(_Capped(stream, self._source))
        start = stream.peek(4)[:4]
        encoding = "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            encoding = "utf-16"
            self._tally.warn("mail_utf16")
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        return io.TextIOWrapper(stream, encoding=encoding, errors=errors)

    def __iter__(self) -> Iterator[tuple[int, str]]:
        """Give each line with its number, without its end; too long ones are left out and counted."""
        while line := self._text.readline(LONGEST_LINE):
            self._number += 1
            if self._progress is not None and self._number % _STEP == 0:
                self._progress(self._source.done, self._total)
            if len(line) == LONGEST_LINE and not line.endswith("\n"):
                self._pass_over()
                continue
            yield self._number, self._decoded(line.rstrip("\n"))
        if self._progress is not None:
            self._progress(self._total, self._total)

    def _pass_over(self) -> None:
        self._tally.warn("mail_long_line", self._number, most=LONGEST_LINE)
        while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith("\n"):
            pass

    def _decoded(self, line: str) -> str:
        """Read a line that is not UTF-8 as Windows-1252."""
        if line.isascii():
            return line
        data = line.encode("utf-8", "surrogateescape")
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            self._tally.warn("mail_cp1252", self._number)
            return data.decode("cp1252", errors="replace")


def _buffered(raw: io.RawIOBase) -> io.BufferedReader[Any]:
    return io.BufferedReader(raw, _BLOCK)


UNREADABLE = (EOFError, gzip.BadGzipFile, zlib.error)
"""What a damaged compressed file raises."""
