"""What a row says: its account, its references resolved, its fields; and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.problems import CellFault, Faults
from graphkam.exchange.references import Directory, targets
from graphkam.exchange.rows import Row, Table, by_key
from graphkam.model.base import Entity
from graphkam.model.table import Column

_ACCOUNT_BOUND = {
    "units", "positions", "people", "holders", "centres", "opportunities", "signals", "incidents", "contracts"
}  # fmt: skip


class Hearing:
    """Hears the rows of one file.

    Parameters
    ----------
    faults
        Takes what is wrong.
    is_exported
        Whether we wrote the file: then a blank clears.
    """

    def __init__(self, faults: Faults, *, is_exported: bool) -> None:
        self.faults = faults
        self.is_exported = is_exported
        self.names = Directory()
        self.only_account: str | None = None
        """The account of rows that name none."""
        self.own_accounts: set[str] = set()
        """Accounts that the file speaks of by name."""

    def fault(self, code: str, table: Table, row: Row, key: str = "", /, **params: Any) -> None:
        """Add a fault at a cell."""
        value = row.values.get(key, "")
        self.faults.add(CellFault(code, **params), table.place(row, key), "-" if value is CLEAR else value)

    def warn(self, code: str, table: Table, row: Row, key: str = "", /, **params: Any) -> None:
        """Say something of a cell."""
        value = row.values.get(key, "")
        self.faults.add(CellFault(code, **params), table.place(row, key), value, is_warning=True)

    def account_id(self, table: Table, row: Row) -> str | None:
        """Give the account of a row: the one it names, the one its references share, or the only one."""
        if "account" in by_key(table.key):
            text = row.values.get("account")
            if text is None or text is CLEAR:
                if self.only_account is None and "account" not in row.faulty:
                    self.fault("required", table, row, "account")
                return self.only_account
            return self.refer(table, row, "account", None)
        return self._shared_account(table, row)

    def _shared_account(self, table: Table, row: Row) -> str | None:
        """Give the account that all references of a row have in common."""
        shared: set[str] | None = None
        bound = account_bound(table.key)
        for key, text in row.values.items():
            if key not in bound or text is CLEAR:
                continue
            for part in (text,) if isinstance(text, str) else text:
                found = self.names.accounts_of(bound[key], part)
                # A namesake in an account that the file does not speak of is not meant.
                found = found & self.own_accounts or found
                shared = found if shared is None else (shared & found or shared) if found else shared
        return next(iter(shared)) if shared and len(shared) == 1 else None

    def refer(self, table: Table, row: Row, key: str, account_id: str | None) -> str | None:
        """Give the id that a reference means; None, and a fault, if it means none."""
        try:
            return self.names.resolve(targets(table.column(key)), row.values[key], account_id)
        except CellFault as fault:
            row.faulty.add(key)
            self.faults.add(self._in_account(fault, account_id), table.place(row, key), row.values[key])
            return None

    def refer_all(self, table: Table, row: Row, key: str, account_id: str | None) -> tuple[str, ...] | None:
        """Give the ids that a list of references means; None, and faults, if one means none."""
        found = []
        for text in row.values[key]:
            try:
                found.append(self.names.resolve(targets(table.column(key)), text, account_id))
            except CellFault as fault:
                row.faulty.add(key)
                self.faults.add(self._in_account(fault, account_id), table.place(row, key), text)
        return None if key in row.faulty else tuple(dict.fromkeys(found))

    def _in_account(self, fault: CellFault, account_id: str | None) -> CellFault:
        """Say of a name that nobody has where it was sought."""
        account = self.names.get("accounts", account_id or "")
        if fault.code != "nobody" or account is None:
            return fault
        return CellFault("nobody_in", nearest=fault.nearest, account=account.shown)

    def said(self, table: Table, row: Row, kind: type[Entity], account_id: str | None) -> dict[str, Any]:
        """Give what a row says of a record, by field; ``CLEAR`` included, blanks left out."""
        fields: dict[str, Any] = {}
        own = columns_of(table.key, kind)
        for key, value in row.values.items():
            column = own.get(key)
            if column is None:
                continue
            if column.type in {"ref", "refs"} and value is not CLEAR:
                read = self.refer if column.type == "ref" else self.refer_all
                value = read(table, row, key, account_id)  # noqa: PLW2901 - the text becomes the id
                if value is None:
                    continue
            fields[column.field] = value
        return fields

    def blanks(self, table: Table, row: Row, kind: type[Entity]) -> set[str]:
        """Give the fields whose cells are blank: in a row that we wrote, those are cleared."""
        return {
            column.field
            for key, column in columns_of(table.key, kind).items()
            if column.field in kind.model_fields
            and key in table.columns
            and key not in row.values
            and key not in row.faulty
        }


@cache
def columns_of(sheet: str, kind: type[Entity]) -> Mapping[str, Column]:
    """Give the columns of a sheet that say something of a kind of record, by their keys."""
    return {
        key: column
        for key, column in by_key(sheet).items()
        if column.record == kind.__name__ and column.field not in {"id", "account_id"}
    }


@cache
def account_bound(sheet: str) -> Mapping[str, tuple[str, ...]]:
    """Give what the references of a sheet may mean that tell the account of a row, by column."""
    return {
        key: targets(column)
        for key, column in by_key(sheet).items()
        if column.type in {"ref", "refs"} and _ACCOUNT_BOUND.intersection(targets(column))
    }
