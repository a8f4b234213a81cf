"""Decision: published games as centres, the rules, today's standing, and what must hold of every centre."""

from datetime import timedelta
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.decision import decision
from graphkam.errors import NotFound
from graphkam.model.organisation import DecisionCentre
from graphkam.model.people import Person
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import DAY, centre, empty, graph, holder, seat
from tests.analysis.committees import UNKNOWN, VACANT, Sits, committee, said
from tests.analysis.resumming import assert_it_sums


def of(result, name):
    return next(p for p in result.people if p.person == name)


def codes(result):
    return [f.code for f in result.findings]


def told(result, code):
    return next(f for f in result.findings if f.code == code)


def votes(*numbers, **options):
    return committee(*(Sits(f"P{i}", n) for i, n in enumerate(numbers)), **options)


def test_the_community_of_1958_as_a_centre():
    """5/21, 1/7, 0 and 7/30, 3/20, 0; four minimal winning coalitions; Luxembourg is a dummy."""
    found = decision(votes(4, 4, 4, 2, 2, 1, rule="quota", quota=12))
    assert [p.banzhaf for p in found.people] == pytest.approx([5 / 21] * 3 + [1 / 7] * 2 + [0])
    assert [p.shapley_shubik for p in found.people] == pytest.approx([7 / 30] * 3 + [3 / 20] * 2 + [0])
    assert [p.swings for p in found.people] == [10, 10, 10, 6, 6, 0]
    assert (found.minimal_winning_count, len(found.minimal_winning_coalitions)) == (4, 4)
    assert told(found, "decision_dummies").params["names"] == ("P5",)


def test_the_security_council_with_vetoes():
    """Nine of fifteen with five vetoes: 421/2145 and 4/2145."""
    made = committee(*(Sits(f"P{i:02}", 1, veto=i < 5) for i in range(15)), rule="quota", quota=9)
    found = decision(made)
    assert [p.shapley_shubik for p in found.people] == pytest.approx([421 / 2145] * 5 + [4 / 2145] * 10)
    assert [p.swings for p in found.people] == [848] * 5 + [84] * 10
    assert found.minimal_winning_count == 210


def test_a_vacant_seat_has_power_in_the_statutes_and_none_today():
    """The framework contract of the demo: 9/21 for the veto, 3/8 without the vacant seat."""
    made = committee(
        Sits("Buyer", 3, -2),
        Sits("Legal", 1, -1, veto=True),
        Sits("Head", 2, 0),
        Sits("User", 1, 0),
        Sits("Empty", 2, occupancy=VACANT),
        quota=5,
    )
    found = decision(made)
    assert (of(found, "Legal").banzhaf, of(found, "Legal").banzhaf_today) == (9 / 21, 3 / 8)
    assert (of(found, "Buyer").banzhaf, of(found, "Buyer").banzhaf_today) == (5 / 21, 3 / 8)
    empty_seat = of(found, "Seat of Empty")
    assert (empty_seat.is_vacant, empty_seat.banzhaf, empty_seat.banzhaf_today) == (True, 3 / 21, None)
    assert found.minimal_winning_coalitions == (("Buyer", "Head", "Legal"), ("Buyer", "Legal", "User"))
    assert told(found, "decision_vacant_votes").params["votes"] == 2


def test_an_account_without_centres():
    found = decision(empty())
    assert (found.centres, found.people, found.centre, found.minimal_winning_count) == ((), (), None, None)
    assert codes(found) == ["decision_no_centres"]


def test_a_centre_without_members():
    found = decision(graph({}, {}, extra=[DecisionCentre(id="D", account_id="a", name="Centre D")]))
    [standing] = found.centres
    assert (standing.needed, standing.outcome, standing.c2, standing.stance.value) == (None,) * 4
    assert (found.people, found.minimal_winning_count, found.warnings) == ((), None, ("decision_empty",))


def test_one_alone():
    found = decision(committee(Sits("A", stance=2, roles=("decider",))))
    assert (of(found, "A").banzhaf, of(found, "A").shapley_shubik) == (1, 1)
    assert (found.centres[0].outcome, found.centres[0].cost.value) == ("won", 0)


