"""One file that any browser opens without a network: the picture, its table, and the script that draws it.

Of pyvis only the container of nodes, edges and options and its copy of vis-network are used: its own
template calls two other machines, and turns every tooltip into running HTML when a note holds "href".
"""

from __future__ import annotations

import secrets
from dataclasses import fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from graphkam.drawing.elements import VIEWS
from graphkam.text import Words, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment

    from graphkam.drawing.elements import Edge, Node, Picture

_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
_SOURCE_MAP = "//# sourceMappingURL="
_SCRIPTS = ("draw.js", "ties.js", "panel.js", "map.js")
_UI = "map.ui."
_SAID = frozenset({"note", "layer"})
"""Of a line, what the script expects even if it is empty."""
_OPTIONS: Mapping[str, Any] = {
    "physics": False,
    "autoResize": False,
    "layout": {"randomSeed": 1, "improvedLayout": False},
    "interaction": {
        "hover": True,
        "dragNodes": True,
        "keyboard": False,
        "selectConnectedEdges": False,
        "hoverConnectedEdges": False,
        "tooltipDelay": 100_000,
        "zoomSpeed": 0.7,
    },
    "nodes": {"shape": "custom", "chosen": False},
}


def map_page(picture: Picture, *, author: str, language: str, others: Sequence[Picture] = ()) -> str:
    """Give a picture as one HTML file: offline, interactive, with a table that says the same.

    Parameters
    ----------
    picture
        What to show first; the file holds all of it, and nothing else.
    author
        Who makes the file; it is named in it.
    language
        Language of the buttons and titles.
    others
        Other views of the same account, to switch to.
    """
    words = Words(language)
    shown = sorted((picture, *others), key=lambda one: VIEWS.index(one.view))
    views = [{"view": one.view, "name": words.say(f"map.view.{one.view}")} for one in shown]
    given = {"views": [data(one, words) for one in shown], "current": shown.index(picture)}
    return (
        _environment()
        .get_template("map.html")
        .render(
            picture=picture,
            views=views,
            ui=_ui(words),
            as_of=words.say("map.ui.as_of", day=picture.as_of),
            by=words.say("map.ui.author", author=author),
            table_title=words.say("map.ui.table_title", account=picture.account),
            data=given,
            language=language,
            nonce=secrets.token_urlsafe(18),
            style=_markup(asset("map.css")),
            script=_markup(script()),
            vis=_markup(vis_network()),
        )
    )


def shell() -> str:
    """Give the fixed parts of a map without a picture: the script fills in everything, words included."""
    return _environment().get_template("body.html").render(picture=None)


def data(picture: Picture, words: Words) -> dict[str, Any]:
    """Give what the script draws, ready for JSON."""
    nodes, edges, options = _network(picture)
    return {
        "words": _ui(words),
        "view": picture.view,
        "title": picture.title,
        "canvas": words.say("map.ui.canvas", account=picture.account),
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "details": [_plain(node) for node in picture.nodes],
        "boxes": [_plain(box) for box in picture.boxes],
        "lines": [_plain(line) for line in picture.lines],
        "layers": [_plain(layer) for layer in picture.layers],
        "legend": [
            {
                "group": entry.group,
                "label": entry.label,
                "node": entry.node and _plain(entry.node),
                "edge": entry.edge and _plain(entry.edge),
            }
            for entry in picture.legend
        ],
        "summary": picture.summary,
        "note": picture.note,
        "width": picture.width,
        "height": picture.height,
        "has_minor_edges": picture.has_minor_edges,
    }


@cache
def asset(name: str) -> str:
    """Give one of our own assets."""
    return files("graphkam.drawing").joinpath("assets", name).read_text(encoding="utf-8")


def script() -> str:
    """Give our script; it wants ``vis`` beside it."""
    return "".join(map(asset, _SCRIPTS))


def component_script() -> str:
    """Give the script of the app's map: one module that needs nothing beside it."""
    # pyvis's file ends without a line break; what follows it must not stand in its last comment.
    return f"{vis_network()}\n{script()}\n{asset('component.js')}"


@cache
def vis_network() -> str:
    """Give vis-network as pyvis ships it, with its licence, without the hint to fetch a source map."""
    text = files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")
    return text.partition(_SOURCE_MAP)[0].rstrip() + "\n"


def _network(picture: Picture) -> tuple[list[Any], list[Any], Mapping[str, Any]]:
    """Give nodes, edges and options by way of a pyvis network."""
    from pyvis.network import Network

    network = Network(directed=True)  # undirected ones drop parallel edges
    network.options = dict(_OPTIONS)
    for node in picture.nodes:
        network.add_node(node.id, label=" ", shape="custom", color=node.fill, x=node.x, y=node.y)
    for edge in picture.edges:
        network.add_edge(edge.source, edge.target, **_edge_style(edge))
    nodes, edges, *_ = network.get_network_data()
    # An account of thousands has three times as many lines: what is not so need not be said of each.
    said = [{name: value for name, value in edge.items() if value or name in _SAID} for edge in edges]
    return nodes, said, network.options


def _edge_style(edge: Edge) -> dict[str, Any]:
    """Give the style of an edge in the words of vis-network; our own script draws it."""
    return {
        "id": edge.id,
        "color": edge.colour,
        "width": edge.width,
        "arrow": edge.has_arrow,
        "mark": edge.mark,
        "layer": edge.layer,
        "note": edge.note,
        "major": edge.is_major,
        "hollow": edge.is_hollow,
        "dashes": [2, 4] if edge.is_dotted else [7, 5] if edge.is_dashed else False,
    }


def _plain(thing: Node | Any) -> dict[str, Any]:
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def _ui(words: Words) -> dict[str, str]:
    """Give the page's own words by name; those with parameters stay templates."""
    keys = (key for key in catalogue(words.language) if key.startswith(_UI))
    return {key.removeprefix(_UI): catalogue(words.language)[key] for key in keys}


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)  # noqa: S704 - our own assets, and vis-network


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("graphkam.drawing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
