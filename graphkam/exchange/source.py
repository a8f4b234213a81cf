"""A file as it stands: sheets of raw cells, before anything is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from graphkam.exchange.guard import SheetShape

Raw = str | float | bool | date | None
"""What a cell holds before it is understood."""


@dataclass
class Sheet:
    """One sheet as it stands in the file."""

    name: str
    rows: list[list[Raw]]
    """All rows from the first; shorter rows end with blanks."""
    shape: SheetShape = field(default_factory=lambda: SheetShape(""))


class Source(NamedTuple):
    """A file, read."""

    name: str
    sheets: tuple[Sheet, ...]
    properties: Mapping[str, str]
    sha256: str
    is_csv: bool = False
