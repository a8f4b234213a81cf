"""From an older schema to this one, step by step: a store when it is opened, a backup when it is read.

Before a store is touched, everything in it is written to a backup file, in the form that the older
graphkam reads. Then the constraints are made, which an older store bears, and last the data are
changed in one transaction under the store's lock, together with the version. So whatever fails
leaves the store as it was; of several who open it at once one migrates, the others find it done.

To add a step: the version and what changed in ``schema.py``, and a :class:`Step` under that version
at the end of ``STEPS``.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from graphkam.errors import InputError, StoreDamaged, StoreTooNew, StoreUnavailable
from graphkam.model.places import MapPlaces
from graphkam.model.records import RecordSet
from graphkam.store.backup_file import save_contents
from graphkam.store.beginning import begin, make_schema
from graphkam.store.contents import Contents
from graphkam.store.graph_form import read_rows
from graphkam.store.history import operation_of, read_past
from graphkam.store.reading import read_meta
from graphkam.store.replacing import Snapshot
from graphkam.store.schema import CONSTRAINTS, SCHEMA_VERSION
from graphkam.store.statements import statement

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphkam.store.accounts import Store

_TRIES = 3


class Migration(NamedTuple):
    """A store that was brought to this schema."""

    before: int
    after: int
    backup: Path
    """Where everything was written before."""


class Step(NamedTuple):
    """What leads to a schema version from the one before."""

    data: Callable[[ManagedTransaction], None]
    """Changes the data of a store, within the transaction of the whole migration."""
    contents: Callable[[Contents], Contents]
    """Changes what a backup file holds to the same."""


def prepare(store: Store, backups: Path | None) -> Migration | None:
    """Make what a new store needs, or bring one that is there to this schema.

    Parameters
    ----------
    store
        The store, just opened.
    backups
        Folder for the backup that is made first; None = a store of an older schema is left as it is.

    Returns
    -------
    Migration or None
        What was done to a store of an older schema.

    Raises
    ------
    StoreTooNew
        If a newer graphkam wrote it.
    StoreDamaged
        If a constraint is missing from a store that has data.
    StoreRefused
        If the database holds something, but no store.
    InputError
        If the store is to be left as it is, or the backup cannot be written; it is as it was.
    """
    meta = read_meta(store.ask)
    if meta is None:
        begin(store)
        return None
    if meta.schema_version > SCHEMA_VERSION:
        raise StoreTooNew("store_too_new", found=meta.schema_version, known=SCHEMA_VERSION)
    required = {name for name, since in CONSTRAINTS.items() if since <= meta.schema_version}
    if not required <= set(store.ask("schema/constraints")):
        raise StoreDamaged("store_no_constraints")
    if meta.schema_version == SCHEMA_VERSION:
        return None
    if backups is None:
        raise InputError("store_copy_older", found=meta.schema_version, known=SCHEMA_VERSION)
    return _migrated(store, backups)


def snapshot_of(held: Contents) -> Snapshot:
    """Give what a backup file holds, brought to this schema.

    Raises
    ------
    ValidationError, KeyError
        If it holds what no record can be.
    """
    for version in range(held.schema_version + 1, SCHEMA_VERSION + 1):
        held = STEPS[version].contents(held)._replace(schema_version=version)
    for past in held.past:
        read_past(past)
    return Snapshot(
        held.revision,
        held.history_from,
        RecordSet(read_rows(held.rows)),
        tuple(map(operation_of, held.operations)),
        tuple(held.past),
        tuple(map(MapPlaces.model_validate, held.places)),
    )


def _migrated(store: Store, backups: Path) -> Migration | None:
    """Migrate a store; None if somebody else was quicker.

    Raises
    ------
    StoreUnavailable
        If somebody writes all the time.
    """
    for _ in range(_TRIES):
        held = store.contents()
        if held.schema_version >= SCHEMA_VERSION:
            return None
        backup = backup_file(f"schema-{held.schema_version}", backups)
        save_contents(held, backup)
        make_schema(store)
        if store.change(lambda tx, held=held: _done(tx, held)):  # type: ignore[misc]
            return Migration(held.schema_version, SCHEMA_VERSION, backup)
        backup.unlink()  # somebody wrote meanwhile: it is not what stands there
    raise StoreUnavailable("store_busy", why="schema")


def _done(tx: ManagedTransaction, held: Contents) -> bool:
    """Migrate within a transaction, unless what was backed up is not what stands there any more."""
    meta = tx.run(statement("write/lock")).single(strict=True)
    if (meta["schema_version"], meta["revision"]) != (held.schema_version, held.revision):
        return False
    for version in range(held.schema_version + 1, SCHEMA_VERSION + 1):
        STEPS[version].data(tx)
    tx.run(statement("schema/version"), version=SCHEMA_VERSION).consume()
    return True


def backup_file(beginning: str, backups: Path) -> Path:
    """Give a name that no other backup has: several may make one in the same second.

    Raises
    ------
    InputError
        If the folder cannot be made.
    """
    try:
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("not_written", file=str(backups), why=error.strerror or str(error)) from error
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    return backups / f"{beginning}-{now}-{secrets.token_hex(2)}.backup"


# ------------------------------------------------------------------ the steps


def _begin_history(tx: ManagedTransaction) -> None:
    tx.run(statement("schema/history_begins")).consume()


def _number_writes(held: Contents) -> Contents:
    """Give the writes of a backup of schema 1 their revisions, of which the last is the store's.

    Its records have counts as versions, none of them above the revision; so they are older than all
    that is written from now on, which is all that a version has to tell.
    """
    notes = sorted(held.operations, key=lambda note: str(note["at"]))
    first = held.revision - len(notes) + 1
    numbered = [{**note, "revision": revision} for revision, note in enumerate(notes, start=first)]
    return held._replace(operations=numbered, history_from=held.revision)


STEPS: Mapping[int, Step] = {2: Step(_begin_history, _number_writes)}
"""The step that leads to each schema version."""
