"""Brokerage: published networks as accounts, by hand, and what must hold of every account."""

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkam.analysis.brokerage import brokerage
from graphkam.graph import brokers
from graphkam.model.people import Person
from graphkam.model.ties import InfluenceTie
from graphkam.settings import AnalysisSettings
from graphkam.text import Words
from tests.analysis.accounts import empty, graph, holder, seat
from tests.analysis.resumming import assert_it_sums
from tests.method.networks import FLORENCE, HOLES, KITE, managers

SURE = AnalysisSettings(missing_people=0, draws=2)


def link(source, target, weight=5, kind="advice"):
    given_ = {"account_id": "a", "from_id": f"p{source}", "to_id": f"p{target}"}
    return InfluenceTie(id=f"{source}>{target}:{kind}", weight=weight, kind=kind, **given_)


def account(pairs, alone=(), ties=None, extra=(), weights=None):
    """Make an account whose people influence each other: pairs, or pairs with a weight and a kind."""
    names = sorted({n for pair in pairs for n in pair[:2]} | set(alone))
    given_ = weights or {}
    links = [link(*pair) for pair in pairs]
    return graph(ties or {}, {n: given_.get(n, 1) for n in names}, extra=[*links, *extra])


def lines(text):
    """Give undirected lines as pairs each way."""
    pairs = [tuple(line.split("-")) for line in text.split()]
    return [way for pair in pairs for way in (pair, pair[::-1])]


def of(result, name):
    return next(p for p in result.people if p.person == name)


def codes(result):
    return [f.code for f in result.findings]


def told(result, code):
    return next(f for f in result.findings if f.code == code)


CHAIN = [("A", "B"), ("B", "C"), ("C", "D")]


def test_by_hand():
    """A → B → C → D: of the ordered pairs, A-C and A-D go through B, A-D and B-D through C."""
    found = brokerage(account(CHAIN), settings=SURE)
    b = of(found, "B")
    assert (b.out_degree, b.in_degree, b.reach, b.betweenness) == (1, 1, 2, 2)
    assert (b.constraint, b.effective_size) == (0.5, 2)
    assert [(p.person, p.tier, p.rank) for p in found.people] == [
        ("B", 1, 1), ("C", 1, 1), ("A", 3, None), ("D", 3, None),
    ]  # fmt: skip
    assert [(c.person, c.cut_off) for c in found.cuts] == [("B", ("A",)), ("C", ("D",))]
    assert (found.tied, found.isolates, found.ties, found.stability) == (4, 0, 3, 1)


def test_the_families_of_florence():
    """Medici 47.5 of R's sna per pair (both directions here), Jackson 2008; constraint by igraph."""
    found = brokerage(account(lines(FLORENCE), alone=["Pucci"]), settings=SURE)
    medici = of(found, "Medici")
    assert (medici.out_degree, medici.tier, medici.rank) == (6, 1, 1)
    assert medici.betweenness / 2 == pytest.approx(47.5)
    assert medici.constraint == pytest.approx(0.2099, abs=5e-5)
    assert {c.person for c in found.cuts} == {"Albizzi", "Guadagni", "Medici", "Salviati"}
    assert [p.value for p in found.cutting] == pytest.approx([0.3846, 0.7051, 0.8636], abs=5e-5)
    pucci = of(found, "Pucci")
    assert (pucci.constraint, pucci.effective_size, pucci.tier, pucci.rank) == (None,) * 4
    assert (found.isolates, found.people[-1].person, found.fragmentation) == (1, "Pucci", 0)


def test_krackhardts_kite():
    """H stands between most (14, Krackhardt 1990); alone it cuts off most, and the best two are F and G."""
    found = brokerage(account(lines(KITE)), settings=AnalysisSettings(missing_people=0, reach_steps=1))
    assert (of(found, "H").rank, of(found, "H").betweenness / 2) == (1, pytest.approx(14))
    assert (of(found, "D").reach, of(found, "D").out_degree) == (6, 6)
    one, two = found.cutting[:2]
    assert (one.people, one.value) == (("H",), pytest.approx(0.388889, abs=1e-6))
    assert (two.people, two.value) == (("F", "G"), pytest.approx(0.535714, abs=1e-6))
    assert [(p.people, p.value) for p in found.reaching] == [(("D",), 0.7), (("D", "I"), 1)]
    assert all(p.is_exact for p in (*found.cutting, *found.reaching))


