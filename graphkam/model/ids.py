"""Ids of new records: short ones that stay: ``AUB-p017``; a tie's is made of its ends."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from graphkam.model.base import Entity, fold
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
    PnlLine,
    Project,
    Pursuit,
    Signal,
    Stake,
)
from graphkam.model.organisation import DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

_LETTERS: Mapping[type[Entity], str] = {
    OrgUnit: "u",
    Position: "p",
    Person: "n",
    DecisionCentre: "d",
    InfluenceTie: "l",
    Pursuit: "o",
    Project: "j",
    Contract: "c",
    Clause: "k",
    Incident: "i",
    Signal: "s",
    Action: "a",
    Interaction: "m",
    Objective: "t",
    HistoryEvent: "h",
    Stake: "e",
    KnowledgeItem: "w",
}
_PARTS: Mapping[type[Entity], tuple[str, ...]] = {
    Seat: ("centre_id", "position_id"),
    Holding: ("person_id", "position_id"),
    Mandate: ("member_id", "account_id"),
    ContactTie: ("member_id", "person_id"),
    Assessment: ("person_id", "attribute", "date"),
    Footprint: ("unit_id", "offering_id"),
    PnlLine: ("account_id", "period", "line"),
}
_NUMBERED = re.compile(r"(.+-[a-z])(\d+)", re.ASCII)
_SLUG = 24
_LONGEST = 150


def slug(name: str) -> str:
    """Give a name as a short id: lower case, letters and digits, whole words."""
    words = re.findall(r"[^\W_]+", fold(name))
    short = ""
    for word in words:
        if short and len(short) + len(word) >= _SLUG:
            break
        short = f"{short}-{word}" if short else word[:_SLUG]
    return short or "x"


class Ids:
    """Makes ids that nothing else has.

    Parameters
    ----------
    taken
        All ids of the store and of the file.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = set(taken)
        self._last: dict[str, int] = {}
        for known in self._taken:
            if match := _NUMBERED.fullmatch(known):
                self._last[match[1]] = max(self._last.get(match[1], 0), int(match[2]))

    def new(self, kind: type[Entity], fields: Mapping[str, Any]) -> str:
        """Give the id of a new record.

        Parameters
        ----------
        kind
            What it is.
        fields
            What is known of it.
        """
        if kind in _LETTERS:
            return self._numbered(f"{fields['account_id']}-{_LETTERS[kind]}")
        if kind in _PARTS:
            parts = "~".join(str(fields.get(name)) for name in _PARTS[kind])
            return self._free(
                parts
                if len(parts) <= _LONGEST
                else hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()
            )
        if kind is TeamMember:
            return self._free(_initials(fields.get("first_name"), fields["last_name"]))
        return self._free(slug(fields["name"]))

    def _numbered(self, prefix: str) -> str:
        self._last[prefix] = self._last.get(prefix, 0) + 1
        made = f"{prefix}{self._last[prefix]:03d}"
        self._taken.add(made)
        return made

    def _free(self, wanted: str) -> str:
        made, number = wanted, 1
        while made in self._taken:
            number += 1
            made = f"{wanted}-{number}"
        self._taken.add(made)
        return made


def _initials(first_name: str | None, last_name: str) -> str:
    words = re.findall(r"[^\W\d_]+", fold(f"{first_name or ''} {last_name}"))
    letters = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:2]
    return letters.upper() or "M"
