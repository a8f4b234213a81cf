"""``changes``: what differs between two days, and what moved the figures."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, give
from graphkam.cli.session import Session, day
from graphkam.cli.tables import show, show_findings, show_rest, span, table

if TYPE_CHECKING:
    from graphkam.analysis.changes import Changes, Moved
    from graphkam.model.base import Finding, Interval

SINCE = Annotated[str | None, typer.Option("--since", help=told("since"), metavar="YYYY-MM-DD")]
_LEAST = 0.0005
"""Least difference of a share that is shown."""
_REASONS = 3
"""Changes shown of one position that moved a figure."""


def changes(session: Session, account: ACCOUNT, *, since: SINCE = None) -> None:
    """None"""
    from graphkam.analysis.changes import changes as question

    settings = session.settings.analysis
    earlier = session.as_of - timedelta(days=settings.changes_days) if since is None else day(since)
    with session.open() as workspace:
        account_id = workspace.find_account(account).id
        before, graph = workspace.two_days(account_id, since=earlier, as_of=session.as_of)
    found = question(graph, before=before, settings=settings, with_terms=session.is_explained)
    give(session, found, show_changes, graph)


def show_changes(session: Session, found: Changes) -> None:
    """Show the figures on both days, what moved them, and what changed."""
    from rich.text import Text

    words = session.words
    title = words.say("changes.since", account=found.account, since=found.since, day=found.as_of)
    session.console.print(Text(title, style="bold"))
    session.console.print()
    _show_figures(session, found)
    for moved in found.figures:
        _show_movers(session, moved)
    told_of = _show_changes(session, found)
    others = [f for f in found.findings if f not in told_of and f.code != "changes_undated"]
    show_findings(session, others, FINDINGS)
    if found.undated:
        kinds = [words.say(f"changes.undated_of.{what}", count=n) for what, n in found.undated.items()]
        session.say("changes.undated", what=kinds)


def _show_figures(session: Session, found: Changes) -> None:
    """Show the size of the account and the headline figures on both days."""
    words = session.words
    rows = [
        (words.say(f"cli.{key}"), words.number(old), words.number(new), words.signed(new - old))
        for key, old, new in (
            ("head.people", found.before.people, found.after.people),
            ("head.seats", found.before.positions, found.after.positions),
            ("head.vacant", found.before.vacant, found.after.vacant),
            ("head.weight", found.before.weight, found.after.weight),
            ("head.members", found.before.members, found.after.members),
            ("col.ties", found.before.live_ties, found.after.live_ties),
        )
    ]
    for m in found.figures:
        old, new = m.before.value, m.after.value
        if m.figure == "hhi":
            shown = words.number(old, 3), words.number(new, 3), words.signed(m.change, 3)
        else:
            shown = _share(session, m.before), _share(session, m.after), words.points(m.change)
        key = "max_loss_long" if m.figure == "max_loss" else m.figure
        rows.append((words.say(f"cli.head.{key}"), *shown))
    show(session, table(session, ["head.figure", ">col.before", ">col.after", ">col.change"], rows))


def _share(session: Session, found: Interval) -> str:
    """Give a share with what it could be."""
    could_be = span(session, found.low, found.high)
    return f"{session.words.percent(found.value, 1)} {could_be}".strip()


def _show_movers(session: Session, moved: Moved) -> None:
    """Show which positions moved C1 or C2, and what happened there."""
    words = session.words
    rows = []
    for m in moved.movers[:ROWS]:
        why = [words.finding(f) for f in m.why]
        rows.append((m.name, words.points(m.by), "\n".join(why[:_REASONS])))
    if not rows:
        return
    if moved.rescaled and abs(moved.rescaled) >= _LEAST:
        rows.append((words.say("changes.rescaled"), words.points(moved.rescaled), ""))
    show(
        session,
        table(session, ["col.stakeholder", ">col.moved_by", "col.why"], rows, f"title.movers.{moved.figure}"),
    )
    show_rest(session, len(moved.movers) - ROWS)


def _show_changes(session: Session, found: Changes) -> list[Finding]:
    """Show what changed, area by area; give what was shown."""
    words, told_of = session.words, []
    for area in dict.fromkeys(c.area for c in found.changes):
        here = [c for c in found.changes if c.area == area]
        rows = [(words.when(c.on) if c.on else "", words.finding(c.says)) for c in here[:ROWS]]
        told_of += [c.says for c in here[:ROWS]]
        show(session, table(session, ["col.when", "col.what"], rows, f"title.changes.{area}"))
        show_rest(session, len(here) - ROWS)
    return told_of
