"""What the database answers to a question in its own language."""

from __future__ import annotations

from typing import Any

from graphkam.model.base import Frozen


class Answer(Frozen):
    """The rows of a query."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """Values as JSON has them: nodes and relationships as objects, days and instants as text."""
    is_cut: bool = False
    """There are more rows than were asked for."""
