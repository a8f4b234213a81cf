"""The solver: an oracle by hand, what comes in between two solutions, and that it says nothing of its own."""

import numpy as np
import pytest

from graphkam.method.solver import ENDLESS, NOTHING, Entries, Programme


def row(*values):
    at = np.flatnonzero(values)
    return Entries(np.zeros(len(at), dtype=np.int64), at, np.array(values, dtype=float)[at])


def made(*cost):
    programme = Programme()
    programme.add_columns(
        -np.array(cost, dtype=float), np.zeros(len(cost)), np.full(len(cost), ENDLESS), NOTHING
    )
    return programme


def most(programme, limit, *values):
    programme.add_rows(np.array([-ENDLESS]), np.array([float(limit)]), row(*values))


def test_the_glass_company():
    """Doors at 3 and windows at 5, three plants: 2 doors, 6 windows, 36; hours are worth 0, 1.5 and 1.

    Source: Hillier & Lieberman, Introduction to Operations Research, "Wyndor Glass Co.".
    """
    glass = made(3, 5)
    most(glass, 4, 1, 0)
    most(glass, 12, 0, 2)
    most(glass, 18, 3, 2)
    found = glass.solved()
    assert found.is_best
    assert found.value == pytest.approx([2, 6])
    assert found.row_price == pytest.approx([0, -1.5, -1])
    assert found.column_price == pytest.approx([0, 0])


def test_what_comes_in_after_a_solution():
    glass = made(3, 5)
    most(glass, 4, 1, 0)
    most(glass, 12, 0, 2)
    most(glass, 18, 3, 2)
    glass.solved()
    # A third product at 4 that takes an hour of the third plant, worth 1: it takes all 18 of its hours.
    glass.add_columns(
        np.array([-4.0]), np.zeros(1), np.array([ENDLESS]), Entries(*np.array([[0], [2]]), np.ones(1))
    )
    assert glass.solved().value == pytest.approx([0, 0, 18])
    most(glass, 10, 0, 0, 1)
    assert glass.solved().value == pytest.approx([0, 4, 10])


def test_whole_numbers():
    """At most 3.5 of one: 3.5 of it, and 3 of it where it must be whole."""
    one = made(1)
    most(one, 7, 2)
    assert one.solved().value == pytest.approx([3.5])
    one.make_whole(np.array([0]))
    found = one.solved()
    assert found.value == pytest.approx([3])
    assert found.bound == pytest.approx(-3)


def test_what_cannot_be_is_not_best():
    one = made(1)
    most(one, -1, 1)
    assert not one.solved().is_best


def test_it_says_nothing(capfd):
    made(1).solved(1.0)
    assert capfd.readouterr() == ("", "")
