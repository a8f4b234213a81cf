"""The sheet of units: a tree, whose parents may stand below their children."""

from __future__ import annotations

from collections.abc import Mapping

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.desk import Desk
from graphkam.exchange.plain import settle
from graphkam.exchange.problems import CellFault
from graphkam.exchange.references import Entry, name_key, unit_names
from graphkam.exchange.rows import Row, Table
from graphkam.model.organisation import OrgUnit


def register_known_units(desk: Desk) -> None:
    """Make all known units findable."""
    for unit in desk.known.of(OrgUnit):
        parent = desk.known.get(OrgUnit, unit.parent_id or "")
        _register(desk, unit.id, unit.account_id, unit.name, parent.name if parent else None)


def _register(desk: Desk, unit_id: str, account_id: str, name: str, parent: str | None) -> None:
    shown = f"{name} < {parent}" if parent else name
    desk.names.add("units", Entry(unit_id, account_id, shown, names=unit_names(name, parent)))


def assemble_units(desk: Desk) -> None:
    """Work through the sheet of units."""
    table = desk.tables.get("units")
    if table is None:
        return
    sheet = _Units(desk, table)
    for index, (record_id, base) in sheet.identified().items():
        row = table.rows[index]
        fields = desk.said(table, row, OrgUnit, sheet.accounts[index]) | {"account_id": sheet.accounts[index]}
        if row.operation:
            settle(desk, table, row, OrgUnit, fields, base)
        elif base is not None and base.account_id != sheet.accounts[index]:
            desk.fault("id_of_other_account", table, row, "id")
        else:
            desk.put(table, row, OrgUnit, fields, base=base, record_id=record_id)


class _Units:
    """Finds out which unit each row is about."""

    def __init__(self, desk: Desk, table: Table) -> None:
        self.desk = desk
        self.table = table
        self.found: dict[int, tuple[str, OrgUnit | None]] = {}
        self.taken: set[str] = set()
        seen: dict[str, Row] = {}
        rows = [(i, row) for i, row in enumerate(table.rows) if desk.check_id(table, seen, row)]
        accounts = ((i, desk.account_id(table, row)) for i, row in rows)
        self.accounts: Mapping[int, str] = {
            i: account_id for i, account_id in accounts if account_id is not None
        }
        self.known: dict[tuple[str, str], list[OrgUnit]] = {}
        for unit in desk.known.of(OrgUnit):
            self.known.setdefault((unit.account_id, name_key(unit.name)), []).append(unit)

    def identified(self) -> dict[int, tuple[str, OrgUnit | None]]:
        """Give the id, and the known unit if there is one, of each row."""
        waiting = dict.fromkeys(self.accounts)
        for index in [i for i in waiting if isinstance(self._row(i).values.get("id"), str)]:
            del waiting[index]
            self._identify(index)
        is_moving = True
        while waiting:
            # A unit is known by its parent's id, so its parent comes first; a circle comes last.
            names = {(self.accounts[i], self._key(i, "name")) for i in waiting}
            ready = [i for i in waiting if (self.accounts[i], self._key(i, "parent")) not in names]
            ready, is_moving = (ready, True) if ready and is_moving else (list(waiting), False)
            for index in ready:
                del waiting[index]
                self._identify(index)
        return self.found

    def _row(self, index: int) -> Row:
        return self.table.rows[index]

    def _key(self, index: int, column: str) -> str:
        value = self._row(index).values.get(column)
        return name_key(value) if isinstance(value, str) else ""

    def _identify(self, index: int) -> None:
        row, account_id = self._row(index), self.accounts[index]
        name, parent = row.values.get("name"), row.values.get("parent")
        base = self.desk.known.get(OrgUnit, str(row.values.get("id", "")))
        if base is None and "id" not in row.values and isinstance(name, str):
            base = self._known(account_id, name, parent)
        record_id = (
            base.id if base else self.desk.new_id(self.table, row, OrgUnit, {"account_id": account_id})
        )
        self.taken.add(record_id)
        self.found[index] = record_id, base
        if isinstance(name, str):
            _register(self.desk, record_id, account_id, name, parent if isinstance(parent, str) else None)

    def _known(self, account_id: str, name: str, parent: object) -> OrgUnit | None:
        """Find the known unit of a name, under the parent that the row names if it names one."""
        fitting = [u for u in self.known.get((account_id, name_key(name)), ()) if u.id not in self.taken]
        if parent is CLEAR or (parent is None and self.desk.is_exported):
            fitting = [unit for unit in fitting if unit.parent_id is None]
        elif isinstance(parent, str):
            try:
                parent_id = self.desk.names.resolve(("units",), parent, account_id)
            except CellFault:  # told when the reference is read
                return None
            fitting = [unit for unit in fitting if unit.parent_id == parent_id]
        return fitting[0] if len(fitting) == 1 else None
