"""Who has not been heard of for too long: days with a contact, ties gone stale, people fallen silent.

A day with a contact is one of a message, an interaction, or a last contact that somebody told of. A
tie is *stale* from the limit of its stakeholder's tier on (``stale_by_tier``); one without a relation
(level 0), or of which nobody knows the last contact, cannot be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from statistics import median

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph, Contact, Stakeholder
from graphkam.graph.alerts import Alert, alert, lasted
from graphkam.graph.charge import Charge
from graphkam.graph.findings import finding
from graphkam.graph.strength import Panel, tier, wanted_ties
from graphkam.model.base import Severity
from graphkam.model.business import Interaction
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import Attribute, ContactKind
from graphkam.settings import AnalysisSettings

_CHAMPION = "2"
"""Stance of a champion."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A tie that has not been tended for too long."""

    contact: Contact
    seats: tuple[int, ...]
    tier: str
    days: int
    limit: float


def contact_days(graph: AccountGraph) -> Mapping[str, tuple[date, ...]]:
    """Give the days with a contact of each person up to the day, in order, each once."""
    found: dict[str, set[date]] = {}
    for tie in graph.own(ContactTie):
        told = (s.last_contact for s in tie.statements())
        days = (d for d in (*tie.days_out, *tie.days_in, tie.last_contact, *told) if d is not None)
        found.setdefault(tie.person_id, set()).update(d for d in days if d <= graph.as_of)
    for meeting in graph.own(Interaction):
        if meeting.date <= graph.as_of:
            for person_id in meeting.person_ids:
                found.setdefault(person_id, set()).add(meeting.date)
    return {person: tuple(sorted(days)) for person, days in found.items() if days}


class Silence:
    """Finds who has not been heard of.

    Parameters
    ----------
    ties
        The ties of the account on its day.
    settings
        The limits.
    """

    def __init__(self, ties: Panel, settings: AnalysisSettings) -> None:
        self.graph, self._ties, self._settings = ties.graph, ties, settings
        self.charge = Charge(ties)
        self.days = contact_days(ties.graph)

    def alerts(self) -> Iterator[Alert]:
        """Give the reasons to get in touch, person by person."""
        for person_id, seats in self.graph.there.items():
            if self.days.get(person_id):
                yield from self._of_person(person_id, seats)

    @cached_property
    def stale(self) -> tuple[Stale, ...]:
        """The ties gone stale, the one furthest beyond its limit first."""
        found = []
        for c in self.graph.contacts:
            seats = self.graph.there.get(c.person_id, ())
            if not seats or c.level == 0 or c.last_contact is None:
                continue
            days, (name, limit) = (self.graph.as_of - c.last_contact).days, self.limit(seats)
            if days > limit:
                found.append(Stale(c, seats, name, days, limit))
        return tuple(sorted(found, key=lambda s: (s.limit / s.days, s.contact.tie.id)))

    def limit(self, seats: tuple[int, ...]) -> tuple[str, float]:
        """Give the tier of somebody's heaviest position, and its limit."""
        name = tier(float(self._ties.weight[list(seats)].max()))
        return name, self._settings.stale_by_tier[name]

    def _of_person(self, person_id: str, seats: tuple[int, ...]) -> Iterator[Alert]:
        chosen, days = self._settings, self.days[person_id]
        silent, s = (self.graph.as_of - days[-1]).days, self.graph.counted[seats[0]]
        if silent > chosen.gone_days:
            yield self._alert("upkeep_gone", Severity.WARNING, s, seats, silent, chosen.gone_days)
        if person_id in self._champions and silent > chosen.champion_days:
            yield self._alert("upkeep_champion", Severity.WARNING, s, seats, silent, chosen.champion_days)
        usual = self.rhythm(person_id)
        if usual is not None:
            limit = max(usual * chosen.rhythm_factor, chosen.rhythm_least)
            if silent > limit:
                yield self._alert("upkeep_rhythm", Severity.NOTICE, s, seats, silent, limit, usual)
        if stale := self._wanting(person_id, s):
            yield self._stale(stale, s)

    def rhythm(self, person_id: str) -> float | None:
        """Give the median gap, in days, between contacts with somebody; None if there were too few."""
        days = self.days.get(person_id, ())
        if len(days) < self._settings.rhythm_contacts:
            return None
        return float(median((b - a).days for a, b in pairwise(days)))

    @cached_property
    def _champions(self) -> frozenset[str]:
        said = self.graph.assessments.items()
        return frozenset(
            who for (who, what, _), a in said if what is Attribute.STANCE and a.value == _CHAMPION
        )

    def _alert(
        self,
        code: str,
        severity: Severity,
        s: Stakeholder,
        seats: tuple[int, ...],
        days: int,
        limit: float,
        usual: float | None = None,
    ) -> Alert:
        """Make a reason to get in touch with somebody silent."""
        person_id = s.person.id if s.person else ""
        last = self.days[person_id][-1].isoformat()
        params: dict[str, Param] = {
            "name": s.name,
            "title": s.position.title,
            "count": days,
            "last": last,
            "usual": usual,
        }
        return alert(
            f"person:{person_id}",
            finding(code, severity, [s.id, person_id], params),
            seats=seats,
            lateness=lasted(days, limit),
            member=self.charge.of_person(person_id),
        )

    @cached_property
    def _stale_of(self) -> Mapping[str, list[Stale]]:
        found: dict[str, list[Stale]] = {}
        for t in self.stale:
            found.setdefault(t.contact.person_id, []).append(t)
        return found

    @cached_property
    def _dated(self) -> Counter[str]:
        """Of each person: ties with a relation of which the last contact is known, stale or fresh."""
        return Counter(c.person_id for c in self.graph.contacts if c.level != 0 and c.last_contact)

    def _wanting(self, person_id: str, s: Stakeholder) -> Stale | None:
        """Give the stale tie to tend first of somebody who has fewer fresh ones than wanted."""
        mine = self._stale_of.get(person_id, [])
        fresh = self._dated[person_id] - len(mine)
        if not mine or fresh >= wanted_ties(self.graph, s, self._settings):
            return None

        def key(t: Stale) -> tuple[bool, bool, int, int, str]:
            kind = t.contact.tie.kind
            is_owner, is_backup = kind is ContactKind.OWNER, kind is ContactKind.BACKUP
            return not is_owner, not is_backup, -(t.contact.level or 0), t.days, t.contact.tie.id

        return min(mine, key=key)

    def _stale(self, stale: Stale, s: Stakeholder) -> Alert:
        c = stale.contact
        last = c.last_contact.isoformat() if c.last_contact else None
        params: dict[str, Param] = {
            "name": s.name,
            "title": s.position.title,
            "count": stale.days,
            "last": last,
            "limit": stale.limit,
            "tier": stale.tier,
        }
        subjects = [s.id, c.person_id, c.member_id]
        return alert(
            f"person:{c.person_id}",
            finding("upkeep_stale", Severity.NOTICE, subjects, params, [c.tie.id]),
            seats=stale.seats,
            lateness=lasted(stale.days, stale.limit),
            member=self.graph.by_member[c.member_id],
        )
