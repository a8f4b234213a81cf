"""How strong each contact tie is on the day, and which are live.

``s = level x 2^(-days since last contact / half-life)``, level 0-3. A tie is **live** if its level
is at least 2 and s at least ``live_from`` (1): trusted (3) stays live 285 days without a word,
repeated (2) 180 days; brief (1) never covers. Unknown last contact: the decay runs from the day the
level was stated, in the interval [0, level]; unknown level: point value 0, interval [0, 3]. A tie
of somebody who has left is never live. Weight of a stakeholder: 1-5; unknown = the median of the
account's known weights (1 if none), interval [1, 5].

Source: design, analyses.md, "Strength of a contact tie".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median

import numpy as np
from numpy.typing import NDArray

from graphkam.graph.account_graph import AccountGraph, Contact, Stakeholder
from graphkam.settings import AnalysisSettings

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

LIVE_LEVEL = 2
"""Least level of a live tie: repeated contact."""
TOP_LEVEL = 3
LEAST_WEIGHT, MOST_WEIGHT = 1.0, 5.0


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

    def count(self, flags: Flags) -> Indexes:
        """Give for each position how many members have a tie so flagged."""
        return np.bincount(self.seat[flags], minlength=self.seats)

    @cached_property
    def live_members(self) -> tuple[tuple[int, ...], ...]:
        """Of each position: the members with a live tie, in the order of ``graph.members``."""
        found: list[list[int]] = [[] for _ in range(self.seats)]
        for member, seat in zip(self.member[self.live], self.seat[self.live], strict=True):
            found[seat].append(int(member))
        return tuple(tuple(sorted(members)) for members in found)

    def without(self, members: frozenset[int], seats: frozenset[int]) -> Panel:
        """Give the panel after some members and some holders of positions have left.

        The positions stay: they count, and nobody's tie to the one who left is live.
        """
        kept = ~(np.isin(self.member, list(members)) | np.isin(self.seat, list(seats)))
        return Panel(
            self.graph,
            self.member[kept],
            self.seat[kept],
            self.tie[kept],
            self.strength[kept],
            self.live[kept],
            self.surely_live[kept],
            self.maybe_live[kept],
            self.weight,
            self.weight_low,
            self.weight_high,
        )


def panel(graph: AccountGraph, settings: AnalysisSettings) -> Panel:
    """Give the strengths of all ties of an account on its day.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Half-life (days, also per tier) and least strength of a live tie.
    """
    weight, low, high = weights(graph.counted)
    seat_index = {s.id: i for i, s in enumerate(graph.counted)}
    member_index = {m.id: i for i, m in enumerate(graph.members)}
    rows: list[tuple[int, int, int, float, bool, bool, bool]] = []
    for t, contact in enumerate(graph.contacts):
        for s in graph.by_person.get(contact.person_id, ()):
            j = seat_index[s.id]
            half_life = _half_life(settings, weight[j])
            rows.append(
                (member_index[contact.member_id], j, t, *_measure(graph, contact, s, half_life, settings))
            )
    columns = list(zip(*rows, strict=True)) or [()] * 7
    return Panel(
        graph,
        np.array(columns[0], dtype=np.int64),
        np.array(columns[1], dtype=np.int64),
        np.array(columns[2], dtype=np.int64),
        np.array(columns[3], dtype=np.float64),
        np.array(columns[4], dtype=np.bool_),
        np.array(columns[5], dtype=np.bool_),
        np.array(columns[6], dtype=np.bool_),
        weight,
        low,
        high,
    )


def weights(counted: tuple[Stakeholder, ...]) -> tuple[Floats, Floats, Floats]:
    """Give the weight of each position: its point value, and the least and most it could be."""
    known = [s.weight for s in counted if s.weight is not None]
    typical = float(median(known)) if known else LEAST_WEIGHT
    given = [s.weight for s in counted]
    value = np.array([typical if w is None else w for w in given], dtype=np.float64)
    low = np.array([LEAST_WEIGHT if w is None else w for w in given], dtype=np.float64)
    high = np.array([MOST_WEIGHT if w is None else w for w in given], dtype=np.float64)
    return value, low, high


def _half_life(settings: AnalysisSettings, weight: float) -> float | None:
    by_tier: Mapping[str, float] = settings.half_life_by_tier  # type: ignore[assignment]
    return by_tier.get(tier(weight), settings.half_life) if by_tier else settings.half_life


def tier(weight: float) -> str:
    """Give the tier of a weight: A (4-5), B (2-3) or C (1)."""
    if weight >= 4:  # noqa: PLR2004 - the definition
        return "A"
    return "B" if weight >= 2 else "C"  # noqa: PLR2004 - the definition


def _measure(
    graph: AccountGraph,
    contact: Contact,
    stakeholder: Stakeholder,
    half_life: float | None,
    settings: AnalysisSettings,
) -> tuple[float, bool, bool, bool]:
    """Give strength, live, surely live and maybe live of one tie."""
    if stakeholder.has_left:
        return 0.0, False, False, False
    if contact.level is None:
        return 0.0, False, False, settings.live_from <= TOP_LEVEL
    since = (graph.as_of - (contact.last_contact or contact.stated_on)).days
    strength = contact.level * (1.0 if half_life is None else 2.0 ** (-since / half_life))
    live = contact.level >= LIVE_LEVEL and strength >= settings.live_from
    if contact.last_contact is not None or half_life is None:
        return strength, live, live, live
    return strength, live, False, contact.level >= LIVE_LEVEL and contact.level >= settings.live_from
