"""An account on two days, side by side, and one thing that differs between them.

Both days are views of the same records: what differs is what the dates in them say. A fact without a date
is the same on every day, so no change of it can be told; :func:`undated` counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from graphkam.errors import Param
from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.findings import finding
from graphkam.graph.strength import LEAST_WEIGHT, Panel
from graphkam.model.base import Finding, Severity
from graphkam.model.organisation import DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate
from graphkam.model.vocabulary import PersonStatus

Area = Literal["people", "positions", "team", "ties", "stances", "influence", "cover", "business"]
AREAS: tuple[Area, ...] = (
    "people",
    "positions",
    "team",
    "ties",
    "stances",
    "influence",
    "cover",
    "business",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was."""

    area: Area
    told: Finding
    """What it is, as a finding; its first subject is what it is about."""
    name: str
    on: str | None
    """Day or month since when, as far as the records tell."""
    positions: tuple[str, ...]
    """Ids of the positions concerned."""
    weight: float
    """Of these positions."""


@dataclass(frozen=True)
class TwoDays:
    """An account on an earlier and on a later day."""

    before: Panel
    after: Panel

    @property
    def was(self) -> AccountGraph:
        """The account on the earlier day."""
        return self.before.graph

    @property
    def now(self) -> AccountGraph:
        """The account on the later day."""
        return self.after.graph

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Weight of each position that counts on one of the days; on the later if on both."""
        return {
            s.id: weight
            for ties in (self.before, self.after)
            for s, weight in zip(ties.graph.counted, ties.weight.tolist(), strict=True)
        }

    @cached_property
    def holdings(self) -> Mapping[str, tuple[Holding, ...]]:
        """All that each person has held, whenever."""
        found: dict[str, list[Holding]] = {}
        for h in self.now.own(Holding):
            found.setdefault(h.person_id, []).append(h)
        return {person: tuple(held) for person, held in found.items()}

    def weight(self, positions: Iterable[str]) -> float:
        """Give the weight of some positions; what concerns none that counts weighs the least."""
        return sum(self.weights.get(p, 0.0) for p in positions) or LEAST_WEIGHT

    def is_key(self, positions: Iterable[str], key_weight: int) -> bool:
        """Tell whether one of some positions is key on either day."""
        sides = (self.was, self.now)
        return any(
            g.is_key(g.by_position[p], key_weight) for p in positions for g in sides if p in g.by_position
        )

    def differs(
        self,
        area: Area,
        code: str,
        subjects: Iterable[str],
        params: Mapping[str, Param],
        *,
        positions: Iterable[str] = (),
        on: object = None,
        severity: Severity = Severity.INFO,
        evidence: Iterable[str] = (),
    ) -> Difference:
        """Make a difference.

        Parameters
        ----------
        area, code, subjects, params
            What it is, what it is about, and what the sentence shows; ``name`` among it is its name.
        positions
            Ids of the positions concerned.
        on
            Day or month since when; None = the records do not tell.
        severity
            How much it matters.
        evidence
            Ids of the records that it rests on.
        """
        held = tuple(dict.fromkeys(positions))
        told = finding(code, severity, dict.fromkeys(subjects), params, evidence)
        day = None if on is None else str(on)
        return Difference(area, told, str(params["name"]), day, held, self.weight(held))


def undated(graph: AccountGraph) -> Mapping[str, int]:
    """Count the facts of an account that have no date, by what they are: no change of them can be told.

    Org units, decision centres and seats never have one; of a contact tie it is the level that has.
    """
    own = graph.own
    people = {p.id for p in own(Person) if p.status is PersonStatus.LEFT}
    ended = {h.person_id for h in own(Holding) if h.until is not None}
    counts = {
        "weights": sum(p.weight is not None for p in own(Position)),
        "units": len(own(OrgUnit)),
        "centres": len(own(DecisionCentre)),
        "seats": len(own(Seat)),
        "positions": sum(p.since is None and p.until is None for p in own(Position)),
        "holdings": sum(h.since is None and h.until is None for h in own(Holding)),
        "left": len(people - ended),
        "contacts": sum(not t.has_mail and not t.statements() for t in own(ContactTie)),
        "influences": sum(t.since is None and t.known_on is None for t in own(InfluenceTie)),
        "mandates": sum(m.since is None and m.until is None for m in own(Mandate)),
    }
    return {what: count for what, count in counts.items() if count}
