"""Minimal winning coalitions and the cheapest choice, against listing every set."""

from fractions import Fraction
from itertools import combinations, islice
from math import comb

from hypothesis import given
from hypothesis import strategies as st

from graphkam.method.coalitions import Bargain, cheapest, minimal_winning, minimal_winning_count
from tests.method.test_voting import coalitions, game, games


def by_listing(made):
    """Twin: coalitions that win, and lose whoever leaves."""
    winning = [c for c in coalitions(made) if made.is_winning(c)]
    return {c for c in winning if c and not any(made.is_winning(c - {i}) for i in c)}


def test_four_coalitions_of_1958():
    """The three large ones; or two of them with the two middle ones, three times."""
    made = game(12, 4, 4, 4, 2, 2, 1)
    assert list(minimal_winning(made)) == [(0, 1, 2), (0, 1, 3, 4), (0, 2, 3, 4), (1, 2, 3, 4)]
    assert minimal_winning_count(made) == 4


def test_fifty_needs_forty_nine_or_one():
    assert list(minimal_winning(game(51, 50, 49, 1))) == [(0, 1), (0, 2)]


def test_a_veto_is_in_every_one():
    made = game(9, *[1] * 15, vetoes=range(5))
    assert minimal_winning_count(made) == comb(10, 4)
    assert all(set(range(5)) <= set(c) for c in minimal_winning(made))
    assert list(minimal_winning(game(1, 3, 1, vetoes=[0]))) == [(0,)]


@given(games(most=8))
def test_they_are_those_found_by_listing(made):
    found = list(minimal_winning(made))
    assert len(found) == len(set(found))
    assert {frozenset(c) for c in found} == by_listing(made)
    assert minimal_winning_count(made) == len(found)


def test_millions_are_counted_and_the_first_are_there_at_once():
    made = game(16, *[1] * 31)
    assert minimal_winning_count(made) == comb(31, 16)
    assert list(islice(minimal_winning(made), 2)) == [tuple(range(16)), (*range(15), 16)]


def test_weights_too_large_to_count_by():
    assert minimal_winning_count(game(51_000_000, 50_000_000, 49_000_000, 1_000_000)) == 2
    many = game(10**9, *range(10**8, 10**8 + 40))
    assert minimal_winning_count(many) is None


def choice_by_listing(amounts, costs, needed):
    """Twin of the cheapest choice: every set that costs something, and all that is free."""
    free = sum((a for a, c in zip(amounts, costs, strict=True) if c == 0), Fraction(0))
    paid = [i for i, c in enumerate(costs) if c > 0]
    sets = [s for size in range(len(paid) + 1) for s in combinations(paid, size)]
    enough = [
        (sum((costs[i] for i in s), Fraction(0)), len(s), s)
        for s in sets
        if free + sum(amounts[i] for i in s) >= needed
    ]
    return min(enough, default=None)


HALVES = st.integers(0, 8).map(lambda n: Fraction(n, 2))


@given(st.lists(st.tuples(HALVES, HALVES), max_size=8), st.integers(0, 20))
def test_the_cheapest_choice_is_that_found_by_listing(items, needed):
    amounts, costs = [a for a, _ in items], [c for _, c in items]
    found = cheapest(amounts, costs, Fraction(needed))
    twin = choice_by_listing(amounts, costs, needed)
    assert found == (None if twin is None else Bargain(twin[0], twin[2]))


def test_of_equally_cheap_ones_the_fewest_then_the_first():
    ones = [Fraction(1)] * 4
    assert cheapest(ones, ones, Fraction(2)).chosen == (0, 1)
    assert cheapest([*ones, Fraction(2)], [*ones, Fraction(2)], Fraction(2)).chosen == (4,)


def test_what_is_there_already_costs_nothing():
    assert cheapest([Fraction(3)], [Fraction(0)], Fraction(2)) == Bargain(Fraction(0), ())
    assert cheapest([Fraction(1)], [Fraction(0)], Fraction(2)) is None
