"""Who of us is what to whom: all stakeholders against all of us, with the ties as they are on the day."""

from __future__ import annotations

from datetime import date

from graphkam.graph.account_graph import AccountGraph, Contact
from graphkam.graph.strength import Panel, panel, wanted_ties
from graphkam.model.base import Frozen
from graphkam.settings import AnalysisSettings


class Cell(Frozen):
    """What one of us is to a stakeholder."""

    member_id: str
    kind: str
    """``owner``, ``backup`` or ``contact``."""
    is_proposed: bool
    level: int | None
    """0-3; null = unknown."""
    desired: int | None
    last_contact: date | None
    strength: float
    is_live: bool


class Row(Frozen):
    """A stakeholder with all ties."""

    position_id: str
    name: str
    title: str
    function: str | None
    unit_ids: tuple[str, ...]
    """From the group down to the unit of the position."""
    unit: str
    weight: int | None
    """Null = unknown."""
    is_key: bool
    live: int
    wanted: int
    cells: tuple[Cell, ...]
    """In the order of the members; one for each tie."""


class Head(Frozen):
    """One of us."""

    member_id: str
    name: str
    function: str | None
    live: int
    """People of the account to whom the tie is live."""


class Matrix(Frozen):
    """Stakeholders against members."""

    members: tuple[Head, ...]
    """Those with most live ties first."""
    rows: tuple[Row, ...]
    """Those whom fewest of us cover first, then the heaviest."""


def matrix(graph: AccountGraph, *, settings: AnalysisSettings | None = None) -> Matrix:
    """Give who of us is what to whom.

    Parameters
    ----------
    graph
        The account as of a day.
    settings
        Defaults of the analyses.
    """
    chosen = settings or AnalysisSettings()
    ties = panel(graph, chosen)
    members = _members(ties)
    order = {head.member_id: i for i, head in enumerate(members)}
    cells: dict[int, list[Cell]] = {}
    columns = (c.tolist() for c in (ties.seat, ties.tie, ties.strength, ties.live))
    for seat, t, strength, is_live in zip(*columns, strict=True):
        cells.setdefault(seat, []).append(_cell(graph.contacts[t], strength, is_live=is_live))
    worst_first = sorted(
        range(len(graph.counted)), key=lambda i: (len(ties.live_members[i]), -ties.weight[i])
    )  # the positions are in the order of names
    rows = (
        _row(ties, i, sorted(cells.get(i, ()), key=lambda c: order[c.member_id]), chosen) for i in worst_first
    )
    return Matrix(members=members, rows=tuple(rows))


def _members(ties: Panel) -> tuple[Head, ...]:
    graph = ties.graph
    heads = [
        Head(member_id=m.id, name=m.name, function=m.member.function, live=ties.load[i])
        for i, m in enumerate(graph.members)
    ]
    return tuple(sorted(heads, key=lambda h: -h.live))  # the members are in the order of names


def _cell(contact: Contact, strength: float, *, is_live: bool) -> Cell:
    return Cell(
        member_id=contact.member_id,
        kind=contact.tie.kind,
        is_proposed=bool(contact.tie.proposed),
        level=contact.level,
        desired=contact.tie.desired,
        last_contact=contact.last_contact,
        strength=strength,
        is_live=is_live,
    )


def _row(ties: Panel, i: int, cells: list[Cell], settings: AnalysisSettings) -> Row:
    graph = ties.graph
    s = graph.counted[i]
    path = graph.unit_path(s.position.unit_id)
    return Row(
        position_id=s.id,
        name=s.name,
        title=s.position.title,
        function=s.position.function,
        unit_ids=path,
        unit=graph.unit_by_id[path[-1]].name if path else "",
        weight=s.weight,
        is_key=graph.is_key(s, settings.key_weight),
        live=len(ties.live_members[i]),
        wanted=wanted_ties(graph, s, settings),
        cells=tuple(cells),
    )
