"""Which record a row is about: by its id, otherwise by its natural key, otherwise a new one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from graphkam.exchange.references import name_key
from graphkam.model.base import Entity
from graphkam.model.business import (
    Action,
    Clause,
    Contract,
    Footprint,
    HistoryEvent,
    Incident,
    Interaction,
    KnowledgeItem,
    Objective,
    Offering,
    PnlLine,
    Project,
    Pursuit,
    Signal,
    Stake,
)
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Seat
from graphkam.model.people import Assessment, Holding, TeamMember
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

R = TypeVar("R")
K = TypeVar("K", bound=Hashable)

KEYS: Mapping[type[Entity], tuple[tuple[str, ...], ...]] = {
    Account: (("name",),),
    OrgUnit: (("account_id", "parent_id", "name"), ("account_id", "name")),
    DecisionCentre: (("account_id", "name"),),
    Seat: (("centre_id", "position_id"),),
    TeamMember: (("email",), ("last_name", "first_name")),
    Offering: (("name",),),
    Mandate: (
        ("member_id", "account_id", "role", "since"),
        ("member_id", "account_id", "role"),
        ("member_id", "account_id"),
    ),
    ContactTie: (("member_id", "person_id"),),
    InfluenceTie: (("from_id", "to_id", "kind"),),
    Holding: (("person_id", "position_id", "since"), ("person_id", "position_id")),
    Assessment: (("person_id", "centre_id", "attribute", "date"),),
    Pursuit: (("account_id", "name"),),
    Project: (("account_id", "name"),),
    Contract: (("account_id", "name"),),
    Clause: (("contract_id", "name"),),
    Incident: (("account_id", "name", "opened"), ("account_id", "name")),
    Signal: (("account_id", "text", "date"), ("account_id", "text")),
    Action: (
        ("account_id", "text", "owner_id", "due"),
        ("account_id", "text", "owner_id"),
        ("account_id", "text"),
    ),
    Interaction: (
        ("date", "member_ids", "person_ids", "subject"),
        ("date", "member_ids", "person_ids"),
    ),
    Objective: (("account_id", "name"),),
    HistoryEvent: (("account_id", "date", "text"),),
    Stake: (("account_id", "kind", "text"), ("account_id", "text")),
    Footprint: (("unit_id", "offering_id"),),
    PnlLine: (("account_id", "period", "unit_id", "line", "scenario"),),
    KnowledgeItem: (("account_id", "text"),),
}
"""What identifies a record without an id: the strictest first, then looser where that is unique."""


def key_of(fields: Mapping[str, Any], names: Iterable[str]) -> tuple[Hashable, ...] | None:
    """Give the natural key that some fields make; None if all of its own are missing."""
    parts = tuple(_part(name, fields.get(name)) for name in names)
    own = [p for p, name in zip(parts, names, strict=True) if name != "account_id"]
    return parts if any(p is not None for p in own) else None


def _part(name: str, value: Any) -> Hashable:
    if isinstance(value, str) and not name.endswith("_id"):
        return name_key(value)
    return tuple(sorted(value)) if isinstance(value, (tuple, list)) else value


def matched(
    rows: Mapping[int, R],
    known: Sequence[Entity],
    levels: Sequence[tuple[Callable[[R], Hashable | None], Callable[[Any], Hashable | None]]],
) -> dict[int, Entity]:
    """Pair rows with known records, the strictest key first.

    On the first level the same key several times is paired in order; on the looser ones only where
    it occurs once on both sides.
    """
    found: dict[int, Entity] = {}
    left = list(known)
    for number, (row_key, record_key) in enumerate(levels):
        waiting: dict[Hashable, list[int]] = {}
        for index, row in rows.items():
            if index not in found and (key := row_key(row)) is not None:
                waiting.setdefault(key, []).append(index)
        records = _grouped(left, record_key)
        for key, indices in waiting.items():
            fitting = records.get(key, [])
            if not number or len(indices) == len(fitting) == 1:
                found |= zip(indices, fitting, strict=False)
        taken = {id(record) for record in found.values()}
        left = [record for record in left if id(record) not in taken]
    return found


def _grouped(items: Iterable[R], key: Callable[[R], Hashable | None]) -> dict[Hashable, list[R]]:
    groups: dict[Hashable, list[R]] = {}
    for item in items:
        if (found := key(item)) is not None:
            groups.setdefault(found, []).append(item)
    return groups
