"""Departure: before and after, what is orphaned, who could take over, and how departures compose."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.departure import departure
from graphkam.errors import NotFound
from graphkam.graph.build import account_graph
from graphkam.model.business import Action, Contract, KnowledgeItem, Pursuit, Signal
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.review.saying import amount_of
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import BOW_TIE, DAY, DIAMOND, centre, empty, graph, member, seat, tie, unit
from tests.analysis.drawn import SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums


def codes(result):
    return [finding.code for finding in result.findings]


def test_the_kam_of_the_bow_tie_leaves():
    found = departure(graph(BOW_TIE), leaves=["KAM"])
    assert (found.before.c1, found.after.c1) == (1, 3 / 22)
    assert (found.before.c2, found.after.c2) == (3 / 22, 0)
    assert (found.loss, found.dark, found.sole) == (19 / 22, 6, 2)
    assert (found.before.members, found.after.members) == (3, 2)
    assert found.after.bow_tie_member == "SAV"
    assert (found.before.covered, found.after.covered) == (8, 2)
    assert (found.before.covered_weight, found.after.covered_weight) == (22, 3)
    assert found.findings[0].code == "departure_dark"
    assert found.findings[0].params["percent"] == 86


def test_the_kam_of_the_diamond_leaves():
    found = departure(graph(DIAMOND), leaves=["KAM"])
    assert (found.loss, found.dark, found.sole) == (0, 0, 4)
    assert found.after.c2 == pytest.approx(2 / 22)


def test_a_client_person_leaves_and_the_seat_keeps_its_weight():
    found = departure(graph(DIAMOND), leaves=["pC1"])
    assert (found.before.c1, found.after.c1, found.vacated) == (1, 17 / 22, 1)
    assert (found.touched[0].name, found.touched[0].successors) == ("C1", ())


def test_losing_an_uncovered_decider_does_not_look_like_progress():
    found = departure(graph({"A": {"M": 3}}, {"A": 1, "B": 5}), leaves=["pB"])
    assert found.before.c1 == found.after.c1 == pytest.approx(1 / 6)
    assert codes(found) == ["departure_nothing"]


def test_both_sides_at_once():
    found = departure(graph({"A": {"M": 3}, "B": {"N": 3}}, {"A": 1, "B": 3}), leaves=["M", "pB"])
    assert (found.after.c1, found.dark, found.leaves) == (0, 2, ("M", "B"))


def test_somebody_who_is_not_there():
    with pytest.raises(NotFound):
        departure(graph(DIAMOND), leaves=["nobody"])


def test_an_empty_account():
    found = departure(empty())
    assert (found.loss, found.before.c1, found.singles, found.findings) == (None, None, (), ())


def test_with_nobody_named_every_single_departure_is_ranked():
    found = departure(graph(BOW_TIE))
    assert [(s.name, s.side) for s in found.singles[:2]] == [("KAM", "ours"), ("C1", "theirs")]
    assert found.leaves == ()
    assert departure(graph(BOW_TIE), leaves=["SAV"]).singles == ()


@given(accounts(), SETTINGS)
def test_each_single_departure_is_the_departure_of_one(drawn, settings):
    made = drawn.graph()
    for single in departure(made, settings=settings.model_copy(update={"top": 1000})).singles:
        one = departure(made, leaves=[single.id], settings=settings)
        assert (single.loss, single.dark) == (pytest.approx(one.loss), one.dark)
        assert (single.c1, single.c2) == (pytest.approx(one.after.c1), pytest.approx(one.after.c2))


def test_centres_and_units_that_go_dark_or_keep_one_of_us():
    ties = {"A": {"M": 3}, "B": {"M": 3, "N": 3}}
    extra = [
        unit("U"),
        seat("A", 1, unit_id="U"),
        *centre("dark", ["A"], value=100),
        *centre("sole", ["A", "B"], value=200),
    ]
    found = departure(graph(ties, {"A": 1, "B": 1}, extra=extra), leaves=["M"])
    parts = {(p.kind, p.id): (p.live_before, p.live_after) for p in found.parts}
    assert parts == {("centre", "dark"): (1, 0), ("unit", "U"): (1, 0), ("centre", "sole"): (2, 1)}
    assert (found.exposure, found.unknown_amounts) == (100, 0)
    assert [(s.id, s.live_after) for s in found.stakes] == [("dark", 0), ("sole", 1)]
    told = {f.code: f.subjects for f in found.findings}
    assert told["departure_centres_dark"] == ("dark",)
    assert told["departure_centres_sole"] == ("sole",)
    assert told["departure_units_dark"] == ("U",)


def test_the_headline_sentence_is_computed_from_the_tables():
    """A headline written by hand once said three centres where there were two."""
    ties = {"A": {"M": 3}, "B": {"M": 3}, "C": {"M": 3, "N": 3}}
    extra = [*centre("D1", ["A"]), *centre("D2", ["B"]), *centre("D3", ["C"])]
    found = departure(graph(ties, {"A": 1, "B": 1, "C": 1}, extra=extra), leaves=["M"])
    told = next(f for f in found.findings if f.code == "departure_centres_dark")
    dark = [p for p in found.parts if p.kind == "centre" and p.live_after == 0]
    assert told.params["count"] == len(dark) == 2
    assert Words("en").finding(told) == (
        "If M left, 2 decision centres would be left with nobody: Centre D1, Centre D2."
    )


def test_unknown_amounts_are_counted():
    found = departure(graph({"A": {"M": 3}}, {"A": 1}, extra=centre("D", ["A"])), leaves=["M"])
    assert (found.exposure, found.unknown_amounts) == (None, 1)


def test_sales_to_expect_to_lose():
    made = graph({"A": {"M": 3}, "B": {"N": 3}}, {"A": 1, "B": 3}, revenue=1_000_000)
    found = departure(made, leaves=["M"])
    assert found.expected_loss == pytest.approx(44_000)
    assert found.expected_loss == found.yearly_sales * found.loss * found.loss_rate
    assert (found.yearly_sales, found.loss_rate) == (1_000_000, 0.176)
    unknown = departure(graph(DIAMOND), leaves=["KAM"])
    assert (unknown.yearly_sales, unknown.expected_loss) == (None, None)


def test_what_nobody_is_left_for():
    extra = [
        Action(id="a1", account_id="a", text="Call", owner_id="M", due=DAY),
        Action(id="a2", account_id="a", text="Done", owner_id="M", state="done"),
        Action(id="a3", account_id="a", text="Another's", owner_id="N"),
        KnowledgeItem(id="k1", account_id="a", text="Vierzon closes in 2028", known_by_ids=("M",)),
        KnowledgeItem(id="k2", account_id="a", text="Known to both", known_by_ids=("M", "N")),
        KnowledgeItem(id="k3", account_id="a", text="Known to nobody"),
        Signal(id="s1", account_id="a", text="A rumour", date=DAY, known_by_ids=("M",)),
        Signal(id="s2", account_id="a", text="Tomorrow's", date=DAY + timedelta(days=1), known_by_ids=("M",)),
        Pursuit(id="d1", account_id="a", name="Alone", owner_id="M"),
        Pursuit(id="d2", account_id="a", name="Together", owner_id="M", member_ids=("N",)),
        Contract(id="c1", account_id="a", name="Framework", signatory_id="A"),
        Contract(id="c2", account_id="a", name="Ours", our_signatory_id="M"),
    ]
    made = graph({"A": {"M": 3, "N": 3}}, {"A": 1}, extra=extra)
    ours = departure(made, leaves=["M"])
    assert {(o.kind, o.id) for o in ours.orphans} == {
        ("action", "a1"),
        ("knowledge", "k1"),
        ("signal", "s1"),
        ("pursuit", "d1"),
        ("contract", "c2"),
    }
    assert ours.orphan_count == 5
    assert "departure_orphans" in codes(ours)
    assert [o.id for o in departure(made, leaves=["pA"]).orphans] == ["c1"]


def test_successors_by_tie_then_introduction_then_function():
    extra = [
        seat("A", 5, function="finance", unit_id="U"),
        seat("B", 1, unit_id="U"),
        unit("U"),
        member("tied"),
        member("warm"),
        member("mirror", function="finance"),
        tie("tied", "A", 1),
        tie("warm", "B", 3),
        tie("mirror", "C", 2),
    ]
    found = departure(graph({"A": {"M": 3}}, {"A": 5, "B": 1, "C": 1}, extra=extra), leaves=["M"])
    proposals = [(p.member, p.reason, p.through) for p in found.touched[0].proposals]
    assert proposals == [("tied", "tie", None), ("warm", "introduction", "B"), ("mirror", "function", None)]
    assert found.touched[0].successors == ("tied", "warm", "mirror")


def test_who_can_keep_no_more_ties_comes_last():
    extra = [member("busy", capacity=1), member("free", capacity=5), tie("busy", "B", 3)]
    extra += [tie("busy", "A", 1, last=DAY - timedelta(days=60))]  # the stronger tie, but not a live one
    extra += [tie("free", "A", 1, last=DAY - timedelta(days=90))]
    found = departure(graph({"A": {"M": 3}}, {"A": 5, "B": 1}, extra=extra), leaves=["M"])
    proposals = [(p.member, p.free) for p in found.touched[0].proposals]
    assert proposals == [("free", 5), ("busy", 0)]


def test_who_keeps_a_live_tie_needs_no_room_for_it():
    extra = [member("busy", capacity=1), member("free", capacity=5), tie("busy", "A", 3)]
    extra.append(tie("free", "A", 1, last=DAY - timedelta(days=90)))
    found = departure(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), leaves=["M"])
    assert [(p.member, p.free) for p in found.touched[0].proposals] == [("busy", 0), ("free", 5)]


def test_the_named_backup_comes_first_with_a_tie_or_without():
    extra = [member("tied"), tie("tied", "A", 1, last=DAY - timedelta(days=90))]
    extra += [member("named"), tie("named", "A", None, kind="backup")]
    found = departure(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), leaves=["M"])
    proposals = [(p.member, p.reason, p.is_backup) for p in found.touched[0].proposals]
    assert proposals == [("named", "backup", True), ("tied", "tie", False)]
    gone = departure(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), leaves=["M", "named"])
    assert gone.touched[0].successors == ("tied",)


def test_who_is_leaving_anyway_takes_nothing_over():
    extra = [member("N", status="leaving"), tie("N", "A", 1, last=DAY - timedelta(days=90))]
    found = departure(graph({"A": {"M": 3}}, {"A": 5}, extra=extra), leaves=["M"])
    assert found.touched[0].successors == ()


def test_an_amount_says_whose_it_is():
    """A year's of the centre, all of a pursuit: 21 million over three years next to 7 million a year."""
    extra = [
        *centre("D", ["A"], value=7),
        *centre("E", ["B"], value=7),
        Pursuit(id="p", account_id="a", name="Renewal", centre_id="D", amount=21),
        Contract(id="c", account_id="a", name="Framework", signatory_id="C", value=5),
    ]
    made = graph({p: {"M": 3} for p in "ABC"}, {"A": 1, "B": 1, "C": 1}, extra=extra)
    found = {s.id: s for s in departure(made, leaves=["M"]).stakes}
    assert {i: (s.amount, s.source, s.source_name) for i, s in found.items()} == {
        "D": (21, "pursuit", "Renewal"),
        "E": (7, "centre", "Centre E"),
        "c": (5, "contract", "Framework"),
    }
    assert amount_of(Words("en"), found["D"]) == "opportunity, in all · Renewal"
    assert amount_of(Words("en"), found["E"]) == "a year"
    assert amount_of(Words("fr"), found["c"]) == "contrat, par an"
    assert amount_of(Words("en"), found["c"].model_copy(update={"amount": None})) == ""


