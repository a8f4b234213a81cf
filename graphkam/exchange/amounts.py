"""Numbers as people write them: ``1 234,56``, ``1,234.56``, ``12 %``; finite and in range.

``1,234`` has two readings: it is read only where a locale is given or where the rest of the column
tells what a comma means. A point is never a thousands separator in English or French.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from graphkam.exchange.problems import CellFault

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019_]")
_PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
_ENGLISH = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_FRENCH = re.compile(r"[-+]?\d+,\d+", re.ASCII)
_MIXED = re.compile(r"[-+]?\d{1,3}(\.\d{3})+,\d+", re.ASCII)
_LARGEST = Decimal(10) ** 15


def decimal_comma(texts: Iterable[str]) -> bool | None:
    """Tell what a comma means in the numbers of a column, by those with one reading.

    Returns
    -------
    bool or None
        True = decimal comma; False = thousands; None where nothing, or both, tell.
    """
    found = set()
    for text in texts:
        plain = _stripped(text)
        is_english, is_french = bool(_ENGLISH.fullmatch(plain)), bool(_FRENCH.fullmatch(plain))
        if is_english != is_french and "," in plain:
            found.add(is_french)
    return found.pop() if len(found) == 1 else None


def read_number(text: str, *, is_decimal_comma: bool | None) -> Decimal:
    """Read a number.

    Parameters
    ----------
    text
        What was written; a currency sign or ``%`` at its end is for the caller.
    is_decimal_comma
        What ``1,234`` means; None where nothing tells.

    Raises
    ------
    CellFault
        If it is no number, could be two, or is not finite.
    """
    plain = _stripped(text)
    is_english, is_french = bool(_ENGLISH.fullmatch(plain)), bool(_FRENCH.fullmatch(plain))
    if is_english and is_french:
        if is_decimal_comma is None:
            raise CellFault("ambiguous_number", allowed=(plain.replace(",", "."), plain.replace(",", "")))
        is_english = not is_decimal_comma
    if is_english:
        plain = plain.replace(",", "")
    elif is_french or _MIXED.fullmatch(plain):
        plain = (
            plain.replace(".", "").replace(",", ".") if _MIXED.fullmatch(plain) else plain.replace(",", ".")
        )
    if not _PLAIN.fullmatch(plain):
        raise CellFault("not_finite" if plain.casefold().strip("+-") in _ENDLESS else "not_a_number")
    try:
        return finite(Decimal(plain))
    except InvalidOperation:
        raise CellFault("not_a_number") from None


_ENDLESS = {"nan", "inf", "infinity", "infini", "∞"}


def finite(number: Decimal) -> Decimal:
    """Give the number back if it is finite and of a size that makes sense.

    Raises
    ------
    CellFault
        If it is not.
    """
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise CellFault("not_finite")
    return number


def _stripped(text: str) -> str:
    return _SPACES.sub("", text).replace("\u2212", "-")
