"""Where what is said goes to, and what is read comes from, whatever is at the other end.

A reader may have had enough (``… | head -1``), a disk may be full, a stream may be closed, an
encoding may lack a letter. None of that is a reason to leave work half done: what cannot be written
is dropped, the work goes on, and at the end it is told what was lost. A reader who went away lost
nothing that he wanted.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TextIO, cast

_GONE = {errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN}
"""Nobody reads any more; the second is how Windows says it."""


class _Outlet(io.FileIO):
    """A file that takes whatever is written to it, and remembers what it could not pass on."""

    lost: OSError | None = None

    def write(self, data: object) -> int:
        """Write, or drop what cannot be written."""
        size = memoryview(cast("bytes", data)).nbytes
        try:
            return super().write(cast("bytes", data)) or 0
        except OSError as error:
            if error.errno not in _GONE:
                self.lost = error
            return size


class Streams:
    """The standard streams of this process, made so that writing to them never fails.

    A stream that is closed leads nowhere; were its number left free, the next file or connection
    that is opened would take it. Streams that somebody has put in the place of the process's own, as
    tests do, are left alone.
    """

    def __init__(self) -> None:
        self._outlets: list[_Outlet] = []
        for number in range(3):
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)
        if sys.stdin is None:
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a number
        elif sys.stdin is sys.__stdin__ and isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        sys.stdout = self._made(sys.stdout, sys.__stdout__, 1)
        sys.stderr = self._made(sys.stderr, sys.__stderr__, 2)

    def _made(self, stream: TextIO | None, own: TextIO | None, number: int) -> TextIO:
        if stream is not None and (stream is not own or not isinstance(stream, io.TextIOWrapper)):
            return stream
        if stream is not None and stream.isatty():
            stream.reconfigure(errors="backslashreplace")
            return stream
        outlet = _Outlet(number, "wb", closefd=False)
        self._outlets.append(outlet)
        return io.TextIOWrapper(
            io.BufferedWriter(outlet),
            encoding=stream.encoding if stream else "utf-8",
            errors="backslashreplace",
            line_buffering=number == 2,  # noqa: PLR2004 - standard error
        )

    def lost(self) -> OSError | None:
        """Give why something that was said could not be written; None if all was."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return next((outlet.lost for outlet in self._outlets if outlet.lost), None)
