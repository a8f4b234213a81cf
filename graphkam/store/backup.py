"""A whole store to one file, and back: one transaction, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphkam.errors import InputError
from graphkam.model.changes import Operation
from graphkam.store.backup_file import UNREADABLE, read_contents, save_contents
from graphkam.store.migrations import snapshot_of
from graphkam.store.replacing import Snapshot
from graphkam.text import visible

if TYPE_CHECKING:
    from graphkam.store.accounts import Store


def save_backup(store: Store, path: Path) -> None:
    """Write the whole store, history included, to one file, and read it back to prove it.

    Raises
    ------
    InputError
        If the file cannot be written, or does not read back as written.
    """
    save_contents(store.contents(), path)


def read_backup(path: Path) -> Snapshot:
    """Read a backup file of this or an earlier schema.

    Raises
    ------
    InputError
        If it is not a backup, damaged, or does not hold what it says.
    StoreTooNew
        If a newer graphkam wrote it.
    """
    held = read_contents(path)
    try:
        return snapshot_of(held)
    except UNREADABLE as error:
        raise InputError("store_backup_unreadable", file=path.name) from error


def restore_backup(store: Store, path: Path, *, who: str) -> Operation:
    """Put a backup in the place of everything, in one transaction.

    Parameters
    ----------
    store
        The store.
    path
        The backup.
    who
        The user, for the record of operations.

    Raises
    ------
    InputError
        If the file is not a sound backup; nothing is changed.
    """
    return store.replace(read_backup(path), Operation(who=who, what="restore", file=visible(path.name)))