def test_one_by_one_is_named_so(monkeypatch):
    monkeypatch.setattr("graphkam.method.key_players.MOST_WORK", 50)
    two = brokerage(account(lines(KITE)), settings=SURE).cutting[1]
    assert ("H" in two.people, two.is_exact) == (True, False)


def test_the_graph_of_holes():
    """Borgatti 1997, Connections 20(1): effective size G 4.667, A 2.5; constraint by igraph."""
    found = brokerage(account(lines(HOLES)), settings=SURE)
    assert [of(found, n).effective_size for n in "GA"] == pytest.approx([4.667, 2.5], abs=5e-4)
    assert [of(found, n).constraint for n in "GA"] == pytest.approx([0.400, 0.595], abs=5e-4)


@pytest.mark.data
def test_the_managers_of_a_high_tech_company(needs_data):
    """Whoever is asked influences who asks. R's sna: betweenness 88.917 of 18; igraph: constraint .1923.

    With a fifth not asked, two are in the right order with a probability of 0.79 only: no ranks.
    """
    arcs = managers(needs_data, "advice")
    pairs = [
        (f"P{t + 1}", f"P{s + 1}") for s, t in zip(arcs.source.tolist(), arcs.target.tolist(), strict=True)
    ]
    found = brokerage(account(pairs))
    assert [of(found, n).betweenness for n in ("P18", "P21", "P7")] == pytest.approx(
        [88.917, 60.127, 27.625], abs=1e-3
    )
    assert [of(found, n).constraint for n in ("P18", "P9")] == pytest.approx([0.1923, 0.1957], abs=5e-5)
    asked = "13 18 5 8 5 10 13 10 4 9 11 7 4 10 4 8 9 15 4 8 15"
    assert " ".join(str(of(found, f"P{i}").out_degree) for i in range(1, 22)) == asked
    assert found.stability == pytest.approx(0.79, abs=0.02)
    assert (found.is_ranked, {p.rank for p in found.people}, found.draws) == (False, {None}, 200)
    assert told(found, "brokerage_unsure").params["percent"] == 79


def test_an_empty_account():
    found = brokerage(empty())
    assert (found.people, found.stability, found.fragmentation, found.findings) == ((), None, None, ())


def test_one_alone():
    found = brokerage(account([], alone=["A"]))
    assert (of(found, "A").betweenness, of(found, "A").constraint, of(found, "A").tier) == (0, None, None)
    assert codes(found) == ["brokerage_none"]
    assert (found.cutting, found.reaching, found.is_ranked) == ((), (), False)


def test_two_who_only_know_each_other():
    found = brokerage(account([("A", "B")]))
    assert [(p.person, p.tier, p.rank, p.constraint) for p in found.people] == [
        ("A", 3, None, 1), ("B", 3, None, 1),
    ]  # fmt: skip
    assert (found.stability, "brokerage_unsure" in codes(found)) == (None, False)


def test_parts_that_have_nothing_to_do_with_each_other():
    found = brokerage(account([("A", "B"), ("C", "D")]), settings=SURE)
    assert found.fragmentation == pytest.approx(1 - 4 / 12)
    assert (found.cuts, found.cutting[-1:]) == ((), found.cutting)


def test_conflict_is_no_influence():
    found = brokerage(account([("A", "B"), ("B", "C", 5, "conflict")]), settings=SURE)
    assert (found.ties, of(found, "B").betweenness, found.isolates) == (1, 0, 1)


def test_several_ties_of_a_pair_count_once():
    pairs = [("A", "B"), ("A", "B", 2, "informal"), ("B", "C")]
    assert (brokerage(account(pairs)).ties, of(brokerage(account(pairs)), "A").out_degree) == (2, 1)


def test_a_strong_tie_is_a_short_one_if_strength_counts():
    """A → C directly is weak; by way of B it is 2 x 1/0.95 against 1/0.4."""
    made = account([("A", "B"), ("B", "C"), ("A", "C", 2)])
    assert of(brokerage(made), "B").betweenness == 0
    found = brokerage(made, by_strength=True)
    assert (of(found, "B").betweenness, found.by_strength) == (1, True)
    assert of(found, "A").constraint != of(brokerage(made), "A").constraint


