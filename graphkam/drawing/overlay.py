"""What is laid over a picture: who is supposed to leave, and which ties are proposed.

Nobody changes place by it: the pictures before and after are the same drawing twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Edge

if TYPE_CHECKING:
    from graphkam.text import Words

_WIDTH = 4.2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contact tie to be made."""

    id: str
    """Of the line it becomes: what a click on it tells."""
    member_id: str
    position_id: str
    note: str = ""
    """What is told of it: why, by when."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is laid over a picture."""

    leaves: frozenset[str] = frozenset()
    """Ids of people, theirs or ours: struck out, and nobody of ours knows anybody by them any more."""
    proposals: tuple[Proposal, ...] = ()

    def edges(self, drawn: frozenset[str], words: Words) -> Iterator[Edge]:
        """Give the ties proposed between those who are drawn, as hollow lines.

        Parameters
        ----------
        drawn
            Ids of positions and members.
        words
            The reader's language.
        """
        for one in self.proposals:
            if {one.member_id, one.position_id} <= drawn:
                yield Edge(
                    id=one.id,
                    source=f"m:{one.member_id}",
                    target=f"p:{one.position_id}",
                    layer="proposed",
                    colour=palette.PROPOSED,
                    width=_WIDTH,
                    note=one.note or words.say("map.legend.proposed"),
                    is_hollow=True,
                    mark="+",
                )


NOTHING = Overlay()
"""The account as it is."""
