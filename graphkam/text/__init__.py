"""Every word that a user reads, in English and French.

One catalogue per language and area: ``en/analysis.toml`` and ``fr/analysis.toml`` have the same
keys (tested). Templates are ``str.format`` templates; a key with ``.one`` and ``.other`` follows
the number ``count``. Numbers, dates and money are Babel's. The French files are typed with ordinary
spaces; those that must not break a line are made so here.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graphkam.errors import GraphkamError
    from graphkam.model.base import Finding, Problem

LANGUAGES = ("en", "fr")
UNKNOWN = "?"
"""What a figure that is not known shows; never a zero."""

_PERCENT = {"en": "%", "fr": "\u00a0%"}
_UNBREAKABLE = re.compile(r" (?=[:;!?»])|(?<=«) ")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")
"""They cannot be seen either, but Persian, Hindi and emoji are not the same without."""
_LONGEST = 500
"""Characters of the longest text that an error repeats: no name is longer."""
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ISO_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_MONEY = {"en": "\u00a4#,##0", "fr": "#,##0\u00a0\u00a4"}


def visible(text: str) -> str:
    r"""Give a text without what a terminal would obey or hide: such characters as ``\x1b``."""
    if text.isprintable():
        return text
    return "".join(
        c if c in _JOINERS or unicodedata.category(c) not in _UNSEEN else _escaped(c) for c in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


@cache
def catalogue(language: str, area: str = "*") -> Mapping[str, str]:
    """Give the templates of a language, all or those of one area, by dotted key."""
    found: dict[str, str] = {}
    for file in sorted(Path(__file__).with_name(language).glob(f"{area}.toml")):
        _flatten(tomllib.loads(file.read_text(encoding="utf-8")), "", found)
    if language == "fr":
        return {key: _UNBREAKABLE.sub("\u00a0", template) for key, template in found.items()}
    return found


def _flatten(tree: Mapping[str, Any], prefix: str, into: dict[str, str]) -> None:
    for key, value in tree.items():
        if isinstance(value, dict):
            _flatten(value, f"{prefix}{key}.", into)
        else:
            into[prefix + key] = value


def _day(value: Any) -> Any:
    """Give a day for a text that is one."""
    if not isinstance(value, str) or not _ISO_DAY.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


class Words:
    """Says things in one language.

    Parameters
    ----------
    language
        ``en`` or ``fr``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = "fr_FR" if language == "fr" else "en_GB"

    def say(self, key: str, /, **params: Any) -> str:
        """Give the sentence of a key, its parameters filled in.

        Raises
        ------
        KeyError
            If the catalogue has no such key.
        """
        templates = catalogue(self.language)
        if key not in templates:
            key = f"{key}.{self._plural(params.get('count'))}"
        return templates[key].format_map({name: self.show(value) for name, value in params.items()})

    def has(self, key: str) -> bool:
        """Tell whether the catalogue has a key."""
        return key in catalogue(self.language) or f"{key}.other" in catalogue(self.language)

    def error(self, error: GraphkamError) -> str:
        """Give the sentence of an error."""
        return self.say(error.key, **{name: _cut(value) for name, value in error.params.items()})

    def finding(self, finding: Finding) -> str:
        """Give the sentence of a finding; ISO days, months and countries in it are shown as they are read."""
        params = {name: self._dated(value) for name, value in finding.params.items()}
        if isinstance(code := params.get("country"), str):
            params["country"] = self.country(code)
        return self.say(f"finding.{finding.code}", **params)

    def problem(self, problem: Problem) -> str:
        """Give the sentence of an import problem, without its place."""
        params = {"value": problem.value, "column": problem.column, **problem.params}
        return self.say(f"problem.{problem.code}", **params)

    def show(self, value: Any) -> str:
        """Show any value of a sentence: text on one line, numbers and days in the reader's manner."""
        if value is None:
            return UNKNOWN
        if isinstance(value, (tuple, list)):
            return ", ".join(self.show(item) for item in value)
        if isinstance(value, date):
            return self.moment(value) if isinstance(value, datetime) else self.day(value)
        if isinstance(value, (float, Decimal)):
            return self.number(value)
        return visible(str(value.told(self) if hasattr(value, "told") else value))

    def number(self, value: float | Decimal | None, digits: int = 2) -> str:
        """Give a number with at most so many decimals."""
        from babel.numbers import format_decimal

        if value is None:
            return UNKNOWN
        pattern = "#,##0." + "#" * digits if digits else "#,##0"
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, value: float | None, digits: int = 0) -> str:
        """Give a share as a percentage."""
        from babel.numbers import format_percent

        if value is None:
            return UNKNOWN
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + _PERCENT[self.language]
        return format_percent(value, format=pattern, locale=self._locale)

    def signed(self, value: float | Decimal | None, digits: int = 2) -> str:
        """Give a difference with its sign; nothing where there is none."""
        if value is None or round(value, digits) == 0:
            return ""
        return ("+" if value > 0 else "\u2212") + self.number(value if value > 0 else -value, digits)

    def change(self, was: float | None, now: float | None, digits: int = 2) -> str:
        """Give how much a figure changes, between both as they are written: it can be reckoned again."""
        if was is None or now is None:
            return ""
        return self.signed(_written(now, digits) - _written(was, digits), digits)

    def points_from(self, was: float | None, now: float | None) -> str:
        """Give the same of two shares, in points of a percentage with one decimal."""
        if was is None or now is None:
            return ""
        return self.points(_written(now, 3) - _written(was, 3))

    def points(self, value: float | Decimal | None) -> str:
        """Give a difference of two shares, in points of a percentage."""
        said = self.signed(None if value is None else 100 * value, 1)
        return self.say("changes.points", points=said) if said else ""

    def money(self, value: float | Decimal | None, currency: str) -> str:
        """Give an amount in whole units of its currency."""
        from babel.numbers import format_currency

        if value is None:
            return UNKNOWN
        whole = Decimal(value).quantize(Decimal(1))
        return format_currency(
            whole, currency, format=_MONEY[self.language], locale=self._locale, currency_digits=False
        )

    def country(self, code: str) -> str:
        """Give the name of a country; its code if it has none."""
        from babel import Locale

        return str(Locale.parse(self._locale).territories.get(code, code))

    def day(self, value: date | None) -> str:
        """Give a day."""
        from babel.dates import format_date

        return UNKNOWN if value is None else format_date(value, format="medium", locale=self._locale)

    def when(self, value: str | None) -> str:
        """Give a day, or a month where the day is not known, that is written in ISO 8601."""
        from babel.dates import format_skeleton

        if value is None:
            return UNKNOWN
        if len(value) > len("2026-11"):
            return self.day(date.fromisoformat(value))
        return format_skeleton("yMMM", date.fromisoformat(f"{value}-01"), locale=self._locale)

    def moment(self, value: datetime | None) -> str:
        """Give a day and a time, on the reader's own clock."""
        from babel.dates import format_datetime

        if value is None:
            return UNKNOWN
        return format_datetime(value.astimezone(), format="short", locale=self._locale)

    def _dated(self, value: Any) -> Any:
        is_month = isinstance(value, str) and _ISO_MONTH.fullmatch(value)
        return self.when(value) if is_month else _day(value)

    def _plural(self, count: Any) -> str:
        if not isinstance(count, (int, float)):
            return "other"
        return "one" if (abs(count) < 2 and self.language == "fr") or count == 1 else "other"  # noqa: PLR2004


def _written(value: float, digits: int) -> Decimal:
    """Round as a number is rounded when it is written."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits))


def _cut(value: Any) -> Any:
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value
