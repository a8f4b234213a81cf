"""A size below which no set of elements loses enough weight: found by sharing weight out evenly.

A set loses only rows that lie inside it. So, however each row's weight is shared out among its
elements, a set loses at most the sum of what its elements bear, and the k elements that bear most say
what k can lose at most. The evener the burden, the less that is: to share so that the bound is as high
as it can be is the dual of the linear relaxation, and one sharing, the least uneven, is best for every
k at once (a base of a polymatroid: Fujishige 1980, Mathematics of Operations Research 5(2)). It is
approached by entropic mirror descent on the squared burdens (Beck & Teboulle 2003, Operations Research
Letters 31(3)); each sharing on the way gives a bound that holds.
"""

from __future__ import annotations

import numpy as np

from graphkam.method.rows import SLACK, Rows

_STEPS = 200
"""By then the bound has been that of the relaxation in each of the cases of ``benchmarks/breaking.py``."""
_PACE = 2.0
"""How fast weight moves away from the element that bears most."""


def least_size(rows: Rows, wanted: float, *, steps: int = _STEPS, enough: int | None = None) -> int:
    """Give a size below which no set loses enough.

    Parameters
    ----------
    rows
        Weight of the rows covered by each set of elements.
    wanted
        Weight to be lost; at most that of all rows.
    steps
        How often to share anew; the first sharing, equal parts, is not counted.
    enough
        A size that is known to be enough: the bound cannot be greater, and the search ends there.
    """
    count = np.array([len(key) for key in rows])
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    _, element = np.unique([e for key in rows for e in key], return_inverse=True)
    weight = np.array(list(rows.values()), dtype=np.float64)
    part, lean = np.repeat(weight / count, count), np.zeros(len(element))
    best = 0
    for step in range(steps + 1):
        borne = np.bincount(element, part)
        most = np.cumsum(np.sort(borne)[::-1])
        best = max(best, int(np.searchsorted(most, wanted - SLACK)) + 1)
        if step == steps or best == enough:
            break
        lean -= _PACE / borne.max() * borne[element]
        lean -= np.repeat(np.maximum.reduceat(lean, start), count)
        part = np.exp(lean)
        part *= np.repeat(weight / np.add.reduceat(part, start), count)
    return best
