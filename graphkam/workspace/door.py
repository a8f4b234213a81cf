"""The workspace: accounts in, accounts out, each act asked of the policy first."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graphkam.access.policy import Act
from graphkam.errors import ImportRejected, NotFound, WriteConflict
from graphkam.model.base import fold
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet, account_of, accounts_knowing
from graphkam.store.accounts import Store
from graphkam.workspace.arranging import Arranging
from graphkam.workspace.editing import Editing
from graphkam.workspace.planning import Planning, Progress
from graphkam.workspace.whole import Whole

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.graph.columns import Columns
    from graphkam.model.answer import Answer
    from graphkam.settings import Settings
    from graphkam.store.migrations import Migration
    from graphkam.store.status import Status


class Workspace(Planning, Whole, Editing, Arranging):
    """A user's view of all accounts he or she may see.

    Parameters
    ----------
    settings
        The settings, read at the edge.
    store
        An open store; the workspace closes it.
    policy
        Who may do what; by default the single local user may do everything.
    """

    @classmethod
    def open(cls, settings: Settings, *, lease: bool = False) -> Self:
        """Open the workspace of the data folder or server that the settings name.

        Parameters
        ----------
        settings
            Where it is.
        lease
            Whether the embedded database may end with this user of it, if it is the last: so the
            app leaves nothing running, and commands in a row find the database warm.

        Raises
        ------
        StoreError
            If the database cannot be started, reached or used.
        """
        return cls(settings, Store.open(settings, lease=lease))

    def __enter__(self) -> Self:
        """Give the workspace itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def close(self) -> None:
        """Close the store; the embedded database goes on for other users of the folder."""
        self._store.close()

    # ------------------------------------------------------------------ reading

    @property
    def migration(self) -> Migration | None:
        """What was done to a store of an older schema when it was opened."""
        return self._store.migration

    def accounts(self) -> tuple[Account, ...]:
        """Give the accounts that the user may see, by name."""
        visible = (a for a in self._store.accounts() if self._allows(Act.READ, a.id))
        return tuple(sorted(visible, key=lambda a: (fold(a.name), a.id)))

    def find_account(self, wanted: str) -> Account:
        """Give the account that a name or an id means; an exact name always wins.

        Raises
        ------
        NotFound, Ambiguous
            If no account, or several, have such a name.
        """
        from graphkam.model.search import find

        accounts = {account.id: account for account in self.accounts()}
        if not accounts:
            raise NotFound("no_accounts")
        if wanted in accounts and wanted not in {a.name for a in accounts.values()}:
            return accounts[wanted]
        return accounts[find(wanted, {a.id: a.name for a in accounts.values()})]

    def graph(self, account_id: str, *, as_of: date, records: RecordSet | None = None) -> AccountGraph:
        """Give an account as a graph, as of a day.

        Parameters
        ----------
        account_id
            Id of the account.
        as_of
            The day.
        records
            What :meth:`records` gave of the account, so that another day needs no reading; by default
            it is read.

        Raises
        ------
        NotAllowed
            If the user may not see the account.
        NotFound
            If there is no such account.
        """
        from graphkam.graph.build import account_graph

        self._readable([account_id])
        return account_graph(self.records([account_id]) if records is None else records, account_id, as_of)

    def two_days(self, account_id: str, *, since: date, as_of: date) -> tuple[AccountGraph, AccountGraph]:
        """Give an account as of an earlier and a later day, from one reading of the store.

        Raises
        ------
        NotAllowed
            If the user may not see the account.
        NotFound
            If there is no such account.
        """
        from graphkam.graph.build import account_graph

        records = self.records([account_id])
        return account_graph(records, account_id, since), account_graph(records, account_id, as_of)

    def graphs(self, *, as_of: date, about: Collection[str] | None = None) -> Iterator[AccountGraph]:
        """Give the graphs of all accounts that the user may see, by name of account.

        Parameters
        ----------
        as_of
            The day.
        about
            Ids of people, theirs or ours: only the accounts where one of them is known.
        """
        records = self.records()
        wanted = None if about is None else accounts_knowing(records, about)
        apart = _apart(records)
        return _graphs({a: apart[a] for a in apart if wanted is None or a in wanted}, as_of)

    def columns(self, days: Sequence[date]) -> tuple[Columns, ...]:
        """Give all accounts that the user may see in columns, as of each of some days; read once."""
        from graphkam.graph.columns import columns

        apart = _apart(self.records())
        return tuple(columns(_graphs(apart, day), day) for day in days)

    def save_snapshot(self, folder: Path, found: Columns) -> None:
        """Write columns to a folder of Parquet files.

        Raises
        ------
        NotAllowed
            If the user may not export one of the accounts.
        InputError
            If a file cannot be written.
        """
        from graphkam.exchange.snapshot import save_snapshot

        self._allowed(Act.EXPORT, found.accounts.id.tolist())
        save_snapshot(folder, found)

    def people(self) -> Mapping[str, str]:
        """Give the names of all people that the user may see, theirs and ours, by id."""
        from graphkam.model.people import Person, TeamMember

        records = self.records()
        return {m.id: m.name for m in records.of(TeamMember)} | {p.id: p.name for p in records.of(Person)}

    def query(self, text: str, *, limit: int | None = None, timeout: float | None = None) -> Answer:
        """Give the rows of a question in Cypher, which reads all there is and can write nothing.

        Parameters
        ----------
        text
            One statement.
        limit, timeout
            Rows and seconds at most; by default those of the settings.

        Raises
        ------
        NotAllowed
            If the user may not ask so about one of the accounts: the answer cannot be cut to the others.
        InputError
            If the database does not understand the question, refuses it, or it takes too long.
        """
        from graphkam.store.queries import query

        self._allowed_with_all(Act.QUERY)
        limits = self.settings.query
        return query(self.settings, text, limit=limit or limits.limit, timeout=timeout or limits.timeout)

    # ------------------------------------------------------------------ writing

    def apply(
        self,
        changes: ChangeSet,
        *,
        what: str,
        file: str = "",
        sha256: str = "",
        undoes: str = "",
        progress: Progress | None = None,
    ) -> Operation:
        """Write changes: all of them or none.

        Parameters
        ----------
        changes
            What to put and to remove.
        what
            The act, for the record of operations: ``import``, ``edit`` …
        file, sha256
            The file that the changes come from, if any.
        undoes
            Id of the operation that they undo, if any.
        progress
            Told how many records are written.

        Raises
        ------
        NotAllowed
            If the user may not change one of the accounts.
        ImportRejected
            If the result would break the integrity of an account; all that it breaks is listed.
        WriteConflict
            If somebody else changed one of the records since it was read; it says who, what and when.
        """
        from graphkam.exchange.wholeness import broken

        account_ids = self._allowed(Act.CHANGE, sorted(changes.account_ids))
        # Who of us goes, goes from every account.
        are_ours_gone = any(account_of(record) is None for record in changes.removals)
        known = self._store.read(None if are_ours_gone else account_ids)
        if problems := broken(known, changes, file=file or what):
            raise ImportRejected(file or what, problems)
        operation = Operation(
            who=self.settings.user,
            what=what,
            file=os.path.basename(file),  # noqa: PTH119 - a name, not a path
            sha256=sha256,
            undoes=undoes,
        )
        try:
            return self._store.write(changes, operation, progress=progress)
        except WriteConflict as error:
            raise self._told(error) from error


def _apart(records: RecordSet) -> Mapping[str, RecordSet]:
    """Give the records of each account, by name of account."""
    by_account = records.by_account()
    accounts = sorted(records.of(Account), key=lambda a: (fold(a.name), a.id))
    return {account.id: by_account[account.id] for account in accounts}


def _graphs(apart: Mapping[str, RecordSet], as_of: date) -> Iterator[AccountGraph]:
    from graphkam.graph.build import account_graph

    return (account_graph(records, account_id, as_of) for account_id, records in apart.items())


def store_status(settings: Settings, *, check_files: bool = False) -> Status:
    """Say whether the store runs, where, and what is in it."""
    from graphkam.store.status import status

    return status(settings, check_files=check_files)


def stop_store(settings: Settings) -> bool:
    """Stop the embedded database of a data folder; tell whether it ran."""
    from graphkam.store.embedded import stop

    return stop(settings)
