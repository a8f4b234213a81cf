"""``duplicates`` and ``merge``: people who may be one person, and making them one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from graphkam.cli.command import told
from graphkam.cli.plans import DETAILED, DRY_RUN, YES, Acceptance, carry_out
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table
from graphkam.model.search import find

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphkam.model.duplicates import Duplicate
    from graphkam.model.people import Somebody

_COLUMNS = ("col.account", "col.stakeholder", "col.id", "col.twin", "col.id", "col.reason")


def duplicates(
    session: Session, account: Annotated[str | None, typer.Argument(help=told("duplicates_account"))] = None
) -> None:
    """List people who may be one person written twice."""
    with session.open() as workspace:
        chosen = None if account is None else workspace.find_account(account)
        names = {a.id: a.name for a in workspace.accounts()}
        found = workspace.duplicates(None if chosen is None else chosen.id)
    if session.is_json:
        session.print_json({"duplicates": [_plain(pair, names) for pair in found]})
        return
    rows = [
        (
            names.get(_account(pair.person), ""),
            pair.person.name,
            pair.person.id,
            pair.other.name,
            pair.other.id,
            session.words.say(f"plan.reason.{pair.reason}"),
        )
        for pair in found
    ]
    show(session, table(session, _COLUMNS, rows))
    session.say("cli.no_duplicates" if not found else "cli.merge_them")


def _account(somebody: Somebody) -> str:
    return getattr(somebody, "account_id", "")


def _plain(pair: Duplicate[Somebody], names: Mapping[str, str]) -> dict[str, object]:
    account_id = _account(pair.person)
    return {
        "account_id": account_id or None,
        "account": names.get(account_id),
        "reason": pair.reason,
        "person": _who(pair.person),
        "other": _who(pair.other),
    }


def _who(somebody: Somebody) -> dict[str, str | None]:
    return {"id": somebody.id, "name": somebody.name, "email": somebody.email}


def merge(
    session: Session,
    person: Annotated[str, typer.Argument(help=told("merge_person"))],
    other: Annotated[str, typer.Argument(help=told("merge_other"))],
    *,
    yes: YES = False,
    dry_run: DRY_RUN = False,
    detailed_exitcode: DETAILED = False,
) -> None:
    """Show what becomes of two people who are one and, once accepted, make them one."""
    with session.open() as workspace:
        names = workspace.people()
        kept = find(person, names)
        gone = find(other, names)
        plan = workspace.plan_merge(kept, gone)
        session.say("cli.merges", kept=names[kept], kept_id=kept, gone=names[gone], gone_id=gone)
        how = Acceptance(yes=yes, dry_run=dry_run, detailed=detailed_exitcode)
        carry_out(session, workspace, plan, "merge", how)
