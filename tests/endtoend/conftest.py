"""The command line as a user runs it: a process of its own, a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


class Graphkam:
    """Runs commands in one data folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {"GRAPHKAM_HOME": str(home), "GRAPHKAM_LANG": "en", "COLUMNS": "160"}

    def run(self, *args: str, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "graphkam", *map(str, args)],
            capture_output=True,
            text=True,
            timeout=240,
            stdin=subprocess.DEVNULL,
            check=False,
            env={
                **os.environ,
                "GRAPHKAM_HOME": str(self.home),
                "GRAPHKAM_LANG": "en",
                "COLUMNS": "160",
                **env,
            },
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert done.returncode == code, f"{args}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def ask(self, *args: str) -> dict:
        return json.loads(self.run(*args, "--json").stdout)


@pytest.fixture(scope="module")
def graphkam(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Graphkam]:
    runner = Graphkam(tmp_path_factory.mktemp("home"))
    yield runner
    runner.run("store", "stop")
