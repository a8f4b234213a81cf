"""A sheet edited in a grid is understood as a workbook is."""

from pathlib import Path

import pytest

from graphkam.editing.facts import after, change
from graphkam.errors import ImportRejected
from graphkam.exchange.book import read_book, understood
from graphkam.exchange.choices import Choices
from graphkam.exchange.grid import Edits, edited, grid
from graphkam.exchange.plan import plan
from graphkam.exchange.problems import Faults
from graphkam.model.clashes import Side
from graphkam.model.organisation import Account, Position, Seat
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.table import sheets
from graphkam.model.ties import ContactTie
from tests.editing.conftest import DAY, RECORDS

DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"


def shown(sheet, records=RECORDS, account="ACM", language="en"):
    return grid(records, sheet, account, language=language, today=DAY, stands=(3, "made"))


def planned(at, edits, *, base=RECORDS, now=None, prefer=None):
    source = edited(at, edits)
    book = understood(
        source, Faults(source.name), known=base if now is None else now, today=DAY, past=lambda *_: base,
        choices=Choices(prefer=prefer),
    )  # fmt: skip
    return plan(base if now is None else now, book, revision=3)


def result(at, edits, **more):
    made = planned(at, edits, **more)
    now = more.get("now") or RECORDS
    return after(now, made.changes), made


def place(at, key, value):
    return next(i for i, row in enumerate(at.rows) if row.get(key) == value)


def test_a_cell_changes_one_field():
    at = shown("positions")
    now, made = result(at, Edits({place(at, "title", "Buyer"): {"weight": 5.0}}))
    assert [line.id for line in made.lines] == ["ACM-p002"]
    assert now.get(Position, "ACM-p002").weight == 5


def test_a_blank_clears():
    at = shown("positions")
    now, _ = result(at, Edits({place(at, "title", "Director"): {"weight": None, "unit": None}}))
    assert (now.get(Position, "ACM-p001").weight, now.get(Position, "ACM-p001").unit_id) == (None, None)


def test_references_are_names_and_lists_are_labels():
    at = shown("knows", language="fr")
    assert "Nils Ott" in at.options["member"]
    assert at.options["kind"] == ("Titulaire", "Suppléant", "Contact")
    added = {"member": "Nils Ott", "position": "Anne Mercier", "kind": "Suppléant", "level": "Rencontré"}
    now, made = result(at, Edits({}, added=[added, {}]))
    assert [line.action for line in made.lines] == ["create"]
    assert {t.kind for t in now.of(ContactTie)} == {"owner", "backup"}


def test_another_name_in_a_row_of_positions_is_a_change_of_holder():
    at = shown("positions")
    cells = {"last_name": "Blanc", "first_name": "Eva", "since": "2026-11-01"}
    now, made = result(at, Edits({place(at, "title", "Buyer"): cells}))
    assert [event.arrives for event in made.events] == ["Eva Blanc"]
    assert now.get(Holding, "h2").until == "2026-10-31"
    assert now.get(Person, "ACM-n002").name == "Luc Roux"


def test_a_row_that_is_deleted_goes():
    at = shown("influence")
    now, made = result(at, Edits({}, deleted=[0]))
    assert [line.action for line in made.lines] == ["delete"]
    assert len(now) == len(RECORDS) - 1


def test_other_ends_are_another_tie():
    at = shown("members")
    now, made = result(at, Edits({0: {"position": "Luc Roux"}}))
    assert sorted(line.action for line in made.lines) == ["create", "delete"]
    [seat] = now.of(Seat)
    assert (seat.position_id, seat.roles) == ("ACM-p002", ("decider",))


@pytest.mark.parametrize(
    ("sheet", "cells", "code"),
    [
        ("positions", {"reports_to": "Assistant"}, "reporting_cycle"),
        ("positions", {"last_name": "Blanc"}, "undated_succession"),
        ("positions", {"title": None}, "required"),
        ("positions", {"weight": 9.0}, "out_of_range"),
        ("positions", {"email": "nobody"}, "not_an_email"),
    ],
)
def test_what_cannot_be_is_told_at_its_cell(sheet, cells, code):
    at = shown(sheet)
    row = place(at, "title", "Director")
    with pytest.raises(ImportRejected) as refused:
        planned(at, Edits({row: cells}))
    [problem] = [p for p in refused.value.problems if p.severity == "error"]
    assert problem.code == code
    assert problem.cell.endswith(str(row + 2))


def test_what_another_changed_meanwhile_is_a_conflict_and_the_rest_is_kept():
    at = shown("positions")
    edits = Edits({place(at, "title", "Director"): {"title": "Chair", "weight": 4.0}})
    theirs = change(RECORDS.get(Position, "ACM-p001"), title="President", seniority=1)
    now = after(RECORDS, theirs)
    made = planned(at, edits, now=now)
    assert [(c.field, c.base, c.mine, c.theirs) for c in made.conflicts] == [
        ("title", "Director", "Chair", "President")
    ]
    assert made.changes.is_empty
    for side, title in ((Side.MINE, "Chair"), (Side.THEIRS, "President")):
        position = after(now, planned(at, edits, now=now, prefer=side).changes).get(Position, "ACM-p001")
        assert (position.title, position.weight, position.seniority) == (title, 4, 1)


def test_an_account_is_added_by_its_row():
    at = shown("accounts")
    now, _ = result(at, Edits({}, added=[{"name": "Beta", "status": "Prospect"}]))
    assert {a.name for a in now.of(Account)} == {"Acme", "Beta"}


@pytest.fixture(scope="module")
def demo():
    found = read_book(DEMO, known=RecordSet(), today=DAY).records
    return RecordSet(r.model_copy(update={"version": 3}) for r in found).of_account("AUB")


@pytest.mark.parametrize("sheet", sheets())
def test_rows_that_are_written_again_as_they_are_change_nothing(demo, sheet):
    at = shown(sheet, demo, "AUB")
    keys = {column.key for column in at.columns}
    cells = {i: {k: v for k, v in row.items() if k in keys} for i, row in enumerate(at.rows)}
    made = planned(at, Edits({i: c for i, c in cells.items() if c}), base=demo)
    assert made.changes.is_empty, [line.name for line in made.lines][:5]
