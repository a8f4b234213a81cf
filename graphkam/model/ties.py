"""Ties: between people of the client, and between our team and them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, NamedTuple

from pydantic import Field

from graphkam.model.base import AccountEntity, Days, OneToFive, PartialDay, Text, Tie
from graphkam.model.vocabulary import ContactKind, LinkKind


class InfluenceTie(AccountEntity):
    """That one person of the client influences another; conflict is negative."""

    GRAPH: ClassVar = Tie("INFLUENCES", "from_id", "to_id")

    from_id: str
    to_id: str
    kind: LinkKind
    weight: OneToFive | None = None
    source: Text | None = None
    known_on: date | None = None
    note: Text | None = None
    since: PartialDay | None = None
    until: PartialDay | None = None


class Mandate(AccountEntity):
    """A team member's assignment to an account, agreed with the home department."""

    GRAPH: ClassVar = Tie("ASSIGNED_TO", "member_id", "account_id")

    member_id: str
    role: Text
    days_asked: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Days per month asked for."""
    days: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    """Days per month agreed."""
    agreed_by: Text | None = None
    since: PartialDay | None = None
    until: PartialDay | None = None


class Statement(NamedTuple):
    """What was said of a contact tie on a day: its level, and the last contact known then."""

    on: date
    level: int | None
    last_contact: date | None

    def __str__(self) -> str:
        """Write the statement in one word: ``2026-11-23:2:2026-11-01``; ``?`` = unknown."""
        level = "?" if self.level is None else self.level
        return f"{self.on}:{level}:{self.last_contact or '?'}"

    @classmethod
    def parse(cls, text: str) -> Statement:
        """Read a statement back.

        Raises
        ------
        ValueError
            If the text is not a statement.
        """
        on, level, last = text.split(":")
        if level not in {"0", "1", "2", "3", "?"}:
            raise ValueError(text)
        return cls(
            date.fromisoformat(on),
            None if level == "?" else int(level),
            None if last == "?" else date.fromisoformat(last),
        )


class ContactTie(AccountEntity):
    """That one of us knows a person of the client.

    ``level``, ``stated_on`` and ``last_contact`` are the newest statement; ``past`` keeps the
    earlier ones so that any day can be recomputed. A tie read from a mail log has the days with
    messages instead of statements.
    """

    GRAPH: ClassVar = Tie("KNOWS", "member_id", "person_id")

    member_id: str
    person_id: str
    kind: ContactKind
    level: int | None = Field(default=None, ge=0, le=3)
    """0 none, 1 brief, 2 repeated, 3 trusted; None = unknown."""
    stated_on: date | None = None
    """Day on which the level was said; the import day where a file does not tell."""
    desired: int | None = Field(default=None, ge=0, le=3)
    last_contact: date | None = None
    source: Text | None = None
    note: Text | None = None
    proposed: bool | None = None
    """The kind was proposed by graphkam and nobody confirmed it yet."""
    days_out: Days = ()
    """Days (UTC) with a message from our member to the person, in order."""
    days_in: Days = ()
    """Days (UTC) with a message from the person to our member, in order."""
    past: tuple[str, ...] = ()
    """Earlier statements, oldest first, as written by ``Statement``."""

    @property
    def has_mail(self) -> bool:
        """Whether the tie comes from a mail log."""
        return bool(self.days_out or self.days_in)

    def statements(self) -> tuple[Statement, ...]:
        """Give all statements, oldest first."""
        earlier = tuple(map(Statement.parse, self.past))
        if self.stated_on is None:
            return earlier
        return (*earlier, Statement(self.stated_on, self.level, self.last_contact))