def test_an_unknown_weight_changes_nothing_unless_strength_counts():
    known, unknown = account(CHAIN), account([("A", "B", None), *CHAIN[1:]])
    assert brokerage(known).people == brokerage(unknown).people
    found = brokerage(unknown, by_strength=True)
    assert (found.unknown_ties, told(found, "brokerage_unknown_ties").params["count"]) == (1, 1)
    assert "brokerage_unknown_ties" not in codes(brokerage(unknown))


def test_reporting_counts_only_if_wanted():
    made = account([("A", "B")], extra=[seat("C", 1, reports_to_id="B"), *holder("C")])
    assert of(brokerage(made), "B").betweenness == 0
    found = brokerage(made, settings=AnalysisSettings(reporting_strength=0.5))
    assert (of(found, "B").betweenness, of(found, "C").in_degree) == (1, 1)


def test_a_vacant_seat_and_a_holder_nobody_can_name_are_nobody():
    extra = [seat("V", 2, occupancy="vacant"), seat("U", 2, occupancy="unknown")]
    assert {p.person for p in brokerage(account(CHAIN, extra=extra)).people} == set("ABCD")


def test_an_outsider_stands_between_too():
    extra = [Person(id="pX", account_id="a", last_name="X", external=True), link("A", "X"), link("X", "B")]
    found = brokerage(account([], alone=["A", "B"], extra=extra), settings=SURE)
    x = of(found, "X")
    assert (x.is_external, x.id, x.betweenness, x.tier) == (True, "pX", 1, 1)


def test_a_broker_whom_none_of_us_knows():
    found = brokerage(account(CHAIN, ties={"C": {"M": 3}}), settings=SURE)
    params = told(found, "brokerage_hidden").params
    assert (params["person"], params["count"], params["reach"]) == ("B", 1, 2)
    assert of(found, "C").known_by == ("M",)
    known = brokerage(account(CHAIN, ties={"B": {"M": 2}, "C": {"M": 3}}), settings=SURE)
    assert "brokerage_hidden" not in codes(known)


def test_whom_we_reach_through_others_only():
    """We know A; to D every way leads through B and C; to C there is another way by E."""
    pairs = [*CHAIN, ("A", "E"), ("E", "C")]
    found = brokerage(account(pairs, ties={"A": {"M": 2}}, weights={"D": 5, "C": 2}), settings=SURE)
    assert [(b.person, b.steps, b.gates) for b in found.behind] == [
        ("D", 3, ("A", "C")), ("C", 2, ("A",)), ("B", 1, ("A",)), ("E", 1, ("A",)),
    ]  # fmt: skip
    gate = told(found, "brokerage_gate")
    assert (gate.subjects, gate.params["count"]) == (("D", "A", "C"), 3)
    assert [b.person for b in brokerage(account(pairs)).behind] == []


def test_who_opens_the_door():
    pairs = [("S", "Boss", 4, "access"), ("A", "Boss")]
    found = brokerage(account(pairs, ties={"S": {"M": 2}, "A": {"M": 2}}, weights={"Boss": 5}))
    [boss] = found.behind
    assert (boss.openers, boss.gates, boss.steps) == (("S",), (), 1)
    access = told(found, "brokerage_access")
    assert (access.params["members"], access.subjects, access.evidence) == (
        ("M",), ("S", "Boss"), ("S>Boss:access",),
    )  # fmt: skip
    assert "brokerage_access_unknown" in codes(brokerage(account(pairs, ties={"A": {"M": 2}})))
    assert brokerage(account(pairs, ties={"Boss": {"M": 3}})).behind == ()


def test_whoever_no_way_leads_to_is_not_behind_anybody():
    found = brokerage(account(CHAIN, ties={"D": {"M": 2}}))
    assert found.behind == ()


def test_a_person_in_two_positions_is_one():
    extra = [seat("B2", 5), holder("B")[1].model_copy(update={"id": "h2", "position_id": "B2"})]
    found = brokerage(account(CHAIN, extra=extra, ties={"A": {"M": 3}}), settings=SURE)
    assert [p.person for p in found.people] == ["B", "C", "A", "D"]
    assert next(b for b in found.behind if b.person == "B").weight == 5


def test_thirds_hold_equals_together():
    """In a chain of eight, six stand between others: 6, 10, 12, 12, 10 and 6 pairs."""
    names = "ABCDEFGH"
    found = brokerage(account([*pairwise(names)]), settings=SURE)
    assert {p.person: (p.tier, p.rank) for p in found.people if p.rank} == {
        "D": (1, 1), "E": (1, 1), "C": (2, 3), "F": (2, 3), "B": (3, 5), "G": (3, 5),
    }  # fmt: skip


