"""Days as people write them, read without guessing.

``2026-11-23``, ``23/11/2026``, ``23.11.2026``, ``23 nov. 2026``, ``November 23, 2026`` have one
reading. ``03/04/2026`` has two: it is read only where a locale is given or where the rest of the
column tells which order is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

from graphkam.exchange.problems import CellFault
from graphkam.model.base import fold

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years in which a date of an account may lie."""

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}", re.ASCII)
_WORDS = re.compile(
    r"(?:(\d{1,2})(?:er|st|nd|rd|th)?[\s-]+)?([^\W\d]+)\.?[\s-]*(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})"
)
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)

DAY_ALLOWED = ("2026-11-23",)
PARTIAL_ALLOWED = ("2026-11-23", "2026-11")
MONTH_ALLOWED = ("2026-11",)


def day_first(texts: Iterable[str]) -> bool | None:
    """Tell which order the days of a column are written in, by those with one reading.

    Returns
    -------
    bool or None
        True = day/month/year; False = month/day/year; None where no day, or both orders, tell.
    """
    orders = set()
    for text in texts:
        if match := _NUMERIC.fullmatch(text.strip()):
            first, second = int(match[1]), int(match[2])
            if first > 12 or second > 12:  # noqa: PLR2004 - months of a year
                orders.add(first > second)
    return orders.pop() if len(orders) == 1 else None


def read_day(text: str, *, is_day_first: bool | None) -> date:
    """Read a day.

    Parameters
    ----------
    text
        What was written.
    is_day_first
        Whether 03/04/2026 is in April; None where nothing tells.

    Raises
    ------
    CellFault
        If it is no day, or could be two.
    """
    text = text.strip()
    if match := _ISO.fullmatch(text):
        return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(text):
        return _numeric(int(match[1]), int(match[2]), int(match[3]), is_day_first=is_day_first)
    if _SHORT_YEAR.fullmatch(text):
        raise CellFault("year_of_two_digits", allowed=DAY_ALLOWED)
    if (
        (match := _WORDS.fullmatch(text))
        and (match[1] or match[3])
        and (month := _months().get(fold(match[2])))
    ):
        return _made(int(match[4]), month, int(match[1] or match[3]))
    raise CellFault("not_a_day", allowed=DAY_ALLOWED)


def read_partial(text: str, *, is_day_first: bool | None) -> str:
    """Read a day, or a month where the day is not known: ``2026-11-23`` or ``2026-11``.

    Raises
    ------
    CellFault
        If it is neither, or could be two.
    """
    try:
        return read_month(text)
    except CellFault:
        pass
    try:
        return read_day(text, is_day_first=is_day_first).isoformat()
    except CellFault as fault:
        if fault.code == "not_a_day":
            raise CellFault("not_a_day", allowed=PARTIAL_ALLOWED) from None
        raise


def read_month(text: str) -> str:
    """Read a month: ``2026-11``, ``11/2026``, ``novembre 2026``.

    Raises
    ------
    CellFault
        If it is no month.
    """
    text = text.strip()
    if match := _ISO_MONTH.fullmatch(text):
        return _made(int(match[1]), int(match[2]), 1).isoformat()[:7]
    if match := _MONTH.fullmatch(text):
        return _made(int(match[2]), int(match[1]), 1).isoformat()[:7]
    match = _WORDS.fullmatch(text)
    if match and not match[1] and not match[3] and (month := _months().get(fold(match[2]))):
        return _made(int(match[4]), month, 1).isoformat()[:7]
    raise CellFault("not_a_month", allowed=MONTH_ALLOWED)


def in_range(day: date) -> date:
    """Give the day back if it lies in a year that makes sense.

    Raises
    ------
    CellFault
        If it does not.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellFault("year_out_of_range", allowed=(f"{FIRST_YEAR} – {LAST_YEAR}",))
    return day


def _made(year: int, month: int, day: int) -> date:
    try:
        return in_range(date(year, month, day))
    except ValueError:
        raise CellFault("not_a_day", allowed=DAY_ALLOWED) from None


def _numeric(first: int, second: int, year: int, *, is_day_first: bool | None) -> date:
    if first > 12 or second > 12 or first == second:  # noqa: PLR2004 - months of a year
        day, month = (first, second) if second <= 12 else (second, first)  # noqa: PLR2004
        return _made(year, month, day)
    if is_day_first is None:
        readings = (_made(year, second, first).isoformat(), _made(year, first, second).isoformat())
        raise CellFault("ambiguous_day", allowed=readings)
    return _made(year, second, first) if is_day_first else _made(year, first, second)


@cache
def _months() -> dict[str, int]:
    """Months by their English and French names, long and short, without accents and dots."""
    from babel.dates import get_month_names

    return {
        fold(name).strip("."): number
        for language in ("en", "fr")
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }
