"""What is not known of an account, fact by fact, each with the answers that could come.

A fact is the weight of a position, the level or the last contact of a tie, the holder of a position
whom nobody can name (or who is marked as gone), the stance of somebody who votes. An answer changes
what is known of a few positions: the limits of their weight, and how many of us surely and possibly
have a live tie. Answers are taken as equally likely: the weights 1 to 5; the levels 0 to 3; a last
contact that keeps the tie live or does not; nobody, one or two of us with a live tie to whoever is
found.

Where nobody can name the holder, anybody of us may know him or her: so here, unlike where coverage is
measured, such a position is not surely uncovered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from math import floor, isinf, log2
from typing import Any, Literal

import numpy as np

from graphkam.graph.account_graph import AccountGraph, Contact, Stakeholder
from graphkam.graph.charge import Charge
from graphkam.graph.standing import Standing
from graphkam.graph.strength import (
    LEAST_WEIGHT,
    LIVE_LEVEL,
    MOST_WEIGHT,
    TOP_LEVEL,
    Panel,
    half_lives,
    panel,
    tier,
)
from graphkam.graph.voters import electorate, total
from graphkam.method.narrowing import Row
from graphkam.settings import AnalysisSettings

Kind = Literal["weight", "level", "contact", "tie", "holder", "stance"]
_TWO = 2
"""Whether more than two of us know somebody changes no share."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of one position."""

    low: float
    high: float
    """Least and greatest weight."""
    surely: int
    maybe: int
    """Members with a live tie: surely, and possibly."""

    def row(self, least: int) -> Row:
        """Say what is known of whether so many of us cover it."""
        return Row(self.low, self.high, self.surely >= least, self.maybe >= least)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what would be known of the positions that the fact is about."""

    label: str
    probability: float
    after: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact that is not known."""

    kind: Kind
    id: str
    """Of the position, tie or person that lacks it."""
    position_id: str
    before: tuple[State, ...] = ()
    answers: tuple[Answer, ...] = ()
    votes: tuple[tuple[str, float], ...] = ()
    """Of a stance: the centres in which it counts, and its part of their votes, greatest first."""

    @property
    def key(self) -> str:
        """Its id among all facts."""
        return f"{self.kind}:{self.id}"


def with_unidentified(ties: Panel) -> Panel:
    """Give the panel in which anybody of us may know those whom nobody can name."""
    open_seats = [j for j, s in enumerate(ties.graph.counted) if _is_open(s)]
    kept = ~np.isin(ties.seat, open_seats)
    count = len(open_seats) * ties.members
    never = np.zeros(count, dtype=np.bool_)
    added = {
        "member": np.tile(np.arange(ties.members), len(open_seats)),
        "seat": np.repeat(np.array(open_seats, dtype=np.int64), ties.members),
        "tie": np.full(count, -1),
        "strength": np.zeros(count),
        "low": np.zeros(count),
        "high": np.full(count, float(TOP_LEVEL)),
        "live": never,
        "surely_live": never,
        "maybe_live": ~never,
    }
    joined: dict[str, Any] = {
        name: np.concatenate((getattr(ties, name)[kept], column)) for name, column in added.items()
    }
    return replace(ties, **joined)


def _is_open(s: Stakeholder) -> bool:
    """Tell whether somebody holds the position, and we do not know who."""
    return s.person is None or s.has_left


