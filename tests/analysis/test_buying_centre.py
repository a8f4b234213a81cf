"""Buying centres: published networks as accounts, by hand, and what must hold of every account."""

import csv
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.buying_centre import buying_centre
from graphkam.errors import NotFound
from graphkam.model.organisation import DecisionCentre, Seat
from graphkam.model.people import Person
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import empty, graph, holder, seat, unit
from tests.analysis.resumming import assert_it_sums
from tests.analysis.test_brokerage import lines, link
from tests.method.networks import FLORENCE


def account(people, pairs=(), extra=()):
    """Make an account: what is known of each position, and who influences whom."""
    made = [record for name, known in people.items() for record in (seat(name, 1, **known), *holder(name))]
    return graph({}, {}, extra=[*made, *(link(*pair) for pair in pairs), *extra])


def sits(name, *roles):
    roles = roles or ("user",)
    return Seat(id=f"D-{name}", account_id="a", position_id=name, centre_id="D", roles=roles)


def centre(*seats):
    return (DecisionCentre(id="D", account_id="a", name="Centre D"), *seats)


def codes(result):
    return [f.code for f in result.findings]


def told(result, code):
    return next(f for f in result.findings if f.code == code)


FOUR = {
    "A": {"seniority": 1, "function": "general_management"},
    "B": {"seniority": 2, "function": "purchasing", "reports_to_id": "A"},
    "C": {"seniority": 2, "function": "engineering", "reports_to_id": "A"},
    "D": {"seniority": 4, "function": "engineering", "reports_to_id": "C"},
}


def test_by_hand():
    """A and B influence each other, C influences B; D influences nobody."""
    found = buying_centre(account(FOUR, [("A", "B"), ("B", "A"), ("C", "B")]))
    assert (found.members, found.extensivity, found.isolates) == (4, 3, ("D",))
    assert (found.vertical_involvement, found.levels) == (2, (1, 2))
    assert (found.lateral_involvement, found.areas) == (
        3,
        ("engineering", "general_management", "purchasing"),
    )
    assert (found.connectedness_arcs, found.connectedness_dyads) == (3 / 6, pytest.approx(2 / 3))
    [buyer] = found.buyers
    assert (buyer.person, buyer.sent, buyer.received, buyer.normalised) == ("B", 1, 2, 3 / 4)
    assert found.centrality == buyer.centrality == 1
    influence, reporting = found.structure.influence, found.structure.reporting
    assert (influence.density, influence.connectedness, influence.parts) == (3 / 12, 0.5, 2)
    assert (influence.efficiency, influence.hierarchy, influence.lub) == (1 - 1 / 4, pytest.approx(2 / 3), 1)
    assert (reporting.nodes, reporting.arcs) == (4, 3)
    assert (reporting.connectedness, reporting.efficiency, reporting.hierarchy, reporting.lub) == (1,) * 4


def managers(needs_data, network):
    """Give Krackhardt's 21 managers as one centre, manager 21 its buyer; departments as functions."""
    folder = "krackhardt-hightech"

    def read(name):
        with needs_data(f"{folder}/{name}.csv").open(encoding="utf-8") as stream:
            return list(csv.DictReader(stream))

    functions = ("general_management", "engineering", "production", "finance", "marketing")
    boss = {row["person"]: row["manager"] for row in read("reports_to")}
    people = {
        f"P{p['id']}": {
            "seniority": p["level"],
            "function": functions[int(p["department"])],
            "reports_to_id": f"P{boss[p['id']]}" if p["id"] in boss else None,
        }
        for p in read("people")
    }
    pairs = [(f"P{row['from']}", f"P{row['to']}") for row in read(network)]
    seats = [sits(name, *(("buyer",) if name == "P21" else ())) for name in people]
    return account(people, pairs, centre(*seats))


