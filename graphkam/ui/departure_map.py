"""Before and after a departure on the same map, with the figures beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from graphkam.review.saying import expected_from
from graphkam.ui.around_map import choose_view, map_files, picture_as_table
from graphkam.ui.components.map import map_component
from graphkam.ui.departing import departure_of, in_place, overlay_of, unknown_too
from graphkam.ui.escape import md
from graphkam.ui.grid import grid
from graphkam.ui.parts import BREAK, Figure, choose_in_a_row, figures, findings
from graphkam.ui.questions import picture_of
from graphkam.ui.scenario import suppose
from graphkam.ui.state import chosen, link, remembered_choice, write_address
from graphkam.ui.tables import dependency as tables

if TYPE_CHECKING:
    from graphkam.analysis.departure import Departure
    from graphkam.drawing.elements import Node, Picture
    from graphkam.text import Words
    from graphkam.ui.scenario import Scenario
    from graphkam.ui.state import View

_KEY = "departure map"
_COLUMNS = (3, 2)
_STATES = ("after", "before")


@st.fragment
def before_and_after(view: View, found: Scenario) -> None:
    """Show the map before or after, and beside it what changes: a click runs this part of the page only."""
    picture = _chosen_picture(view, found)
    left, right = st.columns(_COLUMNS, gap="small")
    with left:
        name = f"departure {picture.account_id} {picture.view}"
        event = map_component(picture, key=_KEY, name=name)
    with right, st.container(key="departure_side", border=True):
        node = next((n for n in picture.nodes if n.id == event.chosen), None)
        if node is not None:
            _who(view, found, node)
        _figures(view, found)
    picture_as_table(view.words, picture, "departure_table")
    write_address(link(view, **view.address))


def _chosen_picture(view: View, found: Scenario) -> Picture:
    """Let the reader choose which view of the account is drawn, and whether before or after."""
    words, is_after = view.words, False
    left, middle, right = st.columns([11, 5, 4], vertical_alignment="center")
    with left:
        drawn = choose_view(view)
    if found.leaves:
        remembered_choice("state", _STATES)
        with middle:
            state = choose_in_a_row(
                words.say("app.dependency.state"),
                _STATES,
                "state",
                lambda name: words.say(f"app.dependency.moment.{name}"),
            )
        is_after = state != "before"
        view.address["state"] = "" if is_after else "before"
    is_hidden = bool(chosen("hide_stance", default=False))
    with right:
        map_files(view, drawn, hide_stance=is_hidden, leaves=found.leaves if is_after else ())
    overlay = overlay_of(view, found.leaves, is_after=is_after)
    places = tuple(view.desk.map_places(view.account_id, drawn).places.items())
    return view.answer(picture_of, words.language, drawn, is_hidden, "", overlay, places)


def _figures(view: View, found: Scenario) -> None:
    """Show the figures before and after; without a departure, what each alone would lose."""
    words, gone = view.words, view.answer(departure_of, found.leaves)
    if found.leaves:
        rate = words.percent(gone.loss_rate, 1)
        figures(words, _amounts(words, gone), rate=rate)
        grid(words, tables.figures(words, gone))
        st.caption(words.say("app.dependency.figures_what"))
        st.caption(words.say("app.dependency.amounts_what", rate=rate))
        findings(words, gone.findings)
        return
    st.caption(words.say("app.dependency.choose"))
    shown = tables.singles(words, gone.singles)
    row = grid(words, shown, choose=True, height=330)
    if row is not None:
        st.session_state.pop(shown.name, None)
        suppose([shown.rows[row]["id"]])


def _amounts(words: Words, gone: Departure) -> list[Figure]:
    """Give the two amounts, each with what it is: decisions at risk, and a share of all sales of a year."""
    is_at_risk = " · ".join(filter(None, (unknown_too(words, gone), words.say("app.dependency.at_risk"))))
    shown = [Figure("at_stake", words.money(gone.exposure, gone.currency), is_at_risk)]
    if gone.expected_loss is not None:
        expected = words.money(gone.expected_loss, gone.currency)
        formula = words.say("app.dependency.a_year", formula=expected_from(words, gone))
        shown.append(Figure("expected_loss", expected, formula))
    return shown


def _who(view: View, found: Scenario, node: Node) -> None:
    """Show what a departure changes for who is chosen on the map, and let that one leave or stay."""
    words = view.words
    named = (f"**{md(node.label)}**", md(node.title))
    st.markdown(BREAK.join(filter(None, named)))
    _loses(view, found, node)
    person = _leaver(view, node)
    if person is None:
        return
    if person in found.leaves:
        if st.button(words.say("app.dependency.stays"), icon=":material/undo:", key="stays"):
            suppose([i for i in found.leaves if i != person])
    elif st.button(words.say("app.dependency.leaves_too"), icon=":material/group_remove:", key="leaves too"):
        suppose([*found.leaves, person])


def _loses(view: View, found: Scenario, node: Node) -> None:
    words, gone = view.words, view.answer(departure_of, found.leaves)
    one = next((t for t in gone.touched if f"p:{t.position_id}" == node.id), None)
    if one is None:
        return
    kept = words.say("app.dependency.kept", was=one.live_before, now=one.live_after, names=one.left_with)
    lost = words.say("app.dependency.all_lost", was=one.live_before)
    st.caption(md(kept if one.left_with else lost))
    if who := in_place(words, one):
        st.caption(md(words.say("app.dependency.takers", takers=who)))


def _leaver(view: View, node: Node) -> str | None:
    """Give the id of who is at a node, if it is somebody who can leave."""
    kind, _, record_id = node.id.partition(":")
    if kind == "m":
        return record_id
    post = view.graph().by_position.get(record_id)
    return post.person.id if kind == "p" and post is not None and post.person is not None else None
