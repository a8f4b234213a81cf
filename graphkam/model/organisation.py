"""The client's organisation: account, units, positions, decision centres and their seats."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from graphkam.model.base import (
    AccountEntity,
    Entity,
    Ids,
    Name,
    Node,
    OneToFive,
    PartialDay,
    Text,
    Tie,
    ZeroToFive,
)
from graphkam.model.vocabulary import BuyingRole, DecisionRule, Occupancy, UnitKind

UNKNOWN_TITLE = "?"
"""Title of a post of which nothing is known but who sits there."""


class Account(Entity):
    """One client group, managed as a whole."""

    GRAPH: ClassVar = Node("Account", lead_id="LED_BY", sponsor_id="SPONSORED_BY")

    name: Name
    kind: Literal["key_account", "potential", "standard"] | None = None
    segment: Text | None = None
    status: Literal["client", "prospect", "former"] | None = None
    stage: Literal["pre", "early", "mid", "partnership", "synergistic"] | None = None
    target_form: Literal["bow_tie", "hybrid", "diamond"] | None = None
    lead_id: str | None = None
    sponsor_id: str | None = None
    sector: Text | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    siren: str | None = None
    lei: str | None = None
    revenue: Decimal | None = Field(default=None, ge=0)
    potential: Decimal | None = None
    image: ZeroToFive | None = None
    new_market: ZeroToFive | None = None
    structure_complexity: ZeroToFive | None = None
    offer_complexity: ZeroToFive | None = None
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    """ISO 4217; euros where nothing is said."""
    values: Text | None = None
    strategy: Text | None = None
    history: Text | None = None


class OrgUnit(AccountEntity):
    """A group, subsidiary, site or department of the client; a tree."""

    GRAPH: ClassVar = Node("OrgUnit", parent_id="PART_OF")

    name: Name
    kind: UnitKind
    parent_id: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    city: Text | None = None
    siret: str | None = None
    lei: str | None = None
    headcount: int | None = Field(default=None, ge=0)
    revenue: Decimal | None = Field(default=None, ge=0)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    constraint: Text | None = None
    values: Text | None = None


class Position(AccountEntity):
    """A seat at the client; it stays when its holder leaves."""

    GRAPH: ClassVar = Node("Position", unit_id="AT", reports_to_id="REPORTS_TO", dotted_to_ids="DOTTED_TO")

    title: Name
    unit_id: str | None = None
    function: str | None = None
    """A code of the list ``function``."""
    seniority: OneToFive | None = None
    """Level in the organisation: 1 = top."""
    weight: OneToFive | None = None
    """Influence weight; None = unknown."""
    reports_to_id: str | None = None
    dotted_to_ids: Ids = ()
    occupancy: Occupancy | None = None
    """What is said of the seat while no dated holding says better: vacant, or held by somebody we
    cannot name. None reads as held when there is a holding and as vacant otherwise."""
    occupancy_since: PartialDay | None = None
    """Since when it has been vacant, or held by somebody we cannot name."""
    since: PartialDay | None = None
    """When the position came into being; None = it was always there."""
    until: PartialDay | None = None
    """When the position was abolished."""
    role_comment: Text | None = None


class DecisionCentre(AccountEntity):
    """Who decides together on one subject."""

    GRAPH: ClassVar = Node("DecisionCentre", unit_id="AT")

    name: Name
    unit_id: str | None = None
    subject: Text | None = None
    yearly_value: Decimal | None = Field(default=None, ge=0)
    rule: DecisionRule | None = None
    """None: a quota if one is given, otherwise the majority of votes."""
    next_decision: date | None = None
    threshold: Decimal | None = Field(default=None, ge=0)
    """Amount from which the centre decides."""
    quota: int | None = Field(default=None, ge=0)


class Seat(AccountEntity):
    """A position's place in a decision centre."""

    GRAPH: ClassVar = Tie("SITS_IN", "position_id", "centre_id")

    position_id: str
    centre_id: str
    roles: tuple[BuyingRole, ...] = Field(min_length=1)
    votes: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """None reads as 1."""
    veto: bool | None = None
