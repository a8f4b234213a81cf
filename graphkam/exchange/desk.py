"""Where the records of a file are put together: what is known, what is wanted, what is wrong.

The sheets are worked through in the order of dependency; each row first finds out which record it is
about, then what it says of it. What a row does not say stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import PydanticUndefined

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.hearing import Hearing
from graphkam.exchange.identity import KEYS, key_of, matched
from graphkam.exchange.layout import REVISION
from graphkam.exchange.problems import Faults, Place
from graphkam.exchange.rows import Row, Table, by_key
from graphkam.exchange.sheetxml import column_letters
from graphkam.exchange.standpoint import Standpoint
from graphkam.model.base import Entity
from graphkam.model.ids import Ids
from graphkam.model.organisation import Account
from graphkam.model.records import name_of
from graphkam.model.table import Column, kind_of
from graphkam.text import visible

E = TypeVar("E", bound=Entity)

_OWN = {"id", "version", "origin", "updated_at"}
_EMPTY: tuple[Any, ...] = (None, (), PydanticUndefined)
_LONGEST_ID = 100


class Desk(Hearing):
    """The work on one file.

    Parameters
    ----------
    stand
        What the author of the file saw, and what the store says now.
    tables
        The sheets of the file, understood.
    faults
        Takes what is wrong.
    today
        The day of the import.
    is_exported
        Whether we wrote the file: then a blank clears.
    """

    def __init__(
        self,
        stand: Standpoint,
        tables: Mapping[str, Table],
        faults: Faults,
        *,
        today: date,
        is_exported: bool,
    ) -> None:
        super().__init__(faults, is_exported=is_exported)
        self.stand = stand
        self.known = stand.known
        self.tables = tables
        self.today = today
        self.meant: Mapping[tuple[str, int], str] = {}
        """Whom rows mean that call somebody by another name: by sheet and number of the row."""
        self.heirs: dict[str, set[str]] = {}
        """Whom people follow in a position, by the file."""
        self.ids = Ids(_taken((*stand.known, *stand.unseen), tables))
        self.wanted: dict[tuple[type[Entity], str], Entity] = {}
        self.removed: dict[tuple[type[Entity], str], Entity] = {}
        self.places: dict[tuple[type[Entity], str], tuple[Table, Row]] = {}
        self._said: set[tuple[str, str]] = set()

    # ------------------------------------------------------------------ what there is

    def now(self, kind: type[E], record_id: str) -> E | None:
        """Give a record as the file wants it, or else as it is known."""
        if (kind, record_id) in self.removed:
            return None
        found = self.wanted.get((kind, record_id))
        return cast("E", found) if found is not None else self.known.get(kind, record_id)

    def cell_of(self, record: Entity) -> str:
        """Give the first cell of the row that a wanted record comes from."""
        place = self.places.get((type(record), record.id))
        return place[0].place(place[1]).cell if place else record.id

    # ------------------------------------------------------------------ what is wanted

    def put(
        self,
        table: Table,
        row: Row,
        kind: type[E],
        fields: Mapping[str, Any],
        *,
        base: E | None = None,
        record_id: str = "",
        clears: bool = True,
    ) -> E | None:
        """Want a record: what is known of it, changed by what the row says.

        Parameters
        ----------
        table, row
            Where it is said.
        kind
            What it is.
        fields
            What is said of it; ``CLEAR`` takes a value away.
        base
            The record as it is known, if it is.
        record_id
            The id of a new record.
        clears
            Whether blanks of a file that we wrote clear.

        Returns
        -------
        E or None
            The known record itself where nothing changes; None, and faults, if it cannot be made.
        """
        values = dict(base) if base is not None else {"id": record_id}
        cleared = self.blanks(table, row, kind) if clears and self._was_shown(table, row, base) else ()
        said = {**dict.fromkeys(cleared, CLEAR), **fields}
        for name, value in said.items():
            values[name] = kind.model_fields[name].get_default() if value is CLEAR else value
        if not self._is_complete(values, said, table, row, kind, base):
            return None
        values["origin"] = visible(f"{self.faults.file}!{table.name} {row.number}")
        try:
            made: E = kind.model_validate(values)
        except ValidationError as error:
            self._explain(error, table, row, kind)
            return None
        if base is not None:
            if _same(made, base):
                made = base
            elif self._is_stale(row, base):
                self.fault("changed_since_export", table, row, name=name_of(base) or base.id)
        self.wanted[kind, made.id] = made
        self.places.setdefault((kind, made.id), (table, row))
        return made

    def _was_shown(self, table: Table, row: Row, base: Entity | None) -> bool:
        """Tell whether a row of an export shows what it is about: a row added by hand clears nothing."""
        if base is None or not self.is_exported:
            return False
        if REVISION in table.columns:
            return (type(base).__name__, base.id) in row.shows
        return self.stand.base is None or self.stand.base.get(type(base), base.id) is not None

    def _is_stale(self, row: Row, base: Entity) -> bool:
        """Tell whether somebody changed a record since the file was exported, where nobody knows how."""
        if self.stand.base is not None:
            return False
        versions = dict(row.shown.values())
        is_ours = base.origin.partition("!")[0] == self.faults.file
        return base.id in versions and versions[base.id] < base.version and not is_ours

    def _is_complete(
        self,
        values: Mapping[str, Any],
        said: Mapping[str, Any],
        table: Table,
        row: Row,
        kind: type[Entity],
        base: Entity | None,
    ) -> bool:
        """Tell whether all that is required is there; what a known record never had is not asked for."""
        is_complete = True
        for column in required(table.key, kind):
            if values.get(column.field) not in _EMPTY:
                continue
            must_have = kind.model_fields[column.field].is_required()
            if base is not None:
                is_needed = column.field in said and getattr(base, column.field) not in _EMPTY
            else:  # an account that a mail log made has no status: its export is complete without
                is_needed = must_have or not self.is_exported
            if is_needed and column.key not in row.faulty:
                self._say_missing(table, row, column)
            is_complete = is_complete and not (is_needed or must_have)
        return is_complete

    def _say_missing(self, table: Table, row: Row, column: Column) -> None:
        if column.key in table.columns:
            self.fault("required", table, row, column.key)
        else:
            self._say_no_column(table, column)

    def _say_no_column(self, table: Table, column: Column) -> None:
        """Say once, at the first free header, that a column is missing."""
        header = column.header(table.language)
        if (table.key, header) not in self._said:
            self._said.add((table.key, header))
            free = max((index for index, _ in table.columns.values()), default=-1) + 2
            self.faults.error("missing_column", Place(table.name, f"{column_letters(free)}1", header), header)

    def _explain(self, error: ValidationError, table: Table, row: Row, kind: type[Entity]) -> None:
        """Turn what the model refuses into faults at cells."""
        for item in error.errors():
            name = str(item["loc"][0]) if item["loc"] else ""
            own = (c.key for c in by_key(table.key).values() if (c.record, c.field) == (kind.__name__, name))
            self.fault("not_accepted", table, row, next(own, ""))

    # ------------------------------------------------------------------ plain sheets

    def identify(self, table: Table, rows: Mapping[int, Mapping[str, Any]], kind: type[E]) -> dict[int, E]:
        """Find the known record of each row, by its id or by its natural key.

        Parameters
        ----------
        table
            The sheet.
        rows
            What each row says, by the index of the row in the table.
        kind
            What the rows are about.
        """
        found: dict[int, E] = {}
        without: dict[int, Mapping[str, Any]] = {}
        for index, fields in rows.items():
            record_id = table.rows[index].values.get("id")
            if not isinstance(record_id, str):
                without[index] = fields
            elif (record := self.known.get(kind, record_id)) is not None:
                found[index] = record
        taken = {record.id for record in found.values()}
        left = [record for record in self.known.of(kind) if record.id not in taken]
        levels = [
            (lambda f, n=names: key_of(f, n), lambda r, n=names: key_of(_fields(r), n))
            for names in KEYS[kind]
        ]
        found |= cast("dict[int, E]", matched(without, left, levels))
        return found

    def new_id(self, table: Table, row: Row, kind: type[Entity], fields: Mapping[str, Any]) -> str:
        """Give the id of a new record: the one the row brings, or a made one."""
        given = row.values.get("id") if "id" in by_key(table.key) else None
        if not isinstance(given, str):
            return self.made_id(row, kind, fields)
        if len(given) > _LONGEST_ID:
            self.fault("too_long", table, row, "id", length=len(given), most=_LONGEST_ID)
        return given

    def made_id(self, row: Row, kind: type[Entity], fields: Mapping[str, Any], *, name: str = "") -> str:
        """Give the id of a new record: the one that an export showed in its row, or a new one."""
        shown, _ = row.shown.get(name or kind.__name__, ("", 0))
        is_free = shown and self.known.get(kind, shown) is None and (kind, shown) not in self.wanted
        return shown if is_free else self.ids.new(kind, fields)

    def check_id(self, table: Table, seen: dict[str, Row], row: Row) -> bool:
        """Tell whether the id of a row is its own; a fault if an earlier row has it."""
        given = row.values.get("id")
        if not isinstance(given, str):
            return True
        if given in seen:
            self.fault("duplicate_id", table, row, "id", other=table.place(seen[given], "id").cell)
            return False
        seen[given] = row
        return True

    def remove(self, record: Entity) -> None:
        """Want a record gone."""
        self.removed[type(record), record.id] = record
        self.wanted.pop((type(record), record.id), None)


@cache
def required(sheet: str, kind: type[Entity]) -> list[Column]:
    """Give the columns of a sheet without which a record cannot be."""
    return [
        column
        for column in by_key(sheet).values()
        if kind_of(column) is kind
        and column.field != "account_id"
        and column.field in kind.model_fields
        and (column.required == "yes" or kind.model_fields[column.field].is_required())
    ]


def _same(one: Entity, other: Entity) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for name in type(one).model_fields if name not in _OWN
    )


def _fields(record: Entity) -> dict[str, Any]:
    fields = dict(record)
    return fields if not isinstance(record, Account) else fields | {"account_id": record.id}


def _taken(known: Iterable[Entity], tables: Mapping[str, Table]) -> set[str]:
    ids = {record.id for record in known}
    for table in tables.values():
        ids |= {value for row in table.rows if isinstance(value := row.values.get("id"), str)}
        ids |= {shown for row in table.rows for shown, _ in row.shown.values()}
    return ids
