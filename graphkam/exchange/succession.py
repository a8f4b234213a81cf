"""Who leaves a position and who arrives, when one state of an account becomes another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from graphkam.exchange.called import Called
from graphkam.model.base import Frozen
from graphkam.model.organisation import Position
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet
from graphkam.text import Words


class HolderEvent(Frozen):
    """That the holder of a position changes.

    Its weight, role and reporting line stay; stance, level and contacts do not pass on.
    """

    position_id: str
    position: str
    leaves: str | None
    arrives: str
    since: str | None

    def told(self, words: Words) -> str:
        """Say what happens, and what does not pass on."""
        told = {"id": self.position_id, "position": self.position, "arrives": self.arrives}
        if self.leaves is None:
            return words.say("plan.holder_arrives", **told)
        return words.say("plan.holder_changes", leaves=self.leaves, **told)


def holder_events(known: RecordSet, goal: RecordSet, called: Called) -> Iterable[HolderEvent]:
    """Give who arrives at positions that were there before, and whom they follow.

    Parameters
    ----------
    known, goal
        The records before and after.
    called
        What they are called.
    """
    came = {h.position_id: h for h in goal.of(Holding) if known.get(Holding, h.id) is None}
    latest = _latest_holdings(goal, came)
    gone = {h.position_id: h for h in known.of(Holding) if h.position_id in came and _has_ended(h, goal)}
    for position_id, holding in came.items():
        position = known.get(Position, position_id)
        # Somebody who held it long ago and is only now written down does not arrive.
        if position is not None and latest[position_id] is holding:
            yield HolderEvent(
                position_id=position_id,
                position=called.name(position),
                leaves=called.person(gone[position_id].person_id) if position_id in gone else None,
                arrives=called.person(holding.person_id),
                since=holding.since,
            )


def _has_ended(before: Holding, goal: RecordSet) -> bool:
    after = goal.get(Holding, before.id)
    return after is None or (before.until is None and after.until is not None)


def _latest_holdings(records: RecordSet, position_ids: Collection[str]) -> Mapping[str, Holding]:
    """Give who holds each position, or is the last who did."""
    found: dict[str, Holding] = {}
    for holding in records.of(Holding):
        if holding.position_id in position_ids:
            other = found.get(holding.position_id)
            if other is None or _span(holding) > _span(other):
                found[holding.position_id] = holding
    return found


def _span(holding: Holding) -> tuple[bool, str, str]:
    return holding.until is None, holding.until or "", holding.since or ""
