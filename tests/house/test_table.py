"""The table of fields reads one way only, however a heading is typed.

That every field of the model is in it, or is declared to be graphkam's own, is shown in
``tests/model/test_records.py``.
"""

from graphkam.model.base import fold
from graphkam.model.records import KINDS
from graphkam.model.table import columns, sheets
from graphkam.model.vocabulary import Attribute, choices

SHEETS = set(sheets())
TYPES = {
    "id", "text", "note", "enum", "enums", "ref", "refs", "int", "number", "money", "ratio", "date",
    "partial_date", "month", "email", "emails", "phone", "country", "currency", "siren", "siret", "lei",
    "days", "statements",
}  # fmt: skip


def test_headings_are_unambiguous_without_case_and_accents():
    for sheet in sheets().values():
        meant: dict[str, str] = {}
        for column in sheet:
            for word in {fold(column.key), fold(column.header_en), fold(column.header_fr)}:
                assert meant.setdefault(word, column.key) == column.key, (column.sheet, word)


def test_sheet_names_are_unambiguous_and_fit_into_a_workbook():
    meant: dict[str, str] = {}
    for column in columns():
        for name in (column.sheet, column.sheet_en, column.sheet_fr):
            assert meant.setdefault(fold(name), column.sheet) == column.sheet
            assert len(name) <= 31
            assert not set(name) & set("[]:*?/\\")


def test_every_list_of_a_column_exists_and_reads_one_way():
    for column in columns():
        if column.type not in {"enum", "enums"}:
            continue
        meant: dict[str, str] = {}
        for choice in choices(column.allowed):
            for word in {fold(choice.code), fold(choice.en), fold(choice.fr)}:
                assert meant.setdefault(word, choice.code) == choice.code, (column.allowed, word)


def test_types_and_conditions_are_known():
    for column in columns():
        assert column.type in TYPES, column
        condition = column.required.removeprefix("if ")
        assert condition in {"", "yes"} or condition in {c.key for c in sheets()[column.sheet]}, column


def test_plain_references_name_sheets():
    for column in columns():
        if column.type in {"ref", "refs"} and column.allowed.isidentifier():
            assert column.allowed in SHEETS, column


def test_every_kind_of_record_can_be_typed():
    filled = {column.record for column in columns()}
    assert filled == {kind.__name__ for kind in KINDS}


def test_attributes_of_an_assessment_have_a_column_or_the_sheet_of_their_own():
    typed = {c.field for c in columns() if c.record == "Assessment" and c.sheet != "assessments"}
    assert {attribute.value for attribute in Attribute} & typed
    assert "assessments" in SHEETS
