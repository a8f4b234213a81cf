"""A workbook is looked at before anything reads it."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.exchange import guard
from graphkam.exchange.guard import look
from graphkam.exchange.problems import CellFault
from graphkam.exchange.sheetxml import cell_at, column_letters

WORKBOOK = (
    '<workbook xmlns:r="r"><workbookPr date1904="{is_1904}"/><sheets>'
    '<sheet name="One" sheetId="1" r:id="rId1" state="{state}"/></sheets></workbook>'
)
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'


def workbook(rows="", after="", *, state="visible", is_1904="0", **more):
    parts = {
        "xl/workbook.xml": WORKBOOK.format(state=state, is_1904=is_1904),
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>",
        **more,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def sheet(data):
    [found] = look(data).sheets
    return found


def refused(data):
    with pytest.raises(CellFault) as caught:
        look(data)
    return caught.value


def test_a_plain_workbook():
    shape = look(workbook('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert [s.name for s in shape.sheets] == ["One"]
    assert not shape.has_macros
    assert not shape.is_1904
    assert not shape.sheets[0].is_hidden


def test_error_values_and_formulas_without_a_result():
    found = sheet(
        workbook(
            '<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>1+1</f></c>'
            '<c r="C2"><f>1+1</f><v>2</v></c><c t="e"><v>#REF!</v></c></row>'
        )
    )
    assert found.errors == {"A2": "#N/A", "D2": "#REF!"}
    assert found.uncomputed == {"B2"}


def test_merged_cells_and_hidden_rows_and_sheets():
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"/></row>'
    found = sheet(workbook(rows, '<mergeCells><mergeCell ref="A2:C3"/></mergeCells>', state="hidden"))
    assert found.merged == [(2, 1, 3, 3)]
    assert found.hidden_rows == 1
    assert found.is_hidden


def test_properties_macros_and_the_days_of_1904():
    custom = '<Properties><property name="graphkam.revision"><vt:lpwstr>7</vt:lpwstr></property></Properties>'
    shape = look(workbook(is_1904="1", **{"docProps/custom.xml": custom, "xl/vbaProject.bin": "x"}))
    assert (shape.properties, shape.has_macros, shape.is_1904) == ({"graphkam.revision": "7"}, True, True)


def test_cells_without_a_value_may_lie_anywhere():
    assert sheet(workbook('<row r="1048576"><c r="XFD1048576" s="3"/></row>')).errors == {}


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="99999999999"/>', "cell_out_of_bounds"),
        ('<row r="-1"/>', "cell_out_of_bounds"),
        ('<row r="1"><c r="1"/></row>', "cell_out_of_bounds"),
        ('<row r="1"><c r="XFE1"/></row>', "cell_out_of_bounds"),
        pytest.param("<a>" * 300 + "</a>" * 300, "damaged_xml", id="deep"),
        pytest.param(f"<!--{'x' * 5_000_000}-->", "damaged_xml", id="long-comment"),
        pytest.param(f"<a b='{'x' * 5_000_000}'/>", "damaged_xml", id="long-tag"),
        ("<row", "damaged_xml"),
    ],
)
def test_cells_that_kill_a_reader(rows, code):
    assert refused(workbook(rows)).code == code


def test_a_declaration_is_refused_in_any_part():
    assert refused(workbook(**{"xl/styles.xml": "<!DOCTYPE a><a/>"})).code == "xml_dtd"


def test_old_drawings_are_no_xml_and_long_texts_are_no_tags():
    more = {"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>", "customXml/item1.xml": "<!DOCTYPE a><a/>"}
    text = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 6_000_000 + "</t></is></c></row>"
    assert sheet(workbook(text, **more)).name == "One"


def test_a_count_of_texts_that_cannot_be():
    assert (
        refused(workbook(**{"xl/sharedStrings.xml": '<sst uniqueCount="99999999999"/>'})).code
        == "damaged_xml"
    )


def test_limits(monkeypatch):
    data = workbook(**{"xl/media/a.bin": bytes(5_000_000)})
    monkeypatch.setattr(guard, "RATIO_FROM", 1_000_000)
    assert refused(data).code == "unfolds_too_much"
    monkeypatch.setattr(guard, "MAX_INFLATED", 1_000_000)
    assert refused(data).code == "too_large_inside"
    monkeypatch.setattr(guard, "MAX_PARTS", 3)
    assert refused(data).code == "too_many_parts"


def test_what_is_no_workbook():
    assert refused(b"").code == "empty_file"
    assert refused(b"Account;Status").code == "not_a_workbook"
    assert refused(workbook()[:200]).code == "damaged_zip"
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)).code == "not_a_workbook"


def test_addresses():
    assert [column_letters(n) for n in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert cell_at("$C$8") == (8, 3)


@given(st.integers(1, 16_384), st.integers(1, 1_048_576))
def test_an_address_is_read_back(column, row):
    assert cell_at(f"{column_letters(column)}{row}") == (row, column)


@settings(max_examples=300)
@given(st.binary(max_size=4), st.integers(0, 10_000), st.integers(0, 40))
def test_an_altered_workbook_is_a_shape_or_a_fault(noise, at, cut):
    """Whatever bytes are put in or taken out, nothing but a fault comes of it."""
    data = workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', **{"xl/sharedStrings.xml": "<sst/>"})
    at %= len(data)
    with suppress(CellFault):
        look(data[:at] + noise + data[at + cut :])