def test_several_centres_are_ranked_by_their_day_and_told_without_their_people():
    extra = [*centre("E", ["A"]), *centre("F", ["B"])]
    made = graph({}, {"A": 1, "B": 1}, extra=extra)
    found = decision(made)
    assert ([c.id for c in found.centres], found.people, found.centre) == (["E", "F"], (), None)
    soon = [*extra, DecisionCentre(id="F", account_id="a", name="Centre F", next_decision=DAY)]
    made = graph({}, {"A": 1, "B": 1}, extra=soon)
    assert [c.id for c in decision(made).centres] == ["F", "E"]
    assert [p.person for p in decision(made, centre="E").people] == ["A"]


def test_a_centre_that_is_not_there():
    with pytest.raises(NotFound):
        decision(empty(), centre="X")


@pytest.mark.parametrize(
    ("rule", "quota", "needed"),
    [
        (None, None, 4),
        ("majority", 5, 4),
        ("quota", 5, 5),
        (None, 5, 5),
        ("quota", None, 4),
        ("unanimity", 3, 6),
    ],
)
def test_votes_needed(rule, quota, needed):
    assert decision(votes(1, 2, 3, rule=rule, quota=quota)).centres[0].needed == needed


def test_blank_votes_are_one_and_half_votes_count():
    assert decision(votes(None, None, None)).centres[0].needed == 2
    found = decision(votes(1.5, 0.5, 0.5))
    assert (found.centres[0].needed, of(found, "P0").banzhaf, of(found, "P1").banzhaf) == (1.5, 1, 0)


def test_a_single_decider_decides_whatever_the_votes():
    made = committee(
        Sits("A", 1, 2, roles=("decider",)), Sits("B", 9, -2), Sits("C", 1, 0), rule="single_decider"
    )
    found = decision(made)
    assert [(p.person, p.banzhaf, p.votes) for p in found.people] == [("A", 1, 1), ("B", 0, 9), ("C", 0, 1)]
    assert (found.centres[0].outcome, found.centres[0].stance.value) == ("won", 2)
    assert "decision_dummies" not in codes(found)


def test_a_single_decider_who_is_not_there_or_not_alone():
    nobody = decision(committee(Sits("A"), rule="single_decider"))
    assert (nobody.centres[0].needed, nobody.centres[0].outcome, of(nobody, "A").banzhaf) == (None,) * 3
    assert told(nobody, "decision_no_decider").severity == "critical"
    two = decision(
        committee(Sits("A", roles=("decider",)), Sits("B", roles=("decider",)), rule="single_decider")
    )
    assert (two.centres[0].outcome, two.centres[0].cost.low) == (None, None)
    assert "decision_several_deciders" in two.warnings
    vacant = decision(
        committee(Sits("A", roles=("decider",), occupancy=VACANT), Sits("B"), rule="single_decider")
    )
    assert (of(vacant, "Seat of A").banzhaf, vacant.centres[0].outcome) == (1, "lost")
    assert {"decision_no_decider", "decision_cannot_win"} <= set(vacant.warnings)


def test_unanimity_is_of_those_who_are_there():
    made = committee(Sits("A", stance=1), Sits("B", stance=1), Sits("C", occupancy=VACANT), rule="unanimity")
    found = decision(made)
    assert (found.centres[0].needed, found.centres[0].outcome) == (2, "won")
    assert [p.banzhaf for p in found.people] == pytest.approx([1 / 3] * 3)
    assert [p.banzhaf_today for p in found.people] == [0.5, 0.5, None]


def test_whoever_holds_two_seats_casts_them_together():
    second = holder("A")[1].model_copy(update={"id": "h2", "position_id": "B"})
    made = committee(
        Sits("A", 2, 1, roles=("user",)),
        Sits("B", 2, veto=True, roles=("decider",), occupancy=VACANT),
        Sits("C", 3, -1),
        extra=(second,),
    )
    found = decision(made)
    both = of(found, "A")
    assert (both.votes, both.seats, both.veto, both.roles) == (4, 2, True, ("user", "decider"))
    assert (both.banzhaf, len(found.people), found.centres[0].outcome) == (1, 2, "won")


