"""Where opinions settle when people give way to those they listen to (Friedkin & Johnsen 1999).

x(t+1) = L W x(t) + (I - L) s: s is what each thinks by himself, W how much he listens to each other
(rows sum to 1), L his susceptibility, 0 to 1. Whoever listens to nobody keeps his own: x = s. The
fixed point (I - L W)^-1 (I - L) s is solved for; among very many, iterated until nothing moves. V, the
matrix before s, has rows that sum to 1, so x stays between the least and the greatest s.

Where a group gives way entirely (susceptibility 1) and listens to none but itself, nobody is anchored
and I - L W is singular. That is DeGroot's model (1974): the group settles on one opinion, the mean of
where it began, weighted by its stationary distribution; or, if it only ever goes round in circles, on
none, and there the answer is NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    Matrix = csr_array[np.float64, tuple[int, int]]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

_SOLVED = 1000
"""People up to which the equations are solved; beyond, that fills the memory, and going round is quick."""
_ROUNDS = 10_000
_STILL = 1e-15
"""Change of a round, as a share of the greatest opinion, at which nothing moves any more."""


def listening(target: Indexes, source: Indexes, strength: Floats, people: int) -> Matrix:
    """Give how much each listens to each other: strengths as shares of those that reach a person.

    Parameters
    ----------
    target, source, strength
        Who listens to whom, and how much (more than nothing); each pair once.
    people
        How many there are. The row of who listens to nobody is empty.
    """
    from scipy.sparse import csr_array

    total = np.bincount(target, weights=strength, minlength=people)
    return csr_array((strength / total[target], (target, source)), shape=(people, people))


@dataclass(frozen=True)
class Opinions:
    """People who listen to each other."""

    weights: Matrix
    """W; rows sum to 1, or are empty."""
    susceptibility: Floats
    """Of each, 0 to 1."""

    @cached_property
    def _gives_way(self) -> Floats:
        """Susceptibility, of those who listen to anybody."""
        return np.where(np.diff(self.weights.indptr) > 0, self.susceptibility, 0.0)

    @cached_property
    def _pairs(self) -> tuple[Indexes, Indexes]:
        rows, columns = self.weights.nonzero()
        return rows.astype(np.int64), columns.astype(np.int64)

    @cached_property
    def _unanchored(self) -> tuple[tuple[Indexes, Floats | None], ...]:
        """The groups that give way entirely and listen to none but themselves.

        Each with its stationary distribution, or None where it goes round in circles.
        """
        free = self._gives_way == 1
        if not free.any():
            return ()
        from scipy.sparse.csgraph import connected_components

        _, group = connected_components(self.weights, directed=True, connection="strong")
        rows, columns = self._pairs
        listens_out = group[rows[group[rows] != group[columns]]]
        closed = set(group.tolist()) - set(listens_out.tolist()) - set(group[~free].tolist())
        groups = (np.flatnonzero(group == g) for g in sorted(closed))
        return tuple((who, _stationary(self.weights[who][:, who].toarray())) for who in groups)

    @cached_property
    def _anchored(self) -> Floats:
        """Susceptibility once the unanchored groups stand where they settle."""
        gives_way = self._gives_way.copy()
        for who, _ in self._unanchored:
            gives_way[who] = 0.0
        return gives_way

    @cached_property
    def _unsettled(self) -> Flags:
        """Tell who never settles: a group that goes round in circles, and whoever listens to one."""
        found = np.zeros(len(self.susceptibility), dtype=np.bool_)
        for who, stationary in self._unanchored:
            found[who] = stationary is None
        rows, columns = self._pairs
        moved = self._anchored[rows] > 0
        return reached(found, rows[moved], columns[moved])

    @cached_property
    def _flow(self) -> Matrix:
        """L W, once the unanchored groups stand where they settle."""
        from scipy.sparse import diags_array

        return (diags_array(self._anchored) @ self.weights).tocsr()

    def _solved(self, flow: Matrix, given: Floats) -> Floats:
        """Give the x for which x = flow x + given."""
        from scipy.sparse import eye_array
        from scipy.sparse.linalg import spsolve

        if len(given) > _SOLVED:
            found = given
            for _ in range(_ROUNDS):
                before, found = found, flow @ found + given
                if np.abs(found - before).max() <= _STILL * np.abs(found).max():
                    return found
        solved: Floats = np.atleast_1d(spsolve((eye_array(len(given)) - flow).tocsc(), given))
        return solved

    def settled(self, own: Floats) -> Floats:
        """Give where everybody settles; NaN where nothing does.

        Parameters
        ----------
        own
            What each thinks by himself; it may be NaN for whoever gives way entirely.
        """
        if not len(own):
            return own
        start = np.where(self._anchored < 1, own, 0.0)
        for who, stationary in self._unanchored:
            start[who] = 0.0 if stationary is None else _mean(own[who], stationary)
        found = self._solved(self._flow, (1.0 - self._anchored) * start)
        found[self._unsettled] = np.nan
        return found

    def reach(self, wanted: Floats) -> Floats:
        """Give what one step of where each stands does to a weighted sum, through all who listen.

        Parameters
        ----------
        wanted
            Weight of each in the sum.
        """
        return self._solved(self._flow.T.tocsr(), wanted) if len(wanted) else wanted

    def leverage(self, wanted: Floats) -> Floats:
        """Give what one step of what each thinks by himself does to a weighted sum of where all settle.

        Their sum is that of the weights. All are NaN where somebody who counts never settles.

        Parameters
        ----------
        wanted
            Weight of each in the sum.
        """
        if (wanted[self._unsettled] != 0).any():
            return np.full(len(wanted), np.nan)
        reach = self.reach(wanted)
        found = (1.0 - self._anchored) * reach
        for who, stationary in self._unanchored:
            found[who] = 0.0 if stationary is None else stationary * reach[who].sum()
        return found


def reached(start: Flags, target: Indexes, source: Indexes) -> Flags:
    """Tell who is among the first, or listens to one who is, or to one who listens to one."""
    found, count = start.copy(), -1
    while count != (count := int(found.sum())):
        found[target[found[source]]] = True
    return found


def _mean(own: Floats, shares: Floats) -> float:
    """Give the weighted mean of the opinions that are known."""
    is_known = ~np.isnan(own)
    return float(shares[is_known] @ own[is_known] / shares[is_known].sum())


def _stationary(weights: Floats) -> Floats | None:
    """Give the stationary distribution of a group all of whom reach each other; None if it has a period."""
    n = len(weights)
    level = np.full(n, -1)
    level[0], period, queue = 0, 0, [0]
    for i in queue:
        for j in np.flatnonzero(weights[i]).tolist():
            if level[j] < 0:
                level[j] = level[i] + 1
                queue.append(j)
            period = gcd(period, abs(int(level[i]) + 1 - int(level[j])))
    if period != 1:
        return None
    system = np.vstack([(weights.T - np.eye(n))[1:], np.ones(n)])
    found: Floats = np.linalg.solve(system, np.eye(n)[-1])
    return found
