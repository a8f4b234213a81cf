"""People inside one box: columns of people stacked under their head, indented by reporting depth.

Coordinates are relative to the block: x to the right, y down, a person's place is the left top
corner of the box.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import islice, pairwise

Point = tuple[float, float]

WIDTH, HEIGHT = 172.0, 40.0
"""Size of a person's box."""
INDENT = 18.0
"""How far a subordinate stands to the right of the boss."""
SPINE = 9.0
"""Where a boss's line runs down: this far to the right of the boss's left edge."""
ROW = HEIGHT + 7.0
DETOUR = 4.5
"""Where the line of a boss with others below runs down: this far to the left of all."""
COLUMN_GAP = 22.0
DEEPEST = 40
"""Levels of reporting that one list is indented to; chains beyond go on beside it."""
BUS = 14.0
"""Height of the strip over a row of columns, in which the boss's line runs across."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A person with those who report to him or her inside the same unit."""

    id: str
    children: tuple[Tree, ...]
    size: int
    depth: int
    """How many levels there are below."""


@dataclass(slots=True)
class Block:
    """Where the people of one unit stand."""

    width: float = 0.0
    height: float = 0.0
    spots: dict[str, Point] = field(default_factory=dict)
    lines: list[tuple[str, str, tuple[Point, ...]]] = field(default_factory=list)
    """Boss, subordinate, and the corners of the line between them."""
    entries: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    """For people whose boss is not in the block: the way from its upper edge to them."""

    detours: dict[str, float] = field(default_factory=dict)
    """For people above others: the height of the strip in which their line runs to the left."""

    def way_out(self, boss: str) -> tuple[Point, ...]:
        """Give the way from a person down to the lower edge."""
        x, y = self.spots[boss]
        if boss not in self.detours:
            return (x + SPINE, y + HEIGHT), (x + SPINE, self.height)
        strip = self.detours[boss]
        return (x + SPINE, y + HEIGHT), (x + SPINE, strip), (-DETOUR, strip), (-DETOUR, self.height)


def forest(people: Sequence[str], boss_of: Mapping[str, str], exits: AbstractSet[str]) -> tuple[Tree, ...]:
    """Give the reporting trees among some people, in the order of the people.

    Parameters
    ----------
    people
        Ids, in the order wanted.
    boss_of
        Each one's boss; others than ``people`` are ignored.
    exits
        Those with subordinates elsewhere: they come last among their peers, so that their line
        finds its way down.
    """
    members = set(people)
    below: dict[str | None, list[str]] = {}
    for person in sorted(people, key=lambda p: p in exits):
        boss = boss_of.get(person)
        below.setdefault(boss if boss in members else None, []).append(person)
    roots = list(below.get(None, ()))

    def tree(person: str, level: int) -> Tree:
        subordinates = below.get(person, ())
        if level == DEEPEST:
            roots.extend(subordinates)
            subordinates = ()
        children = tuple(tree(child, level + 1) for child in subordinates)
        size = 1 + sum(child.size for child in children)
        return Tree(person, children, size, 1 + max((child.depth for child in children), default=-1))

    trees = []
    for root in roots:  # grows while it is walked: chains of absurd length go on as trees of their own
        trees.append(tree(root, 0))  # noqa: PERF401
    return tuple(trees)


def block(trees: Sequence[Tree], *, rows: int, max_width: float, exits: AbstractSet[str]) -> Block:
    """Give the places of a unit's own people.

    Parameters
    ----------
    trees
        The reporting trees inside the unit.
    rows
        Most people that are stacked in one column.
    max_width
        Width from which columns go on in a second row.
    exits
        Those with subordinates elsewhere: nobody stands below them.
    """
    made = Block()
    columns = _Maker(rows, exits, made).columns(trees, 0.0, 0.0, max_width)
    made.width = max((x + WIDTH for x, _ in made.spots.values()), default=0.0)
    made.height = max((y + HEIGHT for _, y in made.spots.values()), default=0.0)
    alone = len(trees) == 1
    tree_of = {tree.id: tree for tree in trees}
    strips = {column.shelf: column.bus for column in columns}
    for column in columns:
        if (strip := strips.get(column.shelf + 1)) is not None:
            bosses = [boss for root in column.roots for boss in _reached(tree_of[root], exits)]
            made.detours.update(dict.fromkeys(bosses, strip))
        for person in column.roots:
            made.entries[person] = _entry(made, column, person, from_above=alone or len(column.roots) == 1)
    return made


@dataclass(frozen=True, slots=True)
class _Column:
    roots: tuple[str, ...]
    x: float
    shelf: int
    bus: float
    """Height of the strip over the row in which the column stands."""


def _entry(made: Block, column: _Column, person: str, *, from_above: bool) -> tuple[Point, ...]:
    x, y = made.spots[person]
    if from_above and column.shelf == 0:
        return (x + WIDTH / 2, 0.0), (x + WIDTH / 2, y)
    spine, middle = column.x - SPINE, y + HEIGHT / 2
    down = ((spine, middle), (x, middle))
    if column.shelf == 0:
        return (spine, 0.0), *down
    return (-SPINE, 0.0), (-SPINE, column.bus), (spine, column.bus), *down


