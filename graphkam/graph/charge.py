"""Who of us is in charge of somebody at the client: whom to ask, who should act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from graphkam.graph.account_graph import Member, by_name
from graphkam.graph.strength import Panel
from graphkam.model.vocabulary import ContactKind

_FIRST = {ContactKind.OWNER: 0, ContactKind.BACKUP: 1, ContactKind.CONTACT: 2}


class Charge:
    """Finds the one of us who is in charge.

    Of a person: the owner; else whoever has the strongest tie left; else the backup, or anybody with
    a tie at all. Of somebody whom none of us knows: whoever knows people of the same unit best, then
    of the units above. Last of all the lead of the account, then its sponsor.

    Parameters
    ----------
    ties
        The ties of the account on its day.
    """

    def __init__(self, ties: Panel) -> None:
        self._ties, self._graph = ties, ties.graph

    def of_person(self, person_id: str) -> Member | None:
        """Give who is in charge of a person; None if nobody is on the account."""
        known = self._known.get(person_id)
        if known:
            return self._graph.members[known[0]]
        return self._nearest(s.position.unit_id for s in self._graph.by_person.get(person_id, ()))

    def of_seat(self, seat: int) -> Member | None:
        """Give who is in charge of a position of ``graph.counted``."""
        stakeholder = self._graph.counted[seat]
        if stakeholder.person is not None:
            return self.of_person(stakeholder.person.id)
        return self._nearest([stakeholder.position.unit_id])

    def of_account(self) -> Member | None:
        """Give the lead; else the sponsor; else whoever knows most."""
        graph = self._graph
        for member_id in (graph.account.lead_id, graph.account.sponsor_id):
            if member := graph.by_member.get(member_id or ""):
                return member
        return graph.members[int(self._ties.amounts.argmax())] if graph.members else None

    def _nearest(self, unit_ids: Iterable[str | None]) -> Member | None:
        for unit_id in unit_ids:
            for unit in reversed(self._graph.unit_path(unit_id)):
                if unit in self._by_unit:
                    return self._graph.members[self._by_unit[unit]]
        return self.of_account()

    @cached_property
    def _known(self) -> Mapping[str, list[int]]:
        """Of each person: the members with a tie, the one in charge first."""
        graph, ties = self._graph, self._ties
        place = {m.id: i for i, m in enumerate(graph.members)}
        strength: dict[int, float] = {}
        for t, s in zip(ties.tie.tolist(), ties.strength.tolist(), strict=True):
            strength[t] = max(s, strength.get(t, 0.0))
        ranked: dict[str, list[tuple[tuple[object, ...], int]]] = {}
        for t, c in enumerate(graph.contacts):
            kind, m = c.tie.kind, place[c.member_id]
            member = graph.members[m]
            is_owner = kind is ContactKind.OWNER
            key = (not is_owner, -strength.get(t, 0.0), _FIRST[kind], *by_name(member.name, member.id))
            ranked.setdefault(c.person_id, []).append((key, m))
        return {person: [m for _, m in sorted(found)] for person, found in ranked.items()}

    @cached_property
    def _by_unit(self) -> Mapping[str, int]:
        """Of each unit in which we know somebody: the member who knows most."""
        graph, ties = self._graph, self._ties
        known: dict[str, dict[int, float]] = {}
        for m, j, s in zip(ties.member.tolist(), ties.seat.tolist(), ties.strength.tolist(), strict=True):
            unit = graph.counted[j].position.unit_id
            if unit is not None and s > 0:
                of_unit = known.setdefault(unit, {})
                of_unit[m] = of_unit.get(m, 0.0) + s
        # Members stand in the order of their names: of equals the first.
        return {unit: min(found, key=lambda m: (-found[m], m)) for unit, found in known.items()}
