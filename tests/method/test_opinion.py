"""Where opinions settle: published cases, and solving against going round after round."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from graphkam.method import opinion
from graphkam.method.opinion import Opinions, listening, reached


def opinions(weights, susceptibility):
    return Opinions(csr_array(np.array(weights, dtype=float)), np.array(susceptibility, dtype=float))


@st.composite
def models(draw, most_susceptible=0.9):
    """Draw who listens to whom; some listen to nobody."""
    people = draw(st.integers(1, 6))
    pairs = st.tuples(st.integers(0, people - 1), st.integers(0, people - 1))
    ties = draw(st.lists(pairs, unique=True, max_size=15))
    strength = np.array([draw(st.floats(0.2, 0.95)) for _ in ties])
    target, source = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    weights = listening(target, source, strength, people)
    yields = np.array([draw(st.floats(0, most_susceptible)) for _ in range(people)])
    return Opinions(weights, yields)


def stances(people):
    return st.lists(st.floats(-2, 2), min_size=people, max_size=people).map(np.array)


def iterated(model, own, rounds):
    """Twin: everybody listens, again and again."""
    listens = np.diff(model.weights.indptr) > 0
    gives_way = np.where(listens, model.susceptibility, 0)
    x = own.copy()
    for _ in range(rounds):
        x = gives_way * (model.weights @ x) + (1 - gives_way) * own
    return x


def test_the_group_of_friedkin_and_johnsen():
    """Published (60, 60, 75, 75): Friedkin & Johnsen 1999; Parsegov et al. 2017, IEEE TAC 62(5): 2270.

    The published weights have three digits; from them it is 60.0208, 59.9840, 75, 74.9862.
    """
    weights = [
        [0.220, 0.120, 0.360, 0.300],
        [0.147, 0.215, 0.344, 0.294],
        [0, 0, 1, 0],
        [0.090, 0.178, 0.446, 0.286],
    ]
    model = opinions(weights, 1 - np.diag(weights))
    found = model.settled(np.array([25.0, 25, 75, 85]))
    assert found == pytest.approx([60, 60, 75, 75], abs=0.05)
    assert found == pytest.approx([60.0208, 59.9840, 75, 74.9862], abs=5e-4)
    assert model.leverage(np.array([1.0, 0, 0, 0])) == pytest.approx([0.279, 0.045, 0.551, 0.124], abs=1e-3)


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ([[0.5, 0.5], [0.25, 0.75]], [1 / 3, 2 / 3]),
        ([[1 / 3, 1 / 3, 1 / 3], [1 / 2, 1 / 2, 0], [0, 1 / 4, 3 / 4]], [3 / 11, 4 / 11, 4 / 11]),
        ([[0, 0.5, 0.5], [1, 0, 0], [0, 1, 0]], [0.4, 0.4, 0.2]),
    ],
    ids=["DeGroot 1974", "Jackson 2008", "Golub and Jackson"],
)
def test_who_gives_way_entirely_comes_to_a_consensus(weights, shares):
    """The weights of the consensus: DeGroot 1974 and Jackson 2008, chapter 8."""
    model = opinions(weights, np.ones(len(weights)))
    own = np.arange(len(weights)) * 10.0
    assert model.settled(own) == pytest.approx([shares @ own] * len(weights))
    assert model.leverage(np.eye(len(weights))[0]) == pytest.approx(shares)


def test_two_who_only_repeat_each_other_never_settle():
    model = opinions([[0, 1], [1, 0]], [1, 1])
    assert np.isnan(model.settled(np.array([1.0, -1.0]))).all()
    assert np.isnan(model.leverage(np.array([1.0, 0.0]))).all()


def test_who_listens_to_those_who_never_settle_does_not_either_and_others_do():
    """0 and 1 repeat each other; 2 listens to them, 3 to 2 but holds to his own, 4 to nobody, 5 to 4."""
    weights = np.zeros((6, 6))
    weights[0, 1] = weights[1, 0] = weights[2, 0] = weights[3, 2] = weights[5, 4] = 1
    model = opinions(weights, [1, 1, 0.5, 0, 1, 1])
    own = np.array([1.0, -1, 0, 2, 1.5, -2])
    assert np.isnan(model.settled(own)).tolist() == [True, True, True, False, False, False]
    assert model.settled(own)[3:].tolist() == [2, 1.5, 1.5]
    assert model.leverage(np.array([0.0, 0, 0, 1, 1, 1])).tolist() == [0, 0, 0, 1, 2, 0]
    assert np.isnan(model.leverage(np.ones(6))).all()


def test_a_circle_with_one_who_holds_to_his_own_settles():
    model = opinions([[0, 1], [1, 0]], [1, 0.5])
    assert model.settled(np.array([1.0, -1.0])).tolist() == [-1, -1]


def test_a_group_that_settles_is_listened_to_by_others():
    """0 and 1 come to a third and two thirds; 2 gives half way to 1."""
    model = opinions([[0.5, 0.5, 0], [0.25, 0.75, 0], [0, 1, 0]], [1, 1, 0.5])
    assert model.settled(np.array([3.0, 0, 5])).tolist() == pytest.approx([1, 1, 3])
    assert model.leverage(np.array([0.0, 0, 1])) == pytest.approx([1 / 6, 1 / 3, 1 / 2])


def test_who_listens_to_nobody_keeps_his_own():
    model = opinions([[0, 0], [1, 0]], [0.5, 0.5])
    assert model.settled(np.array([2.0, -2.0])).tolist() == [2, 0]


def test_nobody():
    model = opinions(np.zeros((0, 0)), [])
    nothing = np.array([])
    assert (model.settled(nothing).size, model.leverage(nothing).size, model.reach(nothing).size) == (0, 0, 0)


@given(models(), st.data())
def test_solving_is_going_round_until_nothing_moves(model, data):
    own = data.draw(stances(len(model.susceptibility)))
    assert model.settled(own) == pytest.approx(iterated(model, own, 400), abs=1e-9)


def test_among_very_many_going_round_gives_the_same(monkeypatch):
    dice = np.random.default_rng(20261123)
    target, source = np.divmod(np.unique(dice.integers(0, 300 * 300, 1200)), 300)
    weights = listening(target, source, dice.uniform(0.2, 0.95, len(target)), 300)
    model, own = Opinions(weights, dice.uniform(0, 0.95, 300)), dice.uniform(-2, 2, 300)
    solved, leverage = model.settled(own), model.leverage(own)
    monkeypatch.setattr(opinion, "_SOLVED", 0)
    assert model.settled(own) == pytest.approx(solved, abs=1e-12)
    assert model.leverage(own) == pytest.approx(leverage, abs=1e-12)


@given(models(most_susceptible=1), st.data())
def test_even_where_some_give_way_entirely(model, data):
    """Each of a long row of rounds averaged, for a circle never comes to rest."""
    own = data.draw(stances(len(model.susceptibility)))
    found = model.settled(own)
    settles = ~np.isnan(found)
    again = Opinions(model.weights, np.minimum(model.susceptibility, 1 - 1e-9)).settled(own)
    assert found[settles] == pytest.approx(again[settles], abs=1e-5)


@given(models(), st.data())
def test_nobody_settles_beyond_the_others(model, data):
    own = data.draw(stances(len(model.susceptibility)))
    found = model.settled(own)
    assert own.min() - 1e-9 <= found.min() <= found.max() <= own.max() + 1e-9


@given(models(most_susceptible=1), st.data())
def test_leverage_is_what_one_step_does(model, data):
    people = len(model.susceptibility)
    own, wanted = data.draw(stances(people)), data.draw(stances(people))
    found, before = model.leverage(wanted), model.settled(own)
    if np.isnan(found).any():
        assert np.isnan(before[wanted != 0]).any()
        return
    counts = wanted != 0
    steps = [(model.settled(own + np.eye(people)[i]) - before) for i in range(people)]
    assert found == pytest.approx([step[counts] @ wanted[counts] for step in steps], abs=1e-8)
    assert found.sum() == pytest.approx(wanted.sum(), abs=1e-8)


@given(models(), st.data(), st.randoms())
def test_who_is_called_what_changes_nothing(model, data, dice):
    people = len(model.susceptibility)
    order = list(range(people))
    dice.shuffle(order)
    own = data.draw(stances(people))
    other = Opinions(csr_array(model.weights.toarray()[order][:, order]), model.susceptibility[order])
    assert other.settled(own[order]) == pytest.approx(model.settled(own)[order], abs=1e-9)


def test_strengths_become_shares_of_what_reaches_a_person():
    found = listening(np.array([0, 0, 2]), np.array([1, 2, 0]), np.array([0.6, 0.2, 0.4]), 3)
    assert found.toarray().tolist() == [[0, pytest.approx(0.75), pytest.approx(0.25)], [0, 0, 0], [1, 0, 0]]


def test_reached_through_others():
    start = np.array([True, False, False, False])
    assert reached(start, np.array([1, 2]), np.array([0, 1])).tolist() == [True, True, True, False]
