"""``audit``: the headline figures of one account, or of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.questions.asking import FINDINGS, give, show_title
from graphkam.cli.session import Session
from graphkam.cli.tables import show, show_findings, span, table
from graphkam.text import UNKNOWN

if TYPE_CHECKING:
    from graphkam.review.audit import Audit


def audit(
    session: Session, account: Annotated[str | None, typer.Argument(help=told("audit_account"))] = None
) -> None:
    """Give headline figures and worst findings of one account, or of all."""
    from graphkam.review.audit import audit as question

    settings, terms = session.settings.analysis, session.is_explained
    with session.open() as workspace:
        if account is not None:
            graph = workspace.graph(workspace.find_account(account).id, as_of=session.as_of)
            give(session, question(graph, settings=settings, with_terms=terms), show_audit, graph)
            return
        graphs = workspace.graphs(as_of=session.as_of)
        all_found = [question(graph, settings=settings, with_terms=terms) for graph in graphs]
    if session.is_json:
        session.print_json({"accounts": all_found})
    else:
        show_audits(session, all_found)


def show_audit(session: Session, found: Audit) -> None:
    """Show the headline figures of one account and its findings."""
    words = session.words
    show_title(session, found.account)
    theta = words.percent(found.theta)
    share = words.percent

    def line(key: str, value: str, could_be: str = "") -> tuple[str, str, str]:
        return words.say(f"cli.head.{key}", theta=theta), value, could_be

    breaking = UNKNOWN if found.breaking_set is None else words.show(found.breaking_set)
    if found.breaking_set and not found.breaking_set_proved:
        bounds = words.say("cli.head.at_least", bound=found.breaking_set_bound, size=len(found.breaking_set))
        breaking = f"{breaking} ({bounds})"
    sole = f"{share(found.bow_tie, 1)}  {found.bow_tie_member or ''}".strip()
    rows = [
        line("people", str(found.people)),
        line("seats", str(found.seats)),
        *_beside(session, found),
        line("members", str(found.members)),
        line("c2", share(found.c2, 1), span(session, found.c2_low, found.c2_high)),
        line("c1", share(found.c1, 1), span(session, found.c1_low, found.c1_high)),
        line("bow_tie", sole, span(session, found.bow_tie_low, found.bow_tie_high)),
        line("max_loss_long", f"{share(found.max_loss, 1)}  {found.max_loss_member or ''}".strip()),
        line("hhi", words.number(found.hhi, 3)),
        line("effective_interlocutors", words.number(found.effective_interlocutors, 1)),
        line("breaking_set", breaking),
    ]
    show(session, table(session, ["head.figure", "head.value", "head.could_be"], rows))
    show_findings(session, found.findings, FINDINGS)


def _beside(session: Session, found: Audit) -> list[tuple[str, str, str]]:
    """Give rows for the vacant positions, which are in no figure, and for those whose holder has no name."""
    words, rows = session.words, []
    if found.unknown_holder:
        rows.append((words.say("cli.head.unknown_holder_of"), str(found.unknown_holder), ""))
    if found.vacant:
        weight = words.say("cli.head.of_weight", count=found.vacant, weight=found.vacant_weight)
        rows.append((words.say("cli.head.vacant_beside"), weight, ""))
    return rows


def show_audits(session: Session, found: Sequence[Audit]) -> None:
    """Show the headline figures of all accounts, the most dependent first."""
    if not found:
        session.say("error.no_accounts")
        return
    words = session.words
    ranked = sorted(found, key=lambda a: -(a.max_loss or 0))
    rows = [
        (
            a.account,
            str(a.people),
            str(a.members),
            words.percent(a.c2, 1),
            words.percent(a.c1, 1),
            words.percent(a.max_loss, 1),
            a.max_loss_member or "",
            UNKNOWN if a.breaking_set is None else str(len(a.breaking_set)),
        )
        for a in ranked
    ]
    columns = ["head.account", ">head.people", ">head.members", ">head.c2_short", ">head.c1_short"]
    columns += [">head.max_loss", "col.with", ">head.breaking_set_short"]
    show(session, table(session, columns, rows))
    for audit in ranked[:FINDINGS]:
        if audit.findings and len(found) <= FINDINGS:
            session.console.print(audit.account, style="bold")
            show_findings(session, audit.findings, 5)
