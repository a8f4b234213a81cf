"""Books typed as tables: what a test says is what stands in the file."""

import csv
import json
from datetime import date

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.book import read_book
from graphkam.exchange.choices import AS_IT_COMES
from graphkam.model.records import RecordSet
from tests.exchange.exports import Export

TODAY = date(2026, 11, 23)


def cells(table):
    """Give the rows of a table whose cells are separated by bars."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture
def book(tmp_path):
    """Read a book whose sheets are tables; ``revision`` says that we exported it, ``base`` what it shows."""

    def read(known=(), *, revision=None, base=None, today=TODAY, locale=None, choices=AS_IT_COMES, **sheets):
        folder = tmp_path / "book"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for sheet, table in sheets.items():
            with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream, delimiter=";").writerows(cells(table))
        if revision is not None:
            said = json.dumps({"graphkam.revision": str(revision)})
            (folder / "graphkam.json").write_text(said, encoding="utf-8")
        shown = None if base is None else RecordSet(base)
        return read_book(
            folder,
            known=RecordSet(known),
            today=today,
            locale=locale,
            past=None if base is None else lambda *_: shown,
            choices=choices,
        )

    return read


@pytest.fixture
def refused(book):
    """Give the faults for which a book is refused: code and cell of each."""

    def read(*args, **options):
        with pytest.raises(ImportRejected) as caught:
            book(*args, **options)
        return [(p.code, f"{p.sheet}!{p.cell}") for p in caught.value.problems if p.severity == "error"]

    return read


@pytest.fixture
def export(tmp_path):
    """Give an export of an account, to be changed by hand and read back."""
    return Export(tmp_path / "export")
