"""Reads a workbook, or a folder of CSV files, into the records that it wants.

The rows become records by the one table of fields; what is known already is found by id or by
natural key and changed by what the file says. A file that we exported is read as its author saw the
store, and then brought together with what the store says now. The file is used whole or not at all:
all its faults are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphkam.errors import InputError
from graphkam.exchange.alike import Alike
from graphkam.exchange.assembling import Assembling
from graphkam.exchange.choices import AS_IT_COMES, Choices
from graphkam.exchange.meeting import Clashing, met
from graphkam.exchange.problems import Faults
from graphkam.exchange.reader import read_source
from graphkam.exchange.renames import Rename
from graphkam.exchange.rows import LOCALES, Table, read_tables
from graphkam.exchange.source import Source
from graphkam.exchange.standing import report_violations
from graphkam.exchange.standpoint import standpoint
from graphkam.exchange.tenure import Event
from graphkam.model.base import Entity, Problem
from graphkam.model.records import RecordSet

REVISION = "graphkam.revision"
"""Custom property of a workbook that we exported: the revision of the store it shows."""
OPERATION = "graphkam.operation"
"""Another: the id of the write that made that revision, which no other store has."""

Past = Callable[[int, str], RecordSet | None]
"""Gives the store as of a revision, made by a write; None = nobody knows it any more."""


@dataclass(frozen=True)
class Book:
    """What a file wants."""

    file: str
    records: RecordSet
    """Everything as it should be: what the store says, changed by the file. Unchanged records are
    those of the store themselves."""
    removed: tuple[Entity, ...]
    """Known records that the file deletes."""
    events: tuple[Event, ...]
    """Changes of holder."""
    touched: frozenset[tuple[str, str]]
    """Kind and id of every record that the file speaks of."""
    warnings: tuple[Problem, ...]
    language: str
    """Language of most headers."""
    locale: str | None
    """How days and numbers with two readings were read, if that was told."""
    sha256: str
    revision: str | None
    """Revision of the store that the file shows, if we exported it: then blanks clear."""
    choices: Choices = AS_IT_COMES
    """How the import was to go."""
    clashes: tuple[Clashing, ...] = ()
    """Where file and store say different things."""
    renames: tuple[Rename, ...] = ()
    """What looks renamed and nobody said whether it is."""
    alike: tuple[Alike, ...] = ()
    """New people who may be somebody else."""
    replaceable: int = 0
    """Of a file that replaces: how many records it could delete."""


def read_book(
    path: Path,
    *,
    known: RecordSet,
    today: date,
    locale: str | None = None,
    past: Past | None = None,
    choices: Choices = AS_IT_COMES,
) -> Book:
    """Read a workbook or a folder of CSV files.

    Parameters
    ----------
    path
        A file ``.xlsx`` or ``.xlsm``, or a folder with one CSV file per sheet.
    known
        All that the store holds.
    today
        The day of the import.
    locale
        How to read 03/04/2026 and 1,234: ``en`` or ``fr`` (day first), ``us``; None = not told.
    past
        Gives the store as an exported file shows it.
    choices
        How the import is to go.

    Raises
    ------
    ImportRejected
        If the file has faults: all of them, and the warnings.
    """
    if locale is not None and locale not in LOCALES:
        raise InputError("not_a_locale", value=locale, allowed=tuple(LOCALES))
    faults = Faults(path.name)
    source = read_source(path, faults)
    return understood(source, faults, known=known, today=today, locale=locale, past=past, choices=choices)


def understood(
    source: Source,
    faults: Faults,
    *,
    known: RecordSet,
    today: date,
    locale: str | None = None,
    past: Past | None = None,
    choices: Choices = AS_IT_COMES,
) -> Book:
    """Understand a file that is read.

    Parameters
    ----------
    source
        The file.
    faults
        What was wrong with the reading; added to here.
    known, today, locale, past, choices
        As :func:`read_book`.

    Raises
    ------
    ImportRejected
        If it has faults: all of them, and the warnings.
    """
    tables = read_tables(source, faults, locale=locale)
    stand = standpoint(_shown(source, past, known, faults), known)
    revision = source.properties.get(REVISION)
    done = Assembling(tables, stand, faults, today, revision is not None, choices).done()
    meeting = met(done.desk, choices)
    report_violations(done.desk, meeting.records)
    done.desk.faults.reject()
    return Book(
        file=faults.file,
        records=meeting.records,
        removed=tuple(done.desk.removed.values()),
        events=done.events,
        touched=frozenset((kind.__name__, record_id) for kind, record_id in done.desk.places),
        warnings=done.desk.faults.warnings(),
        language=_language(tables),
        locale=locale,
        sha256=source.sha256,
        revision=revision,
        choices=choices,
        clashes=meeting.clashes,
        renames=done.renames,
        alike=done.alike,
        replaceable=meeting.replaceable,
    )


def _shown(source: Source, past: Past | None, known: RecordSet, faults: Faults) -> RecordSet | None:
    """Give the store as an exported file shows it; None, and a word of it, where nobody knows."""
    text = source.properties.get(REVISION)
    if text is None or past is None:
        return None
    base = past(int(text), source.properties.get(OPERATION, "")) if text.isdecimal() else None
    if base is None and len(known):
        faults.warn("base_unknown", revision=text)
    return base


def _language(tables: Mapping[str, Table]) -> str:
    languages = [table.language for table in tables.values()]
    return "fr" if languages.count("fr") > languages.count("en") else "en"
