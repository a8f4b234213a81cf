"""The lists behind the drop-downs of a workbook, on its hidden sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.exchange.layout import ADVANCED, Rows, ordered
from graphkam.model.table import Column, columns, sheets
from graphkam.model.vocabulary import choices
from graphkam.text import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CLEAR = "-"
"""What clears a cell that is known."""

REFERRED: dict[str, str] = {
    "accounts": "accounts",
    "units": "units",
    "positions": "positions",
    "positions or person name": "positions",
    "positions or team": "positions",
    "positions, opportunity, signal or incident": "positions",
    "people": "positions",
    "centres": "centres",
    "team": "team",
    "offerings": "offerings",
}
"""The sheet whose rows a reference offers, by what its column allows."""

_NAMED = {"accounts": "name", "units": "name", "centres": "name", "offerings": "name"}
"""The column that names the rows of a sheet; people's names are put together by a formula."""
_READY_NAMES = 500
"""Rows of a people sheet whose names are offered."""
_MAX_PROMPT = 255
_RANGES = {"0..5": (0, 5), "1..5": (1, 5), "1..5, blank = unknown": (1, 5)}


class Lists:
    """The lists of one workbook.

    Parameters
    ----------
    words
        The language of labels and messages.
    wanted
        The sheets of the workbook.
    """

    def __init__(self, words: Words, wanted: Collection[str]) -> None:
        self._words = words
        self._wanted = wanted
        self._enums = sorted({c.allowed for c in columns() if c.type in {"enum", "enums"}})

    def allowed(self, column: Column) -> str:
        """Give what a column takes, as said to users."""
        say = self._words.say
        if column.type in {"enum", "enums"}:
            return " / ".join(self._labels(column.allowed))
        if column.type in {"ref", "refs"}:
            return say(f"template.refers.{column.allowed}")
        return say(f"template.allowed.{column.allowed}") if column.allowed else ""

    def validate(self, worksheet: Worksheet, at: int, column: Column, ready: int) -> None:
        """Put the drop-down or the range of a column on its cells.

        A value outside an enumeration is refused. Elsewhere Excel only warns: new names, several
        values and the dash that clears must be possible.
        """
        if (rule := self._rule(column)) is not None:
            rule |= {"error_title": self._words.say("template.error_title"), "ignore_blank": True}
            rule["error_message"] = rule["error_message"][:_MAX_PROMPT]
            worksheet.data_validation(1, at, ready, at, rule)

    def _rule(self, column: Column) -> dict[str, Any] | None:
        say = self._words.say
        if column.type in {"enum", "enums"}:
            said = say("template.one_of", choices=" / ".join(self._labels(column.allowed)))
            if column.type == "enums":
                said = say("template.from_list")
            end = "" if column.required == "yes" else "_or_clear"
            return {
                "validate": "list",
                "source": f"=enum_{column.allowed}{end}",
                "error_type": "stop" if column.type == "enum" else "warning",
                "error_message": said,
            }
        if column.type in {"ref", "refs"} and REFERRED[column.allowed] in self._wanted:
            return {
                "validate": "list",
                "source": f"=ref_{REFERRED[column.allowed]}",
                "error_type": "warning",
                "error_message": say("template.new_name"),
            }
        if column.allowed in _RANGES:
            low, high = _RANGES[column.allowed]
            return {
                "validate": "integer",
                "criteria": "between",
                "minimum": low,
                "maximum": high,
                "error_type": "warning",
                "error_message": say("template.outside", allowed=self.allowed(column)),
            }
        return None

    def write(self, workbook: Workbook, worksheet: Worksheet, rows: Rows) -> None:
        """Write the lists and give them their names."""
        for at, name in enumerate(self._enums):
            labels = [*self._labels(name), CLEAR]
            self._write_list(worksheet, at, name, labels)
            self._define(workbook, worksheet, f"enum_{name}", at, len(labels) - 1)
            self._define(workbook, worksheet, f"enum_{name}_or_clear", at, len(labels))
        people = [sheet for sheet in ("positions", "team") if sheet in self._wanted]
        for at, sheet in enumerate(people, start=len(self._enums)):
            self._write_people(worksheet, at, sheet, rows)
            first = _cell(worksheet.get_name(), 1, at)
            within = f"{first}:{_cell('', _READY_NAMES, at)}"
            workbook.define_name(f"ref_{sheet}", f'=OFFSET({first},0,0,MAX(1,COUNTIF({within},"?*")),1)')
        for sheet, key in _NAMED.items():
            if sheet not in self._wanted:
                continue
            at = [c.key for c in ordered(sheet)].index(key)
            name = sheets()[sheet][0].sheet_name(self._words.language)
            first, last = _cell(name, 1, at), _cell("", 1_048_575, at)
            workbook.define_name(f"ref_{sheet}", f"=OFFSET({first},0,0,MAX(1,COUNTA({first}:{last})),1)")

    def _labels(self, name: str) -> list[str]:
        return [choice.label(self._words.language) for choice in choices(name)]

    @staticmethod
    def _write_list(worksheet: Worksheet, at: int, head: str, values: Sequence[str]) -> None:
        for n, value in enumerate((head, *values)):
            worksheet.write_string(n, at, value)

    @staticmethod
    def _define(workbook: Workbook, worksheet: Worksheet, name: str, at: int, count: int) -> None:
        within = f"{_cell(worksheet.get_name(), 1, at)}:{_cell('', count, at)}"
        workbook.define_name(name, f"={within}")

    def _write_people(self, worksheet: Worksheet, at: int, sheet: str, rows: Rows) -> None:
        """Write formulas that put first and last names together, with what they give now."""
        worksheet.write_string(0, at, f"ref_{sheet}")
        name = sheets()[sheet][0].sheet_name(self._words.language)
        keys = [c.key for c in ordered(sheet) if c.key not in ADVANCED]
        now = [offered(row) for row in rows.get(sheet, ())]
        for n in range(1, _READY_NAMES + 1):
            cell = {
                key: _cell(name, n, keys.index(key))
                for key in ("first_name", "last_name", "title", "unit")
                if key in keys
            }
            person = f'TRIM({cell["first_name"]}&" "&{cell["last_name"]})'
            formula = f'=IF({cell["last_name"]}<>"",{person},"")'
            if sheet == "positions":
                post = f'{cell["title"]}&IF({cell["unit"]}="","", " @ "&{cell["unit"]})'
                formula = f'=IF({cell["last_name"]}<>"",{person},IF({cell["title"]}<>"",{post},""))'
            worksheet.write_formula(n, at, formula, None, now[n - 1] if n <= len(now) else "")


def offered(row: dict[str, Any] | Any) -> str:
    """Give the name under which a drop-down offers a row of people."""
    if row.get("last_name"):
        return f"{row.get('first_name') or ''} {row['last_name']}".strip()
    title, unit = row.get("title") or "", row.get("unit")
    return f"{title} @ {unit}" if title and unit else str(title)


def _cell(sheet: str, row: int, column: int) -> str:
    from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

    cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
    return f"{quote_sheetname(sheet)}!{cell}" if sheet else cell
