"""Which reporting lines are not drawn at rest, where an account is large and its lines cross its units.

In a crowd a unit keeps the lines to the one boss outside to whom its first person reports. The others
appear when one of their ends is looked at: some hundred lines from anywhere to anywhere tell nothing,
and the lanes for them would take the room of the people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.edges import CROWD
from graphkam.drawing.elements import Edge

if TYPE_CHECKING:
    from graphkam.graph.account_graph import Stakeholder


def tangled(ordered: Sequence[Stakeholder], homes: Mapping[str, str]) -> Mapping[str, str]:
    """Give the boss of each position whose line is not drawn at rest.

    Parameters
    ----------
    ordered
        The stakeholders, the first of each unit before the others.
    homes
        The box of each position.
    """
    if len(ordered) <= CROWD:
        return {}
    outside = {
        one.id: boss
        for one in ordered
        if (boss := one.position.reports_to_id) in homes and boss and homes[boss] != homes[one.id]
    }
    leads: dict[str, str] = {}
    for position, boss in outside.items():
        leads.setdefault(homes[position], boss)
    return {position: boss for position, boss in outside.items() if leads[homes[position]] != boss}


def all_apart(
    ordered: Sequence[Stakeholder], homes: Mapping[str, str], *, is_kept: bool
) -> Mapping[str, str]:
    """Give the boss of each position, for a picture whose places tell something else than reporting.

    Parameters
    ----------
    ordered
        The stakeholders.
    homes
        The box of each position.
    is_kept
        Whether lines inside one box are drawn at rest, and so left out here.
    """
    return {
        one.id: boss
        for one in ordered
        if (boss := one.position.reports_to_id) in homes
        and boss
        and not (is_kept and homes[boss] == homes[one.id])
    }


def lines(apart: Mapping[str, str]) -> Iterator[Edge]:
    """Give these lines as edges that appear when one of their ends is looked at."""
    for position, boss in apart.items():
        yield Edge(
            id=f"r:{position}",
            source=f"p:{position}",
            target=f"p:{boss}",
            layer="reports",
            colour=palette.LINE,
            width=1.6,
            note="",
            is_major=False,
        )
