"""Dependency: the oracle, the money, both sides, and what must hold of every account."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.dependency import dependency
from graphkam.model.business import Contract, Interaction, Pursuit
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import (
    BOW_TIE,
    DAY,
    DIAMOND,
    centre,
    empty,
    graph,
    holder,
    member,
    seat,
    tie,
    unit,
)
from tests.analysis.drawn import SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums


def of(result, name):
    return next(m for m in result.members if m.member == name)


def codes(result):
    return [finding.code for finding in result.findings]


def pursuit(name, amount, **options):
    return Pursuit(id=name, account_id="a", name=name, amount=amount, **options)


def contract(name, value, **options):
    return Contract(id=name, account_id="a", name=name, value=value, **options)


def test_the_bow_tie():
    found = dependency(graph(BOW_TIE))
    assert (found.bow_tie.value, found.bow_tie_member, found.max_loss) == (19 / 22, "KAM", 19 / 22)
    assert found.hhi == pytest.approx(0.844, abs=5e-4)
    kam = of(found, "KAM")
    assert kam.share == pytest.approx(0.917, abs=5e-4)
    assert kam.sole == pytest.approx(0.864, abs=5e-4)
    assert (kam.sole_count, kam.live_ties) == (6, 8)
    assert found.measured_form == "bow_tie"
    assert found.findings[0].code == "dependency_sole"


def test_the_diamond():
    found = dependency(graph(DIAMOND))
    assert found.hhi == pytest.approx(0.214, abs=5e-4)
    assert found.effective_interlocutors == pytest.approx(1 / 0.214, abs=0.01)
    kam = of(found, "KAM")
    assert (kam.sole, kam.loss) == (0, 0)
    assert kam.share == pytest.approx(0.376, abs=5e-4)
    assert (found.bow_tie_member, found.bow_tie.value) == ("PROD", 3 / 22)
    assert found.measured_form == "diamond"


def test_an_empty_account_has_no_figures():
    found = dependency(empty())
    assert (found.members, found.bow_tie.value, found.bow_tie_member) == ((), None, None)
    assert (found.max_loss, found.hhi, found.effective_interlocutors) == (None, None, None)
    assert found.measured_form is None


def test_where_nobody_is_covered_nothing_is_lost():
    found = dependency(graph({"A": {"M": 1}}, {"A": 3}))
    assert (found.bow_tie.value, found.bow_tie_member, found.max_loss) == (0, None, None)
    assert (found.hhi, of(found, "M").loss) == (1, None)


def test_one_of_us_who_knows_the_one_person_we_know():
    found = dependency(graph({"A": {"M": 2}}, {"A": 1, "B": 5, "C": 4}))
    assert (found.bow_tie.value, found.max_loss, found.max_loss_member) == (0.1, 1, "M")


def test_without_anybody_sole_there_is_no_name():
    found = dependency(graph({"A": {"M": 2, "N": 2}}, {"A": 1}))
    assert (found.bow_tie.value, found.bow_tie_member, found.max_loss) == (0, None, 0)


def test_of_equally_sole_members_the_first_by_name():
    found = dependency(graph({"A": {"Émile": 2}, "B": {"Zoé": 3}}, {"A": 2, "B": 2}))
    assert found.bow_tie_member == "Émile"


def test_ties_that_are_not_live_concentrate_too():
    found = dependency(graph({"A": {"M": 1, "N": 3}}, {"A": 2}))
    assert (of(found, "M").share, of(found, "N").share) == (0.25, 0.75)
    assert found.hhi == pytest.approx(0.625)


def test_exposure_takes_the_largest_of_a_centre_once():
    extra = [
        *centre("D", ["A"], value=100),
        pursuit("in the centre", 300, centre_id="D"),
        pursuit("lost", 900, centre_id="D", stage="lost"),
        pursuit("not yet", 900, centre_id="D", opened=DAY + timedelta(days=1)),
        contract("signed by its decider", 250, signatory_id="A"),
        contract("ended", 900, signatory_id="A", end=date(2025, 1, 1)),
        pursuit("of no centre", 40, position_ids=("B",)),
        contract("of no centre", 5, signatory_id="B"),
    ]
    found = dependency(graph({"A": {"M": 3}, "B": {"M": 3}}, {"A": 5, "B": 1}, extra=extra))
    assert (of(found, "M").exposure, of(found, "M").currency) == (300 + 40 + 5, "EUR")


def test_a_contract_belongs_to_the_richest_centre_of_its_signatory():
    extra = [
        *centre("D", ["A"], value=10),
        *centre("E", ["A", "B"], value=20),
        contract("framework", 500, signatory_id="A"),
    ]
    found = dependency(graph({"A": {"M": 3}, "B": {"N": 3}}, {"A": 1, "B": 1}, extra=extra))
    assert of(found, "M").exposure == 10


def test_what_two_of_us_reach_is_not_exposed():
    found = dependency(graph({"A": {"M": 3, "N": 3}}, {"A": 5}, extra=centre("D", ["A"], value=100)))
    assert {m.exposure for m in found.members} == {0}


def test_unknown_amounts_are_counted_and_never_zero():
    extra = [*centre("D", ["A"]), *centre("E", ["B"], value=7), *centre("F", ["B"])]
    found = dependency(graph({"A": {"M": 3}, "B": {"N": 3}}, {"A": 1, "B": 1}, extra=extra))
    assert (of(found, "M").exposure, of(found, "M").unknown_amounts) == (None, 1)
    assert (of(found, "N").exposure, of(found, "N").unknown_amounts) == (7, 1)
    told = next(f for f in found.findings if f.code == "dependency_unknown_amounts")
    assert told.params["count"] == 2


def test_another_currency_has_no_rate():
    extra = [pursuit("dollars", 40, position_ids=("A",), currency="USD")]
    found = dependency(graph({"A": {"M": 3}}, {"A": 1}, extra=extra, currency="EUR"))
    assert (of(found, "M").exposure, of(found, "M").unknown_amounts) == (None, 1)


def test_without_any_business_nothing_is_said_of_what_is_at_stake():
    assert of(dependency(graph({"A": {"M": 3}}, {"A": 1})), "M").exposure is None


def test_money_is_exact():
    extra = [pursuit(f"p{i}", Decimal("0.1"), position_ids=("A",)) for i in range(10)]
    assert of(dependency(graph({"A": {"M": 3}}, {"A": 1}, extra=extra)), "M").exposure == 1.0


def test_centres_by_how_they_hang_on_us():
    ties = {"A": {"M": 3}, "B": {"M": 3}, "C": {"M": 3, "N": 3}}
    extra = [
        *centre("bridge", ["A"]),
        *centre("ours", ["A", "B"]),
        *centre("theirs", ["C"]),
        *centre("dark", ["D"]),
    ]
    found = dependency(graph(ties, {"A": 1, "B": 1, "C": 1, "D": 1}, extra=extra))
    told = {f.subjects[0]: f.code for f in found.findings if f.code.startswith("dependency_") and f.subjects}
    assert told == {
        "dark": "dependency_dark",
        "bridge": "dependency_bridge",
        "ours": "dependency_one_of_us",
        "theirs": "dependency_one_of_them",
        "M": "dependency_sole",
    }
    assert found.dark_parts == 1


def test_units_known_through_one_person():
    extra = [unit("U"), seat("A", 1, unit_id="U"), seat("B", 1, unit_id="U")]
    [part] = dependency(graph({"A": {"M": 3, "N": 3}}, {"A": 1, "B": 1}, extra=extra)).parts
    assert (part.kind, part.known_people, part.our_people, part.sole_person) == ("unit", 1, 2, "A")
    assert not part.is_bridge


def test_a_person_in_two_positions_of_a_centre_is_one_person():
    second = holder("A")[1].model_copy(update={"id": "h2", "position_id": "B"})
    extra = [seat("B", 3), second, *centre("D", ["A", "B"])]
    [part] = dependency(graph({"A": {"M": 3}}, {"A": 2}, extra=extra)).parts
    assert (part.known_people, part.is_bridge) == (1, True)


def test_more_live_ties_than_wanted():
    ties = {"A": dict.fromkeys("KLMNO", 2), "B": dict.fromkeys("KL", 2), "C": dict.fromkeys("KL", 3)}
    found = dependency(graph(ties, {"A": 1, "B": 1, "C": 5}))
    assert [(o.name, o.live_ties, o.wanted) for o in found.over_invested] == [("A", 5, 1), ("B", 2, 1)]
    told = [f.subjects for f in found.findings if f.code == "dependency_over_invested"]
    assert told == [("A",)]


def meetings(count, *ours):
    """Make interactions of today with the holder of A."""
    return [
        Interaction(id=f"i{i}", account_id="a", date=DAY, member_ids=ours, person_ids=("pA",))
        for i in range(count)
    ]


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True)])
def test_a_few_interactions_make_no_guichet_unique(count, is_told):
    found = dependency(graph({"A": {"M": 3}}, {"A": 1}, extra=meetings(count, "M"), lead_id="M"))
    assert found.guichet_unique == 1
    assert ("dependency_guichet_unique" in codes(found)) is is_told


def test_guichet_unique_is_the_leads_share_of_a_years_interactions():
    def meeting(number, day, *ours):
        return Interaction(id=str(number), account_id="a", date=day, member_ids=ours, person_ids=("pA",))

    extra = [
        meeting(1, DAY, "M"),
        meeting(2, DAY, "M", "N"),
        meeting(3, DAY, "N"),
        meeting(4, DAY - timedelta(days=365), "N"),
        meeting(5, DAY + timedelta(days=1), "N"),
    ]
    ties = {"A": {"M": 3, "N": 2}}
    assert dependency(graph(ties, {"A": 1}, extra=extra, lead_id="M")).guichet_unique == pytest.approx(2 / 3)
    assert dependency(graph(ties, {"A": 1}, extra=extra)).guichet_unique is None
    assert dependency(graph(ties, {"A": 1}, lead_id="M")).guichet_unique is None


@pytest.mark.parametrize(
    ("ties", "target", "code"),
    [
        (BOW_TIE, "diamond", "dependency_bow_tie_for_diamond"),
        (BOW_TIE, "hybrid", "dependency_bow_tie_for_hybrid"),
        (BOW_TIE, "bow_tie", None),
        (DIAMOND, "hybrid", None),
        ({"A": {"M": 3}, "B": {"N": 3}, "C": {"O": 3}}, "diamond", "dependency_hybrid_for_diamond"),
    ],
)
def test_the_form_aimed_at(ties, target, code):
    weights = dict.fromkeys(ties, 1) if "A" in ties else None
    made = graph(ties, weights, target_form=target) if weights else graph(ties, target_form=target)
    told = [c for c in codes(dependency(made)) if "_for_" in c]
    assert told == ([code] if code else [])


def test_lists_are_bounded():
    ties = {f"P{i}": {"M": 3} for i in range(9)}
    found = dependency(graph(ties, dict.fromkeys(ties, 2)), settings=AnalysisSettings(top=3))
    assert (len(of(found, "M").sole_of), of(found, "M").sole_count) == (3, 9)


@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, settings):
    found = dependency(drawn.graph(), settings=settings)
    assert_it_sums(found)
    ends = {f"bow_tie.{end}" for end in ("value", "low", "high")}
    told = {e.figure for e in found.explained}
    assert (ends <= told) == (found.bow_tie.value is not None and bool(found.members))


@given(accounts(), SETTINGS)
def test_figures_by_hand(drawn, settings):
    """Twin: stakeholder by stakeholder from the terms of coverage's kind."""
    made = drawn.graph()
    found = dependency(made, settings=settings)
    alone = Counter()
    for term in found.terms:
        if term.figure.startswith("sole:"):
            alone[term.figure.removeprefix("sole:")] += term.value
    total = sum(4 if s.weight is None else s.weight for s in made.counted)
    for m in found.members:
        if total:
            assert (m.sole or 0) > 0 or not alone[m.member_id]
        strength = sum(t.value for t in found.terms if t.figure == f"share:{m.member_id}")
        everything = sum(t.value for t in found.terms if t.figure.startswith("share:"))
        if m.share is not None:
            assert m.share == pytest.approx(strength / everything)
    if found.hhi is not None:
        assert found.hhi == pytest.approx(sum(m.share**2 for m in found.members))
        assert found.effective_interlocutors == pytest.approx(1 / found.hhi)
    if found.max_loss is not None:
        assert found.max_loss == max((m.loss for m in found.members), default=0)


