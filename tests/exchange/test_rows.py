"""Sheets and headers are known as key, in English or French, in any order and any case."""

import pytest

from graphkam.exchange.guard import SheetShape
from graphkam.exchange.problems import Faults
from graphkam.exchange.rows import read_tables
from graphkam.exchange.source import Sheet, Source


def tables(*sheets, locale=None):
    faults = Faults("book.xlsx")
    made = read_tables(Source("book.xlsx", sheets, {}, ""), faults, locale=locale)
    return made, [(p.code, p.severity, f"{p.sheet}!{p.cell}", p.nearest) for p in faults._found]


def sheet(name, *rows, **shape):
    return Sheet(name, [list(row) for row in rows], SheetShape(name, **shape))


@pytest.mark.parametrize("name", ["positions", "Positions and people", "POSTES ET PERSONNES"])
@pytest.mark.parametrize("header", ["title", "Job title", "INTITULE DU POSTE", "Job  title *"])
def test_sheets_and_headers(name, header):
    made, faults = tables(sheet(name, ["x", header][1:], ["CEO"]))
    assert made["positions"].rows[0].values == {"title": "CEO"}
    assert faults == []


def test_the_language_is_that_of_most_headers():
    assert tables(sheet("team", ["Nom", "Prénom", "Function"]))[0]["team"].language == "fr"
    assert tables(sheet("team", ["Last name", "Prénom", "Function"]))[0]["team"].language == "en"


def test_unknown_sheets_and_columns_are_said_with_the_nearest():
    made, faults = tables(
        sheet("Acount team", ["x"], ["y"]),
        sheet("team", ["Nom", "Prénon"], ["a", "b"]),
        sheet("README", ["x"]),
    )
    assert made["team"].rows[0].values == {"last_name": "a"}
    assert faults == [
        ("unknown_sheet", "warning", "Acount team!", ("Account team",)),
        ("unknown_column", "warning", "team!B1", ("Prénom",)),
    ]


def test_the_same_sheet_or_column_twice():
    _, faults = tables(sheet("team", ["Nom", "Last name"]), sheet("Account team", ["Nom"]))
    assert [fault[0] for fault in faults] == ["duplicate_column", "duplicate_sheet"]


def test_no_sheet_of_ours():
    made, faults = tables(sheet("Sheet1", ["a"], ["b"]))
    assert made == {}
    assert [fault[0] for fault in faults] == ["unknown_sheet", "no_known_sheet"]


def test_blank_rows_are_nothing_and_rows_keep_their_number():
    made, _ = tables(sheet("team", ["Nom", "Prénom"], ["", " "], [], ["a"], [None, None]))
    assert [(row.number, row.values) for row in made["team"].rows] == [(4, {"last_name": "a"})]


def test_values_without_a_header_are_said():
    _, faults = tables(sheet("team", ["Nom", ""], ["a", "b"]))
    assert [fault[:3] for fault in faults] == [("no_header", "warning", "team!B1")]


def test_errors_and_formulas_without_a_result_are_not_blanks():
    shape = {"errors": {"B2": "#N/A"}, "uncomputed": {"A3"}}
    made, faults = tables(sheet("team", ["Nom", "Prénom"], ["a", ""], ["", "b"], **shape))
    assert [(code, place) for code, _, place, _ in faults] == [
        ("error_cell", "team!B2"),
        ("formula_without_value", "team!A3"),
    ]
    assert [row.faulty for row in made["team"].rows] == [{"first_name"}, {"last_name"}]


def test_merged_cells_matter_among_the_data_only():
    rows = (["Nom", "Prénom", "x"], ["a", "b", "c"])
    assert tables(sheet("team", *rows, merged=[(1, 1, 1, 2)]))[1][-1][0] == "unknown_column"
    assert tables(sheet("team", *rows, merged=[(2, 9, 3, 9)]))[1][-1][0] == "unknown_column"
    assert ("merged_cells", "error", "team!A2", ()) in tables(sheet("team", *rows, merged=[(2, 1, 2, 2)]))[1]


def test_hidden_things_are_read_and_said():
    made, faults = tables(sheet("team", ["Nom"], ["a"], is_hidden=True, hidden_rows=1))
    assert len(made["team"].rows) == 1
    assert [fault[0] for fault in faults] == ["hidden_sheet", "hidden_rows"]


def test_the_column_tells_how_its_days_and_numbers_are_written():
    days = sheet("knows", ["last_contact"], ["03/04/2026"], ["23/04/2026"])
    assert tables(days)[0]["knows"].rows[0].values["last_contact"].isoformat() == "2026-04-03"
    money = sheet("accounts", ["revenue"], ["1,234"], ["1 234,5"])
    assert str(tables(money)[0]["accounts"].rows[0].values["revenue"]) == "1.234"
    alone = sheet("knows", ["last_contact"], ["03/04/2026"])
    assert tables(alone)[1][0][0] == "ambiguous_day"
    assert tables(alone, locale="us")[0]["knows"].rows[0].values["last_contact"].isoformat() == "2026-03-04"


def test_the_two_columns_at_the_far_right():
    made, faults = tables(
        sheet(
            "team",
            ["Nom", "Opération", "_rev"],
            ["a", "supprimer", '{"TeamMember": ["CV", 3]}'],
            ["b", "END", "nonsense"],
            ["c", "", '{"x": 1}'],
        )
    )
    assert [(row.operation, row.shown) for row in made["team"].rows] == [
        ("delete", {"TeamMember": ("CV", 3)}),
        ("end", {}),
        (None, {}),
    ]
    assert faults == []
