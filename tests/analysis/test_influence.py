"""Influence: where stances settle, whom to convince, and what must hold of every account."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.influence import influence
from graphkam.errors import NotFound
from graphkam.model.people import Person
from graphkam.model.ties import InfluenceTie
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import empty, graph, holder, seat
from tests.analysis.committees import UNKNOWN, VACANT, Sits, committee, said
from tests.analysis.resumming import assert_it_sums


def of(result, name):
    return next(p for p in result.people if p.person == name)


def codes(result):
    return [f.code for f in result.findings]


def told(result, code):
    return next(f for f in result.findings if f.code == code)


def link(source, target, weight=5, **options):
    given = {"kind": "advice", **options}
    ident = f"{source}>{target}:{given['kind']}"
    return InfluenceTie(
        id=ident, account_id="a", from_id=f"p{source}", to_id=f"p{target}", weight=weight, **given
    )


def outsider(name, stance):
    return Person(id=f"p{name}", account_id="a", last_name=name, external=True), said(name, stance)


def test_by_hand():
    """B listens to A (0.8) and to C (0.4): 0.5 x (2/3 x 2 + 1/3 x -1) + 0.5 x 0 = 0.5."""
    made = committee(
        Sits("A", 1, 2), Sits("B", 3, 0), Sits("C", 0, -1), extra=(link("A", "B", 4), link("C", "B", 2))
    )
    found = influence(made, centre="D")
    b = of(found, "B")
    assert (b.stance, b.equilibrium, b.low, b.high) == (
        0,
        pytest.approx(0.5),
        pytest.approx(0.5),
        pytest.approx(0.5),
    )
    assert [of(found, n).equilibrium for n in "AC"] == [2, -1]
    assert (found.now.value, found.after.value) == (pytest.approx(2 / 4), pytest.approx((2 + 3 * 0.5) / 4))
    assert {p.person: p.leverage for p in found.people} == {
        "A": pytest.approx((1 + 3 * 0.5 * 2 / 3) / 4),
        "B": pytest.approx(3 * 0.5 / 4),
        "C": pytest.approx(3 * 0.5 * 1 / 3 / 4),
    }
    assert found.convince == ("B", "C")  # A is a champion already


def test_an_empty_account():
    found = influence(empty())
    assert (found.now.value, found.after.low, found.people, found.findings) == (None, None, (), ())


def test_one_alone_keeps_his_own():
    found = influence(committee(Sits("A", 1, 1)), centre="D")
    assert (of(found, "A").equilibrium, of(found, "A").leverage, found.after.value) == (1, 1, 1)
    assert "influence_none" in codes(found)


def test_apart_from_each_other_nobody_moves():
    made = committee(Sits("A", 1, 2), Sits("B", 1, -2), Sits("C", 1, 0), extra=(link("A", "C"),))
    found = influence(made, centre="D")
    assert [of(found, n).equilibrium for n in "ABC"] == [2, -2, 1]


def test_a_centre_that_is_not_there():
    with pytest.raises(NotFound):
        influence(empty(), centre="X")


def test_influence_runs_from_the_one_who_gives_it():
    made = committee(Sits("A", 1, 2), Sits("B", 1, 0), extra=(link("A", "B"),))
    found = influence(made, centre="D")
    assert (of(found, "B").equilibrium, of(found, "A").influences, of(found, "B").influences) == (1, 1, 0)


def test_somebody_without_a_seat_can_be_the_one_to_convince():
    """X has no vote and nobody knows X, but both voters listen."""
    made = committee(
        Sits("A", 1, 0),
        Sits("B", 1, 0),
        extra=(seat("X", 1), *holder("X"), said("X", 0), link("X", "A"), link("X", "B")),
    )
    found = influence(made, centre="D")
    first = found.people[0]
    assert (first.person, first.weight, first.leverage) == ("X", 0, pytest.approx(0.5))
    params = told(found, "influence_hidden").params
    assert (params["person"], params["place"], params["count"]) == ("X", 1, 2)
    assert told(found, "influence_convince_nobody").params["person"] == "X"
    known = committee(
        Sits("A", 1, 0),
        extra=(seat("X", 1), *holder("X"), said("X", 0), link("X", "A")),
        ties={"X": {"M": 3}, "A": {"N": 3}},
    )
    again = influence(known, centre="D")
    assert "influence_hidden" not in codes(again)
    assert told(again, "influence_convince").params["members"] == ("N",)


def test_an_outsider_is_shown_as_one():
    made = committee(Sits("A", 1, 0), extra=(*outsider("X", -2), link("X", "A")))
    found = influence(made, centre="D")
    assert (of(found, "X").is_external, of(found, "X").id) == (True, "pX")
    assert told(found, "influence_external").params["names"] == ("A",)
    assert of(found, "A").equilibrium == -1


def test_conflict_is_told_and_not_propagated():
    made = committee(Sits("A", 1, 2), Sits("B", 1, -2), extra=(link("A", "B", 3, kind="conflict"),))
    found = influence(made, centre="D")
    assert of(found, "B").equilibrium == -2
    assert [(c.source, c.target, c.weight) for c in found.conflicts] == [("A", "B", 3)]
    clash = told(found, "influence_conflict")
    assert (clash.subjects, clash.evidence) == (("A", "B"), ("A>B:conflict",))


def test_an_unknown_stance_is_not_neutral():
    """U listens to A (+2) and is listened to by B (0): as a point U is what A makes of U."""
    made = committee(Sits("A", 0, 2), Sits("U", 1), Sits("B", 1, 0), extra=(link("A", "U"), link("U", "B")))
    found = influence(made, centre="D")
    u, b = of(found, "U"), of(found, "B")
    assert (u.stance, u.equilibrium, u.low, u.high, u.room) == (None, 2, 0, 2, None)
    assert (b.equilibrium, b.low, b.high) == (1, 0, 1)
    assert (found.after.value, found.after.low, found.after.high) == (1.5, 0, 1.5)
    assert (found.now.value, found.now.low, found.now.high) == (0, -1, 1)
    params = told(found, "influence_unknown_stances").params
    assert (params["count"], params["person"]) == (1, "U")


def test_whom_nobody_known_reaches_stays_unknown():
    found = influence(committee(Sits("A", 1), Sits("B", 1, 1), extra=(link("A", "B"),)), centre="D")
    assert (of(found, "A").equilibrium, of(found, "A").low, of(found, "A").high) == (None, -2, 2)
    assert (of(found, "B").equilibrium, of(found, "B").low, of(found, "B").high) == (1, -0.5, 1.5)
    assert found.after.value == 1


def test_a_holder_nobody_can_name_counts_and_a_vacant_seat_does_not():
    made = committee(Sits("A", 1, 1), Sits("B", 1, occupancy=UNKNOWN), Sits("C", 1, occupancy=VACANT))
    found = influence(made, centre="D")
    assert [(p.person, p.weight, p.low, p.high) for p in found.people] == [
        ("A", 1, 1, 1),
        ("Seat of B", 1, -2, 2),
    ]
    assert (found.after.value, found.after.low, found.after.high) == (1, -0.5, 1.5)


def test_what_is_said_for_the_centre_wins():
    made = committee(Sits("A", 1, 2), extra=(said("A", -1, "D"),))
    assert (influence(made, centre="D").now.value, influence(made).now.value) == (-1, 2)
    assert influence(made).centres[0].now.value == -1


def test_the_account_is_weighted_by_influence():
    extra = [said("A", 2), said("B", -1), link("B", "A", 3)]
    found = influence(graph({}, {"A": 4, "B": 1}, extra=extra))
    assert (found.centre, found.now.value) == (None, pytest.approx((8 - 1) / 5))
    assert (of(found, "A").equilibrium, found.after.value) == (0.5, pytest.approx((4 * 0.5 - 1) / 5))


def test_an_unknown_weight_of_the_account_widens_it():
    extra = [said("A", 2), said("B", -1)]
    found = influence(graph({}, {"A": 4, "B": None}, extra=extra)).now
    assert (found.value, found.low, found.high) == (
        pytest.approx(0.5),
        pytest.approx(3 / 9),
        pytest.approx(7 / 5),
    )


def test_each_centre_with_whom_to_convince_first():
    made = committee(Sits("A", 3, 2), Sits("B", 2, 0), Sits("C", 1, 1))
    [row] = influence(made).centres
    assert (row.first, row.leverage) == ("B", pytest.approx(1 / 3))


def test_a_single_decider_is_all_that_counts():
    made = committee(
        Sits("A", 1, -1, roles=("decider",)), Sits("B", 5, 2), extra=(link("B", "A"),), rule="single_decider"
    )
    found = influence(made, centre="D")
    assert (found.now.value, found.after.value) == (-1, 0.5)


def test_susceptibility_from_nothing_to_all():
    made = committee(Sits("A", 1, 2), Sits("B", 1, -2), extra=(link("A", "B"),))
    for given_way, settled in ((0, -2), (0.25, -1), (1, 2)):
        found = influence(made, centre="D", settings=AnalysisSettings(susceptibility=given_way))
        assert of(found, "B").equilibrium == settled


def test_two_who_give_way_entirely_to_each_other_never_settle():
    made = committee(Sits("A", 1, 2), Sits("B", 1, -2), extra=(link("A", "B"), link("B", "A")))
    found = influence(made, centre="D", settings=AnalysisSettings(susceptibility=1))
    assert (of(found, "A").equilibrium, of(found, "A").low, of(found, "A").leverage) == (None, None, None)
    assert (found.after.value, found.after.low) == (None, None)
    assert "influence_unsettled" in codes(found)
    assert_it_sums(found)


def test_a_centre_that_loses_through_influence():
    made = committee(Sits("A", 1, 1), extra=(*outsider("X", -2), link("X", "A")))
    params = told(influence(made, centre="D"), "influence_drags").params
    assert (params["now"], params["after"]) == (1, -0.5)


def test_reporting_influences_only_if_wanted():
    made = committee(Sits("A", 1, 2), Sits("B", 1, 0), extra=(seat("B", 1, reports_to_id="A"),))
    assert of(influence(made, centre="D"), "B").equilibrium == 0
    told_so = AnalysisSettings(reporting_strength=0.4)
    assert of(influence(made, centre="D", settings=told_so), "B").equilibrium == 1


def test_lists_are_bounded_and_people_are_not():
    made = committee(*(Sits(f"P{i}", 1, 0) for i in range(9)))
    found = influence(made, centre="D", settings=AnalysisSettings(top=3))
    assert (len(found.people), len(found.convince)) == (9, 3)


@st.composite
def accounts(draw, most=5):
    """Draw a committee whose members and two others influence each other."""
    count = draw(st.integers(1, most))
    names = [f"S{i}" for i in range(count)]
    members = tuple(
        Sits(
            n,
            draw(st.sampled_from([0, 1, 2, 3])),
            draw(st.sampled_from([-2, -1, 0, 1, 2, None])),
            occupancy=draw(st.sampled_from([None, None, None, UNKNOWN, VACANT])),
        )
        for n in names
    )
    others = [(n, draw(st.sampled_from([-2, 0, 1, None]))) for n in ("X", "Y")]
    pairs = [(a, b) for a, b in product([*names, "X", "Y"], repeat=2) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8))
    links = [
        (a, b, draw(st.sampled_from([1, 3, 5, None])), draw(st.sampled_from(["advice", "conflict"])))
        for a, b in chosen
    ]
    return members, others, links


def made_of(drawn, **options):
    members, others, links = drawn
    named = {m.name for m in members if m.occupancy is None} | {"X", "Y"}
    extra = [link(a, b, w, kind=k) for a, b, w, k in links if {a, b} <= named]
    for name, stance in others:
        extra += [Person(id=f"p{name}", account_id="a", last_name=name, external=True)]
        extra += [said(name, stance)] if stance is not None else []
    members = [m._replace(stance=None) if m.occupancy is not None else m for m in members]
    return committee(*members, extra=tuple(extra), **options)


SETTINGS = st.builds(AnalysisSettings, susceptibility=st.sampled_from([0, 0.3, 0.5, 0.9, 1]))


def iterated(drawn, settings, rounds=3000):
    """Twin, where all is known: everybody listens, round after round."""
    graph_, lam = made_of(drawn), settings.susceptibility
    own = {p: graph_.stance(p) for p in [*graph_.by_person, "pX", "pY"]}
    says = {
        p: [
            (t.from_id, min(t.weight / 5, 0.95))
            for t in graph_.influences
            if t.to_id == p and t.kind != "conflict"
        ]
        for p in own
    }
    x = dict(own)
    for _ in range(rounds):
        x = {
            p: lam * sum(w * x[q] for q, w in says[p]) / sum(w for _, w in says[p]) + (1 - lam) * own[p]
            if says[p]
            else own[p]
            for p in own
        }
    return x


def certain(drawn, data):
    """Make known what is not."""
    members, others, links = drawn
    stance = st.integers(-2, 2)
    members = tuple(
        m
        if m.occupancy == VACANT
        else m._replace(
            occupancy=None,
            stance=m.stance if m.stance is not None and m.occupancy is None else data.draw(stance),
        )
        for m in members
    )
    others = [(n, data.draw(stance) if s is None else s) for n, s in others]
    links = [(a, b, w or data.draw(st.integers(1, 5)), k) for a, b, w, k in links]
    return members, others, links


@given(accounts(), st.data(), st.sampled_from([0, 0.3, 0.9]))
def test_settled_is_going_round_until_nothing_moves(drawn, data, susceptibility):
    known, settings = certain(drawn, data), AnalysisSettings(susceptibility=susceptibility)
    twin = iterated(known, settings, rounds=400)
    found = influence(made_of(known), settings=settings)
    for p in found.people:
        assert p.equilibrium == pytest.approx(twin[p.id if p.id.startswith("p") else f"p{p.id}"], abs=1e-9)
        assert p.low == pytest.approx(p.equilibrium, abs=1e-9)


@given(accounts(), SETTINGS, st.data())
def test_what_becomes_known_lands_inside(drawn, settings, data):
    known = certain(drawn, data)
    before = influence(made_of(drawn), centre="D", settings=settings)
    after = influence(made_of(known), centre="D", settings=settings)
    # A holder who could not be named is somebody else once he can: others may then listen to him.
    is_same = same_ties(drawn, known)
    if after.after.value is not None and before.after.low is not None:
        pairs = [(before.now, after.now.value), *([(before.after, after.after.value)] if is_same else [])]
        for interval, value in pairs:
            assert interval.low - 1e-9 <= value <= interval.high + 1e-9
    ends = {p.id: (p.low, p.high) for p in before.people}
    for p in after.people:
        if p.equilibrium is not None and ends.get(p.id, (None, None))[0] is not None and is_same:
            assert ends[p.id][0] - 1e-9 <= p.equilibrium <= ends[p.id][1] + 1e-9


def same_ties(one, other):
    return len(made_of(one).influences) == len(made_of(other).influences)


@given(accounts(), SETTINGS)
def test_the_point_lies_inside(drawn, settings):
    found = influence(made_of(drawn), centre="D", settings=settings)
    for p in found.people:
        if p.equilibrium is not None and p.low is not None:
            assert p.low - 1e-9 <= p.equilibrium <= p.high + 1e-9
    if found.after.value is not None:
        assert found.after.low - 1e-9 <= found.after.value <= found.after.high + 1e-9


@given(accounts(), SETTINGS)
def test_leverages_sum_to_one(drawn, settings):
    for centre in ("D", None):
        own = [p.leverage for p in influence(made_of(drawn), centre=centre, settings=settings).people]
        if own and None not in own:
            assert sum(own) == pytest.approx(1)


@given(accounts(), st.data())
def test_one_step_does_what_leverage_says(drawn, data):
    known = certain(drawn, data)
    members, others, links = known
    found = influence(made_of(known), centre="D")
    if found.after.value is None:
        return
    for i, m in enumerate(members):
        if m.occupancy is None and m.stance < 2:
            moved = (*members[:i], m._replace(stance=m.stance + 1), *members[i + 1 :])
            again = influence(made_of((moved, others, links)), centre="D").after.value
            own = [p.leverage for p in found.people if p.id == m.name]
            assert again - found.after.value == pytest.approx(sum(own), abs=1e-9)


@given(accounts(), SETTINGS)
def test_figures_are_the_sums_of_their_terms(drawn, settings):
    for centre in ("D", None):
        found = influence(made_of(drawn), centre=centre, settings=settings)
        assert_it_sums(found)
        explained = {e.figure for e in found.explained}
        told_of = {f"people[{p.id}].equilibrium" for p in found.people if p.equilibrium is not None}
        assert told_of == {e for e in explained if e.endswith(".equilibrium")}
        assert ("after.value" in explained) == (found.after.value is not None)


@given(accounts(), st.randoms(), SETTINGS)
def test_names_and_order_change_no_figure(drawn, dice, settings):
    members, others, links = drawn
    names = [m.name for m in members]
    dice.shuffle(names)
    called = dict(zip((m.name for m in members), names, strict=True)) | {"X": "X", "Y": "Y"}
    renamed = tuple(m._replace(name=called[m.name]) for m in members)[::-1]
    other = (renamed, others, [(called[a], called[b], w, k) for a, b, w, k in links][::-1])
    one, two = (influence(made_of(d), centre="D", settings=settings) for d in (drawn, other))
    for index in ("stance", "equilibrium", "low", "high", "leverage", "influences"):
        found = {called.get(p.id, p.id): getattr(p, index) for p in one.people}
        again = {p.id: getattr(p, index) for p in two.people}
        assert found.keys() == again.keys()
        for who, value in found.items():
            assert again[who] == (value if value is None else pytest.approx(value, abs=1e-9))


def test_a_large_account_is_answered():
    """Some hundred people in a ring of advice; nothing is listed twice and leverages sum to 1."""
    count = 300
    weights = {f"P{i:03}": 1 + i % 5 for i in range(count)}
    extra = [
        link(f"P{i:03}", f"P{(i * 7 + 1) % count:03}", 1 + i % 5)
        for i in range(count)
        if i != (i * 7 + 1) % count
    ]
    found = influence(graph({}, weights, extra=[*extra, *(said(n, 1) for n in weights)]), with_terms=False)
    assert np.isclose(sum(p.leverage for p in found.people), 1)
    assert len({p.id for p in found.people}) == count


def test_every_finding_has_its_sentences():
    ring = (link("A", "B"), link("B", "A"))
    made = [
        (
            committee(Sits("A", 1, 1), Sits("B", 1), extra=(*outsider("X", -2), link("X", "A", None), *ring)),
            0.5,
        ),
        (committee(Sits("A", 1, 1), Sits("B", 1, -1), extra=(*ring, link("A", "B", 2, kind="conflict"))), 1),
        (committee(Sits("A", 1, 1), extra=(seat("X", 1), *holder("X"), said("X", 0), link("X", "A"))), 0.9),
        (committee(Sits("A", 1, 1), ties={"A": {"M": 3}}), 0.5),
    ]
    seen = set()
    for graph_, susceptibility in made:
        found = influence(graph_, centre="D", settings=AnalysisSettings(susceptibility=susceptibility))
        seen |= set(codes(found))
        assert all(Words(language).finding(f) for f in found.findings for language in ("en", "fr"))
    assert seen == {
        "influence_convince", "influence_convince_nobody", "influence_hidden", "influence_external",
        "influence_unknown_stances", "influence_unsettled", "influence_drags", "influence_conflict",
        "influence_none", "influence_unknown_ties",
    }  # fmt: skip
