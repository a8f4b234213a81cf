"""Reads a workbook, or a folder of CSV files, into the records that it wants.

The rows become records by the one table of fields; what is known already is found by id or by
natural key and changed by what the file says. The file is used whole or not at all: all its faults
are told at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from graphkam.errors import InputError
from graphkam.exchange.contacts import Contacts
from graphkam.exchange.contracts import assemble_contracts
from graphkam.exchange.desk import Desk
from graphkam.exchange.persons import People
from graphkam.exchange.plain import AFTER_PEOPLE, BEFORE_PEOPLE, assemble, register_known
from graphkam.exchange.posts import Posts
from graphkam.exchange.problems import Faults
from graphkam.exchange.reader import read_source
from graphkam.exchange.rows import LOCALES, Table, read_tables
from graphkam.exchange.sayings import Sayings
from graphkam.exchange.standing import assemble_people, cascade, report_violations
from graphkam.exchange.tenure import Event, Holders
from graphkam.exchange.units import assemble_units, register_known_units
from graphkam.model.base import Entity, Problem
from graphkam.model.records import RecordSet

REVISION = "graphkam.revision"
"""Custom property of a workbook that we exported: the revision of the store it shows."""


@dataclass(frozen=True)
class Book:
    """What a file wants."""

    file: str
    records: RecordSet
    """Everything as it should be: what is known, changed by the file. Unchanged records are the
    known ones themselves."""
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


def read_book(path: Path, *, known: RecordSet, today: date, locale: str | None = None) -> Book:
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

    Raises
    ------
    ImportRejected
        If the file has faults: all of them, and the warnings.
    """
    if locale is not None and locale not in LOCALES:
        raise InputError("not_a_locale", value=locale, allowed=tuple(LOCALES))
    faults = Faults(path.name)
    source = read_source(path, faults)
    tables = read_tables(source, faults, locale=locale)
    revision = source.properties.get(REVISION)
    desk = Desk(known, tables, faults, today=today, is_exported=revision is not None)
    events = _assemble(desk)
    cascade(desk)
    records = known.merged(desk.wanted.values(), desk.removed.values())
    report_violations(desk, records)
    faults.reject()
    return Book(
        file=path.name,
        records=records,
        removed=tuple(desk.removed.values()),
        events=tuple(events),
        touched=frozenset((kind.__name__, record_id) for kind, record_id in desk.places),
        warnings=faults.warnings(),
        language=_language(tables),
        locale=locale,
        sha256=source.sha256,
        revision=revision,
    )


def _assemble(desk: Desk) -> list[Event]:
    """Work through the sheets in the order of dependency."""
    register_known(desk)
    register_known_units(desk)
    people, holders = People(desk), Holders(desk)
    posts = Posts(desk, people, holders, Sayings(desk))
    posts.register_known()
    for key, kind in BEFORE_PEOPLE:
        assemble(desk, key, kind)
    desk.only_account = _only_account(desk)
    desk.own_accounts = _own_accounts(desk)
    assemble_units(desk)
    assemble_people(desk, people)
    posts.assemble()
    for key, kind in AFTER_PEOPLE:
        assemble(desk, key, kind)
        if key == "mandates":
            Contacts(desk).assemble()
        if key == "projects":
            assemble_contracts(desk)
    return holders.events


def _only_account(desk: Desk) -> str | None:
    """Give the account of rows that name none: the only one of the file."""
    table = desk.tables.get("accounts")
    if table is None or len(table.rows) != 1:
        return None
    row = table.rows[0]
    for key in ("id", "name"):
        if isinstance(text := row.values.get(key), str) and (
            found := desk.names.accounts_of(("accounts",), text)
        ):
            return next(iter(found)) if len(found) == 1 else None
    return None


def _own_accounts(desk: Desk) -> set[str]:
    """Give the accounts that any row of the file names."""
    named = {
        text
        for table in desk.tables.values()
        for row in table.rows
        if isinstance(text := row.values.get("name" if table.key == "accounts" else "account"), str)
    }
    return {account for text in named for account in desk.names.accounts_of(("accounts",), text)}


def _language(tables: dict[str, Table]) -> str:
    languages = [table.language for table in tables.values()]
    return "fr" if languages.count("fr") > languages.count("en") else "en"
