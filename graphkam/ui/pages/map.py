"""Map: who decides, who reports to whom, who influences whom, and who of us knows them?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from graphkam.drawing.grouping import natural
from graphkam.drawing.stakeholders import path_text
from graphkam.errors import WriteConflict
from graphkam.ui import card
from graphkam.ui.around_map import choose_view, map_files, picture_as_table
from graphkam.ui.components.map import MapEvent, Places, forget_places, map_component
from graphkam.ui.escape import md
from graphkam.ui.parts import heading
from graphkam.ui.questions import picture_of
from graphkam.ui.state import (
    asked,
    link,
    page_file,
    remember,
    remember_next,
    remembered,
    shown_view,
    write_address,
)

if TYPE_CHECKING:
    from graphkam.drawing.elements import Node, Picture
    from graphkam.model.places import MapPlaces
    from graphkam.ui.state import View

_KEY = "map"
_COLUMNS = (7, 3)
_CONFLICT = "map conflict"


def show(view: View) -> None:
    """Show the map of an account, who is chosen on it, its files, and the table that says the same."""
    words, account = view.words, view.account
    if account is None:
        return
    heading(words, account.name, "app.map.what")
    picture, kept = _chosen_picture(view)
    _map_and_card(view, picture, kept)
    picture_as_table(words, picture, "map_table")


def _chosen_picture(view: View) -> tuple[Picture, MapPlaces]:
    """Let the reader choose what is drawn; give it, and how it was arranged by hand."""
    words = view.words
    left, inside, middle, right = st.columns([12, 6, 5, 5], vertical_alignment="center")
    with left:
        drawn = choose_view(view)
    with inside:
        unit = _unit(view)
    with middle:
        remembered("hide_stance", default=False)
        is_hidden = st.toggle(
            words.say("app.map.hide_stance"), key="hide_stance", help=words.say("app.map.hide_stance_help")
        )
    view.address["unit"] = unit
    with right:
        map_files(view, drawn, unit=unit, hide_stance=is_hidden)
    kept = view.desk.map_places(view.graph().account.id, drawn, unit)
    places = tuple(kept.places.items())
    return view.answer(picture_of, words.language, drawn, is_hidden, unit, None, places), kept


def _unit(view: View) -> str:
    """Let the reader limit the map to a unit; one that is not of the account is forgotten."""
    graph, words = view.graph(), view.words
    names = {unit.id: path_text(graph, unit.id) for unit in graph.units}
    units = ["", *sorted(names, key=lambda unit: (natural(names[unit]), unit))]
    found: str = remembered("unit", "", asked("unit"))
    if found not in units:
        remember("unit", "")
    chosen: str = st.selectbox(
        words.say("app.map.unit"),
        units,
        key="unit",
        format_func=lambda unit: names.get(unit) or words.say("app.map.whole"),
        label_visibility="collapsed",
    )
    return chosen


@st.fragment
def _map_and_card(view: View, picture: Picture, kept: MapPlaces) -> None:
    """Show the map and beside it who is chosen: a click runs this part of the page only."""
    left, right = st.columns(_COLUMNS)
    name = f"{picture.account_id} {picture.view} {picture.unit}"
    with left:
        event = map_component(picture, key=_KEY, name=name, chosen=asked("who"))
        _moved(view, event, name, kept)
    with right, st.container(key="map_side", border=True):
        _side(view, picture, event)
    if event.opened is not None:
        _open(view, event.opened.removeprefix("u:"))
    view.address["who"] = event.chosen or ""
    write_address(link(view, **view.address))


def _open(view: View, unit: str) -> None:
    """Limit the map to the unit whose count was double-clicked."""
    if unit in view.graph().unit_by_id:
        remember_next("unit", unit)
        st.rerun()


def _moved(view: View, event: MapEvent, name: str, kept: MapPlaces) -> None:
    """Offer to keep what was moved by hand, to put it back, or to let all be laid out anew."""
    words = view.words
    if (conflict := st.session_state.pop(_CONFLICT, None)) is not None:
        st.error(md(conflict), icon=":material/sync_problem:")
    if not event.places and not kept.places:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if event.places:
            st.caption(words.say("app.map.moved", count=len(event.places)))
            if st.button(
                words.say("app.map.keep"), icon=":material/save:", help=words.say("app.map.keep_help")
            ):
                _keep(view, name, kept, {**kept.places, **event.places})
            if st.button(words.say("app.map.put_back"), icon=":material/undo:"):
                forget_places(_KEY, name)
                st.rerun(scope="fragment")
            return
        arranged = datetime.fromisoformat(kept.at) if kept.at else None
        st.caption(md(words.say("app.map.arranged", count=len(kept.places), who=kept.who, at=arranged)))
        if st.button(words.say("app.map.anew"), icon=":material/auto_awesome_mosaic:"):
            _keep(view, name, kept, {})


def _keep(view: View, name: str, kept: MapPlaces, places: Places) -> None:
    """Keep an arrangement; if somebody else has kept another meanwhile, say so and show theirs."""
    try:
        view.desk.save_map_places(kept.model_copy(update={"places": dict(places)}))
    except WriteConflict as error:
        # The next run draws theirs, with what was moved here on top of it.
        st.session_state[_CONFLICT] = view.words.error(error)
    else:
        forget_places(_KEY, name)
    st.rerun()


def _side(view: View, picture: Picture, event: MapEvent) -> None:
    """Show the card of who is chosen, the line clicked on, or what the account has."""
    if event.edge is not None:
        _line(view, picture, event.edge)
    chosen = next((node for node in picture.nodes if node.id == event.chosen), None)
    if chosen is None:
        for name, value in picture.summary:
            st.metric(name, value)
        st.caption(view.words.say("app.map.nobody"))
    elif chosen.kind in {"centre", "count"}:
        _facts(view, chosen)
    else:
        card.show(view.desk, chosen.id)


def _facts(view: View, chosen: Node) -> None:
    """Show a decision centre, or a count of people."""
    st.subheader(md(chosen.label), anchor=False)
    st.caption(md(chosen.title))
    for name, value in chosen.facts:
        st.caption(f"{name}\\\n{md(value)}")
    if chosen.kind == "centre":
        st.page_link(
            page_file("centres"),
            label=view.words.say("app.page.centres"),
            icon=":material/how_to_vote:",
            query_params=link(view, centre=chosen.id.removeprefix("c:")),
        )


def _line(view: View, picture: Picture, edge_id: str) -> None:
    edge = next((edge for edge in picture.edges if edge.id == edge_id), None)
    if edge is None:
        return
    names = {node.id: node.label for node in picture.nodes}
    st.caption(view.words.say("app.map.tie"))
    st.markdown(md(f"{names[edge.source]} \u2192 {names[edge.target]}"))
    st.caption(md(edge.note))


if __name__ == "__main__":
    show(shown_view())
