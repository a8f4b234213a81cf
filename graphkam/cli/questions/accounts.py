"""``accounts``: the list of accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkam.cli.questions.asking import label_of
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table

if TYPE_CHECKING:
    from graphkam.model.organisation import Account


def accounts(session: Session) -> None:
    """List the accounts."""
    with session.open() as workspace:
        found = workspace.accounts()
    if session.is_json:
        session.print_json({"accounts": [account.model_dump(mode="json") for account in found]})
    else:
        show_accounts(session, found)


def show_accounts(session: Session, found: Sequence[Account]) -> None:
    """Show the list of accounts."""
    if not found:
        session.say("error.no_accounts")
        return
    status = {a.id: label_of(session, "account_status", a.status) for a in found}
    rows = [(a.name, status[a.id], a.segment or "", a.country or "", a.id) for a in found]
    columns = ["col.account", "col.status", "col.segment", "col.country", "col.id"]
    show(session, table(session, columns, rows))
