"""A write that is done or not done, whatever happens to the answer.

Each write carries an operation, stored under its id in the transaction of its changes, and once
only. So after any failure graphkam can look whether the write was done before it reports it or tries
again, and of two tries at most one can be there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from graphkam.errors import StoreError, StoreUnavailable
from graphkam.store.bolt import told
from graphkam.store.shielding import Shield

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphkam.model.changes import Operation
    from graphkam.store.accounts import Store

_TRIES = 3
_GONE, _UNSURE = "error.store_gone", "error.store_unsure"
_AGAIN = (_UNSURE, "error.store_conflict_key")
"""Failures after which a write that was not done is tried again: its answer was lost; or ArcadeDB found
two writers at one key, which it calls a broken constraint. If they truly conflict, the next try says so."""

_OF_ITS_OWN = ("error.store_not_committed", "error.store_failed")
"""What the embedded database says of a full disk too, depending on when it finds no room."""


def commit(store: Store, work: Callable[[ManagedTransaction], None], operation: Operation) -> None:
    """Do a write in one transaction.

    Parameters
    ----------
    store
        Where.
    work
        What to do in the transaction; may be done again.
    operation
        The act that the work stores.

    Raises
    ------
    StoreError
        If it was not done, or, after the database went away for good, if nobody can tell.
    """
    for attempt in range(_TRIES):
        try:
            _do(store, work)
        except StoreError as failure:
            if _was_done(store, operation, failure):
                return
            if failure.key not in _AGAIN or attempt == _TRIES - 1:
                raise _explained(store, failure) from failure
        else:
            return


def _do(store: Store, work: Callable[[ManagedTransaction], None]) -> None:
    from neo4j.exceptions import IncompleteCommit

    with Shield() as shield, told(), store.session() as session:

        def shielded(tx: ManagedTransaction) -> None:
            work(tx)
            shield.raise_()  # what follows is the commit

        try:
            session.execute_write(shielded)
        except IncompleteCommit as error:
            raise StoreUnavailable("store_unsure", why=str(error.__cause__ or error)) from error
        except KeyboardInterrupt as error:
            if shield.is_up:
                raise StoreUnavailable("store_interrupted") from error
            raise


def _was_done(store: Store, operation: Operation, failure: StoreError) -> bool:
    """Look whether a write that seems to have failed is there.

    Raises
    ------
    StoreUnavailable
        If its answer was lost and the database had to be found again: it is not there, or there is
        nobody to ask.
    """
    if failure.key == _GONE:  # before the commit: what was begun went with the connection
        return False
    try:
        return bool(store.ask("read/operation", id=operation.id))
    except StoreError:
        if failure.key != _UNSURE:
            return False
    if store.settings is None:
        raise failure
    try:
        with type(store).open(store.settings) as again:
            if again.ask("read/operation", id=operation.id):
                return True
    except StoreError as error:
        raise failure from error
    raise StoreUnavailable("store_not_written") from failure


def _explained(store: Store, failure: StoreError) -> StoreError:
    """Give the error of a write that was not done; the embedded database's own says too little."""
    if failure.key == _UNSURE:
        return StoreUnavailable("store_not_written")
    if failure.key in _OF_ITS_OWN and store.settings and not store.settings.store.uri:
        from graphkam.store.arcade import lacks_room
        from graphkam.store.folder import Folder

        if lacks_room(Folder(store.settings.home)):
            return StoreError("store_full")
    return failure
