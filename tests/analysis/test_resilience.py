"""Resilience: the oracle, the three questions, chance, and what must hold of every account."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.resilience import resilience
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import BOW_TIE, DIAMOND, centre, empty, graph, member, seat, unit
from tests.analysis.drawn import accounts
from tests.analysis.resumming import assert_it_sums


def test_the_bow_tie_breaks_with_one():
    found = resilience(graph(BOW_TIE))
    assert (found.size, found.bound, found.proved, found.members) == (1, 1, True, ("KAM",))
    assert found.loss == 19 / 22


def test_the_diamond_breaks_with_four():
    found = resilience(graph(DIAMOND))
    assert (found.size, found.bound, found.proved) == (4, 4, True)
    assert found.members == ("DG", "KAM", "MKT", "RD")
    assert found.loss == pytest.approx(15 / 22)
    assert 1 - found.loss == pytest.approx(0.318, abs=5e-4)


def test_an_empty_account_cannot_break():
    found = resilience(empty())
    assert (found.size, found.bound, found.proved, found.members, found.loss) == (None,) * 5
    assert (found.worst, found.expected_loss, found.greedy_size, found.findings) == ({}, None, None, ())


def test_nothing_covered_cannot_break():
    found = resilience(graph({"A": {"M": 1}}, {"A": 3}))
    assert (found.members, found.expected_loss) == (None, None)
    assert [f.code for f in found.findings] == ["resilience_nothing"]


def test_theta_of_one_is_all_of_it():
    toy = {"s1": {"A": 3}, "s2": {"A": 3, "B": 3}}
    made = graph(toy, {"s1": 3, "s2": 2})
    assert resilience(made).members == ("A",)
    assert resilience(made, settings=AnalysisSettings(theta=1)).members == ("A", "B")


def test_worst_departures():
    worst = resilience(graph(BOW_TIE)).worst
    assert {k: w.members for k, w in worst.items()} == {
        1: ("KAM",),
        2: ("KAM", "SAV"),
        3: ("KAM", "LOG", "SAV"),
    }
    assert [round(w.loss * 22) for w in worst.values()] == [19, 21, 22]


def test_blind_spots_and_what_is_dark_already():
    extra = [unit("U"), seat("D", 2, unit_id="U"), *centre("K", ["A", "B"]), *centre("X", ["D"])]
    ties = {"A": {"M": 3}, "B": {"M": 3, "N": 3}}
    found = resilience(graph(ties, {"A": 1, "B": 5, "D": 2}, extra=extra))
    assert [(s.kind, s.id, s.departures) for s in found.blind_spots] == [
        ("stakeholder", "A", 1),
        ("centre", "K", 2),
        ("stakeholder", "B", 2),
    ]
    assert {(s.kind, s.id) for s in found.dark} == {("stakeholder", "D"), ("centre", "X"), ("unit", "U")}
    assert found.dark_count == 3


def test_centres_that_hang_on_one_of_us():
    extra = [*centre("D", ["A"]), *centre("E", ["B"]), *centre("F", ["C"])]
    ties = {"A": {"M": 3}, "B": {"M": 3}, "C": {"M": 3, "N": 3}}
    found = resilience(graph(ties, {"A": 1, "B": 1, "C": 1}, extra=extra))
    told = next(f for f in found.findings if f.code == "resilience_blind_centres")
    assert told.params == {"member": "M", "count": 2, "centres": ("Centre D", "Centre E")}


def test_expected_loss_and_shortfall_by_hand():
    """s1 {A} weighs 3, s2 {A, B} weighs 2; A leaves with 0.1, B with 0.2."""
    extra = [member("A", departure_probability=0.1), member("B", departure_probability=0.2)]
    found = resilience(graph({"s1": {"A": 3}, "s2": {"A": 3, "B": 3}}, {"s1": 3, "s2": 2}, extra=extra))
    assert found.expected_loss == pytest.approx(0.068)
    assert found.expected_shortfall == pytest.approx(0.76)
    assert found.standard_error == 0


def test_a_common_shock_and_the_default_probability():
    made = graph({"A": {"M": 3}}, {"A": 3}, revenue=1_000_000)
    calm = resilience(made)
    assert calm.expected_loss == pytest.approx(0.2)
    assert calm.expected_sales_lost == pytest.approx(1_000_000 * 0.176 * 0.2)
    assert resilience(made, settings=AnalysisSettings(common_shock=0.5)).expected_loss == pytest.approx(0.6)
    assert resilience(graph(DIAMOND)).expected_sales_lost is None


def test_out_of_time_it_says_so():
    names = [f"N{i:02}" for i in range(40)]
    ties = {f"P{i}": {names[(7 * i + k * k) % 40]: 3 for k in range(4)} for i in range(300)}
    found = resilience(graph(ties, dict.fromkeys(ties, 1)), seconds=0.01)
    assert found.bound < found.size == len(found.members)
    assert not found.proved
    assert found.findings[0].code == "resilience_unproved"
    assert found.standard_error > 0


@given(accounts(most=8), st.sampled_from([0.25, 0.5, 0.9, 1.0]))
@settings(deadline=None)
def test_bound_size_and_greedy_stand_in_order(drawn, theta):
    found = resilience(drawn.graph(), settings=AnalysisSettings(theta=theta))
    if found.size is not None:
        assert found.bound <= found.size <= found.greedy_size
        assert found.proved
        assert found.loss > theta or found.loss == 1


@given(accounts())
@settings(deadline=None)
def test_figures_are_the_sums_of_their_terms(drawn):
    found = resilience(drawn.graph(), settings=AnalysisSettings(common_shock=0.1))
    assert_it_sums(found)
    assert (found.loss is None) == ("loss" not in {e.figure for e in found.explained})


@given(accounts())
@settings(deadline=None)
def test_order_of_records_changes_nothing(drawn):
    assert resilience(drawn.graph()) == resilience(drawn.graph(is_reversed=True))


def test_lists_are_bounded():
    found = resilience(graph(BOW_TIE), settings=AnalysisSettings(top=2))
    assert len(found.blind_spots) == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_finding_has_its_sentences(language):
    for made in (graph(BOW_TIE), graph(DIAMOND), graph({}, {"A": 1})):
        assert all(Words(language).finding(f) for f in resilience(made).findings)
