"""How the work of merging grows: with the records, and not with their square.

People who may be one, among 2,500, 5,000 and 10,000 of one account, every tenth with initials; the worst
case, 10,000 who share a last name; and an export of an account brought together with a store in which a
tenth has changed. Each prints its seconds and how they grew: twice the records should take about twice as
long. Ends with 1 where they take more than three times as long.

Usage: ``python benchmarks/merging.py``.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import pairwise

from accounts import account

from graphkam.model.duplicates import duplicates
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.model.records import RecordSet
from graphkam.model.threeway import merged

SIZES = (2_500, 5_000, 10_000)
MOST = 3.0
"""Times as long that twice as much may take."""
FIRST = [
    a + b for a in ("Jer", "Bern", "Mar", "Phil", "Odil", "Hel") for b in ("ome", "ard", "ie", "ippe", "ene")
]
LAST = [
    a + b + c
    for a in ("Sa", "Qui", "Le", "Mar", "Du")
    for b in ("bat", "llien", "gu", "cel")
    for c in ("ier", "ard", "eau", "")
]


def people(count: int) -> list[Person]:
    """Give people with names that occur several times."""
    chance = random.Random(1)
    made = []
    for number in range(count):
        first, last = chance.choice(FIRST), chance.choice(LAST) + str(chance.randrange(count // 20))
        shown = f"{first[0]}." if number % 10 == 0 else first
        made.append(Person(id=f"p{number}", account_id="A", last_name=last, first_name=shown))
    return made


def namesakes(count: int) -> list[Person]:
    """Give people of one last name, half of them with the same initial."""
    firsts = ("J." if number % 2 else f"Jean{number}" for number in range(count))
    return [
        Person(id=f"p{n}", account_id="A", last_name="Martin", first_name=f) for n, f in enumerate(firsts)
    ]


def sides(count: int) -> tuple[RecordSet, RecordSet, RecordSet]:
    """Give an account as it was exported, as the file has it and as the store has it now."""
    base = RecordSet(account(count, 50, count * 4))
    posts = base.of(Position)
    mine = base.merged(p.model_copy(update={"weight": 5}) for p in posts[::10])
    theirs = base.merged(p.model_copy(update={"role_comment": "new"}) for p in posts[5::10])
    return base, mine, theirs


def seconds(work: Callable[[], object]) -> float:
    """Give the least of three times that something takes."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def grown(what: str, works: Iterable[Callable[[], object]]) -> bool:
    """Print how long something takes at each size; tell whether it grows as it should."""
    taken = [seconds(work) for work in works]
    ratios = [after / before for before, after in pairwise(taken)]
    times = ", ".join(f"{size:,}: {spent:.2f} s" for size, spent in zip(SIZES, taken, strict=True))
    sys.stdout.write(f"{what}  {times}  (twice as much: {', '.join(f'x {r:.1f}' for r in ratios)})\n")
    return max(ratios) <= MOST


def main() -> int:
    """Measure, print, judge."""
    gc.set_threshold(200_000, 20, 20)  # as a command does
    well = [
        grown("who may be one      ", [partial(duplicates, people(n)) for n in SIZES]),
        grown("  of one last name  ", [partial(duplicates, namesakes(n)) for n in SIZES]),
        grown("file and store      ", [partial(merged, *sides(n)) for n in SIZES]),
    ]
    return 0 if all(well) else 1


if __name__ == "__main__":
    raise SystemExit(main())
