"""How long the pages and the map take in the app, measured in the browser: the median of some visits.

A made-up account of 400 positions, on a warm server and in a warm browser. Wanted: the first map in 1.5 s
from another page of the app, a click answered by its card in 1 s, every other page whole in 0.5 s (in 1 s
where there are 2,000 positions or more). Beside it stands what the server and the browser worked for it, in
seconds of one processor: on a machine that has others to serve the clock tells more of them. Ends with 1
where it is not met by the clock. Needs Chromium; ``python benchmarks/app.py 2000`` takes another size.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import psutil
from accounts import DAY, account
from playwright.sync_api import Locator, Page, sync_playwright

from graphkam.model.changes import ChangeSet
from graphkam.settings import Settings
from graphkam.workspace import Workspace

POSITIONS, MEMBERS, TIES = 400, 12, 900
RUNS = 5
WANTED = {"map": 1.5, "card": 1.0}
PAGE, PAGE_OF_MANY, MANY = 0.5, 1.0, 2_000
"""Seconds wanted of a page; of many positions; and from how many on."""
LOOKED = 1_000
"""Milliseconds that a reader looks at a page before going on to the next."""
WHOLE = """name => document.title.startsWith(`${name} – `)
    && document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
"""
"""Whether a page is there to its last line."""
NAMES = ("chromium", "chromium-browser", "google-chrome")
READY = '.gk[data-ready="1"]'


@contextmanager
def app(home: str, positions: int) -> Iterator[tuple[str, psutil.Process]]:
    """Fill a data folder with an account of a size, and run the app on it."""
    scale = positions / POSITIONS
    records = account(positions, MEMBERS, round(TIES * scale))
    with Workspace.open(Settings(home=Path(home))) as workspace:
        workspace.apply(ChangeSet(puts=tuple(records)), what="benchmark")
    with served(home) as found:
        yield found


@contextmanager
def served(home: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run the app on a data folder; give its address and its process."""
    env = {**os.environ, "GRAPHKAM_HOME": home, "GRAPHKAM_LANG": "en"}
    command = [sys.executable, "-m", "graphkam", "app", "--no-browser"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        try:
            yield re.findall(r"http://\S+", line)[0], psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
    # The database writes to the folder until it has ended.
    subprocess.run(
        [sys.executable, "-m", "graphkam", "store", "stop"], env=env, capture_output=True, check=True
    )


class Taken(NamedTuple):
    """Seconds by the clock, and of work of the server and the browser."""

    clock: float
    server: float
    browser: float


def worked(process: psutil.Process) -> float:
    """Give the processor time of a process and of all that it started."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        with suppress(psutil.Error):
            times = one.cpu_times()
            total += times.user + times.system
    return total


class Watch:
    """Takes the time, of the server and of this process's browser."""

    def __init__(self, server: psutil.Process) -> None:
        self._server, self._browser = server, psutil.Process()

    def __call__(self, do: Callable[[], object]) -> Taken:
        """Do something, and tell what it took."""
        before = worked(self._server), worked(self._browser) - worked(self._server)
        start = time.perf_counter()
        do()
        clock = time.perf_counter() - start
        after = worked(self._server), worked(self._browser) - worked(self._server)
        return Taken(clock, after[0] - before[0], after[1] - before[1])


def go(page: Page, name: str) -> None:
    page.get_by_test_id("stPageLink-NavLink").filter(has_text=name).first.click()


def visits(page: Page, url: str, watch: Watch) -> dict[str, list[Taken]]:
    """Go back and forth between two pages; choose somebody on each visit to the map."""
    taken: dict[str, list[Taken]] = {"opened": [], "map": [], "card": []}
    for run in range(RUNS + 1):
        taken["opened"].append(watch(lambda: opened(page, url)))
        go(page, "Account")
        page.get_by_text("Covered by two or more").first.wait_for(timeout=120_000)
        taken["map"].append(watch(lambda: (go(page, "Map"), page.locator(READY).wait_for(timeout=120_000))))
        somebody = page.get_by_test_id(f"node-p:A-p{run + 1}")
        taken["card"].append(watch(lambda one=somebody: chosen(page, one)))
    return taken


def walked(page: Page, watch: Watch) -> dict[str, list[Taken]]:
    """Go from page to page, all of them, some times, and look at each for a moment."""
    taken: dict[str, list[Taken]] = {}
    for _ in range(RUNS + 1):
        for name in page_names(page):
            page.wait_for_timeout(LOOKED)
            taken.setdefault(name, []).append(watch(lambda name=name: whole(page, name)))
    return taken


def page_names(page: Page) -> list[str]:
    links = page.locator(".st-key-navigation").get_by_test_id("stPageLink-NavLink")
    return [told.splitlines()[-1] for told in links.all_inner_texts()]  # before it stands its icon


def whole(page: Page, name: str) -> None:
    go(page, name)
    page.wait_for_function(WHOLE, arg=name, timeout=120_000)


def chosen(page: Page, somebody: Locator) -> None:
    somebody.dispatch_event("click")
    page.locator(".st-key-card").wait_for()


def opened(page: Page, url: str) -> None:
    page.goto(f"{url}/map?as_of={DAY}")
    page.locator(READY).wait_for(timeout=120_000)


def main() -> int:
    """Measure and print."""
    positions = int(sys.argv[1]) if len(sys.argv) > 1 else POSITIONS
    program = next(filter(None, map(shutil.which, NAMES)), None)
    missed = False
    with (
        tempfile.TemporaryDirectory() as home,
        app(home, positions) as (url, server),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        watch = Watch(server)
        of_pages = PAGE if positions < MANY else PAGE_OF_MANY
        for name, (cold, *warm) in {**visits(page, url, watch), **walked(page, watch)}.items():
            clock, ours, its = (statistics.median(part) for part in zip(*warm, strict=True))
            wanted = None if name == "opened" else WANTED.get(name.lower(), of_pages)
            missed |= wanted is not None and clock > wanted
            told = f"; wanted {wanted} s" if wanted else ""
            work = f"server {ours:.2f} s, browser {its:.2f} s of work; {cold.clock:.2f} s the first time"
            print(f"{positions} positions, {name}: {clock:.2f} s{told} ({work})")
        browser.close()
        time.sleep(1)
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