def test_nobody_who_leaves_is_proposed():
    ties = {"A": {"M": 3, "N": 3, "O": 1}}
    found = departure(graph(ties, {"A": 1}), leaves=["M", "N"])
    assert found.touched[0].successors == ("O",)


def without(records, name):
    """Give the records as if a member had never been on the account."""
    return RecordSet(r for r in records if not (isinstance(r, ContactTie) and r.member_id == name))


@given(accounts(), SETTINGS, st.data())
def test_departures_compose(drawn, settings, data):
    made = drawn.graph()
    names = [m.id for m in made.members]
    if len(names) < 2:
        return
    first, second = data.draw(st.permutations(names))[:2]
    rest = account_graph(without(drawn.records(), first), "a", DAY)
    both = departure(made, leaves=[first, second], settings=settings)
    after = departure(rest, leaves=[second], settings=settings)
    assert both.after == after.after
    assert both.after == departure(made, leaves=[second, first], settings=settings).after


@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, settings):
    made = drawn.graph()
    found = departure(made, leaves=[m.id for m in made.members[:2]], settings=settings)
    assert_it_sums(found)
    assert (found.loss is None) == ("loss" not in {e.figure for e in found.explained})


@given(accounts(), SETTINGS)
def test_order_of_records_changes_nothing(drawn, settings):
    one, other = (drawn.graph(is_reversed=r) for r in (False, True))
    leaves = [m.id for m in one.members[:1]]
    assert departure(one, leaves=leaves, settings=settings) == departure(
        other, leaves=leaves, settings=settings
    )


def test_lists_are_bounded_and_counts_exact():
    found = departure(graph(BOW_TIE), leaves=["KAM"], settings=AnalysisSettings(top=2))
    assert (len(found.touched), found.dark, found.sole) == (2, 6, 2)


def test_every_finding_has_its_sentences():
    ties = {"A": {"M": 3}, "B": {"M": 3, "N": 3}}
    extra = [
        unit("U"),
        seat("A", 1, unit_id="U"),
        *centre("D", ["A"]),
        *centre("E", ["A", "B"]),
        KnowledgeItem(id="k1", account_id="a", text="A secret", known_by_ids=("M",)),
    ]
    made = graph(ties, {"A": 1, "B": 1}, extra=extra)
    found = (*departure(made, leaves=["M"]).findings, *departure(made, leaves=["N"]).findings)
    assert len({f.code for f in found}) >= 6
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for f in found)
