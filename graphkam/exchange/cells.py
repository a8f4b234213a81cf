"""One reader per type of the table of fields: from what a cell holds to the value of a field.

A blank cell gives None, a dash gives ``CLEAR``; whatever cannot be understood raises a
``CellFault`` with what is allowed and what is nearest. References stay text here: they can only be
resolved once all names of the file are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from graphkam.exchange import days
from graphkam.exchange.amounts import finite, read_number
from graphkam.exchange.codes import read_country, read_currency, read_email, read_lei, read_siren, read_siret
from graphkam.exchange.problems import CellFault, nearest
from graphkam.model.base import MAX_NAME, MAX_TEXT, clean, clean_name, fold
from graphkam.model.table import Column, kind_of
from graphkam.model.ties import Statement
from graphkam.model.vocabulary import choices, crosswalk, label, role_of


class Clear(Enum):
    """What a single dash says: what was known is no longer so."""

    CLEAR = "-"


CLEAR = Clear.CLEAR

_DASHES = {"-", "\u2013", "\u2014", "\u2212"}
_UNKNOWN = {"?"}
_SEVERAL = re.compile(r"[;\n]")
_ROLES = re.compile(r"[;,/+\n]")
_NAMES = {"name", "title", "last_name", "first_name"}
_YES = {"vrai", "true", "x", "1", "y", "o"}
_NO = {"faux", "false", "0", "n"}
_EARLIER_ZERO = {"unknown to us", "inconnu"}
"""What level 0 was called in the lists of earlier workbooks."""
_MEASURED = {"int", "number", "money", "ratio", "date", "partial_date", "month"}


@dataclass(frozen=True)
class Habits:
    """How a column writes what has two readings, and in which language messages list values."""

    language: str = "en"
    is_day_first: bool | None = None
    is_decimal_comma: bool | None = None


def read_cell(column: Column, raw: object, habits: Habits) -> Any:
    """Read a cell.

    Parameters
    ----------
    column
        What the cell should hold.
    raw
        What it holds.
    habits
        How its column writes days and numbers.

    Returns
    -------
    Any
        The value of the field; None for a blank, ``CLEAR`` for a dash.

    Raises
    ------
    CellFault
        If it cannot be understood.
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return None
        if text in _DASHES:
            return CLEAR
        if text in _UNKNOWN and _takes_unknown(column):
            return CLEAR
        raw = text
    return _READERS[column.type](column, raw, habits)


def _takes_unknown(column: Column) -> bool:
    """Tell whether a question mark says that the value is not known."""
    if column.type == "enum":
        return all(choice.code not in _UNKNOWN for choice in choices(column.allowed))
    return column.type in _MEASURED


