"""All commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from graphkam import __version__
from graphkam.cli import files, history, merging, query, questions, storage
from graphkam.cli.command import told

app = typer.Typer(
    name="graphkam",
    help=told("graphkam"),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _version(*, wanted: bool) -> None:
    if wanted:
        typer.echo(f"graphkam {__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help=told("version"), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before the command."""


files.add_to(app)
merging.add_to(app)
questions.add_to(app)
history.add_to(app)
query.add_to(app)
storage.add_to(app)
