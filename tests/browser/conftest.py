"""A browser that asks nobody for anything, and tells what pages try to ask."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from docs.walks import browser as find
from tests.conftest import lacking

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HERE = ("file:", "data:", "blob:", "about:", "http://127.0.0.1", "ws://127.0.0.1", "http://localhost")


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    """Give a running Chromium; where there is none, skip, or fail if tests are required.

    For one module: while it runs, its event loop is in the way of tests that run their own.
    """
    program = find() or lacking("a browser (Chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # a machine that does other things too is no complaint
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


class Visit:
    """A browser window that writes down every request, complaint and error."""

    def __init__(self, context) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.refused: list[str] = []
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("requestfailed", self._note)
        self.page = context.new_page()
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, request) -> None:
        if request.failure in {"csp", "net::ERR_BLOCKED_BY_CSP"}:
            self.refused.append(request.url)

    @property
    def outside(self) -> list[str]:
        """Requests to elsewhere that the page's own policy did not stop."""
        return [url for url in self.requests if not url.startswith(HERE) and url not in self.refused]


@pytest.fixture
def visit(chromium) -> Iterator[Visit]:
    """Give a fresh window; when the test is over nothing may have asked the outside."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    made = Visit(context)
    yield made
    context.close()
    assert made.outside == []


@contextmanager
def played(folder: Path, *options: str) -> Iterator[str]:
    """Give the address of an app on accounts in disguise, in a process of its own."""
    log = folder / "app.log"
    command = [sys.executable, "-m", "tests.browser.played", str(folder / "home"), *options]
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, env=env, cwd=Path(__file__).parents[2]
        ) as app,
    ):
        until = time.monotonic() + 90
        while not (found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text())):
            assert app.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield found.group()
        app.terminate()
    assert "Traceback" not in log.read_text()
