"""What is laid over a picture: who is supposed to leave, who could take over, and which ties are proposed.

Nobody changes place by it: the pictures before and after are the same drawing twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphkam.drawing import palette
from graphkam.drawing.elements import Edge, Node

if TYPE_CHECKING:
    from graphkam.text import Words

_WIDTH = 4.2
_LONGEST = 300
"""Characters of names that are told of a box."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A contact tie to be made, or to be taken over."""

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
    successors: tuple[Proposal, ...] = ()
    """Who of those who stay could take over whom."""
    opened: frozenset[str] = frozenset()
    """Ids of positions that are to be seen, before and after: their boxes are open."""

    @property
    def looked_at(self) -> frozenset[str]:
        """Ids of the positions whose boxes are open."""
        return self.opened | {one.position_id for one in (*self.proposals, *self.successors)}

    def edges(self, drawn: frozenset[str], words: Words) -> Iterator[Edge]:
        """Give the ties to be made between those who are drawn, as hollow lines.

        Parameters
        ----------
        drawn
            Ids of positions and members.
        words
            The reader's language.
        """
        kinds = (("proposed", "+", self.proposals), ("successor", palette.TAKES_OVER, self.successors))
        for layer, mark, ties in kinds:
            for one in ties:
                if {one.member_id, one.position_id} <= drawn:
                    yield Edge(
                        id=one.id,
                        source=f"m:{one.member_id}",
                        target=f"p:{one.position_id}",
                        layer=layer,
                        colour=palette.PROPOSED,
                        width=_WIDTH,
                        note=one.note or words.say(f"map.legend.{layer}"),
                        is_hollow=True,
                        mark=mark,
                    )

    def marked(self, nodes: Iterable[Node], words: Words) -> tuple[Node, ...]:
        """Say on the boxes who could take over whom: of one of us how many, of both sides their names."""
        made = tuple(nodes)
        names = {node.id: node.label for node in made}
        facing: dict[str, list[str]] = defaultdict(list)
        for one in self.successors:
            ours, theirs = f"m:{one.member_id}", f"p:{one.position_id}"
            if ours in names and theirs in names:
                facing[ours].append(names[theirs])
                facing[theirs].append(names[ours])
        return tuple(self._told(node, facing[node.id], words) if node.id in facing else node for node in made)

    def _told(self, node: Node, names: list[str], words: Words) -> Node:
        is_ours = node.kind == "member"
        fact = words.say("map.fact.takes_over" if is_ours else "map.fact.successors")
        return replace(
            node,
            mark=f"{palette.TAKES_OVER}{len(names)}" if is_ours else node.mark,
            facts=(*node.facts, (fact, ", ".join(names)[:_LONGEST])),
        )


NOTHING = Overlay()
"""The account as it is."""
