"""Every bad file of ``fixtures/hostile`` comes to what its manifest says, and to nothing worse."""

import csv
import importlib.util
from datetime import date
from pathlib import Path

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.book import read_book
from graphkam.exchange.problems import told
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.text import LANGUAGES, Words

HOSTILE = Path(__file__).parents[2] / "fixtures" / "hostile"
TODAY = date(2026, 11, 23)

with (HOSTILE / "manifest.csv").open(encoding="utf-8") as stream:
    MANIFEST = list(csv.DictReader(stream))


def build(to, *, is_large):
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HOSTILE)
        spec = importlib.util.spec_from_file_location("build_hostile", HOSTILE / "build.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    module.build(to, is_large=is_large)


@pytest.fixture(scope="session")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    build(folder, is_large=True)
    return folder


@pytest.fixture
def path(request, large):
    small = HOSTILE / request.param
    return small if small.exists() else large / request.param


def read(path):
    try:
        return read_book(path, known=RecordSet(), today=TODAY), ()
    except ImportRejected as rejected:
        return None, rejected.problems


def place(problem):
    return f"{problem.sheet}!{problem.cell}" if problem.cell else problem.sheet


@pytest.mark.parametrize(
    ("path", "case"),
    [pytest.param(row["file"], row, id=f"{row['case']}-{row['file']}") for row in MANIFEST],
    indirect=["path"],
)
def test_each_comes_to_what_the_manifest_says(path, case):
    book, problems = read(path)
    if case["outcome"] == "refused":
        faults = [p for p in problems if p.severity == "error"]
        assert {p.code for p in faults} == {case["code"]}
        assert place(faults[0]) == case["cell"]
        assert {p.file for p in problems} == {path.name}
    else:
        assert problems == ()
        told_of = [(place(p), p.code) for p in book.warnings]
        assert told_of[:1] == ([(case["cell"], case["code"])] if case["outcome"] == "warned" else [])
        assert len(book.records) > 5
    for language in LANGUAGES:
        for problem in problems if book is None else book.warnings:
            assert told(problem, Words(language))


def test_at_least_25_of_the_first_45_cases_are_here():
    assert len({row["case"] for row in MANIFEST if int(row["case"]) <= 45}) == 45


def test_the_folder_holds_what_the_script_makes(tmp_path):
    build(tmp_path, is_large=False)
    made = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    kept = {
        p.relative_to(HOSTILE).as_posix() for p in HOSTILE.rglob("*") if p.is_file() and "__" not in str(p)
    }
    assert kept - made == {"build.py", "cases.csv", "forms.py", "manifest.csv"}
    assert made <= kept
    assert {Path(name).parts[0] for name in made} <= {row["file"] for row in MANIFEST}


def test_the_folder_stays_small():
    sizes = [path.stat().st_size for path in HOSTILE.rglob("*") if path.is_file()]
    assert max(sizes) < 200_000
    assert sum(sizes) < 1_500_000


def last_contacts(name):
    book, _ = read(HOSTILE / name)
    return {tie.last_contact for tie in book.records.of(ContactTie)}


def test_days_are_the_same_however_they_are_written():
    meant = {date(2026, 10, 8), date(2026, 11, 18), date(2026, 5, 2), date(2026, 8, 27)}
    assert last_contacts("21-days-in-several-formats.xlsx") == meant
    assert last_contacts("22-days-from-1904.xlsx") == meant


def test_odd_names_are_cleaned_never_guessed():
    book, _ = read(HOSTILE / "52-odd-names.xlsx")
    names = {person.name for person in book.records.of(Person)}
    assert {"Mireille Santoni", "Bernard Quillien de Roanne", "محمد 王小明 🙂"} <= names
    # Two writings of one name, the one composed and the other not, are one person with two posts.
    assert sum("Sabatier" in name for name in names) == 1


def titles(name):
    book, _ = read(HOSTILE / name)
    return {position.title for position in book.records.of(Position)}


def test_55_characters_that_workbooks_write_as_escapes_are_meant_and_then_cleaned():
    assert "Responsable HSE" in titles("55-control-characters.xlsx")
    assert not any("_x0" in title for title in titles("55-control-characters.xlsx"))


def test_59_and_60_csv_folders_say_the_same_in_any_encoding_and_with_any_delimiter():
    names = (
        "59-utf8-with-mark",
        "59-utf16",
        "59-utf32",
        "59-windows-1252",
        "60-tabs",
        "60-semicolons",
        "62-short-row",
    )
    found = [{person.name for person in read(HOSTILE / name)[0].records.of(Person)} for name in names]
    assert all(people == {"Mireille Santoni", "Bernard Quillien"} for people in found)
