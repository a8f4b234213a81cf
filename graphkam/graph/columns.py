"""All accounts as of a day as columns: parallel arrays instead of objects, for a whole portfolio.

They hold facts, not figures: who sits where with which weight, who of us knows whom at which level
and since when, who has a mandate, which business hangs on whom. Half-life and the like are chosen when
figures are made of them (:mod:`graphkam.graph.column_figures`). People of the clients are in them by
their ids alone, without names.

Columns are made of the graphs of the accounts, so what counts, who is one of us and what was known on
the day is said in one place only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.account_graph import AccountGraph, Contact, Member, by_name
from graphkam.graph.stakes import businesses
from graphkam.graph.strength import vacant_weight
from graphkam.method import grouped

Texts = NDArray[np.object_]
Indexes = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Small = NDArray[np.int8]
UNKNOWN = -1
"""A level that is not known."""


@dataclass(frozen=True)
class AccountColumns:
    """One entry per account, in the order of names."""

    id: Texts
    name: Texts
    currency: Texts
    people: Indexes
    """Distinct persons who hold a position."""
    vacant: Indexes
    vacant_weight: Floats


@dataclass(frozen=True)
class MemberColumns:
    """One entry per member on any account, in the order of names."""

    id: Texts
    name: Texts
    capacity: Floats
    """Live ties he or she can keep; nan = not limited."""


@dataclass(frozen=True)
class PersonColumns:
    """One entry per person of the clients who holds a position."""

    id: Texts


@dataclass(frozen=True)
class SeatColumns:
    """One entry per position that counts, account by account."""

    account: Indexes
    """Ascending."""
    person: Indexes
    """-1 = nobody can name the holder."""
    weight: NDArray[np.uint8]
    """1-5; 0 = not known."""
    country: Texts
    """Of the unit, or the nearest above it that has one, or the account; empty = not known."""
    has_left: Flags


@dataclass(frozen=True)
class TeamColumns:
    """One entry per member and account (M), account by account, in the order of names."""

    account: Indexes
    """Ascending."""
    member: Indexes
    is_implied: Flags
    days_asked: Floats
    """Days a month over the mandates valid on the day; nan = of none of them known."""
    days: Floats
    """The same, agreed."""


@dataclass(frozen=True)
class TieColumns:
    """One entry per contact tie and position of its person, position by position."""

    seat: Indexes
    """Ascending; of one position, ``team`` ascending."""
    team: Indexes
    level: Small
    """0-3; -1 = not known."""
    day: NDArray[np.int32]
    """Of the last contact, otherwise of the statement of the level; as ``date.toordinal``."""
    is_dated: Flags
    """Whether it is the last contact."""


@dataclass(frozen=True)
class BusinessColumns:
    """One entry per piece of business, account by account (:mod:`graphkam.graph.stakes`)."""

    account: Indexes
    amount: Floats
    """In the account's currency; nan = not known."""


@dataclass(frozen=True)
class BehindColumns:
    """Which positions decide on which business."""

    business: Indexes
    seat: Indexes


