"""What loses live ties when some leave: positions, units, decision centres, and what hangs on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from graphkam.graph.account_graph import by_name
from graphkam.graph.parts import by_centre, by_unit
from graphkam.graph.stakes import Kind, businesses
from graphkam.graph.strength import Panel
from graphkam.model.base import Frozen

PartKind = Literal["unit", "centre"]


class EmptiedPart(Frozen):
    """A unit or centre that goes dark or keeps one of us only."""

    id: str
    name: str
    kind: PartKind
    live_before: int
    """Members with a live tie into it."""
    live_after: int


class EmptiedBusiness(Frozen):
    """Business that loses live interlocutors."""

    id: str
    name: str
    kind: Kind
    amount: float | None
    source: Kind
    """Whose amount it is: a centre's own and a contract's is a year's, a pursuit's is all of it."""
    source_name: str
    live_before: int
    """Members with a live tie into it."""
    live_after: int


def losing(before: Panel, after: Panel) -> list[int]:
    """Give the indexes of the positions that lose live ties, the worst first."""
    was, now = before.live_members, after.live_members
    lost = [i for i in range(before.seats) if len(now[i]) < len(was[i])]
    return sorted(lost, key=lambda i: (len(now[i]), -before.weight[i], i))  # in the order of names


def emptied_parts(before: Panel, after: Panel) -> list[EmptiedPart]:
    """Give the units and centres left with nobody or with one of us, the worst first."""
    found = []
    kinds: tuple[PartKind, PartKind] = ("centre", "unit")
    for kind, parts in zip(kinds, (by_centre(before.graph), by_unit(before.graph)), strict=True):
        for part in parts:
            was, now = len(before.who(part.seats)), len(after.who(part.seats))
            if now < was and now <= 1:
                lost = EmptiedPart(id=part.id, name=part.name, kind=kind, live_before=was, live_after=now)
                found.append(lost)
    return sorted(found, key=lambda p: (p.live_after, p.kind, *by_name(p.name, p.id)))


def emptied_business(before: Panel, after: Panel) -> list[EmptiedBusiness]:
    """Give the business that loses live interlocutors, the worst first."""
    found = []
    for one in businesses(before.graph):
        was, now = len(before.who(one.seats)), len(after.who(one.seats))
        if now < was:
            amount = None if one.amount is None else float(one.amount)
            lost = EmptiedBusiness(
                id=one.id,
                name=one.name,
                kind=one.kind,
                amount=amount,
                source=one.source,
                source_name=one.source_name,
                live_before=was,
                live_after=now,
            )
            found.append(lost)
    return sorted(found, key=lambda s: (s.live_after, -(s.amount or 0), *by_name(s.name, s.id)))


def left_to_nobody(stakes: Sequence[EmptiedBusiness]) -> tuple[float | None, int]:
    """Give the sum of the business left with nobody, and how many amounts of it are not known."""
    lost = [s.amount for s in stakes if s.live_after == 0]
    known = [amount for amount in lost if amount is not None]
    return None if lost and not known else sum(known), len(lost) - len(known)
