"""``who``: who of us knows a person, or whom one of us knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import label_of
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table
from graphkam.model.search import find

if TYPE_CHECKING:
    from graphkam.review.who import Known


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
        show_who(session, names[person], person, found)


def show_who(session: Session, name: str, ident: str, found: Sequence[Known]) -> None:
    """Show who of us knows a person, or whom one of us knows."""
    words = session.words
    is_ours = bool(found) and found[0].member_id == ident
    rows = [
        (
            tie.person if is_ours else tie.member,
            _kind(session, tie),
            tie.account,
            "; ".join(tie.titles),
            label_of(session, "level", _text(tie.level)),
            words.day(tie.last_contact),
            words.number(tie.strength, 2),
            words.say("cli.col.yes" if tie.is_live else "cli.col.no"),
        )
        for tie in found
    ]
    columns = ["col.stakeholder" if is_ours else "col.member", "col.kind", "col.account", "col.title"]
    columns += ["col.level", "col.last_contact", ">col.strength", "col.live"]
    session.console.print(words.say("cli.title.knows" if is_ours else "cli.title.contacts", name=name))
    show(session, table(session, columns, rows))
    if not found:
        session.say("cli.head.nobody")


def _kind(session: Session, tie: Known) -> str:
    kind = label_of(session, "know_kind", tie.kind)
    return f"{kind} ({session.words.say('cli.col.proposed')})" if tie.is_proposed else kind


def _text(level: int | None) -> str | None:
    return None if level is None else str(level)
