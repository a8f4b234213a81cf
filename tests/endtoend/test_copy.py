"""To a Neo4j and away from it again, as a user types it."""

from __future__ import annotations

import json

import pytest

from graphkam.folder import FILE_NAME
from tests.endtoend.conftest import DEMO, Graphkam

pytestmark = [pytest.mark.store, pytest.mark.neo4j, pytest.mark.slow]

DAY = "2026-11-23"
ACCOUNT = "Groupe Aubrévoie"


@pytest.fixture(scope="module")
def moved(graphkam, graphkam_on_neo4j):
    """Import into a data folder whose settings name a server, and copy to that."""
    where = graphkam_on_neo4j.env
    said = {name: where[f"GRAPHKAM_{name.upper()}"] for name in ("uri", "user", "password")}
    lines = ["[servers.team]", *(f"{name} = {json.dumps(value)}" for name, value in said.items())]
    (graphkam.home / FILE_NAME).write_text("\n".join(lines), encoding="utf-8")
    graphkam.run("import", DEMO, "--yes", "--as-of", DAY)
    return graphkam.run("store", "copy", "team")


def test_the_server_answers_as_the_folder_did(moved, graphkam, graphkam_on_neo4j):
    assert "Copied to team (Neo4j/5.26." in moved.stdout
    assert "Accounts: 3," in moved.stdout
    assert graphkam_on_neo4j.answers(ACCOUNT, DAY) == graphkam.answers(ACCOUNT, DAY)
    assert graphkam_on_neo4j.env["GRAPHKAM_PASSWORD"] not in moved.stdout + moved.stderr


def test_a_second_time_it_is_refused_or_replaces_with_a_backup(moved, graphkam):
    refused = graphkam.run("store", "copy", "team", code=2)
    [sentence] = refused.stderr.splitlines()
    assert "--replace" in sentence
    done = graphkam.run("store", "copy", "team", "--replace")
    assert len(list((graphkam.home / "backups").glob("before-copy-*.backup"))) == 1
    assert "before-copy-" in done.stdout


def test_it_comes_back_into_a_folder_that_there_was_not(moved, graphkam_on_neo4j, tmp_path):
    folder = tmp_path / "new" / "home"
    found = graphkam_on_neo4j.ask("store", "copy", str(folder))
    assert sum(counted["records"] for counted in found["accounts"].values()) == 872
    back = Graphkam(folder)
    try:
        assert back.answers(ACCOUNT, DAY) == graphkam_on_neo4j.answers(ACCOUNT, DAY)
        assert back.ask("log")["operations"][0]["what"] == "copy"
    finally:
        back.run("store", "stop")


def test_an_address_takes_its_secrets_from_the_environment_only(moved, graphkam, graphkam_on_neo4j):
    where = graphkam_on_neo4j.env
    refused = graphkam.run("store", "copy", where["GRAPHKAM_URI"].replace("//", "//neo4j:hunter2@"), code=2)
    assert "hunter2" not in refused.stdout + refused.stderr
    nobody = dict.fromkeys(("GRAPHKAM_TARGET_USER", "GRAPHKAM_TARGET_PASSWORD"), "")
    refused = graphkam.run("store", "copy", where["GRAPHKAM_URI"], code=1, **nobody)
    [sentence] = refused.stderr.splitlines()
    assert sentence.startswith("The target refuses the user or the password (")
    secrets = {f"GRAPHKAM_TARGET_{name}": where[f"GRAPHKAM_{name}"] for name in ("USER", "PASSWORD")}
    graphkam.run("store", "copy", where["GRAPHKAM_URI"], "--replace", **secrets)