@pytest.mark.data
@pytest.mark.parametrize(
    ("network", "arcs", "dyads", "dealings", "wanted"),
    [
        ("advice", 190, 145, 26, (0.452381, 1, 0.575, 0, 1)),
        ("friendship", 102, 79, 9, (0.242857, 1, 0.795, 0.181818, 1)),
    ],
)
def test_the_managers_of_a_high_tech_company(needs_data, network, arcs, dyads, dealings, wanted):
    """Krackhardt 1987; tie counts and densities: Wasserman & Faust 1994; form: R's sna 2.7-1.

    As a buying centre of 21 (design: science.md, 1): 3 levels, 5 departments, advice 45.238 % of the
    ordered pairs and 69.048 % of the pairs, 26/21 of manager 21; friendship 24.286, 37.619, 9/21.
    """
    made = managers(needs_data, network)
    for found in (buying_centre(made), buying_centre(made, centre="D")):
        assert (found.vertical_involvement, found.lateral_involvement, found.extensivity) == (3, 5, 21)
        assert found.connectedness_arcs == pytest.approx(arcs / 420, abs=1e-9)
        assert found.connectedness_dyads == pytest.approx(dyads / 210, abs=1e-9)
        assert found.centrality == pytest.approx(dealings / 21, abs=1e-9)
        assert found.buyers[0].normalised == pytest.approx(dealings / 40)
        form = found.structure.influence
        given_ = (form.density, form.connectedness, form.efficiency, form.hierarchy, form.lub)
        assert given_ == pytest.approx(wanted, abs=1e-6)
        form = found.structure.reporting
        given_ = (form.density, form.connectedness, form.efficiency, form.hierarchy, form.lub)
        assert given_ == pytest.approx((0.047619, 1, 1, 1, 1), abs=1e-6)


def test_the_families_of_florence():
    """R's sna, 16 families: density .166667, connectedness .875, efficiency .867347, hierarchy 0."""
    pairs = lines(FLORENCE)
    families = {name: {} for pair in pairs for name in pair} | {"Pucci": {}}
    form = buying_centre(account(families, pairs)).structure.influence
    assert (form.nodes, form.hierarchy) == (16, 0)
    assert (form.density, form.connectedness, form.efficiency) == pytest.approx(
        (0.166667, 0.875, 0.867347), abs=1e-6
    )


@pytest.mark.parametrize(
    ("pairs", "lub"),
    [
        ("ac bc cd ce", 5 / 6),  # R's sna says 1/3: it looks for the greatest bound
        ("ra rb ac ad bc bd", 5 / 6),
        ("ac ad bc bd", 1 / 3),
    ],
)
def test_least_upper_bounds_by_hand(pairs, lub):
    found = buying_centre(
        account({n: {} for n in sorted({*pairs} - {" "})}, [tuple(p) for p in pairs.split()])
    )
    assert found.structure.influence.lub == pytest.approx(lub)


def test_an_empty_account():
    found = buying_centre(empty())
    assert (found.vertical_involvement, found.lateral_involvement, found.extensivity) == (0, 0, 0)
    assert (found.connectedness_arcs, found.connectedness_dyads, found.centrality) == (None, None, None)
    assert (found.structure.influence.density, found.structure.reporting.lub) == (None, None)
    assert found.findings == ()


def test_one_alone():
    found = buying_centre(account({"A": FOUR["A"]}))
    assert (found.members, found.extensivity, found.isolates) == (1, 0, ("A",))
    assert (found.connectedness_arcs, found.vertical_involvement) == (None, 0)
    assert codes(found) == ["buying_centre_none"]


def test_a_centre_that_is_not_there():
    with pytest.raises(NotFound):
        buying_centre(empty(), centre="X")


def test_of_a_centre_only_what_runs_between_its_members():
    pairs = [("A", "B"), ("C", "B"), ("A", "C")]
    made = account(FOUR, pairs, centre(sits("A"), sits("B", "buyer"), sits("D")))
    found = buying_centre(made, centre="D")
    assert (found.centre, found.members, found.extensivity, found.connectedness_arcs) == (
        "Centre D",
        3,
        2,
        0.5,
    )
    assert (found.isolates, found.around) == (("D",), ("C",))
    assert (found.structure.influence.arcs, found.structure.reporting.arcs) == (1, 1)
    [row] = buying_centre(made).centres
    assert (row.extensivity, row.members, row.centrality) == (2, 3, 0.5)
    assert told(found, "buying_centre_around").params["names"] == ("C",)
    assert told(found, "buying_centre_aside").params["names"] == ("D",)
    assert buying_centre(made).extensivity == 3


