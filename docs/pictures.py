"""Take the pictures of the app that the documents show, from the app itself on the demo accounts.

Needs Chromium and a minute: ``python docs/pictures.py``. A name of a folder puts them elsewhere.
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

from playwright.sync_api import Page, ViewportSize, sync_playwright

FOLDER = Path(__file__).parent
DEMO = FOLDER.parent / "fixtures" / "demo-en.xlsx"
DAY = "2026-11-23"
ACCOUNT = "Groupe Aubrévoie"
SIZE = ViewportSize(width=1280, height=800)
SCALE = 0.65
"""What is drawn on 1280 x 800 points becomes 832 x 520: small files that a page of text can hold."""
LARGEST = 150_000


@contextmanager
def app() -> Iterator[str]:
    """Run the app on the demo accounts, in a data folder of its own."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "GRAPHKAM_HOME": home, "GRAPHKAM_LANG": "en"}
        command = [sys.executable, "-m", "graphkam"]
        imported = [*command, "import", str(DEMO), "--yes"]
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
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "pictures"
    folder.mkdir(exist_ok=True)
    with app() as url, sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE)
        for name in ("account", "map", "dependency"):
            show(page, url, name)
            file = folder / f"{name}.png"
            file.write_bytes(page.screenshot())
            print(file.name, file.stat().st_size)
            assert file.stat().st_size < LARGEST, name  # noqa: S101
        browser.close()


def show(page: Page, url: str, name: str) -> None:
    """Open a page on the demo's largest account."""
    page.goto(f"{url}/{name}?as_of={DAY}&lang=en")
    page.get_by_role("heading", name=ACCOUNT).wait_for(timeout=60_000)
    page.get_by_text("Local, not shared").first.wait_for()
    if name == "map":
        page.locator('.gk[data-ready="1"]').wait_for()
    if name == "dependency":
        page.get_by_role("button", name="Suppose").click()
        page.get_by_test_id("stMetricDelta").first.wait_for()
        page.get_by_role("heading", name="What if they leave?").scroll_into_view_if_needed()
    page.mouse.move(5, 795)
    page.wait_for_timeout(1_500)


if __name__ == "__main__":
    main()
