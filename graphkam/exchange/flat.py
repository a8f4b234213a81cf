"""Records as the rows of a workbook: the way out, of which ``book`` is the way in.

The row of a position carries its holder of the day and what is said of him or her. Everything that
does not fit into that row stands on sheets of its own: earlier and coming holders, people without a
post, other assessments. No record stands in two places, but a person with two posts and a contract
with several clauses repeat their cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from graphkam.exchange.holders import current_holdings
from graphkam.exchange.layout import REVISION, Cell, Row, Rows
from graphkam.exchange.naming import Naming
from graphkam.model.base import Entity
from graphkam.model.business import Clause, Contract
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet, account_of
from graphkam.model.table import Column, kind_of, sheets
from graphkam.model.vocabulary import Attribute, Occupancy, label

E = TypeVar("E", bound=Entity)

SEPARATOR = "; "
"""Between several values of one cell."""

_DATES = ("date", "opened", "period", "signed")
_ON_THE_ROW = (Attribute.STANCE, Attribute.ORIENTATION, Attribute.POLITICAL_STATUS)
_EMPTY_SEATS = (Occupancy.VACANT, Occupancy.UNKNOWN)


def rows_of(records: RecordSet, *, language: str, today: date) -> Rows:
    """Give the rows of all sheets.

    Parameters
    ----------
    records
        One account, several or all, with our own people and offerings.
    language
        Language of the labels.
    today
        The day whose holders stand in the rows of positions.
    """
    return _Flat(records, language, today).all()


class _Flat:
    """The rows of one set of records in one language."""

    def __init__(self, records: RecordSet, language: str, today: date) -> None:
        self._records = records
        self._language = language
        self._naming = Naming(records, today)
        self._holding = current_holdings(records, today)
        self._said = said_on_rows(records, (h.person_id for h in self._holding.values()))

    def all(self) -> Rows:
        special = {"positions": self._positions, "contracts": self._contracts}
        return {sheet: special[sheet]() if sheet in special else self._plain(sheet) for sheet in sheets()}

    def _plain(self, sheet: str) -> Sequence[Row]:
        """Give a sheet whose rows are one record each."""
        columns = sheets()[sheet]
        return tuple(self._row(columns, {"": r}) for r in in_order(self._shown(kind_of(columns[0]))))

    def _shown(self, kind: type[Entity]) -> Iterable[Entity]:
        on_rows: set[str] = set()
        if kind is Person:
            on_rows = {holding.person_id for holding in self._holding.values()}
        elif kind is Holding:
            on_rows = {holding.id for holding in self._holding.values()}
        elif kind is Assessment:
            on_rows = {found.id for of_person in self._said.values() for found in of_person.values()}
        return (record for record in self._records.of(kind) if record.id not in on_rows)

    def _positions(self) -> Sequence[Row]:
        return tuple(self._position(position) for position in in_order(self._records.of(Position)))

    def _position(self, position: Position) -> Row:
        parts: dict[str, Entity] = {"Position": position}
        if (holding := self._holding.get(position.id)) is not None:
            parts["Holding"] = holding
            if (person := self._records.get(Person, holding.person_id)) is not None:
                parts["Person"] = person
                said = self._said.get(person.id, {})
                parts |= {f"Assessment.{attribute}": found for attribute, found in said.items()}
        row = dict(self._row(sheets()["positions"], parts))
        if holding is None and position.occupancy in _EMPTY_SEATS and position.occupancy_since:
            row["since"] = position.occupancy_since
        if holding is not None and position.occupancy in _EMPTY_SEATS:
            # What was said of the empty seat ended when its holder came.
            row.pop("occupancy")
        return row

    def _contracts(self) -> Sequence[Row]:
        columns = sheets()["contracts"]
        clauses: dict[str, list[Clause]] = {}
        for clause in in_order(self._records.of(Clause)):
            clauses.setdefault(clause.contract_id, []).append(clause)
        return tuple(
            self._row(columns, {"Contract": contract} | ({"Clause": clause} if clause else {}))
            for contract in in_order(self._records.of(Contract))
            for clause in clauses.get(contract.id, [None])
        )

    def _row(self, columns: Sequence[Column], parts: Mapping[str, Entity]) -> Row:
        """Give the row of one record (named "") or of several, by kind."""
        row: dict[str, Cell] = {}
        for column in columns:
            value = _value(column, parts)
            if value is not None and (cell := self._cell(column, value)) != "":
                row[column.key] = cell
        row[REVISION] = json.dumps(
            {name or type(r).__name__: [r.id, r.version] for name, r in parts.items()}, ensure_ascii=False
        )
        return row

    def _cell(self, column: Column, value: Any) -> Cell:
        several = value if isinstance(value, tuple) else (value,)
        if column.type in {"ref", "refs"}:
            said = [self._naming.refer(str(v), column) for v in several]
        elif column.type in {"enum", "enums"}:
            said = [label(column.allowed, _code(v), self._language) for v in several]
        elif column.type in {"days", "emails", "statements"}:
            said = [str(v) for v in several]
        elif isinstance(value, (int, float, Decimal, date)):
            return value
        else:
            return str(value)
        return SEPARATOR.join(said)


def _value(column: Column, parts: Mapping[str, Entity]) -> Any:
    if "" in parts:
        return getattr(parts[""], column.field)
    if column.record != "Assessment":
        return getattr(parts.get(column.record), column.field, None)
    found = {name: record for name, record in parts.items() if name.startswith("Assessment.")}
    if column.field in set(Attribute):
        return getattr(found.get(f"Assessment.{column.field}"), "value", None)
    return getattr(next(iter(found.values()), None), column.field, None)


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)


def said_on_rows(records: RecordSet, people: Iterable[str]) -> Mapping[str, Mapping[Attribute, Assessment]]:
    """Give the assessments that fit into the rows of positions, by person and attribute.

    A row has one source and one day for all it says of its holder. Those of the stance count; what
    was learnt otherwise, within one decision centre, from somebody named or with a confidence
    stands on the sheet of assessments.
    """
    wanted = set(people)
    newest: dict[str, dict[Attribute, Assessment]] = {}
    for found in in_order(records.of(Assessment)):
        if found.person_id in wanted and found.centre_id is None and found.attribute in _ON_THE_ROW:
            newest.setdefault(found.person_id, {})[found.attribute] = found
    return {person_id: _together(of_person) for person_id, of_person in newest.items()}


def _together(newest: Mapping[Attribute, Assessment]) -> Mapping[Attribute, Assessment]:
    plain = [newest[attribute] for attribute in _ON_THE_ROW if attribute in newest]
    fit = [found for found in plain if found.by is None and found.confidence is None]
    return {a.attribute: a for a in fit if (a.date, a.source) == (fit[0].date, fit[0].source)}


def in_order(records: Iterable[E]) -> Sequence[E]:
    """Give records by account, then by day, then by id, numbers within ids counted as numbers."""
    return sorted(records, key=_place)


def _place(record: Entity) -> tuple[str, str, list[tuple[int, str]]]:
    day = next((getattr(record, field) for field in _DATES if getattr(record, field, None)), "")
    parts = re.split(r"(\d+)", record.id)
    return account_of(record) or "", str(day), [(int(p) if p.isdecimal() else 0, p) for p in parts]
