"""The read-me sheet of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkam.exchange.layout import COLOURS
from graphkam.model.table import Column, sheets
from graphkam.text import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

GUIDE = ("start", "colours", "references", "dates", "clear", "delete", "hidden", "facts", "check")
"""What the sheet explains, in this order: keys under ``template.guide``."""

_LINE = 16
_ACROSS = 118
"""Points of a line, and characters that stand on one."""


def write_readme(
    workbook: Workbook, worksheet: Worksheet, words: Words, wanted: Sequence[str], *, is_example: bool
) -> None:
    """Write how to fill in the workbook, and the list of its sheets with what they need.

    Parameters
    ----------
    workbook, worksheet
        Where to write.
    words
        The language.
    wanted
        The sheets of the workbook.
    is_example
        Whether the rows of the workbook are an example.
    """
    big = workbook.add_format({"bold": True, "font_size": 16})
    bold = workbook.add_format({"bold": True, "valign": "top"})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    link = workbook.add_format({"font_color": "#1F3864", "underline": 1, "valign": "top"})
    worksheet.set_column(0, 0, 30)
    worksheet.set_column(1, 1, 100)
    worksheet.hide_gridlines(2)
    worksheet.write_string(0, 0, words.say("template.title"), big)
    worksheet.write_string(0, 1, words.say("template.subtitle"), big)
    row = 2
    for part in GUIDE:
        text = words.say(f"template.guide.{part}.text")
        if part == "start" and is_example:
            text += " " + words.say("template.example_rows")
        worksheet.write_string(row, 0, words.say(f"template.guide.{part}.head"), bold)
        worksheet.write_string(row, 1, text, wrapped)
        # No reader makes room for wrapped text that nobody typed.
        worksheet.set_row(row, _LINE * (1 + len(text) // _ACROSS))
        row += 1
        if part == "colours":
            row = _write_colours(workbook, worksheet, words, row)
    row += 1
    worksheet.write_string(row, 0, words.say("template.sheet"), bold)
    worksheet.write_string(row, 1, words.say("template.required_columns"), bold)
    for sheet in wanted:
        row += 1
        columns = sheets()[sheet]
        name = columns[0].sheet_name(words.language)
        quoted = name.replace("'", "''")
        worksheet.write_url(row, 0, f"internal:'{quoted}'!A1", link, name)
        worksheet.write_string(row, 1, ", ".join(_needed(columns, words.language)), wrapped)
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 1)


def _write_colours(workbook: Workbook, worksheet: Worksheet, words: Words, row: int) -> int:
    for name, colour in COLOURS.items():
        header = workbook.add_format({"bold": True, "font_color": "white", "bg_color": colour, "border": 1})
        worksheet.write_string(row, 0, words.say(f"template.colour.{name}.head"), header)
        worksheet.write_string(row, 1, words.say(f"template.colour.{name}.text"))
        row += 1
    return row


def _needed(columns: tuple[Column, ...], language: str) -> list[str]:
    return [column.header(language) for column in columns if column.required == "yes"]
