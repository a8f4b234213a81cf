"""Earlier forms of records: who wrote what when, and what would put it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from graphkam.errors import InputError, WriteConflict
from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet, Operation, Overtaken, Version
from graphkam.model.clashes import says_other
from graphkam.model.records import KINDS, RecordSet, name_of
from graphkam.store.graph_form import Row, key, key_of, read_rows
from graphkam.store.reading import Ask, stands
from graphkam.store.stored import Each, find_stored
from graphkam.store.writing import REMOVAL

Pair = tuple[Entity | None, Entity | None]
"""A record before and after a write."""

_ORDER = {kind.__name__: place for place, kind in enumerate(KINDS)}


class Past(NamedTuple):
    """An earlier form of a record."""

    key: str
    from_revision: int
    until_revision: int
    is_removed: bool
    record: Entity


def operation_of(stored_note: Mapping[str, Any]) -> Operation:
    """Give the note of a write as it was stored."""
    kept = {name: value for name, value in stored_note.items() if name in Operation.model_fields}
    return Operation.model_validate(kept)


def operations_by_revision(ask: Ask, revisions: Iterable[int]) -> Mapping[int, Operation]:
    """Give the writes that made some revisions; of those before the history began nobody knows."""
    first = stands(ask).history_from
    wanted = sorted({revision for revision in revisions if revision > first})
    notes = ask("read/operations_of", revisions=wanted) if wanted else []
    return {operation.revision: operation for operation in map(operation_of, notes)}


def past_of(ask: Ask, keys: Sequence[str]) -> list[Past]:
    """Give all earlier forms of some records, oldest first."""
    return _read(ask("read/past_of", keys=list(keys)))


def _read(rows: Iterable[Mapping[str, Any]]) -> list[Past]:
    found = [
        Past(
            row["record"],
            row["from_revision"],
            row["until_revision"],
            row["change"] == REMOVAL,
            read_past(row),
        )
        for row in rows
    ]
    return sorted(found, key=lambda past: (past.key, past.until_revision))


def read_past(stored_past: Mapping[str, Any]) -> Entity:
    """Give the record as an earlier form has it."""
    kind = stored_past["record"].partition("/")[0]
    return next(read_rows([Row(kind, json.loads(stored_past["form"]))]))


def versions(ask: Ask, each: Each, kind: type[Entity], record_id: str) -> tuple[Version, ...]:
    """Give a record as it stood from write to write, newest first; nothing if it never was."""
    now = find_stored(each, kind, record_id)
    past = past_of(ask, [key(kind, record_id)])
    revisions = [revision for p in past for revision in (p.from_revision, p.until_revision)]
    said = operations_by_revision(ask, revisions if now is None else [*revisions, now.version])
    found = [
        Version(
            record=p.record,
            by=said.get(p.from_revision),
            ended_by=said.get(p.until_revision),
            is_removed=p.is_removed,
        )
        for p in past
    ]
    if now is not None and all(p.from_revision != now.version for p in past):
        found.append(Version(record=now.record(), by=said.get(now.version)))
    return tuple(reversed(found))


def reversal(ask: Ask, known: RecordSet, operation: Operation) -> ChangeSet:
    """Give what puts back what a write changed.

    Parameters
    ----------
    ask
        Asks the store.
    known
        What stands now, of all accounts that the write touched, and of our own.
    operation
        The write.

    Returns
    -------
    ChangeSet
        Empty where everything stands as it did before. A record that somebody has put back already
        is left as it is.

    Raises
    ------
    InputError
        If the write is older than the history, or put a whole store in the place of another.
    WriteConflict
        If something that it touched has been changed since.
    """
    require_undoable(ask, operation)
    now = {key_of(record): record for record in known}
    puts: list[Entity] = []
    removals: list[Entity] = []
    for at, old, new in _changed(ask, now, operation):
        stands_now = now.get(at)
        if is_same(stands_now, old):
            continue
        if not is_same(stands_now, new):
            wanted = old or new or stands_now
            assert wanted is not None  # noqa: S101 - one of the three is there
            name = name_of(wanted) or wanted.id
            overtaken = Overtaken(wanted=wanted, read=new, now=stands_now)
            raise WriteConflict("store_conflict", name=name, overtaken=overtaken)
        if old is not None:
            puts.append(old.model_copy(update={"version": stands_now.version if stands_now else 0}))
        elif stands_now is not None:
            removals.append(stands_now)
    return ChangeSet(puts=tuple(puts), removals=tuple(reversed(removals)))


def written(ask: Ask, known: Iterable[Entity], operation: Operation) -> tuple[Pair, ...]:
    """Give what a write changed: each record as it was before and after, None where there was none.

    Parameters
    ----------
    ask
        Asks the store.
    known
        What stands now, or at least what stands as the write left it.
    operation
        The write.

    Raises
    ------
    InputError
        If it is older than the history, or put a whole store in the place of another.
    """
    require_undoable(ask, operation)
    now = {key_of(record): record for record in known}
    return tuple((old, new) for _, old, new in _changed(ask, now, operation))


def _changed(
    ask: Ask, now: Mapping[str, Entity], operation: Operation
) -> Iterable[tuple[str, Entity | None, Entity | None]]:
    past = _read(ask("read/past_touching", revision=operation.revision, last=stands(ask).revision))
    before = {p.key: p.record for p in past if p.until_revision == operation.revision}
    after = {key: record for key, record in now.items() if record.version == operation.revision}
    after |= {p.key: p.record for p in past if p.from_revision == operation.revision}
    for at in sorted({*before, *after}, key=_place):
        yield at, before.get(at), after.get(at)


def require_undoable(ask: Ask, operation: Operation) -> None:
    """Refuse to undo a restore or a copy, and what was written before the history began.

    Raises
    ------
    InputError
        The message says which.
    """
    if operation.what == "copy":
        raise InputError("undo_copy")
    if operation.restored is not None or operation.what == "restore":
        raise InputError("undo_restore", file=operation.file)
    if operation.revision <= stands(ask).history_from:
        raise InputError("undo_too_old", what=operation.id)


def is_same(one: Entity | None, other: Entity | None) -> bool:
    """Tell whether two states of a record say the same, whenever and from where they came."""
    if one is None or other is None:
        return one is other
    return not says_other(one, other)


def _place(key: str) -> tuple[int, str]:
    kind, _, record_id = key.partition("/")
    return _ORDER[kind], record_id
