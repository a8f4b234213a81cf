"""The driver: opened, its errors told in our words."""

from __future__ import annotations

import logging
import ssl
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from graphkam.errors import GraphkamError, StoreError, StoreRefused, StoreUnavailable, WriteConflict
from graphkam.model.base import clean_name

if TYPE_CHECKING:
    from neo4j import Driver

    from graphkam.settings import StoreSettings

_SAFE_SCHEMES = {"neo4j+s", "bolt+s"}
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_CONNECTIONS = 20
_TIMEOUT_SECONDS = 15.0
_RETRY_SECONDS = 8.0


def open_driver(uri: str, user: str, password: str, certificates: Path | None = None) -> Driver:
    """Open a driver and prove that the server lets us in; stops at the first refusal.

    Parameters
    ----------
    uri, user, password
        Where, and as whom.
    certificates
        File of the certificates to trust; those that this machine trusts by default.

    Raises
    ------
    StoreError
        If the address is not safe, nothing answers, or either side refuses the other.
    """
    _require_safe(uri)
    _import_lightly()
    # What it would write to the terminal we say ourselves, once, in the reader's language.
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)
    from neo4j import GraphDatabase, NotificationMinimumSeverity

    address, trust = (uri, {}) if certificates is None else _trusting(uri, certificates)
    with told():
        driver = GraphDatabase.driver(
            address,
            **trust,
            auth=(user, password),
            max_connection_pool_size=_CONNECTIONS,
            connection_timeout=_TIMEOUT_SECONDS,
            max_transaction_retry_time=_RETRY_SECONDS,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            user_agent="graphkam",
        )
        try:
            driver.verify_connectivity()
        except BaseException as error:
            driver.close()
            _tell_distrust(error)
            raise
    return driver


def _trusting(uri: str, certificates: Path) -> tuple[str, dict[str, Any]]:
    """Give the address and the options by which only certificates of a file are trusted.

    Raises
    ------
    StoreRefused
        If the file holds none.
    """
    from neo4j import TrustCustomCAs

    scheme, _, rest = uri.partition("://")
    if not scheme.endswith("+s"):
        return uri, {}
    try:
        ssl.create_default_context(cafile=certificates)
    except OSError as error:
        raise StoreRefused("store_no_certificates", file=str(certificates)) from error
    trust = {"encrypted": True, "trusted_certificates": TrustCustomCAs(str(certificates))}
    return f"{scheme.removesuffix('+s')}://{rest}", trust


def _tell_distrust(error: BaseException) -> None:
    """Tell why there is no encrypted connection; the driver says that nothing answers.

    Raises
    ------
    StoreRefused
        If the server's certificate is not trusted, or the server does not encrypt.
    """
    for beneath in _causes(error):
        if isinstance(beneath, ssl.SSLCertVerificationError):
            raise StoreRefused("store_untrusted", why=beneath.verify_message) from error
        if isinstance(beneath, ssl.SSLError):
            raise StoreRefused("store_no_encryption") from error


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Give an error and all that led to it."""
    yield error
    for beneath in (error.__cause__, *getattr(error, "exceptions", ())):
        if beneath is not None:
            yield from _causes(beneath)


def server_driver(store: StoreSettings) -> Driver:
    """Open a driver on the server that the settings name."""
    password = store.password.get_secret_value() if store.password else ""
    return open_driver(store.uri or "", store.user or "neo4j", password, store.certificates)


def _require_safe(uri: str) -> None:
    bad = StoreRefused("store_bad_uri", uri=uri.rpartition("@")[2])
    try:
        parts = urlsplit(uri)
        is_one = parts.port != 0 and bool(parts.hostname)
    except ValueError as error:
        raise bad from error
    if parts.scheme not in {*_SAFE_SCHEMES, "bolt", "neo4j", "bolt+ssc", "neo4j+ssc"} or not is_one:
        raise bad
    if parts.scheme not in _SAFE_SCHEMES and parts.hostname not in _LOOPBACK:
        how = "store_unproved_uri" if parts.scheme.endswith("+ssc") else "store_unsafe_uri"
        raise StoreRefused(how, host=parts.hostname)


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
    code = str(getattr(error, "code", None) or "")
    why = clean_name(str(getattr(error, "message", None) or error))[:300] or type(error).__name__
    if "No space left" in why:
        return StoreError("store_full")
    if code == "Neo.ClientError.Transaction.TransactionNotFound":
        # What ArcadeDB says whenever it cannot commit: the disk is full, or anything else.
        return StoreError("store_not_committed", why=why)
    if code.startswith("Neo.ClientError.Security.") and code != "Neo.ClientError.Security.Forbidden":
        return StoreRefused("store_refused", why=why)
    for kinds, made, key in _our_errors():
        if isinstance(error, kinds):
            return made(key, why=why)
    return StoreError("store_failed", why=why)


def _our_errors() -> Sequence[tuple[type[Exception] | tuple[type[Exception], ...], type[StoreError], str]]:
    """Give which of our errors stands for which of the driver's, special ones first."""
    from neo4j import exceptions as of

    return (
        (of.AuthError, StoreRefused, "store_refused"),
        ((of.ServiceUnavailable, of.SessionExpired, of.DatabaseUnavailable), StoreUnavailable, "store_gone"),
        (of.ConstraintError, WriteConflict, "store_conflict_key"),
        (of.UnsupportedServerProduct, StoreRefused, "store_product"),
        (of.ConfigurationError, StoreRefused, "store_settings"),
        ((of.Forbidden, of.ForbiddenOnReadOnlyDatabase), StoreRefused, "store_forbidden"),
        ((of.TransientError, of.ConnectionPoolError), StoreUnavailable, "store_busy"),
    )
