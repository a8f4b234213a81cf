"""The ties that the mesh plan proposes, as hollow lines on the map: a click chooses what is decided upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.drawing.overlay import Overlay, Proposal
from graphkam.review.saying import why_this_cost
from graphkam.ui.components.map import map_component
from graphkam.ui.escape import md
from graphkam.ui.grid import grid
from graphkam.ui.questions import picture_of
from graphkam.ui.tables import mesh as tables

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphkam.analysis.mesh import Proposed
    from graphkam.text import Words
    from graphkam.ui.state import View

_KEY = "plan map"
_COLUMNS = (3, 2)
_CLICKED = "plan line"


def plan_map(view: View, ties: Sequence[Proposed], decide: Callable[[View, list[Proposed]], None]) -> None:
    """Draw the proposals, and let the reader decide on those of the line or the person clicked on.

    Parameters
    ----------
    view
        What is shown.
    ties
        The proposals.
    decide
        Offers to accept or to refuse some of them.
    """
    words = view.words
    lines = {f"plan:{t.member_id}:{t.position_id}": t for t in ties}
    asked = (words.language, "mesh", False, "", overlay(words, lines))
    left, right = st.columns(_COLUMNS, gap="small")
    with left:
        event = map_component(view.answer(picture_of, *asked), key=_KEY, name=f"plan {view.account_id}")
    with right, st.container(key="plan_side", border=True):
        chosen = _chosen(lines, event.edge, event.chosen)
        if not chosen:
            st.caption(words.say("app.coverage.mesh_map_what", count=len(ties)))
            return
        grid(words, tables.proposals(words, chosen))
        st.caption(md(" · ".join(f"{t.member}, {t.stakeholder}: {why_this_cost(words, t)}" for t in chosen)))
        decide(view, chosen)


def overlay(words: Words, lines: dict[str, Proposed]) -> Overlay:
    """Give what is laid over the map: each proposal, by the id of its line, and why it costs what it does."""
    return Overlay(
        proposals=tuple(
            Proposal(line, t.member_id, t.position_id, note=why_this_cost(words, t))
            for line, t in lines.items()
        )
    )


def _chosen(lines: dict[str, Proposed], edge: str | None, node: str | None) -> list[Proposed]:
    """Give the proposal whose line was clicked on last, or those of the person chosen.

    A click on a line is told once, what is chosen in every run: the later of the two counts.
    """
    last, before = st.session_state.get(_CLICKED, (None, None))
    if edge in lines:
        last = edge
    elif node != before:
        last = None
    st.session_state[_CLICKED] = (last, node)
    if last in lines:
        return [lines[last]]
    return [t for t in lines.values() if node in {f"m:{t.member_id}", f"p:{t.position_id}"}]
