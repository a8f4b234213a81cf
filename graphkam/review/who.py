"""Who of us knows a person, and whom one of us knows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.strength import Panel, panel
from graphkam.model.base import Frozen
from graphkam.settings import AnalysisSettings


class Known(Frozen):
    """One contact tie as it is on the day."""

    account: str
    member: str
    member_id: str
    person: str
    person_id: str
    titles: tuple[str, ...]
    """Positions of the person; none if he or she holds none."""
    weight: int | None
    """The greatest of the positions' weights; null = unknown."""
    kind: str
    is_proposed: bool
    level: int | None
    desired: int | None
    last_contact: date | None
    strength: float
    """Today's, 0-3."""
    is_live: bool


def known(
    graph: AccountGraph, *, about: Collection[str] | None = None, settings: AnalysisSettings | None = None
) -> tuple[Known, ...]:
    """Give the contact ties of an account, by person, then owner, backup and contacts, strongest first.

    Parameters
    ----------
    graph
        The account as of a day.
    about
        Ids of people, theirs or ours, whose ties are wanted; all by default.
    settings
        Defaults of the analyses.
    """
    ties = panel(graph, settings or AnalysisSettings())
    entries: dict[int, list[int]] = {}
    for i, t in enumerate(ties.tie):
        entries.setdefault(int(t), []).append(i)
    found = [
        _known(graph, ties, t, entries.get(t, []))
        for t, contact in enumerate(graph.contacts)
        if about is None or contact.person_id in about or contact.member_id in about
    ]
    order = {"owner": 0, "backup": 1, "contact": 2}

    def key(tie: Known) -> tuple[tuple[str, str], int, float, tuple[str, str]]:
        person, member = by_name(tie.person, tie.person_id), by_name(tie.member, tie.member_id)
        return person, order[tie.kind], -tie.strength, member

    return tuple(sorted(found, key=key))


def _known(graph: AccountGraph, ties: Panel, t: int, entries: list[int]) -> Known:
    contact = graph.contacts[t]
    seats = [graph.counted[ties.seat[i]] for i in entries]
    return Known(
        account=graph.account.name,
        member=graph.by_member[contact.member_id].name,
        member_id=contact.member_id,
        person=graph.person_name(contact.person_id),
        person_id=contact.person_id,
        titles=tuple(s.position.title for s in seats),
        weight=max((s.weight for s in seats if s.weight is not None), default=None),
        kind=contact.tie.kind,
        is_proposed=bool(contact.tie.proposed),
        level=contact.level,
        desired=contact.tie.desired,
        last_contact=contact.last_contact,
        strength=max((float(ties.strength[i]) for i in entries), default=0.0),
        is_live=any(bool(ties.live[i]) for i in entries),
    )
