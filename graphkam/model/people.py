"""People on both sides: who they are, what they hold, what is said of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from pydantic import Field

from graphkam.model.base import AccountEntity, Entity, Name, Node, OneToFive, PartialDay, Text, Tie
from graphkam.model.vocabulary import Attribute, PersonStatus

Addresses = tuple[str, ...]


class Person(AccountEntity):
    """A natural person at the client, or an outside influencer."""

    GRAPH: ClassVar = Node("Person")

    last_name: Name
    first_name: Name | None = None
    email: str | None = None
    other_emails: Addresses = ()
    """Further addresses of the same person: a mail log knows him or her by any of them."""
    phone: str | None = None
    language: Text | None = None
    external: bool | None = None
    """A consultant or partner; not employed by the client."""
    status: PersonStatus | None = None
    criteria: Text | None = None
    motivation: Text | None = None
    note: Text | None = None
    restricted: bool | None = None
    """Its free texts are for those with the right to sensitive fields."""

    @property
    def name(self) -> str:
        """First and last name, as shown."""
        return f"{self.first_name} {self.last_name}" if self.first_name else self.last_name

    @property
    def addresses(self) -> Addresses:
        """All e-mail addresses."""
        return (self.email, *self.other_emails) if self.email else self.other_emails


class Holding(AccountEntity):
    """That a person holds a position, from a day to a day."""

    GRAPH: ClassVar = Tie("HOLDS", "person_id", "position_id")

    person_id: str
    position_id: str
    since: PartialDay | None = None
    until: PartialDay | None = None


class Assessment(AccountEntity):
    """What somebody says of a person, on a day, on evidence; the latest is current."""

    GRAPH: ClassVar = Node("Assessment", person_id="ABOUT", centre_id="WITHIN")

    person_id: str
    centre_id: str | None = None
    attribute: Attribute
    value: str = Field(min_length=1, max_length=50)
    """A code of the list of that name; a stance is ``-2`` … ``2``, or ``?``."""
    by: Text | None = None
    date: date
    source: Text | None = None
    """How we know: an act, with its place."""
    confidence: OneToFive | None = None


class TeamMember(Entity):
    """One of us. Belongs to no account."""

    GRAPH: ClassVar = Node("TeamMember")

    last_name: Name
    first_name: Name | None = None
    email: str | None = None
    other_emails: Addresses = ()
    """Further addresses of the same person: a mail log knows him or her by any of them."""
    function: str | None = None
    title: Text | None = None
    department: Text | None = None
    site: Text | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    languages: Text | None = None
    status: PersonStatus | None = None
    seniority: OneToFive | None = None
    capacity: int | None = Field(default=None, ge=0)
    """Live ties he or she can keep, over all accounts; None = unlimited, flagged."""
    day_cost: Decimal | None = Field(default=None, ge=0)
    since: PartialDay | None = None
    until: PartialDay | None = None
    departure_probability: float | None = Field(default=None, ge=0, le=1)
    """A year; None reads as the default of the settings."""
    shares_network: bool | None = None

    @property
    def name(self) -> str:
        """First and last name, as shown."""
        return f"{self.first_name} {self.last_name}" if self.first_name else self.last_name

    @property
    def addresses(self) -> Addresses:
        """All e-mail addresses."""
        return (self.email, *self.other_emails) if self.email else self.other_emails


Somebody = Person | TeamMember
"""A person, theirs or ours."""
