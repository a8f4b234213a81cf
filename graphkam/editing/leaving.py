"""What is ended, and what is taken out altogether, with all that hangs on it.

A fact that was so and is so no longer is ended: any earlier day stays as it was. What was never so is
removed.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from graphkam.editing.facts import change, said_of
from graphkam.errors import InputError
from graphkam.model.base import Entity
from graphkam.model.business import Interaction
from graphkam.model.changes import ChangeSet
from graphkam.model.clashes import Key
from graphkam.model.hanging import hanging
from graphkam.model.organisation import Position
from graphkam.model.records import RecordSet
from graphkam.model.targets import ids_in, references


def can_end(record: Entity) -> bool:
    """Tell whether a record can be ended, rather than only removed."""
    return "until" in type(record).model_fields


def end(record: Entity, *, until: str) -> ChangeSet:
    """Give what ends a record, on a day or in a month.

    Raises
    ------
    InputError
        If it is nothing that ends.
    """
    if not can_end(record):
        raise InputError("edit_no_end")
    return change(record, until=until)


def remove(records: RecordSet, *gone: Entity) -> ChangeSet:
    """Give what takes records out, what hangs on them, and what others say of them.

    Those who reported to a position that goes report to whom it reported to.

    Parameters
    ----------
    records
        The account, as the user saw it.
    *gone
        What goes.
    """
    keys = {(type(record), record.id): record for record in gone}
    keys |= {(type(record), record.id): record for record in hanging(records, keys)}
    lonely = [r for r in records.of(Interaction) if _is_lonely(r, keys)]
    keys |= {(type(record), record.id): record for record in lonely}
    left = (record for record in records if (type(record), record.id) not in keys)
    puts = tuple(said_of(record, said) for record in left if (said := _without(records, record, keys)))
    return ChangeSet(puts=puts, removals=tuple(keys.values()))


def _is_lonely(meeting: Interaction, gone: Collection[Key]) -> bool:
    """Tell whether nobody of one side is left of those who met."""
    kinds = references(Interaction)
    return any(
        all(any((kind, one) in gone for kind in kinds[field]) for one in getattr(meeting, field))
        for field in ("member_ids", "person_ids")
    )


def _without(records: RecordSet, record: Entity, gone: Collection[Key]) -> dict[str, Any]:
    """Give what a record says instead of referring to what goes."""
    said: dict[str, Any] = {}
    for field, kinds in references(type(record)).items():
        value = getattr(record, field)
        several = ids_in(value)
        kept = tuple(one for one in several if not any((kind, one) in gone for kind in kinds))
        if kept == several:
            continue
        if isinstance(value, tuple):
            said[field] = kept
        else:
            said[field] = _boss_of(records, value, gone) if field == "reports_to_id" else None
    return said


def _boss_of(records: RecordSet, position_id: str, gone: Collection[Key]) -> str | None:
    """Give the first one above a position who does not go."""
    seen: set[str] = set()
    at: str | None = position_id
    while at is not None and (Position, at) in gone and at not in seen:
        seen.add(at)
        position = records.get(Position, at)
        at = position.reports_to_id if position else None
    return None if at in seen else at
