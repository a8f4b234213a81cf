"""Who at the client needs more contact ties, and who of us has room for some.

A person needs as many live ties as the most demanding of his or her positions wants (``target_key``,
``target_other``), less those that are live, less those that are planned. Nobody can meet whom nobody can
name, or who has left. Room is the capacity less the people with whom one has a live tie, in all accounts,
less the ties that one has planned; who has no capacity said has room for all, who is leaving has none.

A planned tie is an open action that the mesh plan made; cancelled, it is a proposal refused, and stays so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphkam.graph.account_graph import AccountGraph, Stakeholder, by_name
from graphkam.graph.strength import Panel, wanted_ties
from graphkam.model.business import Action
from graphkam.model.vocabulary import PersonStatus
from graphkam.settings import AnalysisSettings

_MARK = "mesh"
_LONGEST = 200
"""Of an id."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the client who holds positions that count."""

    id: str
    seats: tuple[int, ...]
    """Indexes into ``graph.counted``, the one of most weight first."""
    weight: float
    """Of all of them."""
    wanted: int
    """Live ties that there should be."""
    live: frozenset[int]
    """Members with a live tie."""
    planned: frozenset[int]
    """Members who are to have one."""

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(0, self.wanted - len(self.live | self.planned))


@dataclass(frozen=True)
class Planned:
    """What became of earlier proposals: members and people, by id."""

    accepted: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    refused: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def action_id(account_id: str, member_id: str, position_id: str) -> str:
    """Give the id of the action that an accepted proposal becomes: the same whenever it is accepted."""
    made = f"{account_id}-{_MARK}-{member_id}-{position_id}"
    if len(made) <= _LONGEST:
        return made
    return f"{_MARK}-{hashlib.sha256(made.encode()).hexdigest()}"


def planned(graph: AccountGraph) -> Planned:
    """Tell which ties are planned, and which were refused."""
    found: dict[str, set[tuple[str, str]]] = {"open": set(), "cancelled": set()}
    for action, about in decided(graph):
        if about.person is not None:
            found.setdefault(action.state or "open", set()).add((action.owner_id, about.person.id))
    return Planned(frozenset(found["open"]), frozenset(found["cancelled"]))


def decided(graph: AccountGraph) -> Iterator[tuple[Action, Stakeholder]]:
    """Give the actions that the mesh plan made, in whatever state, each with whom it is about."""
    for action in graph.own(Action):
        about = graph.by_position.get(action.about_id or "")
        if about is not None and about.person is not None and _is_ours(action, about):
            yield action, about


def _is_ours(action: Action, about: Stakeholder) -> bool:
    """Tell whether the mesh plan made an action; another owner may have taken it over."""
    marks = f"{action.account_id}-{_MARK}-", f"{_MARK}-"
    return action.id.startswith(marks) and (action.id.endswith(f"-{about.id}") or action.id[:5] == marks[1])


def everybody(ties: Panel, plans: Planned, settings: AnalysisSettings) -> tuple[Someone, ...]:
    """Give the people whom one can meet, by name."""
    graph = ties.graph
    weight, place = ties.weight.tolist(), {m.id: i for i, m in enumerate(graph.members)}
    waiting: dict[str, set[int]] = {}
    for member_id, person_id in plans.accepted:
        if member_id in place:
            waiting.setdefault(person_id, set()).add(place[member_id])
    found = []
    for person, held in graph.there.items():
        live = frozenset(m for j in held for m in ties.live_members[j])
        heaviest = sorted(held, key=lambda j: (-weight[j], j))
        wanted = max(wanted_ties(graph, graph.counted[j], settings) for j in held)
        total = sum(weight[j] for j in held)
        found.append(
            Someone(person, tuple(heaviest), total, wanted, live, frozenset(waiting.get(person, ())) - live)
        )
    return tuple(sorted(found, key=lambda p: by_name(graph.counted[p.seats[0]].name, p.id)))


@dataclass(frozen=True, slots=True)
class Room:
    """How many ties one of us keeps and can still keep."""

    live: int
    """Here."""
    elsewhere: int
    """Live or planned, in other accounts."""
    planned: int
    """Here."""
    capacity: int | None
    """None = not said: no limit."""
    is_leaving: bool

    @property
    def free(self) -> float:
        """For how many more there is room; without end if no capacity is said."""
        if self.is_leaving:
            return 0
        return float("inf") if self.capacity is None else max(0, self.capacity - self.load)

    @property
    def load(self) -> int:
        """How many there are or will be."""
        return self.live + self.elsewhere + self.planned

    @property
    def over(self) -> int:
        """How many too many are live or planned."""
        return 0 if self.capacity is None else max(0, self.load - self.capacity)


def rooms(ties: Panel, people: tuple[Someone, ...], elsewhere: Mapping[str, int]) -> tuple[Room, ...]:
    """Give the room of each member.

    Parameters
    ----------
    ties
        The ties of the account.
    people
        Whom one can meet, with the ties that are planned.
    elsewhere
        Ties, live or planned, in other accounts, by the member's id.
    """
    waiting = [0] * ties.members
    for p in people:
        for m in p.planned:
            waiting[m] += 1
    return tuple(
        Room(
            ties.load[i],
            elsewhere.get(m.id, 0),
            waiting[i],
            m.member.capacity,
            m.member.status is PersonStatus.LEAVING,
        )
        for i, m in enumerate(ties.graph.members)
    )


def burden(ties: Panel, settings: AnalysisSettings) -> Mapping[str, int]:
    """Give how many ties each member keeps or has planned in an account, by the member's id."""
    people = everybody(ties, planned(ties.graph), settings)
    found = rooms(ties, people, {})
    return {m.id: room.load for m, room in zip(ties.graph.members, found, strict=True)}
