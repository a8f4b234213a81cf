"""Reporting lines between units: along the strips between boxes, not across people.

A line leaves the boss downwards, runs in a lane of the strip below, down a lane at the left of the
surrounding box where rows must be passed, and enters the subordinate's box from above. Every boss
has one lane per strip, so that lines to several subordinates merge and those of two bosses do not.
Where every unit has one head, no line runs through anybody's box (tested); in a tangle a few may, and
are then drawn beneath it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphkam.drawing.blocks import Point, straightened
from graphkam.drawing.cells import LANE, Cell


class Routes:
    """Finds the ways; asked once to claim lanes, and again for the corners when all has its place.

    Parameters
    ----------
    paths
        The cells from the outermost to each person's own.
    own
        Each person's own cell.
    """

    def __init__(self, paths: Mapping[str, Sequence[Cell]], own: Mapping[str, Cell]) -> None:
        self._paths, self._own = paths, own
        self._row = {
            id(child): number
            for cell in {id(c): c for path in paths.values() for c in path}.values()
            for number, row in enumerate(cell.rows)
            for child in row
        }

    def claim(self, boss: str, person: str) -> None:
        """Reserve the lanes of a line."""
        self.points(boss, person)

    def points(self, boss: str, person: str) -> tuple[Point, ...]:
        """Give the corners of a line, boss first."""
        theirs, his = self._paths[boss], self._paths[person]
        shared = sum(1 for one, other in zip(theirs, his, strict=False) if one is other)
        meeting = theirs[shared - 1]
        out, gap = self._way_out(boss, theirs, shared)
        into, target = self._way_in(boss, person, his, shared)
        x, end = out[-1][0], into[0][0]
        level = self._across(meeting, gap, boss)
        turn = [(x, level), (end, level)]
        if gap != target:
            side, other = self._down(meeting, boss), self._across(meeting, target, boss)
            turn = [(x, level), (side, level), (side, other), (end, other)]
        return straightened((*out, *turn, *into))

    def _way_out(self, boss: str, path: Sequence[Cell], shared: int) -> tuple[list[Point], int]:
        """Give the way from a boss to the strip of the cell where both meet, and that strip."""
        cell = path[-1]
        points = [(cell.block_x + x, cell.block_top + y) for x, y in cell.block.way_out(boss)]
        if len(path) == shared:
            return points, 0
        if cell.rows:
            points += self._round(cell, 0, boss, points[-1][0])
        points.append((points[-1][0], cell.y + cell.height))
        for inner, outer in zip(reversed(path[shared:]), reversed(path[shared - 1 : -1]), strict=True):
            below = self._row[id(inner)] + 1
            if outer is path[shared - 1]:
                return points, below
            if below < len(outer.rows):
                points += self._round(outer, below, boss, points[-1][0])
            points.append((points[-1][0], outer.y + outer.height))
        return points, 0

    def _way_in(self, boss: str, person: str, path: Sequence[Cell], shared: int) -> tuple[list[Point], int]:
        """Give the way from the strip of the meeting cell to a person, and that strip."""
        cell = path[-1]
        points: list[Point] = [(cell.block_x + x, cell.block_top + y) for x, y in cell.block.entries[person]]
        if len(path) == shared:
            return points, -1
        for inner, outer in zip(reversed(path[shared:]), reversed(path[shared - 1 : -1]), strict=True):
            above = self._row[id(inner)]
            points.insert(0, (points[0][0], inner.y))
            if outer is path[shared - 1]:
                return points, above
            if above or outer.people:
                level, side = self._across(outer, above, boss), self._down(outer, boss)
                points[:0] = [(side, outer.y), (side, level), (points[0][0], level)]
        return points, 0

    def _round(self, cell: Cell, gap: int, boss: str, x: float) -> list[Point]:
        level, side = self._across(cell, gap, boss), self._down(cell, boss)
        return [(x, level), (side, level)]

    def _across(self, cell: Cell, gap: int, boss: str) -> float:
        lanes = cell.gap_lanes.setdefault(gap, [])
        return cell.gap_tops.get(gap, 0.0) + LANE * (_lane(lanes, boss) + 1)

    def _down(self, cell: Cell, boss: str) -> float:
        return cell.x + cell.pad + LANE * (_lane(cell.side_lanes, boss) + 0.5)


def _lane(lanes: list[str], boss: str) -> int:
    if boss not in lanes:
        lanes.append(boss)
    return lanes.index(boss)
