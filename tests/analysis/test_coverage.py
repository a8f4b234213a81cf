"""Coverage: the oracle, the edges, and what must hold of every account."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.coverage import coverage
from graphkam.model.ties import Mandate
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import (
    BOW_TIE,
    DAY,
    DIAMOND,
    WEIGHTS,
    centre,
    empty,
    graph,
    holder,
    member,
    seat,
    tie,
    unit,
)
from tests.analysis.drawn import HELD, MEMBERS, SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums


def codes(result):
    return [finding.code for finding in result.findings]


@pytest.mark.parametrize(("ties", "c2"), [(BOW_TIE, 3 / 22), (DIAMOND, 17 / 22)])
def test_both_cover_everybody_and_only_one_covers_twice(ties, c2):
    found = coverage(graph(ties))
    assert (found.people, found.seats, found.weight) == (8, 8, 22)
    assert (found.c1.value, found.c2.value) == (1, c2)
    for interval in (found.c1, found.c2):
        assert interval.low == interval.value == interval.high


def test_without_lists_figures_and_findings_are_the_same():
    whole, brief = coverage(graph(BOW_TIE)), coverage(graph(BOW_TIE), with_lists=False)
    lists = ("gaps", "units", "centres", "roles", "functions", "levels", "mirror", "parity")
    assert any(getattr(whole, name) for name in lists)
    assert whole.findings
    assert brief == whole.model_copy(update=dict.fromkeys(lists, ()))


def test_an_empty_account_has_no_figures():
    found = coverage(empty())
    assert (found.people, found.seats, found.members, found.weight) == (0, 0, 0, 0)
    for interval in (found.c1, found.c2):
        assert (interval.value, interval.low, interval.high) == (None, None, None)
    assert found.findings == ()


def test_one_person_known_by_one_of_us():
    found = coverage(graph({"C": {"M": 2}}, {"C": 3}))
    assert (found.c1.value, found.c2.value, found.covered_once, found.uncovered) == (1, 0, 1, 0)


def test_nobody_of_us():
    found = coverage(graph({}, {"C": 3, "D": None}))
    assert (found.members, found.c1.value, found.c1.low, found.c1.high) == (0, 0, 0, 0)


def test_an_unknown_weight_is_the_median_and_makes_an_interval():
    found = coverage(graph({"A": {"M": 3}}, {"A": 5, "B": 2, "C": None}))
    assert found.weight == 5 + 2 + 3.5
    assert found.unknown_weights == 1
    assert found.c1.value == pytest.approx(5 / 10.5)
    assert (found.c1.low, found.c1.high) == (pytest.approx(5 / 12), pytest.approx(5 / 8))


def test_without_any_known_weight_all_weigh_one():
    found = coverage(graph({"A": {"M": 3}}, {"A": None, "B": None}))
    assert (found.weight, found.c1.value) == (2, 0.5)
    assert (found.c1.low, found.c1.high) == (pytest.approx(1 / 6), pytest.approx(5 / 6))


def test_a_vacant_seat_is_in_no_denominator_and_stands_beside():
    extra = [seat("V", 4, occupancy="vacant"), seat("W", None, occupancy="vacant")]
    found = coverage(graph({"A": {"M": 3}}, {"A": 2}, extra=extra))
    assert (found.seats, found.weight, found.c1.value) == (1, 2, 1)
    assert (found.vacant, found.vacant_weight) == (2, 4 + 3)


def test_an_unknown_holder_counts_and_is_uncovered():
    found = coverage(graph({"A": {"M": 3}}, {"A": 2}, extra=[seat("U", 2, occupancy="unknown")]))
    assert (found.people, found.seats, found.unknown_holder, found.c1.value) == (1, 2, 1, 0.5)
    gap = found.gaps[0]
    assert (gap.position_id, gap.is_holder_known) == ("U", False)
    assert "coverage_find_name" in codes(found)


def test_a_person_in_two_positions_is_covered_in_both_by_one_tie():
    second = holder("A")[1].model_copy(update={"id": "h2", "position_id": "B"})
    found = coverage(graph({"A": {"M": 3}}, {"A": 2}, extra=[seat("B", 3), second]))
    assert (found.people, found.seats, found.c1.value) == (1, 2, 1)
    assert [cell.live_ties for cell in found.mirror] == [1]


def test_unknown_level_and_unknown_last_contact_are_neither_live_nor_dead():
    doubtful = [tie("M", "A", None), tie("M", "B", 3, last=None, stated_on=DAY - timedelta(days=400))]
    found = coverage(graph({}, {"A": 1, "B": 1}, extra=[member("M"), *doubtful]))
    assert (found.c1.low, found.c1.value, found.c1.high) == (0, 0, 1)
    assert found.unknown_ties == 2


def test_a_tie_of_which_only_its_kind_is_said_is_known_of_and_of_unknown_level():
    owned = tie("M", "A", None, last=None, stated_on=None, kind="owner")
    found = coverage(graph({}, {"A": 1}, extra=[member("M"), owned]))
    assert (found.c1.low, found.c1.value, found.c1.high) == (0, 0, 1)
    assert (found.unknown_ties, [gap.owner for gap in found.gaps]) == (1, ["M"])


def test_without_a_last_contact_the_decay_runs_from_the_statement():
    def live(days):
        made = tie("M", "A", 2, last=None, stated_on=DAY - timedelta(days=days))
        return coverage(graph({}, {"A": 1}, extra=[member("M"), made])).c1.value

    assert (live(180), live(181)) == (1, 0)


@pytest.mark.parametrize(
    ("level", "days", "is_live"), [(3, 285, 1), (3, 286, 0), (2, 180, 1), (2, 181, 0), (1, 0, 0)]
)
def test_how_long_a_tie_stays_live(level, days, is_live):
    last = DAY - timedelta(days=days)
    assert coverage(graph({"A": {"M": level}}, {"A": 1}, last=last)).c1.value == is_live
    forever = AnalysisSettings(half_life=None)
    assert coverage(graph({"A": {"M": level}}, {"A": 1}, last=last), settings=forever).c1.value == (level > 1)


@pytest.mark.parametrize(
    "gone", [member("M", status="left"), member("M", until="2026-10"), holder("A", status="left")[0]]
)
def test_a_tie_of_somebody_who_has_left_is_never_live(gone):
    assert coverage(graph({"A": {"M": 3}}, {"A": 1}, extra=[gone])).c1.value == 0


def test_a_mandate_that_ended_excludes_and_none_at_all_is_implied():
    def mandate(until=None):
        return Mandate(id="m", account_id="a", member_id="M", role="expert", until=until)

    ties = {"A": {"M": 3, "N": 3}}
    implied, given, ended = (
        coverage(graph(ties, {"A": 1}, extra=extra)) for extra in ([], [mandate()], [mandate("2026-10")])
    )
    assert (implied.members, implied.implied_members) == (2, 2)
    assert (given.members, given.implied_members) == (2, 1)
    assert (ended.members, ended.c2.value) == (1, 0)
    assert "coverage_implied_mandates" in codes(given)


def test_units_are_rolled_up_and_a_dark_one_is_told_once():
    extra = [
        unit("G"),
        unit("S", "G"),
        unit("T", "S"),
        seat("A", 1, unit_id="G"),
        seat("B", 3, unit_id="T"),
    ]
    found = coverage(graph({"A": {"M": 3}}, {"A": 1, "B": 3}, extra=extra))
    assert {u.id: (u.seats, u.c1) for u in found.units} == {"G": (2, 0.25), "S": (1, 0), "T": (1, 0)}
    told = [f.subjects for f in found.findings if f.code == "coverage_dark_unit"]
    assert told == [("S",)]


def test_gaps_come_by_live_ties_then_weight_then_value_of_the_centre_then_name():
    weights = {"Z": 1, "Y": 5, "X": 5, "W": 5, "V": 2}
    ties = {"V": {"M": 3}}
    extra = centre("D", ["W"], value=100)
    found = coverage(graph(ties, weights, extra=extra))
    assert [g.position_id for g in found.gaps] == ["W", "X", "Y", "Z", "V"]
    assert found.gaps[0].centre_value == 100


def test_owner_and_backup_of_a_gap():
    extra = [member("N"), tie("M", "A", 1, kind="owner"), tie("N", "A", 0, kind="backup")]
    found = coverage(graph({"A": {"M": 1}}, {"A": 1}, extra=extra))
    assert (found.gaps[0].owner, found.gaps[0].backup) == ("M", "N")
    assert "coverage_paper_backup" in codes(found)


def test_a_backup_who_wrote_long_ago_is_no_backup_on_paper():
    silent = tie("N", "A", None, kind="backup", last=None, stated_on=None, days_out=(date(2020, 1, 1),))
    found = coverage(graph({"A": {"M": 3}}, {"A": 1}, extra=[member("N"), silent]))
    assert "coverage_paper_backup" not in codes(found)


def test_parity_is_their_level_less_the_best_of_ours():
    extra = [seat("A", 5, seniority=1), seat("B", 5, seniority=2), member("M", seniority=3)]
    found = coverage(graph({"A": {"M": 3}, "B": {"M": 1}}, {"A": 5, "B": 5}, extra=extra))
    rows = {p.position_id: (p.level, p.our_level, p.gap) for p in found.parity}
    assert rows == {"A": (1, 3, -2), "B": (2, None, None)}
    assert {"coverage_level_gap", "coverage_top_not_live"} <= set(codes(found))


def test_the_mirror_sums_what_each_function_covers():
    extra = [
        seat("A", 5, function="finance"),
        seat("B", 2, function="finance"),
        member("M", function="finance"),
    ]
    found = coverage(graph({"A": {"M": 3, "N": 2}, "B": {"M": 3}}, {"A": 5, "B": 2}, extra=extra))
    cells = {(c.client_function, c.our_function): (c.covered_weight, c.live_ties) for c in found.mirror}
    assert cells == {("finance", "finance"): (7, 2), ("finance", "?"): (5, 1)}


def test_a_centre_gone_cold_says_when_it_was_warm():
    old = date(2025, 8, 1)
    found = coverage(graph({"A": {"M": 3}}, {"A": 4}, last=old, extra=centre("D", ["A"])))
    cold = next(f for f in found.findings if f.code == "coverage_cold_centre")
    assert (cold.subjects, cold.params["last"], cold.evidence) == (("D",), old, ("M-A",))
    assert "1 août 2025" in Words("fr").finding(cold)


def test_key_people_are_found_by_weight_role_or_veto():
    extra = [*centre("D", ["B"]), *centre("E", ["C", "D"], veto=True)]
    found = coverage(graph({}, {"A": 4, "B": 1, "C": 1, "D": 1, "F": 1}, extra=extra))
    assert {g.position_id for g in found.gaps if g.is_key} == {"A", "B", "C", "D"}
    assert codes(found).count("coverage_key_uncovered") == 4


def test_lists_are_bounded_and_counts_exact():
    found = coverage(graph({}, WEIGHTS), settings=AnalysisSettings(top=2))
    assert (len(found.gaps), found.uncovered) == (2, 8)
    assert codes(found).count("coverage_key_uncovered") == 2


def test_terms_can_be_left_out():
    assert coverage(graph(DIAMOND), with_terms=False).terms == ()


@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, settings):
    found = coverage(drawn.graph(), settings=settings)
    assert_it_sums(found)
    wanted = {f"c{k}.{end}" for k in (1, 2) for end in ("value", "low", "high")} if found.weight else set()
    assert {e.figure for e in found.explained} == wanted


@given(accounts(), SETTINGS)
def test_order_of_records_changes_nothing(drawn, settings):
    assert coverage(drawn.graph(), settings=settings) == coverage(
        drawn.graph(is_reversed=True), settings=settings
    )


@given(accounts(), SETTINGS, st.data())
def test_a_live_tie_more_never_lowers_coverage(drawn, settings, data):
    free = {(m, p) for m in range(len(MEMBERS)) for p, o in enumerate(drawn.occupancy) if o == HELD}
    free -= {(m, p) for m, p, _, _ in drawn.ties}
    if not free:
        return
    m, p = data.draw(st.sampled_from(sorted(free)))
    more = drawn._replace(ties=(*drawn.ties, (m, p, 3, 0)))
    before, after = (coverage(d.graph(), settings=settings) for d in (drawn, more))
    for name in ("c1", "c2"):
        for bound in ("low", "value", "high"):
            assert getattr(getattr(after, name), bound) >= getattr(getattr(before, name), bound) - 1e-12


@given(accounts(), SETTINGS, st.data())
def test_what_becomes_known_lands_inside_the_interval(drawn, settings, data):
    known = drawn._replace(
        weights=tuple(w or data.draw(st.sampled_from([1, 3, 5])) for w in drawn.weights),
        ties=tuple(
            (
                m,
                p,
                data.draw(st.integers(0, 3)) if level is None else level,
                data.draw(st.sampled_from([0, 50, 250, 900])) if days is None else days,
            )
            for m, p, level, days in drawn.ties
        ),
    )
    before, after = (coverage(d.graph(), settings=settings) for d in (drawn, known))
    for name in ("c1", "c2"):
        interval, value = getattr(before, name), getattr(after, name).value
        if value is not None:
            assert interval.low - 1e-12 <= value <= interval.high + 1e-12
            assert interval.low - 1e-12 <= interval.value <= interval.high + 1e-12


@given(accounts(is_certain=True), SETTINGS)
def test_what_is_certain_has_no_width(drawn, settings):
    found = coverage(drawn.graph(), settings=settings)
    for interval in (found.c1, found.c2):
        assert interval.low == interval.value == interval.high


@given(accounts())
def test_it_is_plain_json_and_every_finding_has_its_sentences(drawn):
    found = coverage(drawn.graph())
    assert json.loads(found.model_dump_json())["weight"] == found.weight
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for f in found.findings)
