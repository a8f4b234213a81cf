"""The workbook to be filled in: what it shows, what it offers, what it never does."""

import re
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from graphkam.errors import InputError
from graphkam.exchange.layout import ADVANCED, ordered, properties
from graphkam.exchange.sheets import workbook_bytes
from graphkam.exchange.workbook import example_rows, save_template
from graphkam.model.table import columns, sheets
from graphkam.text import LANGUAGES, Words, catalogue

WHEN = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - what a workbook's properties take


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def written(path):
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


@pytest.fixture(params=LANGUAGES)
def template(request, tmp_path):
    path = tmp_path / "book.xlsx"
    save_template(path, language=request.param)
    return request.param, path


def test_sheets_and_headers_are_the_tables(template):
    language, path = template
    found = written(path)
    for sheet, of_sheet in sheets().items():
        head = found[of_sheet[0].sheet_name(language)][0]
        wanted = {column.header(language) for column in ordered(sheet)}
        assert wanted < set(head)
        assert set(head) - wanted == {Words(language).say("template.operation"), "_rev"}


def test_ten_example_rows(template):
    language, path = template
    found = written(path)
    names = [c[0].sheet_name(language) for c in sheets().values()]
    assert sum(len(found[name]) - 1 for name in names) == 10


def test_without_the_example_there_are_headers_only(tmp_path):
    save_template(tmp_path / "book.xlsx", language="en", example=False)
    found = written(tmp_path / "book.xlsx")
    assert all(len(found[c[0].sheet_en]) == 1 for c in sheets().values())
    said = Words("en").say("template.example_rows")
    assert not any(said in str(cell) for row in found["README"] for cell in row)


def test_the_lists_are_hidden_and_named(template):
    _, path = template
    book = CalamineWorkbook.from_path(path)
    hidden = [m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible]
    assert hidden == [Words(template[0]).say("template.lists")]
    names = set(re.findall(r'<definedName name="(\w+)"', parts_of(path)["xl/workbook.xml"]))
    assert {f"enum_{c.allowed}" for c in columns() if c.type == "enum"} <= names
    assert {f"ref_{s}" for s in ("accounts", "units", "positions", "team", "centres", "offerings")} <= names


def test_a_value_outside_a_list_is_stopped_and_a_new_name_only_warned_about(template):
    xml = parts_of(template[1])["xl/worksheets/sheet4.xml"]  # positions, after read-me, accounts, units
    rules = dict(re.findall(r"<dataValidation ([^>]*)><formula1>(\w+)</formula1>", xml))
    by_source = {source: attributes for attributes, source in rules.items()}
    assert "errorStyle" not in by_source["enum_function_or_clear"]  # stop is what nothing said means
    assert 'errorStyle="warning"' in by_source["ref_units"]


def test_each_header_says_key_type_and_what_is_allowed(template):
    comments = "".join(text for name, text in parts_of(template[1]).items() if "comments" in name)
    assert all(f">{column.key} · " in comments for column in columns())


def test_everything_a_column_allows_can_be_said():
    for column in columns():
        key = None
        if column.type in {"ref", "refs"}:
            key = f"template.refers.{column.allowed}"
        elif column.type not in {"enum", "enums"} and column.allowed:
            key = f"template.allowed.{column.allowed}"
        assert key is None or key in catalogue("fr"), column
        assert f"template.type.{column.type}" in catalogue("fr")


def test_advanced_columns_are_folded_away_behind_the_others():
    assert {c.key for c in columns()} >= ADVANCED
    for sheet in sheets():
        flags = [column.key in ADVANCED for column in ordered(sheet)]
        assert flags == sorted(flags)


def test_the_workbook_says_what_it_is(template):
    language, path = template
    custom = parts_of(path)["docProps/custom.xml"]
    assert dict(re.findall(r'name="([\w.]+)"><vt:lpwstr>([^<]*)<', custom)) == properties(language)


def test_text_is_never_a_formula_a_link_or_a_number(tmp_path):
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "file:///etc/passwd", "007", "{=1}"]
    rows = {"accounts": [{"id": text, "name": text, "values": text} for text in nasty]}
    data = workbook_bytes(rows, language="en", about={}, created=WHEN)
    (tmp_path / "book.xlsx").write_bytes(data)
    assert [row[1] for row in written(tmp_path / "book.xlsx")["Accounts"][1:]] == nasty
    parts = parts_of(tmp_path / "book.xlsx")
    assert not any("<f>" in text for name, text in parts.items() if name.endswith("sheet2.xml"))
    links = [text for name, text in parts.items() if "worksheets/_rels" in name and "hyperlink" in text]
    assert links == []


def test_a_text_that_no_cell_holds_is_refused_not_cut(tmp_path):
    long = "a" * 32_768
    with pytest.raises(InputError) as caught:
        workbook_bytes({"accounts": [{"values": long}]}, language="fr", about={}, created=WHEN)
    assert caught.value.key == "error.export_too_long"
    assert "32\u202f767" in Words("fr").error(caught.value)
    workbook_bytes({"accounts": [{"values": long[1:]}]}, language="fr", about={}, created=WHEN)
    with pytest.raises(InputError):  # Excel counts an emoji as two
        workbook_bytes(
            {"accounts": [{"values": "\U0001f680" * 16_384}]}, language="fr", about={}, created=WHEN
        )


def test_amounts_that_a_spreadsheet_would_round_are_text(tmp_path):
    amounts = [Decimal("0.10"), Decimal("1234567.89"), Decimal("12345678901234567.89")]
    rows = {"accounts": [{"revenue": amount} for amount in amounts]}
    (tmp_path / "book.xlsx").write_bytes(workbook_bytes(rows, language="en", about={}, created=WHEN))
    at = [c.key for c in ordered("accounts")].index("revenue")
    assert [row[at] for row in written(tmp_path / "book.xlsx")["Accounts"][1:]] == [
        0.1,
        1234567.89,
        "12345678901234567.89",
    ]


def test_the_same_rows_give_the_same_bytes():
    made = [
        workbook_bytes(example_rows("fr"), language="fr", about=properties("fr"), created=WHEN) for _ in "12"
    ]
    assert made[0] == made[1]


def test_a_folder_of_csv_files_for_those_without_excel(tmp_path):
    save_template(tmp_path / "book", language="fr")
    assert {p.name for p in (tmp_path / "book").iterdir()} == {f"{s}.csv" for s in sheets()} | {
        "graphkam.json"
    }
    data = (tmp_path / "book" / "positions.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfId;Compte;Entit\xc3\xa9;")


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path):
    target = tmp_path / "book.xlsx"
    target.mkdir()
    with pytest.raises(InputError) as caught:
        save_template(target, language="en")
    assert caught.value.key == "error.not_written"
    assert [p.name for p in tmp_path.iterdir()] == ["book.xlsx"]
