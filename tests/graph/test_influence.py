"""Who influences whom, as arrays: strengths, unknown weights, conflicts, outsiders, reporting lines."""

from datetime import timedelta

import pytest

from graphkam.graph.influence import network
from graphkam.model.ties import InfluenceTie
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import DAY, graph, holder, seat

PLAIN = AnalysisSettings()


def link(source, target, weight=5, **options):
    given = {"kind": "advice", **options}
    ident = f"{source}>{target}:{given['kind']}"
    return InfluenceTie(
        id=ident, account_id="a", from_id=f"p{source}", to_id=f"p{target}", weight=weight, **given
    )


def of(*links, settings=PLAIN, extra=()):
    return network(graph({}, {"A": 1, "B": 2, "C": 3}, extra=[*links, *extra]), settings)


def pairs(net):
    names = [p.name for p in net.people]
    rows = zip(net.source, net.target, net.strength.tolist(), strict=True)
    return {(names[s], names[t]): strength for s, t, strength in rows}


def test_strength_is_a_fifth_of_the_weight_and_never_all():
    assert pairs(of(link("A", "B", 5), link("B", "C", 2))) == {("A", "B"): 0.95, ("B", "C"): 0.4}


def test_conflict_stands_apart():
    net = of(link("A", "B", kind="conflict"), link("A", "B", 1))
    assert pairs(net) == {("A", "B"): 0.2}
    assert [t.id for t in net.conflicts] == ["A>B:conflict"]


def test_of_several_ties_of_a_pair_the_strongest_counts():
    net = of(link("A", "B", 2), link("A", "B", 4, kind="formal"), link("A", "B", None, kind="alumni"))
    assert pairs(net) == {("A", "B"): 0.8}
    assert (net.low.tolist(), net.high.tolist(), net.unknown) == ([0.8], [0.95], 1)


def test_an_unknown_weight_is_the_middle_of_the_known_ones_and_could_be_any():
    net = of(link("A", "B", 1), link("B", "C", 2), link("C", "A", None))
    assert pairs(net)["C", "A"] == pytest.approx(1.5 / 5)
    assert (net.low[0], net.high[0]) == (0.2, 0.95)
    assert pairs(of(link("A", "B", None))) == {("A", "B"): 0.6}


def test_who_has_left_influences_nobody_and_an_outsider_does():
    gone = holder("A", status="left")
    outsider = holder("X", external=True)[0]
    other = holder("Y")[0]  # holds nothing and is no outsider: not there on the day
    links = (link("A", "B"), link("X", "B", 4), link("Y", "B"))
    net = of(*links, extra=[*gone, outsider, other])
    assert pairs(net) == {("X", "B"): 0.8}
    assert [(p.name, p.id) for p in net.people] == [("B", "B"), ("C", "C"), ("X", "pX")]


def test_ties_are_those_known_on_the_day():
    assert pairs(of(link("A", "B", known_on=DAY + timedelta(days=1)))) == {}


def test_reporting_lines_only_if_wanted_and_from_the_boss():
    under = [seat("B", 2, reports_to_id="A"), seat("C", 3, reports_to_id="B")]
    assert pairs(of(extra=under)) == {}
    net = of(link("A", "B", 1), extra=under, settings=AnalysisSettings(reporting_strength=0.3))
    assert pairs(net) == {("A", "B"): 0.3, ("B", "C"): 0.3}
    assert net.ties == (None, None)


def test_a_person_in_two_positions_is_one():
    second = holder("A")[1].model_copy(update={"id": "h2", "position_id": "D"})
    own_boss = seat("D", 1, reports_to_id="A")
    net = of(extra=[own_boss, second], settings=AnalysisSettings(reporting_strength=0.5))
    assert next((p.name, p.id, len(p.positions)) for p in net.people) == ("A", "A", 2)
    assert pairs(net) == {}
