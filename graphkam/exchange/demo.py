"""The demo accounts: invented ones, which an installed graphkam carries with it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def demo_file(language: str) -> Path:
    """Give the workbook of the demo accounts: inside an installed package, or beside it in a checkout."""
    package = Path(str(files("graphkam")))
    for candidate in (package / "demo", package.parent / "fixtures"):
        if (found := candidate / f"demo-{language}.xlsx").is_file():
            return found
    raise FileNotFoundError(f"demo-{language}.xlsx")
