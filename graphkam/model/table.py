"""The one table of fields: which column of which sheet fills which field of which record.

Template, importer, exporter, error texts and documentation read it; a test holds it against the
record classes.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from graphkam.model.base import Entity
from graphkam.model.records import KIND_BY_NAME


class Column(NamedTuple):
    """One column of one sheet."""

    sheet: str
    sheet_en: str
    sheet_fr: str
    key: str
    header_en: str
    header_fr: str
    type: str
    """``id text note enum enums ref refs int number money ratio date partial_date month email
    phone country currency siren siret lei days statements``."""
    required: str
    """``yes``, empty, or ``if <key>``: required when that column of the row is filled."""
    allowed: str
    """Name of the list (enum), target sheets (ref), or the range, as shown to users."""
    record: str
    """Kind of record it fills."""
    field: str
    """Field of that record; for an assessment typed on a person's row, its attribute."""

    def header(self, language: str) -> str:
        """Give the header in a language."""
        return self.header_fr if language == "fr" else self.header_en

    def sheet_name(self, language: str) -> str:
        """Give the name of its sheet in a language."""
        return self.sheet_fr if language == "fr" else self.sheet_en


def kind_of(column: Column) -> type[Entity]:
    """Give the record class that a column fills."""
    return KIND_BY_NAME[column.record]


@cache
def columns() -> tuple[Column, ...]:
    """Give all columns, sheet by sheet, in the order of the workbook."""
    with files("graphkam.model").joinpath("columns.csv").open(encoding="utf-8") as stream:
        return tuple(Column(**row) for row in csv.DictReader(stream))


@cache
def sheets() -> dict[str, tuple[Column, ...]]:
    """Give the columns of each sheet, by the sheet's key."""
    grouped: dict[str, list[Column]] = {}
    for column in columns():
        grouped.setdefault(column.sheet, []).append(column)
    return {sheet: tuple(found) for sheet, found in grouped.items()}
