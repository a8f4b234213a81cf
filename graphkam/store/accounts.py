"""The store: accounts read and written, one transaction a change."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Self, TypeVar

from graphkam.errors import StoreRefused, StoreUnavailable, WriteConflict
from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet, Operation, Version
from graphkam.model.organisation import Account
from graphkam.model.people import TeamMember
from graphkam.model.places import MapPlaces
from graphkam.model.records import RecordSet
from graphkam.store.bolt import open_driver, server_driver, told
from graphkam.store.committing import commit
from graphkam.store.conflicts import explained
from graphkam.store.contents import Contents, contents
from graphkam.store.graph_form import fingerprint, read_kind
from graphkam.store.history import Pair, operation_of, operations_by_revision, reversal, versions, written
from graphkam.store.map_places import read_map_places, save_map_places
from graphkam.store.migrations import Migration, prepare, snapshot_of
from graphkam.store.reading import records_at, stands
from graphkam.store.replacing import Replacing, Snapshot
from graphkam.store.statements import answer, statement
from graphkam.store.steps import Progress
from graphkam.store.writing import Writing

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

    from graphkam.settings import Settings

T = TypeVar("T")

_TRIES = 3
_TRIES_OF_READS = 20
_PAUSE = 0.01


class Store:
    """Everything that is stored, over one driver.

    Parameters
    ----------
    driver
        An open driver.
    database
        Name of the database on the server.
    at_close
        What to let go of at the end: the driver, the embedded database.
    settings
        Where it was opened from, to find it again when it goes away within a write, and where the
        backup before a migration goes.
    is_migrated
        See :meth:`open`.
    """

    migration: Migration | None
    """What was done to a store of an older schema when it was opened."""

    def __init__(
        self,
        driver: Driver,
        database: str | None,
        at_close: ExitStack,
        settings: Settings,
        *,
        is_migrated: bool,
    ) -> None:
        self._driver = driver
        self._database = database
        self._at_close = at_close
        self.settings = settings
        self.migration = prepare(self, settings.home / "backups" if is_migrated else None)

    @classmethod
    def open(cls, settings: Settings, *, lease: bool = False, is_migrated: bool = True) -> Self:
        """Open the store that the settings name: a server, or the data folder's own database.

        Parameters
        ----------
        settings
            Where it is.
        lease
            Whether the embedded database may end with this client, if it is the last one; without,
            it stays warm for the idle minutes of the settings.
        is_migrated
            Whether a store of an older schema is brought to this one; without, it is refused.

        Raises
        ------
        StoreError
            If the store cannot be started, reached or used.
        InputError
            If its schema is older and is to stay so.
        """
        at_close = ExitStack()
        try:
            if settings.store.uri is not None:
                driver = server_driver(settings.store)
                at_close.callback(driver.close)
                return cls(driver, settings.store.database, at_close, settings, is_migrated=is_migrated)
            from graphkam.store.embedded import DATABASE

            driver = _embedded_driver(settings, at_close, lease=lease)
            return cls(driver, DATABASE, at_close, settings, is_migrated=is_migrated)
        except BaseException:
            at_close.close()
            raise

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the driver and let the embedded database go."""
        self._at_close.close()

    def server(self) -> str:
        """Give what the server calls itself: its kind and version."""
        return str(self._driver.get_server_info().agent)

    def session(self) -> Session:
        """Give a new session on the database."""
        return self._driver.session(database=self._database)

    def ask(self, name: str, /, **parameters: Any) -> list[Any]:
        """Give the rows of a reading statement; of one column, its values."""
        return self._reading(lambda tx: answer(tx, name, parameters))

    def each(self, name: str, rows: list[Any], parameter: str = "rows") -> list[dict[str, Any]]:
        """Give the rows of a reading statement, by name of column."""
        if not rows:
            return []
        return self._reading(lambda tx: tx.run(statement(name), {parameter: rows}).data())

    def _reading(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Read in one transaction; again where somebody deleted what it had just got hold of."""
        from neo4j.exceptions import ClientError

        with told(), self.session() as session:
            for attempt in range(_TRIES_OF_READS):
                try:
                    return session.execute_read(work)
                except ClientError as error:
                    if not str(error.code).endswith("EntityNotFound") or attempt == _TRIES_OF_READS - 1:
                        raise
                    time.sleep(_PAUSE * attempt)
        raise AssertionError

    def ask_nothing(self, name: str, /, **parameters: Any) -> None:
        """Run a statement for what it does, past all checks: schema, tests, repairs."""
        self.change(lambda tx: tx.run(statement(name), parameters).consume())

    def change(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Do work in one transaction; after a passing failure it is done again."""
        with told(), self.session() as session:
            return session.execute_write(work)

    # ------------------------------------------------------------------ reading

    def revision(self) -> int:
        """Give a number that grows with every write."""
        return stands(self.ask).revision

    def schema_version(self) -> int:
        """Give the version of the schema that the store has."""
        return stands(self.ask).schema_version

    def accounts(self) -> tuple[Account, ...]:
        """Give all accounts."""
        return tuple(read_kind(Account, self.ask("read/accounts")))

    def team(self) -> tuple[TeamMember, ...]:
        """Give all of our people."""
        return tuple(read_kind(TeamMember, self.ask("read/team_members")))

    def read(self, account_ids: Iterable[str] | None = None) -> RecordSet:
        """Give the records of some accounts, or of all, and all of our own people and offerings."""
        return RecordSet(records_at(self.ask, account_ids))

    def read_at(self, revision: int, account_ids: Iterable[str] | None = None) -> RecordSet:
        """Give the same as it stood at a revision.

        Raises
        ------
        InputError
            If the revision is not known: older than the history, or taken back by a restore.
        """
        return RecordSet(records_at(self.ask, account_ids, revision))

    def contents(self) -> Contents:
        """Give all that is stored, just as it is stored."""
        return contents(self.ask)

    def snapshot(self) -> Snapshot:
        """Give the whole store with its history, to be put in the place of another."""
        return snapshot_of(self.contents())

    def fingerprint(self) -> Mapping[str, tuple[int, str]]:
        """Give for each account id, and for ``""`` (ours), the count of records and their hash."""
        return fingerprint(self.read())

    def map_places(self, wanted: MapPlaces) -> MapPlaces:
        """Give where the boxes of a map were put; of one that nobody arranged, what was asked with."""
        return read_map_places(self, wanted)

    # ------------------------------------------------------------------ history

    def operations(self, limit: int = 50) -> tuple[Operation, ...]:
        """Give the newest writes, newest first."""
        return tuple(map(operation_of, self.ask("read/operations", limit=limit)))

    def operation_at(self, revision: int) -> Operation | None:
        """Give the write that made a revision; None = nobody knows of one."""
        return operations_by_revision(self.ask, [revision]).get(revision)

    def operations_beginning(self, id_: str) -> tuple[Operation, ...]:
        """Give the writes whose id begins so: at most two, which is enough to tell that there are."""
        return tuple(map(operation_of, self.ask("read/operations_beginning", id=id_)))

    def history(self, kind: type[Entity], record_id: str) -> tuple[Version, ...]:
        """Give a record as it stood from write to write, newest first; nothing if it never was."""
        return versions(self.ask, self.each, kind, record_id)

    def reversal(self, operation: Operation, known: RecordSet) -> ChangeSet:
        """Give what puts back what a write changed.

        Parameters
        ----------
        operation
            The write.
        known
            What stands now of all accounts that it touched, and of our own.

        Raises
        ------
        InputError
            If it cannot be undone: older than the history, or a restore.
        WriteConflict
            If something that it touched has been changed since.
        """
        return reversal(self.ask, known, operation)

    def written(self, operation: Operation, known: Iterable[Entity]) -> tuple[Pair, ...]:
        """Give what a write changed, each record before and after; see :func:`history.written`."""
        return written(self.ask, known, operation)

    def explained(self, conflict: WriteConflict, changes: ChangeSet | None = None) -> WriteConflict:
        """Give a conflict with all that the store knows of it: who, when, and what there was before.

        Parameters
        ----------
        conflict
            The conflict as it was found.
        changes
            What was to be written, if that is all that is known.
        """
        return explained(conflict, changes or ChangeSet(), self.ask, self.each)

    # ------------------------------------------------------------------ writing

    def write(
        self, changes: ChangeSet, operation: Operation, *, progress: Progress | None = None
    ) -> Operation:
        """Write changes in one transaction: all of them or none.

        Parameters
        ----------
        changes
            What to put and to remove, with the versions read.
        operation
            The act, stored in the same transaction under its id.
        progress
            Told how many records are written of how many.

        Returns
        -------
        Operation
            The act, acknowledged: it is on disk. It says what it touched and its revision.

        Raises
        ------
        WriteConflict
            If a record is not at the version read; it says who wrote it.
        StoreError
            If the database failed; nothing of the change was written.
        """
        try:
            return commit(self, Writing(changes, operation, progress))
        except WriteConflict as error:
            raise self.explained(error, changes) from error

    def save_map_places(self, places: MapPlaces, *, who: str) -> MapPlaces:
        """Keep where the boxes of a map were put by hand.

        Raises
        ------
        WriteConflict
            If somebody else has arranged the map since it was read.
        """
        return save_map_places(self, places, who=who)

    def replace(self, snapshot: Snapshot, operation: Operation) -> Operation:
        """Put a whole store, with its history, in the place of what is there, in one transaction.

        Parameters
        ----------
        snapshot
            Everything, versions as they are.
        operation
            The act of replacing.

        Returns
        -------
        Operation
            The act, acknowledged.
        """
        return commit(self, Replacing(snapshot, operation))


def _embedded_driver(settings: Settings, at_close: ExitStack, *, lease: bool) -> Driver:
    """Open a driver on the data folder's own database; one that dies just then is started again."""
    from graphkam.store.embedded import USER, connected
    from graphkam.store.folder import Folder

    for attempt in range(_TRIES):
        with ExitStack() as trying:
            running = trying.enter_context(connected(settings, lease=lease))
            try:
                driver = open_driver(running.uri, USER, running.password)
            except StoreRefused as error:
                if error.key != "error.store_refused":
                    raise
                secret = Folder(settings.home).path / "secret"
                raise StoreRefused("store_secret", file=str(secret)) from error
            except StoreUnavailable:
                if attempt == _TRIES - 1 or not running.is_gone():
                    raise
                continue
            trying.callback(driver.close)
            at_close.push(trying.pop_all())
            return driver
    raise AssertionError
