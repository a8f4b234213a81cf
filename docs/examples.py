"""Run the examples of questions.md on the demo accounts and write down what they print.

``--check`` only compares. The database lives in a folder of its own and is stopped at the end.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "questions.md"
DEMO = ROOT / "fixtures" / "demo-en.xlsx"
EXAMPLE = re.compile(r"(?<=^```console\n)\$ graphkam (.*)\n(?:.*\n)*?(?=^```$)", re.MULTILINE)


def runner(home: str) -> Callable[..., str]:
    """Make what runs commands in a data folder of their own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHKAM_")}
    env |= {"GRAPHKAM_HOME": home, "GRAPHKAM_LANG": "en", "COLUMNS": "100", "PYTHONUTF8": "1"}

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "graphkam", *arguments]
        done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=True)
        return "\n".join(line.rstrip() for line in done.stdout.splitlines()).strip("\n")

    return run


def page_with_outputs(page: str) -> str:
    """Give the page with what its examples print today."""
    with tempfile.TemporaryDirectory(prefix="graphkam-docs-") as home:
        run = runner(home)
        try:
            run("import", str(DEMO), "--yes")
            return EXAMPLE.sub(lambda hit: f"$ graphkam {hit[1]}\n{run(*shlex.split(hit[1]))}\n", page)
        finally:
            run("store", "stop")


def main(arguments: list[str]) -> int:
    """Write the outputs, or tell which of them are no longer so."""
    found = PAGE.read_text(encoding="utf-8")
    wanted = page_with_outputs(found)
    if found == wanted:
        return 0
    if "--check" not in arguments:
        PAGE.write_text(wanted, encoding="utf-8")
        return 0
    changed = difflib.unified_diff(
        found.splitlines(), wanted.splitlines(), "written", "printed", lineterm="", n=0
    )
    print("\n".join(list(changed)[:40]))
    print("The examples of docs/questions.md print something else now. Look at it, then: make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
