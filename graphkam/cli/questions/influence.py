"""``influence``: whom to convince, and where stances settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import (
    ACCOUNT,
    CENTRE,
    FINDINGS,
    ROWS,
    centre_id,
    give,
    opened,
    show_title,
    stance_of,
)
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, span_of_numbers, table

if TYPE_CHECKING:
    from graphkam.analysis.influence import CentreSwayed, Clash, Influence, Swayed


def influence(session: Session, account: ACCOUNT, *, centre: CENTRE = None) -> None:
    """None"""
    from graphkam.analysis.influence import influence as question

    graph = opened(session, account)
    wanted, settings = centre_id(graph, centre), session.settings.analysis
    found = question(graph, centre=wanted, settings=settings, with_terms=session.is_explained)
    give(session, found, show_influence, graph)


def show_influence(session: Session, found: Influence) -> None:
    """Show where stances settle, and whom to convince."""
    words = session.words
    show_title(session, f"{found.account}: {found.centre}" if found.centre else found.account)
    now = "now_by_votes" if found.centre else "now_by_weight"
    rows = [
        (words.say(f"influence.{key}"), words.number(i.value), span_of_numbers(session, i.low, i.high))
        for key, i in ((now, found.now), ("after", found.after))
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    if found.centre is None:
        _show_centres(session, found.centres)
    columns = ["col.stakeholder", "col.stance", ">col.after_influence", "col.could_be", ">col.leverage"]
    columns += [">col.influences", "col.member"]
    people = [_person(session, p) for p in found.people[:ROWS]]
    show(session, table(session, columns, people, "title.convince"))
    _show_conflicts(session, found.conflicts)
    show_findings(session, found.findings, FINDINGS)


def _show_centres(session: Session, centres: Sequence[CentreSwayed]) -> None:
    words = session.words
    rows = [
        (c.name, words.number(c.now.value), words.number(c.after.value), c.first, words.number(c.leverage, 3))
        for c in centres[:ROWS]
    ]
    columns = ["col.centre", ">col.now", ">col.after_influence", "col.convince_first", ">col.leverage"]
    show(session, table(session, columns, rows, "title.centres"))


def _person(session: Session, p: Swayed) -> tuple[str, ...]:
    words = session.words
    return (
        f"{p.person} ({words.say('cli.col.external')})" if p.is_external else p.person,
        stance_of(session, p.stance),
        words.number(p.equilibrium),
        span_of_numbers(session, p.low, p.high),
        words.number(p.leverage, 3),
        str(p.influences or ""),
        words.show(p.known_by),
    )


def _show_conflicts(session: Session, conflicts: Sequence[Clash]) -> None:
    rows = [(f"{c.source} → {c.target}", session.words.number(c.weight)) for c in conflicts[:ROWS]]
    show(session, table(session, ["col.who", ">col.weight"], rows, "title.conflicts"))