def test_what_is_said_for_the_centre_wins_and_a_holder_who_left_says_nothing():
    made = committee(Sits("A", stance=2), extra=(said("A", -1, "D"),))
    assert of(decision(made), "A").stance == -1
    gone = Person(id="pA", account_id="a", last_name="A", status="left")
    assert of(decision(committee(Sits("A", stance=2), extra=(gone,))), "A").stance is None


def test_an_unknown_holder_votes_and_how_is_not_known():
    found = decision(committee(Sits("A", 2, occupancy=UNKNOWN), Sits("B", 1, 1)))
    [row, _] = found.people
    assert (row.is_vacant, row.is_holder_known, row.stance) == (False, False, None)
    assert (found.centres[0].outcome, found.centres[0].votes_unknown) == ("open", 2)


def test_a_quota_of_half_lets_two_groups_decide_unless_a_veto_forbids_it():
    assert "decision_quota_low" in decision(votes(1, 1, 2, quota=2)).warnings
    assert "decision_quota_low" not in decision(votes(1, 1, 2, quota=3)).warnings
    with_veto = committee(Sits("A", veto=True), Sits("B"), quota=1)
    assert "decision_quota_low" not in decision(with_veto).warnings


def test_a_quota_above_all_votes_cannot_be_reached():
    found = decision(votes(1, 1, quota=3))
    assert (of(found, "P0").banzhaf, found.centres[0].outcome, found.centres[0].cost.high) == (
        None,
        "lost",
        None,
    )
    assert (found.minimal_winning_count, found.minimal_winning_coalitions) == (0, ())
    assert "decision_cannot_win" in found.warnings


def test_a_quota_of_nothing_is_no_decision():
    found = decision(votes(1, 1, quota=0))
    assert (of(found, "P0").banzhaf, found.centres[0].outcome) == (None, None)
    assert "decision_quota_low" in found.warnings


def test_power_that_cannot_be_counted_is_not_made_up():
    many = [float(10**8 + i) for i in range(40)]
    found = decision(votes(*many))
    assert (found.people[0].banzhaf, found.minimal_winning_count) == (None, None)
    assert "decision_too_large" in found.warnings
    assert len(found.minimal_winning_coalitions) == 20


def test_the_outcome_hangs_on_what_is_not_known():
    """The investment committee of the demo: 3 votes for us, 3 unknown, 6 needed."""
    made = committee(Sits("CEO", 3), Sits("CFO", 3, 0), Sits("Head", 2, 1), Sits("Plan", 1, 1), quota=6)
    found = decision(made)
    [standing] = found.centres
    assert (standing.outcome, standing.votes_for, standing.votes_unknown) == ("open", 3, 3)
    assert (standing.cost.value, standing.cost.low, standing.cost.high) == (None, 0, 1)
    assert [(m.person, m.steps) for m in found.moves] == [("CFO", 1)]
    assert standing.stance.value == pytest.approx(0.5)
    assert (standing.stance.low, standing.stance.high) == pytest.approx((-1 / 3, 1))
    assert told(found, "decision_open").params["person"] == "CEO"
    assert told(found, "decision_open").subjects == ("D", "CEO")


def test_a_veto_is_raised_below_neutral_unless_set_otherwise():
    made = committee(Sits("A", 2, 1), Sits("V", 0, 0, veto=True), Sits("B", 1, -1))
    assert decision(made).centres[0].outcome == "won"
    strict = decision(made, settings=AnalysisSettings(veto_from=1))
    assert (strict.centres[0].outcome, [(m.person, m.to) for m in strict.moves]) == ("lost", [("V", 1)])
    against = committee(Sits("A", 2, 1), Sits("V", 0, -2, veto=True), Sits("B", 1, -1))
    found = decision(against)
    assert [(m.person, m.to, m.steps) for m in found.moves] == [("V", 0, 2)]
    assert told(found, "decision_veto_against").subjects == ("D", "V")
    unknown = decision(committee(Sits("A", 2, 1), Sits("V", 0, veto=True)))
    assert (unknown.centres[0].outcome, "decision_veto_unknown" in unknown.warnings) == ("open", True)


