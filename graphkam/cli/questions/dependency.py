"""``dependency``: on whom of us the account depends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import ACCOUNT, FINDINGS, ask, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, table

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
    show_findings(session, found.findings, FINDINGS)
