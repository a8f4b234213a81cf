"""How nodes, boxes and lines look in an image: the same as ``draw.js`` paints them seen from close by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.drawing import palette
from graphkam.drawing.blocks import HEIGHT
from graphkam.drawing.curves import Frame, arrow, curve
from graphkam.drawing.lettering import fitted, lines, longest, width
from graphkam.drawing.strokes import bezier, element, polygon, polyline, rounded, text, titled

if TYPE_CHECKING:
    from graphkam.drawing.curves import Curve
    from graphkam.drawing.elements import Box, Edge, Line, Node

_TITLE_INK = "#323f4b"
_BOXES = {
    "unit": (("#f4f6f9", "#c3ccd6"), ("#ffffff", "#ccd4dd"), ("#f6f8fa", "#dbe1e8")),
    "team": (("#e8f1fa", "#9fc1e3"),),
    "centres": (("#fffbea", "#e3cf86"),),
    "band": (("none", "#dbe1e8"),),
    "lane": (("none", "#c3ccd6"),),
}
_LANE_HEAD = 26.0
_THIN = 1.0
_LETTERS, _SMALL = 12.5, 10.5
_MARK_SIZE = 17.0


def box(one: Box) -> str:
    """Give a box without its title."""
    looks = _BOXES[one.kind]
    fill, line = looks[min(one.level, len(looks)) - 1]
    made = rounded(one.x, one.y, one.width, one.height, 9.0, fill=fill, stroke=line, stroke_width=_THIN)
    if one.kind == "lane" and one.fill:
        made += rounded(one.x + 4, one.y + 4, one.width - 8, _LANE_HEAD, 6.0, fill=one.fill, stroke=line)
    return made


def box_title(one: Box) -> Iterator[str]:
    """Give the title of a box, how many are in it, and the note of an empty one."""
    if one.kind == "lane":
        name = fitted(one.label, one.width - 20, one.font, is_bold=True)
        middle = one.x + one.width / 2
        yield text(
            name, middle, one.y + 17, one.font, one.ink or _TITLE_INK, is_bold=True, text_anchor="middle"
        )
        return
    if one.kind == "band":
        for number, line in enumerate(lines(one.label, 80, 11, most=3, is_bold=True)):
            yield text(line, one.x + 10, one.y + 22 + 14 * number, 11, _TITLE_INK, is_bold=True)
        return
    name = fitted(one.label, one.width - 20, one.font, is_bold=True)
    middle = one.y + 4 + one.font * 0.72
    wide = width(name, one.font, is_bold=True)
    yield _ground(one, one.x + 8, middle, wide + 8, one.font)
    yield text(name, one.x + 12, middle, one.font, _TITLE_INK, is_bold=True)
    small = max(one.font * 0.66, 9.5)
    figures = " \u00b7 ".join(one.figures)
    if figures and (room := width(figures, small)) < one.width - wide - 36:
        yield _ground(one, one.x + one.width - room - 16, middle, room + 8, small)
        yield text(figures, one.x + one.width - 12, middle, small, palette.MUTED, text_anchor="end")
    if one.note:
        note = fitted(one.note, one.width - 20, 11)
        yield text(note, one.x + 12, one.y + one.height - 11, 11, palette.MUTED, font_style="italic")


def _ground(one: Box, left: float, middle: float, wide: float, size: float) -> str:
    """Give what lies under a title, so that no line runs through it."""
    looks = _BOXES[one.kind]
    fill = looks[min(one.level, len(looks)) - 1][0]
    return rounded(left, middle - size * 0.6, wide, size * 1.2, 0.0, fill=fill)


def node(one: Node) -> str:
    """Give a person, one of us, a decision centre or a count."""
    parts = [*_frame(one), *_writing(one), *_struck(one)]
    return titled(", ".join(filter(None, (one.label, one.title))), parts)


def _frame(one: Node) -> Iterator[str]:
    k = one.height / HEIGHT
    line = max(one.border_width, _THIN) * max(k, 1.0)
    left, top = one.x - one.width / 2, one.y - one.height / 2
    gap = line + (0 if one.kind in {"member", "centre"} else min(1.5, one.height / 20))
    yield rounded(left, top, one.width, one.height, 7 * k, fill=palette.PAPER)
    yield rounded(
        left + gap, top + gap, one.width - 2 * gap, one.height - 2 * gap, 7 * k - gap / 2, fill=one.fill
    )
    looks: dict[str, str | float] = {"fill": "none", "stroke": one.border, "stroke_width": line}
    if one.is_dashed:
        looks["stroke_dasharray"] = f"{max(6.0, line * 2.2):.1f} {max(4.0, line * 1.4):.1f}"
    yield rounded(
        left + line / 2, top + line / 2, one.width - line, one.height - line, 7 * k - line / 2, **looks
    )


def _struck(one: Node) -> Iterator[str]:
    if one.is_gone:
        across, down = one.width / 2, one.height / 2
        ends = ((one.x - across, one.y - down), (one.x + across, one.y + down))
        yield polyline(ends, stroke=palette.GONE, stroke_width=one.height * 0.07)


def _writing(one: Node) -> Iterator[str]:
    k = one.height / HEIGHT
    left = one.x - one.width / 2
    start, end = left + 8 * k, left + one.width - 6 * k
    if one.kind == "centre":
        yield _diamond(start + 6 * k, one.y, 7 * k)
        yield from _centre_name(one, start + 18 * k, end, k)
        return
    if one.sign:
        size = 14 * k
        wide = max(width(one.sign, size, is_bold=True), size)
        at = start + wide / 2
        yield text(one.sign, at, one.y, size, one.ink, is_bold=True, text_anchor="middle")
        start += wide + 6 * k
    name = longest((one.label, one.brief, one.short), end - start, _LETTERS * k, is_bold=True)
    yield text(name, start, one.y - (7.5 * k if one.title else 0), _LETTERS * k, one.ink, is_bold=True)
    under = _mark_width(one, k) + 4 * k if one.mark else 0
    if one.title:
        style = "italic" if one.kind in {"vacant", "unknown"} else "normal"
        title = fitted(one.title, end - start - under, _SMALL * k)
        yield text(title, start, one.y + 8.5 * k, _SMALL * k, one.ink, font_style=style)
    if one.mark:
        yield from _mark(one, k)
    yield from badges(one.badges, end + 2 * k, one.y - one.height / 2 + 1.5 * k, 14 * k)


def _centre_name(one: Node, start: float, end: float, k: float) -> Iterator[str]:
    size = 12 * k
    found = lines(one.label, end - start, size, most=2, is_bold=True)
    for number, line in enumerate(found):
        aside = size * 1.16 * (number - (len(found) - 1) / 2)
        yield text(line, start, one.y + aside, size, one.ink, is_bold=True)


def _mark_width(one: Node, k: float) -> float:
    return (9 + 5 * len(one.mark)) * k


def _mark(one: Node, k: float) -> Iterator[str]:
    wide = _mark_width(one, k)
    left, top = one.x + one.width / 2 - wide - 3 * k, one.y + one.height / 2 - 15 * k
    yield rounded(left, top, wide, 12.5 * k, 4 * k, fill=palette.PAPER, stroke=one.border, stroke_width=k)
    middle = left + wide / 2
    yield text(one.mark, middle, top + 6.4 * k, 9.5 * k, palette.INK, is_bold=True, text_anchor="middle")


def _diamond(x: float, y: float, half: float) -> str:
    return polygon(((x, y - half), (x + half, y), (x, y + half), (x - half, y)), fill="#c99700")


_SIGNS = {
    "key": '<circle cx="-.42" cy="0" r=".34"/><path d="M-.08 0H.8M.5 0V.36M.8 0V.36"/>',
    "lock": '<path d="M-.32 -.15A.32 .32 0 0 1 .32 -.15"/>'
    '<rect x="-.52" y="-.15" width="1.04" height=".8" fill="#1f2933" stroke="none"/>',
    "clock": '<circle cx="0" cy="0" r=".66"/><path d="M0 -.42V0L.34 .2"/>',
}


def badges(names: Sequence[str], right: float, middle: float, size: float) -> Iterator[str]:
    """Give small signs in a row, from the right."""
    for number, name in enumerate(names):
        x, s = right - size * (number + 0.5) * 1.12, size * 0.44
        disc = element(
            "circle", cx=x, cy=middle, r=size * 0.54, fill=palette.PAPER, stroke="#52606d",
            stroke_width=size * 0.06,
        )  # fmt: skip
        yield disc + element(
            "g", _SIGNS[name], transform=f"translate({x:.2f} {middle:.2f}) scale({s:.3f})", fill="none",
            stroke=palette.INK, stroke_width=0.23, stroke_linecap="round",
        )  # fmt: skip


def line(one: Line) -> str:
    """Give a solid reporting line."""
    return polyline(one.points, stroke="#52606d", stroke_width=1.3, stroke_linejoin="round")


def edge(one: Edge, source: Node, target: Node) -> Iterator[str]:
    """Give a line between two nodes."""
    way = curve(one.layer, _framed(source), _framed(target))
    looks: dict[str, str | float] = {"stroke": one.colour, "stroke_width": one.width}
    if one.is_dashed or one.is_dotted:
        looks["stroke_dasharray"] = "2 4" if one.is_dotted else "7 5"
    yield bezier(way, **looks)
    if one.is_hollow:
        yield bezier(way, stroke=palette.PAPER, stroke_width=max(one.width - 2, one.width * 0.4))
    yield from _ends(one, way)


def _ends(one: Edge, way: Curve) -> Iterator[str]:
    if one.has_arrow:
        yield polygon(arrow(way, 8 + 1.5 * one.width), fill=one.colour)
    if one.mark:
        x, y = way.at(0.5)
        halo: dict[str, Any] = {
            "stroke": palette.PAPER,
            "stroke_width": 5.0,
            "paint_order": "stroke",
            "text_anchor": "middle",
        }
        yield text(one.mark, x, y, _MARK_SIZE, one.colour, is_bold=True, **halo)


def _framed(one: Node) -> Frame:
    return Frame(one.x, one.y, one.width, one.height)


def sample(of: Node | Edge, x: float, y: float) -> Iterator[str]:
    """Give the sample of a legend's entry, in a room of 40 by 24 at a corner."""
    from dataclasses import replace

    from graphkam.drawing.elements import Node

    if isinstance(of, Node):
        placed = replace(of, x=x + 20, y=y + 12)
        yield from _frame(placed)
        yield from _struck(placed)
        if of.kind == "centre":
            yield _diamond(x + 20, y + 12, 5.5)
        elif of.badges:
            yield from badges(of.badges, x + 28, y + 12, 15)
        else:
            yield text(of.sign or of.mark, x + 20, y + 12, 11, of.ink, is_bold=True, text_anchor="middle")
        return
    ends = (Node("", "", "", x=x, y=y + 12, width=4), Node("", "", "", x=x + 40, y=y + 12, width=4))
    yield from _straight(of, ends[0].x + 3, ends[1].x - 3, y + 12)


def _straight(of: Edge, left: float, right: float, y: float) -> Iterator[str]:
    looks: dict[str, str | float] = {"stroke": of.colour, "stroke_width": of.width}
    if of.is_dashed or of.is_dotted:
        looks["stroke_dasharray"] = "2 3" if of.is_dotted else "6 4"
    end = right - 8 if of.has_arrow else right
    yield polyline(((left, y), (end, y)), **looks)
    if of.is_hollow:
        yield polyline(((left, y), (end, y)), stroke=palette.PAPER, stroke_width=of.width - 2)
    if of.has_arrow:
        yield polygon(((right, y), (right - 9, y - 4.5), (right - 9, y + 4.5)), fill=of.colour)
    if of.mark:
        middle = (left + right) / 2
        yield rounded(middle - 6, y - 8, 12, 16, 0, fill=palette.PAPER)
        yield text(of.mark, middle, y, 12, of.colour, is_bold=True, text_anchor="middle")
