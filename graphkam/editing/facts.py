"""One record, made or changed by what a user says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from graphkam.errors import InputError
from graphkam.model.base import Entity, Frozen
from graphkam.model.changes import ChangeSet
from graphkam.model.ids import Ids
from graphkam.model.records import RecordSet
from graphkam.model.table import columns
from graphkam.text import Words

E = TypeVar("E", bound=Entity)

ORIGIN = "app"
"""Where a record comes from that somebody typed here."""

_OWN = frozenset({"id", "version", "origin", "updated_at", "account_id"})
"""Fields that say which record it is: nobody edits them."""


class FieldName(Frozen):
    """A field, called as its column is."""

    kind: str
    field: str

    def told(self, words: Words) -> str:
        """Say the heading of its column."""
        found = (c for c in columns() if (c.record, c.field) == (self.kind, self.field))
        column = next(found, None)
        return self.field if column is None else column.header(words.language)


def new(records: RecordSet, kind: type[E], /, **said: Any) -> E:
    """Give a record that was not there before.

    Parameters
    ----------
    records
        What is known: its ids are taken.
    kind
        What it is.
    **said
        What is said of it; None = nothing.

    Raises
    ------
    InputError
        If something cannot be accepted, or is missing.
    """
    told = {name: value for name, value in said.items() if value is not None}
    _refuse_missing(kind, told)
    ids = Ids(record.id for record in records)
    return _made(kind, {"id": ids.new(kind, told), "origin": ORIGIN, **told})


def said_of(record: E, said: Mapping[str, Any]) -> E:
    """Give a record as it is after something was said of it; the very record if that changes nothing.

    Parameters
    ----------
    record
        The record as the user saw it: with its version.
    said
        What is said, by field; None takes away what was known.

    Raises
    ------
    InputError
        If something cannot be accepted.
    """
    own = {name: value for name, value in said.items() if name not in _OWN}
    emptied = {n: type(record).model_fields[n].get_default() for n, v in own.items() if v is None}
    _refuse_missing(type(record), {**dict(record), **own})
    made = _made(type(record), {**dict(record), **own, **emptied, "origin": ORIGIN})
    is_same = all(getattr(made, name) == getattr(record, name) for name in own)
    return record if is_same else made


def change(record: Entity, **said: Any) -> ChangeSet:
    """Give what changes a record by what is said of it; nothing if it says so already.

    Raises
    ------
    InputError
        If something cannot be accepted.
    """
    made = said_of(record, said)
    return ChangeSet() if made is record else ChangeSet(puts=(made,))


def put(*records: Entity) -> ChangeSet:
    """Give what writes some records."""
    return ChangeSet(puts=records)


def together(*changes: ChangeSet) -> ChangeSet:
    """Give several changes as one; of two to one record the later."""
    puts = {(type(record), record.id): record for one in changes for record in one.puts}
    gone = {(type(record), record.id): record for one in changes for record in one.removals}
    return ChangeSet(
        puts=tuple(record for key, record in puts.items() if key not in gone), removals=tuple(gone.values())
    )


def after(records: RecordSet, changes: ChangeSet) -> RecordSet:
    """Give the records as they are after some changes, to go on from."""
    return records.merged(changes.puts, changes.removals)


def there(records: RecordSet, kind: type[E], record_id: str) -> E:
    """Give a record that the user saw.

    Raises
    ------
    InputError
        If it is gone meanwhile.
    """
    if (found := records.get(kind, record_id)) is None:
        raise InputError("edit_gone")
    return found


def _refuse_missing(kind: type[Entity], said: Mapping[str, Any]) -> None:
    for name, field in kind.model_fields.items():
        if field.is_required() and name not in _OWN and said.get(name) in {None, "", ()}:
            raise InputError("edit_required", field=FieldName(kind=kind.__name__, field=name))


def _made(kind: type[E], values: Mapping[str, Any]) -> E:
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        at = error.errors()[0]
        name = str(at["loc"][0]) if at["loc"] else ""
        field = FieldName(kind=kind.__name__, field=name)
        raise InputError("edit_refused", field=field, value=str(values.get(name, ""))) from error
