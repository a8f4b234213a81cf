"""The command that puts a question of the user's own to the database: read-only, within limits."""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphkam.cli.command import told
from graphkam.cli.session import Session
from graphkam.errors import InputError
from graphkam.text import UNKNOWN, visible

if TYPE_CHECKING:
    from graphkam.model.answer import Answer


def query(
    session: Session,
    text: Annotated[str, typer.Argument(help=told("query_text"))],
    *,
    limit: Annotated[int | None, typer.Option("--limit", min=1, max=1_000_000, help=told("limit"))] = None,
    timeout: Annotated[float | None, typer.Option("--timeout", max=3_600, help=told("timeout"))] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help=told("csv"))] = False,
) -> None:
    """Answer a question in Cypher, as a table, as JSON or as CSV."""
    if as_csv and session.is_json:
        raise InputError("query_one_form")
    if timeout is not None and timeout <= 0:
        raise InputError("query_no_time")
    asked = sys.stdin.read() if text == "-" else text
    with session.open() as workspace:
        answer = workspace.query(asked, limit=limit, timeout=timeout)
    if session.is_json:
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        session.print_json({"columns": answer.columns, "rows": rows, "is_cut": answer.is_cut})
        return
    if as_csv:
        _print_csv(answer)
    else:
        _print_table(session, answer)
    if answer.is_cut:
        session.notes.print(session.words.say("cli.query_cut", count=len(answer.rows)))


def _print_table(session: Session, answer: Answer) -> None:
    from rich.table import Table
    from rich.text import Text

    made = Table(show_edge=False, pad_edge=False, header_style="bold")
    for place, column in enumerate(answer.columns):
        right = all(_is_number(row[place]) for row in answer.rows)
        made.add_column(Text(visible(column)), justify="right" if right else "left", overflow="fold")
    for row in answer.rows:
        made.add_row(*(Text(visible(UNKNOWN if cell is None else _worded(cell))) for cell in row))
    session.console.print(made if answer.rows else session.words.say("cli.query_no_rows"))


def _print_csv(answer: Answer) -> None:
    from graphkam.exchange.csv_folder import inert

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([inert(visible(column)) for column in answer.columns])
    for row in answer.rows:
        writer.writerow(
            [
                "" if cell is None else _worded(cell) if _is_number(cell) else inert(visible(_worded(cell)))
                for cell in row
            ]
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _worded(value: Any) -> str:
    """Give a value in one line: text as it is, all else as JSON."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
