"""A table as the pages show it and as a file gives it away: columns, rows, and no Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from graphkam.text import Words

Kind = Literal["text", "sentence", "share", "number", "money", "flag", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``app.column.<name>`` is its heading, ``app.meaning.<name>`` its meaning, if it has one."""

    name: str
    kind: Kind = "text"
    is_narrow: bool = False
    heading: str | None = None
    """A heading that is no word of ours: a name."""

    def headed(self, words: Words, currency: str) -> str:
        """Give what stands above it."""
        if self.heading is not None:
            return self.heading
        return words.say(f"app.column.{self.name}", currency=currency)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with what is in them; unknown is None, never zero."""

    name: str
    """Name of the table on its page."""
    title: str
    """Key of its title."""
    columns: tuple[Column, ...]
    rows: Sequence[Mapping[str, Any]]
    """By name of column; a share is 0 to 1. What has no column is not shown: an id, to open the row."""
    currency: str = ""


def columns(*named: str | Column) -> tuple[Column, ...]:
    """Make columns, of text by default: ``"name"``, ``"share:c1"``, ``"number:weight"``."""
    return tuple(one if isinstance(one, Column) else _column(one) for one in named)


def _column(said: str) -> Column:
    kind, _, name = said.rpartition(":")
    match kind:
        case "" | "text":
            return Column(name)
        case "sentence" | "share" | "number" | "money" | "flag" | "day":
            return Column(name, kind)
    raise ValueError(said)
