"""What is to be told of a plan of contact ties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from graphkam.errors import Param
from graphkam.graph.findings import finding
from graphkam.graph.headlines import covered_share
from graphkam.graph.meshing import Meshed
from graphkam.model.base import Finding, Severity

_NAMED = 5
"""Names that a finding tells."""


def findings(plan: Meshed) -> Iterator[Finding]:
    """Give who has too many ties, who is short, what the plan does and what it rests on."""
    return chain(_rooms(plan), _short(plan), _done(plan), _rests_on(plan))


def _rooms(plan: Meshed) -> Iterator[Finding]:
    rows = zip(plan.ties.graph.members, plan.rooms, plan.made.lacking, strict=True)
    for member, room, lacking in rows:
        params: dict[str, Param] = {"name": member.name, "load": room.load}
        if room.over:
            params |= {"capacity": room.capacity, "count": room.over}
            yield finding("mesh_overloaded", Severity.WARNING, [member.id], params)
        elif lacking:
            yield finding("mesh_lacking", Severity.WARNING, [member.id], params | {"count": lacking})


def _short(plan: Meshed) -> Iterator[Finding]:
    counted = plan.ties.graph.counted
    for code, reason in (("mesh_short", "room"), ("mesh_nobody", "nobody")):
        missed = [s for s in plan.made.short if s.reason == reason]
        if missed:
            them = [counted[s.person.seats[0]] for s in missed]
            names = tuple(s.name for s in them[:_NAMED])
            params: dict[str, Param] = {"count": sum(s.missing for s in missed), "names": names}
            yield finding(code, Severity.WARNING, [s.id for s in them], params)
    if nameless := plan.nameless:
        names = tuple(s.name for s in nameless[:_NAMED])
        params = {"count": len(nameless), "names": names}
        yield finding("mesh_nameless", Severity.NOTICE, [s.id for s in nameless], params)


def _done(plan: Meshed) -> Iterator[Finding]:
    made, counted = plan.made, plan.ties.graph.counted
    if made.pairs:
        shares = (covered_share(ties, 2).value or 0.0 for ties in (plan.ties, plan.after))
        before, after = (round(100 * share) for share in shares)
        params: dict[str, Param] = {"count": len(made.pairs), "before": before, "after": after}
        ids = dict.fromkeys(counted[made.people[i].seats[0]].id for _, i in made.pairs)
        yield finding("mesh_plan", Severity.INFO, ids, params)
    elif counted and not made.short:
        yield finding("mesh_enough", Severity.INFO, [plan.ties.graph.account.id])
    if waiting := [p for p in plan.people if p.planned]:
        ids = dict.fromkeys(counted[p.seats[0]].id for p in waiting)
        yield finding("mesh_planned", Severity.INFO, ids, {"count": sum(len(p.planned) for p in waiting)})


def _rests_on(plan: Meshed) -> Iterator[Finding]:
    members, made = plan.ties.graph.members, plan.made
    unlimited = [m for m, room in zip(members, plan.rooms, strict=True) if room.capacity is None]
    if unlimited:
        names = tuple(m.name for m in unlimited[:_NAMED])
        params: dict[str, Param] = {"count": len(unlimited), "names": names}
        yield finding("mesh_unlimited", Severity.INFO, [m.id for m in unlimited], params)
    if unsure := [i for m, i in made.pairs if made.fit.unknown(m, i)]:
        ids = dict.fromkeys(plan.ties.graph.counted[made.people[i].seats[0]].id for i in unsure)
        params = {"count": len(unsure), "low": made.least, "high": made.most}
        yield finding("mesh_unknown", Severity.INFO, ids, params)
