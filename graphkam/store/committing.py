"""A write that is done or not done, whatever happens to the answer.

Each write carries an operation, stored under its id in the transaction of its changes, and once
only. So after any failure graphkam can look whether the write was done before it reports it or tries
again, and of two tries at most one can be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from graphkam.errors import StoreError, StoreUnavailable
from graphkam.model.changes import Operation
from graphkam.store.bolt import told
from graphkam.store.history import operation_of
from graphkam.store.shielding import Shield

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphkam.store.accounts import Store

_TRIES = 3
_GONE, _UNSURE = "error.store_gone", "error.store_unsure"
_AGAIN = (_UNSURE, "error.store_conflict_key")
"""Failures after which a write that was not done is tried again: its answer was lost; or ArcadeDB found
two writers at one key, which it calls a broken constraint. If they truly conflict, the next try says so."""

_OF_ITS_OWN = ("error.store_not_committed", "error.store_failed")
"""What the embedded database says of a full disk too, depending on when it finds no room."""


class Work(Protocol):
    """What is done in one transaction; may be done again."""

    @property
    def operation(self) -> Operation:
        """The act that it stores, with what the transaction made of it."""
        ...

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do it."""
        ...


def commit(store: Store, work: Work) -> Operation:
    """Do a write in one transaction.

    Parameters
    ----------
    store
        Where.
    work
        What to do.

    Returns
    -------
    Operation
        The act as it is stored.

    Raises
    ------
    StoreError
        If it was not done, or, after the database went away for good, if nobody can tell.
    """
    for attempt in range(_TRIES):
        try:
            _do(store, work)
        except StoreError as failure:
            if (found := _found(store, work.operation, failure)) is not None:
                return found
            if failure.key not in _AGAIN or attempt == _TRIES - 1:
                raise _explained(store, failure) from failure
        else:
            return work.operation
    raise AssertionError


def _do(store: Store, work: Work) -> None:
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


def _found(store: Store, operation: Operation, failure: StoreError) -> Operation | None:
    """Look whether a write that seems to have failed is there: then it was done.

    Raises
    ------
    StoreUnavailable
        If its answer was lost and the database had to be found again: it is not there, or there is
        nobody to ask.
    """
    if failure.key == _GONE:  # before the commit: what was begun went with the connection
        return None
    try:
        return _stored(store, operation)
    except StoreError:
        if failure.key != _UNSURE:
            return None
    try:
        with type(store).open(store.settings) as again:
            if (found := _stored(again, operation)) is not None:
                return found
    except StoreError as error:
        raise failure from error
    raise StoreUnavailable("store_not_written") from failure


def _stored(store: Store, operation: Operation) -> Operation | None:
    return next(map(operation_of, store.ask("read/operation", id=operation.id)), None)


def _explained(store: Store, failure: StoreError) -> StoreError:
    """Give the error of a write that was not done; the embedded database's own says too little."""
    if failure.key == _UNSURE:
        return StoreUnavailable("store_not_written")
    if failure.key in _OF_ITS_OWN and not store.settings.store.uri:
        from graphkam.store.arcade import lacks_room
        from graphkam.store.folder import Folder

        if lacks_room(Folder(store.settings.home)):
            return StoreError("store_full")
    return failure
