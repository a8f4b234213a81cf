"""The part of the reader that runs in a process of its own, because a workbook can kill it.

Run by path, isolated, with the workbook on its standard input and one JSON document on its standard
output. It imports nothing of graphkam: it starts in a few hundredths of a second, and what it says
is data, never code.
"""

import datetime as dt
import io
import json
import sys
from typing import Any

MEMORY = 2 * 1024**3
"""Bytes of address space it may take."""
SECONDS = 30
"""Seconds of processor time it may take."""


def _limit() -> None:
    try:
        import resource
    except ImportError:  # not on Windows: there the parent's clock is the only limit
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (allowed, allowed))
        except (OSError, ValueError):  # macOS knows RLIMIT_AS but does not let it be set
            continue


def _plain(value: Any) -> dict[str, str]:
    """Write what JSON does not know: days, times and lengths of time."""
    if isinstance(value, (dt.date, dt.datetime)):
        return {"day": value.isoformat()[:10]}
    return {"time": str(value)}


def main() -> None:
    """Read the workbook and write its sheets."""
    _limit()
    sys.path.extend(sys.argv[1:])  # where python-calamine is, should it not be in the usual place
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets = [
        (sheet.name, workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False))
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    sys.stdout.buffer.write(json.dumps(sheets, default=_plain).encode())


if __name__ == "__main__":
    main()
