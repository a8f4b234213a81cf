"""How strong each contact tie is on the day, and which are live.

``s = level x 2^(-days since last contact / half-life)``, level 0-3. A tie is **live** if its level
is at least 2 and s at least ``live_from`` (1): trusted (3) stays live 285 days without a word,
repeated (2) 180 days; brief (1) never covers. Unknown last contact: the decay runs from the day the
level was stated, in the interval [0, level]; unknown level: point value 0, interval [0, 3], with the
decay where the last contact is known. A tie of somebody who has left is never live. Weight of a
stakeholder: 1-5; unknown = the median of the account's known weights (1 if none), interval [1, 5].
Where tiers have half-lives of their own, a stakeholder of unknown weight could be of any tier.

Source: design, analyses.md, "Strength of a contact tie".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.account_graph import AccountGraph, Stakeholder
from graphkam.method.cover import Pairs, sole
from graphkam.settings import AnalysisSettings
from graphkam.settings.analysis import Tier

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

LIVE_LEVEL = 2
"""Least level of a live tie: repeated contact."""
TOP_LEVEL = 3
NO_TIE = -1
"""Index of a tie that is not recorded."""
LEAST_WEIGHT, MOST_WEIGHT = 1.0, 5.0
_TIERS: tuple[Tier, ...] = ("A", "B", "C")
_OF_TIES = ("member", "seat", "tie", "strength", "low", "high", "live", "surely_live", "maybe_live")


@dataclass(frozen=True)
class Panel:
    """The ties between M and P on the day, as parallel arrays: one entry per member and position.

    A person in two positions has an entry for each; ``tie`` tells that they are one tie.
    """

    graph: AccountGraph
    member: Indexes
    """Index into ``graph.members``."""
    seat: Indexes
    """Index into ``graph.counted``."""
    tie: Indexes
    """Index into ``graph.contacts``."""
    strength: Floats
    """s, 0-3."""
    low: Floats
    """Least that s can be."""
    high: Floats
    """Most that s can be."""
    live: Flags
    surely_live: Flags
    """Live whatever the unknown facts are."""
    maybe_live: Flags
    """Live for some value of the unknown facts."""
    weight: Floats
    """Of each of ``graph.counted``: known, or the median of the known ones."""
    weight_low: Floats
    weight_high: Floats

    @property
    def seats(self) -> int:
        """Number of positions that count."""
        return len(self.weight)

    @property
    def members(self) -> int:
        """Number of members."""
        return len(self.graph.members)

    @cached_property
    def total(self) -> float:
        """W, the weight of all positions that count."""
        return float(self.weight.sum())

    @cached_property
    def covered(self) -> float:
        """The weight of the positions with a live tie."""
        return float(self.weight[self.count(self.live) >= 1].sum())

    @cached_property
    def pairs(self) -> Pairs:
        """Which member is tied to which position."""
        return Pairs(self.member, self.seat, self.members, self.seats)

    @cached_property
    def sole(self) -> Floats:
        """Of each member: the weight of the positions that nobody else covers."""
        return sole(self.pairs, self.live, self.weight)

    @cached_property
    def amounts(self) -> Floats:
        """Of each member: the sum of weight times strength over all ties, live or not."""
        return self.pairs.total(self.strength > 0, self.weight, self.strength)

    def count(self, flags: Flags) -> Indexes:
        """Give for each position how many members have a tie so flagged."""
        return np.bincount(self.seat[flags], minlength=self.seats)

    @cached_property
    def load(self) -> tuple[int, ...]:
        """Of each member: how many people he or she has a live tie with."""
        people: list[set[str]] = [set() for _ in range(self.members)]
        for m, j in zip(self.member[self.live].tolist(), self.seat[self.live].tolist(), strict=True):
            person = self.graph.counted[j].person
            people[m].add(person.id if person else "")
        return tuple(map(len, people))

    @cached_property
    def live_members(self) -> tuple[tuple[int, ...], ...]:
        """Of each position: the members with a live tie, in the order of ``graph.members``."""
        found: list[list[int]] = [[] for _ in range(self.seats)]
        live = zip(self.member[self.live].tolist(), self.seat[self.live].tolist(), strict=True)
        for member, seat in sorted(live):
            found[seat].append(member)
        return tuple(map(tuple, found))

    def who(self, seats: Iterable[int]) -> tuple[int, ...]:
        """Give the members with a live tie into a group of positions."""
        return tuple(sorted({m for i in seats for m in self.live_members[i]}))

    def without(self, members: frozenset[int], seats: frozenset[int]) -> Panel:
        """Give the panel after some members and some holders of positions have left.

        The positions stay: they count, and nobody's tie to the one who left is live.
        """
        gone = np.isin(self.member, sorted(members)) | np.isin(self.seat, sorted(seats))
        return replace(self, **{name: getattr(self, name)[~gone] for name in _OF_TIES})

    def joined(self, pairs: Iterable[tuple[int, int]]) -> Panel:
        """Give the panel once some members have a live tie to the holders of some positions.

        Parameters
        ----------
        pairs
            Indexes of members and of positions. A tie that is there is live from then on.
        """
        made = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)
        old = np.isin(self.key(self.member, self.seat), self.key(*made.T))
        there = dict(zip(self.key(self.member, self.seat).tolist(), self.tie.tolist(), strict=True))
        tie = np.array([there.get(k, NO_TIE) for k in self.key(*made.T).tolist()], dtype=np.int64)
        strength, yes = np.full(len(made), float(LIVE_LEVEL)), np.ones(len(made), dtype=np.bool_)
        new = (*made.T, tie, strength, strength, strength, yes, yes, yes)
        columns: dict[str, Any] = {
            name: np.concatenate([getattr(self, name)[~old], column])
            for name, column in zip(_OF_TIES, new, strict=True)
        }
        return replace(self, **columns)

    def key(self, member: Indexes, seat: Indexes) -> Indexes:
        """Give a number to each pair of a member and a position."""
        found: Indexes = member * max(self.seats, 1) + seat
        return found


def panel(graph: AccountGraph, settings: AnalysisSettings) -> Panel:
    """Give the strengths of all ties of an account on its day.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Half-life (days, also per tier) and least strength of a live tie.
    """
    key = ("panel", *decay(settings))
    if key not in graph.kept:
        graph.kept[key] = _distinct(_measured(graph, settings))
    found: Panel = graph.kept[key]
    return found


def decay(settings: AnalysisSettings) -> tuple[Hashable, ...]:
    """Give all of the settings that a panel hangs on: what is kept of one goes by them."""
    return settings.half_life, tuple(sorted(settings.half_life_by_tier.items())), settings.live_from


def _measured(graph: AccountGraph, settings: AnalysisSettings) -> Panel:
    """Measure each tie to each position of its person."""
    weight, weight_low, weight_high = weights(graph.counted)
    seats: dict[str, list[int]] = {}
    for j, s in enumerate(graph.counted):
        if s.person is not None:
            seats.setdefault(s.person.id, []).append(j)
    members = {m.id: i for i, m in enumerate(graph.members)}
    held = [seats.get(c.person_id, ()) for c in graph.contacts]
    tie = np.repeat(np.arange(len(held)), list(map(len, held)))
    seat = np.fromiter(chain.from_iterable(held), np.int64)
    member = np.array([members[c.member_id] for c in graph.contacts], dtype=np.int64)[tie]
    (level, days), (is_known, is_dated) = _contacts(graph, tie)
    half_life = [column[seat] for column in half_lives(graph.counted, weight, settings)]
    here = ~np.array([s.has_left for s in graph.counted], dtype=np.bool_)[seat]
    value, shortest, longest = (np.exp2(-days / h) for h in half_life)
    strength = level * value * here
    # An unknown date is any day up to now; without decay it does not matter.
    low = level * np.where(is_dated, shortest, np.isinf(half_life[1])) * here
    high = np.where(is_known, level, TOP_LEVEL) * np.where(is_dated, longest, 1.0) * here
    enough = level >= LIVE_LEVEL
    return Panel(
        graph,
        member,
        seat,
        tie,
        strength,
        low,
        high,
        live=enough & (strength >= settings.live_from),
        surely_live=enough & (low >= settings.live_from),
        maybe_live=(enough | ~is_known) & (high >= settings.live_from),
        weight=weight,
        weight_low=weight_low,
        weight_high=weight_high,
    )


def _contacts(graph: AccountGraph, tie: Indexes) -> tuple[tuple[Floats, Floats], tuple[Flags, Flags]]:
    """Give level (0 if unknown) and days since the contact of ties, and whether each is known."""
    contacts = graph.contacts
    level = np.array([c.level or 0 for c in contacts], dtype=np.float64)
    last = np.array([(c.last_contact or c.stated_on).toordinal() for c in contacts], dtype=np.float64)
    days = graph.as_of.toordinal() - last
    is_known = np.array([c.level is not None for c in contacts], dtype=np.bool_)
    is_dated = np.array([c.last_contact is not None for c in contacts], dtype=np.bool_)
    return (level[tie], days[tie]), (is_known[tie], is_dated[tie])


def half_lives(
    counted: Sequence[Stakeholder], weight: Floats, settings: AnalysisSettings
) -> tuple[Floats, Floats, Floats]:
    """Give the half-life of ties to each position: its point value, the shortest and the longest."""
    days = {tier: settings.half_life_by_tier.get(tier, settings.half_life) for tier in _TIERS}
    of = {tier: np.inf if half_life is None else half_life for tier, half_life in days.items()}
    value = np.array([of[tier(w)] for w in weight.tolist()], dtype=np.float64)
    is_unknown = np.array([s.weight is None for s in counted], dtype=np.bool_)
    shortest = np.where(is_unknown, min(of.values()), value)
    return value, shortest, np.where(is_unknown, max(of.values()), value)


def _distinct(found: Panel) -> Panel:
    """Leave one entry per member and position: of several ties of one pair the strongest."""
    pair = found.key(found.member, found.seat)
    order = np.lexsort((-found.strength, pair))
    _, first = np.unique(pair[order], return_index=True)
    if len(first) == len(pair):
        return found
    greatest = {"low", "high", "live", "surely_live", "maybe_live"}
    distinct: dict[str, Any] = {}
    for name in _OF_TIES:
        column = getattr(found, name)[order]
        distinct[name] = np.maximum.reduceat(column, first) if name in greatest else column[first]
    return replace(found, **distinct)


def weights(counted: Sequence[Stakeholder]) -> tuple[Floats, Floats, Floats]:
    """Give the weight of each position: its point value, and the least and most it could be."""
    known = [s.weight for s in counted if s.weight is not None]
    typical = float(median(known)) if known else LEAST_WEIGHT
    given = [s.weight for s in counted]
    value = np.array([typical if w is None else w for w in given], dtype=np.float64)
    low = np.array([LEAST_WEIGHT if w is None else w for w in given], dtype=np.float64)
    high = np.array([MOST_WEIGHT if w is None else w for w in given], dtype=np.float64)
    return value, low, high


def vacant_weight(graph: AccountGraph) -> float:
    """Give the weight of the vacant positions; unknown = the median of the known ones, theirs too."""
    known = [w for s in graph.stakeholders if (w := s.weight) is not None]
    typical = float(median(known)) if known else LEAST_WEIGHT
    vacant = [s.weight for s in graph.stakeholders if not s.counts]
    return float(sum(typical if w is None else w for w in vacant))


def tier(weight: float) -> Tier:
    """Give the tier of a weight: A (4-5), B (2-3) or C (1)."""
    if weight >= 4:  # noqa: PLR2004 - the definition
        return "A"
    return "B" if weight >= 2 else "C"  # noqa: PLR2004 - the definition


def wanted_ties(graph: AccountGraph, stakeholder: Stakeholder, settings: AnalysisSettings) -> int:
    """Give how many live ties a stakeholder should have: more where he or she is key."""
    is_key = graph.is_key(stakeholder, settings.key_weight)
    return settings.target_key if is_key else settings.target_other
