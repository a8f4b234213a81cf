"""What a command is before it is wanted: a row of a table, which has a name and help and loads nothing.

To list commands, or to find one by name, takes no more. Its module, the options that it shares with others
(:mod:`graphkam.cli.options`) and the libraries behind both are loaded when its parameters are looked at.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any, NamedTuple

from typer.core import TyperCommand, TyperGroup

from graphkam.cli.command import FOR_ALL, told


class Row(NamedTuple):
    """A command: what is typed, what runs, what it shares."""

    name: str
    function: str
    """``module.function``, within ``graphkam.cli``."""
    shared: tuple[str, ...] = FOR_ALL
    """Options that it shares with others; they are made into the session that the function gets."""
    help_key: str = ""
    """Key of its help, under ``cli.help.``, where it is not the name."""


class Waiting(TyperCommand):
    """A command that waits to be wanted: only then are there parameters, and something to run."""

    def __init__(self, row: Row) -> None:
        super().__init__(row.name, help=told(row.help_key or row.name), rich_markup_mode=None)
        self._row = row
        del self.params, self.callback

    def __getattr__(self, name: str) -> Any:
        """Load the command when what it lacks is first asked for."""
        if name not in {"params", "callback"}:
            raise AttributeError(name)
        from graphkam.cli.options import loaded

        module, _, function = self._row.function.rpartition(".")
        found = getattr(importlib.import_module(f"graphkam.cli.{module}"), function)
        made = loaded(found, self._row.shared)
        self.params, self.callback = made.params, made.callback
        return getattr(self, name)


def waiting(rows: Sequence[Row]) -> list[TyperCommand]:
    """Give the commands of a table, in its order."""
    return [Waiting(row) for row in rows]


def group(name: str, rows: Sequence[Row]) -> TyperGroup:
    """Give commands that are typed behind a word of their own."""
    commands = waiting(rows)
    return TyperGroup(
        name=name, commands=commands, help=told(name), no_args_is_help=True, rich_markup_mode=None
    )
