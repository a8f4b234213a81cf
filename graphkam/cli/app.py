"""All commands, in the order in which they are listed."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from graphkam import __version__
from graphkam.cli.command import (
    AS_OF,
    FOR_ALL,
    FOR_FILES,
    FOR_QUESTIONS,
    JSON,
    LANG,
    SETTINGS,
    told,
)
from graphkam.cli.waiting import Row, group, waiting

_ROWS = (
    Row("template", "files.template"),
    Row("import", "importing.import_", FOR_FILES),
    Row("import-mail", "files.import_mail", FOR_FILES),
    Row("export", "files.export"),
    Row("duplicates", "merging.duplicates", (LANG, JSON)),
    Row("merge", "merging.merge", (LANG, JSON)),
    Row("accounts", "questions.accounts.accounts", (LANG, JSON)),
    Row("audit", "questions.audit.audit", FOR_QUESTIONS),
    Row("portfolio", "questions.portfolio.portfolio", (LANG, AS_OF, JSON, SETTINGS)),
    Row("who", "questions.who.who", FOR_QUESTIONS),
    Row("coverage", "questions.coverage.coverage", FOR_QUESTIONS),
    Row("dependency", "questions.dependency.dependency", FOR_QUESTIONS),
    Row("departure", "questions.departure.departure", FOR_QUESTIONS),
    Row("resilience", "questions.resilience.resilience", FOR_QUESTIONS),
    Row("decision", "questions.decision.decision", FOR_QUESTIONS),
    Row("uncertainty", "questions.uncertainty.uncertainty", FOR_QUESTIONS),
    Row("ask", "questions.uncertainty.uncertainty", FOR_QUESTIONS),
    Row("influence", "questions.influence.influence", FOR_QUESTIONS),
    Row("brokerage", "questions.brokerage.brokerage", FOR_QUESTIONS),
    Row("buying-centre", "questions.buying_centre.buying_centre", FOR_QUESTIONS, "buying_centre"),
    Row("upkeep", "questions.upkeep.upkeep", FOR_QUESTIONS),
    Row("week", "questions.upkeep.upkeep", FOR_QUESTIONS),
    Row("changes", "questions.changes.changes", FOR_QUESTIONS),
    Row("qualification", "questions.qualification.qualification", FOR_QUESTIONS),
    Row("profitability", "questions.profitability.profitability", FOR_QUESTIONS),
    Row("paths", "questions.paths.paths", FOR_QUESTIONS),
    Row("mesh", "questions.mesh.mesh", FOR_QUESTIONS),
    Row("map", "questions.map.map_", (LANG, AS_OF, SETTINGS)),
    Row("log", "history.log", (LANG, JSON)),
    Row("undo", "history.undo", (LANG, JSON)),
    Row("query", "query.query", (LANG, JSON)),
    Row("app", "storage.open_app"),
)
_STORE = (
    Row("status", "storage.status", (LANG, JSON), "store_status"),
    Row("start", "storage.start", FOR_ALL, "store_start"),
    Row("stop", "storage.stop", FOR_ALL, "store_stop"),
    Row("backup", "storage.backup", FOR_ALL, "store_backup"),
    Row("restore", "storage.restore", FOR_ALL, "store_restore"),
    Row("copy", "copying.copy", (LANG, JSON), "store_copy"),
)


class _Commands(TyperGroup):
    """The commands of the tables."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "commands": [*waiting(_ROWS), group("store", _STORE)]})


app = typer.Typer(
    name="graphkam",
    cls=_Commands,
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
