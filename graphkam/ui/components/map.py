"""The map as a part of a page: the drawing of the standalone map, which tells the page what the reader does.

Its script is one file on a route of our own, kept by the browser for good; what Streamlit itself sends
is a line that loads it. So a page costs its picture, and a rerun that changes nothing costs nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.responses import Response
from starlette.routing import Route

from graphkam.drawing.page import asset, component_script, data, shell
from graphkam.text import Words

if TYPE_CHECKING:
    from starlette.requests import Request

    from graphkam.drawing.elements import Picture

Places = Mapping[str, tuple[str, float, float]]
"""For each node that was moved: the box it is in, and how far right of and below its corner."""

HEIGHT = "max(560px, calc(100vh - 200px))"
"""With the head of a page above it: what a 13-inch screen shows, and more where there is more."""
_NAME = "graphkam_map"
_ADDRESS = "/assets/map-{digest}.js"
_LOADER = """export default async function load(component) {{
  const part = await import(new URL("{address}", window.location.origin));
  return part.default(component);
}}
"""
_KEPT = 24
_FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class MapEvent:
    """What the reader has done to a map."""

    chosen: str | None = None
    """Node that is chosen now: ``p:`` and a position's id, ``m:`` and a member's, ``c:`` and a centre's."""
    edge: str | None = None
    """Line that was clicked on just now, by its id in the picture; only in the run that it causes."""
    opened: str | None = None
    """Count of people that was double-clicked just now: ``u:`` and the id of its box."""
    places: Places = field(default_factory=dict)
    """All that was moved by hand in this session, since ``forget_places``."""


def map_component(
    picture: Picture, *, key: str, name: str = "", height: str = HEIGHT, chosen: str | None = None
) -> MapEvent:
    """Show a picture as an interactive map; give what the reader has done to it.

    A click on a node chooses it (a state: it is the same in every run until another is chosen), on a
    line or a closed count is an event (told once). Camera, choice, folded boxes, layers and moved
    nodes survive every rerun, and a visit to another page, as long as ``name`` is the same: so a
    page may show before and after on the same map by giving two pictures in turn under one name,
    the second with an :class:`~graphkam.drawing.overlay.Overlay` of who leaves. An overlay of
    proposals draws ties to be made as hollow lines: a click on one gives its id as ``edge``.

    ``picture = view.answer(picture_of, language, "mesh", False, "", Overlay(proposals=…))``

    Parameters
    ----------
    picture
        What to show. Ask the desk for it, so that it is one object as long as nothing changes: what
        is sent to the browser is made once for each.
    key
        Key of the part on its page.
    name
        Which map it is: usually account and view. Another name begins with everything in view.
    height
        As CSS says it.
    chosen
        Node to choose, if the address or another part of the page says so; each choice is made once.
    """
    words = Words(picture.language)
    body, digest = _prepared(picture, words)
    generation, places = _memory(key, name)
    head = {
        "rev": f"{name} {digest} {generation}",
        "name": name or key,
        "height": height,
        "chosen": chosen,
        "places": places,
    }
    sent = json.dumps(head).encode()[:-1] + b', "picture": ' + body + b"}"
    result = _part()(key=key, data=sent, on_chosen_change=_nothing, on_event_change=_nothing)
    event = result.get("event") or {}
    if event.get("kind") == "moved":
        places = st.session_state[_places_key(key, name)] = _checked(event.get("places"))
    return MapEvent(
        chosen=result.get("chosen"),
        edge=event.get("id") if event.get("kind") == "edge" else None,
        opened=event.get("id") if event.get("kind") == "opened" else None,
        places=places,
    )


def forget_places(key: str, name: str = "") -> None:
    """Put back what was moved by hand: at the next run everything is where the picture has it."""
    st.session_state.pop(_places_key(key, name), None)
    st.session_state[_places_key(key, name) + " generation"] = _memory(key, name)[0] + 1


def _places_key(key: str, name: str) -> str:
    return f"{key} {name} places"


def _memory(key: str, name: str) -> tuple[int, Places]:
    kept = _places_key(key, name)
    return st.session_state.get(f"{kept} generation", 0), st.session_state.get(kept, {})


def _checked(places: Any) -> Places:
    """Read what the browser says was moved: nothing of it is trusted."""
    found = {}
    for node, place in places.items() if isinstance(places, dict) else ():
        if isinstance(place, list) and [type(part) for part in place[:1]] == [str] and len(place) == 3:  # noqa: PLR2004
            box, *where = place
            if all(isinstance(part, (int, float)) and abs(part) < 1e6 for part in where):  # noqa: PLR2004
                found[str(node)] = (box, float(where[0]), float(where[1]))
    return found


def _nothing() -> None:
    """Do nothing: what is told is read when the page runs."""


_sent: OrderedDict[int, tuple[Picture, bytes, str]] = OrderedDict()


def _prepared(picture: Picture, words: Words) -> tuple[bytes, str]:
    """Give what the script draws as JSON, made once for each picture."""
    kept = _sent.get(id(picture))
    if kept is None or kept[0] is not picture:
        body = json.dumps(
            data(picture, words), ensure_ascii=False, default=str, separators=(",", ":")
        ).encode()
        kept = _sent[id(picture)] = (picture, body, hashlib.sha256(body).hexdigest()[:16])
        while len(_sent) > _KEPT:
            _sent.popitem(last=False)
    return kept[1], kept[2]


@cache
def _script() -> tuple[str, bytes]:
    """Give the address of the script and its text."""
    text = component_script().encode()
    return _ADDRESS.format(digest=hashlib.sha256(text).hexdigest()[:16]), text


@cache
def _part() -> Any:
    address, _ = _script()
    html = f'<div class="gk gk-embedded">{shell()}</div>'
    return st.components.v2.component(
        _NAME, html=html, css=asset("map.css"), js=_LOADER.format(address=address)
    )


def _answer(request: Request) -> Response:
    address, text = _script()
    if request.url.path != address:
        return Response(status_code=404)
    return Response(text, media_type="text/javascript", headers={"cache-control": _FOR_GOOD})


ROUTES = (Route(_ADDRESS, _answer, methods=["GET"]),)
"""Where the browser gets the script."""
