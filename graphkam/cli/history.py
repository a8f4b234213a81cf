"""Commands about what was written: log, undo."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.plans import DETAILED, DRY_RUN, YES, Acceptance, carry_out
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table

if TYPE_CHECKING:
    from graphkam.model.changes import Operation
    from graphkam.text import Words

_SHORT = 8
"""Letters of an id that are shown; they are enough to name the write."""
_COLUMNS = ("col.id", "col.when", "col.who", "col.what", "col.file", ">col.written", ">col.removed")


def log(
    session: Session,
    *,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help=told("log_limit"))] = 20,
) -> None:
    """Say who wrote what when, newest first."""
    with session.open() as workspace:
        found = workspace.operations(limit)
    if session.is_json:
        session.print_json({"operations": found})
        return
    words = session.words
    rows = [
        (o.id[:_SHORT], words.show(_moment(o)), o.who, _what(o, words), o.file, o.puts, o.removals)
        for o in found
    ]
    show(session, table(session, _COLUMNS, rows))
    if not found:
        session.say("cli.no_writes")


def undo(
    session: Session,
    operation: Annotated[str | None, typer.Argument(help=told("undo_operation"))] = None,
    *,
    yes: YES = False,
    dry_run: DRY_RUN = False,
    detailed_exitcode: DETAILED = False,
) -> None:
    """Show what puts a write's changes back and, once accepted, do it."""
    with session.open() as workspace:
        done, plan = workspace.plan_undo(operation)
        session.say(
            "cli.undoes",
            id=done.id[:_SHORT],
            what=f"{_what(done, session.words)} {done.file}".rstrip(),
            who=done.who,
            at=_moment(done),
            puts=done.puts,
            removals=done.removals,
        )
        how = Acceptance(yes=yes, dry_run=dry_run, detailed=detailed_exitcode)
        carry_out(session, workspace, plan, "undo", how, undoes=done.id)


def _moment(operation: Operation) -> datetime:
    return datetime.fromisoformat(operation.at)


def _what(operation: Operation, words: Words) -> str:
    """Word an act; what others call theirs stays as it is."""
    key = f"cli.act.{operation.what}"
    if operation.undoes:
        return words.say("cli.act.undo", id=operation.undoes[:_SHORT])
    return words.say(key) if words.has(key) else operation.what
