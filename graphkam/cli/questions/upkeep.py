"""``upkeep`` (``week``): what is to be done this week, and what in the records is stale or missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, show_rest, table

if TYPE_CHECKING:
    from graphkam.analysis.upkeep import Item, Upkeep
    from graphkam.text import Words

_MISSING = 3
"""Names shown of what is not filled in."""


def upkeep(session: Session, account: ACCOUNT) -> None:
    """None"""
    from graphkam.analysis.upkeep import upkeep as question

    ask(session, account, question, show_upkeep)


def show_upkeep(session: Session, found: Upkeep) -> None:
    """Show the weekly list, the stale ties and how complete the records are."""
    words = session.words
    show_title(session, found.account)
    _show_week(session, found)
    stale = [
        (s.member, s.person, s.tier, words.day(s.last_contact), s.days, words.number(s.limit, 0))
        for s in found.stale[:ROWS]
    ]
    columns = [
        "col.member",
        "col.stakeholder",
        "col.tier",
        "col.last_contact",
        ">col.since_days",
        ">col.limit_days",
    ]
    show(session, table(session, columns, stale, "title.stale"))
    show_rest(session, found.stale_ties - len(stale))
    areas = [
        (
            words.say(f"upkeep.area.{c.area}"),
            words.say("cli.head.filled", filled=c.filled, asked=c.asked),
            words.percent(c.share),
            words.say(f"upkeep.state.{c.state}"),
            words.show(c.missing[:_MISSING]) + (" …" if c.asked - c.filled > _MISSING else ""),
        )
        for c in found.areas
        if c.asked
    ]
    columns = ["col.area", ">col.filled", ">head.value", "col.state", "col.missing_of"]
    show(session, table(session, columns, areas, "title.areas"))
    # The reasons stand in the list, or wait for their turn.
    if others := [f for f in found.findings if f.code not in found.reasons]:
        show_findings(session, others, FINDINGS)


def _show_week(session: Session, found: Upkeep) -> None:
    words = session.words
    if not found.week:
        session.say("upkeep.nothing")
        session.console.print()
    week = [
        (i, item.act, _why(words, item), words.number(item.value, 1))
        for i, item in enumerate(found.week, start=1)
    ]
    show(
        session,
        table(session, [">col.number", "col.member", "col.todo", ">col.value_of"], week, "title.week"),
    )
    if found.waiting:
        session.say("upkeep.more", count=found.waiting)
        session.console.print()


def _why(words: Words, item: Item) -> str:
    """Give the reasons of a thing to do, the gravest first."""
    return "\n".join((words.finding(item.why), *(f"+ {words.finding(f)}" for f in item.also)))
