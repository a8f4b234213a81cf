"""Which contact ties should be made, by whom of us, so that everybody who counts knows enough of us?

Every stakeholder needs so many live ties: ``target_key`` (2) who is key (weight of ``key_weight`` and
more, a decider, a veto), ``target_other`` (1) who is not. Ties that are live count, and so do ties that
are planned. Nobody keeps more ties than his or her *capacity*, over all accounts; a blank capacity is no
limit, and told. The plan is the cheapest that leaves the least weight short; a tie's *cost* says how well
the two would fit (see :mod:`graphkam.graph.fitting`; each part of it is a setting). It is a
transportation problem, solved exactly (see :mod:`graphkam.method.transport`).

*Short* are those for whom there is no room, or nobody; *lacking* is who would need how much more room.
A member with more ties than capacity gets handovers proposed, apart from the plan: the least weight
first, to somebody who knows the person anyway; else to the nearest who has room once the plan is carried
out, in the order in which :mod:`graphkam.analysis.departure` names who could take over; where nobody near
has room, to whoever fits at least cost. *Before* and *after* are C1, C2 and the
bow-tie index (see :mod:`graphkam.analysis.coverage` and :mod:`graphkam.analysis.dependency`), after
meaning once all ties planned and proposed are made. What the plan could cost is the cheapest with
everything unknown about function, level, country and language as cheap, and as dear, as it can be.

Source: design, analyses.md, "mesh".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Literal

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.findings import worst_first
from graphkam.graph.handovers import Handed
from graphkam.graph.headlines import covered_share, greatest_sole
from graphkam.graph.mesh_findings import findings
from graphkam.graph.meshing import Meshed, meshed
from graphkam.graph.needs import Someone, action_id
from graphkam.graph.strength import Panel, panel
from graphkam.graph.terms import Ledger
from graphkam.model.base import Frozen, Result
from graphkam.settings import AnalysisSettings


class Tie(Frozen):
    """A contact tie between one of us and one of theirs."""

    id: str
    """Of the action that it becomes once it is accepted."""
    member: str
    member_id: str
    stakeholder: str
    person_id: str
    position_id: str
    """Of several positions the one of most weight."""
    title: str
    weight: float


class Proposed(Tie):
    """A tie to make."""

    cost: float
    low: float
    """The least that it could cost."""
    high: float
    function: float
    """What it costs more because our function is not theirs; and so on."""
    level: float
    country: float
    language: float
    warm: float
    """What it costs less because a warm way leads there."""
    is_reactivated: bool
    """There is a tie, which is not live any more or never was."""
    unknown: tuple[Literal["function", "level", "country", "language"], ...]
    """Parts of the cost that rest on something not known."""
    through: str | None
    """Whom to ask for an introduction first, on the warmest way; null: there is none, or it is one step."""


class Short(Frozen):
    """A stakeholder who does not get as many ties as he or she needs."""

    stakeholder: str
    person_id: str
    position_id: str
    weight: float
    missing: int
    reason: Literal["room", "nobody"]
    """Nobody has room left; or there are not enough of us who could at all."""


class Member(Frozen):
    """One of us: ties kept, room left."""

    member: str
    member_id: str
    live: int
    elsewhere: int
    """Live or planned, in other accounts."""
    planned: int
    proposed: int
    capacity: int | None
    """Null = not said: no limit."""
    over: int
    """How many ties too many."""
    lacking: int
    """How many more there would have to be room for, so that nobody is short."""


class Handover(Frozen):
    """A live tie that somebody with too many could hand over."""

    member: str
    member_id: str
    stakeholder: str
    person_id: str
    position_id: str
    weight: float
    to: str | None
    """Null: nobody has room."""
    to_id: str | None
    cost: float | None
    is_live: bool
    """Whether the other knows the person anyway."""
    reason: Literal["live", "backup", "tie", "introduction", "function", "fit"] | None
    """Knows the person anyway; near, and how; or fits best of those who have room. Null: nobody has room."""
    through: str | None
    """Name of the client person who could introduce."""
    is_backup: bool
    """Whether the other is named as the backup."""
    nearer: tuple[str, ...]
    """Names of those who would be nearer and have no room."""


class State(Frozen):
    """The headlines of one state, with what they could be."""

    c1: float | None
    c1_low: float | None
    c1_high: float | None
    c2: float | None
    c2_low: float | None
    c2_high: float | None
    bow_tie: float | None
    bow_tie_member: str | None


class Mesh(Result):
    """The plan. Ties and shortages are all there; the most weight first."""

    ties: tuple[Proposed, ...]
    cost: float
    low: float
    """The least that a plan could cost."""
    high: float
    short: tuple[Short, ...]
    before: State
    after: State
    planned: tuple[Tie, ...]
    """Accepted earlier and not made yet."""
    handovers: tuple[Handover, ...]
    members: tuple[Member, ...]
    """Those with the most ties first."""
    nameless: int
    """Positions whose holder nobody can name: first find the name."""


def mesh(
    graph: AccountGraph,
    *,
    elsewhere: Mapping[str, int] | None = None,
    excluded: Collection[tuple[str, str]] = (),
    settings: AnalysisSettings | None = None,
    with_terms: bool = True,
) -> Mesh:
    """Answer which contact ties should be made, and by whom.

    Parameters
    ----------
    graph
        The account as of a day.
    elsewhere
        Ties that each member keeps or has planned in other accounts, by the member's id.
    excluded
        Members and people, by id, who are not to be brought together, besides what was refused.
    settings
        Targets, and what a tie costs.
    with_terms
        Say where the figures come from.
    """
    chosen = settings or AnalysisSettings()
    found = meshed(panel(graph, chosen), elsewhere or {}, excluded, chosen)
    proposed = _proposed(found)
    answer = Mesh(
        account=graph.account.name,
        as_of=graph.as_of,
        ties=proposed,
        cost=sum(t.cost for t in proposed),
        low=found.made.least,
        high=found.made.most,
        short=tuple(_short(found)),
        before=_state(found.ties),
        after=_state(found.after),
        planned=tuple(_planned(found)),
        handovers=tuple(_handover(found, h) for h in found.handed),
        members=_members(found),
        nameless=len(found.nameless),
        findings=worst_first(findings(found), chosen.top),
    )
    ledger = Ledger(found.ties)
    if with_terms:
        _explain(ledger, answer, found, chosen)
    return answer.model_copy(update={"explained": ledger.explained, "terms": ledger.terms})


def _tie(found: Meshed, member: int, person: Someone) -> dict[str, str | float]:
    graph = found.ties.graph
    us, them = graph.members[member], graph.counted[person.seats[0]]
    return {
        "id": action_id(graph.account.id, us.id, them.id),
        "member": us.name,
        "member_id": us.id,
        "stakeholder": them.name,
        "person_id": person.id,
        "position_id": them.id,
        "title": them.position.title,
        "weight": person.weight,
    }


def _order(tie: Tie) -> tuple[object, ...]:
    return (-tie.weight, *by_name(tie.stakeholder, tie.person_id), *by_name(tie.member, tie.member_id))


def _proposed(found: Meshed) -> tuple[Proposed, ...]:
    fit, people = found.made.fit, found.made.people
    parts = {name: fit.part(name) for name in fit.low}
    rows = [
        Proposed.model_validate(
            {
                **_tie(found, m, people[i]),
                "cost": float(fit.cost[m, i]),
                "low": float(fit.least[m, i]),
                "high": float(fit.most[m, i]),
                **{name: float(part[m, i]) for name, part in parts.items()},
                "warm": float(fit.warm[m, i]),
                "is_reactivated": bool(fit.is_there[m, i]),
                "unknown": fit.unknown(m, i),
                "through": fit.through(m, i),
            }
        )
        for m, i in found.made.pairs
    ]
    return tuple(sorted(rows, key=_order))


def _short(found: Meshed) -> Iterator[Short]:
    for s in found.made.short:
        them = found.ties.graph.counted[s.person.seats[0]]
        yield Short(
            stakeholder=them.name,
            person_id=s.person.id,
            position_id=them.id,
            weight=s.person.weight,
            missing=s.missing,
            reason=s.reason,
        )


def _state(ties: Panel) -> State:
    c1, c2 = covered_share(ties, 1), covered_share(ties, 2)
    names = [m.name for m in ties.graph.members]
    most = int(ties.sole.argmax()) if ties.sole.any() else None
    return State(
        c1=c1.value,
        c1_low=c1.low,
        c1_high=c1.high,
        c2=c2.value,
        c2_low=c2.low,
        c2_high=c2.high,
        bow_tie=greatest_sole(ties).value,
        bow_tie_member=None if most is None else names[most],
    )


def _planned(found: Meshed) -> Iterator[Tie]:
    rows = [Tie.model_validate(_tie(found, m, p)) for p in found.people for m in p.planned]
    yield from sorted(rows, key=_order)


def _handover(found: Meshed, h: Handed) -> Handover:
    graph = found.ties.graph
    us, them = graph.members[h.giver], graph.counted[h.person.seats[0]]
    other = None if h.taker is None else graph.members[h.taker]
    return Handover(
        member=us.name,
        member_id=us.id,
        stakeholder=them.name,
        person_id=h.person.id,
        position_id=them.id,
        weight=h.person.weight,
        to=other.name if other else None,
        to_id=other.id if other else None,
        cost=h.cost,
        is_live=h.is_live,
        reason=h.reason,
        through=h.through,
        is_backup=h.is_backup,
        nearer=tuple(graph.members[m].name for m in h.nearer),
    )


def _members(found: Meshed) -> tuple[Member, ...]:
    new = Counter(m for m, _ in found.made.pairs)
    rows = [
        Member(
            member=us.name,
            member_id=us.id,
            live=room.live,
            elsewhere=room.elsewhere,
            planned=room.planned,
            proposed=new[i],
            capacity=room.capacity,
            over=room.over,
            lacking=found.made.lacking[i],
        )
        for i, (us, room) in enumerate(zip(found.ties.graph.members, found.rooms, strict=True))
    ]
    return tuple(
        sorted(rows, key=lambda m: (-(m.live + m.elsewhere + m.planned), *by_name(m.member, m.member_id)))
    )


def _explain(ledger: Ledger, answer: Mesh, found: Meshed, settings: AnalysisSettings) -> None:
    """Say what each tie costs, part by part, and who is covered before and after."""
    for t in answer.ties:
        ledger.term("cost", t.id, f"{t.member} – {t.stakeholder}", t.cost, weight=t.weight)
        name = f"ties[{t.id}].cost"
        parts = {"tie": settings.mesh_tie, "function": t.function, "level": t.level, "country": t.country}
        parts |= {"language": t.language, "warm": -t.warm}
        if t.is_reactivated:
            parts["reactivated"] = t.cost - sum(parts.values())
        for part, value in parts.items():
            ledger.term(name, part, part, value)
        ledger.figure(name, t.cost, name)
    ledger.figure("cost", answer.cost, "cost")
    for state, ties in (("before", found.ties), ("after", found.after)):
        shown: State = getattr(answer, state)
        ledger.seats("weight", ties.weight)
        for least in (1, 2):
            name = f"{state}.c{least}"
            ledger.seats(name, ties.weight, ties.count(ties.live) >= least, ties)
            ledger.figure(name, getattr(shown, f"c{least}"), name, "weight")
