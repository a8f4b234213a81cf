"""People who may be one, written twice: what making them one would change, accepted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.ui.data.proposed import Replan, propose, show_proposed
from graphkam.ui.escape import md
from graphkam.ui.parts import table

if TYPE_CHECKING:
    from graphkam.exchange.choices import Choices
    from graphkam.exchange.plan import Plan
    from graphkam.ui.state import View

PLACE = "twins"


def show(view: View) -> None:
    """Show who may be one person, and what becomes of the two."""
    words = view.words
    st.caption(words.say("data.twins_what"))
    if show_proposed(view, PLACE):
        return
    pairs = view.desk.duplicates(view.account_id)
    if not pairs:
        st.info(words.say("data.no_twins"), icon=":material/check_circle:")
        return
    rows = [
        {
            "person": pair.person.name,
            "email": pair.person.email or "",
            "twin": pair.other.name,
            "twin_email": pair.other.email or "",
            "reason": words.say(f"plan.reason.{pair.reason}"),
        }
        for pair in pairs
    ]
    names = ("person", "email", "twin", "twin_email", "reason")
    columns = {name: words.say(f"data.column.{name}") for name in names}
    row = table(rows, columns, key=f"twins {len(rows)}", choose=True)
    if row is None or row >= len(pairs):
        st.caption(words.say("data.choose_twins"))
        return
    pair = pairs[row]
    ids = (pair.person.id, pair.other.id)
    with st.container(horizontal=True):
        for kept, gone in (ids, ids[::-1]):
            name = pair.person.name if kept == pair.person.id else pair.other.name
            if st.button(
                md(words.say("data.merge_into", name=name)), key=f"merge {kept}", icon=":material/merge:"
            ):
                propose(view, PLACE, "merge", _replan(view, kept, gone))
                st.rerun()


def _replan(view: View, kept: str, gone: str) -> Replan:
    def plan(_: Choices) -> Plan:
        return view.desk.act(lambda workspace: workspace.plan_merge(kept, gone))

    return plan
