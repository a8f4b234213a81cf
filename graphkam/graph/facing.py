"""Both sides facing each other: function to function, level to level, owner and backup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from graphkam.graph.account_graph import Stakeholder
from graphkam.graph.strength import Indexes, Panel
from graphkam.model.vocabulary import ContactKind
from graphkam.text import UNKNOWN


class Cell(NamedTuple):
    """What one of our functions covers of one of the client's."""

    theirs: str
    ours: str
    weight: float
    """Weight of the stakeholders with a live tie to somebody of that function of ours."""
    ties: int
    """Live ties; one to a person in two positions is one tie."""


class Levels(NamedTuple):
    """A stakeholder's level and the best of ours with a live tie; 1 = top."""

    stakeholder: Stakeholder
    theirs: int
    ours: int | None

    @property
    def parity(self) -> int | None:
        """Their level less ours: below 0 we send somebody of lower rank."""
        return None if self.ours is None else self.theirs - self.ours


def mirror(ties: Panel) -> tuple[Cell, ...]:
    """Give the cells of the mirror matrix that have a live tie, by function."""
    graph = ties.graph
    theirs, of_seat = _sorted([s.position.function or UNKNOWN for s in graph.counted])
    ours, of_member = _sorted([m.member.function or UNKNOWN for m in graph.members])
    member, seat, tie = (column[ties.live] for column in (ties.member, ties.seat, ties.tie))
    cell = of_seat[seat] * len(ours) + of_member[member]
    into, seats = np.unique([cell, seat], axis=1)
    weight = np.bincount(into, ties.weight[seats])
    contacts = np.bincount(np.unique([cell, tie], axis=1)[0])
    return tuple(
        Cell(theirs[i // len(ours)], ours[i % len(ours)], float(weight[i]), int(contacts[i]))
        for i in np.flatnonzero(contacts).tolist()
    )


def _sorted(names: Sequence[str]) -> tuple[Sequence[str], Indexes]:
    """Give different names in their order, and where in it each of the names stands."""
    order = sorted(set(names))
    place = {name: i for i, name in enumerate(order)}
    return order, np.array([place[name] for name in names], dtype=np.int64)


def level_parity(ties: Panel) -> tuple[Levels, ...]:
    """Give the stakeholders of known level, those whom we meet from farthest below first."""
    ours = [m.member.seniority for m in ties.graph.members]
    found = []
    for s, who in zip(ties.graph.counted, ties.live_members, strict=True):
        if s.position.seniority is not None:
            best = min([level for m in who if (level := ours[m]) is not None], default=None)
            found.append(Levels(s, s.position.seniority, best))
    return tuple(sorted(found, key=lambda row: (row.parity or 0, row.theirs)))


def owners(ties: Panel, seats: Sequence[int]) -> Mapping[tuple[int, ContactKind], str]:
    """Give who is what to whom in some positions, by index into P and kind of contact.

    Of several the strongest.
    """
    graph = ties.graph
    here = np.flatnonzero(np.isin(ties.seat, seats))
    strongest = here[np.argsort(-ties.strength[here], kind="stable")]
    found: dict[tuple[int, ContactKind], str] = {}
    columns = (column[strongest].tolist() for column in (ties.member, ties.seat, ties.tie))
    for m, seat, t in zip(*columns, strict=True):
        found.setdefault((seat, graph.contacts[t].tie.kind), graph.members[m].name)
    return found
