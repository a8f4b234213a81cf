"""Accounts out: a workbook or a folder of CSV files that imports back to the same accounts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from graphkam.exchange.csv_folder import save_folder
from graphkam.exchange.flat import rows_of
from graphkam.exchange.layout import properties, save_bytes
from graphkam.exchange.sheets import workbook_bytes
from graphkam.model.records import RecordSet


def save_workbook(
    records: RecordSet,
    path: Path,
    *,
    language: str,
    revision: int,
    operation: str = "",
    today: date | None = None,
    at: datetime | None = None,
) -> None:
    """Write records to a workbook.

    Parameters
    ----------
    records
        One account, several or all, with our own people and offerings.
    path
        Where to write it.
    language
        ``en`` or ``fr``.
    revision
        Revision of the store that they were read from.
    operation
        Id of the write that made that revision: it tells one store from another.
    today
        The day whose holders stand in the rows of positions; by default that of ``at``.
    at
        When it is written; now by default.

    Raises
    ------
    InputError
        If a text or a sheet is longer than a workbook can hold, or the file cannot be written.
    """
    moment = at or datetime.now(UTC)
    rows = rows_of(records, language=language, today=today or moment.date())
    data = workbook_bytes(
        rows,
        language=language,
        about=_about(language, revision, operation, moment),
        created=moment.replace(tzinfo=None, microsecond=0),
    )
    save_bytes(path, data)


def save_csv_folder(
    records: RecordSet,
    folder: Path,
    *,
    language: str,
    revision: int,
    operation: str = "",
    today: date | None = None,
    at: datetime | None = None,
) -> None:
    """Write records to a folder with one CSV file per sheet.

    Parameters
    ----------
    records
        One account, several or all, with our own people and offerings.
    folder
        The folder; made if it is not there.
    language
        ``en`` or ``fr``.
    revision
        Revision of the store that they were read from.
    operation
        Id of the write that made that revision: it tells one store from another.
    today
        The day whose holders stand in the rows of positions; by default that of ``at``.
    at
        When it is written; now by default.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    moment = at or datetime.now(UTC)
    rows = rows_of(records, language=language, today=today or moment.date())
    save_folder(folder, rows, language=language, about=_about(language, revision, operation, moment))


def _about(language: str, revision: int, operation: str, at: datetime) -> dict[str, str]:
    told = {"revision": str(revision), "exported_at": at.isoformat(timespec="seconds")}
    return properties(language, **told, **({"operation": operation} if operation else {}))
