"""``coverage``: whom we do not cover, and whom only one of us knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, ask, label_of, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, span, table

if TYPE_CHECKING:
    from graphkam.analysis.coverage import Coverage, Covered

_PARTS = ["col.name", ">head.seats", ">col.weight", ">head.c2_short", ">head.c1_short", ">head.vacant"]


def coverage(session: Session, account: ACCOUNT) -> None:
    """None"""
    from graphkam.analysis.coverage import coverage as question

    ask(session, account, question, show_coverage)


def show_coverage(session: Session, found: Coverage) -> None:
    """Show coverage and its gaps."""
    words = session.words
    show_title(session, found.account)
    rows = [
        (words.say(f"cli.head.{key}"), words.percent(i.value, 1), span(session, i.low, i.high))
        for key, i in (("c2", found.c2), ("c1", found.c1))
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    gaps = [
        (
            g.name,
            g.title,
            g.unit,
            words.number(g.weight, 1),
            f"{g.live_ties}/{g.wanted}",
            words.show(g.known_by),
        )
        for g in found.gaps[:ROWS]
    ]
    columns = ["col.stakeholder", "col.title", "col.unit", ">col.weight", ">col.ties", "col.member"]
    show(session, table(session, columns, gaps, "title.gaps"))
    for title, parts, names in (
        ("units", found.units, ""),
        ("centres", found.centres, ""),
        ("roles", found.roles, "buying_role"),
        ("functions", found.functions, "function"),
        ("levels", found.levels, ""),
    ):
        show(session, table(session, _PARTS, _parts(session, parts, names), f"title.{title}"))
    _show_facing(session, found)
    show_findings(session, found.findings, FINDINGS)


def _show_facing(session: Session, found: Coverage) -> None:
    """Show which of our functions knows which of theirs, and whom we meet from below."""
    words = session.words
    mirror = [
        (
            label_of(session, "function", c.client_function),
            label_of(session, "function", c.our_function),
            words.number(c.covered_weight, 1),
            str(c.live_ties),
        )
        for c in sorted(found.mirror, key=lambda c: -c.covered_weight)[:ROWS]
    ]
    columns = ["col.their_function", "col.our_function", ">col.weight", ">col.ties"]
    show(session, table(session, columns, mirror, "title.mirror"))
    below = [
        (p.name, str(p.level), str(p.our_level)) for p in found.parity if p.gap is not None and p.gap < 0
    ]
    columns = ["col.stakeholder", ">col.their_level", ">col.our_level"]
    show(session, table(session, columns, below[:ROWS], "title.parity"))


def _parts(session: Session, parts: Sequence[Covered], names: str) -> list[tuple[Any, ...]]:
    words = session.words
    return [
        (
            label_of(session, names, p.name) if names else p.name,
            p.seats,
            words.number(p.weight, 1),
            words.percent(p.c2),
            words.percent(p.c1),
            p.vacant or "",
        )
        for p in parts[:ROWS]
    ]
