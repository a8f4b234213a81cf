"""The command line as a user runs it: a process of its own, a data folder of its own, either server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from graphkam.settings import Settings

DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"
DAY = ("--as-of", "2026-11-23")
"""The day that the demo accounts are made for."""


class Graphkam:
    """Runs commands in one data folder, or on the server that its environment names."""

    def __init__(self, home: Path, **env: str) -> None:
        self.home = home
        self.env = {"GRAPHKAM_HOME": str(home), "GRAPHKAM_LANG": "en", "COLUMNS": "160", **env}

    def run(self, *args: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "graphkam", *map(str, args)],
            capture_output=True,
            text=True,
            timeout=240,
            stdin=subprocess.DEVNULL,
            check=False,
            env={**os.environ, **self.env, **env},
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert done.returncode == code, f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def ask(self, *args: str) -> dict:
        return json.loads(self.run(*args, "--json").stdout)

    def answers(self, account: str, day: str) -> dict[str, Any]:
        """Ask every question about an account, and all accounts at once; times of writing do not count."""
        asked = [(name, account, "--as-of", day) for name in questions()]
        asked += [("audit", "--as-of", day), ("accounts",)]
        return {" ".join(words): timeless(self.ask_at_once(*words, "--json")) for words in asked}

    def ask_at_once(self, *words: str) -> Any:
        """Ask without a process of its own, which is most of the time that an answer takes."""
        from graphkam.cli.app import app

        done = CliRunner().invoke(app, words, env=self.env, catch_exceptions=False)
        return json.loads(done.stdout)


def timeless(answer: Any) -> Any:
    """Give an answer without the times of writing in it."""
    if isinstance(answer, dict):
        return {key: timeless(value) for key, value in answer.items() if key != "updated_at"}
    return [timeless(value) for value in answer] if isinstance(answer, list) else answer


def questions() -> tuple[str, ...]:
    """Give the commands that answer about an account on a day."""
    from graphkam.cli.app import app

    def is_one(command: Any) -> bool:
        options = {option for parameter in command.params for option in parameter.opts}
        return {"account", "--as-of", "--json"} <= options

    found: Any = get_command(app)
    return tuple(name for name, command in found.commands.items() if is_one(command))


@pytest.fixture(scope="module")
def graphkam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graphkam]:
    runner = Graphkam(tmp_path_factory.mktemp("home"))
    yield runner
    runner.run("store", "stop")


@pytest.fixture(scope="module")
def demo(graphkam: Graphkam) -> Graphkam:
    """Give a data folder with the demo accounts in it."""
    graphkam.run("import", str(DEMO), "--yes")
    return graphkam


@pytest.fixture(scope="module")
def graphkam_on_neo4j(another_neo4j: Settings) -> Graphkam:
    where = another_neo4j.store
    runner = Graphkam(
        another_neo4j.home,
        GRAPHKAM_URI=where.uri,
        GRAPHKAM_USER=where.user,
        GRAPHKAM_PASSWORD=where.password.get_secret_value(),
    )
    assert runner.ask("store", "status")["server"].startswith("Neo4j/5.26.")
    return runner