def test_whom_to_move_by_what_a_step_costs():
    made = committee(Sits("A", 2, 0), Sits("B", 2, -1), Sits("C", 1, 2))
    assert [m.person for m in decision(made).moves] == ["A"]
    for ident in ("A", "pA"):
        found = decision(made, step_costs={ident: 2.5})
        assert [(m.person, m.steps, m.cost) for m in found.moves] == [("B", 2, 2)]
        assert found.centres[0].cost.value == 2


def test_whose_change_of_mind_turns_it():
    won = decision(committee(Sits("A", 3, 1), Sits("B", 1, 1), Sits("C", 3, -1)))
    assert {p.person for p in won.people if p.is_swing} == {"A", "B"}
    lost = decision(committee(Sits("A", 3, 1), Sits("B", 1, 0), Sits("C", 3, -1)))
    assert {p.person for p in lost.people if p.is_swing} == {"B", "C"}


def test_a_majority_that_hangs_on_one_who_leaves():
    """The standards committee of the demo: six votes for us, three without the one who retires."""
    leaving = Person(id="pA", account_id="a", last_name="A", status="leaving")
    made = committee(
        Sits("A", 3, 2), Sits("B", 2, 1), Sits("C", 1, 1), Sits("D", 2, -1), Sits("E", 1, 0),
        quota=5, extra=(leaving,),
    )  # fmt: skip
    found = decision(made)
    params = told(found, "decision_hinges_leaving").params
    assert (params["person"], params["votes"], params["without"]) == ("A", 6, 3)
    assert [f.subjects[1] for f in found.findings if f.code == "decision_hinges"] == ["B"]


def test_roles_that_are_there_covered_or_missing():
    made = committee(
        Sits("A", roles=("decider", "buyer")),
        Sits("B", roles=("buyer",)),
        Sits("C", roles=("gatekeeper",), occupancy=VACANT),
        ties={"B": {"M": 3}},
    )
    found = decision(made)
    assert [(r.role, r.people, r.covered) for r in found.roles] == [
        ("buyer", ("A", "B"), 1),
        ("decider", ("A",), 0),
    ]
    assert found.missing_roles == ("initiator", "user", "influencer", "gatekeeper")
    assert of(found, "B").known_by == ("M",)


def test_a_map_with_only_friends():
    assert "decision_no_opponent" in decision(committee(Sits("A", stance=1), Sits("B", stance=2))).warnings
    assert (
        "decision_no_opponent" not in decision(committee(Sits("A", stance=1), Sits("B", stance=-1))).warnings
    )
    assert "decision_no_opponent" not in decision(committee(Sits("A"), Sits("B"))).warnings


def test_supporters_not_more_numerous_than_opponents():
    def warned(*stances):
        made = committee(*(Sits(f"P{i}", stance=s) for i, s in enumerate(stances)))
        return "decision_supporters_not_more" in decision(made).warnings

    assert [warned(1, -1), warned(2, 1, -2), warned(0, 0), warned(None, None)] == [True, False, True, False]


def test_key_people_not_behind_us_in_majority():
    def keys(*stances):
        made = committee(*(Sits(f"P{i}", stance=s, roles=("decider",)) for i, s in enumerate(stances)))
        return [f.params["friends"] for f in decision(made).findings if f.code == "decision_keys_not_behind"]

    assert [keys(1, 0), keys(1, 1, 0), keys(None)] == [[1], [], [0]]


def test_nobody_covered_at_the_top():
    def warned(seniority, ties):
        made = committee(Sits("A"), extra=(seat("A", 2, seniority=seniority),), ties=ties)
        return "decision_top_uncovered" in decision(made).warnings

    assert [warned(2, {}), warned(1, {"A": {"M": 3}}), warned(3, {}), warned(None, {})] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("days", "is_warned"), [(0, True), (90, True), (91, False), (-1, False), (None, False)]
)
def test_a_decision_soon_with_thin_coverage(days, is_warned):
    due = None if days is None else DAY + timedelta(days=days)
    found = decision(committee(Sits("A"), next_decision=due, ties={"A": {"M": 3}}))
    assert ("decision_soon" in found.warnings) == is_warned
    covered = decision(committee(Sits("A"), next_decision=due, ties={"A": {"M": 3, "N": 3}}))
    assert covered.centres[0].c2 == 1
    assert "decision_soon" not in covered.warnings