@given(accounts(), SETTINGS)
def test_order_of_records_changes_nothing(drawn, settings):
    one, other = (drawn.graph(is_reversed=r) for r in (False, True))
    assert dependency(one, settings=settings, with_terms=False) == dependency(
        other, settings=settings, with_terms=False
    )


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
    interval = dependency(drawn.graph(), settings=settings).bow_tie
    value = dependency(known.graph(), settings=settings).bow_tie.value
    if value is not None:
        assert interval.low - 1e-12 <= value <= interval.high + 1e-12
        assert interval.low - 1e-12 <= interval.value <= interval.high + 1e-12


@given(accounts(is_certain=True), SETTINGS)
def test_what_is_certain_has_no_width(drawn, settings):
    interval = dependency(drawn.graph(), settings=settings).bow_tie
    assert interval.low == interval.value == interval.high


def test_every_finding_has_its_sentences():
    extra = [
        *centre("D", ["A"], value=100),
        *centre("E", ["B"]),
        tie("L", "C", 3),
        member("L"),
        *meetings(5, "M"),
    ]
    ties = {"A": {"M": 3}, "B": {"M": 2}, "C": dict.fromkeys("MNOP", 2)}
    made = graph(ties, {"A": 5, "B": 3, "C": 1}, extra=extra, lead_id="M", target_form="diamond")
    found = dependency(made).findings
    assert {f.code for f in found} >= {
        "dependency_sole",
        "dependency_exposure",
        "dependency_unknown_amounts",
        "dependency_bow_tie_for_diamond",
        "dependency_bridge",
        "dependency_guichet_unique",
        "dependency_over_invested",
    }
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for f in found)
