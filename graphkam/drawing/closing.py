"""What is written on a box, and which boxes are closed when a large account is first looked at.

A closed box is a tile: its name, how many people are in it, how many of them nobody of us reaches.
It stands where its people stand, so nothing moves when it is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from graphkam.model.vocabulary import Occupancy

if TYPE_CHECKING:
    from graphkam.drawing.cells import Unit
    from graphkam.drawing.relations import Relations
    from graphkam.graph.account_graph import Stakeholder
    from graphkam.text import Words

MOST_OPEN = 200
"""People up to which all boxes are open at first."""
MOST_IN_MESH = 40
"""The same where every contact tie is drawn: the lines are what must be told apart."""
_LARGE = 60
"""People from which a box that has boxes inside stays open: those inside are closed."""


class Tally(NamedTuple):
    """How many are in a box, at any depth."""

    people: int
    dark: int
    """Held positions without a live tie."""
    sole: int
    """With one live tie."""


def tallies(
    ordered: Sequence[Stakeholder],
    homes: Mapping[str, str],
    units: Sequence[Unit],
    relations: Relations,
) -> Mapping[str, Tally]:
    """Count who is in each box, those in the boxes inside included.

    Parameters
    ----------
    ordered
        The people drawn.
    homes
        The box of each position.
    units
        The boxes, parents named by id.
    relations
        Who of us knows whom.
    """
    above = {unit.id: unit.parent_id for unit in units}
    people: Counter[str] = Counter()
    dark: Counter[str] = Counter()
    sole: Counter[str] = Counter()
    for one in ordered:
        live = len(relations.live_of[one.id])
        is_held = one.occupancy is not Occupancy.VACANT
        box: str | None = homes[one.id]
        seen: set[str] = set()
        while box is not None and box not in seen:
            seen.add(box)
            people[box] += 1
            dark[box] += is_held and not live
            sole[box] += live == 1
            box = above.get(box)
    return {box: Tally(people[box], dark[box], sole[box]) for box in people}


def said(tally: Tally, words: Words) -> tuple[str, ...]:
    """Say what is written on a box."""
    found = [words.say("map.people", count=tally.people)]
    if tally.dark:
        found.append(words.say("map.uncovered", count=tally.dark))
    if tally.sole:
        found.append(words.say("map.sole", count=tally.sole))
    return tuple(found)


def closed(units: Sequence[Unit], counts: Mapping[str, Tally], *, most: int) -> frozenset[str]:
    """Give the boxes that are closed at first.

    Parameters
    ----------
    units
        The boxes, parents named by id.
    counts
        Who is in each.
    most
        People up to which all are open.
    """
    known = {unit.id for unit in units}
    outer = [unit.id for unit in units if unit.parent_id not in known]
    inside: dict[str, list[str]] = {}
    for unit in units:
        if unit.parent_id in known:
            inside.setdefault(unit.parent_id or "", []).append(unit.id)
    total = sum(counts[box].people for box in outer if box in counts)
    if total <= most:
        return frozenset()
    found, waiting = set(), outer
    while waiting:
        box = waiting.pop()
        if box not in counts:
            continue
        if inside.get(box) and counts[box].people > _LARGE:
            waiting += inside[box]
        else:
            found.add(box)
    return frozenset(found)
