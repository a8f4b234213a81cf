"""The form of a directed network, compared with a tree grown from one root (Krackhardt 1994).

Four figures, each 1 for such a tree whose arcs lead away from the root, over the parts c of the network
with N_c nodes (directions left aside):

- **connectedness**: pairs of nodes that hang together at all, over all pairs;
- **hierarchy**: of the pairs of which one reaches the other along the arcs, those where it is not mutual;
- **efficiency**: 1 - (arcs beyond N_c - 1) / (N_c - 1)^2, both summed. This counts **arcs**, as UCINET and
  R's sna do; Krackhardt's own count of undirected lines gives other numbers;
- **lub** (least upper boundedness): 1 - (pairs of one part without a least upper bound) / ((N_c - 1)
  (N_c - 2) / 2), both summed. An upper bound of two nodes reaches both (a node reaches itself); it is the
  least if every upper bound reaches it.

Undefined, hence None: connectedness below two nodes, hierarchy where nobody reaches anybody, efficiency
without a part of two, lub without a part of three.

``sna::lubness`` 2.7-1 tests the *greatest* bound instead, against its own manual: 1/3 for
{a→c, b→c, c→d, c→e}, where 5/6 is right by hand. It is no reference here; for the other three it is.

Source: Krackhardt 1994, in Carley & Prietula (eds), *Computational Organization Theory*, 89-111; Everett &
Krackhardt 2012, *Social Networks* 34: 159-163.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from graphkam.method.arcs import Arcs
from graphkam.method.centrality import parts


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the network, and what it adds to the figures."""

    nodes: tuple[int, ...]
    arcs: int
    one_way: int
    """Pairs of which one reaches the other, and not the other way round."""
    mutual: int
    """Pairs that reach each other."""
    unbounded: int
    """Pairs without a least upper bound."""

    @property
    def most_extra(self) -> int:
        """The most arcs that there could be beyond a tree's."""
        return (len(self.nodes) - 1) ** 2

    @property
    def most_unbounded(self) -> int:
        """The most pairs that could be without a least upper bound."""
        return (len(self.nodes) - 1) * (len(self.nodes) - 2) // 2


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a network."""

    nodes: int
    arcs: int
    parts: tuple[Part, ...]
    """The largest first."""

    @property
    def density(self) -> float | None:
        """Arcs over ordered pairs."""
        return _over(self.arcs, self.nodes * (self.nodes - 1))

    @property
    def connectedness(self) -> float | None:
        """Pairs that hang together, over all."""
        together = sum(len(p.nodes) * (len(p.nodes) - 1) for p in self.parts)
        return _over(together, self.nodes * (self.nodes - 1))

    @property
    def efficiency(self) -> float | None:
        """1 less the arcs beyond a tree's, over the most there could be."""
        most = sum(p.most_extra for p in self.parts)
        return _over(most - sum(p.arcs - len(p.nodes) + 1 for p in self.parts), most)

    @property
    def hierarchy(self) -> float | None:
        """Of the pairs of which one reaches the other, those that are not mutual."""
        one_way = sum(p.one_way for p in self.parts)
        return _over(one_way, one_way + sum(p.mutual for p in self.parts))

    @property
    def lub(self) -> float | None:
        """1 less the pairs without a least upper bound, over the most there could be."""
        most = sum(p.most_unbounded for p in self.parts)
        return _over(most - sum(p.unbounded for p in self.parts), most)


def _over(above: int, below: int) -> float | None:
    return above / below if below else None


def form(arcs: Arcs) -> Form:
    """Give the form of a network whose arcs lead away from the top: from a boss to a subordinate."""
    above = _above(arcs)
    sources, targets = arcs.source.tolist(), arcs.target.tolist()
    found = parts(arcs)
    place = {node: i for i, nodes in enumerate(found) for node in nodes}
    count = [0] * len(found)
    has_one_boss = [True] * len(found)
    for source in sources:
        count[place[source]] += 1
    for target in targets:
        has_one_boss[place[target]] &= bool(arcs.in_degree[target] == 1)
    made = []
    for nodes, own, one_boss in zip(found, count, has_one_boss, strict=True):
        is_tree = one_boss and own == len(nodes) - 1  # then every pair has a least upper bound
        made.append(_part(nodes, own, [above[n] for n in nodes], is_tree=is_tree))
    return Form(arcs.nodes, arcs.count, tuple(made))


def _part(nodes: tuple[int, ...], arcs: int, above: Sequence[int], *, is_tree: bool) -> Part:
    alike: dict[int, int] = {}
    for bits in above:  # those who reach each other are reached by the same
        alike[bits] = alike.get(bits, 0) + 1
    mutual = sum(n * (n - 1) // 2 for n in alike.values())
    reaching = sum(bits.bit_count() - 1 for bits in above)
    return Part(nodes, arcs, reaching - 2 * mutual, mutual, 0 if is_tree else _unbounded(alike))


def _unbounded(alike: dict[int, int]) -> int:
    """Count the pairs without a least upper bound.

    The upper bounds of two are those that reach both. What reaches one of these reaches both too, so the
    least is the one that exactly these reach.
    """
    pairs = combinations(alike.items(), 2)
    return sum(m * n for (one, m), (other, n) in pairs if one & other not in alike)


def _above(arcs: Arcs) -> list[int]:
    """Give of each node, as the bits of a number, those that reach it, itself among them."""
    found = [1 << node for node in range(arcs.nodes)]
    pairs = list(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    is_moving = True
    while is_moving:
        is_moving = False
        for source, target in pairs:
            if found[source] & ~found[target]:
                found[target] |= found[source]
                is_moving = True
        pairs.reverse()  # a chain in either order takes two rounds
    return found