def test_lists_are_bounded_and_counted():
    found = decision(votes(*[1] * 9), settings=AnalysisSettings(top=3))
    assert (len(found.minimal_winning_coalitions), found.minimal_winning_count) == (3, 126)
    assert len(found.people) == 9


STANCES = st.sampled_from([-2, -1, 0, 1, 2, None])


@st.composite
def committees(draw, most=5):
    """Draw a committee as a table, with its rule."""
    members = []
    for i in range(draw(st.integers(1, most))):
        occupancy = draw(st.sampled_from([None, None, None, VACANT, UNKNOWN]))
        stance = draw(STANCES) if occupancy is None else None
        roles = draw(st.sampled_from([("decider",), ("user",), ("buyer", "influencer")]))
        cast = draw(st.sampled_from([0, 1, 2, 3, 0.5, None]))
        members.append(Sits(f"S{i}", cast, stance, draw(st.booleans() | st.none()), roles, occupancy))
    rule = draw(st.sampled_from(["majority", "quota", "unanimity", "single_decider", None]))
    quota = draw(st.integers(0, 8)) if rule in {"quota", None} else None
    return tuple(members), {"rule": rule, "quota": quota}


def asked(drawn, **options):
    members, rule = drawn
    return decision(committee(*members, **rule), **options)


def cast_of(members, rule):
    """Twin: the votes of each, by hand."""
    count = [1.0 if m.votes is None else m.votes for m in members]
    if rule["rule"] != "single_decider":
        return count
    deciders = [i for i, m in enumerate(members) if "decider" in m.roles]
    return [1.0 * ([i] == deciders) for i in range(len(members))]


