"""How long the map of an account takes, from the account read to the page: the median of some runs.

Wanted: 0.3 s for 400 people, on a machine that does nothing else. Ends with 1 where it is not met.
"""

from __future__ import annotations

import statistics
import sys
import time

from accounts import DAY, account

from graphkam.drawing.page import map_page
from graphkam.drawing.picture import picture
from graphkam.graph.build import account_graph

SIZES: tuple[tuple[int, int, int, float | None], ...] = (
    (60, 10, 90, None),
    (400, 12, 900, 0.3),
    (3_000, 40, 9_000, None),
)
"""Positions, members, ties, and the seconds wished for."""
RUNS = 5


def seconds(positions: int, members: int, ties: int) -> float:
    """Draw the map of an account of a size; give how long that takes."""
    records = account(positions, members, ties)
    spent = []
    for _ in range(RUNS + 1):
        graph = account_graph(records, "A", DAY)  # keeps what it works out
        start = time.perf_counter()
        map_page(picture(graph), author="A", language="en")
        spent.append(time.perf_counter() - start)
    return statistics.median(spent[1:])  # the first run loads libraries


def main() -> int:
    """Measure and print."""
    missed = False
    for *size, wanted in SIZES:
        taken = seconds(*size)
        missed |= wanted is not None and taken > wanted
        print(f"{size[0]:5} positions: map in {taken:.2f} s" + (f"; wanted {wanted} s" if wanted else ""))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
