"""A directed network as arrays: the form in which the measures of networks take it.

At most one arc per ordered pair, none from a node to itself, each with a strength above 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indexes = NDArray[np.int64]

UNIT = lcm(*range(1, 21))
"""Lengths are whole numbers of this part of 1, so that ways of equal length are equal however their
arcs are added up: in floating point 1/3 three times over need not be 1."""


@dataclass(frozen=True)
class Arcs:
    """A directed network."""

    nodes: int
    source: Indexes
    target: Indexes
    strength: Floats

    @property
    def count(self) -> int:
        """Number of arcs."""
        return len(self.source)

    @cached_property
    def length(self) -> Floats:
        """Of each arc the inverse of its strength, as a whole number of parts of 1 (:data:`UNIT`)."""
        return np.rint(UNIT / self.strength)

    @cached_property
    def out_degree(self) -> Indexes:
        """Number of arcs from each node."""
        return np.bincount(self.source, minlength=self.nodes)

    @cached_property
    def in_degree(self) -> Indexes:
        """Number of arcs to each node."""
        return np.bincount(self.target, minlength=self.nodes)

    @cached_property
    def is_tied(self) -> Flags:
        """Whether a node has any arc; the others are isolates."""
        found: Flags = (self.out_degree + self.in_degree) > 0
        return found

    @cached_property
    def neighbours(self) -> tuple[int, ...]:
        """Of each node, as the bits of a number, those with whom it has an arc in either direction."""
        found = [0] * self.nodes
        for one, other in zip(self.source.tolist(), self.target.tolist(), strict=True):
            found[one] |= 1 << other
            found[other] |= 1 << one
        return tuple(found)

    @cached_property
    def igraph(self) -> Any:
        """The same for the library that does the heavy work."""
        import igraph

        return igraph.Graph(n=self.nodes, edges=np.column_stack((self.source, self.target)), directed=True)

    def only(self, arcs: Flags) -> Arcs:
        """Give the network with some of its arcs only."""
        return Arcs(self.nodes, self.source[arcs], self.target[arcs], self.strength[arcs])

    def within(self, nodes: Sequence[int]) -> Flags:
        """Tell which arcs run between some of the nodes."""
        found: Flags = np.isin(self.source, nodes) & np.isin(self.target, nodes)
        return found

    def among(self, nodes: Sequence[int]) -> Arcs:
        """Give the network of some of its nodes, each node now its place among them."""
        kept = self.only(self.within(nodes))
        place = np.zeros(self.nodes, dtype=np.int64)
        place[list(nodes)] = np.arange(len(nodes))
        return Arcs(len(nodes), place[kept.source], place[kept.target], kept.strength)

    def unweighted(self) -> Arcs:
        """Give the network with all arcs equally strong."""
        return Arcs(self.nodes, self.source, self.target, np.ones(self.count))
