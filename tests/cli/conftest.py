"""Answers of the command line, as wide as a wide terminal; and commands as processes of their own."""

import os
import subprocess
import sys

import pytest


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")


@pytest.fixture
def command(tmp_path):
    """Give what starts a command in an empty data folder, its streams as for ``subprocess``."""

    def start(*args, redirection=None, env=None, **streams):
        wanted = [sys.executable, "-m", "graphkam", *args]
        if redirection is not None:
            wanted = ["sh", "-c", f'"$@" {redirection}', "sh", *wanted]
        return subprocess.run(
            wanted,
            check=False,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, "GRAPHKAM_HOME": str(tmp_path / "home"), "GRAPHKAM_LANG": "en", **(env or {})},
            **streams,
        )

    return start
