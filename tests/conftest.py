"""What several tests share: real data, a database of their own, and what must not be skipped."""

from __future__ import annotations

import importlib.util
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest

from graphkam.settings import Settings, StoreSettings
from graphkam.store.accounts import Store
from graphkam.store.embedded import stop
from tests.neo4j import servers

# A machine under load is not a mistake. What decides whether a change goes in must not depend on luck:
# there the same cases are tried every time; everywhere else new ones are.
hypothesis.settings.register_profile(
    "graphkam",
    deadline=None,
    derandomize=os.environ.get("GRAPHKAM_REQUIRE") == "1",
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("graphkam")

DATA = Path(os.environ.get("GRAPHKAM_DATA") or Path(__file__).parents[2] / "shared" / "data")


def lacking(what: str) -> NoReturn:
    """Skip loudly for what the machine lacks; where everything is required, fail."""
    if os.environ.get("GRAPHKAM_REQUIRE") == "1":
        pytest.fail(f"required and missing: {what}")
    pytest.skip(f"NOT TESTED, the machine lacks {what}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what needs a database in one worker each module, so that few are started."""
    for item in items:
        if item.get_closest_marker("store"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.fixture(scope="session")
def needs_data() -> Callable[[str], Path]:
    """Give a function that gives a file of the real data."""

    def find(name: str) -> Path:
        path = DATA / name
        return path if path.exists() else lacking(f"the real data ({path})")

    return find


@pytest.fixture(scope="session")
def embedded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give the settings of a data folder whose database runs as long as the tests of one worker."""
    if importlib.util.find_spec("arcadedb_embedded") is None:
        lacking("the embedded database")
    settings = Settings(home=tmp_path_factory.mktemp("home"), store=StoreSettings(idle_minutes=5))
    yield settings
    stop(settings)


@pytest.fixture(scope="session")
def neo4j_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Servers]:
    """Give the Neo4j servers that all workers of a run share: one process, whichever asks first."""
    if what := servers.lacks():
        lacking(what)
    base, worker = tmp_path_factory.getbasetemp(), os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        made = servers.Servers(base / "neo4j", os.getpid())
    else:
        made = servers.Servers(base.parent / "neo4j", os.getppid(), f"{worker}-")
    yield made
    made.close()


@pytest.fixture(scope="session")
def neo4j(neo4j_servers: servers.Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Give the settings of a real Neo4j that runs as long as the tests of one worker, which has it alone."""
    with _running(neo4j_servers, "shared", tmp_path_factory.mktemp("neo4j-home")) as settings:
        yield settings


@pytest.fixture(scope="module")
def another_neo4j(
    neo4j_servers: servers.Servers, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Give the settings of a real Neo4j that one module has for itself, empty at first."""
    home = tmp_path_factory.mktemp("another-neo4j-home")
    with _running(neo4j_servers, home.name, home) as settings:
        yield settings


@contextmanager
def _running(neo4j_servers: servers.Servers, name: str, home: Path) -> Iterator[Settings]:
    password = secrets.token_urlsafe()
    uri = neo4j_servers.start(name, password=password)
    where = StoreSettings(uri=uri, user=servers.USER, password=password)
    yield Settings(home=home, store=where)
    neo4j_servers.stop(name)


@pytest.fixture(
    scope="session",
    params=[
        pytest.param("embedded_server", id="embedded", marks=pytest.mark.store),
        pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow]),
    ],
)
def server(request: pytest.FixtureRequest) -> Settings:
    """Give the settings of either server: what asks for it, or for a store, runs on both."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def store(server: Settings) -> Iterator[Store]:
    """Give an empty store."""
    with Store.open(server) as opened:
        opened.ask_nothing("erase/everything")
        opened.ask_nothing("erase/operations")
        opened.ask_nothing("erase/past")
        opened.ask_nothing("erase/all_map_places")
        yield opened
