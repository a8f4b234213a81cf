"""How long the main job takes on small and large accounts, as a user waits for it.

An account of 400 stakeholders: its audit from a running database, by the clock and beyond its imports
(what ``import`` statements cost is the time of a program with nothing else). An account of 5,000
stakeholders and 20,000 ties: import of its workbook, and the same of its audit, for which the database
gives some 30,000 records a second; by the clock without a wish. Ends with 1 where a wish is missed.

Usage: ``python benchmarks/commands.py``.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from accounts import DAY, account

from graphkam.exchange.export import save_workbook

RUNS = 5
AUDIT = ("audit", "A", "--as-of", DAY.isoformat(), "--json")
LOADED = (
    # The collector as a command has it, from beginning to end.
    "import gc; from graphkam.cli import GC_THRESHOLDS; gc.set_threshold(*GC_THRESHOLDS);"
    "import graphkam.cli.app, graphkam.workspace, graphkam.store.bolt as bolt; bolt._import_lightly();"
    "import graphkam.cli.options, graphkam.cli.questions.audit;"
    "import graphkam.review.audit, graphkam.graph.build;"
    "gc.freeze()"
)


class Home:
    """A data folder of its own, and commands on it."""

    def __init__(self, folder: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHKAM_")}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's Python keeps what it compiled
        self._env = {**kept, "GRAPHKAM_HOME": str(folder / "home"), "GRAPHKAM_LANG": "en"}
        self._folder = folder

    def run(self, *arguments: str) -> float:
        """Run a command; give how long it took, in seconds."""
        return self.timed(sys.executable, "-m", "graphkam", *arguments)

    def timed(self, *command: str) -> float:
        """Run a program; give how long it took, in seconds."""
        began = time.perf_counter()
        done = subprocess.run(command, env=self._env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        return time.perf_counter() - began

    def imported(self, positions: int, members: int, ties: int) -> float:
        """Import an account through a workbook; give how long it took, in seconds."""
        book = self._folder / f"{positions}.xlsx"
        save_workbook(account(positions, members, ties), book, language="en", revision=0)
        return self.run("import", str(book), "--yes")


def measured(positions: int, members: int, ties: int) -> tuple[float, float, float]:
    """Give the seconds of an import, of an audit, and of an audit beyond its imports."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        try:
            taken = home.imported(positions, members, ties)
            home.run(*AUDIT)
            # In turn: a machine that slows down slows both.
            runs = [(home.run(*AUDIT), home.timed(sys.executable, "-c", LOADED)) for _ in range(RUNS)]
        finally:
            home.run("store", "stop")
    audit, loaded = map(statistics.median, zip(*runs, strict=True))
    return taken, audit, audit - loaded


def main() -> int:
    """Measure and print."""
    rows: list[tuple[str, float, float | None]] = []
    small = measured(400, 12, 900)
    rows += [("400 stakeholders: audit beyond its imports", small[2], 0.5)]
    rows += [("400 stakeholders: audit by the clock", small[1], 2.5)]
    large = measured(5_000, 60, 20_000)
    rows += [("5,000 stakeholders, 20,000 ties: import", large[0], 30.0)]
    rows += [("5,000 stakeholders, 20,000 ties: audit beyond its imports", large[2], 2.0)]
    rows += [("5,000 stakeholders, 20,000 ties: audit by the clock", large[1], None)]
    for name, seconds, wanted in rows:
        print(f"{name:58} {seconds:6.2f} s" + (f"; wanted under {wanted} s" if wanted else ""))
    return int(any(wanted and seconds > wanted for _, seconds, wanted in rows))


if __name__ == "__main__":
    sys.exit(main())
