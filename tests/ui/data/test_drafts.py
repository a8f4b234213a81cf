from datetime import date

import pytest

from graphkam.exchange.grid import NOTHING, Edits, grid, misread
from graphkam.ui.data.drafts import laid_out, typed
from tests.editing.conftest import RECORDS
from tests.ui.conftest import DAY


def shown(sheet="positions"):
    return grid(RECORDS, sheet, "ACM", language="en", today=DAY, stands=(3, "x"))


def test_what_the_grid_says_is_what_a_file_would_say():
    state = {
        "edited_rows": {"1": {"weight": "4", "reports_to": None, "title": "Head buyer"}, "2": {}},
        "added_rows": [{"title": "Deputy", "dotted_to": ["Anne Mercier", "Luc Roux"]}, {}],
        "deleted_rows": [0],
    }
    assert typed(shown(), NOTHING, state) == Edits(
        changed={1: {"weight": "4", "reports_to": None, "title": "Head buyer"}},
        added=({"title": "Deputy", "dotted_to": "Anne Mercier; Luc Roux"},),
        deleted=(0,),
    )
    said = typed(shown("knows"), NOTHING, {"edited_rows": {0: {"last_contact": "2026-11-02", "note": ""}}})
    assert said.changed[0]["last_contact"] == date(2026, 11, 2)
    assert typed(shown(), NOTHING, {"added_rows": [{}]}).is_empty


def test_a_cell_that_says_again_what_it_said_is_no_change():
    weight = shown().rows[1]["weight"]
    kept = typed(shown(), NOTHING, {"edited_rows": {1: {"weight": "4"}}})
    assert weight != 4
    assert typed(shown(), kept, {"edited_rows": {1: {"weight": str(int(weight))}}}).is_empty


def test_what_is_typed_later_is_of_the_rows_that_stand_there_then():
    kept = Edits(changed={2: {"weight": "5"}}, added=({"title": "Deputy"}, {"title": "Other"}), deleted=(0,))
    rows, count = laid_out(shown(), kept), len(shown().rows)
    assert [place for place, _ in rows] == [*range(1, count), count, count + 1]
    assert rows[1][1]["weight"] == "5"
    state = {
        "edited_rows": {1: {"title": "Buyer"}, count - 1: {"title": "First deputy"}},
        "deleted_rows": [0, count],
    }
    assert typed(shown(), kept, state) == Edits(
        changed={2: {"weight": "5", "title": "Buyer"}}, added=({"title": "First deputy"},), deleted=(0, 1)
    )


@pytest.mark.parametrize(
    ("cell", "code"), [("9", "out_of_range"), ("lots", "not_a_number"), ("2.5", "not_whole")]
)
def test_a_cell_that_cannot_be_understood_is_told_by_its_row_and_what_it_takes(cell, code):
    [problem] = misread(shown(), Edits({0: {"weight": cell}}))
    assert (problem.code, problem.allowed, problem.value) == (code, ("1 \u2013 5",), cell)
    assert problem.column == "Influence weight (1-5)"
    assert str(shown().rows[0]["title"]) in problem.file


def test_a_new_row_is_told_by_what_it_says():
    [problem] = misread(shown(), Edits({}, added=({"title": "Deputy", "weight": "lots"},)))
    assert problem.file == "Deputy"
    assert misread(shown(), Edits({0: {"weight": "3"}})) == ()
