"""The smallest breaking set: against brute force, and what is said where it is not proved."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.method import breaking
from graphkam.method.breaking import (
    forward_greedy,
    least_loss,
    reverse_greedy,
    smallest_breaking_set,
)
from graphkam.method.rows import lost, merged
from tests.method.cases import best_of_size, covered_rows, elements_of, loss_of, smallest

THETAS = st.sampled_from([0.1, 0.25, 0.29, 0.3, 0.5, 0.7, 0.75, 0.9, 1.0])
TOY = {(0,): 60.0, (0, 1): 40.0}
"""Two rows: one covered by A alone, one by A and B."""


def is_enough(rows, theta):
    """The definition: strictly more than theta of the weight; all of it where theta is 1."""
    total = sum(Fraction(weight) for weight in rows.values())
    wanted = Fraction(str(theta)) * total
    return lambda loss: loss == total if theta == 1 else Fraction(loss) > wanted


def even(members, rows, each, seed=1):
    """Rows that are each covered by as many elements: the hardest case."""
    dice = random.Random(seed)  # noqa: S311 - an example, not a secret
    return merged([dice.sample(range(members), each) for _ in range(rows)], [1.0] * rows)


def test_toy():
    half = smallest_breaking_set(TOY, 0.5, seconds=1)
    assert (half.chosen, half.loss, half.bound, half.proved) == ((0,), 60, 1, True)
    whole = smallest_breaking_set(TOY, 1, seconds=1)
    assert (whole.chosen, whole.loss) == ((0, 1), 100)


def test_a_loss_equal_to_theta_is_not_yet_a_break():
    rows = {(0,): 5.0, (1,): 5.0}
    assert smallest_breaking_set(rows, 0.5, seconds=1).chosen == (0, 1)
    assert smallest_breaking_set(rows, 0.49, seconds=1).chosen == (0,)


def test_theta_is_taken_as_it_is_written():
    """0.29 x 100 is 28.999999999999996 for a computer; a loss of 29 does not surpass it."""
    rows = {(0,): 14.5, (1,): 35.5}
    assert least_loss(rows, 0.29) == 15.0


def test_nothing_covered_cannot_break():
    assert smallest_breaking_set({}, 0.5, seconds=1) is None


def test_rows_with_equal_sets_are_joined_and_uncovered_ones_left_out():
    assert merged([[2, 1], [1, 2], [], [1]], [1.0, 2.0, 9.0, 0.5]) == {(1, 2): 3.0, (1,): 0.5}


@given(covered_rows(), THETAS)
@settings(max_examples=300, deadline=None)
def test_equals_brute_force(rows, theta):
    found = smallest_breaking_set(rows, theta, seconds=1)
    assert (found.chosen, found.loss) == smallest(rows, is_enough(rows, theta))
    assert found.proved
    assert found.bound == len(found.chosen)


@given(covered_rows(most_elements=12, most_rows=30), THETAS)
@settings(max_examples=40, deadline=None)
def test_bound_and_greedies_stand_on_either_side(rows, theta):
    wanted = least_loss(rows, theta)
    exact = len(smallest_breaking_set(rows, theta, seconds=1).chosen)
    for greedy in (reverse_greedy(rows, wanted), forward_greedy(rows, wanted)):
        assert exact <= len(greedy)
        assert is_enough(rows, theta)(loss_of(rows, greedy))


@given(covered_rows(), THETAS)
@settings(max_examples=25, deadline=None)  # the first run loads the solver
def test_the_solver_says_the_same_as_comparing_all_sets(rows, theta):
    wanted = least_loss(rows, theta)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(breaking, "_COMPARED", 0)
        patch.setattr(breaking, "MOST_TOGETHER", 0)
        solved = smallest_breaking_set(rows, theta, seconds=30)
    assert solved == smallest_breaking_set(rows, theta, seconds=30)
    assert solved.loss >= wanted


def test_of_equally_small_sets_the_greatest_loss_wins_then_the_order():
    rows = {(0,): 3.0, (1,): 3.0, (2,): 2.0, (3,): 3.0}
    found = smallest_breaking_set(rows, 0.5, seconds=1)
    assert (found.chosen, found.loss) == ((0, 1), 6)


def test_out_of_time_it_says_between_which_sizes_and_shows_always_the_same_set():
    rows = even(60, 600, 4)
    greedy = reverse_greedy(rows, least_loss(rows, 0.5))
    found = smallest_breaking_set(rows, 0.5, seconds=0.05)
    assert found.chosen == greedy
    assert found.loss == lost(rows, frozenset(greedy)) > 300
    assert 4 <= found.bound < len(greedy)
    assert not found.proved


def concentrated(members, rows, each, seed=1):
    """Rows of which a few elements cover most, as contacts are: by Zipf's law."""
    dice = random.Random(seed)  # noqa: S311 - an example, not a secret
    shares = [1 / (m + 1) for m in range(members)]
    return merged([dice.choices(range(members), shares, k=each) for _ in range(rows)], [1.0] * rows)


def test_where_a_few_cover_most_the_size_is_proved_without_the_solver(monkeypatch):
    rows = concentrated(100, 2_000, 3)
    monkeypatch.setattr(breaking, "_READ_A_SECOND", 0)
    found = smallest_breaking_set(rows, 0.5, seconds=1)
    assert found.proved
    assert found.chosen == reverse_greedy(rows, least_loss(rows, 0.5))
    monkeypatch.undo()
    assert len(smallest_breaking_set(rows, 0.5, seconds=30).chosen) == len(found.chosen)


def test_what_the_solver_cannot_read_in_time_is_bounded_without_it():
    rows = even(100, 4_000, 4)
    found = smallest_breaking_set(rows, 0.5, seconds=1)
    assert (found.bound, found.proved) == (51, False)
    assert found.chosen == reverse_greedy(rows, least_loss(rows, 0.5))


def test_more_elements_than_can_be_compared():
    rows = merged([[i] for i in range(200)], [1.0] * 100 + [3.0] * 100)
    found = smallest_breaking_set(rows, 0.5, seconds=10)
    assert (len(found.chosen), found.proved) == (67, True)
    assert found.chosen == tuple(range(100, 167))


def test_the_truck_factor_greedy_overstates_safety():
    """It takes the busiest (0) first, whom the smallest set does not need."""
    rows = {(0, 1): 4.0, (0, 2): 4.0, (0, 3): 4.0, (4,): 6.0, (5,): 6.0, (6,): 1.0}
    wanted = least_loss(rows, 0.45)
    assert len(forward_greedy(rows, wanted)) > len(smallest_breaking_set(rows, 0.45, seconds=1).chosen)


@given(covered_rows(), THETAS, st.permutations(range(8)))
def test_renaming_the_elements_changes_neither_size_nor_loss(rows, theta, names):
    renamed = {tuple(sorted(names[e] for e in key)): weight for key, weight in rows.items()}
    one, other = (smallest_breaking_set(r, theta, seconds=1) for r in (rows, renamed))
    assert (len(one.chosen), one.loss) == (len(other.chosen), other.loss)


@given(covered_rows())
def test_three_or_fewer_are_found_by_size(rows):
    for size in range(1, min(3, len(elements_of(rows))) + 1):
        loss, chosen = best_of_size(rows, size)
        found = breaking.worst(rows, size)
        assert (found.chosen, found.loss) == (chosen, -loss)
