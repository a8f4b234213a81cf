"""What leaves: said of itself, harmless in a spreadsheet, refused rather than cut."""

import csv
import errno
import json
import os
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from graphkam.errors import InputError
from graphkam.exchange.csv_folder import inert
from graphkam.exchange.export import save_csv_folder, save_workbook
from graphkam.exchange.flat import rows_of
from graphkam.exchange.folder import _original
from graphkam.exchange.layout import REVISION, save_bytes
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

TODAY = date(2026, 11, 23)
WHEN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
A = {"account_id": "acme"}
ACME = Account(id="acme", name="Acme", history="=HYPERLINK(1)")
PLANT = OrgUnit(id="u", **A, name="Plant", kind="site")
HEAD = Position(id="p", **A, title="Head", unit_id="u")
DEPUTY = Position(id="p2", **A, title="Deputy", unit_id="u", reports_to_id="p")
EVE = Person(id="eve", **A, last_name="Adam", first_name="Eve")
HELD = Holding(id="h", **A, person_id="eve", position_id="p", since="2020-01")
ANN = TeamMember(id="ann", last_name="Orr", first_name="Ann")
SMALL = RecordSet([ACME, PLANT, HEAD, DEPUTY, EVE, HELD, ANN])


def rows(*more, sheet="positions", today=TODAY):
    return rows_of(SMALL.merged(more), language="en", today=today)[sheet]


def test_a_workbook_says_where_it_comes_from(tmp_path):
    save_workbook(SMALL, tmp_path / "book.xlsx", language="fr", revision=42, at=WHEN)
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        custom = archive.read("docProps/custom.xml").decode()
    assert dict(re.findall(r'name="graphkam\.(\w+)"><vt:lpwstr>([^<]*)<', custom)) == {
        "schema": "1",
        "language": "fr",
        "revision": "42",
        "exported_at": "2026-11-23T09:30:00+00:00",
    }