class _Maker:
    """Places trees in columns and notes the lines between them."""

    def __init__(self, rows: int, exits: AbstractSet[str], made: Block) -> None:
        self._rows, self._exits, self._made = rows, exits, made

    def columns(self, trees: Sequence[Tree], x: float, y: float, max_width: float) -> list[_Column]:
        """Place trees side by side from a corner on, in as many rows as the width asks for."""
        placed: list[_Column] = []
        left, top, bottom, shelf = x, y, y, 0
        for group in self._groups(trees):
            if left > x and left - x + self._breadth(group, max_width - (left - x)) > max_width:
                left, top, shelf = x, bottom + BUS, shelf + 1
            right, low = self._group(group, left, top, max_width - (left - x))
            placed.append(_Column(tuple(t.id for t in group), left, shelf, top - BUS / 2))
            left, bottom = right + COLUMN_GAP, max(bottom, low)
        return placed

    def _breadth(self, group: Sequence[Tree], max_width: float) -> float:
        """Tell how wide a group would be."""
        if self._is_list(group):
            return WIDTH + INDENT * max(tree.depth for tree in group)
        return _Maker(self._rows, self._exits, Block())._wide(group[0], 0.0, 0.0, max_width)[0]  # noqa: SLF001

    def _groups(self, trees: Sequence[Tree]) -> list[tuple[Tree, ...]]:
        """Give what stands in one column each: one large tree, or several small ones."""
        total = sum(tree.size for tree in trees)
        rows = min(self._rows, -(-total // max(1, -(-total // self._rows))))  # columns of like height
        groups: list[list[Tree]] = []
        filled, closed = 0, True
        for tree in trees:
            alone = not self._is_list([tree])
            if closed or alone or filled + tree.size > max(rows, 1):
                groups.append([])
                filled = 0
            groups[-1].append(tree)
            filled += tree.size
            closed = alone or bool(_reached(tree, self._exits))
        return [tuple(group) for group in groups]

    def _group(self, group: Sequence[Tree], x: float, y: float, max_width: float) -> Point:
        if not self._is_list(group):
            return self._wide(group[0], x, y, max_width)
        right, top = x, y
        for tree in group:
            width, top = self._stack(tree, x, top)
            right = max(right, width)
        return right, top - (ROW - HEIGHT)

    def _is_list(self, group: Sequence[Tree]) -> bool:
        """Tell whether a group is stacked as a list, and not drawn as a head over columns."""
        if len(group) > 1:
            return True
        return group[0].size == 1 or (group[0].size <= self._rows and not _is_blocked(group[0], self._exits))

    def _stack(self, tree: Tree, x: float, y: float) -> Point:
        """Place a tree as an indented list; give its right edge and the next free row."""
        self._made.spots[tree.id] = (x, y)
        right, top = x + WIDTH, y + ROW
        for child in tree.children:
            middle = top + HEIGHT / 2
            corners = ((x + SPINE, y + HEIGHT), (x + SPINE, middle), (x + INDENT, middle))
            self._made.lines.append((tree.id, child.id, corners))
            width, top = self._stack(child, x + INDENT, top)
            right = max(right, width)
        return right, top

    def _wide(self, tree: Tree, x: float, y: float, max_width: float) -> Point:
        """Place the head of a tree over columns of those below; give the right and lower edge."""
        self._made.spots[tree.id] = (x, y)
        already = len(self._made.spots)
        columns = self.columns(tree.children, x + INDENT, y + HEIGHT + BUS, max_width - INDENT)
        for column in columns:
            for child in column.roots:
                self._made.lines.append((tree.id, child, self._branch(x, y, column, child)))
        below = list(islice(self._made.spots.values(), already, None))
        return (
            max(x, *(spot[0] for spot in below)) + WIDTH,
            max(y, *(spot[1] for spot in below)) + HEIGHT,
        )

    def _branch(self, x: float, y: float, column: _Column, child: str) -> tuple[Point, ...]:
        left, top = self._made.spots[child]
        spine, middle = column.x - SPINE, top + HEIGHT / 2
        across = ((x + SPINE, column.bus), (spine, column.bus))
        return straightened(((x + SPINE, y + HEIGHT), *across, (spine, middle), (left, middle)))


def _reached(tree: Tree, exits: AbstractSet[str]) -> list[str]:
    """Give those in a tree who have subordinates elsewhere."""
    own = [tree.id] if tree.id in exits else []
    return own + [boss for child in tree.children for boss in _reached(child, exits)]


def _is_blocked(tree: Tree, exits: AbstractSet[str]) -> bool:
    """Tell whether somebody in a list would stand in the way of another's line down."""
    deepest = -1

    def blocks(one: Tree, level: int) -> bool:
        nonlocal deepest
        if level <= deepest:
            return True
        if one.id in exits:
            deepest = max(deepest, level)
        return any(blocks(child, level + 1) for child in one.children)

    return blocks(tree, 0)


def straightened(corners: Sequence[Point]) -> tuple[Point, ...]:
    """Give a line without its repeated corners."""
    return (corners[0], *(b for a, b in pairwise(corners) if a != b))
