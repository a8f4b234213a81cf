"""Who is supposed to leave: chosen on the page or by a link, kept over pages, days and languages.

A link may name somebody who is not there: on another day, or no more at all. That is told, not forgotten:
the names stay in the link, and are back on a day on which they are there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.model.people import Person, TeamMember
from graphkam.ui.fields import told_apart
from graphkam.ui.state import asked_all, remember, remember_next, remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphkam.graph.account_graph import AccountGraph
    from graphkam.ui.state import View

_LEAVES, _MISSING, _ACCOUNT = "leaves", "leaves who are not there", "account of leaves"
_LONGEST = 60
"""Characters of an id that a link names and nobody knows."""


@dataclass(frozen=True)
class Scenario:
    """Who is supposed to leave."""

    names: Mapping[str, str]
    """All who could, of ours and of theirs, by id."""
    leaves: tuple[str, ...]
    missing: tuple[str, ...]
    """Names of those supposed to leave who are not there on the day."""


def scenario(view: View) -> Scenario:
    """Give who is supposed to leave; another account has other people."""
    graph = view.graph()
    names = _offered(view, graph)
    asked = asked_all(_LEAVES)
    is_new = st.session_state.get(_ACCOUNT, view.account_id) != view.account_id
    st.session_state[_ACCOUNT] = view.account_id
    kept = () if asked or is_new else st.session_state.get(_MISSING, ())
    chosen = remembered(_LEAVES, [], asked or None)
    wanted = list(dict.fromkeys([*([] if is_new and not asked else chosen), *kept]))
    missing = tuple(i for i in wanted if i not in names)
    leaves = tuple(i for i in wanted if i in names)
    st.session_state[_MISSING] = missing
    remember(_LEAVES, list(leaves))
    view.address[_LEAVES] = (*leaves, *missing)
    return Scenario(names, leaves, tuple(_named(graph, i) for i in missing))


def suppose(leaves: Sequence[str]) -> None:
    """Suppose that these leave, and nobody else."""
    st.session_state[_MISSING] = ()
    remember_next(_LEAVES, list(leaves))
    st.rerun()


def choose_leavers(view: View, found: Scenario) -> None:
    """Let the reader choose who leaves, of ours and of theirs."""
    st.multiselect(
        view.words.say("app.dependency.who"),
        list(found.names),
        key=_LEAVES,
        format_func=found.names.__getitem__,
        placeholder=view.words.say("app.dependency.placeholder"),
        label_visibility="collapsed",
    )


def _offered(view: View, graph: AccountGraph) -> Mapping[str, str]:
    words = view.words
    offered = {m.id: words.say("app.dependency.ours", name=m.name) for m in graph.members}
    for person_id, held in graph.by_person.items():
        title = held[0].position.title
        offered[person_id] = words.say("app.dependency.theirs", name=held[0].name, title=title)
    return told_apart(offered)


def _named(graph: AccountGraph, wanted: str) -> str:
    """Give the name of somebody whom the account knows of; of others what the link says."""
    known: Person | TeamMember | None = graph.records.get(TeamMember, wanted)
    if known is None:
        person = graph.records.get(Person, wanted)
        known = person if person is not None and person.account_id == graph.account.id else None
    return known.name if known is not None else wanted[:_LONGEST]
