"""What cannot be without something else: ties without their ends, assessments without whom they are of."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from graphkam.model.base import AccountEntity, Entity, Tie
from graphkam.model.business import Clause, Footprint
from graphkam.model.clashes import Key
from graphkam.model.organisation import Account
from graphkam.model.people import Assessment
from graphkam.model.records import RecordSet
from graphkam.model.targets import targets

_OWNERS: Mapping[type[Entity], tuple[str, ...]] = {
    Assessment: ("person_id", "centre_id"),
    Clause: ("contract_id",),
    Footprint: ("unit_id", "offering_id"),
}


def hanging(records: RecordSet, gone: Collection[Key]) -> tuple[Entity, ...]:
    """Give what goes with what is removed: ties, assessments, clauses, of an account everything.

    Parameters
    ----------
    records
        Where to look.
    gone
        What is removed.
    """
    found: dict[Key, Entity] = {}
    new = set(gone)
    while new:
        following = {
            (type(record), record.id): record
            for record in records
            if (key := (type(record), record.id)) not in found and key not in gone and _goes(record, new)
        }
        found |= following
        new = set(following)
    return tuple(found.values())


def _goes(record: Entity, gone: Collection[Key]) -> bool:
    """Tell whether a record cannot be without one of those gone."""
    kind = type(record)
    if isinstance(record, AccountEntity) and (Account, record.account_id) in gone:
        return True
    names = (kind.GRAPH.start, kind.GRAPH.end) if isinstance(kind.GRAPH, Tie) else _OWNERS.get(kind, ())
    return any((target, getattr(record, name)) in gone for name in names for target in targets(kind, name))
