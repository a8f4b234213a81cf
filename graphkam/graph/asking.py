"""What to ask first: the unknown facts, by how much knowing them would narrow the headline.

The width of an interval is its greatest less its least value, as a part of the figure's own range: 1
for a share, 4 for a stance. What a question *narrows* is the width before less the width after, worked
out anew for each answer (see :mod:`graphkam.graph.unknowns`): on average, and at least, whatever the
answer. The headline is C2, and of a stance the weighted stance of the centres in which it counts; C1
decides between equals, and stands in where no answer can narrow C2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graphkam.graph.account_graph import Member, by_name
from graphkam.graph.unknowns import Unknown, Unknowns
from graphkam.method.narrowing import ShareWidth

Figure = Literal["c1", "c2", "stance"]
_LEAST: Mapping[Figure, int] = {"c1": 1, "c2": 2}
"""How many of us must cover somebody for each share."""
_DIGITS = 12
"""Beyond these, two figures are equal: the order must not hang on rounding."""


@dataclass(frozen=True)
class Asked:
    """A question, and what its answer narrows."""

    unknown: Unknown
    name: str
    """Of the stakeholder."""
    member: Member | None
    """Whom to ask."""
    by_answer: Mapping[Figure, tuple[float, ...]]
    """What each answer narrows, of each share."""

    @property
    def figure(self) -> Figure:
        """The figure that it is asked for."""
        if self.unknown.votes:
            return "stance"
        return "c2" if round(self.mean("c2"), _DIGITS) > 0 else "c1"

    def mean(self, figure: Figure) -> float:
        """Give what the answer narrows on average."""
        if figure == "stance":
            return max((share for _, share in self.unknown.votes), default=0.0)
        answers = zip(self.by_answer.get(figure, ()), self.unknown.answers, strict=False)
        return sum(narrowed * answer.probability for narrowed, answer in answers)

    @property
    def expected(self) -> float:
        """What it narrows on average, of the figure that it is asked for."""
        return max(self.mean(self.figure), self.at_least)  # rounding apart, the mean is

    @property
    def at_least(self) -> float:
        """What it narrows whatever the answer, of the figure that it is asked for."""
        figure = self.figure
        return self.mean("stance") if figure == "stance" else min(self.by_answer[figure])

    @cached_property
    def rank(self) -> tuple[object, ...]:
        """Its place among the questions: those that narrow C2 or a stance, then those that narrow C1."""
        headline = 0.0 if self.figure == "c1" else self.expected
        order = (-round(headline, _DIGITS), -round(self.mean("c1"), _DIGITS))
        return (*order, *by_name(self.name, self.unknown.id), self.unknown.kind)


class Asking:
    """Ranks the questions of an account.

    Parameters
    ----------
    unknowns
        Its unknown facts.
    """

    def __init__(self, unknowns: Unknowns) -> None:
        self._unknowns = unknowns
        ties = unknowns.ties
        surely, maybe = ties.count(ties.surely_live), ties.count(ties.maybe_live)
        self._widths = {
            figure: ShareWidth(ties.weight_low, ties.weight_high, surely >= least, maybe >= least)
            for figure, least in _LEAST.items()
        }

    def ranked(self, facts: Iterable[Unknown]) -> list[Asked]:
        """Give those questions whose answer narrows something, the most first."""
        asked = map(self._asked, facts)
        return sorted((a for a in asked if round(a.expected, _DIGITS) > 0), key=lambda a: a.rank)

    def _asked(self, fact: Unknown) -> Asked:
        graph, charge = self._unknowns.graph, self._unknowns.charge
        s = graph.by_position[fact.position_id]
        member = graph.by_member.get(self._member_of.get(fact.id, ""))
        if fact.kind not in {"level", "contact", "tie"}:
            member = charge.of_seat(graph.place[s.id])
        name = s.position.title if fact.kind == "holder" else s.name
        narrowed = {figure: self._narrowed(figure, fact) for figure in _LEAST} if fact.answers else {}
        return Asked(fact, name, member, narrowed)

    def _narrowed(self, figure: Figure, fact: Unknown) -> tuple[float, ...]:
        width, least = self._widths[figure], _LEAST[figure]
        before = [state.row(least) for state in fact.before]
        found: Sequence[float] = [
            width.narrowed(before, [state.row(least) for state in answer.after]) for answer in fact.answers
        ]
        return tuple(max(0.0, value) for value in found)  # below zero is rounding

    @cached_property
    def _member_of(self) -> dict[str, str]:
        return {c.tie.id: c.member_id for c in self._unknowns.graph.contacts}
