"""``dependency``: on whom of us the account depends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ROWS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, span, table
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.analysis.dependency import Dependency


def dependency(session: Session, account: ACCOUNT) -> None:
    """None"""
    from graphkam.analysis.dependency import dependency as question

    ask(session, account, question, show_dependency)


def show_dependency(session: Session, found: Dependency) -> None:
    """Show on whom the account depends."""
    words = session.words
    show_title(session, found.account)
    _show_headlines(session, found)
    rows = [
        (
            m.member,
            words.percent(m.sole, 1),
            words.percent(m.loss, 1),
            words.percent(m.share, 1),
            str(m.live_ties),
            words.money(m.exposure, m.currency),
        )
        for m in found.members[: session.settings.analysis.top]
    ]
    columns = ["col.member", ">col.sole", ">col.loss", ">col.share", ">col.ties", ">col.exposure"]
    show(session, table(session, columns, rows, "title.members"))
    _show_client_side(session, found)
    show_findings(session, found.findings, FINDINGS)


def _show_headlines(session: Session, found: Dependency) -> None:
    words = session.words

    def named(value: float | None, name: str | None) -> str:
        return f"{words.percent(value, 1)}  {name or ''}".strip()

    def form(code: str | None) -> str:
        return UNKNOWN if code is None else words.say(f"form.{code}")

    bow_tie, forms = found.bow_tie, f"{form(found.target_form)} → {form(found.measured_form)}"
    could_be = span(session, bow_tie.low, bow_tie.high)
    rows = [
        (words.say("cli.head.bow_tie"), named(bow_tie.value, found.bow_tie_member), could_be),
        (words.say("cli.head.max_loss_long"), named(found.max_loss, found.max_loss_member), ""),
        (words.say("cli.head.hhi"), words.number(found.hhi, 3), ""),
        (words.say("cli.head.effective_interlocutors"), words.number(found.effective_interlocutors, 1), ""),
        (words.say("cli.head.guichet_unique"), words.percent(found.guichet_unique), ""),
        (words.say("cli.head.forms"), forms, ""),
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))


def _show_client_side(session: Session, found: Dependency) -> None:
    """Show the units and centres that hang on one person, and whom too many of us know."""
    words = session.words
    rows = [
        (
            p.name,
            words.say(f"cli.col.is_{p.kind}"),
            p.sole_person or str(p.known_people),
            p.sole_member or str(p.our_people),
        )
        for p in found.parts[:ROWS]
    ]
    columns = ["col.name", "col.what", "col.known_people", "col.our_people"]
    show(session, table(session, columns, rows, "title.thin_parts"))
    over = [
        (o.name, words.number(o.weight, 1), f"{o.live_ties}/{o.wanted}") for o in found.over_invested[:ROWS]
    ]
    show(
        session, table(session, ["col.stakeholder", ">col.weight", ">col.ties"], over, "title.over_invested")
    )
