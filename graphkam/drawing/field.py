"""A field of lanes and bands: the lanes tell the stance, the bands the influence weight.

Where somebody stands says how much he or she counts and for whom; so the arrows between people read
as what they are: pressure across. A picture that hides stances has lanes by function instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from graphkam.drawing.blocks import HEIGHT, WIDTH, Point
from graphkam.drawing.layout import Arrangement, Rect, UnitBox
from graphkam.drawing.window import Window

_APART = 46.0
"""Between people side by side: the arrows must be told apart there."""
_ROW = HEIGHT + 16.0
_PAD = 14.0
_HEAD = 34.0
"""Height of the heads of the lanes."""
_MARGIN = 96.0
"""Width of the names of the bands."""
_NARROW = 110.0
"""Width of a lane in which nobody stands: that nobody does is worth seeing."""
_MOST_ABREAST = 12
_FONT = 13.0


class Strip(NamedTuple):
    """A lane or a band: its id and its name."""

    id: str
    name: str


def field(
    lanes: Sequence[Strip],
    bands: Sequence[Strip],
    spots: Mapping[str, tuple[str, str]],
    *,
    window: Window,
) -> Arrangement:
    """Give the places of people in a field.

    Parameters
    ----------
    lanes
        From left to right; all are drawn.
    bands
        From the top down; those without anybody are left out.
    spots
        Lane and band of each person, the most important first.
    window
        The window that the picture should fill.
    """
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for person, spot in spots.items():
        cells[spot].append(person)
    used = [band for band in bands if any((lane.id, band.id) in cells for lane in lanes)]
    tried = (_Field(lanes, used, cells, abreast) for abreast in range(1, _MOST_ABREAST + 1))
    best = max(tried, key=lambda made: window.scale(made.width, made.height))
    return best.arrangement(window)


class _Field:
    """A field with so many people abreast in a lane, at most."""

    def __init__(
        self,
        lanes: Sequence[Strip],
        bands: Sequence[Strip],
        cells: Mapping[tuple[str, str], Sequence[str]],
        abreast: int,
    ) -> None:
        self._lanes, self._bands, self._cells = lanes, bands, cells
        sizes = {spot: len(people) for spot, people in cells.items()}
        self._abreast = {
            lane.id: min(abreast, max((n for (of, _), n in sizes.items() if of == lane.id), default=0))
            for lane in lanes
        }
        self._heights = {band.id: self._height(band.id) for band in bands}
        self.width = _MARGIN + sum(self._breadth(lane.id) for lane in lanes)
        self.height = _HEAD + sum(self._heights.values())

    def _breadth(self, lane: str) -> float:
        abreast = self._abreast[lane]
        return abreast * (WIDTH + _APART) if abreast else _NARROW

    def _height(self, band: str) -> float:
        rows = [
            -(-len(people) // self._abreast[lane]) for (lane, of), people in self._cells.items() if of == band
        ]
        return max(rows) * _ROW - (_ROW - HEIGHT) + 2 * _PAD

    def arrangement(self, window: Window) -> Arrangement:
        """Give the places."""
        boxes: list[UnitBox] = []
        places: dict[str, Point] = {}
        top = _HEAD
        for band in self._bands:
            height = self._heights[band.id]
            rect = Rect(0.0, top, self.width, height)
            boxes.append(UnitBox(band.id, band.name, rect, 1, _FONT, 1, kind="band"))
            self._place(band.id, top, places)
            top += height
        left = _MARGIN
        for lane in self._lanes:
            rect = Rect(left, 0.0, self._breadth(lane.id), self.height)
            boxes.append(UnitBox(lane.id, lane.name, rect, 1, _FONT, 1, kind="lane"))
            left += rect.width
        scale = window.scale(self.width, self.height)
        return Arrangement(tuple(boxes), places, (), self.width, self.height, scale)

    def _place(self, band: str, top: float, places: dict[str, Point]) -> None:
        left = _MARGIN
        for lane in self._lanes:
            for number, person in enumerate(self._cells.get((lane.id, band), ())):
                row, column = divmod(number, self._abreast[lane.id])
                x = left + _APART / 2 + column * (WIDTH + _APART) + WIDTH / 2
                places[person] = (x, top + _PAD + row * _ROW + HEIGHT / 2)
            left += self._breadth(lane.id)
