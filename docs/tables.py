"""Tables of the generated pages."""

from __future__ import annotations

from collections.abc import Iterable


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Write a table."""
    lines = [list(head), ["---"] * len(list(head)), *([cell(c) for c in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(value: object) -> str:
    """Write one cell."""
    return str(value).replace("|", "\\|").replace("\n", " ")


def code(value: object) -> str:
    """Write something as it is typed; nothing stays nothing."""
    return f"`{value}`" if value not in (None, "") else ""
