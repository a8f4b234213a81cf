"""What the answers of the analyses show on a terminal, besides their findings."""

from decimal import Decimal

import pytest

from graphkam.analysis.coverage import coverage
from graphkam.analysis.departure import departure
from graphkam.analysis.dependency import dependency
from graphkam.analysis.profitability import profitability
from graphkam.analysis.qualification import qualification
from graphkam.analysis.resilience import resilience
from graphkam.cli.questions.audit import show_audit, show_audits
from graphkam.cli.questions.coverage import show_coverage
from graphkam.cli.questions.departure import show_departure
from graphkam.cli.questions.dependency import show_dependency
from graphkam.cli.questions.profitability import show_curves, show_months, show_profitability
from graphkam.cli.questions.qualification import show_qualification, show_ranking
from graphkam.cli.questions.resilience import show_resilience
from graphkam.cli.session import Session
from graphkam.graph.books import months_between
from graphkam.graph.build import account_graph
from graphkam.model.business import Action
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.review.audit import audit
from graphkam.review.ranking import ranking
from graphkam.review.whale import curves
from graphkam.settings import Settings
from tests.analysis.accounts import BOW_TIE, DAY, DIAMOND, centre, graph, member, seat
from tests.analysis.test_profitability import YEAR, books, mandate
from tests.review.test_whale import accounts


@pytest.fixture
def told(tmp_path, capsys):
    """Give a function that shows an answer and gives its lines, cells apart."""

    def show(shower, answer, language="en"):
        shower(Session(Settings(home=tmp_path, language=language), DAY, is_json=False), answer)
        return [[cell.strip() for cell in line.split("│")] for line in capsys.readouterr().out.splitlines()]

    return show


def test_before_there_is_an_account_the_audit_says_how_to_begin(told):
    [[line]] = told(show_audits, [])
    assert "graphkam template" in line


def test_vacant_and_nameless_positions_have_rows_of_their_own(told):
    extra = [seat("V", 3), seat("X", 2, occupancy="unknown")]
    lines = told(show_audit, audit(graph({"C1": {"KAM": 3}}, {"C1": 4}, extra=extra)))
    assert ["Positions", "2", ""] in lines
    assert ["of them, holder unknown", "1", ""] in lines
    assert ["Vacant, in no figure", "1 (weight 3)", ""] in lines


def test_coverage_shows_the_mirror_and_whom_we_meet_from_below(told):
    extra = [member("KAM", function="sales", seniority=4), seat("C1", 5, function="finance", seniority=1)]
    lines = told(show_coverage, coverage(graph({"C1": {"KAM": 3}}, {"C1": 5}, extra=extra)))
    assert ["Finance", "Sales", "5", "1"] in lines
    assert ["C1", "1", "4"] in lines


def test_dependency_shows_its_headlines_and_what_hangs_on_one_person(told):
    made = graph(BOW_TIE, target_form="diamond", extra=centre("z", ["C5", "C8"]))
    lines = told(show_dependency, dependency(made))
    assert ["Bow-tie index", "86.4%  KAM", ""] in lines
    assert ["Form of the team: wanted → measured", "Diamond → Bow tie", ""] in lines
    assert ["Interactions of 12 months in which the lead took part", "?", ""] in lines
    thin = told(show_dependency, dependency(graph({"C1": {"KAM": 3}}, {"C1": 5}, extra=centre("z", ["C1"]))))
    assert ["Centre z", "Decision centre", "C1", "KAM"] in thin


def test_dependency_shows_whom_more_of_us_know_than_wanted(told):
    lines = told(show_dependency, dependency(graph(DIAMOND)))
    assert ["C5", "2", "2/1"] in lines


