"""Which boxes stand in which row, so that the whole fills the window."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import product
from math import inf, log

from graphkam.drawing.blocks import HEIGHT, WIDTH, Block, block
from graphkam.drawing.cells import GAP, Cell
from graphkam.drawing.window import Window

_CHOICES: tuple[tuple[float, ...], ...] = (
    (0.5, 0.65, 0.8, 0.95, 1.1, 1.3, 1.5, 1.75, 2.0, 2.4, 3.0, 4.0),  # width, in square roots of the area
    (12, 7, 20, 5),  # height of a column, in people
    (3, 1),  # the same for the people above smaller units: low and wide
    (1, 2, 3),  # how many large units side by side
)
"""What is tried."""
_IN_ONE_COLUMN = (_CHOICES[0], (5, 3, 2), (5, 3, 2), (1,))
"""The same where every box has a row of its own: lower boxes, or the picture is a strip."""
_TOGETHER = ((0, 2, 3), (1,), (0,))
"""Which of it is tried together, one after the other."""
_START = (4, 0, 0, 0)
_LARGE = 0.9
"""Scale from which few rows are worth more than larger letters."""
_LETTER = 0.58
"""Mean width of a letter of a title, in font sizes."""
_LONGEST_TITLE = 30


class Wrapper:
    """Wraps cells into rows in several ways, and keeps the one that is shown largest.

    Parameters
    ----------
    exits
        People with subordinates in other units.
    window
        What the picture should fill.
    in_one_column
        Put every box in a row of its own.
    """

    def __init__(self, exits: AbstractSet[str], window: Window, *, in_one_column: bool) -> None:
        self._exits, self._window, self._in_one_column = exits, window, in_one_column
        self._choices = _IN_ONE_COLUMN if in_one_column else _CHOICES
        self._best: tuple[int, ...] = _START
        self._stack = self._heads = self._rows = 0
        self._blocks: dict[tuple[str, int, float | None], Block] = {}

    def fit(self, whole: Cell) -> float:
        """Wrap everything so that it is shown as large as possible; give the scale."""
        best: tuple[int, ...] = _START
        worth = self._worth(whole, best)
        for places in _TOGETHER:
            for numbers in product(*(range(len(self._choices[place])) for place in places)):
                tried = list(best)
                for place, number in zip(places, numbers, strict=True):
                    tried[place] = number
                if (found := self._worth(whole, tried)) > worth:
                    best, worth = tuple(tried), found
        self._worth(whole, best)
        self._best = best
        return self._window.scale(whole.width, whole.height)

    def again(self, whole: Cell) -> None:
        """Wrap once more in the way found, after titles have changed."""
        self._worth(whole, self._best)

    def _worth(self, whole: Cell, tried: Sequence[int]) -> tuple[int, int, float]:
        """Say how good a wrapping is: how well it can be read, how few rows it has, how large it is."""
        factor, *rest = (choice[number] for choice, number in zip(self._choices, tried, strict=True))
        area = max(whole.count, 1) * (WIDTH + GAP) * (HEIGHT + 2 * GAP) * 1.2
        self._stack, self._heads, parts = (int(value) for value in rest)
        self._rows = 0
        self._wrap(whole, factor * area**0.5, parts)
        scale = self._window.scale(whole.width, whole.height)
        return round(log(min(scale, _LARGE), 1.03)), -self._rows, scale

    def _wrap(self, cell: Cell, max_width: float, parts: int) -> None:
        inner = max(max_width - 2 * cell.pad, WIDTH)
        is_head = bool(cell.children) or cell.is_above
        cell.block = self._block(cell, inner, self._heads if is_head else self._stack)
        cell.rows = []
        room, key = 0.0, None
        for child in sorted(cell.children, key=lambda c: (c.rank, not c.is_department)):
            split = parts if len(cell.children) >= parts and child.children else 1
            self._wrap(child, inner / split - GAP if split > 1 else inner, 1 if split > 1 else parts)
            if self._in_one_column or key != (child.rank, child.is_department) or child.width > room:
                cell.rows.append([])
                room = inner
            key = (child.rank, child.is_department)
            cell.rows[-1].append(child)
            room -= child.width + GAP
        self._rows += len(cell.rows)
        size(cell)

    def _block(self, cell: Cell, width: float, stack: int) -> Block:
        """Give a cell's people in columns; what is as wide as it likes is not made twice."""
        free = self._blocks.get((cell.id, stack, None))
        if free is None:
            free = block(cell.trees, rows=stack, max_width=inf, exits=self._exits)
            self._blocks[cell.id, stack, None] = free
        if free.width <= width:
            return free
        key = (cell.id, stack, width)
        if key not in self._blocks:
            self._blocks[key] = block(cell.trees, rows=stack, max_width=width, exits=self._exits)
        return self._blocks[key]


def measure(cell: Cell) -> None:
    """Give a cell and all inside it their sizes, now that the lines have their lanes."""
    for row in cell.rows:
        for child in row:
            measure(child)
    size(cell)


def size(cell: Cell) -> None:
    """Give a cell its size from those inside it."""
    widths = [sum(c.width for c in row) + GAP * (len(row) - 1) for row in cell.rows]
    named = min(len(cell.name), _LONGEST_TITLE) * cell.font * _LETTER if cell.level else 0.0
    inner = max([cell.block.width, named, *widths])
    heights = sum(max(c.height for c in row) for row in cell.rows)
    gaps = sum(cell.gap(row) for row in range(-1, len(cell.rows) + 1))
    cell.width = inner + cell.side + 2 * cell.pad
    cell.height = cell.title + cell.block.height + heights + gaps + cell.pad