def test_a_large_network_has_fewer_draws(monkeypatch):
    monkeypatch.setattr(brokers, "_MOST_WORK", 4 * 3 * 7)
    assert brokerage(account(CHAIN), settings=AnalysisSettings(missing_people=0.3)).draws == 7
    monkeypatch.setattr(brokers, "_MOST_WORK", 1)
    assert brokerage(account(CHAIN), settings=AnalysisSettings(missing_people=0.3)).draws == 5


@st.composite
def drawn(draw, most=6):
    names = [f"S{i}" for i in range(draw(st.integers(1, most)))]
    pairs = [(a, b) for a, b in product(names, repeat=2) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=10)) if pairs else []
    weighed = [(*p, draw(st.sampled_from([1, 3, 5, None])), "advice") for p in chosen]
    known = draw(st.lists(st.sampled_from(names), unique=True, max_size=2))
    return weighed, names, {n: {"M": 3} for n in known}


FEW = AnalysisSettings(draws=3)


@settings(max_examples=20)
@given(drawn(), st.booleans())
def test_figures_are_the_sums_of_their_terms(made, by_strength):
    found = brokerage(account(*made), by_strength=by_strength, settings=FEW)
    assert_it_sums(found)
    explained = {e.figure for e in found.explained}
    for p in found.people:
        for name in ("out_degree", "in_degree", "reach", "betweenness", "constraint", "effective_size"):
            assert (f"people[{p.id}].{name}" in explained) == (getattr(p, name) is not None)


@settings(max_examples=12)
@given(drawn(), st.randoms())
def test_names_and_order_change_no_figure(made, dice):
    pairs, names, ties = made
    others = list(names)
    dice.shuffle(others)
    called = dict(zip(names, others, strict=True))
    renamed = [(called[a], called[b], *rest) for a, b, *rest in pairs][::-1]
    one = brokerage(account(*made), settings=SURE)
    two = brokerage(account(renamed, names, {called[n]: m for n, m in ties.items()}), settings=SURE)
    left = {"person", "id", "known_by"}
    figures = {called[p.person]: p.model_dump(exclude=left) for p in one.people}
    assert figures == {p.person: pytest.approx(p.model_dump(exclude=left)) for p in two.people}
    for name in ("tied", "isolates", "ties", "fragmentation"):
        assert getattr(one, name) == getattr(two, name)
    assert [p.value for p in one.cutting] == pytest.approx([p.value for p in two.cutting])
    assert {called[b.person]: b.steps for b in one.behind} == {b.person: b.steps for b in two.behind}


@settings(max_examples=10)
@given(drawn())
def test_one_more_whom_nobody_influences_changes_no_figure(made):
    pairs, names, ties = made
    one = brokerage(account(*made), settings=FEW)
    two = brokerage(account(pairs, [*names, "Z"], ties), settings=FEW)
    assert one.people == tuple(p for p in two.people if p.person != "Z")
    assert (one.cutting, one.reaching, one.stability) == (two.cutting, two.reaching, two.stability)


def test_every_finding_has_its_sentences():
    boss = [("S", "Boss", 4, "access")]
    made = [
        (account(CHAIN, alone=["Z"], ties={"A": {"M": 2}}, weights={"D": 5}), SURE),
        (account([*boss, ("A", "Boss", None)], ties={"S": {"M": 2}}), FEW),
        (account(boss, ties={}), FEW),
        (account([], alone=["A"]), FEW),
        (account(lines(FLORENCE)), AnalysisSettings(missing_people=0.5, draws=5, stable_from=1)),
    ]
    seen = set()
    for graph_, chosen in made:
        found = brokerage(graph_, settings=chosen, by_strength=True)
        seen |= set(codes(found))
        assert all(Words(language).finding(f) for f in found.findings for language in ("en", "fr"))
    assert seen == {
        "brokerage_none", "brokerage_unsure", "brokerage_isolates", "brokerage_unknown_ties",
        "brokerage_hidden", "brokerage_access", "brokerage_access_unknown", "brokerage_gate",
        "brokerage_cut", "brokerage_reaching", "brokerage_cutting",
    }  # fmt: skip
