"""``resilience``: how many departures break the account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

if TYPE_CHECKING:
    from graphkam.analysis.resilience import BlindSpot, Resilience


def resilience(session: Session, account: ACCOUNT) -> None:
    """None"""
    from graphkam.analysis.resilience import resilience as question

    ask(session, account, question, show_resilience)


def show_resilience(session: Session, found: Resilience) -> None:
    """Show what breaks the account."""
    words = session.words
    show_title(session, found.account)
    show_findings(session, found.findings, FINDINGS)
    worst = [
        (str(w.departures), words.show(w.members), words.percent(w.loss, 1)) for w in found.worst.values()
    ]
    show(session, table(session, [">col.departures", "col.who", ">col.loss"], worst, "title.worst"))
    for title, spots in (("blind_spots", found.blind_spots), ("dark", found.dark)):
        rows = [_spot(session, spot) for spot in spots[:ROWS]]
        columns = ["col.name", ">col.weight", ">col.departures", "col.who"]
        show(session, table(session, columns, rows, f"title.{title}"))
    lines = [
        (words.say(f"cli.head.{key}"), words.percent(value, 1))
        for key, value in (("expected_loss", found.expected_loss), ("shortfall", found.expected_shortfall))
    ]
    lines.append((words.say("cli.col.expected_loss"), words.money(found.expected_sales_lost, found.currency)))
    lines.append((words.say("cli.head.greedy"), words.number(found.greedy_size, 0)))
    show(session, table(session, ["head.figure", ">head.value"], lines))


def _spot(session: Session, spot: BlindSpot) -> tuple[str, str, str, str]:
    return (
        spot.name,
        session.words.number(spot.weight, 1),
        str(spot.departures),
        session.words.show(spot.members),
    )
