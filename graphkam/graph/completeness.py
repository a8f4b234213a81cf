"""How complete the records are, area by area: what should be filled in, and what is.

Each area counts things of one kind and asks one question of each. An area of nothing is undefined, not
complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.voters import electorate
from graphkam.model.vocabulary import BuyingRole, ContactKind
from graphkam.settings import AnalysisSettings

Name = Literal[
    "holders",
    "weights",
    "functions",
    "levels",
    "units",
    "roles",
    "stances",
    "contact_levels",
    "last_contacts",
    "owners",
    "backups",
    "mandates",
    "capacities",
    "values",
]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of which something should be known."""

    id: str
    name: str
    is_filled: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One area of the records."""

    name: Name
    entries: tuple[Entry, ...]
    """By name."""

    @property
    def filled(self) -> int:
        """How many are filled in."""
        return sum(e.is_filled for e in self.entries)

    @property
    def missing(self) -> tuple[Entry, ...]:
        """Those that are not."""
        return tuple(e for e in self.entries if not e.is_filled)


def areas(graph: AccountGraph, settings: AnalysisSettings) -> tuple[Area, ...]:
    """Give all areas of an account on its day.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        From which weight a stakeholder is key.
    """
    found: dict[Name, list[Entry]] = {}
    for name, entry in (
        *_of_positions(graph, settings),
        *_of_centres(graph),
        *_of_ties(graph),
        *_of_us(graph),
    ):
        found.setdefault(name, []).append(entry)
    order: tuple[Name, ...] = Name.__args__  # type: ignore[attr-defined]
    return tuple(
        Area(name, tuple(sorted(found.get(name, ()), key=lambda e: by_name(e.name, e.id)))) for name in order
    )


def _of_positions(graph: AccountGraph, settings: AnalysisSettings) -> Iterator[tuple[Name, Entry]]:
    kinds: dict[str, set[ContactKind]] = {}
    for c in graph.contacts:
        # A backup without any relation is one on paper only.
        if c.tie.kind is not ContactKind.BACKUP or c.level != 0:
            kinds.setdefault(c.person_id, set()).add(c.tie.kind)
    for s in graph.counted:
        p = s.position
        yield "holders", Entry(s.id, s.name, s.person is not None and not s.has_left)
        yield "weights", Entry(s.id, s.name, p.weight is not None)
        yield "functions", Entry(s.id, s.name, p.function is not None)
        yield "levels", Entry(s.id, s.name, p.seniority is not None)
        yield "units", Entry(s.id, s.name, p.unit_id is not None)
        if s.person is not None:
            mine = kinds.get(s.person.id, set())
            yield "owners", Entry(s.id, s.name, ContactKind.OWNER in mine)
            if graph.is_key(s, settings.key_weight):
                yield "backups", Entry(s.id, s.name, ContactKind.BACKUP in mine)


def _of_centres(graph: AccountGraph) -> Iterator[tuple[Name, Entry]]:
    for centre in graph.centres:
        voters = electorate(graph, centre)
        has_decider = any(BuyingRole.DECIDER in v.roles for v in voters.voters)
        yield "roles", Entry(centre.id, centre.name, has_decider)
        yield "values", Entry(centre.id, centre.name, centre.yearly_value is not None)
        for v in voters.there:
            if v.cast > 0:
                yield "stances", Entry(f"{centre.id}/{v.id}", v.name, v.stance is not None)


def _of_ties(graph: AccountGraph) -> Iterator[tuple[Name, Entry]]:
    for c in graph.contacts:
        names = f"{graph.by_member[c.member_id].name} – {graph.person_name(c.person_id)}"
        yield "contact_levels", Entry(c.tie.id, names, c.level is not None)
        if c.level != 0:
            yield "last_contacts", Entry(c.tie.id, names, c.last_contact is not None)


def _of_us(graph: AccountGraph) -> Iterator[tuple[Name, Entry]]:
    for m in graph.members:
        yield "mandates", Entry(m.id, m.name, not m.is_implied)
        yield "capacities", Entry(m.id, m.name, m.member.capacity is not None)
