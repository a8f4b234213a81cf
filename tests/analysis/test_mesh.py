"""Which contact ties to make: targets, room, cost, what is short, what is handed over."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.departure import departure
from graphkam.analysis.mesh import mesh
from graphkam.graph.build import account_graph
from graphkam.graph.meshing import meshed
from graphkam.graph.needs import action_id
from graphkam.graph.strength import panel
from graphkam.model.business import Action
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet
from graphkam.review.saying import why_handed
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
from tests.analysis.drawn import MEMBERS, SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums
from tests.method.flows import case, cost_by_flow

KNOWN = {"function": "sales", "seniority": 3, "country": "FR", "languages": "fr"}
"""Of us: all that a cost rests on."""
THEIRS = {"function": "sales", "seniority": 3}
PLAIN = AnalysisSettings(mesh_function=0, mesh_level=0, mesh_country=0, mesh_language=0, mesh_warm=0)
"""Every new tie costs 1."""


def pairs(found):
    return sorted((t.member, t.stakeholder) for t in found.ties)


def codes(found):
    return {f.code: f for f in found.findings}


def one_tie(us=(), them=(), person=(), **options):
    """Give the tie proposed where one of us and one of theirs do not know each other yet."""
    extra = [
        member("M", **{**KNOWN, **dict(us)}),
        unit("U", country="FR"),
        seat("A", 1, unit_id="U", **{**THEIRS, **dict(them)}),
        *holder("A", **{"language": "fr", **dict(person)}),
        # Somebody else whom M knows, so that M is on the account.
        *options.pop("extra", ()),
    ]
    [found] = mesh(graph({"Z": {"M": 3}}, {"Z": 1, "A": 1}, extra=extra), **options).ties
    return found


def test_nobody_knows_anybody_and_there_is_nobody():
    found = mesh(empty())
    assert (found.ties, found.cost, found.short, found.findings) == ((), 0, (), ())
    assert (found.before.c1, found.after.c2, found.members, found.nameless) == (None, None, (), 0)


def test_where_everybody_has_enough_there_is_nothing_to_plan():
    found = mesh(graph({"A": {"M": 3, "N": 2}}, {"A": 5}))
    assert (found.ties, list(codes(found))) == ((), ["mesh_enough", "mesh_unlimited"])
    assert found.before == found.after


def test_the_key_ones_get_two_and_others_one():
    """The bow-tie of the design: five are key by weight or known by one only; C2 rises, the index falls."""
    found = mesh(graph(BOW_TIE), settings=PLAIN)
    assert {t.stakeholder for t in found.ties} == {"C1", "C2", "C3"}
    assert len(found.ties) == found.cost == 3
    assert (found.before.c1, round(found.before.c2, 6)) == (1, 0.136364)
    assert (found.after.c1, found.after.c2) == (1, 16 / 22)
    assert (found.before.bow_tie_member, round(found.before.bow_tie, 3)) == ("KAM", 0.864)
    assert codes(found)["mesh_plan"].params == {"count": 3, "before": 14, "after": 73}


def test_a_decider_is_key_whatever_the_weight():
    found = mesh(graph({"A": {"M": 3}}, {"A": 1}, extra=[member("N"), tie("N", "A", 0), *centre("D", "A")]))
    assert pairs(found) == [("N", "A")]


def test_targets_are_settable():
    made = graph(DIAMOND)
    assert mesh(made, settings=AnalysisSettings(target_key=1, target_other=0)).ties == ()
    assert {t.stakeholder for t in mesh(made, settings=AnalysisSettings(target_other=2)).ties} == {
        "C4", "C7", "C8"
    }  # fmt: skip


# ------------------------------------------------------------------ cost


def test_whoever_fits_costs_one():
    found = one_tie()
    assert (found.cost, found.low, found.high, found.unknown) == (1, 1, 1, ())


@pytest.mark.parametrize(
    ("us", "them", "person", "part", "cost"),
    [
        ({"function": "legal"}, {}, {}, "function", 2),
        ({"seniority": 4}, {}, {}, "level", 1),
        ({"seniority": 5}, {}, {}, "level", 2),
        ({"seniority": 5}, {"seniority": 1}, {}, "level", 4),
        ({"country": "DE"}, {}, {}, "country", 2),
        ({"languages": "de; en-GB"}, {}, {}, "language", 2),
        ({"languages": "en-GB"}, {}, {"language": "EN"}, "language", 1),
    ],
)
def test_each_part_of_a_cost(us, them, person, part, cost):
    found = one_tie(us, them, person)
    assert (found.cost, getattr(found, part)) == (cost, cost - 1)
    dear = one_tie(us, them, person, settings=AnalysisSettings(**{f"mesh_{part}": 10, "mesh_tie": 2}))
    assert dear.cost == 2 + 10 * (cost - 1)


@pytest.mark.parametrize(
    ("us", "them", "person", "part", "span"),
    [
        ({"function": None}, {}, {}, "function", (1, 1.5, 2)),
        ({}, {"function": None}, {}, "function", (1, 1.5, 2)),
        ({"seniority": None}, {}, {}, "level", (1, 1.5, 2)),
        ({}, {"seniority": None}, {}, "level", (1, 1.5, 2)),
        ({"seniority": None}, {"seniority": 1}, {}, "level", (1, 2.5, 4)),
        ({"seniority": None}, {"seniority": None}, {}, "level", (1, 2.5, 4)),
        ({"country": None}, {}, {}, "country", (1, 1.5, 2)),
        ({"languages": None}, {}, {}, "language", (1, 1.5, 2)),
        ({}, {}, {"language": None}, "language", (1, 1.5, 2)),
    ],
)
def test_what_is_not_known_lies_midway_and_is_named(us, them, person, part, span):
    found = one_tie(us, them, person)
    assert ((found.low, found.cost, found.high), found.unknown) == (span, (part,))


def test_the_country_is_that_of_the_unit_or_of_those_above():
    below = [unit("U", "T"), unit("T", country="FR")]
    assert one_tie(extra=below).country == 0
    assert one_tie(extra=[unit("U", "T"), unit("T", country="DE")]).country == 1


def test_somebody_in_two_positions_is_met_in_the_one_that_fits():
    extra = [seat("B", 2, unit_id="U", function="legal", seniority=1), *holder("A", language="fr")]
    extra += [Holding(id="hB", account_id="a", person_id="pA", position_id="B")]
    found = one_tie({"function": "legal"}, {}, extra=extra)
    assert (found.cost, found.weight, found.position_id) == (1, 3, "B")


def test_a_warm_way_makes_it_cheaper():
    """A and B sit in one unit, and M has met B today: half of certain is warm enough."""
    extra = [seat("B", 1, unit_id="U"), *holder("B"), tie("M", "B", 3)]
    found = one_tie(extra=extra)
    assert (found.warm, found.cost, found.through) == (0.5, 0.5, "B")
    assert one_tie(extra=extra, settings=AnalysisSettings(mesh_warm_from=0.6)).warm == 0
    assert one_tie(extra=extra, settings=AnalysisSettings(colleague_introduction=0)).through is None
    cool = [*extra[:-1], tie("M", "B", 2)]
    assert one_tie(extra=cool).warm == 0


def test_a_tie_that_is_there_is_revived_at_half_the_cost():
    extra = [tie("M", "A", 1)]
    found = one_tie({"function": "legal"}, extra=extra)
    assert (found.is_reactivated, found.cost) == (True, 1)
    assert one_tie({"function": "legal"}, extra=extra, settings=AnalysisSettings(mesh_reactivate=1)).cost == 2
    assert not one_tie(extra=[tie("M", "A", 0)]).is_reactivated


# ------------------------------------------------------------------ room


def test_the_cheapest_pair_first_is_not_the_cheapest_plan():
    """Two of us with room for one: 4, where the cheapest pair first comes to 10 (science.md, "Mesh plan").

    Levels and a language make the costs: A-s 1, A-t 2, B-s 2, B-t 9.
    """
    extra = [
        member("A", **{**KNOWN, "languages": "fr, de"}, capacity=1),
        member("B", **{**KNOWN, "seniority": 5}, capacity=1),
        *(tie(m, "s", 0) for m in "AB"),
        unit("U", country="FR"),
        seat("s", 1, unit_id="U", **THEIRS),
        *holder("s", language="fr"),
        seat("t", 1, unit_id="U", function="sales", seniority=1),
        *holder("t", language="de"),
    ]
    found = mesh(graph({}, {}, extra=extra), settings=AnalysisSettings(mesh_language=5))
    assert {(t.member, t.stakeholder): t.cost for t in found.ties} == {("A", "t"): 2, ("B", "s"): 2}
    assert found.cost == 4
    tight = [member("A", **{**KNOWN, "languages": "fr, de"}, capacity=0), *extra[2:]]
    [left] = mesh(graph({}, {}, extra=[*extra, *tight]), settings=AnalysisSettings(mesh_language=5)).ties
    assert left.cost == 2


def test_room_is_over_all_accounts():
    made = graph({"A": {}, "B": {"M": 3}}, {"A": 1, "B": 1}, extra=[member("M", capacity=2)])
    assert pairs(mesh(made)) == [("M", "A")]
    found = mesh(made, elsewhere={"M": 1})
    [short] = found.short
    assert (found.ties, short.stakeholder, short.missing, short.reason) == ((), "A", 1, "room")
    [row] = found.members
    assert (row.live, row.elsewhere, row.capacity, row.over, row.lacking) == (1, 1, 2, 0, 1)
    assert codes(found)["mesh_lacking"].params == {"name": "M", "load": 2, "count": 1}
    assert codes(found)["mesh_short"].params == {"count": 1, "names": ("A",)}


def test_the_most_weight_first():
    made = graph({"A": {}, "B": {}, "C": {"M": 3}}, {"A": 1, "B": 3, "C": 1}, extra=[member("M", capacity=2)])
    found = mesh(made)
    assert (pairs(found), [s.stakeholder for s in found.short]) == ([("M", "B")], ["A"])


def test_with_too_few_of_us_nobody_is_left_for_the_second_tie():
    found = mesh(graph({"A": {"M": 3}}, {"A": 5}))
    [short] = found.short
    assert (short.missing, short.reason) == (1, "nobody")
    assert codes(found)["mesh_nobody"].subjects == ("A",)


def test_who_is_leaving_gets_no_new_ties_and_a_blank_capacity_is_told():
    extra = [member("M", status="leaving"), member("N"), tie("N", "B", 3)]
    found = mesh(graph({"A": {}, "B": {"M": 3}}, {"A": 1, "B": 1}, extra=extra))
    assert pairs(found) == [("N", "A")]
    assert codes(found)["mesh_unlimited"].subjects == ("M", "N")


def test_at_most_so_many_of_one_function_to_one_person():
    extra = [member(m, function=f) for m, f in zip("KLMN", ("legal", "sales", "sales", "sales"), strict=True)]
    extra += [tie(m, "Z", 3) for m in "KLMN"]
    extra += [seat("A", 5, function="sales"), *holder("A")]
    made = graph({}, {"Z": 1, "A": 5}, extra=extra)
    assert {m for m, _ in pairs(mesh(made))} <= set("LMN")
    [first, second] = pairs(mesh(made, settings=AnalysisSettings(mesh_per_function=1)))
    assert first == ("K", "A")
    assert second[0] in "LMN"


def test_nobody_meets_whom_nobody_can_name_or_who_has_left():
    extra = [member("M"), tie("M", "Z", 3), seat("X", 5, occupancy="unknown"), seat("V", 5)]
    extra += [seat("L", 5), *holder("L", status="left")]
    found = mesh(graph({}, {"Z": 1}, extra=extra))
    assert (found.ties, found.nameless) == ((), 1)
    assert codes(found)["mesh_nameless"].subjects == ("X",)


# ------------------------------------------------------------------ handovers


def test_who_has_too_many_hands_over_the_least_weight_and_loses_nothing():
    """M keeps four and has room for two. N knows C anyway; A, the next lightest, goes to N too."""
    extra = [member("M", capacity=2), member("N", capacity=9), tie("N", "C", 2)]
    made = graph({p: {"M": 3} for p in "ABCD"}, {"A": 1, "B": 2, "C": 2, "D": 3}, extra=extra)
    found = mesh(made, settings=PLAIN)
    assert [(h.stakeholder, h.to, h.cost, h.is_live) for h in found.handovers] == [
        ("A", "N", 1, False),
        ("C", "N", 0, True),
    ]
    told = codes(found)["mesh_overloaded"]
    assert (told.subjects, told.params["load"], told.params["count"]) == (("M",), 4, 2)
    assert (found.before.c1, found.after.c1) == (1, 1)


def test_two_with_too_many_hand_one_person_over_to_two_others():
    extra = [*(member(m, capacity=0) for m in "KL"), *(member(m, capacity=9) for m in "MN")]
    extra += [tie(m, "A", 3) for m in "KL"] + [tie(m, "A", 0) for m in "MN"]
    found = mesh(graph({}, {"A": 5}, extra=extra))
    assert sorted((h.member, h.to) for h in found.handovers) == [("K", "M"), ("L", "N")]


def overfull(*extra):
    """Give M, who keeps two and has room for one; N and O could take over, and keep nobody yet."""
    more = [member("M", capacity=1), member("N", capacity=9), member("O", capacity=9)]
    more += [tie(m, "Z", 3) for m in "NO"]
    return graph({"A": {"M": 3}, "B": {"M": 3}}, {"A": 1, "B": 3, "Z": 1}, extra=[*more, *extra])


def test_a_handover_goes_to_the_nearest_as_after_a_departure():
    """O is the named backup, N has a tie of its own, and would be cheaper by nothing but the name."""
    named, tied = tie("O", "A", None, kind="backup"), tie("N", "A", 1, last=DAY - timedelta(days=90))
    for extra, wanted in (
        ([named, tied], ("O", "backup", True)),
        ([tied], ("N", "tie", False)),
        ([], ("N", "fit", False)),
    ):
        made = overfull(*extra)
        [row] = mesh(made, settings=PLAIN).handovers
        assert (row.to, row.reason, row.is_backup) == wanted
        gone = {t.name: t.successors for t in departure(made, leaves=["M"]).touched}
        assert gone["A"][:1] == ((row.to,) if extra else ())


def test_a_handover_says_who_would_be_nearer_and_has_no_room():
    made = overfull(member("O", capacity=1), tie("O", "A", 1, last=DAY - timedelta(days=90)))
    [row] = mesh(made, settings=PLAIN).handovers
    assert (row.to, row.reason, row.nearer) == ("N", "fit", ("O",))
    assert why_handed(Words("en"), row) == (
        "fits best of those who have room · O would be nearer, but has no room"
    )
    [alone] = mesh(overfull(), settings=PLAIN).handovers
    assert why_handed(Words("en"), alone) == "nobody else is near · fits best of those who have room"


def test_where_nobody_has_room_the_handover_says_so():
    found = mesh(graph({"A": {"M": 3}}, {"A": 1}, extra=[member("M", capacity=0)]))
    [row] = found.handovers
    assert (row.to, row.to_id, row.cost) == (None, None, None)


# ------------------------------------------------------------------ what became of earlier proposals


def action(member_id, seat_id, state="open", **options):
    return Action(
        id=action_id("a", member_id, seat_id), account_id="a", text="…", owner_id=member_id, about_id=seat_id,
        state=state, **options,
    )  # fmt: skip


def bridged(*extra):
    return graph({"A": {}, "Z": {"M": 3, "N": 3}}, {"A": 1, "Z": 1}, extra=extra)


def test_what_was_accepted_is_planned_and_not_proposed_again():
    found = mesh(bridged(action("M", "A")))
    assert (found.ties, [(t.member, t.stakeholder) for t in found.planned]) == ((), [("M", "A")])
    assert (found.before.c1, found.after.c1) == (0.5, 1)
    assert codes(found)["mesh_planned"].params == {"count": 1}
    full = mesh(bridged(action("M", "A"), member("M", capacity=1)))
    assert {m.member: (m.planned, m.over) for m in full.members} == {"M": (1, 1), "N": (0, 0)}


def test_what_was_refused_is_not_proposed_again():
    assert pairs(mesh(bridged(action("M", "A", "cancelled")))) == [("N", "A")]
    both = bridged(action("M", "A", "cancelled"), action("N", "A", "cancelled"))
    assert [s.reason for s in mesh(both).short] == ["nobody"]
    assert pairs(mesh(bridged(), excluded=[("M", "pA")])) == [("N", "A")]


def test_another_owner_may_take_a_planned_tie_over():
    moved = action("M", "A").model_copy(update={"owner_id": "N"})
    assert [t.member for t in mesh(bridged(moved)).planned] == ["N"]


def test_an_action_of_somebody_else_s_is_no_plan_and_a_done_one_may_come_again():
    other = Action(id="B1", account_id="a", text="Call A", owner_id="M", about_id="A", state="open")
    assert len(mesh(bridged(other)).ties) == 1
    assert len(mesh(bridged(action("M", "A", "done"))).ties) == 1


# ------------------------------------------------------------------ what must always hold


@st.composite
def teams(draw):
    """Give each of us a room, a function and a level, or not."""
    return [
        member(
            m,
            capacity=draw(st.sampled_from([None, 0, 1, 2, 9])),
            function=draw(st.sampled_from([None, "sales", "legal"])),
            seniority=draw(st.sampled_from([None, 1, 5])),
        )
        for m in MEMBERS
    ]


def made(drawn, team, **options):
    return account_graph(drawn.records(**options).merged(team), "a", DAY)


@settings(max_examples=20)
@given(accounts(), teams(), SETTINGS)
def test_the_plan_keeps_its_promises(drawn, team, chosen):
    here = made(drawn, team)
    found = mesh(here, settings=chosen)
    assert_it_sums(found)
    assert len(pairs(found)) == len(set(pairs(found)))
    assert found.low - 1e-9 <= found.cost <= found.high + 1e-9
    for row in found.members:
        assert row.capacity is None or row.live + row.planned + row.proposed <= max(row.capacity, row.live)
    assert (found.after.c1 or 0) >= (found.before.c1 or 0)
    assert (found.after.c2 or 0) >= (found.before.c2 or 0)
    assert sum(m.lacking for m in found.members) <= sum(s.missing for s in found.short)


@settings(max_examples=15)
@given(accounts(), teams())
def test_another_solver_finds_no_cheaper_plan(drawn, team):
    """Minimum cost flow of networkx, with the costs and the room that the plan is made from."""
    plan = meshed(panel(made(drawn, team), AnalysisSettings()), {}, (), AnalysisSettings())
    people, rooms = plan.made.people, [room.free for room in plan.rooms]
    costs = [
        [None if m in p.live else float(plan.made.fit.cost[m, i]) for i, p in enumerate(people)]
        for m in range(len(rooms))
    ]
    flow = case(costs, rooms, [p.missing for p in people], [p.weight for p in people])
    short, cost = cost_by_flow(flow, scale=8)
    assert sum(s.missing * s.person.weight for s in plan.made.short) == pytest.approx(short)
    assert sum(plan.made.fit.cost[pair] for pair in plan.made.pairs) == pytest.approx(cost)


@settings(max_examples=15)
@given(accounts(), teams(), SETTINGS)
def test_the_order_of_the_records_and_names_change_no_figure(drawn, team, chosen):
    found, turned = (
        mesh(made(drawn, team), settings=chosen),
        mesh(made(drawn, team, is_reversed=True), settings=chosen),
    )
    assert turned == found
    renamed = [m.model_copy(update={"last_name": f"{9 - i}"}) for i, m in enumerate(team)]
    other = mesh(made(drawn, renamed), settings=chosen)
    assert (len(other.ties), other.after.c1, other.after.c2) == (
        len(found.ties),
        found.after.c1,
        found.after.c2,
    )
    assert other.cost == pytest.approx(found.cost)


@settings(max_examples=15)
@given(accounts(is_certain=True), teams(), st.sampled_from(["sales", "legal"]), st.integers(1, 5))
def test_an_unknown_made_known_lands_inside(drawn, team, function, seniority):
    before = mesh(made(drawn, team))
    known = [
        m.model_copy(update={"function": m.function or function, "seniority": m.seniority or seniority})
        for m in team
    ]
    after = mesh(made(drawn, known))
    assert before.low - 1e-9 <= after.cost <= before.high + 1e-9


def test_made_ties_are_proposed_no_more():
    found = mesh(graph(BOW_TIE), settings=PLAIN)
    later = [tie(t.member_id, t.stakeholder, 2) for t in found.ties]
    assert mesh(graph(BOW_TIE, extra=later), settings=PLAIN).ties == ()
    again = mesh(graph(BOW_TIE, extra=later))
    assert (again.before.c1, again.before.c2) == (found.after.c1, found.after.c2)


def test_terms_are_given_only_if_asked_for():
    assert mesh(graph(BOW_TIE, WEIGHTS), with_terms=False).terms == ()
    assert {e.figure for e in mesh(graph(BOW_TIE)).explained} >= {"cost", "before.c2", "after.c2"}


def test_a_tie_gone_cold_is_needed_again():
    made = graph({"A": {"M": 2}}, {"A": 1}, last=DAY - timedelta(days=400))
    assert [(t.member, t.is_reactivated) for t in mesh(made).ties] == [("M", True)]
    assert RecordSet(made.records) == made.records
