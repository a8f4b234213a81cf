"""Both sides facing each other: function to function, level to level, owner and backup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from graphkam.graph.account_graph import Stakeholder
from graphkam.graph.strength import Panel
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
    seats: dict[tuple[str, str], set[int]] = {}
    contacts: dict[tuple[str, str], set[int]] = {}
    theirs = [s.position.function or UNKNOWN for s in graph.counted]
    ours = [m.member.function or UNKNOWN for m in graph.members]
    columns = (column[ties.live].tolist() for column in (ties.member, ties.seat, ties.tie))
    for m, seat, t in zip(*columns, strict=True):
        pair = theirs[seat], ours[m]
        seats.setdefault(pair, set()).add(seat)
        contacts.setdefault(pair, set()).add(t)
    return tuple(
        Cell(*pair, float(ties.weight[sorted(seats[pair])].sum()), len(contacts[pair]))
        for pair in sorted(seats)
    )


def level_parity(ties: Panel) -> tuple[Levels, ...]:
    """Give the stakeholders of known level, those whom we meet from farthest below first."""
    ours = [m.member.seniority for m in ties.graph.members]
    found = []
    for s, who in zip(ties.graph.counted, ties.live_members, strict=True):
        if s.position.seniority is not None:
            best = min((level for m in who if (level := ours[m]) is not None), default=None)
            found.append(Levels(s, s.position.seniority, best))
    return tuple(sorted(found, key=lambda row: (row.parity or 0, row.theirs)))


def owners(ties: Panel) -> Mapping[tuple[int, ContactKind], str]:
    """Give who is what to whom, by index into P and kind of contact; of several the strongest."""
    graph = ties.graph
    kinds = [contact.tie.kind for contact in graph.contacts]
    names = [m.name for m in graph.members]
    is_told = np.array([kind is not ContactKind.CONTACT for kind in kinds], dtype=np.bool_)[ties.tie]
    strongest = np.flatnonzero(is_told)[np.argsort(-ties.strength[is_told], kind="stable")]
    found: dict[tuple[int, ContactKind], str] = {}
    columns = (column[strongest].tolist() for column in (ties.member, ties.seat, ties.tie))
    for m, seat, t in zip(*columns, strict=True):
        found.setdefault((seat, kinds[t]), names[m])
    return found
