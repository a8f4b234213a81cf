"""What the commands that ask have in common: the account, the day, how an answer begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from graphkam.cli.command import told
from graphkam.cli.explaining import show_explained
from graphkam.model.base import Result
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.cli.session import Session
    from graphkam.graph.account_graph import AccountGraph

ACCOUNT = Annotated[str, typer.Argument(help=told("account"))]
CENTRE = Annotated[str | None, typer.Option("--centre", help=told("centre"))]
FINDINGS = 12
"""Findings that are shown."""
ROWS = 15
"""Rows of a list that are shown."""

R = TypeVar("R", bound=Result)


def ask(
    session: Session,
    account: str,
    question: Callable[..., R],
    show: Callable[[Session, R], None],
    **options: Any,
) -> None:
    """Ask an analysis of one account and print its answer.

    Parameters
    ----------
    session
        The run.
    account
        What was typed for the account.
    question
        The analysis.
    show
        Prints the answer on a terminal.
    options
        What the analysis takes besides graph and settings.
    """
    graph = opened(session, account)
    wanted = {"with_terms": session.is_explained, **options}
    give(session, question(graph, settings=session.settings.analysis, **wanted), show, graph)


def give(session: Session, found: R, show: Callable[[Session, R], None], graph: AccountGraph) -> None:
    """Print an answer, with where its figures come from if that was asked for."""
    session.answer(found, show)
    if session.is_explained and not session.is_json:
        show_explained(session, found.explained, found.terms, graph.records.names)


def opened(session: Session, account: str) -> AccountGraph:
    """Give the graph of the account that was typed, as of the day of the run."""
    with session.open() as workspace:
        return workspace.graph(workspace.find_account(account).id, as_of=session.as_of)


def centre_id(graph: AccountGraph, typed: str | None) -> str | None:
    """Give the decision centre that was typed; None for none.

    Raises
    ------
    NotFound, Ambiguous
        If the account has no centre of such a name, or several.
    """
    from graphkam.model.search import find

    return None if typed is None else find(typed, {c.id: c.name for c in graph.centres})


def stance_of(session: Session, stance: int | None) -> str:
    """Give the label of a position toward our offer."""
    return label_of(session, "stance", None if stance is None else str(stance))


def label_of(session: Session, name: str, code: str | None) -> str:
    """Give the label of a code in the words of the run."""
    from graphkam.model.vocabulary import label

    return label(name, code, session.words.language) if code and code != UNKNOWN else UNKNOWN


def show_title(session: Session, account: str) -> None:
    """Print the account and the day."""
    from rich.text import Text

    session.console.print(Text(f"{account}, {session.words.day(session.as_of)}", style="bold"))
    session.console.print()
