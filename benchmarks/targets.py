"""The two servers, as what can be killed and comes back with what it had."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from tests.neo4j import servers


class Target(Protocol):
    """A server under test."""

    name: str
    settings: Settings

    def process(self) -> psutil.Process:
        """Give the process to kill."""
        ...

    def revive(self) -> None:
        """Have it run again."""
        ...

    def stop(self) -> None:
        """Leave nothing running."""
        ...


class Embedded:
    """The embedded database: it starts again by itself with the next client."""

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(home=folder / "home")

    def process(self) -> psutil.Process:
        """Give the process of the database."""
        Store.open(self.settings).close()
        found = embedded.running(self.settings)
        alive = found.process() if found else None
        if alive is None:
            raise SystemExit("the database does not run")
        return alive

    def revive(self) -> None:
        """Do nothing: whoever opens the store starts it, and checks its files after a kill."""

    def stop(self) -> None:
        """Stop it."""
        embedded.stop(self.settings)


class Neo4j:
    """A real Neo4j, as the tests have it (``make neo4j``)."""

    name = "neo4j"

    def __init__(self, folder: Path) -> None:
        if lacking := servers.lacks():
            raise SystemExit(lacking)
        self._servers = servers.Servers(folder / "neo4j", os.getpid())
        self._home = folder / "neo4j-home"
        self.settings = self._started()

    def _started(self) -> Settings:
        password = secrets.token_urlsafe()  # another each time: it will not set the one it has
        uri = self._servers.start("one", password=password)
        store = StoreSettings(uri=uri, user=servers.USER, password=password)
        return Settings(home=self._home, store=store)

    def process(self) -> psutil.Process:
        """Give the process of the server."""
        alive = self._servers.process()
        if alive is None:
            raise SystemExit("the server does not run")
        return alive

    def revive(self) -> None:
        """Start it again, on a port that may be another."""
        if self._servers.process() is None:
            self.settings = self._started()

    def stop(self) -> None:
        """Stop it."""
        self._servers.stop("one")


TARGETS: Mapping[str, Callable[[Path], Target]] = {"embedded": Embedded, "neo4j": Neo4j}
