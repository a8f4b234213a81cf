"""The statements of ``cypher/``, by the name of their file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def statement(name: str) -> str:
    """Give the text of a statement.

    Parameters
    ----------
    name
        Folder and file without its ending: ``read/accounts``.
    """
    return root().joinpath(f"{name}.cypher").read_text(encoding="utf-8")


@cache
def root() -> Path:
    """Give the folder of statements: inside an installed package, or beside it in a checkout."""
    package = Path(str(files("graphkam")))
    for candidate in (package / "cypher", package.parent / "cypher"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("cypher")
