"""How long the plan of contact ties takes: a hundred of us, five thousand of theirs, hardly room for all.

Beside taking the cheapest pair that there is still room for, in the same run: what that costs more, and whom
it leaves short. Ends with 1 where a plan takes two seconds or more (four with the rule of one tie a function,
which makes three times the rows), or is beaten.
"""

from __future__ import annotations

import sys
import time

import numpy as np

from graphkam.method.transport import Plan, Transport, transport

SEED = 20261123
MEMBERS, PEOPLE, EACH = 100, 5_000, 2
SLACK = 1.02
"""Room there is, over room needed."""
WANTED = 2.0


def case(known: int | None, per_group: int = 0) -> Transport:
    """Make a case: costs as those of the product, and some who could know everybody more cheaply.

    Parameters
    ----------
    known
        Members who could get to know each person; None = all.
    per_group
        Ties at most from one function to one person.
    """
    dice = np.random.default_rng(SEED)
    if known is None:
        supplier, taker = (grid.ravel() for grid in np.meshgrid(np.arange(MEMBERS), np.arange(PEOPLE)))
    else:
        supplier = np.concatenate([dice.choice(MEMBERS, known, replace=False) for _ in range(PEOPLE)])
        taker = np.repeat(np.arange(PEOPLE), known)
    function, level = dice.integers(0, 12, MEMBERS), dice.integers(1, 6, MEMBERS)
    theirs, rank = dice.integers(0, 12, PEOPLE), dice.integers(1, 6, PEOPLE)
    cost = 1.0 + (function[supplier] != theirs[taker])
    cost += np.maximum(np.abs(level[supplier] - rank[taker]) - 1, 0)
    cost += dice.random(len(cost)) < 0.5  # another country
    room = dice.dirichlet(np.full(MEMBERS, 4.0)) * EACH * PEOPLE * SLACK
    return Transport(
        supplier.astype(np.int64),
        taker.astype(np.int64),
        cost,
        np.ceil(room),
        np.full(PEOPLE, EACH),
        dice.integers(1, 6, PEOPLE).astype(np.float64),
        function,
        per_group,
    )


def greedy(made: Transport) -> tuple[float, int]:
    """Take the cheapest pair that there is still room for; give the cost, and how many ties are short."""
    room, need, cost = made.room.tolist(), made.need.tolist(), 0.0
    grouped: set[tuple[int, int]] = set()
    pairs = zip(made.supplier.tolist(), made.taker.tolist(), made.cost.tolist(), strict=True)
    for m, t, c in sorted(pairs, key=lambda pair: pair[2]):
        group = t, int(made.group[m])
        if room[m] > 0 and need[t] > 0 and not (made.per_group and group in grouped):
            room[m], need[t], cost = room[m] - 1, need[t] - 1, cost + c
            grouped.add(group)
    return cost, sum(need)


def compared(name: str, made: Transport) -> bool:
    """Plan and compare; tell whether it is as good and as quick as it should be."""
    began = time.process_time()
    plan: Plan = transport(made)
    took = time.process_time() - began
    cost, short = greedy(made)
    ours = int(plan.short.sum())
    more = (cost / plan.cost - 1) * 100
    print(
        f"{name}: {len(made.cost):,} pairs in {took:.2f} s, cost {plan.cost:,.0f}, {ours} short; "
        f"cheapest first {cost:,.0f} ({more:+.1f} %), {short} short"
    )
    return took < WANTED and (ours < short or (ours == short and plan.cost <= cost))


def main() -> int:
    """Compare both ways."""
    found = [
        compared("15 could know each", case(15)),
        compared("one of each function", case(15, per_group=1)),
        compared("everybody could", case(None)),
    ]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
