"""From understood cells to wanted records: the sheets in the order of dependency, once or twice.

Twice where something looks renamed or somebody looks known, and the user said that it is so: then the
rows in question are told which record they are about, and everything is put together anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from graphkam.exchange.alike import Alike, alike, meant
from graphkam.exchange.choices import Choices, Mode
from graphkam.exchange.contacts import Contacts
from graphkam.exchange.contracts import assemble_contracts
from graphkam.exchange.desk import Desk
from graphkam.exchange.persons import People
from graphkam.exchange.plain import AFTER_PEOPLE, BEFORE_PEOPLE, assemble, register_known
from graphkam.exchange.posts import Posts
from graphkam.exchange.problems import Faults
from graphkam.exchange.renames import Rename, renamed, renames
from graphkam.exchange.replacing import remove_missing
from graphkam.exchange.rows import Table
from graphkam.exchange.sayings import Sayings
from graphkam.exchange.standing import assemble_people, cascade
from graphkam.exchange.standpoint import Standpoint
from graphkam.exchange.tenure import Event, Holders
from graphkam.exchange.units import assemble_units, register_known_units


@dataclass(frozen=True)
class Assembled:
    """What the rows of a file come to, and what is to be asked about them."""

    desk: Desk
    events: tuple[Event, ...]
    """Changes of holder."""
    renames: tuple[Rename, ...]
    """What looks renamed and was not said to be, or not to be."""
    alike: tuple[Alike, ...]
    """New people who may be somebody else."""


@dataclass(frozen=True)
class Assembling:
    """The work on the tables of one file.

    Parameters
    ----------
    tables
        The sheets, understood.
    stand
        What the author saw, and what the store says now.
    faults
        What was wrong with the reading; added to here.
    today
        The day of the import.
    is_exported
        Whether we wrote the file.
    choices
        How the import is to go.
    """

    tables: Mapping[str, Table]
    stand: Standpoint
    faults: Faults
    today: date
    is_exported: bool
    choices: Choices

    def done(self) -> Assembled:
        """Put the records together."""
        desk, events = self._once(self.tables, {})
        asked, people = renames(desk), alike(desk)
        ids = {place: one.id for place, one in asked.items()} if self.choices.renames else {}
        known = meant(desk, people) if self.choices.duplicates else {}
        if ids or known:
            desk, events = self._once(renamed(self.tables, ids), known)
            asked, people = renames(desk), alike(desk)
        is_decided = self.choices.renames is not None
        return Assembled(desk, tuple(events), () if is_decided else tuple(asked.values()), people)

    def _once(
        self, tables: Mapping[str, Table], known: Mapping[tuple[str, int], str]
    ) -> tuple[Desk, list[Event]]:
        fresh = {
            key: replace(table, rows=[row.copy() for row in table.rows]) for key, table in tables.items()
        }
        desk = Desk(self.stand, fresh, self.faults.branch(), today=self.today, is_exported=self.is_exported)
        desk.meant = known
        events = _assemble(desk)
        if self.choices.mode is Mode.REPLACE and self.choices.scope is not None:
            remove_missing(desk, self.choices.scope)
        cascade(desk)
        return desk, events


def _assemble(desk: Desk) -> list[Event]:
    """Work through the sheets in the order of dependency."""
    register_known(desk)
    register_known_units(desk)
    people, holders = People(desk), Holders(desk)
    posts = Posts(desk, people, holders, Sayings(desk))
    posts.register_known()
    for key, kind in BEFORE_PEOPLE:
        assemble(desk, key, kind)
    desk.only_account = _only_account(desk)
    desk.own_accounts = _own_accounts(desk)
    assemble_units(desk)
    assemble_people(desk, people)
    posts.assemble()
    for key, kind in AFTER_PEOPLE:
        assemble(desk, key, kind)
        if key == "mandates":
            Contacts(desk).assemble()
        if key == "projects":
            assemble_contracts(desk)
    return holders.events


def _only_account(desk: Desk) -> str | None:
    """Give the account of rows that name none: the only one of the file."""
    table = desk.tables.get("accounts")
    if table is None or len(table.rows) != 1:
        return None
    row = table.rows[0]
    for key in ("id", "name"):
        if isinstance(text := row.values.get(key), str) and (
            found := desk.names.accounts_of(("accounts",), text)
        ):
            return next(iter(found)) if len(found) == 1 else None
    return None


def _own_accounts(desk: Desk) -> set[str]:
    """Give the accounts that any row of the file names."""
    named = {
        text
        for table in desk.tables.values()
        for row in table.rows
        if isinstance(text := row.values.get("name" if table.key == "accounts" else "account"), str)
    }
    return {account for text in named for account in desk.names.accounts_of(("accounts",), text)}
