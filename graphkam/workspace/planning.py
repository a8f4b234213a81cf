"""What would be written: an import, a mail log, two people made one; and accounts out again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from graphkam.access.policy import Act
from graphkam.errors import InputError
from graphkam.model.changes import Operation
from graphkam.model.records import RecordSet
from graphkam.workspace.past import Past

if TYPE_CHECKING:
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.grid import Edits, Grid
    from graphkam.exchange.plan import Plan
    from graphkam.model.clashes import Key
    from graphkam.model.duplicates import Duplicate
    from graphkam.model.people import Somebody

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


class Planning(Past):
    """Plans and files, behind the policy."""

    def duplicates(self, account_id: str | None = None) -> tuple[Duplicate[Somebody], ...]:
        """Give who of an account, or of all and of us, may be one person written twice."""
        from graphkam.exchange.merging import find_duplicates

        return find_duplicates(self.records(), account_id)

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
        return plan(known, book, revision=revision, last_change=self._last_change)

    def grid(self, account_id: str, sheet: str, *, language: str, today: date) -> Grid:
        """Give a sheet of an account, to be edited in a grid.

        Raises
        ------
        NotAllowed
            If the user may not see the account.
        """
        from graphkam.exchange.grid import grid

        revision = self.revision
        records = self.records_at(revision, [account_id])
        stands = revision, self._operation_of(revision)
        return grid(records, sheet, account_id, language=language, today=today, stands=stands)

    def plan_grid(self, shown: Grid, edits: Edits, *, today: date, choices: Choices | None = None) -> Plan:
        """Give what was edited in a grid would change; nothing is written.

        Raises
        ------
        ImportRejected
            If something cannot be understood or accepted; all of it is listed, by cell.
        """
        from graphkam.editing.facts import ORIGIN
        from graphkam.exchange.book import understood
        from graphkam.exchange.choices import AS_IT_COMES
        from graphkam.exchange.grid import edited
        from graphkam.exchange.plan import plan
        from graphkam.exchange.problems import Faults

        revision = self.revision
        known = self.records_at(revision)
        past = partial(self._as_exported, known=known, now=revision)
        source = edited(shown, edits)
        how = choices or AS_IT_COMES
        book = understood(source, Faults(source.name), known=known, today=today, past=past, choices=how)
        made = plan(known, book, revision=revision, last_change=self._last_change)
        puts = tuple(record.model_copy(update={"origin": ORIGIN}) for record in made.changes.puts)
        return made.model_copy(update={"changes": made.changes.model_copy(update={"puts": puts})})

    def _as_exported(
        self, revision: int, operation_id: str, *, known: RecordSet, now: int
    ) -> RecordSet | None:
        """Give the store as an exported file shows it; None = nobody knows it, or it is another store's."""
        if operation_id != self._operation_of(revision):
            return None
        try:
            return known if revision == now else self._seen(self._store.read_at(revision))
        except InputError:  # no such revision, or older than the history
            return None

    def _last_change(self, key: Key) -> Operation | None:
        """Give who made a record what it is, or removed it."""
        found = self.history(*key)
        return (found[0].ended_by or found[0].by) if found else None

    def _operation_of(self, revision: int) -> str:
        """Give the id of the write that made a revision; nothing where nobody knows of one."""
        made_by = self._store.operation_at(revision)
        return made_by.id if made_by else ""

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

        revision = self.revision
        known = self.records_at(revision)
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

    def export(self, path: Path, *, account_ids: Sequence[str], language: str) -> None:
        """Write accounts to a workbook (``.xlsx``), or to CSV files: an archive (``.zip``) or a folder.

        Raises
        ------
        NotAllowed
            If the user may not export one of the accounts.
        """
        from graphkam.exchange.export import save_csv_folder, save_workbook
        from graphkam.exchange.zipped import save_zip

        revision = self.revision
        operation = self._operation_of(revision)
        records = self._store.read_at(revision, self._allowed(Act.EXPORT, account_ids))
        if path.suffix.casefold() == ".zip":
            with TemporaryDirectory() as folder:
                save_csv_folder(
                    records, Path(folder), language=language, revision=revision, operation=operation
                )
                save_zip(Path(folder), path)
            return
        save = save_workbook if path.suffix.casefold() == ".xlsx" else save_csv_folder
        save(records, path, language=language, revision=revision, operation=operation)
