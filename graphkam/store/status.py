"""What there is to know of a store."""

from __future__ import annotations

from typing import Any

from graphkam.model.base import Frozen
from graphkam.settings import Settings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.arcade import check
from graphkam.store.folder import Folder


class Status(Frozen):
    """The state of a store; null where it does not apply or is not known."""

    is_embedded: bool
    is_running: bool
    server: str | None = None
    """What the server calls itself: its kind and version."""
    uri: str | None = None
    home: str | None = None
    pid: int | None = None
    port: int | None = None
    clients: int | None = None
    idle_seconds: float | None = None
    schema_version: int | None = None
    revision: int | None = None
    accounts: int | None = None
    records: int | None = None
    is_checked: bool = False
    """The files were checked and are sound."""


def status(settings: Settings, *, check_files: bool = False) -> Status:
    """Say where the store is, whether it runs and what is in it; starts nothing by itself.

    Parameters
    ----------
    settings
        Where it is.
    check_files
        Start the embedded database if need be, and have it check its files.

    Raises
    ------
    StoreError
        If a server cannot be reached, or the check finds damage.
    """
    if settings.store.uri is not None:
        with Store.open(settings) as store:
            return Status(is_embedded=False, is_running=True, uri=settings.store.uri, **_contents(store))
    found = embedded.running(settings)
    if found is None and not check_files:
        return Status(is_embedded=True, is_running=False, home=str(settings.home))
    with Store.open(settings) as store:
        contents = _contents(store)
        found = embedded.running(settings)
        if check_files and found is not None:
            check(found)
    folder = Folder(settings.home)
    return Status(
        is_embedded=True,
        is_running=found is not None,
        home=str(settings.home),
        uri=found.uri if found else None,
        pid=found.pid if found else None,
        port=found.bolt if found else None,
        clients=folder.clients(),
        idle_seconds=folder.idle_seconds(),
        is_checked=check_files,
        **contents,
    )


def _contents(store: Store) -> dict[str, Any]:
    counts = store.fingerprint()
    return {
        "server": store.server(),
        "schema_version": store.schema_version(),
        "revision": store.revision(),
        "accounts": sum(1 for account in counts if account),
        "records": sum(count for count, _ in counts.values()),
    }
