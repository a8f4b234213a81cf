"""Who can introduce us to somebody: ways, their steps, gates, the nearest, and whether any way works."""

from datetime import timedelta
from math import log2, prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.paths import paths
from graphkam.errors import NotFound
from graphkam.graph.build import account_graph
from graphkam.model.people import Holding
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import DAY, centre, empty, graph, holder, member, seat, tie, unit
from tests.analysis.drawn import MEMBERS, SETTINGS, accounts
from tests.analysis.resumming import assert_it_sums
from tests.graph.test_introductions import link

ALONE = AnalysisSettings(colleague_introduction=0)


def account(*extra, ties=None, seats="ABCD"):
    return graph(ties or {"A": {"M": 3}}, dict.fromkeys(seats, 2), extra=extra)


def codes(found):
    return {f.code: f for f in found.findings}


def told(route):
    return [s.asker for s in route.steps] + [route.target]


def test_who_asks_whom_and_how_we_know():
    said = link("A", "B", 4, known_on=DAY).model_copy(update={"source": "in every meeting"})
    extra = [said, unit("U", kind="department")]
    extra += [seat(p, 2, unit_id="U") for p in "BC"]
    found = paths(account(*extra), target="pC")
    [route] = found.routes
    assert told(route) == ["M", "A", "B", "C"]
    first, second, third = route.steps
    assert (first.kind, first.level, first.last_contact, first.tie_id) == ("contact", 3, DAY, "M-A")
    assert (second.kind, second.link, second.weight, second.source) == (
        "influence",
        "advice",
        4,
        "in every meeting",
    )
    assert (second.known_on, second.tie_id) == (DAY, "A>B")
    assert (third.kind, third.unit, third.tie_id, third.probability) == ("colleague", "Unit U", None, 0.5)
    assert route.probability == pytest.approx(1 * 0.8 * 0.5)
    assert codes(found)["paths_best"].subjects == ("A", "B", "C")
    assert codes(found)["paths_best"].evidence == ("M-A", "A>B")
    assert codes(found)["paths_best"].params["percent"] == 40
    assert codes(found)["paths_assumed"].params["count"] == 1
    assert_it_sums(found)


def test_whom_we_know_we_ask_directly():
    found = paths(account(), target="pA")
    assert (len(found.routes[0].steps), found.probability, found.gates) == (1, 1, ())
    assert list(codes(found)) == ["paths_known"]


def test_the_bridge_network_of_people():
    """M knows B and C, colleagues who can both ask D: with p a step, 2p^2 + 2p^3 - 5p^4 + 2p^5.

    .97848 at .9 where the warmest way is .81. Source: design, science.md, "Warm-intro paths"; Barlow &
    Proschan 1965. Levels decay to .9 in a day if half is gone in 1 / log2(1 / .9) days.
    """
    extra = [tie("M", p, 3, last=DAY - timedelta(days=1)) for p in "BC"]
    extra += [unit(u) for u in "UVW"] + [seat("B", 2, unit_id="U"), seat("C", 2, unit_id="U")]
    shared = {"B": "V", "C": "W"}
    extra += [seat(f"{p}2", 1, unit_id=u) for p, u in shared.items()]
    extra += [seat(f"D{p}", 1, unit_id=u) for p, u in shared.items()]
    holders = {"B2": "B", "C2": "C", "DB": "D", "DC": "D"}
    extra += [
        Holding(id=f"h{s}", account_id="a", person_id=f"p{p}", position_id=s) for s, p in holders.items()
    ]
    nine = AnalysisSettings(half_life=1 / log2(1 / 0.9), colleague_introduction=0.9)
    made = account(*extra, member("M"), ties={"Z": {}}, seats="BCD")
    found = paths(made, target="pD", settings=nine, with_reliability=True)
    assert found.probability == pytest.approx(0.81)
    assert [round(r.probability, 3) for r in found.routes] == [0.81, 0.81, 0.729]
    assert found.any_way.probability == pytest.approx(0.97848)
    assert (found.any_way.draws, found.any_way.standard_error) == (None, 0)


def test_any_way_is_more_than_the_warmest_and_less_than_if_all_were_apart():
    extra = [link("A", "B", 3), link("A", "C", 3), link("B", "D", 3), link("C", "D", 3)]
    found = paths(account(*extra), target="pD", settings=ALONE, with_reliability=True)
    assert [r.probability for r in found.routes] == pytest.approx([0.36, 0.36])
    assert found.any_way.probability == pytest.approx(1 - (1 - 0.36) ** 2)
    assert paths(account(*extra), target="pD").any_way is None


def test_drawn_states_come_with_their_standard_error():
    seats = [f"S{i}" for i in range(8)]
    extra = [unit("U"), *(seat(s, 1, unit_id="U") for s in seats), *(p for s in seats for p in holder(s))]
    found = paths(account(*extra, ties={"S0": {"M": 2}}), target="pS7", with_reliability=True)
    assert found.any_way.draws == 20_000
    assert 0 < found.any_way.standard_error < 0.004
    again = paths(account(*extra, ties={"S0": {"M": 2}}), target="pS7", with_reliability=True)
    assert again == found


def test_the_number_of_ways_is_settable_and_they_may_begin_with_one_of_us():
    extra = [member("N"), tie("N", "B", 2), link("A", "C"), link("B", "C"), link("A", "B")]
    made = account(*extra)
    assert [told(r) for r in paths(made, target="pC", settings=ALONE).routes] == [
        ["M", "A", "C"],
        ["M", "A", "B", "C"],
        ["N", "B", "C"],
    ]
    assert len(paths(made, target="pC", settings=AnalysisSettings(routes=1)).routes) == 1
    found = paths(made, target="pC", start="N", settings=ALONE)
    assert (found.start, [told(r) for r in found.routes]) == ("N", [["N", "B", "C"]])


