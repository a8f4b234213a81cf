"""The statements of ``cypher/``, by the name of their file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


@cache
def statement(name: str) -> str:
    """Give the text of a statement.

    Parameters
    ----------
    name
        Folder and file without its ending: ``read/accounts``.
    """
    return root().joinpath(f"{name}.cypher").read_text(encoding="utf-8")


def answer(tx: ManagedTransaction, name: str, parameters: Mapping[str, Any]) -> list[Any]:
    """Give the rows of a reading statement; of one column, its values."""
    result = tx.run(statement(name), dict(parameters))
    return result.value() if len(result.keys()) == 1 else result.values()


@cache
def root() -> Path:
    """Give the folder of statements: inside an installed package, or beside it in a checkout."""
    package = Path(str(files("graphkam")))
    for candidate in (package / "cypher", package.parent / "cypher"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("cypher")
