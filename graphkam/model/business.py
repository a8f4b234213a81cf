"""Business with the client: pursuits, offers, projects, contracts, incidents, watch, plans, money."""

from __future__ import annotations

from datetime import date
from datetime import date as day
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from graphkam.model.base import AccountEntity, Entity, Ids, Month, Name, Node, PartialDay, Text

State = Literal["open", "done", "cancelled"]
ClauseKind = Literal[
    "price", "volume", "exclusivity", "penalty", "confidentiality", "termination", "service", "other"
]
SignalKind = Literal["technology", "competition", "sector", "regulation", "organisation", "project"]


class Pursuit(AccountEntity):
    """A long opportunity, with its own decision centre."""

    GRAPH: ClassVar = Node(
        "Pursuit", centre_id="WITHIN", owner_id="OWNED_BY", position_ids="ABOUT", member_ids="INVOLVES"
    )

    name: Name
    kind: Literal["pursuit", "renewal", "project", "run"] | None = None
    centre_id: str | None = None
    stage: Literal["upstream", "qualified", "offer", "negotiation", "won", "lost", "declined"] | None = None
    amount: Decimal | None = None
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    probability: float | None = Field(default=None, ge=0, le=1)
    opened: date | None = None
    close: date | None = None
    competitor: Text | None = None
    position_ids: Ids = ()
    member_ids: Ids = ()
    owner_id: str | None = None


class Offering(Entity):
    """One of our products or solutions. Belongs to no account."""

    GRAPH: ClassVar = Node("Offering")

    name: Name
    family: Text | None = None


class Footprint(AccountEntity):
    """Who serves one unit with one offering."""

    GRAPH: ClassVar = Node("Footprint", unit_id="AT", offering_id="ABOUT")

    unit_id: str
    offering_id: str
    status: Literal["ours", "competitor", "shared", "none", "unknown"]
    competitor: Text | None = None
    spend: Decimal | None = Field(default=None, ge=0)
    revenue: Decimal | None = Field(default=None, ge=0)
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")
    source: Text | None = None
    known_on: date | None = None


class HistoryEvent(AccountEntity):
    """One dated event of the account's history."""

    GRAPH: ClassVar = Node("HistoryEvent")

    date: PartialDay
    text: Text
    kind: Literal["won", "lost", "organisation", "incident", "milestone", "other"] | None = None


class Stake(AccountEntity):
    """A goal, pressure, initiative, obstacle or value of the client, and what it means for us."""

    GRAPH: ClassVar = Node("Stake", owner_id="ABOUT")

    kind: Literal["goal", "pressure", "initiative", "obstacle", "value"]
    text: Text
    owner_id: str | None = None
    """The position that bears it."""
    meaning: Text | None = None
    since: PartialDay | None = None
    until: PartialDay | None = None


class Project(AccountEntity):
    """A project of the client's own."""

    GRAPH: ClassVar = Node("Project", unit_id="AT", sponsor_id="ABOUT")

    name: Name
    unit_id: str | None = None
    sponsor_id: str | None = None
    state: State | None = None
    start: PartialDay | None = None
    end: PartialDay | None = None
    budget: Decimal | None = Field(default=None, ge=0)
    stake: Text | None = None


class Contract(AccountEntity):
    """A contract between the client and us."""

    GRAPH: ClassVar = Node("Contract", signatory_id="ABOUT", our_signatory_id="SIGNED_BY")

    name: Name
    framework: bool | None = None
    signed: date | None = None
    start: date | None = None
    end: date | None = None
    notice: date | None = None
    value: Decimal | None = Field(default=None, ge=0)
    """A year."""
    renewal: Literal["tacit", "express", "none"] | None = None
    """What happens at the end if nobody says anything."""
    signatory_id: str | None = None
    our_signatory_id: str | None = None


class Clause(AccountEntity):
    """One clause of a contract."""

    GRAPH: ClassVar = Node("Clause", contract_id="PART_OF", owner_id="OWNED_BY")

    contract_id: str
    name: Name
    kind: (
        Literal[
            "price", "volume", "exclusivity", "penalty", "confidentiality", "termination", "service", "other"
        ]
        | None
    ) = None
    text: Text | None = None
    status: Literal["in_force", "to_renegotiate", "waived"] | None = None
    review_on: date | None = None
    owner_id: str | None = None


class Incident(AccountEntity):
    """An after-sales incident and what it did to trust."""

    GRAPH: ClassVar = Node("Incident", unit_id="AT", position_ids="ABOUT", owner_id="OWNED_BY")

    name: Name
    unit_id: str | None = None
    opened: date
    closed: date | None = None
    severity: Literal["low", "medium", "high"] | None = None
    position_ids: Ids = ()
    trust_before: int | None = Field(default=None, ge=0, le=10)
    trust_after: int | None = Field(default=None, ge=0, le=10)
    owner_id: str | None = None


class Signal(AccountEntity):
    """A piece of watch information, with how far to trust it (Admiralty code)."""

    GRAPH: ClassVar = Node("Signal", informant_id="TOLD_BY", position_ids="ABOUT", known_by_ids="KNOWN_BY")

    text: Text
    kind: Literal["technology", "competition", "sector", "regulation", "organisation", "project"] | None = (
        None
    )
    direction: Literal["threat", "opportunity", "neutral"] | None = None
    date: date
    informant_id: str | None = None
    """A position of the client or one of us."""
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None = None
    credibility: Literal["1", "2", "3", "4", "5", "6"] | None = None
    expires: day | None = None
    position_ids: Ids = ()
    known_by_ids: Ids = ()
    confidentiality: Literal["team", "kam", "all"] | None = None


class Action(AccountEntity):
    """Something one of us is to do."""

    GRAPH: ClassVar = Node("Action", owner_id="OWNED_BY", about_id="ABOUT")

    text: Text
    owner_id: str
    about_id: str | None = None
    """A position, pursuit, signal or incident."""
    due: date | None = None
    state: State | None = None
    done: date | None = None


class Interaction(AccountEntity):
    """A meeting, call, visit or mail: who, when, about what; never its content."""

    GRAPH: ClassVar = Node("Interaction", member_ids="INVOLVES", person_ids="ABOUT")

    date: date
    channel: Literal["meeting", "call", "email", "visit", "event", "other"] | None = None
    member_ids: Ids = Field(min_length=1)
    person_ids: Ids = Field(min_length=1)
    subject: Text | None = None
    note: Text | None = None


class PnlLine(AccountEntity):
    """One amount of the account's P&L; a cost is negative."""

    GRAPH: ClassVar = Node("PnlLine", unit_id="AT")

    period: Month
    unit_id: str | None = None
    line: Literal["revenue", "cogs", "service_cost", "team_cost", "rebate", "other"]
    scenario: Literal["actual", "budget", "forecast"] | None = None
    amount: Decimal
    currency: str | None = Field(default=None, pattern=r"^[A-Z]{3}$")


class Objective(AccountEntity):
    """A target for the account."""

    GRAPH: ClassVar = Node("Objective", owner_id="OWNED_BY")

    name: Name
    measure: Text | None = None
    baseline: float | None = Field(default=None, allow_inf_nan=False)
    target: float = Field(allow_inf_nan=False)
    actual: float | None = Field(default=None, allow_inf_nan=False)
    due: date | None = None
    owner_id: str | None = None


class KnowledgeItem(AccountEntity):
    """A strategic fact, and who of us knows it."""

    GRAPH: ClassVar = Node("KnowledgeItem", known_by_ids="KNOWN_BY")

    text: Text
    known_by_ids: Ids = ()