def test_through_whom_every_way_leads():
    extra = [link("A", "B"), link("A", "C"), link("B", "D"), link("C", "D")]
    found = paths(account(*extra), target="pD", settings=ALONE)
    assert (found.gates, codes(found)["paths_gate"].subjects) == (("A",), ("A",))
    other = paths(account(*extra, tie("M", "B", 2)), target="pD", settings=ALONE)
    assert (other.gates, "paths_gate" in codes(other)) == ((), False)


def test_a_decision_centre_is_entered_where_it_is_warmest():
    made = account(link("A", "C", 4), link("A", "B", 3), *centre("Z", "BC"))
    found = paths(made, target="Z", settings=ALONE)
    assert (found.target, [r.target for r in found.routes]) == ("Centre Z", ["C", "B"])
    assert codes(found)["paths_best"].params["target"] == "C"


def test_a_position_stands_for_its_holder():
    assert paths(account(), target="A").routes == paths(account(), target="pA").routes


@pytest.mark.parametrize(("occupancy", "code"), [("vacant", "paths_vacant"), ("unknown", "paths_nameless")])
def test_to_whom_nobody_can_name_there_is_no_way_but_a_nearest(occupancy, code):
    made = account(seat("X", 3, occupancy=occupancy, reports_to_id="A"))
    found = paths(made, target="X")
    assert (found.routes, found.probability, found.low) == ((), None, None)
    assert (found.nearest.person, found.nearest.away, told(found.nearest.route)) == ("A", 1, ["M", "A"])
    assert {code, "paths_nearest"} == set(codes(found))


def test_the_nearest_in_the_organisation_then_the_warmest():
    lines = [
        seat("D", 2, reports_to_id="C"),
        seat("C", 2, reports_to_id="B"),
        seat("B", 2, reports_to_id="A"),
    ]
    found = paths(account(*lines, tie("M", "B", 1)), target="pD", settings=ALONE)
    assert (found.nearest.person, found.nearest.away) == ("B", 2)
    units = [unit("U", "T"), unit("V", "T"), unit("T"), *(seat(p, 2, unit_id=u) for p, u in ("AU", "DV"))]
    above = paths(account(*units), target="pD", settings=ALONE)
    assert (above.nearest.person, above.nearest.away) == ("A", 2)
    nowhere = paths(account(), target="pD")
    assert (nowhere.nearest, list(codes(nowhere))) == (None, ["paths_none"])


def test_without_a_target_everybody_whom_nobody_covers():
    made = account(link("A", "C"), tie("M", "B", 1), seat("D", 5))
    found = paths(made, settings=ALONE)
    assert [(r.target, len(r.steps)) for r in found.routes] == [("B", 1), ("C", 2)]
    assert (found.unreached, found.unreached_count) == (("D",), 1)
    assert codes(found)["paths_unreached"].subjects == ("D",)
    assert list(codes(paths(account(seats="A")))) == ["paths_all_known"]
    assert paths(empty()).findings == ()


@pytest.mark.parametrize("wrong", [{"target": "nobody"}, {"target": "M"}, {"start": "pA"}])
def test_an_id_that_is_nobody_s_is_refused(wrong):
    with pytest.raises(NotFound):
        paths(account(), **wrong)


def test_an_unknown_level_could_be_a_way():
    found = paths(account(ties={"A": {"M": None}}), target="pA")
    assert (found.routes, found.probability, found.low, found.high) == ((), None, 0, 1)


# ------------------------------------------------------------------ what must always hold


@settings(max_examples=25)
@given(accounts(), SETTINGS, st.integers(0, 2))
def test_each_way_is_the_product_of_its_steps(drawn, chosen, target):
    made = drawn.graph()
    if f"pS{target}" not in made.by_person:
        return
    found = paths(made, target=f"pS{target}", settings=chosen)
    assert_it_sums(found)
    assert [r.probability for r in found.routes] == sorted(
        (r.probability for r in found.routes), reverse=True
    )
    for route in found.routes:
        assert route.probability == pytest.approx(prod(s.probability for s in route.steps))
        assert route.low - 1e-9 <= route.probability <= route.high + 1e-9
        assert route.steps[0].asker in MEMBERS
    if found.routes:
        assert found.low - 1e-9 <= found.probability <= found.high + 1e-9


@settings(max_examples=25)
@given(accounts(), SETTINGS)
def test_the_order_of_the_records_changes_nothing(drawn, chosen):
    turned = account_graph(drawn.records(is_reversed=True), "a", DAY)
    for target in (None, "D"):
        assert paths(turned, target=target, settings=chosen) == paths(
            drawn.graph(), target=target, settings=chosen
        )


@settings(max_examples=25)
@given(accounts(), st.sampled_from([0, 1, 2, 3]), st.sampled_from([0, 200]))
def test_an_unknown_made_known_lands_inside(drawn, level, days):
    before = drawn.graph()
    known = tuple(
        (m, p, level if lev is None else lev, days if gone is None else gone)
        for m, p, lev, gone in drawn.ties
    )
    after = drawn._replace(ties=known).graph()
    for target in before.by_person:
        unsure, sure = paths(before, target=target), paths(after, target=target)
        if sure.probability is not None:
            assert unsure.low - 1e-9 <= sure.probability <= unsure.high + 1e-9
