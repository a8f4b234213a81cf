"""The audit puts the answers of three analyses together."""

from datetime import timedelta

from graphkam.analysis.coverage import coverage
from graphkam.analysis.dependency import dependency
from graphkam.analysis.resilience import resilience
from graphkam.review.audit import audit
from tests.analysis.accounts import BOW_TIE, DAY, centre, empty, graph


def codes(result):
    return [finding.code for finding in result.findings]


def test_its_figures_are_those_of_the_analyses():
    made = graph(BOW_TIE)
    found, covered, depends = audit(made), coverage(made), dependency(made)
    assert (found.c1, found.c2, found.c2_low) == (covered.c1.value, covered.c2.value, covered.c2.low)
    assert (found.hhi, found.bow_tie, found.max_loss) == (
        depends.hhi,
        depends.bow_tie.value,
        depends.max_loss,
    )
    assert found.breaking_set == resilience(made).members == ("KAM",)


def test_what_concerns_the_whole_account_is_told_before_single_people():
    found = codes(audit(graph({"C1": {}, "C2": {"KAM": 3}}, {"C1": 5, "C2": 1})))
    assert found.index("resilience_breaking_set") < found.index("coverage_key_uncovered")


def test_of_a_centre_gone_cold_nothing_is_told_twice():
    cold = graph({"C1": {"KAM": 3}}, {"C1": 2}, last=DAY - timedelta(days=900), extra=centre("z", ["C1"]))
    assert codes(audit(cold)).count("coverage_cold_centre") == 1
    assert "dependency_dark" not in codes(audit(cold))
    unknown = graph({"C1": {}}, {"C1": 2}, extra=centre("z", ["C1"]))
    assert "dependency_dark" in codes(audit(unknown))


def test_an_account_of_which_nothing_is_known():
    found = audit(empty())
    assert (found.people, found.weight, found.c1, found.bow_tie, found.breaking_set) == (
        0,
        0,
        None,
        None,
        None,
    )