def test_departure_shows_what_is_left_to_nobody_and_what_it_may_cost(told):
    extra = [
        *centre("z", ["C1"], value=700),
        *centre("y", ["C1"]),
        Action(id="t", account_id="a", text="Call the mill", owner_id="KAM", due=DAY),
    ]
    made = graph({"C1": {"KAM": 3}}, {"C1": 4}, extra=extra, revenue=Decimal(1000))
    lines = told(show_departure, departure(made, leaves=["KAM"]))
    assert ["Action", "Call the mill", "23 Nov 2026"] in lines
    at_risk = "Decisions with nobody of us left in touch, at risk"
    assert [at_risk, "€700 and 1 unknown amount"] in lines
    assert ["Sales to expect to lose a year, of all sales", "€176"] in lines
    made_of = "= yearly sales × weight gone dark × loss rate"
    assert [made_of, "€1,000 × 100% (4/4) × 17.6%"] in lines


def test_resilience_shows_what_the_greedy_would_say(told):
    lines = told(show_resilience, resilience(graph(DIAMOND)))
    assert ["Breaking set by the truck-factor greedy, for comparison", "4"] in lines


def test_qualification_shows_what_each_criterion_adds_and_what_is_not_known(told):
    made = graph({}, {}, revenue=Decimal(6_000_000), image=4, kind="potential")
    lines = told(show_qualification, qualification(made))
    assert ["Score (0 to 5)", "[1.6 – 4.6]"] in lines
    assert ["By the criteria", "Key account or Potential key account"] in lines
    assert ["Revenue now", "25", "€6,000,000", "4", "1"] in lines
    assert ["Opens a new market", "15", "?", "[0 – 5]", "[0 – 0.75]"] in lines


def test_all_accounts_are_ranked_with_their_ranges(told):
    first = RecordSet([Account(id="x", name="First", revenue=Decimal(6_000_000), image=4)])
    lines = told(show_ranking, ranking([account_graph(first, "x", DAY), graph({}, {})]))
    anything = "Key account or Potential key account or Standard"
    assert ["1–2", "Acme", "[0 – 5]", anything, "?", "100%"] in lines
    [[empty]] = told(show_ranking, ())
    assert "graphkam template" in empty


def test_profitability_shows_the_years_the_team_and_what_it_must_bring(told):
    extra = [*books(YEAR), member("M", day_cost=9), mandate("M", 1)]
    lines = told(show_profitability, profitability(graph({}, {}, extra=extra)))
    assert ["Net", "€300", "€250", "€50"] in lines
    assert ["M", "expert", "?", "1", "€9", "€9"] in lines
    assert ["Pays for itself if it brings", "€200 of sales a year (16.7%)"] in lines
    assert not [line for line in lines if line[0] in {"Rebates", "Other"}]
    [month, *_] = [
        line for line in told(show_months, profitability(graph({}, {}, extra=extra))) if "€25" in line
    ]
    assert month == ["Oct 2026", "€100", "€30", "-€5", "€25"]


def test_profitability_shows_what_a_team_has_brought(told):
    before = books(months_between("2025-01", "2025-12"), {"revenue": 80, "cogs": -50})
    since = books(months_between("2026-01", "2026-10"), {"revenue": 120, "cogs": -70, "team_cost": -5})
    extra = [*before, *since, member("M"), mandate("M", 1, since="2026-01")]
    lines = told(show_profitability, profitability(graph({}, {}, extra=extra)))
    assert ["Gained once the team is paid", "€150"] in lines
    assert ["After-sales cost"] not in [line[:1] for line in lines]


def test_the_whale_curve_says_who_makes_it_and_who_takes_it_back(told):
    lines = told(show_curves, curves(accounts({"A": 1680, "C": -480, "x": None})))
    assert ["A", "12", "€1,680", "€1,680", "100.0%", "€1,680", "140%"] in lines
    assert ["The first account makes 140% of the whole; the others take back 40%."] in lines
    assert ["Net not known: x."] in lines
    assert ["All together earn -€5: there are no shares of that."] in told(
        show_curves, curves(accounts({"A": -5}))
    )
