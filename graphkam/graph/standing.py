"""How a decision would go today, and the least that has to change for it to go our way.

For = stance of at least +1; neutral and unknown are not for. We win with the votes needed, and if no
holder of a veto objects: a veto is raised below ``veto_from`` (0), so a neutral one lets it pass, and
one of unknown stance may not.

- **won**: whatever the unknown stances are; **lost**: for none of their values; **open**: it hangs on
  them;
- weighted stance: sum of votes x stance over the votes, of those whose stance is known; its interval
  takes every unknown one at -2 and at +2;
- cost of winning: what the cheapest set of people to move costs, a step of stance at 1 each unless
  said otherwise. Voters move to +1, nobody beyond +2; holders of a veto whose votes are not needed only
  to where they let it pass. Unknown stances count as -2 (the greatest cost, for which the people are
  named) and as +2 (the least).

Source: design, analyses.md, "decision".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from graphkam.graph.voters import FOR, LEAST_STANCE, MOST_STANCE, Electorate, Voter, total
from graphkam.method.coalitions import cheapest
from graphkam.model.base import Interval

Outcome = Literal["won", "open", "lost"]


@dataclass(frozen=True, slots=True)
class Shift:
    """A voter who is to be moved."""

    voter: Voter
    to: int
    steps: int
    """From -2 where the stance is not known."""
    cost: Fraction


@dataclass(frozen=True)
class Standing:
    """Where a centre stands today."""

    electorate: Electorate
    veto_from: int
    step_costs: Mapping[str, Fraction]
    """Cost of one step, where it is not 1, by the id of a person or of a position."""

    @cached_property
    def is_won(self) -> bool:
        """Whether it goes our way even if unknown votes are against us and unknown vetoes raised."""
        return self._wins(LEAST_STANCE)

    @cached_property
    def outcome(self) -> Outcome | None:
        """What is certain of the outcome; None where nothing can be told."""
        if not self.electorate.needed_today:
            return None
        if self.is_won:
            return "won"
        return "open" if self._wins(MOST_STANCE) else "lost"

    @property
    def can_be_won(self) -> bool:
        """Whether all who are there would be enough."""
        needed = self.electorate.needed_today
        return bool(needed) and total(self.electorate.there) >= (needed or 0)

    def turns(self, voter: Voter) -> bool:
        """Tell whether the outcome, as far as is known, turns if this one voter changes sides."""
        if not self.electorate.needed_today or not voter.is_there:
            return False
        other = LEAST_STANCE if self.is_won else MOST_STANCE
        return self._wins(LEAST_STANCE, {voter.id: other}) != self.is_won

    def without(self, voter: Voter) -> Fraction:
        """Give the votes for us if this voter were not among them."""
        return total(v for v in self.electorate.there if v.is_for and v is not voter)

    def _wins(self, unknown: int, changed: Mapping[str, int] | None = None) -> bool:
        """Tell whether we win if unknown stances, and those of some, were so."""
        voters = self.electorate.there
        said = {v.id: unknown if v.stance is None else v.stance for v in voters} | dict(changed or {})
        objects = any(v.has_veto and said[v.id] < self.veto_from for v in voters)
        votes = total(v for v in voters if said[v.id] >= FOR)
        return not objects and votes >= (self.electorate.needed_today or 0)

    @property
    def stance(self) -> Interval:
        """The stance weighted by votes, of those who are there."""
        there = self.electorate.there
        votes, known = total(there), total(v for v in there if v.stance is not None)
        if votes == 0:
            return Interval(value=None, low=None, high=None)
        weighed = sum((v.cast * v.stance for v in there if v.stance is not None), Fraction(0))
        ends = ((weighed + end * (votes - known)) / votes for end in (LEAST_STANCE, MOST_STANCE))
        low, high = map(float, ends)
        return Interval(value=float(weighed / known) if known else None, low=low, high=high)

    @cached_property
    def surest(self) -> tuple[Shift, ...] | None:
        """The cheapest people to move so that we win whatever the unknown stances are, dearest first.

        None if nothing is enough.
        """
        return self._shifts(LEAST_STANCE)

    @cached_property
    def luckiest(self) -> tuple[Shift, ...] | None:
        """The same if all of unknown stance turn out to be for us."""
        return self._shifts(MOST_STANCE)

    def _shifts(self, unknown: int) -> tuple[Shift, ...] | None:
        there, needed = self.electorate.there, self.electorate.needed_today
        if not needed:
            return None
        prices = [self._price(v, unknown) for v in there]
        extra = [for_ - passing for passing, for_ in prices]
        found = cheapest([v.cast for v in there], extra, needed)
        if found is None:
            return None
        moved = []
        for i, (v, (passing, _)) in enumerate(zip(there, prices, strict=True)):
            if i in found.chosen or passing:
                to = self._wanted(v) if i in found.chosen else self.veto_from
                moved.append(self._shift(v, unknown, to))
        return tuple(sorted((s for s in moved if s.steps), key=lambda s: -s.cost))

    def _wanted(self, voter: Voter) -> int:
        return max(FOR, self.veto_from) if voter.has_veto else FOR

    def _price(self, voter: Voter, unknown: int) -> tuple[Fraction, Fraction]:
        """Give what it costs that a voter lets it pass, and that he votes for it."""
        passing = self._shift(voter, unknown, self.veto_from).cost if voter.has_veto else Fraction(0)
        return passing, max(passing, self._shift(voter, unknown, self._wanted(voter)).cost)

    def _shift(self, voter: Voter, unknown: int, to: int) -> Shift:
        steps = max(0, to - (unknown if voter.stance is None else voter.stance))
        return Shift(voter, to, steps, steps * self._step(voter))

    def _step(self, voter: Voter) -> Fraction:
        person = voter.holder.person
        by_person = self.step_costs.get(person.id) if person else None
        return by_person or self.step_costs.get(voter.id, Fraction(1))


def cost(moved: Sequence[Shift] | None) -> float | None:
    """Give what some moves cost together; None if nothing is enough."""
    return None if moved is None else float(sum((s.cost for s in moved), Fraction(0)))
