"""What upkeep asks for: a thing to do, about whom, by whom of us, and how late it is.

*Lateness* is 0 where something has just fallen due and goes toward 1: 1 - limit / days for what has
lasted longer than its limit; 1 - days left / horizon for what is still to come; 1 for what is overdue.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graphkam.graph.account_graph import Member
from graphkam.graph.strength import LEAST_WEIGHT, Panel
from graphkam.model.base import Finding

OVERDUE = 1.0


@dataclass(frozen=True, slots=True)
class Alert:
    """One reason to do something."""

    about: str
    """What it is about: reasons about the same make one thing to do."""
    finding: Finding
    seats: tuple[int, ...]
    """Indexes into ``graph.counted`` of the stakeholders concerned."""
    lateness: float
    member: Member | None
    """Who of us should act."""
    due: date | None = None

    def weight(self, ties: Panel) -> float:
        """Give the weight of those concerned; what concerns nobody who counts weighs the least."""
        return float(ties.weight[list(self.seats)].sum()) if self.seats else LEAST_WEIGHT


def alert(
    about: str,
    told: Finding,
    *,
    seats: Iterable[int],
    lateness: float,
    member: Member | None,
    due: date | None = None,
) -> Alert:
    """Make an alert; its finding says also who of us should act."""
    params = {**told.params, "member": member.name if member else None}
    return Alert(about, told.model_copy(update={"params": params}), tuple(seats), lateness, member, due)


def lasted(days: int, limit: float) -> float:
    """Give the lateness of what has lasted for days where a limit was set."""
    return max(0.0, 1 - limit / days) if days > 0 else 0.0


def ahead(days: int, horizon: float) -> float:
    """Give the lateness of what comes in days, seen from a horizon."""
    return min(OVERDUE, max(0.0, 1 - days / horizon))
