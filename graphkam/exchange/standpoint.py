"""What the author of an exported file saw: the store as of the revision that the file shows.

A file is read against that, not against what the store says now: only then is a blank a value that was
taken away, another name in a row a change of holder, and a row as it was no wish to put anything back.
What has come into being since is known as well, so that a row which brings the same thing brings it
once; but who has come to hold a position, and what was said of a person since, the author did not see.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from graphkam.model.base import Entity
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.records import RecordSet


class Standpoint(NamedTuple):
    """Where a file is read from."""

    base: RecordSet | None
    """What the file shows; None = nobody knows, or we did not write it."""
    known: RecordSet
    """What its rows may speak of."""
    theirs: RecordSet
    """What the store says now."""

    @property
    def is_behind(self) -> bool:
        """Whether the store may have changed since the file was written."""
        return self.base is not None and self.base is not self.theirs

    @property
    def unseen(self) -> tuple[Entity, ...]:
        """What the store says and the rows may not speak of."""
        return (
            tuple(r for r in self.theirs if self.known.get(type(r), r.id) is None) if self.is_behind else ()
        )


def standpoint(base: RecordSet | None, theirs: RecordSet) -> Standpoint:
    """Give where a file is read from.

    Parameters
    ----------
    base
        What it shows; None = nobody knows, or we did not write it.
    theirs
        What the store says now.
    """
    if base is None or base is theirs:
        return Standpoint(base, theirs, theirs)
    newcomers = (r for r in theirs if base.get(type(r), r.id) is None and not _is_about_the_known(r, base))
    return Standpoint(base, base.merged(newcomers), theirs)


def _is_about_the_known(record: Entity, base: RecordSet) -> bool:
    """Tell whether a new record says something new of what the author saw."""
    if isinstance(record, Holding):
        return base.get(Position, record.position_id) is not None
    return isinstance(record, Assessment) and base.get(Person, record.person_id) is not None


def aligned(wanted: Iterable[Entity], stand: Standpoint) -> Mapping[tuple[type[Entity], str], str]:
    """Give, of new records that the store has come to have as well, the id that the store gave them.

    Parameters
    ----------
    wanted
        What the file wants.
    stand
        Where it was read from.
    """
    unseen = {key: r.id for r in stand.unseen if (key := _said(r)) is not None}
    return {
        (type(record), record.id): unseen[key]
        for record in (wanted if unseen else ())
        if stand.known.get(type(record), record.id) is None and (key := _said(record)) in unseen
    }


def _said(record: Entity) -> Hashable | None:
    """Give what makes two records of somebody the same."""
    if isinstance(record, Holding):
        return Holding, record.person_id, record.position_id
    if isinstance(record, Assessment):
        return Assessment, record.person_id, record.centre_id, record.attribute, record.date
    return None
