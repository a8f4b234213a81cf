"""Books typed as tables: what a test says is what stands in the file."""

import csv
import json
from datetime import date

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.book import read_book
from graphkam.model.records import RecordSet

TODAY = date(2026, 11, 23)


def cells(table):
    """Give the rows of a table whose cells are separated by bars."""
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.fixture
def book(tmp_path):
    """Read a book whose sheets are tables; ``revision`` says that we exported it."""

    def read(known=(), *, revision=None, today=TODAY, locale=None, **sheets):
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
        return read_book(folder, known=RecordSet(known), today=today, locale=locale)

    return read


@pytest.fixture
def refused(book):
    """Give the faults for which a book is refused: code and cell of each."""

    def read(*args, **options):
        with pytest.raises(ImportRejected) as caught:
            book(*args, **options)
        return [(p.code, f"{p.sheet}!{p.cell}") for p in caught.value.problems if p.severity == "error"]

    return read
