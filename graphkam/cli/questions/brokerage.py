"""``brokerage``: who stands between, and through whom we reach the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

if TYPE_CHECKING:
    from graphkam.analysis.brokerage import Behind, Broker, Brokerage, KeyPlayers

BY_STRENGTH = Annotated[bool, typer.Option("--by-strength", help=told("by_strength"))]


def brokerage(session: Session, account: ACCOUNT, *, by_strength: BY_STRENGTH = False) -> None:
    """None"""
    from graphkam.analysis.brokerage import brokerage as question

    ask(session, account, question, show_brokerage, by_strength=by_strength)


def show_brokerage(session: Session, found: Brokerage) -> None:
    """Show who stands between, who is behind them, and the key players."""
    words = session.words
    show_title(session, found.account)
    missing = round(100 * session.settings.analysis.missing_people)
    rows = [
        (words.say("brokerage.tied"), str(found.tied)),
        (words.say("brokerage.isolates"), str(found.isolates)),
        (words.say("brokerage.fragmentation"), words.percent(found.fragmentation)),
        (words.say("brokerage.stability", percent=missing), words.percent(found.stability)),
    ]
    show(session, table(session, ["head.figure", "head.value"], rows))
    columns = ["col.stakeholder", ">col.reach", ">col.influences", ">col.third"]
    columns += [">col.between", ">col.sure", ">col.constraint", "col.member"]
    people = [_person(session, p, found.is_ranked) for p in found.people if p.tier is not None]
    show(session, table(session, columns, people[:ROWS], "title.brokers"))
    _show_behind(session, found.behind)
    _show_players(session, "cutting", ">col.apart", found.cutting)
    _show_players(session, "reaching", ">col.reach", found.reaching)
    show_findings(session, found.findings, FINDINGS)


def _person(session: Session, p: Broker, is_ranked: bool) -> tuple[str, ...]:
    """Give the row of a broker; the figure that ranks them only where it is sure enough."""
    words = session.words
    return (
        f"{p.person} ({words.say('cli.col.external')})" if p.is_external else p.person,
        str(p.reach or ""),
        str(p.out_degree or ""),
        str(p.tier),
        words.number(p.betweenness, 1) if is_ranked and p.betweenness else "",
        words.percent(p.stability),
        words.number(p.constraint),
        words.show(p.known_by),
    )


def _show_behind(session: Session, behind: Sequence[Behind]) -> None:
    words = session.words
    rows = [
        (b.person, words.number(b.weight), words.number(b.steps), words.show(b.gates), words.show(b.openers))
        for b in behind[:ROWS]
    ]
    columns = ["col.stakeholder", ">col.weight", ">col.steps", "col.gates", "col.openers"]
    show(session, table(session, columns, rows, "title.behind"))


def _show_players(session: Session, title: str, column: str, players: Sequence[KeyPlayers]) -> None:
    words = session.words
    rows = [
        (
            words.show(p.people),
            words.percent(p.value),
            words.say("brokerage.exact" if p.is_exact else "brokerage.greedy"),
        )
        for p in players
    ]
    show(session, table(session, ["col.together", column, "col.how_found"], rows, f"title.{title}"))
