"""Which kinds of record each reference may lead to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graphkam.model.base import Entity
from graphkam.model.business import Contract, Incident, Offering, Project, Pursuit, Signal, Stake
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position
from graphkam.model.people import Person, TeamMember

Kinds = tuple[type[Entity], ...]

_TARGETS: Mapping[str, Kinds] = {
    "account_id": (Account,),
    "lead_id": (TeamMember,),
    "sponsor_id": (TeamMember,),
    "owner_id": (TeamMember,),
    "member_id": (TeamMember,),
    "member_ids": (TeamMember,),
    "known_by_ids": (TeamMember,),
    "parent_id": (OrgUnit,),
    "unit_id": (OrgUnit,),
    "reports_to_id": (Position,),
    "dotted_to_ids": (Position,),
    "position_id": (Position,),
    "position_ids": (Position,),
    "signatory_id": (Position,),
    "our_signatory_id": (TeamMember,),
    "person_id": (Person,),
    "person_ids": (Person,),
    "from_id": (Person,),
    "to_id": (Person,),
    "centre_id": (DecisionCentre,),
    "contract_id": (Contract,),
    "offering_id": (Offering,),
    "informant_id": (Position, TeamMember),
    "about_id": (Position, Pursuit, Signal, Incident),
}
_OF_KIND: Mapping[tuple[type[Entity], str], Kinds] = {
    (Project, "sponsor_id"): (Position,),
    (Stake, "owner_id"): (Position,),
}


def targets(kind: type[Entity], field: str) -> Kinds:
    """Give the kinds that a field of a kind of record may refer to, the likeliest first."""
    return _OF_KIND.get((kind, field)) or _TARGETS[field]


@cache
def references(kind: type[Entity]) -> Mapping[str, Kinds]:
    """Give the fields of a kind that hold ids of other records, and what those may be."""
    return {field: targets(kind, field) for field in kind.model_fields if field in _TARGETS}


def ids_in(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give the ids that a field holds which refers to others: one, several or none."""
    return (value,) if isinstance(value, str) else value or ()