def needed_of(members, rule):
    count = cast_of(members, rule)
    there = [c for c, m in zip(count, members, strict=True) if m.occupancy != VACANT]
    if rule["rule"] == "unanimity":
        return sum(there)
    if rule["rule"] == "single_decider":
        return 1
    if rule["quota"] is not None:
        return rule["quota"]
    return (sum(count) // 2 + 1) if all(c == int(c) for c in count) else (sum(count) // 0.5 // 2 + 1) * 0.5


def wins(members, rule, stances):
    """Twin: does it go our way with these stances of those who are there?"""
    count = cast_of(members, rule)
    there = [(c, m, s) for c, m, s in zip(count, members, stances, strict=True) if m.occupancy != VACANT]
    objects = any(m.veto and s < 0 for _, m, s in there)
    return not objects and sum(c for c, _, s in there if s >= 1) >= needed_of(members, rule)


def readings(members, unknown=(-2, -1, 0, 1, 2)):
    """Every way the stances could be."""
    return product(*((m.stance,) if m.stance is not None else unknown for m in members))


@given(committees())
def test_the_outcome_is_that_of_every_reading(drawn):
    members, rule = drawn
    [standing] = asked(drawn).centres
    if standing.outcome is None:
        assert not sum(cast_of(members, rule)) or not needed_of(members, rule)
        return
    results = {wins(members, rule, stances) for stances in readings(members)}
    assert standing.outcome == {(True,): "won", (False,): "lost"}.get(tuple(results), "open")


@given(committees(most=4))
def test_the_cost_of_winning_is_the_least_of_all_moves(drawn):
    members, rule = drawn
    found = asked(drawn)
    [standing] = found.centres
    if standing.outcome is None:
        assert standing.cost.high is None
        return
    for end, unknown in ((standing.cost.low, 2), (standing.cost.high, -2)):
        [now] = readings(members, (unknown,))
        reached = product(*(range(s, 3) for s in now))
        costs = [
            sum(a - b for a, b in zip(then, now, strict=True))
            for then in reached
            if wins(members, rule, then)
        ]
        assert end == min(costs, default=None)
    assert sum(m.cost for m in found.moves) == (standing.cost.high or 0)


@given(committees(), st.data())
def test_what_becomes_known_lands_inside(drawn, data):
    members, rule = drawn
    known = tuple(
        m._replace(stance=data.draw(st.integers(-2, 2)), occupancy=None)
        if m.occupancy != VACANT and m.stance is None
        else m
        for m in members
    )
    [before], [after] = asked(drawn).centres, asked((known, rule)).centres
    if after.outcome is not None:
        assert before.outcome in {"open", after.outcome}
        assert before.votes_for <= after.votes_for <= before.votes_for + before.votes_unknown
        if before.cost.low is not None:
            assert before.cost.low <= after.cost.value <= before.cost.high
    if after.stance.value is not None:
        assert before.stance.low - 1e-12 <= after.stance.value <= before.stance.high + 1e-12
        assert (after.stance.low, after.stance.high) == pytest.approx((after.stance.value,) * 2)
        if before.stance.value is not None:
            assert before.stance.low - 1e-12 <= before.stance.value <= before.stance.high + 1e-12


@given(committees())
def test_power_sums_to_one(drawn):
    found = asked(drawn)
    for index in ("banzhaf", "shapley_shubik", "banzhaf_today", "shapley_shubik_today"):
        own = [value for p in found.people if (value := getattr(p, index)) is not None]
        assert not own or sum(own) == pytest.approx(1)


@given(committees())
def test_figures_are_the_sums_of_their_terms(drawn):
    found = asked(drawn)
    assert_it_sums(found)
    explained = {e.figure for e in found.explained}
    assert "centres[D].votes_for" in explained
    assert ("centres[D].c2" in explained) == (found.centres[0].c2 is not None)
    assert all(
        (f"people[{p.position_id}].banzhaf" in explained) == (p.banzhaf is not None) for p in found.people
    )


@given(committees(), st.randoms())
def test_names_and_order_change_no_figure(drawn, dice):
    members, rule = drawn
    names = [m.name for m in members]
    dice.shuffle(names)
    renamed = tuple(m._replace(name=n) for m, n in zip(members, names, strict=True))[::-1]
    one, other = asked(drawn), asked((renamed, rule))
    called = dict(zip((m.name for m in members), names, strict=True))

    def figures(p):
        return (p.votes, p.veto, p.stance, p.banzhaf, p.shapley_shubik, p.banzhaf_today, p.swings, p.is_swing)

    by_id = {p.position_id: figures(p) for p in other.people}
    assert {called[p.position_id]: figures(p) for p in one.people} == by_id
    hidden = {"warnings": True}
    assert one.centres[0].model_dump(exclude=hidden) == other.centres[0].model_dump(exclude=hidden)
    assert sorted(one.warnings) == sorted(other.warnings)
    assert one.minimal_winning_count == other.minimal_winning_count


def test_every_finding_has_its_sentences():
    members = [
        Sits("A", 3, 1, roles=("decider",)),
        Sits("B", 1, -1, veto=True),
        Sits("C", 1, veto=True, occupancy=UNKNOWN),
        Sits("D", 2, occupancy=VACANT),
    ]
    made = [
        committee(*members, quota=4, next_decision=DAY, extra=(seat("A", 5, seniority=1),)),
        committee(*members, quota=40),
        committee(*members, rule="single_decider"),
        committee(Sits("A", 3, 1), Sits("B", 1, 2), quota=1),
        committee(Sits("A", 3, -1), Sits("B", 1, 2)),
        committee(Sits("A", 1, 1), Sits("B", 1, 2), Sits("C", 1)),
        committee(
            Sits("A"), Sits("B", roles=("decider",)), Sits("C", roles=("decider",)), rule="single_decider"
        ),
        committee(),
        votes(*[float(10**8 + i) for i in range(40)]),
        empty(),
    ]
    for language in ("en", "fr"):
        assert all(Words(language).finding(f) for m in made for f in decision(m).findings)


def test_fractions_of_votes_are_exact():
    made = committee(*(Sits(f"P{i}", 0.1, 1) for i in range(3)), Sits("Q", 0.3, -1))
    [standing] = decision(made).centres
    assert (standing.needed, standing.outcome) == (float(Fraction("0.4")), "lost")
