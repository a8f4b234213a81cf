"""Who of us owns which contact, who backs up, who has how much, and who is nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from graphkam.graph.account_graph import AccountGraph, Member, by_name
from graphkam.graph.needs import Room, everybody, planned, rooms
from graphkam.graph.silence import Silence
from graphkam.graph.strength import panel
from graphkam.model.base import Frozen
from graphkam.model.vocabulary import ContactKind
from graphkam.review.who import Known, known
from graphkam.settings import AnalysisSettings


class Charge(Frozen):
    """A contact of one of us."""

    tie_id: str
    tie: Known
    days: int | None
    """Since the last contact; null = not known."""
    limit: float | None
    """Days from which it is overdue; null: it cannot be."""

    @property
    def is_overdue(self) -> bool:
        """Whether it has not been tended for too long."""
        return self.days is not None and self.limit is not None and self.days > self.limit


class Load(Frozen):
    """What one of us has to do with the account."""

    member_id: str
    name: str
    owner: int
    backup: int
    contact: int
    live: int
    elsewhere: int
    """Live or planned, in other accounts."""
    planned: int
    capacity: int | None
    """Null = not said: no limit."""
    over: int
    overdue: int
    days_asked: float | None
    """A month, of all mandates on the account; null = not said."""
    days: float | None
    """Agreed."""


class Unowned(Frozen):
    """A stakeholder without owner or backup."""

    position_id: str
    name: str
    title: str
    weight: float
    owner: str | None
    backup: str | None
    known_by: tuple[str, ...]
    """Names of those with a live tie: who could be."""


class Charges(Frozen):
    """Who owns what."""

    ties: tuple[Charge, ...]
    """By person, then owner, backup and contacts."""
    loads: tuple[Load, ...]
    """Those with most too many first, then those with most ties."""
    unowned: tuple[Unowned, ...]
    """The heaviest first."""


def charges(
    graph: AccountGraph,
    *,
    elsewhere: Mapping[str, int] | None = None,
    settings: AnalysisSettings | None = None,
) -> Charges:
    """Give who of us owns what.

    Parameters
    ----------
    graph
        The account as of a day.
    elsewhere
        Ties that each member keeps or has planned in other accounts, by the member's id.
    settings
        Limits, and what makes a tie live.
    """
    chosen = settings or AnalysisSettings()
    silence = Silence(panel(graph, chosen), chosen)
    ids = {(c.member_id, c.person_id): c.tie.id for c in graph.contacts}
    ties = tuple(_charge(graph, tie, ids, silence) for tie in known(graph, settings=chosen))
    loads = _loads(graph, ties, elsewhere or {}, chosen)
    return Charges(ties=ties, loads=loads, unowned=_unowned(graph, ties, chosen))


def _charge(graph: AccountGraph, tie: Known, ids: Mapping[tuple[str, str], str], silence: Silence) -> Charge:
    seats = graph.there.get(tie.person_id, ())
    days = None if tie.last_contact is None else (graph.as_of - tie.last_contact).days
    can_be = bool(seats) and tie.level != 0 and days is not None
    return Charge(
        tie_id=ids[tie.member_id, tie.person_id],
        tie=tie,
        days=days,
        limit=silence.limit(seats)[1] if can_be else None,
    )


def _loads(
    graph: AccountGraph, ties: Iterable[Charge], elsewhere: Mapping[str, int], settings: AnalysisSettings
) -> tuple[Load, ...]:
    kinds = Counter((c.tie.member_id, c.tie.kind) for c in ties)
    overdue = Counter(c.tie.member_id for c in ties if c.is_overdue)
    measured = panel(graph, settings)
    people = everybody(measured, planned(graph), settings)
    found = [
        _load(member, room, kinds, overdue)
        for member, room in zip(graph.members, rooms(measured, people, elsewhere), strict=True)
    ]
    return tuple(
        sorted(found, key=lambda f: (-f.over, -(f.live + f.elsewhere), *by_name(f.name, f.member_id)))
    )


def _load(member: Member, room: Room, kinds: Counter[tuple[str, str]], overdue: Counter[str]) -> Load:
    return Load(
        member_id=member.id,
        name=member.name,
        owner=kinds[member.id, ContactKind.OWNER],
        backup=kinds[member.id, ContactKind.BACKUP],
        contact=kinds[member.id, ContactKind.CONTACT],
        live=room.live,
        elsewhere=room.elsewhere,
        planned=room.planned,
        capacity=room.capacity,
        over=room.over,
        overdue=overdue[member.id],
        days_asked=_total(m.days_asked for m in member.mandates),
        days=_total(m.days for m in member.mandates),
    )


def _total(days: Iterable[float | None]) -> float | None:
    said = [d for d in days if d is not None]
    return sum(said) if said else None


def _unowned(graph: AccountGraph, ties: Iterable[Charge], settings: AnalysisSettings) -> tuple[Unowned, ...]:
    of_person: dict[str, list[Known]] = {}
    for c in ties:
        of_person.setdefault(c.tie.person_id, []).append(c.tie)
    weight = panel(graph, settings).weight.tolist()
    found = []
    for i, s in enumerate(graph.counted):
        mine = of_person.get(s.person.id, []) if s.person else []
        owner, backup = (
            next((t.member for t in mine if t.kind == kind), None)
            for kind in (ContactKind.OWNER, ContactKind.BACKUP)
        )
        if owner is None or (backup is None and graph.is_key(s, settings.key_weight)):
            found.append(
                Unowned(
                    position_id=s.id,
                    name=s.name,
                    title=s.position.title,
                    weight=weight[i],
                    owner=owner,
                    backup=backup,
                    known_by=tuple(t.member for t in mine if t.is_live),
                )
            )
    return tuple(sorted(found, key=lambda u: -u.weight))  # the positions are in the order of names