def test_who_buys_is_said_by_role_else_by_function():
    pairs = [("A", "B"), ("B", "C"), ("C", "D")]
    assert [b.person for b in buying_centre(account(FOUR, pairs)).buyers] == ["B"]
    by_role = account(FOUR, pairs, centre(sits("C", "buyer"), sits("D", "buyer"), sits("A")))
    assert [(b.person, b.centrality) for b in buying_centre(by_role).buyers] == [("C", 0.5), ("D", 0.25)]
    assert buying_centre(by_role).centrality == 0.5
    nobody = account({n: {} for n in "AB"}, [("A", "B")])
    assert (buying_centre(nobody).centrality, buying_centre(nobody).buyers) == (None, ())
    assert "buying_centre_no_buyer" in codes(buying_centre(nobody))


def test_a_buyer_nobody_talks_with():
    made = account(FOUR, [("A", "C")], centre(sits("A"), sits("B", "buyer"), sits("C")))
    found = buying_centre(made, centre="D")
    assert (found.centrality, told(found, "buying_centre_buyer_aside").subjects) == (0, ("B", "D"))


def test_what_is_not_known_is_no_level_and_no_function():
    people = {"A": {"seniority": 1, "function": "finance"}, "B": {"seniority": 1}, "C": {}}
    found = buying_centre(account(people, [("A", "B"), ("B", "C")]))
    vertical, lateral = found.vertical_could_be, found.lateral_could_be
    assert (found.vertical_involvement, vertical.low, vertical.high, found.unknown_levels) == (1, 1, 2, 1)
    assert (found.lateral_involvement, lateral.low, lateral.high, found.unknown_areas) == (1, 1, 3, 2)
    assert told(found, "buying_centre_unknown_functions").params["high"] == 3


def test_where_no_function_is_known_units_stand_for_them():
    units = [unit("U"), unit("V")]
    people = {"A": {"unit_id": "U"}, "B": {"unit_id": "V"}, "C": {"unit_id": "U"}}
    found = buying_centre(account(people, [("A", "B"), ("B", "C")], units))
    assert (found.lateral_by, found.lateral_involvement, found.areas) == ("unit", 2, ("Unit U", "Unit V"))
    assert (found.lateral_could_be.low, found.lateral_could_be.high) == (1, 3)


def test_at_most_five_levels():
    people = {n: {"seniority": i + 1} for i, n in enumerate("ABCD")} | {n: {} for n in "XYZ"}
    found = buying_centre(account(people, [("A", n) for n in "BCDXYZ"]))
    assert (found.vertical_involvement, found.vertical_could_be.high) == (4, 5)


def test_a_vacant_seat_keeps_its_place_on_paper_and_talks_with_nobody():
    extra = [seat("V", 2, occupancy="vacant", reports_to_id="A", seniority=3)]
    people = {"A": FOUR["A"], "D": {"seniority": 4, "reports_to_id": "V"}}
    found = buying_centre(account(people, [("A", "D")], extra))
    assert (found.members, found.unnamed, found.vertical_involvement) == (2, 0, 2)
    assert (found.structure.reporting.nodes, found.structure.reporting.connectedness) == (3, 1)
    named = buying_centre(account(people, [("A", "D")], [seat("V", 2, occupancy="unknown")]))
    assert (named.members, named.unnamed) == (2, 1)


def test_a_person_in_two_positions_is_one_with_two_levels():
    second = holder("D")[1].model_copy(update={"id": "h2", "position_id": "D2"})
    made = account(FOUR, [("A", "D")], [seat("D2", 1, seniority=2, function="production"), second])
    found = buying_centre(made)
    assert (found.extensivity, found.levels, found.lateral_involvement) == (2, (1, 2, 4), 3)
    seated = buying_centre(
        account(FOUR, [("A", "D")], [*centre(sits("A"), sits("D2")), seat("D2", 1, seniority=2), second]),
        centre="D",
    )
    assert (seated.extensivity, seated.levels) == (2, (1, 2))


def test_an_outsider_communicates_and_has_no_level():
    extra = [Person(id="pX", account_id="a", last_name="X", external=True), link("X", "A")]
    found = buying_centre(account({"A": FOUR["A"]}, (), extra))
    assert (found.extensivity, found.vertical_involvement, found.unknown_levels) == (2, 1, 0)


def test_conflict_is_no_communication_and_reporting_only_if_wanted():
    pairs = [("A", "B", 5, "conflict")]
    assert buying_centre(account(FOUR, pairs)).extensivity == 0
    told_so = AnalysisSettings(reporting_strength=0.5)
    assert buying_centre(account(FOUR, pairs), settings=told_so).extensivity == 4


