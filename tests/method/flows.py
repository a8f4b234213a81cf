"""Transportation problems as tables, and networkx's minimum cost flow beside them."""

import networkx as nx
import numpy as np

from graphkam.method.transport import Transport

INF = float("inf")


def case(costs, room, need, weight=None, group=None, per_group=0):
    """Make a case of a table: a row for each supplier, None where the two don't go together."""
    pairs = [(m, t, c) for m, row in enumerate(costs) for t, c in enumerate(row) if c is not None]
    supplier, taker, cost = zip(*pairs, strict=True) if pairs else ((), (), ())
    return Transport(
        np.array(supplier, dtype=np.int64),
        np.array(taker, dtype=np.int64),
        np.array(cost, dtype=np.float64),
        np.array(room, dtype=np.float64),
        np.array(need, dtype=np.int64),
        np.array(weight or [1] * len(need), dtype=np.float64),
        np.array(group or [-1] * len(room), dtype=np.int64),
        per_group,
    )


def cost_by_flow(made, scale=4):
    """Twin without groups: networkx's minimum cost flow, in whole numbers."""
    flow = nx.DiGraph()
    total = int(made.need.sum())
    flow.add_node("source", demand=-total)
    flow.add_node("sink", demand=total)
    for m, room in enumerate(made.room):
        flow.add_edge("source", ("m", m), capacity=total if np.isinf(room) else int(room), weight=0)
    for t, need in enumerate(made.need):
        flow.add_edge(("t", t), "sink", capacity=int(need), weight=0)
        flow.add_edge("source", ("t", t), capacity=int(need), weight=round(10_000 * made.weight[t]))
    for m, t, c in zip(made.supplier, made.taker, made.cost, strict=True):
        flow.add_edge(("m", int(m)), ("t", int(t)), capacity=1, weight=round(scale * c))
    sent = nx.min_cost_flow(flow)
    short = sum(sent["source"].get(("t", t), 0) * made.weight[t] for t in range(len(made.need)))
    cost = sum(
        c * sent["m", int(m)].get(("t", int(t)), 0)
        for m, t, c in zip(made.supplier, made.taker, made.cost, strict=True)
    )
    return short, cost