def text_of(raw: object) -> str:
    """Give what a cell holds as text: a whole number without its ``.0``."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def _text(column: Column, raw: object, _: Habits) -> str:
    text = clean_name(text_of(raw)) if column.type != "note" else clean(text_of(raw))
    most = MAX_NAME if column.type == "id" or column.field in _NAMES else MAX_TEXT
    if len(text) > most:
        raise CellFault("too_long", length=len(text), most=most)
    return text


def _enum(column: Column, raw: object, habits: Habits) -> Any:
    code = _code(column.allowed, raw, habits)
    if column.allowed == "yesno":
        return code == "yes"
    return int(code) if column.allowed == "level" else code


def _enums(column: Column, raw: object, habits: Habits) -> tuple[str, ...]:
    found = [_code(column.allowed, part, habits) for part in _ROLES.split(str(raw)) if part.strip()]
    return tuple(dict.fromkeys(found))


def _code(name: str, raw: object, habits: Habits) -> str:
    """Give the code that a text means in a list: the code itself, or a label in either language."""
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    wanted = fold(text_of(raw)).removeprefix("+")
    code = _meanings(name).get(wanted)
    if code is None and name == "buying_role":
        role = role_of(text_of(raw))
        code = role.value if role else None
    if code is None:
        raise CellFault(
            "not_in_list",
            allowed=_labels(name, habits.language),
            nearest=_near(name, wanted, habits.language),
        )
    return code


@cache
def _meanings(name: str) -> Mapping[str, str]:
    meanings = {fold(word): choice.code for choice in choices(name) for word in choice}
    if name == "yesno":
        meanings |= dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no")
    if name == "level":
        meanings |= dict.fromkeys(_EARLIER_ZERO, "0")
    return meanings


@cache
def _labels(name: str, language: str) -> tuple[str, ...]:
    return tuple(choice.label(language) for choice in choices(name))


@cache
def _near(name: str, wanted: str, language: str) -> tuple[str, ...]:
    words = {word: choice.code for choice in choices(name) for word in choice}
    if name == "buying_role":
        words |= {word: row.role.value for row in crosswalk() for word in sorted(row.names)}
    return tuple(label(name, words[word], language) for word in nearest(wanted, words))


def _refs(_column: Column, raw: object, _: Habits) -> tuple[str, ...]:
    return tuple(clean_name(part) for part in _SEVERAL.split(text_of(raw)) if part.strip())


def _number(column: Column, raw: object, habits: Habits) -> Decimal:
    if isinstance(raw, (bool, date)):
        raise CellFault("not_a_number", allowed=allowed(column))
    number = _read(column, raw, habits)
    low, high = bounds(column)
    if (low is not None and number < low) or (high is not None and number > high):
        raise CellFault("out_of_range", allowed=allowed(column))
    return number


def _read(column: Column, raw: object, habits: Habits) -> Decimal:
    if isinstance(raw, (int, float)):
        return finite(Decimal(repr(raw)))
    try:
        return read_number(str(raw), is_decimal_comma=habits.is_decimal_comma)
    except CellFault as fault:
        fault.allowed = fault.allowed or allowed(column)
        raise


def _int(column: Column, raw: object, habits: Habits) -> int:
    number = _number(column, raw, habits)
    if number != number.to_integral_value():
        raise CellFault("not_whole", allowed=allowed(column))
    return int(number)


def _float(column: Column, raw: object, habits: Habits) -> float:
    return float(_number(column, raw, habits))


def _ratio(column: Column, raw: object, habits: Habits) -> float:
    if isinstance(raw, str) and raw.rstrip().endswith("%"):
        percent = read_number(raw.rstrip().removesuffix("%"), is_decimal_comma=habits.is_decimal_comma)
        return float(_number(column, float(percent / 100), habits))
    return float(_number(column, raw, habits))


def _money(column: Column, raw: object, habits: Habits) -> Decimal:
    if isinstance(raw, str):
        raw = raw.strip().strip("€")
        if re.search(r"[£$¥]|\b[A-Z]{3}\b", raw):
            raise CellFault("currency_in_amount")
    number = _number(column, raw, habits)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _date(_: Column, raw: object, habits: Habits) -> date:
    if isinstance(raw, date):
        return days.in_range(raw)
    if not isinstance(raw, str):
        raise CellFault("not_a_day", allowed=days.DAY_ALLOWED)
    return days.read_day(raw, is_day_first=habits.is_day_first)


def _partial_date(_: Column, raw: object, habits: Habits) -> str:
    if isinstance(raw, date):
        return days.in_range(raw).isoformat()
    if not isinstance(raw, str):
        raise CellFault("not_a_day", allowed=days.PARTIAL_ALLOWED)
    return days.read_partial(raw, is_day_first=habits.is_day_first)


def _month(_: Column, raw: object, __: Habits) -> str:
    if isinstance(raw, date):
        return days.in_range(raw).isoformat()[:7]
    return days.read_month(text_of(raw))


def _days(_: Column, raw: object, habits: Habits) -> tuple[date, ...]:
    if isinstance(raw, date):
        return (raw,)
    parts = re.split(r"[;\s]+", str(raw))
    return tuple(sorted({days.read_day(part, is_day_first=habits.is_day_first) for part in parts if part}))


def _statements(_: Column, raw: object, __: Habits) -> tuple[str, ...]:
    try:
        found = {Statement.parse(part) for part in re.split(r"[;\s]+", str(raw)) if part}
    except ValueError:
        raise CellFault("not_a_statement", allowed=("2026-11-23:2:2026-11-01",)) from None
    return tuple(str(s) for s in sorted(found, key=lambda s: (s.on, str(s))))


def _emails(_: Column, raw: object, __: Habits) -> tuple[str, ...]:
    return tuple(dict.fromkeys(read_email(part) for part in re.split(r"[;,\s]+", str(raw)) if part))


def _coded(read: Callable[[str], str]) -> Callable[[Column, object, Habits], str]:
    return lambda _, raw, __: read(text_of(raw))


@cache
def bounds(column: Column) -> tuple[Decimal | None, Decimal | None]:
    """Give the least and greatest value that the field of a column takes."""
    info = kind_of(column).model_fields.get(column.field)
    low = high = None
    waiting: list[Any] = [info.annotation, *info.metadata] if info else []
    while waiting:
        part = waiting.pop()
        low = getattr(part, "ge", low)
        high = getattr(part, "le", high)
        waiting += [*getattr(part, "__args__", ()), *getattr(part, "__metadata__", ())]
        waiting += getattr(part, "metadata", [])
    return (None if low is None else Decimal(str(low))), (None if high is None else Decimal(str(high)))


def allowed(column: Column) -> tuple[str, ...]:
    """Say between which values a number stands; nothing where any will do."""
    low, high = bounds(column)
    if high is not None:
        return (f"{low} – {high}",) if low is not None else (f"≤ {high}",)
    return () if low is None else (f"≥ {low}",)


_READERS: Mapping[str, Callable[[Column, Any, Habits], Any]] = {
    "id": _text,
    "text": _text,
    "note": _text,
    "enum": _enum,
    "enums": _enums,
    "ref": _text,
    "refs": _refs,
    "int": _int,
    "number": _float,
    "money": _money,
    "ratio": _ratio,
    "date": _date,
    "partial_date": _partial_date,
    "month": _month,
    "email": _coded(read_email),
    "emails": _emails,
    "phone": _text,
    "country": _coded(read_country),
    "currency": _coded(read_currency),
    "siren": _coded(read_siren),
    "siret": _coded(read_siret),
    "lei": _coded(read_lei),
    "days": _days,
    "statements": _statements,
}
