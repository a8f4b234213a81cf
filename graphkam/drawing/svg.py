"""A picture as one SVG image for documents: with its title, day, author, mark and legend on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from graphkam.drawing import palette, shapes
from graphkam.drawing.elements import LegendEntry
from graphkam.drawing.lettering import fitted, width
from graphkam.drawing.strokes import element, plain, rounded, text
from graphkam.text import Words

if TYPE_CHECKING:
    from graphkam.drawing.elements import Picture

_MARGIN = 24.0
_HEAD = 64.0
_LEAST_WIDTH = 980.0
"""Of the whole image: a small account still has a legend."""
_NATURAL = 1_400.0
"""Width up to which head and legend are not enlarged."""
_ENTRY, _SAMPLE = 24.0, 48.0
_LETTERS = 12.0
_CONFIDENTIAL = "#b8002a"


class _Sheet(NamedTuple):
    """Where the picture is on its sheet, in its own measure."""

    left: float
    top: float
    width: float
    height: float
    times: float
    """How much head and legend are enlarged."""


def svg(picture: Picture, *, author: str, language: str) -> str:
    """Give a picture as an SVG image: everything it draws at rest, all boxes open.

    Parameters
    ----------
    picture
        What to show.
    author
        Who makes the image; it is named on it.
    language
        Language of the head.
    """
    words = Words(language)
    sheet = _sheet(picture)
    room = sheet.width / sheet.times - 2 * _MARGIN
    legend, deep = _legend(_explained(picture, words), room)
    height = sheet.height + (_HEAD + deep + 3 * _MARGIN) * sheet.times
    below = (_HEAD + _MARGIN) * sheet.times + sheet.height
    parts = [
        element("title", plain(f"{picture.account}, {picture.title}")),
        rounded(0, 0, sheet.width, height, 0, fill=palette.PAPER),
        _group(_head(picture, words, author, room), _MARGIN * sheet.times, 0, sheet.times),
        _group(_drawing(picture), -sheet.left, _HEAD * sheet.times - sheet.top, 1.0),
        _group(legend, _MARGIN * sheet.times, below, sheet.times),
    ]
    wide, high = ceil(sheet.width), ceil(height)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
        "svg",
        "\n".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {wide} {high}",
        width=wide,
        height=high,
        role="img",
    )


def _sheet(picture: Picture) -> _Sheet:
    edges = [(0.0, 0.0, picture.width, picture.height)]
    edges += [(b.x, b.y, b.x + b.width, b.y + b.height) for b in picture.boxes]
    edges += [
        (n.x - n.width / 2, n.y - n.height / 2, n.x + n.width / 2, n.y + n.height / 2) for n in picture.nodes
    ]
    left, top = min(e[0] for e in edges), min(e[1] for e in edges)
    right, low = max(e[2] for e in edges), max(e[3] for e in edges)
    wide = max(right - left + 2 * _MARGIN, _LEAST_WIDTH)
    spare = (wide - (right - left)) / 2
    return _Sheet(left - spare, top, wide, low - top, max(wide / _NATURAL, 1.0))


def _group(parts: Iterator[str] | Sequence[str], x: float, y: float, times: float) -> str:
    return element("g", "\n".join(parts), transform=f"translate({x:.2f} {y:.2f}) scale({times:.3f})")


def _head(picture: Picture, words: Words, author: str, room: float) -> Iterator[str]:
    mark = words.say("map.ui.confidential").upper()
    wide = width(mark, 11, is_bold=True) + 20
    name = fitted(picture.account, room - wide - 16, 20, is_bold=True)
    yield text(name, 0, 24, 20, palette.INK, is_bold=True)
    said = [
        words.say("map.ui.as_of", day=picture.as_of),
        picture.title,
        picture.unit,
        words.say("map.ui.author", author=author),
        words.say("map.ui.hidden_stance") if picture.hides_stance else "",
        picture.note,
    ]
    yield text(fitted(" \u00b7 ".join(filter(None, said)), room, _LETTERS), 0, 46, _LETTERS, palette.MUTED)
    yield rounded(room - wide, 13, wide, 22, 4, fill="none", stroke=_CONFIDENTIAL, stroke_width=1.5)
    middle = room - wide / 2
    yield text(mark, middle, 24, 11, _CONFIDENTIAL, is_bold=True, text_anchor="middle")


def _drawing(picture: Picture) -> Iterator[str]:
    """Give what the picture shows at rest, the lines beneath the names."""
    yield from map(shapes.box, picture.boxes)
    yield from map(shapes.line, picture.lines)
    nodes = {node.id: node for node in picture.nodes}
    for edge in picture.edges:
        if edge.is_major:
            yield from shapes.edge(edge, nodes[edge.source], nodes[edge.target])
    for box in picture.boxes:
        yield from shapes.box_title(box)
    yield from map(shapes.node, picture.nodes)


def _explained(picture: Picture, words: Words) -> list[LegendEntry]:
    """Give the entries of the legend for what an image shows: of the lines only those drawn at rest."""
    layers = {edge.layer for edge in picture.edges if edge.is_major}
    layers |= {"reports"} if picture.lines else set()
    found = [entry for entry in picture.legend if entry.edge is None or entry.edge.layer in layers]
    lines = [number for number, entry in enumerate(found) if entry.edge is not None]
    if picture.has_minor_edges and lines:
        told = LegendEntry(found[lines[-1]].group, words.say("map.ui.only_main"))
        found.insert(lines[-1] + 1, told)
    return found


def _legend(entries: Sequence[LegendEntry], room: float) -> tuple[list[str], float]:
    """Give the legend, its groups side by side as they fit, and how deep it is."""
    parts: list[str] = []
    x = top = deep = 0.0
    for group, of in groupby(entries, key=lambda entry: entry.group):
        found = list(of)
        wide = max(
            width(group, _LETTERS, is_bold=True),
            *(_SAMPLE + width(entry.label, _LETTERS) for entry in found),
        )
        if x and x + wide > room:
            x, top = 0.0, deep + _MARGIN / 2
        parts.append(text(group, x, top + 10, _LETTERS, palette.MUTED, is_bold=True))
        for number, entry in enumerate(found):
            y = top + 20 + _ENTRY * number
            sample = entry.node or entry.edge
            if sample is not None:
                parts.extend(shapes.sample(sample, x, y))
            parts.append(text(entry.label, x + _SAMPLE, y + 12, _LETTERS, palette.INK))
        deep = max(deep, top + 20 + _ENTRY * len(found))
        x += wide + _MARGIN * 1.5
    return parts, deep
