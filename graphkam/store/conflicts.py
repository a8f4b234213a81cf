"""What a refused write is told: who wrote the record meanwhile, when, and how it stood before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from graphkam.errors import WriteConflict
from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet, Overtaken
from graphkam.model.records import name_of
from graphkam.store.graph_form import account_key, ends, is_node, key_of
from graphkam.store.history import operations_by_revision, past_of
from graphkam.store.reading import Ask
from graphkam.store.stored import Each, stored


def explained(error: WriteConflict, changes: ChangeSet, ask: Ask, each: Each) -> WriteConflict:
    """Give a conflict with all that the store knows of it.

    It is asked after the transaction, so that a write which succeeds asks nothing.

    Parameters
    ----------
    error
        The conflict as it was found.
    changes
        What was to be written.
    ask, each
        Ask the store.
    """
    overtaken = error.overtaken or _made(changes, each) or _gone(changes, ask, each)
    if overtaken is None:
        return error
    overtaken = _completed(overtaken, ask)
    told = overtaken.wanted if overtaken.now is None else overtaken.now
    name = name_of(told) or told.id
    if overtaken.by is None:
        return WriteConflict("store_conflict", overtaken=overtaken, name=name)
    at = datetime.fromisoformat(overtaken.by.at)
    return WriteConflict(
        _key(overtaken), overtaken=overtaken, name=name, who=overtaken.by.who, at=at, change=name
    )


def _key(overtaken: Overtaken) -> str:
    if overtaken.is_attached:
        return "store_conflict_attached"
    if overtaken.now is None:
        return "store_conflict_removed"
    return "store_conflict_changed" if overtaken.read else "store_conflict_made"


def _completed(overtaken: Overtaken, ask: Ask) -> Overtaken:
    """Look up what was read, and who wrote over it."""
    past = past_of(ask, [key_of(overtaken.wanted)])
    read = overtaken.read or next(
        (p.record for p in past if p.from_revision == overtaken.wanted.version), None
    )
    revision = overtaken.now.version if overtaken.now else past[-1].until_revision if past else 0
    by = operations_by_revision(ask, [revision]).get(revision)
    return overtaken.model_copy(update={"read": read, "by": by})


def _made(changes: ChangeSet, each: Each) -> Overtaken | None:
    """Find a new record that somebody else has made."""
    new = [r for r in changes.puts if r.version == 0 and is_node(type(r))]
    there = stored(each, new)
    for record in new:
        if (now := there.get(key_of(record))) is not None:
            return Overtaken(wanted=record, now=now.record())
    return None


def _gone(changes: ChangeSet, ask: Ask, each: Each) -> Overtaken | None:
    """Find what a record that was to be written belongs to, and that somebody else has removed."""
    new = {key_of(record) for record in changes.puts}
    needed = sorted({key for record in changes.puts for key in _needs(record)} - new)
    there = {row["node"] for row in each("read/stored", needed, "keys")}
    past = [p for p in past_of(ask, [key for key in needed if key not in there]) if p.is_removed]
    if not past:
        return None
    last = max(past, key=lambda p: p.until_revision)
    return Overtaken(wanted=last.record, read=last.record)


def _needs(record: Entity) -> Sequence[str]:
    """Give the keys of the nodes without which a record cannot be written."""
    if is_node(type(record)):
        account = account_key(record)
        return [account] if account else []
    return ends(record)
