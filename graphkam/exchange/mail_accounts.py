"""Which mail domains are which account: a small CSV file beside a mail log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graphkam.exchange.mail_addresses import read_domain
from graphkam.exchange.mail_csv import Heading
from graphkam.exchange.mail_lines import UNREADABLE, Bomb, Lines
from graphkam.exchange.mail_tally import Tally
from graphkam.model.base import MAX_NAME, clean_name, fold

MAP_COLUMNS = ("domain", "account")


def read_accounts_map(path: Path) -> dict[str, str]:
    """Read which domains are which account: CSV with the columns ``domain`` and ``account``.

    Raises
    ------
    ImportRejected
        If a column is missing, or a row is faulty; everything found is listed.
    """
    tally = Tally(path.name)
    found: dict[str, str] = {}
    heading: Heading | None = None
    try:
        with Lines(path, tally) as lines:
            for number, text in lines:
                if heading is None and text.strip():
                    heading = Heading(number, text, MAP_COLUMNS, tally)
                elif heading is not None and text.strip():
                    _map_row(heading.row(number, text), number, found, tally)
    except (OSError, Bomb, *UNREADABLE) as error:
        tally.error("not_opened", why=getattr(error, "strerror", None) or type(error).__name__)
    if heading is None:
        tally.error("mail_empty")
    for code in ("mail_quotes", "mail_nul", "mail_ragged"):
        if tally.count(code):
            tally.error("mail_map_faulty")
            break
    tally.reject()
    return found


def _map_row(row: Sequence[str] | None, number: int, found: dict[str, str], tally: Tally) -> None:
    if row is None:
        return
    domain, account = read_domain(row[0]), clean_name(row[1])
    if domain is None:
        tally.error("mail_not_a_domain", number, row[0])
    elif not account or len(account) > MAX_NAME:
        tally.error("mail_map_account", number, account, domain=domain)
    elif fold(found.setdefault(domain, account)) != fold(account):
        tally.error("mail_map_twice", number, domain, account=account, other=found[domain])
