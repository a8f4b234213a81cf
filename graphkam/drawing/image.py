"""A picture as a PNG image: the SVG, painted with the same letters on every machine."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from graphkam.drawing.lettering import BOLD, FAMILY, REGULAR, knows
from graphkam.drawing.svg import svg

if TYPE_CHECKING:
    from graphkam.drawing.elements import Picture

TIMES = 2.0
"""Pixels for one unit of the picture: sharp in print."""
MOST_PIXELS = 12_000
"""Of the longer side."""


def png(picture: Picture, *, author: str, language: str) -> bytes:
    """Give a picture as a PNG image.

    Parameters
    ----------
    picture
        What to show.
    author
        Who makes the image; it is named on it.
    language
        Language of the head.
    """
    import resvg_py

    drawn = svg(picture, author=author, language=language)
    fonts = files("graphkam.drawing.fonts")
    with as_file(fonts.joinpath(REGULAR)) as regular, as_file(fonts.joinpath(BOLD)) as bold:
        made: bytes = resvg_py.svg_to_bytes(
            svg_string=drawn,
            zoom=_zoom(drawn),
            font_files=[str(regular), str(bold)],
            # Other scripts need the machine's own fonts; without them every machine paints alike.
            skip_system_fonts=knows(drawn.replace("\n", "")),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
        )
    return bytes(made)


def _zoom(drawn: str) -> float:
    start = drawn.index('viewBox="0 0 ') + len('viewBox="0 0 ')
    longer = max(float(side) for side in drawn[start : drawn.index('"', start)].split())
    return min(TIMES, MOST_PIXELS / longer)
