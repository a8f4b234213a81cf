"""Rows of the contracts: the contract is repeated on the row of each of its clauses."""

from __future__ import annotations

from typing import Any

from graphkam.exchange.desk import Desk
from graphkam.exchange.identity import key_of, matched
from graphkam.exchange.plain import settle
from graphkam.exchange.references import name_key
from graphkam.exchange.rows import Row, Table
from graphkam.model.business import Clause, Contract


def assemble_contracts(desk: Desk) -> None:
    """Work through the sheet of contracts and clauses."""
    table = desk.tables.get("contracts")
    if table is None:
        return
    groups: dict[tuple[str, ...], list[tuple[Row, dict[str, Any]]]] = {}
    for row in table.rows:
        account_id = desk.account_id(table, row)
        fields = desk.said(table, row, Contract, account_id) | {"account_id": account_id}
        given = row.values.get("id")
        name = fields.get("name")
        key = ("id", given) if isinstance(given, str) else (str(account_id), name_key(str(name)))
        groups.setdefault(key, []).append((row, fields))
    for rows in groups.values():
        contract_id = _put_contract(desk, table, rows)
        if contract_id is not None:
            _put_clauses(desk, table, [row for row, _ in rows], contract_id, rows[0][1]["account_id"])


def _put_contract(desk: Desk, table: Table, rows: list[tuple[Row, dict[str, Any]]]) -> str | None:
    """Want one contract; its rows must not contradict each other."""
    row, first = rows[0]
    for other, fields in rows[1:]:
        for name, value in fields.items():
            if first.setdefault(name, value) != value:
                key = next(c for c in table.fields if table.column(c).field == name)
                desk.fault(
                    "contradiction",
                    table,
                    other,
                    key,
                    person=first.get("name"),
                    other=table.place(row, key).cell,
                )
    base = desk.identify(table, {table.rows.index(row): first}, Contract).get(table.rows.index(row))
    plain = Row(row.number, row.values, None if _has_clause(row) else row.operation, row.faulty, row.shown)
    made = settle(desk, table, plain, Contract, first, base)
    return made.id if made is not None else None


def _has_clause(row: Row) -> bool:
    return "clause" in row.values


def _put_clauses(desk: Desk, table: Table, rows: list[Row], contract_id: str, account_id: str) -> None:
    said = {
        index: desk.said(table, row, Clause, account_id)
        | {"account_id": account_id, "contract_id": contract_id}
        for index, row in enumerate(rows)
        if _has_clause(row)
    }
    known = [clause for clause in desk.known.of(Clause) if clause.contract_id == contract_id]
    names = ("contract_id", "name")
    bases = matched(said, known, [(lambda f: key_of(f, names), lambda r: key_of(vars(r), names))])
    for index, fields in said.items():
        row = rows[index]
        values = {key: value for key, value in row.values.items() if key != "id"}  # the contract's id
        without_id = Row(row.number, values, row.operation, row.faulty, row.shown)
        settle(desk, table, without_id, Clause, fields, bases.get(index))
