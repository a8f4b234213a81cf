"""The driver: opened, its errors told in our words."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from graphkam.errors import GraphkamError, StoreError, StoreRefused, StoreUnavailable, WriteConflict

if TYPE_CHECKING:
    from neo4j import Driver

    from graphkam.settings import StoreSettings

_SAFE_SCHEMES = {"neo4j+s", "bolt+s"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_CONNECTIONS = 20
_TIMEOUT_SECONDS = 15.0
_RETRY_SECONDS = 8.0


def open_driver(uri: str, user: str, password: str) -> Driver:
    """Open a driver and prove that the server lets us in; stops at the first refusal.

    Raises
    ------
    StoreError
        If the address is not safe, nothing answers or the server refuses us.
    """
    _require_safe(uri)
    _import_lightly()
    # What it would write to the terminal we say ourselves, once, in the reader's language.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    from neo4j import GraphDatabase, NotificationMinimumSeverity

    with told():
        driver = GraphDatabase.driver(
            uri,
            auth=(user, password),
            max_connection_pool_size=_CONNECTIONS,
            connection_timeout=_TIMEOUT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            user_agent="graphkam",
        )
        try:
            driver.verify_connectivity()
        except BaseException:
            driver.close()
            raise
    return driver


def server_driver(store: StoreSettings) -> Driver:
    """Open a driver on the server that the settings name."""
    password = store.password.get_secret_value() if store.password else ""
    return open_driver(store.uri or "", store.user or "neo4j", password)


def _require_safe(uri: str) -> None:
    parts = urlsplit(uri)
    if parts.scheme not in {*_SAFE_SCHEMES, "bolt", "neo4j", "bolt+ssc", "neo4j+ssc"} or not parts.hostname:
        raise StoreRefused("store_bad_uri", uri=uri.partition("@")[2] or uri)
    if parts.scheme not in _SAFE_SCHEMES and parts.hostname not in _LOOPBACK:
        raise StoreRefused("store_unsafe_uri", host=parts.hostname)


def _import_lightly() -> None:
    """Import the driver without pandas and pyarrow, which it takes in if it can: half a second.

    The driver only wants them to pass data frames as parameters; we never do.
    """
    if "neo4j" in sys.modules:
        return
    kept_out = [name for name in ("pandas", "pyarrow") if name not in sys.modules]
    for name in kept_out:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        import neo4j  # noqa: F401
    finally:
        for name in kept_out:
            del sys.modules[name]


@contextmanager
def told() -> Iterator[None]:
    """Turn whatever the driver raises into an error of ours.

    Raises
    ------
    StoreError
        For every error of the driver.
    """
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise mapped(error) from error
    except OSError as error:
        raise StoreUnavailable("store_gone", why=str(error)) from error


def mapped(error: Exception) -> GraphkamError:
    """Give our error for one of the driver's."""
    from neo4j import exceptions as of

    why = (getattr(error, "message", None) or str(error)).splitlines()[0][:300]
    if "No space left" in str(error) or "Transaction error on commit" in str(error):
        return StoreError("store_full", why=why)
    for kinds, made, key in (
        ((of.AuthError,), StoreRefused, "store_refused"),
        ((of.ServiceUnavailable, of.SessionExpired, of.IncompleteCommit), StoreUnavailable, "store_gone"),
        ((of.ConstraintError,), WriteConflict, "store_conflict_key"),
        ((of.ConfigurationError, of.Forbidden), StoreRefused, "store_forbidden"),
        ((of.TransientError,), StoreUnavailable, "store_busy"),
    ):
        if isinstance(error, kinds):
            return made(key, why=why)
    return StoreError("store_failed", why=why)
