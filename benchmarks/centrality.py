"""How long brokers take: betweenness of 5,000 people and 20,000 ties, constraint, and the whole answer.

Each beside plain networkx in the same run, with equal results, in processor time: what else the machine does
must not count. networkx takes ten minutes for 5,000 people, so it is measured on fewer unless ``--whole`` is
given. Ends with 1 where a time is missed, or networkx is ahead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np

from graphkam.analysis.brokerage import brokerage
from graphkam.analysis.buying_centre import buying_centre
from graphkam.graph.build import account_graph
from graphkam.method.arcs import Arcs
from graphkam.method.centrality import betweenness
from graphkam.method.constraint import constraint, effective_size
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.ties import InfluenceTie

SEED = 20261123
PEOPLE, TIES = 5_000, 20_000
FEW = 1_000
UNWEIGHTED, WEIGHTED, CONSTRAINT = 6.0, 15.0, 0.1
"""Seconds wanted at the full size."""


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the processor time that something takes, whatever else the machine does, and what it gives."""
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def made(people: int) -> Arcs:
    """Draw ties of five strengths between people, as many for each as at the full size."""
    dice = np.random.default_rng(SEED)
    pairs = np.unique(dice.integers(0, people * people, people * TIES // PEOPLE + people // 50))
    source, target = np.divmod(pairs, people)
    apart = source != target
    chosen = np.sort(dice.permutation(np.flatnonzero(apart))[: people * TIES // PEOPLE])
    strength = np.minimum(dice.integers(1, 6, len(chosen)) / 5, 0.95)
    return Arcs(people, source[chosen], target[chosen], strength)


def plain(arcs: Arcs) -> nx.DiGraph:
    """Give the same as networkx has it."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(arcs.nodes))
    rows = zip(*(c.tolist() for c in (arcs.source, arcs.target, arcs.strength, arcs.length)), strict=True)
    graph.add_edges_from((s, t, {"strength": a, "length": b}) for s, t, a, b in rows)
    return graph


def equal(found: Any, wanted: dict[int, float]) -> None:
    """End if two results differ."""
    values = np.array([wanted[i] for i in range(len(found))])
    if not np.allclose(found, values, rtol=1e-9, atol=1e-9, equal_nan=True):
        raise SystemExit("the results differ")


def compared(name: str, ours: Callable[[], Any], theirs: Callable[[], Any], wanted: float | None) -> bool:
    """Print one comparison; give whether it failed."""
    taken, found = timed(ours)
    beside, expected = timed(theirs)
    equal(found, expected)
    limit = f"; wanted {wanted} s" if wanted else ""
    print(f"{name}: {taken:.3f} s, networkx {beside:.3f} s, {beside / taken:.0f} times{limit}", flush=True)
    return taken > beside or (wanted is not None and taken > wanted)


def both(people: int, *, is_full: bool) -> bool:
    """Measure betweenness beside networkx at one size."""
    arcs = made(people)
    graph = plain(arcs)
    missed = False
    for weight, wanted in ((None, UNWEIGHTED), ("length", WEIGHTED)):
        missed |= compared(
            f"betweenness of {people} people, {arcs.count} ties{', by strength' if weight else ''}",
            lambda weight=weight: betweenness(arcs, by_strength=weight is not None),
            lambda weight=weight: nx.betweenness_centrality(graph, normalized=False, weight=weight),
            wanted if is_full else None,
        )
    return missed


def whole() -> None:
    """Measure the answers to both questions, of an account of that size."""
    arcs = made(PEOPLE)
    records: list[Any] = [Account(id="a", name="Acme")]
    for i in range(PEOPLE):
        records += [
            Position(id=f"s{i}", account_id="a", title=f"Seat {i}", weight=1 + i % 5, seniority=1 + i % 5),
            Person(id=f"p{i}", account_id="a", last_name=f"P{i}"),
            Holding(id=f"h{i}", account_id="a", person_id=f"p{i}", position_id=f"s{i}"),
        ]
    records += [
        InfluenceTie(id=f"t{k}", account_id="a", from_id=f"p{s}", to_id=f"p{t}", kind="advice", weight=3)
        for k, (s, t) in enumerate(zip(arcs.source.tolist(), arcs.target.tolist(), strict=True))
    ]
    graph = account_graph(RecordSet(tuple(records)), "a", date(2026, 11, 23))
    for question in (brokerage, buying_centre):
        taken, _ = timed(lambda question=question: question(graph, with_terms=False))
        print(f"{question.__name__} of {PEOPLE} people: {taken:.1f} s", flush=True)


def main() -> int:
    """Measure, compare and print."""
    missed = both(FEW, is_full=False)
    arcs = made(PEOPLE)
    graph = plain(arcs)
    if "--whole" in sys.argv:
        missed |= both(PEOPLE, is_full=True)
    else:
        for by_strength, wanted in ((False, UNWEIGHTED), (True, WEIGHTED)):
            taken, _ = timed(lambda by_strength=by_strength: betweenness(arcs, by_strength=by_strength))
            missed |= taken > wanted
            how = ", by strength" if by_strength else ""
            print(f"betweenness of {PEOPLE} people, {TIES} ties{how}: {taken:.3f} s; wanted {wanted} s")
    constraint(made(FEW))  # scipy is loaded
    missed |= compared(
        f"constraint of {PEOPLE} people",
        lambda: constraint(arcs),
        lambda: nx.constraint(graph, weight="strength"),
        CONSTRAINT,
    )
    few = made(FEW // 5)
    both_ways = few.source.tolist() + few.target.tolist(), few.target.tolist() + few.source.tolist()
    undirected = nx.Graph(zip(*both_ways, strict=True))
    undirected.add_nodes_from(range(few.nodes))
    lines = np.array(sorted({(a, b) for pair in undirected.edges for a, b in (pair, pair[::-1])}))
    each_way = Arcs(few.nodes, lines[:, 0], lines[:, 1], np.ones(len(lines)))
    missed |= compared(
        f"effective size of {few.nodes} people, undirected",
        lambda: effective_size(each_way),
        lambda: nx.effective_size(undirected, nodes=range(few.nodes)),
        None,
    )
    whole()
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
