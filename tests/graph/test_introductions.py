"""Who can be asked to introduce us to whom: contacts, influence, colleagues."""

from datetime import timedelta

import pytest

from graphkam.graph.introductions import introductions
from graphkam.method.paths import best_paths
from graphkam.method.reliability import Link
from graphkam.model.ties import InfluenceTie
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import DAY, graph, holder, member, seat, tie, unit

PLAIN = AnalysisSettings()


def link(source, target, weight=5, **options):
    ident = f"{source}>{target}"
    given = {"kind": "advice", **options}
    return InfluenceTie(
        id=ident, account_id="a", from_id=f"p{source}", to_id=f"p{target}", weight=weight, **given
    )


def of(*extra, settings=PLAIN, ties=None):
    return introductions(graph(ties or {"A": {"M": 3}}, {"A": 1, "B": 2, "C": 3}, extra=extra), settings)


def steps(ways):
    return {(ways.name(s.asker), ways.name(s.asked)): (s.kind, round(s.p, 3)) for s in ways.known}


def best(ways, target, source="M"):
    return [
        [ways.name(n) for n in path.nodes if n not in ways.units]
        for path in best_paths(ways.links, [ways.node_of[source]], [ways.node_of[f"p{target}"]], 1)
    ]


def test_a_contact_is_worth_a_third_of_its_strength_live_or_not():
    assert steps(of()) == {("M", "A"): ("contact", 1)}
    assert steps(of(ties={"A": {"M": 1}})) == {("M", "A"): ("contact", 0.333)}
    old = tie("M", "A", 2, last=DAY - timedelta(days=180))
    assert steps(of(old)) == {("M", "A"): ("contact", 0.333)}
    assert steps(of(ties={"A": {"M": 0}})) == {}


def test_an_unknown_contact_could_be_any():
    [step] = of(ties={"A": {"M": None}}).known
    assert (step.p, step.low, step.high) == (0, 0, 1)


def test_whoever_influences_can_be_asked_and_not_the_other_way():
    ways = of(link("A", "B", 4), link("C", "B"))
    assert steps(ways) == {
        ("M", "A"): ("contact", 1),
        ("A", "B"): ("influence", 0.8),
        ("C", "B"): ("influence", 0.95),
    }
    assert (best(ways, "B"), best(ways, "C")) == ([["M", "A", "B"]], [])


@pytest.mark.parametrize("kind", ["ex_colleague", "alumni"])
def test_former_colleagues_and_fellow_students_can_ask_each_other(kind):
    ways = of(link("B", "A", 2, kind=kind))
    assert best(ways, "B") == [["M", "A", "B"]]
    assert [s.both_ways for s in ways.known] == [False, True]
    assert Link(2, 1, 0.4, both_ways=True) in set(ways.events())


def test_conflict_introduces_nobody_and_who_has_left_neither():
    assert best(of(link("A", "B", kind="conflict")), "B") == []
    assert "pB" not in of(link("A", "B"), *holder("B", status="left")).node_of


def test_colleagues_of_a_unit_ask_each_other_by_assumption():
    extra = [unit("U"), *(seat(p, 1, unit_id="U") for p in "AB")]
    ways = of(*extra)
    assert best(ways, "B") == [["M", "A", "B"]]
    [path] = best_paths(ways.links, [0], [ways.node_of["pB"]], 1)
    assert (path.probability, path.steps) == (pytest.approx(0.5), 2)
    assert [s.kind for s in ways.steps(path.nodes)] == ["contact", "colleague"]
    assert list(ways.events()) == [Link(0, 1, 1.0), Link(1, 2, 0.5, both_ways=True)]
    assert best(of(*extra, settings=AnalysisSettings(colleague_introduction=0)), "B") == []


def test_what_is_known_comes_before_what_is_assumed():
    extra = [unit("U"), *(seat(p, 1, unit_id="U") for p in "AB"), link("A", "B", None), link("B", "C", 5)]
    settings = AnalysisSettings(colleague_introduction=0.6)
    ways = of(*extra, settings=settings)
    [path] = best_paths(ways.links, [0], [ways.node_of["pB"]], 1)
    assert [s.record for s in ways.steps(path.nodes)] == ["M-A", "A>B"]


def test_reporting_lines_introduce_if_they_are_set_to():
    extra = [seat("B", 1, reports_to_id="A"), member("N")]
    assert best(of(*extra), "B") == []
    ways = of(*extra, settings=AnalysisSettings(reporting_strength=0.3))
    assert steps(ways)["A", "B"] == ("reporting", 0.3)
