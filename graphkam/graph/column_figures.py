"""The headline figures of many accounts at once, from columns: a few passes over arrays.

They are those of :mod:`graphkam.analysis.coverage`, :mod:`graphkam.analysis.dependency` and
:mod:`graphkam.analysis.departure`, number for number; a test compares them account by account. What is
undefined is ``nan``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from graphkam.graph.columns import Columns, Flags, Floats, Indexes
from graphkam.graph.strength import LEAST_WEIGHT, LIVE_LEVEL, MOST_WEIGHT, TOP_LEVEL, tier
from graphkam.method import grouped
from graphkam.method.cover import Pairs, sole_bounds
from graphkam.settings import AnalysisSettings

_HALVES = 2 * int(MOST_WEIGHT) + 1
"""Weights are multiples of one half: medians are."""


@dataclass(frozen=True)
class Measured:
    """The strengths of all ties on the day; one entry per member and position."""

    columns: Columns
    team: Indexes
    seat: Indexes
    strength: Floats
    live: Flags
    surely_live: Flags
    maybe_live: Flags
    weight: Floats
    """Of each position: known, or the median of those known in its account."""

    @cached_property
    def live_seat(self) -> Indexes:
        """The positions of the live ties."""
        return self.seat[self.live]

    @cached_property
    def n(self) -> Indexes:
        """Of each position: how many of us have a live tie."""
        return grouped.counts(self.live_seat, len(self.weight))

    @property
    def weight_low(self) -> Floats:
        """Least weight that each position could have."""
        return np.where(self.columns.seats.weight > 0, self.weight, LEAST_WEIGHT)

    @property
    def weight_high(self) -> Floats:
        """Most weight that each position could have."""
        return np.where(self.columns.seats.weight > 0, self.weight, MOST_WEIGHT)

    def without(self, gone: Flags) -> Measured:
        """Give what is left when some ties are not there any more."""
        kept = {name: getattr(self, name)[~gone] for name in _OF_TIES}
        return replace(self, **kept)


_OF_TIES = ("team", "seat", "strength", "live", "surely_live", "maybe_live")


@dataclass(frozen=True)
class Headlines:
    """Headline figures of each group: of each account, or of each country."""

    seats: Indexes
    weight: Floats
    covered: Floats
    """The weight that at least one of us covers."""
    c1: Floats
    c2: Floats
    bow_tie: Floats
    most: Indexes
    """Who is the bow tie: the place of its member, -1 = nobody is sole."""
    max_loss: Floats
    hhi: Floats
    effective: Floats
    sole: Floats
    """Of each member of a group: the weight that nobody else covers."""
    live_ties: Indexes


@dataclass(frozen=True)
class Bounds:
    """What the headline figures of each account could be."""

    c1_low: Floats
    c1_high: Floats
    c2_low: Floats
    c2_high: Floats
    bow_tie_low: Floats
    bow_tie_high: Floats


def measured(columns: Columns, settings: AnalysisSettings, *, with_bounds: bool = True) -> Measured:
    """Give the strengths of all ties.

    Parameters
    ----------
    columns
        All accounts as of a day.
    settings
        Half-life and least strength of a live tie.
    with_bounds
        Tell which ties are surely and which maybe live; otherwise they are as far as is known.
    """
    ties, least = columns.ties, settings.live_from
    weight = _weights(columns)
    value, shortest, longest = _decay(columns, weight, settings)
    here, level = ~columns.seats.has_left[ties.seat], np.maximum(ties.level, 0).astype(np.float64)
    strength, enough = level * value * here, level >= LIVE_LEVEL
    surely = maybe = live = enough & (strength >= least)
    if with_bounds:
        is_known = ties.level >= 0
        # An unknown date is any day up to now; without decay it does not matter.
        low = level * np.where(ties.is_dated, shortest, _stays(columns, settings)) * here
        high = np.where(is_known, level, TOP_LEVEL) * np.where(ties.is_dated, longest, 1.0) * here
        surely, maybe = enough & (low >= least), (enough | ~is_known) & (high >= least)
    found = Measured(columns, ties.team, ties.seat, strength, live, surely, maybe, weight)
    return found if columns.is_single else _distinct(found)


def by_account(found: Measured) -> Headlines:
    """Give the headline figures of each account."""
    columns = found.columns
    team, seats = columns.team.account, columns.seats.account
    return headlines(found, _pairs(found), team, seats, len(columns.accounts.id))


def by_country(found: Measured) -> tuple[Headlines, Indexes]:
    """Give the headline figures of each country of ``columns.country``, and the member at each place."""
    columns = found.columns
    country, names = columns.country
    many = max(len(columns.members.id), 1)
    keys, element = np.unique(
        country[found.seat] * many + columns.team.member[found.team], return_inverse=True
    )
    pairs = Pairs(element.astype(np.int64), found.seat, len(keys), len(found.weight))
    owner, member = np.divmod(keys, many)
    return headlines(found, pairs, owner, country, len(names)), member


def headlines(found: Measured, pairs: Pairs, of_member: Indexes, of_seat: Indexes, groups: int) -> Headlines:
    """Give the headline figures of groups.

    Parameters
    ----------
    found
        The ties.
    pairs
        Which member of a group is tied to which position.
    of_member, of_seat
        The group of each member and of each position.
    groups
        How many there are.
    """
    weight, n = found.weight, found.n
    total = grouped.sums(of_seat, weight, groups)
    covered, twice = (grouped.sums(of_seat, weight * (n >= least), groups) for least in (1, 2))
    once = n[found.live_seat] == 1
    alone = grouped.sums(pairs.element[found.live][once], weight[found.live_seat[once]], pairs.elements)
    most, place = grouped.greatest(of_member, alone, groups)
    amounts = grouped.sums(pairs.element, weight[found.seat] * found.strength, pairs.elements)
    hhi = grouped.concentration(of_member, amounts, groups)
    return Headlines(
        seats=grouped.counts(of_seat, groups),
        weight=total,
        covered=covered,
        c1=grouped.ratios(covered, total),
        c2=grouped.ratios(twice, total),
        bow_tie=grouped.ratios(most, total),
        most=place,
        max_loss=grouped.ratios(most, covered),
        hhi=hhi,
        effective=1 / hhi,
        sole=alone,
        live_ties=grouped.sums(of_seat, n, groups).astype(np.int64),
    )


def bounds(found: Measured) -> Bounds:
    """Give what the headline figures of each account could be; see :mod:`graphkam.graph.headlines`."""
    columns, pairs = found.columns, _pairs(found)
    account, groups = columns.seats.account, len(columns.accounts.id)
    low, high = found.weight_low, found.weight_high
    surely, maybe = pairs.count(found.surely_live), pairs.count(found.maybe_live)

    def share(chosen: Flags, of_it: Floats, of_others: Floats) -> Floats:
        above = grouped.sums(account, of_it * chosen, groups)
        return grouped.ratios(above, above + grouped.sums(account, of_others * ~chosen, groups))

    of_low, of_high = (grouped.sums(account, w, groups) for w in (low, high))
    totals = (of_low[columns.team.account], of_high[columns.team.account])
    least, most = sole_bounds(pairs, found.surely_live, found.maybe_live, low, high, totals=totals)
    ends = (grouped.greatest(columns.team.account, end, groups)[0] for end in (least, most))
    bow_tie = [np.where(of_high > 0, end, np.nan) for end in ends]
    return Bounds(
        share(surely >= 1, low, high),
        share(maybe >= 1, high, low),
        share(surely > 1, low, high),
        share(maybe > 1, high, low),
        *bow_tie,
    )


def loads(found: Measured) -> Indexes:
    """Give the live ties of each member over all accounts; one to a person in two positions is one."""
    columns = found.columns
    member = columns.team.member[found.team[found.live]]
    person = columns.seats.person[found.live_seat]
    count = max(len(columns.people.id), 1)
    held = grouped.counts(columns.seats.person[columns.seats.person >= 0], count)
    several = held[person] > 1
    once = grouped.unique(member[several] * count + person[several]) // count
    members = len(columns.members.id)
    return grouped.counts(np.concatenate([member[~several], once]), members)


def _pairs(found: Measured) -> Pairs:
    return Pairs(found.team, found.seat, len(found.columns.team.account), len(found.weight))


def _weights(columns: Columns) -> Floats:
    seats = columns.seats
    weight = seats.weight.astype(np.float64)
    unknown = seats.weight == 0
    if unknown.any():
        groups = len(columns.accounts.id)
        typical = grouped.medians(seats.account, seats.weight, groups, default=LEAST_WEIGHT)
        weight[unknown] = typical[seats.account[unknown]]
    return weight


def _decay(columns: Columns, weight: Floats, settings: AnalysisSettings) -> tuple[Floats, Floats, Floats]:
    """Give what is left of each tie's level: as far as is known, the least and the most."""
    days = (columns.as_of.toordinal() - columns.ties.day).astype(np.float64)
    if not settings.half_life_by_tier:
        half_life = np.inf if settings.half_life is None else settings.half_life
        left = np.exp2(-days / half_life)
        return left, left, left
    of_weight = np.array(_half_lives(settings))
    value = of_weight[(2 * weight).astype(np.int64)]
    unknown = columns.seats.weight == 0
    known = of_weight[2:]
    ends = (np.where(unknown, end, value) for end in (known.min(), known.max()))
    seat = columns.ties.seat
    value, shortest, longest = (np.exp2(-days / h[seat]) for h in (value, *ends))
    return value, shortest, longest


def _stays(columns: Columns, settings: AnalysisSettings) -> Flags:
    """Tell which ties surely do not decay, whatever the tier of their position."""
    of_weight = np.isinf(_half_lives(settings))
    weight = columns.seats.weight
    return np.where(weight == 0, of_weight[2:].all(), of_weight[2 * weight])[columns.ties.seat]


def _half_lives(settings: AnalysisSettings) -> list[float]:
    """Give the half-life of ties to a position by twice its weight."""
    days = (settings.half_life_by_tier.get(tier(w / 2), settings.half_life) for w in range(_HALVES))
    return [np.inf if d is None else d for d in days]


def _distinct(found: Measured) -> Measured:
    """Leave one entry per member and position: of several ties of one pair the strongest."""
    pair = found.seat * max(len(found.columns.team.account), 1) + found.team
    first = grouped.distinct(pair)
    kept: dict[str, Any] = {name: getattr(found, name)[first] for name in ("team", "seat")}
    for name in _OF_TIES[2:]:
        kept[name] = np.maximum.reduceat(getattr(found, name), first)
    return replace(found, **kept)
