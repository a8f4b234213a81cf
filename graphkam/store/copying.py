"""A whole store put into another and compared with it: to move to a server, or away from one.

The other store is replaced in one transaction, in which everything is read back and compared with
what was sent: records by counts and hashes of each account, writes and earlier forms one by one. So
either all of it is there, or the other store is as it was.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkam.errors import InputError, StoreDamaged, WriteConflict
from graphkam.model.base import Frozen
from graphkam.model.changes import Operation
from graphkam.store.backup_file import save_contents
from graphkam.store.committing import commit
from graphkam.store.contents import Contents, contents
from graphkam.store.graph_form import fingerprint_of_rows
from graphkam.store.history import operation_of
from graphkam.store.migrations import backup_file, snapshot_of
from graphkam.store.replacing import Replacing
from graphkam.store.statements import answer
from graphkam.store.steps import Progress
from graphkam.store.writing import locked

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphkam.settings import Settings
    from graphkam.store.accounts import Store


class Counted(Frozen):
    """What a store holds of an account."""

    records: int
    sha256: str


class Copied(Frozen):
    """A store that was copied, as both stores have it now."""

    server: str
    """What the other server calls itself."""
    revision: int
    """Revision of the store that was copied."""
    accounts: Mapping[str, Counted]
    """By id; ours are under the empty id."""
    operations: int
    earlier_forms: int
    backup: Path | None = None
    """Where everything is that was in the other store before."""


class _Copying(Replacing):
    """A whole store put in the place of another that nobody wrote to since it was looked at.

    Parameters
    ----------
    held
        What is copied.
    operation
        The act.
    seen
        Revision of the other store when it was looked at.
    progress
        Told how many records are written.
    """

    def __init__(self, held: Contents, operation: Operation, seen: int, progress: Progress | None) -> None:
        super().__init__(snapshot_of(held), operation, progress)
        self._held = held
        self._seen = seen

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do the work, and compare."""
        if locked(tx) != self._seen:
            raise WriteConflict("store_copy_moved")
        super().__call__(tx)
        there = contents(lambda name, /, **parameters: answer(tx, name, parameters))
        if different := _differing(self._held, there, self.operation):
            raise StoreDamaged("store_copy_differs", what=different)


def copy(
    source: Store,
    target: Store,
    *,
    who: str,
    is_replaced: bool,
    backups: Path,
    progress: Progress | None = None,
) -> Copied:
    """Put everything that a store holds into another.

    Parameters
    ----------
    source, target
        From where to where.
    who
        The user, for the record of operations.
    is_replaced
        Whether what the other store holds may go; it is written to a backup first.
    backups
        Folder for that.
    progress
        Told how many records are written.

    Raises
    ------
    InputError
        If the other store holds something and may not be replaced.
    WriteConflict
        If somebody writes to the other store at the same time.
    StoreDamaged
        If what the other store gives back is not what it was given; it is as it was.
    """
    held, there = source.contents(), target.contents()
    backup = None
    if there.rows or there.operations:
        if not is_replaced:
            counts = fingerprint_of_rows(there.rows)
            raise InputError("store_copy_not_empty", accounts=sum(map(bool, counts)), records=len(there.rows))
        backup = backup_file("before-copy", backups)
        save_contents(there, backup)
    made = commit(target, _Copying(held, Operation(who=who, what="copy"), there.revision, progress))
    there = target.contents()  # once more, as everybody else sees it
    if there.revision == made.revision and (different := _differing(held, there, made)):
        raise StoreDamaged("store_copy_damaged", what=different)
    return Copied(
        server=target.server(),
        revision=held.revision,
        accounts={
            account: Counted(records=count, sha256=sha256)
            for account, (count, sha256) in fingerprint_of_rows(held.rows).items()
        },
        operations=len(held.operations),
        earlier_forms=len(held.past),
        backup=backup,
    )


def require_another(source: Settings, target: Settings) -> None:
    """Refuse to copy a store to itself.

    Raises
    ------
    InputError
        If both settings say the same place.
    """
    if _place(source) == _place(target):
        raise InputError("store_copy_itself")


def _place(settings: Settings) -> tuple[str, ...]:
    store = settings.store
    return (
        (str(settings.home.resolve()),)
        if store.uri is None
        else (store.uri.rstrip("/"), store.database or "")
    )


def _differing(held: Contents, there: Contents, copying: Operation) -> tuple[str, ...]:
    """Give the accounts in which a store differs from what it was given, ``log`` for its history."""
    given, found = fingerprint_of_rows(held.rows), fingerprint_of_rows(there.rows)
    different = [
        account or "*" for account in sorted({*given, *found}) if given.get(account) != found.get(account)
    ]
    writes = [o for o in map(operation_of, there.operations) if o.id != copying.id]
    if writes != list(map(operation_of, held.operations)) or _texts(held.past) != _texts(there.past):
        different.append("log")
    return tuple(different)


def _texts(stored: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(dict(one), sort_keys=True) for one in stored)
