"""The cheapest plan of a transportation problem: an oracle by hand, every plan tried, another solver."""

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.method import transport as module
from graphkam.method.transport import Transport, transport

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


def pairs(made, plan):
    return list(zip(made.supplier[plan.chosen].tolist(), made.taker[plan.chosen].tolist(), strict=True))


def greedy(made):
    """Take the cheapest pair that there is still room for; give the cost, and what is short."""
    room, need, cost = made.room.copy(), made.need.copy(), 0.0
    for k in np.argsort(made.cost, kind="stable"):
        m, t = made.supplier[k], made.taker[k]
        if room[m] > 0 and need[t] > 0:
            room[m], need[t], cost = room[m] - 1, need[t] - 1, cost + made.cost[k]
    return cost, need.sum()


def is_allowed(made, chosen):
    supplier, taker = made.supplier[chosen], made.taker[chosen]
    taken = np.bincount(taker, minlength=len(made.need))
    used = np.bincount(supplier, minlength=len(made.room))
    if made.per_group:
        grouped = [(t, g) for t, g in zip(taker, made.group[supplier], strict=True) if g >= 0]
        if any(grouped.count(pair) > made.per_group for pair in grouped):
            return False
    return bool((taken <= made.need).all() and (used <= made.room).all())


def best_by_trying(made):
    """Twin: try every set of pairs. The least weight short, then the least cost."""
    found = []
    for flags in product([False, True], repeat=len(made.cost)):
        chosen = np.array(flags, dtype=bool)
        if is_allowed(made, chosen):
            short = made.need - np.bincount(made.taker[chosen], minlength=len(made.need))
            found.append((float(short @ made.weight), float(made.cost[chosen].sum())))
    return min(found)


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


COSTS = st.sampled_from([None, 0.5, 1, 1.25, 2, 3.5, 9])


@st.composite
def cases(draw, most=3):
    suppliers, takers = draw(st.integers(1, most)), draw(st.integers(1, most))
    costs = [[draw(COSTS) for _ in range(takers)] for _ in range(suppliers)]
    room = [draw(st.sampled_from([0, 1, 2, INF])) for _ in range(suppliers)]
    need = [draw(st.integers(0, 2)) for _ in range(takers)]
    weight = [draw(st.sampled_from([1, 1, 2.5, 4, 5])) for _ in range(takers)]
    group = [draw(st.integers(-1, 1)) for _ in range(suppliers)]
    return case(costs, room, need, weight, group, draw(st.integers(0, 1)))


def test_the_cheapest_pair_first_is_not_the_cheapest_plan():
    """Two of us with room for one, two of theirs: 4, where the cheapest pair first comes to 10.

    Source: by hand (design, science.md, "Mesh plan"): A-t 2 and B-s 2 against A-s 1 and B-t 9.
    """
    made = case([[1, 2], [2, 9]], [1, 1], [1, 1])
    plan = transport(made)
    assert (plan.cost, pairs(made, plan)) == (4, [(0, 1), (1, 0)])
    assert greedy(made) == (10, 0)


def test_what_there_is_no_room_for_is_named_and_weighs_least():
    plan = transport(case([[1, 1, 9]], [1], [1, 1, 1], [2, 3, 5]))
    assert (plan.short.tolist(), plan.cost) == ([1, 1, 0], 9)


def test_of_one_group_a_taker_takes_so_many():
    costs = [[1], [1], [5]]
    wide = transport(case(costs, [INF] * 3, [2], group=[0, 0, 1]))
    narrow = transport(case(costs, [INF] * 3, [2], group=[0, 0, 1], per_group=1))
    assert (wide.cost, narrow.cost) == (2, 6)
    nobody = transport(case(costs[:2], [INF] * 2, [2], group=[0, 0], per_group=1))
    assert nobody.short.tolist() == [1]
    alone = transport(case(costs[:2], [INF] * 2, [2], group=[-1, -1], per_group=1))
    assert alone.short.tolist() == [0]


def test_without_pairs_all_are_short():
    plan = transport(case([], [], [2, 1]))
    assert (plan.short.tolist(), plan.cost, plan.chosen.tolist()) == ([2, 1], 0, [])


def test_of_equal_plans_the_first_in_order():
    made = case([[1] * 4] * 4, [1] * 4, [1] * 4)
    assert len(pairs(made, transport(made))) == 4
    for k, least in combinations(range(4), 2):
        wanted = [int(i in {k, least}) for i in range(4)]
        assert pairs(made, transport(case([[1] * 4] * 4, [INF] * 4, wanted))) == [(0, k), (0, least)]


@settings(max_examples=50)
@given(cases())
def test_it_is_the_best_of_all_plans(made):
    plan = transport(made)
    assert is_allowed(made, plan.chosen)
    weight, cost = best_by_trying(made)
    assert plan.short @ made.weight == pytest.approx(weight)
    assert plan.cost == pytest.approx(cost)


@st.composite
def large_cases(draw):
    dice = np.random.default_rng(draw(st.integers(0, 10_000)))
    suppliers, takers = int(dice.integers(2, 9)), int(dice.integers(2, 30))
    costs = dice.integers(1, 20, (suppliers, takers)) / 4
    need = dice.integers(1, 3, takers)
    room = dice.integers(0, 2 * need.sum() // suppliers + 1, suppliers).astype(float)
    return case(costs.tolist(), room, need, dice.integers(1, 6, takers).tolist())


@settings(max_examples=20)
@given(large_cases())
def test_it_costs_what_another_solver_finds(made):
    plan = transport(made)
    weight, cost = cost_by_flow(made)
    assert plan.short @ made.weight == pytest.approx(weight)
    assert plan.cost == pytest.approx(cost)
    quick, short = greedy(made)
    assert short > 0 or plan.cost <= quick


@settings(max_examples=20)
@given(large_cases(), st.integers(0, 1))
def test_a_large_one_that_grows_finds_the_same(made, per_group):
    grouped = module.replace(made, group=np.arange(len(made.room)) % 3, per_group=per_group)
    whole = transport(grouped)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "WHOLE", 0)
        patch.setattr(module, "_BEYOND", 1)
        grown = transport(grouped)
    assert grown.cost == pytest.approx(whole.cost)
    assert grown.short @ made.weight == pytest.approx(whole.short @ made.weight)
    assert is_allowed(grouped, grown.chosen)
