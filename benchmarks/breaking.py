"""How long the breaking set of a large account takes, how small it is, and all single departures.

Ten accounts of 200 of us and 5,000 stakeholders in which a few of us hold most (Zipf, exponents 0.8 to
1.6; two to four ties to each): the smallest set has to be proved in each, in under 20 s. Evenly meshed
ones, the hardest: never larger than the reverse greedy's, and the bound at least that of the linear
relaxation, solved here apart. Beside them the truck-factor greedy of Avelino et al. 2016, which is what
one would write by hand. Then every single departure of such an account in under half a second, beside
one after the other. Ends with 1 where a wish is missed.

Usage: ``python benchmarks/breaking.py [ACCOUNTS]``.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from math import ceil
from typing import Any, TypeVar

import numpy as np
from accounts import DAY, account
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from graphkam.analysis.departure import Single, departure
from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.build import account_graph
from graphkam.graph.strength import Panel, panel
from graphkam.method.breaking import forward_greedy, least_loss, reverse_greedy, smallest_breaking_set
from graphkam.method.rows import Rows, merged
from graphkam.settings import AnalysisSettings

MEMBERS, POSITIONS, TIES = 200, 5_000, 20_000
EVEN = ((50, 500, 2_000), (100, 2_000, 8_000), (MEMBERS, POSITIONS, TIES))
"""Members, positions and ties of the evenly meshed ones: four ties to each."""
CONCENTRATED = ((0.8, 10_000), (1.0, 10_000), (1.2, 10_000), (1.4, 20_000), (1.6, 20_000))
"""Exponents, and ties."""
THETA, SECONDS, EVEN_SECONDS, SINGLES = 0.5, 20.0, 20.0, 0.5
SETTINGS = AnalysisSettings(top=100_000)
A = TypeVar("A")


def timed(work: Callable[[], A]) -> tuple[float, A]:
    """Give how long something takes, and what it gives."""
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


def graph(positions: int, members: int, ties: int, **options: Any) -> AccountGraph:
    return account_graph(account(positions, members, ties, **options), "A", DAY)


def rows_of(made: AccountGraph) -> Rows:
    ties = panel(made, SETTINGS)
    return merged(ties.live_members, ties.weight.tolist())


def relaxed(rows: Rows, wanted: float) -> int:
    """Give the bound of the linear relaxation: elements and rows may be removed in part."""
    place = {e: i for i, e in enumerate(sorted({e for key in rows for e in key}))}
    pairs = np.array([(r, place[e]) for r, key in enumerate(rows) for e in key])
    count, m = len(pairs), len(place)
    where = np.concatenate([np.arange(count), np.arange(count)])
    values = np.concatenate([np.ones(count), -np.ones(count)])
    covers = csr_array(
        (values, (where, np.concatenate([m + pairs[:, 0], pairs[:, 1]]))), (count, m + len(rows))
    )
    weights = np.array(list(rows.values()))
    enough = csr_array(np.concatenate([np.zeros(m), -weights])[None, :])
    found = linprog(
        np.concatenate([np.ones(m), np.zeros(len(rows))]),
        A_ub=vstack([covers, enough]),
        b_ub=np.concatenate([np.zeros(count), [-wanted]]),
        bounds=(0, 1),
    )
    return ceil(found.fun - 1e-6)


def concentrated(accounts: int) -> bool:
    """Prove the smallest sets where some of us know many; tell whether a wish is missed."""
    print(f"{accounts} concentrated accounts of {MEMBERS} of us, {POSITIONS} stakeholders:")
    proved, slowest = 0, 0.0
    for seed, (skew, ties) in enumerate(islice(cycle(CONCENTRATED), accounts), start=1):
        rows = rows_of(graph(POSITIONS, MEMBERS, ties, seed=seed, skew=skew))
        wanted = least_loss(rows, THETA)
        taken, found = timed(lambda rows=rows: smallest_breaking_set(rows, THETA, seconds=SECONDS))
        by_hand, greedy = timed(lambda rows=rows, wanted=wanted: forward_greedy(rows, wanted))
        proved += found.proved
        slowest = max(slowest, taken)
        said = "proved" if found.proved else f"at least {found.bound}"
        print(
            f"  {seed:2}: exponent {skew}, {ties} ties: {len(found.chosen)} ({said}) in {taken:.2f} s; ",
            end="",
        )
        print(f"truck-factor greedy {len(greedy)} in {by_hand:.3f} s", flush=True)
    print(f"  proved {proved} of {accounts}, slowest {slowest:.1f} s; wanted: all, under {SECONDS} s")
    return proved < accounts or slowest > SECONDS


def even(members: int, positions: int, ties: int) -> bool:
    """Look for the smallest set of an evenly meshed account; tell whether a wish is missed."""
    rows = rows_of(graph(positions, members, ties, is_even=True))
    wanted = least_loss(rows, THETA)
    taken, found = timed(lambda: smallest_breaking_set(rows, THETA, seconds=EVEN_SECONDS))
    by_hand, greedy = timed(lambda: reverse_greedy(rows, wanted))
    truck = len(forward_greedy(rows, wanted))
    bound = relaxed(rows, wanted)
    print(f"even, {members} of us, {positions} stakeholders: {len(found.chosen)}, ", end="")
    print(
        f"at least {found.bound}, in {taken:.1f} s of {EVEN_SECONDS} s; reverse greedy {len(greedy)} ", end=""
    )
    print(f"in {by_hand:.2f} s, linear relaxation at least {bound}, truck-factor greedy {truck}", flush=True)
    return len(found.chosen) > len(greedy) or found.bound < bound


def one_by_one(ties: Panel) -> list[tuple[str, float, float, float]]:
    """Give loss, C1 and C2 of each single departure, each worked out by itself."""
    made, index = ties.graph, {s.id: i for i, s in enumerate(ties.graph.counted)}
    gone = [(m.id, frozenset([i]), frozenset[int]()) for i, m in enumerate(made.members)]
    gone += [
        (p, frozenset[int](), frozenset(index[s.id] for s in held)) for p, held in made.by_person.items()
    ]
    found = []
    for ident, members, seats in gone:
        left = ties.without(members, seats)
        n = left.count(left.live)
        c1, c2 = (float(left.weight[n >= least].sum()) / left.total for least in (1, 2))
        found.append((ident, 1 - c1 * ties.total / ties.covered, c1, c2))
    return sorted(found)


def singles() -> bool:
    """Work out every single departure; tell whether a wish is missed."""
    made = graph(POSITIONS, MEMBERS, TIES)
    ties = panel(made, SETTINGS)
    best = min(timed(lambda: departure(made, settings=SETTINGS, with_terms=False))[0] for _ in range(3))
    plain, wanted = timed(lambda: one_by_one(ties))
    found = departure(made, settings=SETTINGS, with_terms=False).singles

    def figures(single: Single) -> tuple[str, float, float, float]:
        return single.id, single.loss or 0.0, single.c1 or 0.0, single.c2 or 0.0

    same = [
        a[0] == b[0] and np.allclose(a[1:], b[1:], atol=1e-9)
        for a, b in zip(sorted(map(figures, found)), wanted, strict=True)
    ]
    if not all(same):
        raise SystemExit("one by one the departures are others")
    print(f"all {len(found)} single departures: {best:.2f} s, one by one {plain:.1f} s; wanted {SINGLES} s")
    return best > SINGLES or best > plain


def main(accounts: int) -> int:
    """Measure, compare and print."""
    smallest_breaking_set({(0,): 1.0}, THETA, seconds=1.0)  # loads what it needs
    missed = [singles(), concentrated(accounts), *(even(*size) for size in EVEN)]
    return int(any(missed))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
