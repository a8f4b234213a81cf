"""A question in the database's own language, answered within limits; nothing can be written by it.

Who keeps it from writing is the server: Neo4j by the reading mode of the session, the embedded
database by the rights of its reader. Before each query the server has to prove it, by refusing a
statement that writes; one that accepts it gets no query. The statement runs by itself: within a
transaction, ArcadeDB would look at the rights at the end only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from graphkam.errors import GraphkamError, InputError, StoreRefused
from graphkam.model.answer import Answer
from graphkam.model.base import clean_name
from graphkam.store.bolt import mapped, server_driver, told
from graphkam.store.statements import statement

if TYPE_CHECKING:
    import neo4j
    from neo4j import Driver

    from graphkam.settings import Settings

_FETCHED = 1_000
"""Rows that the driver takes at a time."""
_REFUSALS = ("Neo.ClientError.Security.", "Neo.ClientError.Statement.AccessMode")
_WRITING = {"w", "rw", "s"}
_ENDINGS = ("Transaction.Terminated", "Transaction.TransactionTimedOut", "Transaction.TransactionTerminated")


class _Reading:
    """A way in that can only read.

    Parameters
    ----------
    driver
        An open driver.
    database
        Name of the database.
    stop
        Ends what the driver is running, where the server does not keep the time itself.
    """

    def __init__(self, driver: Driver, database: str | None, stop: Callable[[], None] | None = None) -> None:
        self._driver = driver
        self._database = database
        self._stop = stop

    def prove(self) -> None:
        """Have the server refuse a statement that writes.

        Raises
        ------
        StoreRefused
            If it does not.
        """
        from neo4j.exceptions import Neo4jError

        with told():
            try:
                with self.session() as session:
                    session.run(statement("write/lock")).consume()
            except Neo4jError as error:
                if (error.code or "").startswith(_REFUSALS):
                    return
                raise
        raise StoreRefused("query_not_guarded")

    def session(self) -> neo4j.Session:
        """Give a session that reads."""
        return self._driver.session(database=self._database, default_access_mode="READ", fetch_size=_FETCHED)

    def stop(self) -> None:
        """End what runs: nobody waits for the rest of it."""
        if self._stop:
            self._stop()

    @contextmanager
    def ended_after(self, seconds: float) -> Iterator[None]:
        """End what runs if it takes longer, or if who asked is interrupted."""
        timer = threading.Timer(seconds, self.stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except KeyboardInterrupt:
            self.stop()
            raise
        finally:
            timer.cancel()


def query(settings: Settings, text: str, *, limit: int, timeout: float) -> Answer:
    """Answer a query.

    Parameters
    ----------
    settings
        Where the store is.
    text
        One statement of Cypher.
    limit
        How many rows to give at most.
    timeout
        How many seconds it may take.

    Raises
    ------
    InputError
        If the database does not understand it, refuses it, or it takes too long.
    StoreError
        If the database failed.
    """
    from neo4j import Query

    with _opened(settings) as reading:
        reading.prove()
        with _told(timeout), reading.ended_after(timeout), reading.session() as session:
            result = session.run(Query(text, timeout=timeout))
            columns = tuple(result.keys())
            found = result.fetch(limit + 1)
            if not found:
                _require_reading(result.consume())
            rows = tuple(tuple(map(plain, record.values())) for record in found[:limit])
            if len(found) > limit:
                reading.stop()
    return Answer(columns=columns, rows=rows, is_cut=len(found) > limit)


def _require_reading(said: neo4j.ResultSummary) -> None:
    """Tell of a write that the server let pass because it came to nothing.

    ArcadeDB does so where a pattern matches nothing, and with whatever PROFILE stands before.
    """
    if said.query_type in _WRITING and said.plan is None:
        raise InputError("query_writes")


@contextmanager
def _opened(settings: Settings) -> Iterator[_Reading]:
    """Open a way in that can only read, on a server or on the data folder's own database."""
    if settings.store.uri is not None:
        with server_driver(settings.store) as driver:
            yield _Reading(driver, settings.store.database)
        return
    from graphkam.store.embedded import DATABASE, connected
    from graphkam.store.folder import Folder
    from graphkam.store.reader import reader_driver, stopper

    folder = Folder(settings.home)
    with connected(settings) as running, reader_driver(folder, running) as driver:
        yield _Reading(driver, DATABASE, stopper(folder, running))


@contextmanager
def _told(seconds: float) -> Iterator[None]:
    """Tell the user what the server says of the query."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        raise _said(error, seconds) from error
    except DriverError as error:
        raise mapped(error) from error


def _said(error: neo4j.exceptions.Neo4jError, seconds: float) -> GraphkamError:
    """Give our error for what the server says of a query."""
    code, why = error.code or "", clean_name(error.message or "")[:300]
    if any(ending in code for ending in _ENDINGS):
        return InputError("query_too_long", seconds=seconds)
    if code.startswith(_REFUSALS):
        return InputError("query_refused", why=why)
    return InputError("query_failed", why=why)


def plain(value: Any) -> Any:
    """Give a value of the driver as JSON has it."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if type(value) in (list, tuple):  # durations and points are tuples too, of a kind of their own
        return [plain(item) for item in value]
    return _plain_of_driver(value)


def _plain_of_driver(value: Any) -> Any:
    """Give a value of a class of the driver's own as JSON has it."""
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        return {"labels": sorted(value.labels), "properties": plain(dict(value))}
    if isinstance(value, Relationship):
        return {"type": value.type, "properties": plain(dict(value))}
    if isinstance(value, Path):
        steps = [part for pair in zip(value.nodes, value.relationships, strict=False) for part in pair]
        return plain([*steps, value.nodes[-1]])
    if hasattr(value, "srid"):  # a point
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, (bytes, bytearray)):
        return value.hex()
    # Days, times, durations; whatever else there may come to be, as it writes itself.
    return value.iso_format() if hasattr(value, "iso_format") else str(value)
