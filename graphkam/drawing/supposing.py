"""From a supposed departure to what is laid over the map: before and after, in the same places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.drawing.overlay import Overlay, Proposal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graphkam.analysis.departure import Departure
    from graphkam.text import Words


def supposed(leaves: Collection[str], gone: Departure, words: Words) -> Overlay:
    """Give who is struck out, and the nearest successor for each who would be left with nobody.

    Parameters
    ----------
    leaves
        Ids of those who leave.
    gone
        What their departure changes.
    words
        The reader's language.
    """
    return Overlay(
        frozenset(leaves), successors=tuple(_successors(gone, words)), opened=as_it_is(gone).opened
    )


def as_it_is(gone: Departure) -> Overlay:
    """Give what is laid over the map before: nothing, but the same boxes are open as after."""
    return Overlay(opened=frozenset(t.position_id for t in gone.touched if not t.live_after))


def _successors(gone: Departure, words: Words) -> Iterator[Proposal]:
    for one in gone.touched:
        if one.proposals and not one.live_after:
            nearest = one.proposals[0]
            yield Proposal(
                id=f"t:{nearest.member_id}>{one.position_id}",
                member_id=nearest.member_id,
                position_id=one.position_id,
                note=words.say(f"departure.reason.{nearest.reason}", name=nearest.through),
            )
