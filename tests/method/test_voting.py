"""Power in weighted voting: published games, and random ones against listing every coalition."""

from fractions import Fraction
from itertools import combinations, permutations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.method import voting
from graphkam.method.voting import Game, TooLarge, majority, power, whole


def game(quota, *weights, vetoes=()):
    return Game(tuple(weights), quota, frozenset(vetoes))


@st.composite
def games(draw, most=7, least=1):
    """Draw a game; some players weigh nothing, some have a veto, and some games nobody can win."""
    weights = draw(st.lists(st.integers(0, 6), min_size=least, max_size=most))
    quota = draw(st.integers(0, sum(weights) + 1))
    vetoes = draw(st.sets(st.integers(0, len(weights) - 1), max_size=2))
    return game(quota, *weights, vetoes=vetoes)


def coalitions(made, without=None):
    players = [i for i in range(len(made.weights)) if i != without]
    return [frozenset(c) for size in range(len(players) + 1) for c in combinations(players, size)]


def swings_by_listing(made, i):
    turned = [c for c in coalitions(made, i) if not made.is_winning(c) and made.is_winning(c | {i})]
    return [sum(len(c) == s for c in turned) for s in range(len(made.weights))]


def share_of_orders(made, i):
    """Twin of Shapley-Shubik: go through every order."""
    pivots = 0
    orders = list(permutations(range(len(made.weights))))
    for order in orders:
        before = frozenset(order[: order.index(i)])
        pivots += not made.is_winning(before) and made.is_winning(before | {i})
    return Fraction(pivots, len(orders))


def test_the_european_economic_community_of_1958():
    """[12; 4, 4, 4, 2, 2, 1]: Luxembourg has a vote and no power.

    Banzhaf 5/21, 1/7, 0: Britannica Guide to Statistics and Probability, p. 194. Shapley-Shubik 7/30
    and 3/20: the literature.
    """
    found = power(game(12, 4, 4, 4, 2, 2, 1))
    assert [sum(s) for s in found.swings] == [10, 10, 10, 6, 6, 0]
    assert found.banzhaf == (Fraction(5, 21),) * 3 + (Fraction(1, 7),) * 2 + (0,)
    assert found.shapley_shubik == (Fraction(7, 30),) * 3 + (Fraction(3, 20),) * 2 + (0,)


def test_one_vote_has_as_much_power_as_forty_nine():
    """[51; 50, 49, 1]: 3/5, 1/5, 1/5 (Britannica, ibid.) and 2/3, 1/6, 1/6."""
    found = power(game(51, 50, 49, 1))
    assert found.banzhaf == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))
    assert found.shapley_shubik == (Fraction(2, 3), Fraction(1, 6), Fraction(1, 6))


@pytest.mark.parametrize(
    "council",
    [game(39, *[7] * 5, *[1] * 10), game(9, *[1] * 15, vetoes=range(5))],
    ids=["as weights", "as vetoes"],
)
def test_the_security_council_in_both_its_forms(council):
    """Nine of fifteen with five vetoes: 421/2145 and 4/2145, swings 848 and 84."""
    found = power(council)
    assert [sum(s) for s in found.swings] == [848] * 5 + [84] * 10
    assert found.shapley_shubik == (Fraction(421, 2145),) * 5 + (Fraction(4, 2145),) * 10
    assert [float(b) for b in found.banzhaf[::14]] == pytest.approx([0.16693, 0.016535], abs=5e-6)


def test_the_community_of_1973():
    """[41; 10, 10, 10, 10, 5, 5, 3, 3, 2]: 53, 29, 21, 5 of 317; 5/28, 17/210, 2/35, 1/105."""
    found = power(game(41, 10, 10, 10, 10, 5, 5, 3, 3, 2))
    per = (0, 4, 6, 8)
    assert [found.banzhaf[i] for i in per] == [Fraction(k, 317) for k in (53, 29, 21, 5)]
    assert [found.shapley_shubik[i] for i in per] == [
        Fraction(5, 28), Fraction(17, 210), Fraction(2, 35), Fraction(1, 105)
    ]  # fmt: skip


def test_nassau_county_of_1965_where_three_have_votes_and_no_power():
    """[58; 31, 31, 28, 21, 2, 2]: a third each, and three dummies (Banzhaf 1965)."""
    found = power(game(58, 31, 31, 28, 21, 2, 2))
    assert found.banzhaf == found.shapley_shubik == (Fraction(1, 3),) * 3 + (0,) * 3


