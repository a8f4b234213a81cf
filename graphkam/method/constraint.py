"""How far a node is hemmed in by the few it deals with, who deal with each other (Burt 1992).

With p_ij = (a_ij + a_ji) / sum_k (a_ik + a_ki), the part of i's dealings that goes to j, directions
added up, and j, q among those with whom i deals:

- **constraint** c_i = sum_j (p_ij + sum_q p_iq p_qj)^2. High: those around i know each other, i has
  nothing of his own to offer them. It can exceed 1 and is not cut off there.
- **effective size** = sum_j (1 - sum_q p_iq m_jq), with m_jq the dealings of j with q as a part of j's
  greatest: how many of them do not know each other. Without weights and directions this is the n - 2t/n
  of Borgatti 1997.

A node that deals with nobody has neither: NaN, not 0, which would read as the best broker of all.

networkx gives the same constraint. Of effective size it gives the same asked node by node; asked for all
nodes of a weighted or directed network at once, networkx 3.6.1 divides m_jq by the greatest of q instead of
j's, against its own definition: for 0→1 1→0 0→2 1→2 it says 4/3 of node 0, where 7/6 is right by hand.

Source: Burt, *Structural Holes* (1992); Borgatti 1997, *Connections* 20(1): 35-38.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graphkam.method.arcs import Arcs, Floats

Matrix = Any
"""A sparse matrix of scipy: a row per node, an entry per other it deals with."""


def constraint_by(arcs: Arcs) -> Matrix:
    """Give of each node what each other adds to its constraint."""
    dealings = _dealings(arcs)
    part = _part(dealings, dealings.sum(axis=1))
    return (part + (part @ part).multiply(dealings > 0)).power(2)


def constraint(arcs: Arcs) -> Floats:
    """Give the constraint of each node; NaN for one that deals with nobody."""
    return _summed(arcs, constraint_by(arcs))


def effective_size_by(arcs: Arcs) -> Matrix:
    """Give of each node what each other adds to its effective size: 1 less what others have of it."""
    dealings = _dealings(arcs)
    part, most = _part(dealings, dealings.sum(axis=1)), _part(dealings, _greatest(dealings))
    known = (dealings > 0).astype(np.float64)
    return known - (part @ most.T).multiply(known)


def effective_size(arcs: Arcs) -> Floats:
    """Give the effective size of each node; NaN for one that deals with nobody."""
    return _summed(arcs, effective_size_by(arcs))


def _dealings(arcs: Arcs) -> Matrix:
    from scipy.sparse import csr_array

    shape = (arcs.nodes, arcs.nodes)
    one_way = csr_array((arcs.strength, (arcs.source, arcs.target)), shape=shape)
    return csr_array(one_way + one_way.T)


def _greatest(dealings: Matrix) -> Floats:
    if dealings.shape[0] == 0:  # scipy has no greatest of nothing
        return np.zeros(0)
    greatest: Floats = dealings.max(axis=1).toarray().ravel()
    return greatest


def _part(dealings: Matrix, whole: Floats) -> Matrix:
    """Give each row as a part of its whole; a row of nothing stays as it is."""
    from scipy.sparse import csr_array

    rows = np.repeat(np.where(whole > 0, whole, 1.0), np.diff(dealings.indptr))
    return csr_array((dealings.data / rows, dealings.indices, dealings.indptr), shape=dealings.shape)


def _summed(arcs: Arcs, by: Matrix) -> Floats:
    total = np.asarray(by.sum(axis=1), dtype=np.float64).ravel()
    return np.where(arcs.is_tied, total, np.nan)
