"""Who leaves, and what nobody is left for then: pursuits, contracts, actions, knowledge."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from graphkam.errors import NotFound
from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.stakes import contracts_in_force, open_actions, open_pursuits
from graphkam.model.business import KnowledgeItem, Signal

Kind = Literal["pursuit", "contract", "action", "knowledge", "signal"]
_LENGTH = 200
"""Characters of a text that are shown."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves."""

    names: Mapping[str, str]
    """By id, in the order given."""
    members: frozenset[int]
    """Indexes into ``graph.members``."""
    seats: frozenset[int]
    """Indexes into ``graph.counted`` of the positions that are vacated."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something whose people have all left."""

    kind: Kind
    id: str
    name: str
    due: date | None = None


def leaving(graph: AccountGraph, ids: Sequence[str]) -> Leaving:
    """Tell who is meant by the ids of members of the team and of persons of the client.

    Raises
    ------
    NotFound
        If an id is neither.
    """
    index = {m.id: i for i, m in enumerate(graph.members)}
    names: dict[str, str] = {}
    for ident in ids:
        if ident not in index and ident not in graph.by_person:
            raise NotFound("nobody_of_the_account", value=ident, account=graph.account.name)
        names[ident] = graph.by_member[ident].name if ident in index else graph.person_name(ident)
    theirs = {ident for ident in names if ident not in index}
    seats = (i for i, s in enumerate(graph.counted) if s.person is not None and s.person.id in theirs)
    return Leaving(names, frozenset(index[i] for i in names if i in index), frozenset(seats))


def orphans(graph: AccountGraph, gone: Leaving) -> tuple[Orphan, ...]:
    """Give what nobody is left for, by kind, the most urgent first."""
    ours = {graph.members[m].id for m in gone.members}
    positions = {graph.counted[i].id for i in gone.seats}
    found = chain(_business(graph, ours, positions), _work(graph, ours), _knowledge(graph, ours))
    return tuple(sorted(found, key=lambda o: (o.kind, o.due or date.max, *by_name(o.name, o.id))))


def _are_gone(people: Collection[str], gone: Collection[str]) -> bool:
    return bool(people) and all(person in gone for person in people)


def _business(graph: AccountGraph, ours: Collection[str], positions: Collection[str]) -> Iterator[Orphan]:
    for p in open_pursuits(graph):
        team = [m for m in (*p.member_ids, p.owner_id) if m is not None]
        if _are_gone(team, ours) or _are_gone(p.position_ids, positions):
            yield Orphan("pursuit", p.id, p.name, p.close)
    for c in contracts_in_force(graph):
        if c.signatory_id in positions or c.our_signatory_id in ours:
            yield Orphan("contract", c.id, c.name, c.notice or c.end)


def _work(graph: AccountGraph, ours: Collection[str]) -> Iterator[Orphan]:
    for a in open_actions(graph):
        if a.owner_id in ours:
            yield Orphan("action", a.id, a.text[:_LENGTH], a.due)


def _knowledge(graph: AccountGraph, ours: Collection[str]) -> Iterator[Orphan]:
    for k in graph.own(KnowledgeItem):
        if _are_gone(k.known_by_ids, ours):
            yield Orphan("knowledge", k.id, k.text[:_LENGTH])
    for s in graph.own(Signal):
        is_current = s.date <= graph.as_of and (s.expires is None or s.expires >= graph.as_of)
        if is_current and _are_gone(s.known_by_ids, ours):
            yield Orphan("signal", s.id, s.text[:_LENGTH], s.expires)