@pytest.mark.parametrize(
    "made",
    [game(1), game(4, 1, 2), game(0, 1, 2), game(0, 0, 0), game(1, 0, vetoes=[0])],
    ids=["nobody", "quota above all", "quota of nothing", "no votes", "a veto without enough votes"],
)
def test_a_game_that_cannot_be_won_or_lost_gives_no_power(made):
    assert power(made) is None


def test_a_veto_without_votes_has_power():
    found = power(game(2, 1, 1, 1, 0, vetoes=[3]))
    assert found.shapley_shubik[3] == share_of_orders(game(2, 1, 1, 1, 0, vetoes=[3]), 3)
    assert found.banzhaf[3] == Fraction(4, 10)


@given(games())
def test_swings_are_those_found_by_listing_every_coalition(made):
    found = power(made)
    listed = [swings_by_listing(made, i) for i in range(len(made.weights))]
    if found is None:
        assert not any(map(any, listed))
    else:
        assert [list(s) for s in found.swings] == listed


@given(games(most=5))
def test_shapley_shubik_is_the_share_of_the_orders(made):
    if found := power(made):
        assert list(found.shapley_shubik) == [share_of_orders(made, i) for i in range(len(made.weights))]


@given(games(most=9))
def test_indices_sum_to_one_and_without_a_veto_nothing_wins(made):
    if found := power(made):
        assert sum(found.banzhaf) == sum(found.shapley_shubik) == 1
        assert min(found.banzhaf) >= 0
    for v in made.vetoes:
        assert not any(made.is_winning(c) for c in coalitions(made, v))


@given(games(), st.randoms())
def test_who_is_called_what_changes_nobodys_power(made, dice):
    order = list(range(len(made.weights)))
    dice.shuffle(order)
    other = game(made.quota, *(made.weights[i] for i in order), vetoes=[order.index(v) for v in made.vetoes])
    one, two = power(made), power(other)
    assert (one is None) == (two is None)
    if one and two:
        assert [one.banzhaf[i] for i in order] == list(two.banzhaf)
        assert [one.shapley_shubik[i] for i in order] == list(two.shapley_shubik)


@given(games(least=2, most=9))
@settings(max_examples=60)
def test_counting_by_weight_and_meeting_in_the_middle_agree(made):
    weights = [made.weights[i] for i in made.others]
    short = max(made.short, 0)
    one, two = voting._BySize(weights, short), voting._Halves(weights, short)
    assert one.enough() == two.enough()
    for weight in set(weights):
        assert one.window(weight) == two.window(weight)


def test_weights_too_large_to_count_by_are_met_in_the_middle():
    shares = (50_000_001, 49_000_003, 1_000_007)
    assert power(game(51_000_000, *shares)).banzhaf == (Fraction(3, 5), Fraction(1, 5), Fraction(1, 5))


def test_more_players_than_64_bits_can_count():
    """All alike: everybody's share is the same, and the swings are those of the middle."""
    found = power(game(36, *[1] * 71))
    assert set(found.shapley_shubik) == {Fraction(1, 71)}
    assert sum(found.swings[0]) == comb(70, 35) > 2**63


def test_too_many_players_of_too_large_weights_are_refused():
    with pytest.raises(TooLarge):
        power(game(10**9, *range(10**8, 10**8 + 33)))
    with pytest.raises(TooLarge):
        power(game(2**62, *[2**61] * 3))


def test_votes_become_the_smallest_whole_numbers():
    assert whole([Fraction(3, 2), Fraction(1, 2), Fraction(1, 2)], Fraction(2)) == ((3, 1, 1), 4)
    assert whole([Fraction(20), Fraction(10)], Fraction(15)) == ((2, 1), 2)
    assert whole([Fraction(0), Fraction(0)], Fraction(1)) == ((0, 0), 1)
    assert whole([], Fraction(1)) == ((), 1)


@pytest.mark.parametrize(
    ("votes", "more_than_half"),
    [
        ("1 1 1 1", "3"),
        ("1 1 1 1 1", "3"),
        ("2 2", "3"),
        ("0.3 0.3 0.3", "0.5"),
        ("1.5 0.5 0.5", "1.5"),
        ("", "1"),
    ],
)
def test_a_majority_is_more_than_half(votes, more_than_half):
    assert majority([Fraction(v) for v in votes.split()]) == Fraction(more_than_half)


@given(st.lists(st.fractions(0, 5, max_denominator=6), min_size=1, max_size=5), st.fractions(0, 12))
def test_whole_numbers_are_the_same_game(votes, quota):
    weights, needed = whole(votes, quota)
    for c in coalitions(game(0, *weights)):
        assert (sum(weights[i] for i in c) >= needed) == (sum(votes[i] for i in c) >= quota)
