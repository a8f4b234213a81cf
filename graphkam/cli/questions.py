"""Commands that ask a question of an account and print the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphkam.cli import answers
from graphkam.cli.command import AS_OF, FOR_QUESTIONS, JSON, LANG, SETTINGS, add, told
from graphkam.cli.session import Session
from graphkam.errors import InputError, NotFound
from graphkam.model.search import find

ACCOUNT = Annotated[str, typer.Argument(help=told("account"))]
LEAVES = Annotated[list[str] | None, typer.Option("--leaves", help=told("leaves"))]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to an app."""
    add(app, "accounts", (LANG, JSON))(accounts)
    add(app, "audit", FOR_QUESTIONS)(audit)
    add(app, "who", FOR_QUESTIONS)(who)
    add(app, "coverage", FOR_QUESTIONS)(coverage)
    add(app, "dependency", FOR_QUESTIONS)(dependency)
    add(app, "departure", FOR_QUESTIONS)(departure)
    add(app, "resilience", FOR_QUESTIONS)(resilience)
    add(app, "map", (LANG, AS_OF, *SETTINGS))(map_)


def accounts(session: Session) -> None:
    """List the accounts."""
    with session.open() as workspace:
        found = workspace.accounts()
    if session.is_json:
        session.print_json({"accounts": [account.model_dump(mode="json") for account in found]})
    else:
        answers.show_accounts(session, found)


def audit(
    session: Session, account: Annotated[str | None, typer.Argument(help=told("audit_account"))] = None
) -> None:
    """Give headline figures and worst findings of one account, or of all."""
    from graphkam.review.audit import audit as ask

    settings = session.settings.analysis
    with session.open() as workspace:
        if account is not None:
            chosen = workspace.find_account(account)
            found = ask(workspace.graph(chosen.id, as_of=session.as_of), settings=settings)
            session.answer(found, answers.show_audit)
            return
        if not workspace.accounts():
            raise NotFound("no_accounts")
        all_found = [ask(graph, settings=settings) for graph in workspace.graphs(as_of=session.as_of)]
    if session.is_json:
        session.print_json({"accounts": all_found})
    else:
        answers.show_audits(session, all_found)


def who(session: Session, name: Annotated[str, typer.Argument(help=told("who_name"))]) -> None:
    """Give who of us knows a person: owner, backup, contacts, last contact."""
    from graphkam.review.who import known

    with session.open() as workspace:
        names = workspace.people()
        person = find(name, names)
        graphs = workspace.graphs(as_of=session.as_of, about=[person])
        found = [tie for g in graphs for tie in known(g, about={person}, settings=session.settings.analysis)]
    if session.is_json:
        session.print_json({"id": person, "name": names[person], "ties": found})
    else:
        answers.show_who(session, names[person], person, found)


def coverage(session: Session, account: ACCOUNT) -> None:
    """Give whom we do not cover, and whom only one of us knows."""
    from graphkam.analysis.coverage import coverage as ask

    with session.open() as workspace:
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
    session.answer(ask(graph, settings=session.settings.analysis), answers.show_coverage)


def dependency(session: Session, account: ACCOUNT) -> None:
    """Give on whom of us the account depends, and for how much."""
    from graphkam.analysis.dependency import dependency as ask

    with session.open() as workspace:
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
    session.answer(ask(graph, settings=session.settings.analysis), answers.show_dependency)


def departure(
    session: Session,
    account: Annotated[str | None, typer.Argument(help=told("account"))] = None,
    *,
    leaves: LEAVES = None,
    all_accounts: Annotated[bool, typer.Option("--all-accounts", help=told("all_accounts"))] = False,
) -> None:
    """Give what happens if some people leave."""
    from graphkam.analysis.departure import departure as ask
    from graphkam.review.departures import departures

    if not leaves:
        raise InputError("nobody_leaves")
    if (account is None) != all_accounts:
        raise InputError("account_or_all")
    settings = session.settings.analysis
    with session.open() as workspace:
        if account is None:
            names = workspace.people()
            gone = [find(name, names) for name in leaves]
            graphs = workspace.graphs(as_of=session.as_of, about=gone)
            found = departures(graphs, leaves=gone, settings=settings)
            if session.is_json:
                session.print_json({"accounts": found})
            else:
                answers.show_departures(session, [names[i] for i in gone], found)
            return
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
    here = {m.id: m.name for m in graph.members} | {i: held[0].name for i, held in graph.by_person.items()}
    gone = [find(name, here) for name in leaves]
    session.answer(ask(graph, leaves=gone, settings=settings), answers.show_departure)


def resilience(session: Session, account: ACCOUNT) -> None:
    """Give how many departures break the account, and which."""
    from graphkam.analysis.resilience import resilience as ask

    with session.open() as workspace:
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
    session.answer(ask(graph, settings=session.settings.analysis), answers.show_resilience)


def map_(
    session: Session,
    account: ACCOUNT,
    output: Annotated[Path, typer.Option("--output", "-o", help=told("map_output"))] = Path("map.html"),
    *,
    hide_stance: Annotated[bool, typer.Option("--hide-stance", help=told("hide_stance"))] = False,
) -> None:
    """Write an interactive map of an account: one HTML file, offline."""
    from graphkam.drawing.page import map_page
    from graphkam.drawing.picture import picture

    language = session.settings.language
    with session.open() as workspace:
        graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
    drawn = picture(graph, settings=session.settings.analysis, language=language, hide_stance=hide_stance)
    page = map_page(drawn, author=session.settings.user, language=language)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InputError("not_written", file=str(output), why=error.strerror or str(error)) from error
    session.say("cli.map_written", account=graph.account.name, file=str(output))
