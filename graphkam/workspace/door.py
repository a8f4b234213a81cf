"""The workspace: accounts in, accounts out, each act asked of the policy first."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graphkam.access.policy import Act
from graphkam.errors import ImportRejected, InputError, NotFound, WriteConflict
from graphkam.model.base import fold
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet, account_of, accounts_knowing
from graphkam.store.accounts import Store
from graphkam.workspace.editing import Editing
from graphkam.workspace.whole import Whole

if TYPE_CHECKING:
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.model.answer import Answer
    from graphkam.model.duplicates import Duplicate
    from graphkam.model.people import Somebody
    from graphkam.settings import Settings
    from graphkam.store.migrations import Migration
    from graphkam.store.status import Status

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


class Workspace(Whole, Editing):
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
    def revision(self) -> int:
        """A number that grows with every write."""
        return self._store.revision()

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
        from graphkam.graph.build import account_graph

        records = self.records()
        by_account = records.by_account()
        wanted = None if about is None else accounts_knowing(records, about)
        for account in sorted(records.of(Account), key=lambda a: (fold(a.name), a.id)):
            if wanted is not None and account.id not in wanted:
                continue
            yield account_graph(by_account[account.id], account.id, as_of)

    def people(self) -> Mapping[str, str]:
        """Give the names of all people that the user may see, theirs and ours, by id."""
        from graphkam.model.people import Person, TeamMember

        records = self.records()
        return {m.id: m.name for m in records.of(TeamMember)} | {p.id: p.name for p in records.of(Person)}

    def duplicates(self, account_id: str | None = None) -> tuple[Duplicate[Somebody], ...]:
        """Give who of an account, or of all and of us, may be one person written twice."""
        from graphkam.exchange.merging import find_duplicates

        return find_duplicates(self.records(), account_id)

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

        self._allowed(Act.QUERY, (account.id for account in self._store.accounts()))
        limits = self.settings.query
        return query(self.settings, text, limit=limit or limits.limit, timeout=timeout or limits.timeout)

    # ------------------------------------------------------------------ writing

    def plan_import(
        self, path: Path, *, today: date, locale: str | None = None, choices: Choices | None = None
    ) -> Plan:
        """Give what importing a workbook or a CSV folder would change; nothing is written.

        See :func:`graphkam.exchange.book.read_book` for what it takes.

        Raises
        ------
        ImportRejected
            If the file has faults; all of them are listed.
        """
        from graphkam.exchange.book import read_book
        from graphkam.exchange.choices import AS_IT_COMES
        from graphkam.exchange.plan import plan

        revision = self.revision
        known = self.records_at(revision)
        past = partial(self._as_exported, known=known, now=revision)
        how = choices or AS_IT_COMES
        book = read_book(path, known=known, today=today, locale=locale, past=past, choices=how)
        return plan(known, book, revision=revision)

    def _as_exported(
        self, revision: int, operation_id: str, *, known: RecordSet, now: int
    ) -> RecordSet | None:
        """Give the store as an exported file shows it; None = nobody knows it, or it is another store's."""
        is_ours = operation_id in {"", self._newest_operation()}
        return known if is_ours and revision == now else None

    def _newest_operation(self) -> str:
        newest = self._store.operations(limit=1)
        return newest[0].id if newest else ""

    def plan_mail(
        self,
        path: Path,
        *,
        team_domains: Sequence[str],
        as_of: date,
        accounts_file: Path | None = None,
        keep_free_mail: bool = False,
        min_people: int = 1,
        active_within: int | None = None,
        progress: Progress | None = None,
    ) -> Plan:
        """Give what importing a mail log would change; nothing is written.

        Raises
        ------
        ImportRejected
            If the file cannot be used.
        """
        from graphkam.exchange.mail import read_accounts_map, read_mail
        from graphkam.exchange.plan import plan

        accounts_map = None if accounts_file is None else read_accounts_map(accounts_file)
        revision = self.revision
        known = self.records_at(revision)
        log = read_mail(
            path,
            team_domains=team_domains,
            known=known,
            as_of=as_of,
            accounts_map=accounts_map,
            keep_free_mail=keep_free_mail,
            min_people=min_people,
            active_within=active_within,
            progress=progress,
        )
        return plan(known, log, revision=revision)

    def plan_merge(self, kept_id: str, gone_id: str) -> Plan:
        """Give what making two people one would change; the first stays, and nothing is written."""
        from graphkam.exchange.merging import plan_merge

        revision, known = self.revision, self.records()
        return plan_merge(known, kept_id, gone_id, revision=revision)

    def save_plan(self, made: Plan, path: Path) -> None:
        """Write a plan to a file, to be looked at and applied later."""
        from graphkam.exchange.saved import save_plan

        save_plan(made, path)

    def read_plan(self, path: Path) -> Plan:
        """Read a plan back; one made before the last write is stale and refused.

        Raises
        ------
        InputError
            If it cannot be used, or somebody altered it so that the accounts would not be whole.
        """
        from graphkam.exchange.saved import load_plan
        from graphkam.exchange.wholeness import broken

        plan = load_plan(path, revision=self.revision)
        if broken(self.records(), plan.changes):
            raise InputError("plan_broken", file=path.name)
        return plan

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

    def export(self, path: Path, *, account_ids: Sequence[str], language: str) -> None:
        """Write accounts to a workbook (``.xlsx``) or, for any other name, to a folder of CSV files.

        Raises
        ------
        NotAllowed
            If the user may not export one of the accounts.
        """
        from graphkam.exchange.export import save_csv_folder, save_workbook

        revision, operation = self.revision, self._newest_operation()
        records = self._store.read_at(revision, self._allowed(Act.EXPORT, account_ids))
        save = save_workbook if path.suffix.casefold() == ".xlsx" else save_csv_folder
        save(records, path, language=language, revision=revision, operation=operation)


def store_status(settings: Settings, *, check_files: bool = False) -> Status:
    """Say whether the store runs, where, and what is in it."""
    from graphkam.store.status import status

    return status(settings, check_files=check_files)


def stop_store(settings: Settings) -> bool:
    """Stop the embedded database of a data folder; tell whether it ran."""
    from graphkam.store.embedded import stop

    return stop(settings)