@st.composite
def drawn(draw, most=5):
    names = [f"S{i}" for i in range(draw(st.integers(1, most)))]
    functions = st.sampled_from(["finance", "purchasing", None, None])
    people = {
        n: {
            "seniority": draw(st.sampled_from([1, 2, 5, None])),
            "function": draw(functions),
            "reports_to_id": draw(st.sampled_from([None, *names[:i]])),
        }
        for i, n in enumerate(names)
    }
    pairs = [(a, b) for a, b in product(names, repeat=2) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8)) if pairs else []
    seated = draw(st.lists(st.sampled_from(names), unique=True))
    return people, chosen, [(n, draw(st.sampled_from(["buyer", "user"]))) for n in seated]


def made_of(made):
    people, pairs, seated = made
    return account(people, pairs, centre(*(sits(*s) for s in seated)))


@settings(max_examples=20)
@given(drawn(), st.sampled_from([None, "D"]))
def test_figures_are_the_sums_of_their_terms(made, asked):
    found = buying_centre(made_of(made), centre=asked)
    assert_it_sums(found)
    explained = {e.figure for e in found.explained}
    for name in ("vertical_involvement", "lateral_involvement", "extensivity"):
        assert name in explained
    for name in ("connectedness_arcs", "connectedness_dyads"):
        assert (name in explained) == (getattr(found, name) is not None)
    for network in ("influence", "reporting"):
        form = getattr(found.structure, network)
        for name in ("density", "connectedness", "efficiency", "hierarchy", "lub"):
            assert (f"structure.{network}.{name}" in explained) == (getattr(form, name) is not None)


@settings(max_examples=15)
@given(drawn(), st.data())
def test_what_becomes_known_lands_inside(made, data):
    people, pairs, seated = made
    known = {
        n: {
            **p,
            "seniority": p["seniority"] or data.draw(st.integers(1, 5)),
            "function": p["function"] or data.draw(st.sampled_from(["finance", "legal", "quality", "other"])),
        }
        for n, p in people.items()
    }
    before, after = buying_centre(made_of(made)), buying_centre(made_of((known, pairs, seated)))
    for interval, value in (
        (before.vertical_could_be, after.vertical_involvement),
        (before.lateral_could_be, after.lateral_involvement),
    ):
        assert interval.low <= value <= interval.high
    assert before.extensivity == after.extensivity


@settings(max_examples=12)
@given(drawn(), st.randoms())
def test_names_and_order_change_no_figure(made, dice):
    people, pairs, seated = made
    others = list(people)
    dice.shuffle(others)
    called = dict(zip(people, others, strict=True)) | {None: None}
    renamed = {called[n]: {**p, "reports_to_id": called[p["reports_to_id"]]} for n, p in people.items()}
    other = (
        dict(reversed(renamed.items())),
        [(called[a], called[b]) for a, b in pairs][::-1],
        [(called[n], role) for n, role in seated][::-1],
    )
    one, two = (buying_centre(made_of(m), with_terms=False).model_dump() for m in (made, other))
    for result in (one, two):
        result.pop("findings"), result.pop("isolates"), result.pop("around")
        result["buyers"] = sorted((b["sent"], b["received"], b["centrality"]) for b in result["buyers"])
    assert one == two


def test_every_finding_has_its_sentences():
    pairs = [("A", "C"), ("D", "C")]
    made = [
        account(FOUR, pairs, centre(sits("A"), sits("B", "buyer"), sits("C"), sits("E"))),
        account({"A": {}, "B": {}, "C": {}}, [("A", "B")]),
        account({"A": {}}),
        account({**FOUR, "E": {}}, pairs, centre(*(sits(n) for n in "ACE"))),
    ]
    seen = set()
    for graph_ in made:
        found = buying_centre(graph_)
        seen |= set(codes(found))
        assert all(Words(language).finding(f) for f in found.findings for language in ("en", "fr"))
    assert seen == {
        "buying_centre_none", "buying_centre_no_buyer", "buying_centre_unknown_levels",
        "buying_centre_unknown_functions", "buying_centre_silent", "buying_centre_around",
        "buying_centre_buyer_aside", "buying_centre_aside",
    }  # fmt: skip