class Unknowns:
    """The unknown facts of an account.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Half-life and least strength of a live tie.
    """

    def __init__(self, graph: AccountGraph, settings: AnalysisSettings) -> None:
        self.graph, self.settings = graph, settings
        self.ties = with_unidentified(panel(graph, settings))
        voters = (electorate(graph, centre) for centre in graph.centres)
        self.standings = tuple(Standing(found, settings.veto_from, {}) for found in voters)
        self.charge = Charge(panel(graph, settings))
        self._states = self._known(self.ties)
        _, self._shortest, self._longest = half_lives(graph.counted, self.ties.weight, settings)

    def facts(self) -> Iterator[Unknown]:
        """Give all facts that are not known, kind by kind."""
        return chain(self._weights(), self._ties(), self._holders(), self._stances())

    def _known(self, ties: Panel) -> list[State]:
        columns = (
            c.tolist()
            for c in (
                ties.weight_low,
                ties.weight_high,
                ties.count(ties.surely_live),
                ties.count(ties.maybe_live),
            )
        )
        return [State(*state) for state in zip(*columns, strict=True)]

    def _weights(self) -> Iterator[Unknown]:
        unknown = [j for j, s in enumerate(self.graph.counted) if s.weight is None]
        if not unknown:
            return
        weights = range(int(LEAST_WEIGHT), int(MOST_WEIGHT) + 1)
        of_tier = {name: self._in_tier(name) for name in {tier(w) for w in weights}}
        for j in unknown:
            answers = tuple(
                Answer(str(w), 1 / len(weights), (replace(of_tier[tier(w)][j], low=w, high=w),))
                for w in map(float, weights)
            )
            s = self.graph.counted[j]
            yield Unknown("weight", s.id, s.id, (self._states[j],), answers)

    def _in_tier(self, name: str) -> list[State]:
        """Give what would be known if all positions were of a tier, and had its half-life."""
        by_tier = self.settings.half_life_by_tier
        if not by_tier:
            return self._states
        half_life = by_tier.get(name, self.settings.half_life)  # type: ignore[call-overload]
        alike = self.settings.model_copy(update={"half_life": half_life, "half_life_by_tier": {}})
        return self._known(with_unidentified(panel(self.graph, alike)))

    def _ties(self) -> Iterator[Unknown]:
        entries: dict[int, list[int]] = {}
        for k, t in enumerate(self.ties.tie.tolist()):
            if t >= 0:
                entries.setdefault(t, []).append(k)
        for t in sorted(entries):
            c = self.graph.contacts[t]
            is_undated = c.last_contact is None and c.level != 0
            if c.level is None or is_undated:
                kind: Kind = "contact" if c.level is not None else "tie" if is_undated else "level"
                yield self._tie(kind, c, entries[t])

    def _tie(self, kind: Kind, c: Contact, entries: list[int]) -> Unknown:
        """Give what is not known of a tie; it counts in each position of its person."""
        seats = [int(self.ties.seat[k]) for k in entries]
        levels = range(TOP_LEVEL + 1) if c.level is None else (c.level,)
        answers = []
        for level in levels:
            days = self._days(level, seats) if c.last_contact is None else [self._age(c)]
            for day in days:
                after = tuple(self._answered(k, level, day) for k in entries)
                probability = 1 / len(levels) / len(days)
                answers.append(Answer(f"{level}/{day}", probability, after))
        before = tuple(self._states[j] for j in seats)
        return Unknown(kind, c.tie.id, self.graph.counted[seats[0]].id, before, tuple(answers))

    def _age(self, c: Contact) -> int:
        return (self.graph.as_of - (c.last_contact or c.stated_on)).days

    def _days(self, level: int, seats: list[int]) -> list[int]:
        """Give days since the last contact, one of each kind that can be told apart: still live, or not."""
        least = self.settings.live_from
        if level < max(LIVE_LEVEL, least):
            return [0]
        limits = {float(h) for j in seats for h in (self._shortest[j], self._longest[j]) if not isinf(h)}
        return sorted({0, *(floor(h * log2(level / least)) + 1 for h in limits)})

    def _answered(self, k: int, level: int, days: int) -> State:
        """Give what would be known of the position of a tie of that level and age."""
        seat, state = int(self.ties.seat[k]), self._states[int(self.ties.seat[k])]
        surely, maybe = (
            level >= LIVE_LEVEL and level * 2 ** (-days / float(h[seat])) >= self.settings.live_from
            for h in (self._shortest, self._longest)
        )
        return replace(
            state,
            surely=state.surely - bool(self.ties.surely_live[k]) + surely,
            maybe=state.maybe - bool(self.ties.maybe_live[k]) + maybe,
        )

    def _holders(self) -> Iterator[Unknown]:
        most = min(_TWO, self.ties.members)
        for j, s in enumerate(self.graph.counted):
            if _is_open(s):
                state = self._states[j]
                answers = tuple(
                    Answer(str(n), 1 / (most + 1), (replace(state, surely=n, maybe=n),))
                    for n in range(most + 1)
                )
                yield Unknown("holder", s.id, s.id, (state,), answers)

    def _stances(self) -> Iterator[Unknown]:
        counted: dict[str, list[tuple[str, float]]] = {}
        position: dict[str, str] = {}
        for voters in (standing.electorate for standing in self.standings):
            for voter in voters.there:
                person = None if _is_open(voter.holder) else voter.holder.person
                if voter.stance is None and person is not None and voter.cast > 0:
                    share = float(voter.cast / total(voters.there))
                    counted.setdefault(person.id, []).append((voters.centre.id, share))
                    position.setdefault(person.id, voter.id)
        for person_id, votes in counted.items():
            ranked = sorted(votes, key=lambda found: -found[1])
            yield Unknown("stance", person_id, position[person_id], votes=tuple(ranked))