@dataclass(frozen=True)
class Columns:
    """All accounts as of a day."""

    as_of: date
    accounts: AccountColumns
    members: MemberColumns
    people: PersonColumns
    seats: SeatColumns
    team: TeamColumns
    ties: TieColumns
    business: BusinessColumns
    behind: BehindColumns

    @cached_property
    def country(self) -> tuple[Indexes, tuple[str, ...]]:
        """Of each position: the index of its country; and the countries, the unknown one first."""
        codes = self.seats.country.tolist()
        names = tuple(sorted({"", *codes}))
        place = {name: i for i, name in enumerate(names)}
        return np.array([place[code] for code in codes], dtype=np.int64), names

    @cached_property
    def is_single(self) -> bool:
        """Whether no member has two ties to one position."""
        seat, team = self.ties.seat, self.ties.team
        return not ((seat[1:] == seat[:-1]) & (team[1:] == team[:-1])).any()

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of the members and ids of the people, by id."""
        ours = zip(self.members.id.tolist(), self.members.name.tolist(), strict=True)
        return {i: i for i in self.people.id.tolist()} | dict(ours)


TABLES: dict[str, type] = {
    "accounts": AccountColumns,
    "members": MemberColumns,
    "people": PersonColumns,
    "seats": SeatColumns,
    "team": TeamColumns,
    "ties": TieColumns,
    "business": BusinessColumns,
    "behind": BehindColumns,
}
"""The tables, by the name of their field."""
TYPES: dict[str, np.dtype[Any]] = {
    "Texts": np.dtype(object),
    "Indexes": np.dtype(np.int64),
    "Floats": np.dtype(np.float64),
    "Flags": np.dtype(np.bool_),
    "Small": np.dtype(np.int8),
    "NDArray[np.uint8]": np.dtype(np.uint8),
    "NDArray[np.int32]": np.dtype(np.int32),
}
"""What the columns hold, by the annotation of their field."""


def type_of(table: str) -> dict[str, np.dtype[Any]]:
    """Give what each column of a table holds, by its name."""
    return {field.name: TYPES[str(field.type)] for field in fields(TABLES[table])}


def columns(graphs: Iterable[AccountGraph], as_of: date) -> Columns:
    """Make columns of accounts.

    Parameters
    ----------
    graphs
        The accounts as of a day, in the order of names; each is read once and let go.
    as_of
        The day.
    """
    made = _Maker()
    for graph in graphs:
        made.take(graph)
    return made.columns(as_of)


def unseen(before: Columns, after: Columns) -> int:
    """Give of how many contacts nothing is recorded from an earlier day, though both people were there."""

    def kept(ids: Texts, earlier: Texts) -> Indexes:
        place = {ident: i for i, ident in enumerate(earlier.tolist())}
        return np.array([place.get(ident, UNKNOWN) for ident in ids.tolist()], dtype=np.int64)

    many = max(len(before.people.id), 1)
    member = kept(after.members.id, before.members.id)[after.team.member[after.ties.team]]
    person = kept(after.people.id, before.people.id)[after.seats.person[after.ties.seat]]
    were_there = (member >= 0) & (person >= 0)
    now = grouped.unique(member[were_there] * many + person[were_there])
    then = before.team.member[before.ties.team] * many + before.seats.person[before.ties.seat]
    both = np.sort(np.concatenate([now, grouped.unique(then)]))
    return len(now) - int((both[1:] == both[:-1]).sum())


class _Maker:
    """Takes account after account."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        self._members: dict[str, int] = {}
        self._people: dict[str, int] = {}

    def columns(self, as_of: date) -> Columns:
        tables: dict[str, Any] = {}
        self._order_members()
        self._rows["ties"].sort(key=lambda row: row[:2])
        for name, kind in TABLES.items():
            types = type_of(name)
            values = zip(*self._rows[name], strict=True) if self._rows[name] else ((),) * len(types)
            arrays = [np.array(v, dtype=t) for v, t in zip(values, types.values(), strict=True)]
            tables[name] = kind(*arrays)
        return Columns(as_of=as_of, **tables)

    def _order_members(self) -> None:
        """Put the members in the order of their names: so are those of one account among each other."""
        rows = self._rows["members"]
        order = sorted(range(len(rows)), key=lambda i: by_name(rows[i][1], rows[i][0]))
        place = {old: new for new, old in enumerate(order)}
        self._rows["members"] = [rows[i] for i in order]
        self._rows["team"] = [(account, place[m], *rest) for account, m, *rest in self._rows["team"]]

    def take(self, graph: AccountGraph) -> None:
        """Take one account."""
        account, first = len(self._rows["accounts"]), len(self._rows["seats"])
        self._rows["accounts"].append(self._account(graph))
        team = {m.id: self._on_team(account, m) for m in graph.members}
        seats: dict[str, list[int]] = {}
        for i, s in enumerate(graph.counted):
            person = UNKNOWN
            if s.person is not None:
                person = self._index("people", self._people, s.person.id, ())
                seats.setdefault(s.person.id, []).append(first + i)
            country = graph.countries.get(s.position.unit_id or "", graph.account.country or "")
            self._rows["seats"].append((account, person, s.weight or 0, country, s.has_left))
        self._rows["ties"] += chain.from_iterable(
            _ties(c, team[c.member_id], seats.get(c.person_id, ())) for c in graph.contacts
        )
        self._take_business(graph, account, first)

    def _account(self, graph: AccountGraph) -> tuple[Any, ...]:
        account, vacant = graph.account, len(graph.stakeholders) - len(graph.counted)
        people, weight = len(graph.by_person), vacant_weight(graph)
        return account.id, account.name, graph.currency, people, vacant, weight

    def _on_team(self, account: int, member: Member) -> int:
        capacity = member.member.capacity
        row = (member.name, np.nan if capacity is None else capacity)
        index = self._index("members", self._members, member.id, row)
        asked = _known(m.days_asked for m in member.mandates)
        agreed = _known(m.days for m in member.mandates)
        self._rows["team"].append((account, index, member.is_implied, asked, agreed))
        return len(self._rows["team"]) - 1

    def _index(self, table: str, known: dict[str, int], ident: str, rest: tuple[Any, ...]) -> int:
        """Give the index of somebody, who may be on several accounts."""
        if ident not in known:
            known[ident] = len(known)
            self._rows[table].append((ident, *rest))
        return known[ident]

    def _take_business(self, graph: AccountGraph, account: int, first: int) -> None:
        for business in businesses(graph):
            place = len(self._rows["business"])
            amount = np.nan if business.amount is None else float(business.amount)
            self._rows["business"].append((account, amount))
            self._rows["behind"] += [(place, first + i) for i in business.seats]


def _known(days: Iterable[float | None]) -> float:
    found = [d for d in days if d is not None]
    return float(sum(found)) if found else np.nan


def _ties(contact: Contact, team: int, seats: Iterable[int]) -> Iterator[tuple[int, int, int, int, bool]]:
    day = (contact.last_contact or contact.stated_on).toordinal()
    level = UNKNOWN if contact.level is None else contact.level
    for seat in seats:
        yield seat, team, level, day, contact.last_contact is not None
