"""The Neo4j of the tests is a real one, and ends with them."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from graphkam.errors import StoreUnavailable
from graphkam.store.bolt import open_driver
from tests.neo4j import servers

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def ask(settings, query):
    password = settings.store.password.get_secret_value()
    with open_driver(settings.store.uri, settings.store.user, password) as driver:
        return driver.execute_query(query, database_="neo4j").records[0].values()


def test_it_is_a_real_one_of_the_version_asked_for(neo4j):
    name, versions, edition = ask(neo4j, "CALL dbms.components() YIELD name, versions, edition")
    asked = (servers.HERE / "pom.xml").read_text("utf-8").partition("<neo4j.version>")[2].partition("<")[0]
    assert (name, versions, edition) == ("Neo4j Kernel", [asked], "community")
    assert asked.startswith("5.26.")


def test_a_second_server_has_nothing_of_the_first_and_goes_alone(neo4j, neo4j_servers):
    ask(neo4j, "CREATE (n:Mine) RETURN n.name")
    uri = neo4j_servers.start("second", password=None)
    with open_driver(uri, "anybody", "") as driver:
        assert driver.execute_query("MATCH (n:Mine) RETURN count(n)").records[0].value() == 0
    neo4j_servers.stop("second")
    with pytest.raises(StoreUnavailable):
        open_driver(uri, "anybody", "")
    assert ask(neo4j, "MATCH (n:Mine) DELETE n RETURN count(n)") == [1]


def test_it_ends_with_its_owner_whatever_happens_to_him(tmp_path, neo4j_servers):
    owner = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    mine = servers.Servers(tmp_path / "servers", owner.pid)
    mine.start("only", password=None)
    running = mine.process()
    owner.kill()
    owner.communicate()
    deadline = time.monotonic() + 60
    while mine.process() is not None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not running.is_running() or running.status() == "zombie"