def test_a_folder_says_it_too_and_keeps_what_else_is_there(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    save_csv_folder(SMALL, tmp_path, language="en", revision=42, at=WHEN)
    assert json.loads((tmp_path / "graphkam.json").read_text())["graphkam.revision"] == "42"
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_no_text_is_a_formula_in_either_form(tmp_path):
    save_workbook(SMALL, tmp_path / "book.xlsx", language="en", revision=1, at=WHEN)
    sheet = CalamineWorkbook.from_path(tmp_path / "book.xlsx").get_sheet_by_name("Accounts")
    assert "=HYPERLINK(1)" in sheet.to_python()[1]
    save_csv_folder(SMALL, tmp_path / "book", language="en", revision=1, at=WHEN)
    with (tmp_path / "book" / "accounts.csv").open(encoding="utf-8-sig", newline="") as stream:
        row = list(csv.reader(stream, delimiter=";"))[1]
    assert "'=HYPERLINK(1)" in row


@given(st.text("'=+-@\t\ra ;\"\n", max_size=6))
def test_a_text_made_harmless_comes_back(text):
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert _original(inert(text)) == text


def test_numbers_in_a_csv_file_are_plain(tmp_path):
    account = ACME.model_copy(update={"potential": -1200})
    save_csv_folder(RecordSet([account]), tmp_path, language="en", revision=1, at=WHEN)
    assert ";-1200;" in (tmp_path / "accounts.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("save", [save_workbook, save_csv_folder])
def test_a_place_that_cannot_be_written_is_said(tmp_path, save):
    with pytest.raises(InputError) as caught:
        save(SMALL, tmp_path / "missing" / "book", language="en", revision=1)
    assert caught.value.key == "error.not_written"


def test_75_a_folder_is_written_whole_or_left_as_it_was(tmp_path, monkeypatch):
    save_csv_folder(SMALL, tmp_path / "book", language="en", revision=1, at=WHEN)
    before = {path: path.read_bytes() for path in (tmp_path / "book").iterdir()}
    real, written = Path.write_bytes, []

    def until_full(path, data):
        written.append(path)
        if len(written) == 9:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", until_full)
    with pytest.raises(InputError) as caught:
        save_csv_folder(SMALL, tmp_path / "book", language="fr", revision=2, at=WHEN)
    assert caught.value.params["why"] == "No space left on device"
    assert {path: path.read_bytes() for path in (tmp_path / "book").iterdir()} == before


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    (tmp_path / "link.xlsx").symlink_to(tmp_path / "real.xlsx")
    save_bytes(tmp_path / "link.xlsx", b"x")
    assert (tmp_path / "link.xlsx").is_symlink()
    assert (tmp_path / "real.xlsx").read_bytes() == b"x"
    save_bytes(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()
    with pytest.raises(InputError):
        save_bytes(tmp_path, b"x")


def test_51_the_longest_name_a_system_takes_is_taken(tmp_path):
    save_bytes(tmp_path / f"{'x' * 250}.xlsx", b"x")
    with pytest.raises(InputError):
        save_bytes(tmp_path / f"{'x' * 300}.xlsx", b"x")
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]


def test_a_text_longer_than_a_cell_is_refused_and_nothing_is_written(tmp_path):
    emoji = ACME.model_copy(update={"history": "\U0001f680" * 20_000})  # two of Excel's characters each
    with pytest.raises(InputError) as caught:
        save_workbook(RecordSet([emoji]), tmp_path / "book.xlsx", language="en", revision=1)
    assert caught.value.params["length"] == 40_000
    assert list(tmp_path.iterdir()) == []


def test_a_reference_is_a_name_where_only_one_can_be_meant():
    assert rows()[1]["reports_to"] == "Eve Adam"
    twin = Person(id="eve2", **A, last_name="Eve", first_name="Adam")  # both orders are read
    assert rows(twin)[1]["reports_to"] == "Head @ Plant"
    other = Position(id="p3", **A, title="head", unit_id="u")
    assert rows(twin, other)[1]["reports_to"] == "p"


def test_a_person_is_referred_to_by_name_then_by_post_then_by_id():
    tie = ContactTie(id="t", **A, member_id="ann", person_id="eve", kind="owner")
    twin = Person(id="eve2", **A, last_name="Adam", first_name="Eve")
    to_twin = ContactTie(id="t2", **A, member_id="ann", person_id="eve2", kind="owner")
    assert [row["position"] for row in rows(tie, sheet="knows")] == ["Eve Adam"]
    assert [row["position"] for row in rows(tie, twin, to_twin, sheet="knows")] == ["Head @ Plant", "eve2"]


def test_the_row_shows_the_holder_of_the_day():
    came = Holding(id="h2", **A, person_id="b1", position_id="p", since="2026-12-01")
    bo = Person(id="b1", **A, last_name="Bo")
    left = HELD.model_copy(update={"until": "2026-11-30"})
    assert rows(came, bo, left)[0]["last_name"] == "Adam"
    assert rows(came, bo, left, today=date(2026, 12, 1))[0]["last_name"] == "Bo"
    assert [row["person"] for row in rows(came, bo, left, sheet="holdings")] == ["Bo"]
    assert [row["last_name"] for row in rows(came, bo, left, sheet="people")] == ["Bo"]


def test_the_row_shows_the_newest_stance_with_its_source():
    old = Assessment(id="a", **A, person_id="eve", attribute="stance", value="-1", date=date(2025, 1, 1))
    new = Assessment(
        id="b", **A, person_id="eve", attribute="stance", value="2", date=date(2026, 1, 1), source="act"
    )
    row = rows(old, new)[0]
    assert (row["stance"], row["stance_source"], row["stance_date"]) == ("Champion", "act", date(2026, 1, 1))
    assert [row["id"] for row in rows(old, new, sheet="assessments")] == ["a"]


def test_a_row_tells_the_versions_of_what_it_shows():
    told = json.loads(rows(HEAD.model_copy(update={"version": 7}))[0][REVISION])
    assert told == {"Position": ["p", 7], "Holding": ["h", 0], "Person": ["eve", 0]}


def test_rows_are_in_the_order_of_their_numbers():
    seats = [Position(id=f"q{n}", **A, title=f"Seat {n}") for n in (10, 9, 100)]
    assert [row["id"] for row in rows(*seats)] == ["p", "p2", "q9", "q10", "q100"]
