"""Commands that ask a question of an account and print the answer."""

from __future__ import annotations

from typing import Annotated

import typer

from graphkam.cli.command import JSON, LANG, add, told
from graphkam.cli.session import Session
from graphkam.cli.tables import show, table

ACCOUNT = Annotated[str, typer.Argument(help=told("account"))]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to an app."""
    add(app, "accounts", (LANG, JSON))(accounts)


def accounts(session: Session) -> None:
    """List the accounts."""
    with session.open() as workspace:
        found = workspace.accounts()
    if session.is_json:
        session.print_json({"accounts": [account.model_dump(mode="json") for account in found]})
        return
    rows = [(a.name, a.status or "", a.segment or "", a.country or "") for a in found]
    show(session, table(session, ["col.account", "col.status", "col.segment", "col.country"], rows))
