"""Who of us knows whom in an account, gathered once for all that is drawn."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from graphkam.model.base import fold
from graphkam.model.vocabulary import BuyingRole, ContactKind

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph, Contact, Stakeholder
    from graphkam.settings import AnalysisSettings

_KINDS = (ContactKind.OWNER, ContactKind.BACKUP, ContactKind.CONTACT)
_FULL = 3.0
"""Strength of a trusted tie on the day of the contact."""


class Relations:
    """Live ties, owners, backups and roles, by stakeholder and by team member.

    Parameters
    ----------
    graph
        The account as of a date.
    settings
        When a tie is live, and after how long without a contact a stakeholder shows a clock.
    leaves
        Ids of people, theirs or ours, who are supposed to leave: ties to them and by them are not live.
    """

    def __init__(
        self, graph: AccountGraph, settings: AnalysisSettings, leaves: frozenset[str] = frozenset()
    ) -> None:
        self.graph = graph
        self.leaves = leaves
        self._left = {one.id for person in leaves for one in graph.by_person.get(person, ())}
        self.names = {member.id: member.name for member in graph.members}
        self.live_of: dict[str, tuple[str, ...]] = {}
        """Members with a live tie to the holder of a position."""
        self.live_before: dict[str, tuple[str, ...]] = {}
        """The same before anybody leaves: what places and lines rest on, so that they stay."""
        self._strength: dict[tuple[str, str], float] = {}
        self._patience: dict[str, float] = {}
        """Days without a contact that each stakeholder bears."""
        self._read_panel(settings)
        self.contacts_of: dict[str, list[Contact]] = defaultdict(list)
        """Contact ties of a person: owner, backup, others."""
        for contact in graph.contacts:
            if contact.member_id in self.names:
                self.contacts_of[contact.person_id].append(contact)
        for contacts in self.contacts_of.values():
            contacts.sort(key=lambda c: (_KINDS.index(c.tie.kind), fold(self.names[c.member_id]), c.tie.id))

    def _read_panel(self, settings: AnalysisSettings) -> None:
        from graphkam.graph.strength import panel, tier

        ties, graph = panel(self.graph, settings), self.graph
        for one, weight in zip(graph.counted, ties.weight.tolist(), strict=True):
            self._patience[one.id] = settings.stale_by_tier[tier(weight)]
        live: dict[str, list[str]] = {one.id: [] for one in graph.stakeholders}
        for row, column, strength, is_live in zip(
            ties.member.tolist(), ties.seat.tolist(), ties.strength.tolist(), ties.live.tolist(), strict=True
        ):
            member, position = graph.members[row].id, graph.counted[column].id
            self._strength[member, position] = max(strength, self._strength.get((member, position), 0.0))
            if is_live and member not in live[position]:
                live[position].append(member)
        for position, members in live.items():
            known = tuple(sorted(members, key=lambda m: (fold(self.names[m]), m)))
            self.live_before[position] = known
            stays = position not in self._left
            self.live_of[position] = tuple(m for m in known if stays and m not in self.leaves)

    def is_gone(self, position_id: str) -> bool:
        """Tell whether the holder of a position is supposed to leave."""
        return position_id in self._left

    def has_lost(self, position_id: str) -> bool:
        """Tell whether somebody loses live ties with those who leave."""
        return len(self.live_of[position_id]) < len(self.live_before[position_id])

    def known_before(self, position_id: str) -> tuple[str, ...]:
        """Give the names of those of us with a live tie before anybody leaves."""
        return tuple(self.names[member] for member in self.live_before[position_id])

    def strength(self, member_id: str, position_id: str) -> float:
        """Give the strength of a tie today, from 0 to 1."""
        return self._strength.get((member_id, position_id), 0.0) / _FULL

    def is_live(self, member_id: str, position_id: str) -> bool:
        """Tell whether a member has a live tie to the holder of a position."""
        return member_id in self.live_of[position_id]

    def named(self, position_id: str) -> tuple[str, ...]:
        """Give the names of those of us with a live tie to the holder of a position."""
        return tuple(self.names[member] for member in self.live_of[position_id])

    def those(self, one: Stakeholder, kind: ContactKind) -> tuple[str, ...]:
        """Give the names of the owners, or of the backups, of a stakeholder."""
        if one.person is None:
            return ()
        contacts = self.contacts_of.get(one.person.id, ())
        return tuple(self.names[c.member_id] for c in contacts if c.tie.kind == kind)

    def last_contact(self, one: Stakeholder) -> date | None:
        """Give the newest contact of any of us with a stakeholder."""
        if one.person is None:
            return None
        days = [c.last_contact for c in self.contacts_of.get(one.person.id, ()) if c.last_contact]
        return max(days, default=None)

    def badges(self, one: Stakeholder) -> tuple[str, ...]:
        """Give the badges: key for a decider, lock for a veto, clock for a contact gone stale."""
        roles = self.graph.roles_of.get(one.id, ())
        found = ["key"] if BuyingRole.DECIDER.value in roles else []
        if "veto" in roles:
            found.append("lock")
        last = self.last_contact(one)
        if last and (self.graph.as_of - last).days > self._patience[one.id]:
            found.append("clock")
        return tuple(found)
