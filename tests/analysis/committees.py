"""Decision centres for tests, written as tables: who sits in it, with which votes, and thinks what."""

from __future__ import annotations

from typing import NamedTuple

from graphkam.graph.account_graph import AccountGraph
from graphkam.model.base import Entity
from graphkam.model.organisation import DecisionCentre, Seat
from graphkam.model.people import Assessment
from tests.analysis.accounts import DAY, graph, holder, seat

VACANT, UNKNOWN = "vacant", "unknown"


class Sits(NamedTuple):
    """One seat: stance -2 to 2, None = unknown; or the seat is vacant, or its holder unknown."""

    name: str
    votes: float | None = 1
    stance: int | None = None
    veto: bool | None = None
    roles: tuple[str, ...] = ("user",)
    occupancy: str | None = None


def said(name: str, stance: int | str, centre: str | None = None) -> Assessment:
    """Make what is said of the holder of a seat."""
    return Assessment(
        id=f"said {name} {centre}",
        account_id="a",
        person_id=f"p{name}",
        centre_id=centre,
        attribute="stance",
        value=str(stance),
        date=DAY,
    )


def seats(centre: str, members: tuple[Sits, ...]) -> list[Entity]:
    """Make positions, holders, seats and what is said of the holders."""
    made: list[Entity] = []
    for m in members:
        made.append(seat(m.name, 2, occupancy=m.occupancy))
        made.append(
            Seat(
                id=f"{centre}-{m.name}",
                account_id="a",
                position_id=m.name,
                centre_id=centre,
                roles=m.roles,
                votes=m.votes,
                veto=m.veto,
            )
        )
        if m.occupancy is None:
            made += holder(m.name)
            made += [said(m.name, m.stance)] if m.stance is not None else []
    return made


def committee(
    *members: Sits, extra: tuple[Entity, ...] = (), ties: dict | None = None, **options
) -> AccountGraph:
    """Make an account with one decision centre, D."""
    centre = DecisionCentre(id="D", account_id="a", name="Centre D", **options)
    return graph(ties or {}, {}, extra=[centre, *seats("D", members), *extra])
