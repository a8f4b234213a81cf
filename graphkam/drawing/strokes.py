"""The shapes of an image, as SVG elements: all text escaped, every number short."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from graphkam.drawing.blocks import Point
from graphkam.drawing.curves import Curve
from graphkam.drawing.lettering import FAMILY

_FAMILIES = f"{FAMILY}, Verdana, Arial, sans-serif"
_UNSEEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def element(tag: str, body: str = "", /, **attributes: str | float) -> str:
    """Give an element; ``stroke_width`` is ``stroke-width``, a body is markup already."""
    said = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(_short(value))}"
        for name, value in attributes.items()
    )
    return f"<{tag}{said}>{body}</{tag}>" if body else f"<{tag}{said}/>"


def text(
    said: str, x: float, y: float, size: float, ink: str, /, *, is_bold: bool = False, **more: str | float
) -> str:
    """Give a line of text whose middle is at a height."""
    looks: dict[str, str | float] = {"font_size": size, "fill": ink, **more}
    if is_bold:
        looks["font_weight"] = "bold"
    # The middle of small letters: asking for it by name is drawn differently by every program.
    return element("text", plain(said), x=x, y=y + size * 0.36, font_family=_FAMILIES, **looks)


def plain(said: str) -> str:
    """Give a text as it stands between elements."""
    return escape(_UNSEEN.sub("", said))


def titled(title: str, parts: Iterable[str], /, **attributes: str | float) -> str:
    """Give a group with the title that is told when it is pointed at."""
    return element("g", element("title", plain(title)) + "".join(parts), **attributes)


def rounded(x: float, y: float, width: float, height: float, radius: float, /, **looks: str | float) -> str:
    """Give a rectangle with round corners."""
    return element("rect", x=x, y=y, width=width, height=height, rx=radius, **looks)


def polyline(points: Iterable[Point], /, **looks: str | float) -> str:
    """Give a line with corners."""
    said = " ".join(f"{_short(x)},{_short(y)}" for x, y in points)
    return element("polyline", points=said, fill="none", **looks)


def polygon(points: Iterable[Point], /, **looks: str | float) -> str:
    """Give a filled shape with corners."""
    return element("polygon", points=" ".join(f"{_short(x)},{_short(y)}" for x, y in points), **looks)


def bezier(line: Curve, /, **looks: str | float) -> str:
    """Give a curve."""
    (a, b, c, d) = (f"{_short(x)} {_short(y)}" for x, y in line)
    return element("path", d=f"M{a} C{b} {c} {d}", fill="none", **looks)


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
