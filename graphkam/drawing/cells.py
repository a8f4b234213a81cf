"""The units as cells inside each other: who is in which, and which neighbour stands above which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphkam.drawing.blocks import Block, Tree

PAD = 14.0
GAP = 14.0
"""Between boxes."""
LANE = 6.0
"""Between two reporting lines that run side by side."""
DEEPEST_UNIT = 12
"""Levels of units drawn inside each other; deeper ones stand beside their parent."""


@dataclass(frozen=True, slots=True)
class Item:
    """A person (or a count of people) to place."""

    id: str
    unit_id: str | None = None
    boss_id: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit to draw as a box."""

    id: str
    name: str
    parent_id: str | None = None
    is_department: bool = False
    """Departments stand together, before the larger units beside them."""


@dataclass(slots=True)
class Cell:
    """A unit's box on the way: its people, its rows of smaller boxes, and in the end its place."""

    id: str
    name: str = ""
    is_department: bool = False
    people: list[str] = field(default_factory=list)
    children: list[Cell] = field(default_factory=list)
    count: int = 0
    """People inside, at any depth."""
    level: int = 0
    """0 = the whole picture, which has no box."""
    font: float = 14.0
    rank: int = 0
    """How many neighbours stand above it."""
    is_above: bool = False
    """Whether a neighbour stands below it."""
    trees: tuple[Tree, ...] = ()
    """The own people, each under the boss."""
    block: Block = field(default_factory=Block)
    rows: list[list[Cell]] = field(default_factory=list)
    gap_lanes: dict[int, list[str]] = field(default_factory=dict)
    """Bosses whose lines run across above row n (−1: above the own people)."""
    side_lanes: list[str] = field(default_factory=list)
    """Bosses whose lines run down the left side."""
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    block_x: float = 0.0
    gap_tops: dict[int, float] = field(default_factory=dict)

    @property
    def block_top(self) -> float:
        """Height at which the own people begin."""
        return self.y + self.title + self.gap(-1)

    @property
    def pad(self) -> float:
        """Room inside the edge."""
        return PAD if self.level else 0.0

    @property
    def title(self) -> float:
        """Height of the strip with the name."""
        return self.font * 1.55 + 6 if self.level else 0.0

    @property
    def side(self) -> float:
        """Width of the strip for lines, left of the rows."""
        return LANE * (len(self.side_lanes) + 1) if self.side_lanes else 0.0

    def gap(self, row: int) -> float:
        """Height of the strip above a row."""
        lanes = len(self.gap_lanes.get(row, ()))
        first = row == 0 and not self.people
        last = row in {-1, len(self.rows)}
        if not lanes:
            return 0.0 if first or last else GAP
        return LANE * (lanes + 1) + (0.0 if first or last else 4.0)


def cells(units: Sequence[Unit], items: Sequence[Item]) -> tuple[Cell, dict[str, list[Cell]]]:
    """Give the tree of cells, and the cells from the outermost to a person's own."""
    whole = Cell("")
    made = {unit.id: Cell(unit.id, unit.name, unit.is_department) for unit in units}
    for unit in units:
        made.get(unit.parent_id or "", whole).children.append(made[unit.id])
    for item in items:
        made.get(item.unit_id or "", whole).people.append(item.id)
    paths: dict[str, list[Cell]] = {}
    waiting: list[tuple[Cell, list[Cell]]] = [(whole, [])]
    order = []
    while waiting:
        cell, above = waiting.pop()
        order.append(cell)
        path = [*above, cell]
        cell.level = len(above)
        if cell.level == DEEPEST_UNIT:
            above[-1].children += cell.children
            waiting += [(child, above) for child in cell.children]
            cell.children = []
        paths.update(dict.fromkeys(cell.people, path))
        waiting += [(child, path) for child in cell.children]
    for cell in reversed(order):
        cell.count = len(cell.people) + sum(child.count for child in cell.children)
    return whole, paths


def rank_rows(whole: Cell, items: Sequence[Item], paths: Mapping[str, Sequence[Cell]]) -> None:
    """Say of each cell how many neighbours stand above it.

    A cell stands below the neighbour in which its head's nearest boss sits; the head is the one of
    its people who is highest in the whole account.
    """
    boss_of = {item.id: item.boss_id for item in items if item.boss_id in paths}
    depth = _depths(boss_of, [item.id for item in items])
    head: dict[str, str] = {}
    for item in items:
        for cell in paths[item.id]:
            if cell.id not in head or depth[item.id] < depth[head[cell.id]]:
                head[cell.id] = item.id
    waiting = [whole]
    while waiting:
        parent = waiting.pop()
        above: dict[str, str] = {}
        for cell in parent.children:
            boss = boss_of.get(head.get(cell.id, ""))
            while boss is not None:
                path = paths[boss]
                level = cell.level
                if len(path) > level and path[level - 1] is parent and path[level] is not cell:
                    above[cell.id] = path[level].id
                    break
                boss = boss_of.get(boss)
        ranks = _depths(above, [cell.id for cell in parent.children])
        for cell in parent.children:
            cell.rank = ranks[cell.id]
            cell.is_above = cell.id in above.values()
        waiting += parent.children


def _depths(above: Mapping[str, str | None], ids: Sequence[str]) -> dict[str, int]:
    """Give how many stand above each; a circle, which integrity forbids, does not hang it."""
    depth: dict[str, int] = {}
    for start in ids:
        chain: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in depth and node not in chain:
            chain[node] = None
            node = above.get(node)
        base = depth.get(node, -1) if node is not None else -1
        for further, one in enumerate(reversed(chain), start=1):
            depth[one] = base + further
    return depth
