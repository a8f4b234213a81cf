"""The store: accounts read and written, one transaction a change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from graphkam.errors import StoreDamaged, StoreRefused, StoreTooNew, StoreUnavailable, WriteConflict
from graphkam.model.base import Entity, Tie
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.model.people import TeamMember
from graphkam.model.records import KINDS, RecordSet, account_of
from graphkam.store.bolt import open_driver, server_driver, told
from graphkam.store.committing import commit
from graphkam.store.graph_form import is_node, properties, read_kind, read_nodes
from graphkam.store.statements import statement
from graphkam.store.writing import Progress, Replacing, Writing

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

    from graphkam.settings import Settings

SCHEMA_VERSION = 1
_TRIES = 3
_CONSTRAINTS = ("record_key", "operation_id", "meta_id")
_TIES = tuple(kind for kind in KINDS if not is_node(kind))


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
        Where it was opened from, to find it again when it goes away within a write.
    """

    def __init__(
        self,
        driver: Driver,
        database: str | None,
        at_close: ExitStack,
        settings: Settings | None = None,
    ) -> None:
        self._driver = driver
        self._database = database
        self._at_close = at_close
        self.settings = settings
        self._prepare()

    @classmethod
    def open(cls, settings: Settings, *, lease: bool = False) -> Self:
        """Open the store that the settings name: a server, or the data folder's own database.

        Parameters
        ----------
        settings
            Where it is.
        lease
            Whether the embedded database may end with this client, if it is the last one; without,
            it stays warm for the idle minutes of the settings.

        Raises
        ------
        StoreError
            If the store cannot be started, reached or used.
        """
        at_close = ExitStack()
        try:
            if settings.store.uri is not None:
                driver = server_driver(settings.store)
                at_close.callback(driver.close)
                return cls(driver, settings.store.database, at_close, settings)
            from graphkam.store.embedded import DATABASE

            driver = _embedded_driver(settings, at_close, lease=lease)
            return cls(driver, DATABASE, at_close, settings)
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

        def read(tx: ManagedTransaction) -> list[Any]:
            result = tx.run(statement(name), parameters)
            return result.value() if len(result.keys()) == 1 else result.values()

        with told(), self.session() as session:
            return session.execute_read(read)

    def ask_nothing(self, name: str, /, **parameters: Any) -> None:
        """Run a statement for what it does; for tests and repairs, past all checks."""
        with told(), self.session() as session:
            session.execute_write(lambda tx: tx.run(statement(name), parameters).consume())

    # ------------------------------------------------------------------ schema

    def _prepare(self) -> None:
        """Make the constraints and the store's own node, or verify them.

        Raises
        ------
        StoreTooNew
            If a newer graphkam wrote it.
        StoreDamaged
            If a constraint is missing from a store that has data.
        """
        found = self.ask("read/meta")
        if found and found[0][0] > SCHEMA_VERSION:
            raise StoreTooNew("store_too_new", found=found[0][0], known=SCHEMA_VERSION)
        names = {str(name) for name in self.ask("schema/constraints")}
        if found and len(names) < len(_CONSTRAINTS):
            raise StoreDamaged("store_no_constraints")
        if not found:
            self._make()

    def _make(self) -> None:
        """Make constraints and meta node; another opener may do the same at this very moment."""
        with told(), self.session() as session:
            for name in _CONSTRAINTS:
                session.run(statement(f"schema/{name}")).consume()
        with suppress(WriteConflict):
            self.ask_nothing("schema/begin", version=SCHEMA_VERSION)

    # ------------------------------------------------------------------ reading

    def revision(self) -> int:
        """Give a number that grows with every write."""
        return int(self.ask("read/meta")[0][1])

    def schema_version(self) -> int:
        """Give the version of the schema that the store has."""
        return int(self.ask("read/meta")[0][0])

    def accounts(self) -> tuple[Account, ...]:
        """Give all accounts."""
        return tuple(read_kind(Account, self.ask("read/accounts")))

    def read(self, account_ids: Iterable[str] | None = None) -> RecordSet:
        """Give the records of some accounts, or of all, and all of our own people and offerings."""
        if account_ids is None:
            return RecordSet((*read_nodes(self._ask_all("read/all_nodes")), *self._ties("read/all_{}")))
        keys = [f"Account/{account_id}" for account_id in account_ids]
        nodes = [*self.ask("read/team_members"), *self.ask("read/offerings")]
        if keys:
            nodes += self.ask("read/account", accounts=keys)
            nodes += self._ask_all("read/nodes_of_accounts", accounts=keys)
        ties = self._ties("read/{}_of_accounts", accounts=keys) if keys else ()
        return RecordSet((*read_nodes(nodes), *ties))

    def _ties(self, name: str, **parameters: Any) -> Iterable[Entity]:
        for kind in _TIES:
            graph = kind.GRAPH
            type_ = graph.type.lower() if isinstance(graph, Tie) else ""
            yield from read_kind(kind, self._ask_all(name.format(type_), **parameters))

    def _ask_all(self, name: str, /, **parameters: Any) -> list[Any]:
        """Give the records of a statement that returns them some hundred a row."""
        return list(chain.from_iterable(self.ask(name, **parameters)))

    def operations(self, limit: int = 50) -> tuple[Operation, ...]:
        """Give the newest writes, newest first."""
        return tuple(map(operation_of, self.ask("read/operations", limit=limit)))

    def fingerprint(self) -> Mapping[str, tuple[int, str]]:
        """Give for each account id, and for ``""`` (ours), the count of records and their hash."""
        return fingerprint(self.read())

    def team(self) -> tuple[TeamMember, ...]:
        """Give all of our people."""
        return tuple(read_kind(TeamMember, self.ask("read/team_members")))

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
            The act, acknowledged: it is on disk.

        Raises
        ------
        WriteConflict
            If a record is not at the version read.
        StoreError
            If the database failed; nothing of the change was written.
        """
        commit(self, Writing(changes, operation, progress), operation)
        return operation

    def replace(self, records: RecordSet, operations: Iterable[Operation], operation: Operation) -> None:
        """Put a whole store in the place of what is there, in one transaction.

        Parameters
        ----------
        records, operations
            Everything, versions as they are.
        operation
            The act of replacing.
        """
        commit(self, Replacing(records, tuple(operations), operation), operation)


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


def operation_of(stored: Mapping[str, Any]) -> Operation:
    """Give the note of a write as it was stored."""
    kept = {name: value for name, value in stored.items() if name in Operation.model_fields}
    return Operation.model_validate(kept)


def fingerprint(records: RecordSet) -> Mapping[str, tuple[int, str]]:
    """Give for each account id, and for ``""``, the count of records and a hash of their contents."""
    lines: dict[str, list[str]] = {}
    for record in records:
        stored = properties(record)
        for made_by_the_store in ("version", "updated_at"):
            stored.pop(made_by_the_store, None)
        text = json.dumps([type(record).__name__, stored], sort_keys=True, ensure_ascii=False)
        lines.setdefault(account_of(record) or "", []).append(text)
    return {
        account: (len(found), hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest())
        for account, found in sorted(lines.items())
    }
