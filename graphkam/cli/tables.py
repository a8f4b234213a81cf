"""How answers look on a terminal: tables, findings, headline figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.model.base import Finding, Severity

if TYPE_CHECKING:
    from rich.table import Table

    from graphkam.cli.session import Session

_MARK = {
    Severity.CRITICAL: ("!!", "bold red"),
    Severity.WARNING: ("! ", "yellow"),
    Severity.NOTICE: ("- ", ""),
    Severity.INFO: ("  ", "dim"),
}
"""Marks and colours of findings: the mark alone tells, for those who see no colour."""


def table(session: Session, columns: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> Table:
    """Make a table; numbers stand to the right.

    Parameters
    ----------
    session
        The run.
    columns
        Keys of the headers, under ``cli.``; a leading ``>`` puts the column to the right.
    rows
        Cells, already worded; None shows as unknown.
    title
        Key of the title, under ``cli.``.
    """
    from rich.table import Table
    from rich.text import Text

    from graphkam.text import UNKNOWN

    words = session.words
    made = Table(
        title=Text(words.say(f"cli.{title}"), style="bold") if title else None,
        title_justify="left",
        show_edge=False,
        pad_edge=False,
        header_style="bold",
    )
    for column in columns:
        right = column.startswith(">")
        made.add_column(
            words.say(f"cli.{column.lstrip('>')}"),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=right or column == "col.id",  # an id is copied: never in two pieces
        )
    for row in rows:
        made.add_row(*(Text(UNKNOWN if cell is None else str(cell)) for cell in row))
    return made


def show(session: Session, made: Table) -> None:
    """Print a table that has rows, and a blank line after it."""
    if made.row_count:
        session.console.print(made)
        session.console.print()


def show_findings(session: Session, findings: Sequence[Finding], most: int) -> None:
    """Print findings as sentences, in their order, and how many more there are."""
    from rich.text import Text

    for finding in findings[:most]:
        mark, style = _MARK[finding.severity]
        session.console.print(Text(f"{mark} {session.words.finding(finding)}", style=style))
    if len(findings) > most:
        session.console.print(session.words.say("cli.and_more", count=len(findings) - most))
    session.console.print(session.words.say("cli.no_findings") if not findings else "")


def show_rest(session: Session, count: int) -> None:
    """Print how many more rows there are than were shown, if any, and a blank line after it."""
    if count > 0:
        session.say("cli.and_more", count=count)
        session.console.print()


def span(session: Session, low: float | None, high: float | None) -> str:
    """Word the interval of a share; nothing where the figure is certain or undefined."""
    if low is None or high is None or low == high:
        return ""
    words = session.words
    return words.say("cli.head.interval", low=words.percent(low, 1), high=words.percent(high, 1))


def span_of_numbers(session: Session, low: float | None, high: float | None, digits: int = 2) -> str:
    """Word the interval of a number; nothing where the figure is certain or undefined."""
    if low is None or high is None or low == high:
        return ""
    words = session.words
    return words.say("cli.head.interval", low=words.number(low, digits), high=words.number(high, digits))
