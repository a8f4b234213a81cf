"""Take the pictures of the app that the documents show, from the app itself on the demo accounts.

Needs Chromium and some minutes: ``python docs/pictures.py``. A name of a folder puts them elsewhere.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from walks import Walk, browser, walk_all

from graphkam.text import LANGUAGES, Words

FOLDER = Path(__file__).parent
DEMO = FOLDER.parent / "fixtures" / "demo-en.xlsx"
DAY = "2026-11-23"
ACCOUNT = "Groupe Aubrévoie"
SIZE = ViewportSize(width=1280, height=800)
SCALE = 0.65
"""What is drawn on 1280 x 800 points becomes 832 x 520: small files that a page of text can hold."""
GUIDE_SIZE = ViewportSize(width=1366, height=768)
LARGEST = 175_000


@contextmanager
def app(language: str, demo: Path | None = None) -> Iterator[str]:
    """Run the app in a data folder of its own, with a workbook in it or with nothing."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "GRAPHKAM_HOME": home, "GRAPHKAM_LANG": language}
        command = [sys.executable, "-u", "-m", "graphkam"]
        if demo is not None:
            imported = [*command, "import", str(demo), "--yes"]
            subprocess.run(imported, env=env, check=True, stdout=subprocess.DEVNULL)
        started = [*command, "app", "--no-browser"]
        with subprocess.Popen(started, env=env, stdout=subprocess.PIPE, text=True) as process:
            said = process.stdout
            assert said is not None  # noqa: S101 - it is a pipe
            found = re.search(r"http://\S+", said.readline())
            assert found is not None  # noqa: S101
            try:
                yield found.group()
            finally:
                process.send_signal(signal.SIGINT)
        time.sleep(5)  # the database ends by itself


def main() -> None:
    """Take them all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    program = browser()
    if program is None:
        sys.exit("No Chromium on this machine.")
    with sync_playwright() as play:
        window = play.chromium.launch(executable_path=program, args=["--no-sandbox"])
        with app("en", DEMO) as url:
            page = window.new_page(viewport=SIZE, device_scale_factor=SCALE)
            for name in ("account", "map", "dependency"):
                show(page, url, name)
                take(page, folder / "pictures" / f"{name}.png")
        for language in LANGUAGES:
            with app(language) as url:
                guide(window, url, language, folder / "guide" / language)
        window.close()


def take(page: Page, file: Path) -> None:
    """Take a picture, which must be small."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(3_000)  # until what comes last, such as the signs on buttons, is there
    file.write_bytes(page.screenshot())
    print(file.relative_to(file.parents[1]), file.stat().st_size)
    assert file.stat().st_size < LARGEST, file  # noqa: S101


def guide(window: Browser, url: str, language: str, folder: Path) -> None:
    """Walk the tasks of the guide, and take its pictures on the way."""
    pages = [window.new_context(viewport=GUIDE_SIZE, device_scale_factor=SCALE).new_page() for _ in range(2)]
    words = Words(language)
    at = Walk(pages[0], url, words, lambda name: take(pages[0], folder / f"{name}.png"))
    walk_all(at, Walk(pages[1], url, words, lambda _: None))


def show(page: Page, url: str, name: str) -> None:
    """Open a page on the demo's largest account."""
    page.goto(f"{url}/{name}?as_of={DAY}&lang=en")
    page.get_by_role("heading", name=ACCOUNT).wait_for(timeout=60_000)
    page.get_by_text("Local, not shared").first.wait_for()
    if name == "map":
        page.locator('.gk[data-ready="1"]').wait_for()
    if name == "dependency":
        page.get_by_role("button", name="Suppose").click()
        page.get_by_text("After", exact=True).wait_for()
        page.locator('.gk[data-ready="1"]').wait_for()
    page.mouse.move(5, 795)
    page.wait_for_timeout(1_500)


if __name__ == "__main__":
    main()
