"""Losses by chance and the worst few: by hand, by brute force, and within their error."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.method import losses
from graphkam.method.losses import distribution, expected_loss, worst
from tests.method.cases import best_of_size, covered_rows, elements_of, loss_of

TOY = {(0,): 60.0, (0, 1): 40.0}


def by_hand(rows, probability):
    """Each combination of failures with its probability and its loss."""
    count = len(probability)
    for failed in product((False, True), repeat=count):
        chance = prod(q if f else 1 - q for q, f in zip(probability, failed, strict=True))
        yield chance, loss_of(rows, [e for e in range(count) if failed[e]])


def test_toy():
    """P(A) = 0.1, P(B) = 0.2: loss 60 with 0.08, 100 with 0.02."""
    assert expected_loss(TOY, [0.1, 0.2]) == pytest.approx(6.8)
    spread = distribution(TOY, [0.1, 0.2])
    assert spread.shortfall(0.90) == pytest.approx(68)
    assert spread.shortfall(0.95) == pytest.approx(76)
    assert spread.standard_error == 0


def test_the_atom_at_the_quantile_is_split():
    """A loss of 100 with probability 0.04 (Acerbi & Tasche 2002)."""
    one = distribution({(0,): 100.0}, [0.04])
    assert one.shortfall(0.95) == pytest.approx(80)
    assert one.shortfall(0.975) == pytest.approx(100)
    two = distribution({(0,): 100.0, (1,): 100.0}, [0.04, 0.04])
    assert two.shortfall(0.95) == pytest.approx(103.2)


@given(covered_rows(most_elements=6), st.lists(st.floats(0, 1), min_size=6, max_size=6))
def test_the_distribution_is_that_of_all_combinations(rows, probability):
    spread = distribution(rows, probability)
    assert sum(spread.probability) == pytest.approx(1)
    mean = sum(p * x for p, x in zip(spread.probability, spread.loss, strict=True))
    assert mean == pytest.approx(sum(p * x for p, x in by_hand(rows, probability)))
    assert mean == pytest.approx(expected_loss(rows, probability))


@given(covered_rows(most_elements=5), st.floats(0.01, 0.99), st.floats(0.5, 0.99))
def test_the_shortfall_is_the_mean_of_the_worst(rows, q, level):
    """Twin: fill the tail with the worst combinations, the last only as far as it fits."""
    left = tail = 1 - level
    total = 0.0
    for chance, loss in sorted(by_hand(rows, [q] * 5), key=lambda c: -c[1]):
        taken = min(left, chance)
        total, left = total + taken * loss, left - taken
    assert distribution(rows, [q] * 5).shortfall(level) == pytest.approx(total / tail)


@given(covered_rows(), st.floats(0, 1))
def test_a_common_shock_mixes_in_the_loss_of_everything(rows, shock):
    alone = distribution(rows, [0.2] * 8)
    mixed = distribution(rows, [0.2] * 8, shock=shock)
    mean = [sum(p * x for p, x in zip(d.probability, d.loss, strict=True)) for d in (alone, mixed)]
    assert mean[1] == pytest.approx((1 - shock) * mean[0] + shock * sum(rows.values()))


def test_many_elements_are_simulated_within_their_error_and_always_alike():
    rows = {(i, (7 * i + 1) % 40): 1.0 + i % 3 for i in range(40)} | {(i,): 2.0 for i in range(0, 40, 5)}
    rows = {tuple(sorted(key)): weight for key, weight in rows.items()}
    spread = distribution(rows, [0.2] * 40)
    mean = sum(p * x for p, x in zip(spread.probability, spread.loss, strict=True))
    assert spread.standard_error > 0
    assert abs(mean - expected_loss(rows, [0.2] * 40)) < 3 * spread.standard_error
    assert distribution(rows, [0.2] * 40) == spread


@given(covered_rows(most_elements=5))
def test_simulated_and_enumerated_agree(rows):
    exact = distribution(rows, [0.3] * 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(losses, "ENUMERATED", 0)
        simulated = distribution(rows, [0.3] * 5)
    total = sum(rows.values())
    assert simulated.shortfall(0.95) == pytest.approx(exact.shortfall(0.95), abs=0.05 * total)


@given(covered_rows(most_elements=9, most_rows=20), st.integers(1, 3))
def test_the_worst_are_those_of_all_sets(rows, size):
    found = worst(rows, size)
    if len(elements_of(rows)) < size:
        assert found is None
        return
    loss, chosen = best_of_size(rows, size)
    assert (found.chosen, found.loss) == (chosen, -loss)
