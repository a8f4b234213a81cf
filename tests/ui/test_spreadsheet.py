"""The tables of a page as a workbook: read back with another library, it says the same."""

from datetime import date
from io import BytesIO

import python_calamine

from graphkam.text import Words
from graphkam.ui.spreadsheet import workbook_of
from graphkam.ui.table import Table, columns

EN = Words("en")
NAMED = columns("person", "share:c2", "number:votes", "money:value", "flag:swing", "day:next_decision")
ROW = {
    "person": "Ann", "c2": 0.5, "votes": 3, "value": 1_000_000, "swing": True,
    "next_decision": date(2027, 1, 2),
}  # fmt: skip


def read(*tables):
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(workbook_of(EN, tables, about="Acme")))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_a_table_is_a_sheet_with_its_headings():
    [(name, rows)] = read(Table("t", "app.page.centres", NAMED, [ROW], "EUR")).items()
    assert name == "Decision centres"
    assert rows[0][0] == "Acme"
    assert rows[2] == [
        "Stakeholder",
        "C2: by two or more",
        "Votes",
        "Value a year, EUR",
        "Swing",
        "Next decision",
    ]
    assert rows[3] == ["Ann", 0.5, 3, 1_000_000, True, date(2027, 1, 2)]


def test_what_is_not_known_is_empty_and_not_zero():
    [rows] = read(Table("t", "app.page.centres", NAMED, [dict.fromkeys(ROW), ROW])).values()
    assert rows[3] == [""] * 6


def test_text_stays_text():
    hostile = ['=cmd|"/C calc"!A0', "http://leak.example", "007", "x" * 40_000]
    [rows] = read(
        Table("t", "app.page.centres", columns("person"), [{"person": text} for text in hostile])
    ).values()
    assert [row[0] for row in rows[3:]] == [*hostile[:3], "x" * 32_767]


def test_two_tables_of_one_title_are_two_sheets():
    one = Table("t", "app.centres.moves", columns("person"), [ROW])
    assert list(read(one, one, one)) == [
        "The shortest way to win",
        "The shortest way to win 2",
        "The shortest way to win 3",
    ]


def test_a_heading_can_be_a_name():
    from graphkam.ui.table import Column

    [rows] = read(Table("t", "app.page.centres", (Column("m1", heading="=Kim"),), [{"m1": "x"}])).values()
    assert rows[2] == ["=Kim"]
