"""Nested boxes: each unit a box, in it its own people, below them its smaller units in rows.

A tree of 400 people is a strip; boxes wrapped to the shape of a screen can be read. Units whose head
reports to somebody in another unit beside them stand below that unit, so that the picture reads from
the top down whatever the units are. All of it is deterministic: the same account gives the same picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphkam.drawing.blocks import HEIGHT, WIDTH, Point, forest
from graphkam.drawing.cells import GAP, Cell, Item, Unit, cells, rank_rows
from graphkam.drawing.routes import Routes
from graphkam.drawing.window import WINDOW, Window
from graphkam.drawing.wrapping import Wrapper, measure

_FONTS = (14.0, 32.0)
_FONT_ON_SCREEN = (14.0, 12.0, 11.0)
"""Size wished for the titles of the outermost boxes, the next, and so on, when all of it is in view."""

_MUCH_LESS = 0.93
"""How much smaller everything may become by its titles before another wrapping is looked for."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A box: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class UnitBox:
    """Where a unit's box is."""

    id: str
    name: str
    rect: Rect
    level: int
    """1 = outermost."""
    font: float
    count: int
    """People inside."""
    parent: str = ""
    """Id of the box around it."""
    kind: str = "unit"


@dataclass(frozen=True, slots=True)
class Route:
    """The line from a person to the boss, with its corners."""

    boss_id: str
    item_id: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Where everything is."""

    boxes: tuple[UnitBox, ...]
    places: Mapping[str, Point]
    """The middle of each person's box."""
    routes: tuple[Route, ...]
    width: float
    height: float
    scale: float
    """How large it is shown when all of it is in view."""


def arrange(
    units: Sequence[Unit], items: Sequence[Item], *, window: Window = WINDOW, in_one_column: bool = False
) -> Arrangement:
    """Give the places of an account's people and units.

    Parameters
    ----------
    units
        The units, parents named by id; those without a known parent stand side by side.
    items
        The people, the most important first: peers keep this order.
    window
        The window that the picture should fill, with what else stands in it.
    in_one_column
        Put every box in a row of its own.
    """
    whole, paths = cells(units, items)
    rank_rows(whole, items, paths)
    boss_of = {i.id: i.boss_id for i in items if i.boss_id and i.boss_id in paths and i.boss_id != i.id}
    own = {person: path[-1] for person, path in paths.items()}
    exits = {boss for person, boss in boss_of.items() if own[boss] is not own[person]}
    for cell in _all(whole):
        cell.trees = forest(cell.people, boss_of, exits)
    wrapper = Wrapper(exits, window, in_one_column=in_one_column)
    _fit(whole, wrapper, window)
    routes = Routes(paths, own)
    lines = [line for cell in _all(whole) for line in cell.block.lines]
    drawn = {person for _, person, _ in lines}
    far = [(b, person) for person, b in boss_of.items() if person not in drawn]
    for boss, person in far:
        routes.claim(boss, person)
    measure(whole)
    place(whole, 0.0, 0.0, whole.width, whole.height)
    scale = window.scale(whole.width, whole.height)
    return _arrangement(whole, [Route(b, p, routes.points(b, p)) for b, p in far], scale)


def _fit(whole: Cell, wrapper: Wrapper, window: Window) -> None:
    """Wrap everything; where large titles then take much of the room, once more with the titles in it."""
    fitted = wrapper.fit(whole)
    if not _set_fonts(whole, fitted):
        return
    wrapper.again(whole)
    scale = window.scale(whole.width, whole.height)
    if scale < fitted * _MUCH_LESS and _set_fonts(whole, wrapper.fit(whole)):
        wrapper.again(whole)


def place(cell: Cell, x: float, y: float, width: float, height: float) -> None:
    """Give a cell its place, and what is inside it; a row's boxes fill the row."""
    cell.x, cell.y, cell.width, cell.height = x, y, width, height
    left = x + cell.pad + cell.side
    inner = x + width - cell.pad - left
    cell.block_x = left + (inner - cell.block.width) / 2
    top = cell.block_top + cell.block.height
    spare = y + height - cell.pad - top - sum(cell.gap(r) for r in range(len(cell.rows) + 1))
    heights = [max(child.height for child in row) for row in cell.rows]
    spare = max(spare - sum(heights), 0.0)
    cell.gap_tops = {-1: y + cell.title}
    for number, row in enumerate(cell.rows):
        cell.gap_tops[number] = top
        top += cell.gap(number)
        tall = heights[number] + spare / len(cell.rows)
        extra = (inner - sum(c.width for c in row) - GAP * (len(row) - 1)) / len(row)
        at = left
        for child in row:
            wide = child.width + extra
            place(child, at, top, wide, tall)
            at += wide + GAP
        top += tall
    cell.gap_tops[len(cell.rows)] = top


def _set_fonts(whole: Cell, scale: float) -> bool:
    """Give outer boxes titles that can be read when everything is in view; tell if any changed."""
    changed = False
    for cell in _all(whole):
        wished = _FONT_ON_SCREEN[min(max(cell.level, 1), len(_FONT_ON_SCREEN)) - 1] / scale
        if cell.level and cell.children:
            font = round(min(max(wished, _FONTS[0]), _FONTS[1]), 1)
            changed |= font != cell.font
            cell.font = font
    return changed


def _all(cell: Cell) -> list[Cell]:
    """Give a cell and all inside it, outer ones first."""
    found = [cell]
    for one in found:
        found.extend(one.children)
    return found


def _arrangement(whole: Cell, far: list[Route], scale: float) -> Arrangement:
    boxes, places, near = [], {}, []
    parents = {child.id: cell.id for cell in _all(whole) for child in cell.children}
    for cell in _all(whole):
        if cell.level:
            rect = Rect(cell.x, cell.y, cell.width, cell.height)
            around = parents.get(cell.id, "")
            boxes.append(UnitBox(cell.id, cell.name, rect, cell.level, cell.font, cell.count, around))
        x, y = cell.block_x, cell.block_top
        for person, (left, top) in cell.block.spots.items():
            places[person] = (x + left + WIDTH / 2, y + top + HEIGHT / 2)
        for boss, person, points in cell.block.lines:
            near.append(Route(boss, person, tuple((x + a, y + b) for a, b in points)))
    return Arrangement(tuple(boxes), places, (*near, *far), whole.width, whole.height, scale)
