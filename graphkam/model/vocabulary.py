"""The lists of values, with their English and French labels, and the crosswalk of role names.

``values.csv`` is the only place where a code or a label is written; the enumerations below name the
codes that the analyses ask for, and a test holds both together.
"""

from __future__ import annotations

import csv
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple


class Choice(NamedTuple):
    """One value of a list."""

    code: str
    en: str
    fr: str

    def label(self, language: str) -> str:
        """Give the label in a language."""
        return self.fr if language == "fr" else self.en


@cache
def choices(name: str) -> tuple[Choice, ...]:
    """Give the values of a list, in the order shown to users.

    Parameters
    ----------
    name
        Name of the list, such as ``function`` or ``buying_role``.

    Raises
    ------
    KeyError
        If there is no such list.
    """
    return _lists()[name]


@cache
def codes(name: str) -> frozenset[str]:
    """Give the codes of a list."""
    return frozenset(choice.code for choice in choices(name))


@cache
def label(name: str, code: str, language: str) -> str:
    """Give the label of a code; the code itself if the list does not have it."""
    return next((c.label(language) for c in choices(name) if c.code == code), code)


@cache
def _lists() -> dict[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    with files("graphkam.model").joinpath("values.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            lists.setdefault(row["list"], []).append(Choice(row["code"], row["en"], row["fr"]))
    return {name: tuple(values) for name, values in lists.items()}


class Occupancy(StrEnum):
    """Who sits on a position."""

    HELD = "held"
    VACANT = "vacant"
    UNKNOWN = "unknown"


class PersonStatus(StrEnum):
    """Whether a person (theirs or ours) is still there."""

    ACTIVE = "active"
    LEAVING = "leaving"
    LEFT = "left"


class ContactKind(StrEnum):
    """What one of us is to a stakeholder."""

    OWNER = "owner"
    BACKUP = "backup"
    CONTACT = "contact"


class BuyingRole(StrEnum):
    """Roles in a buying centre (Webster & Wind 1972; initiator: Bonoma 1982)."""

    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    BUYER = "buyer"
    DECIDER = "decider"
    GATEKEEPER = "gatekeeper"


class DecisionRule(StrEnum):
    """How a decision centre decides."""

    SINGLE_DECIDER = "single_decider"
    MAJORITY = "majority"
    QUOTA = "quota"
    UNANIMITY = "unanimity"


class UnitKind(StrEnum):
    """Kinds of org unit, largest first."""

    GROUP = "group"
    SUBSIDIARY = "subsidiary"
    SITE = "site"
    DEPARTMENT = "department"


class LinkKind(StrEnum):
    """Kinds of influence tie; conflict is negative."""

    ADVICE = "advice"
    ACCESS = "access"
    CONFLICT = "conflict"
    EX_COLLEAGUE = "ex_colleague"
    ALUMNI = "alumni"
    FORMAL = "formal"
    INFORMAL = "informal"
    OTHER = "other"


class Attribute(StrEnum):
    """What an assessment is about."""

    STANCE = "stance"
    ORIENTATION = "orientation"
    POLITICAL_STATUS = "political_status"
    ADAPTABILITY = "adaptability"


class Crosswalk(NamedTuple):
    """What one buying role is called elsewhere; empty where the other method has no such role."""

    role: BuyingRole
    miller_heiman: tuple[str, ...]
    meddpicc: tuple[str, ...]
    altify: tuple[str, ...]
    linkedin: tuple[str, ...]
    hubspot: tuple[str, ...]
    salesforce: tuple[str, ...]
    french: tuple[str, ...]

    @property
    def names(self) -> frozenset[str]:
        """All its names, of all methods."""
        return frozenset(chain.from_iterable(self[1:]))


@cache
def crosswalk() -> tuple[Crosswalk, ...]:
    """Give the role names of other methods and tools, by meaning rather than by spelling.

    An *economic buyer* releases the money: our decider, not our buyer. A champion, coach or blocker has
    no row: that is a stance.
    """
    with files("graphkam.model").joinpath("crosswalk.csv").open(encoding="utf-8") as stream:
        return tuple(
            Crosswalk(
                BuyingRole(row.pop("role")),
                **{method: tuple(filter(None, names.split("; "))) for method, names in row.items()},
            )
            for row in csv.DictReader(stream)
        )


def role_of(name: str) -> BuyingRole | None:
    """Give the buying role that a name of any method means, or None."""
    wanted = name.strip().casefold()
    return next((row.role for row in crosswalk() if wanted in {n.casefold() for n in row.names}), None)
