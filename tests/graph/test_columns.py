"""Accounts in columns: their figures are those of the analyses, account by account."""

from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.analysis.coverage import coverage
from graphkam.analysis.departure import departure
from graphkam.analysis.dependency import dependency
from graphkam.exchange.book import read_book
from graphkam.graph.build import account_graph
from graphkam.graph.column_departures import leaving
from graphkam.graph.column_figures import bounds, by_account, by_country, loads, measured
from graphkam.graph.columns import columns
from graphkam.model.business import Contract, Pursuit
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet
from graphkam.model.ties import Mandate
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import BOW_TIE, DAY, DIAMOND, centre, graph, holder, member, seat, tie
from tests.analysis.drawn import MEMBERS, SETTINGS, accounts

FIXTURES = Path(__file__).parents[2] / "fixtures"


@cache
def demo():
    records = read_book(FIXTURES / "demo-en.xlsx", known=RecordSet(), today=DAY).records
    return [account_graph(records, name, DAY) for name in ("AUB", "NAV", "TES")]


def number(value):
    return np.nan if value is None else float(value)


def assert_the_same(graphs, settings):
    """Compare what the columns and what the analyses say of each account."""
    found = measured(columns(graphs, DAY), settings)
    heads, ends = by_account(found), bounds(found)
    for i, made in enumerate(graphs):
        covered = coverage(made, settings=settings, with_terms=False)
        depends = dependency(made, settings=settings, with_terms=False)
        wanted = {
            "weight": covered.weight,
            "c1": covered.c1.value,
            "c2": covered.c2.value,
            "bow_tie": depends.bow_tie.value,
            "max_loss": depends.max_loss,
            "hhi": depends.hhi,
            "effective": depends.effective_interlocutors,
            "live_ties": sum(m.live_ties for m in depends.members),
        }
        got = {name: getattr(heads, name)[i] for name in wanted}
        could_be = {
            f"{name}_{end}": getattr(interval, end)
            for name, interval in (("c1", covered.c1), ("c2", covered.c2), ("bow_tie", depends.bow_tie))
            for end in ("low", "high")
        }
        got |= {name: getattr(ends, name)[i] for name in could_be}
        wanted = {name: number(value) for name, value in (wanted | could_be).items()}
        assert got == pytest.approx(wanted, abs=1e-12, nan_ok=True)
        most = found.columns.team.member[heads.most[i]] if heads.most[i] >= 0 else None
        assert (None if most is None else found.columns.members.name[most]) == depends.bow_tie_member
        sole = {m.member_id: number(m.sole) * covered.weight for m in depends.members}
        own = np.flatnonzero(found.columns.team.account == i)
        ids = found.columns.members.id[found.columns.team.member[own]]
        if covered.weight:
            assert dict(zip(ids, heads.sole[own], strict=True)) == pytest.approx(sole)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"half_life": None},
        {"half_life": 60, "live_from": 1.5},
        {"half_life_by_tier": {"A": 60, "B": None}},
        {"half_life": None, "half_life_by_tier": {"C": 30}},
    ],
    ids=str,
)
def test_the_figures_of_the_demo_are_those_of_the_analyses(options):
    assert_the_same(demo(), AnalysisSettings(**options))


@given(accounts(), accounts(), SETTINGS)
def test_the_figures_of_any_accounts_are_those_of_the_analyses(one, other, settings):
    assert_the_same([one.graph(), other.graph()], settings)


def test_a_person_in_two_positions_a_pair_tied_twice_and_one_who_has_left():
    extra = [
        seat("C9", 3),
        Holding(id="again", account_id="a", person_id="pC1", position_id="C9"),
        tie("KAM", "C1", 2, last=DAY - timedelta(days=100)).model_copy(update={"id": "twice"}),
        tie("SAV", "C2", None, last=None).model_copy(update={"id": "unknown"}),
        tie("SAV", "C2", 1),
        *holder("C3", status="left"),
        seat("C4", None),
        seat("V", 4),
        member("Gone", status="left"),
        tie("Gone", "C6", 3),
        Mandate(id="m", account_id="a", member_id="LOG", role="expert", until="2025-01"),
    ]
    made = graph(BOW_TIE, extra=extra)
    assert_the_same([made, graph(DIAMOND)], AnalysisSettings())
    found = columns([made], DAY)
    assert not found.is_single
    assert (found.accounts.people[0], found.accounts.vacant[0], found.accounts.vacant_weight[0]) == (8, 1, 4)
    load = dict(zip(found.members.id, loads(measured(found, AnalysisSettings())), strict=True))
    assert load == {"KAM": 7, "SAV": 1}


def test_nothing_and_nobody():
    assert_the_same([graph({}, {}), graph({"C1": {}}, {"C1": 3})], AnalysisSettings())
    nothing = measured(columns([], DAY), AnalysisSettings())
    assert (len(by_account(nothing).c1), len(loads(nothing)), len(leaving(nothing, ["x"]).loss)) == (0, 0, 0)


def assert_departures_are_the_same(graphs, gone, settings):
    found = leaving(measured(columns(graphs, DAY), settings), gone)
    for i, made in enumerate(graphs):
        here = [g for g in gone if g in made.by_member or g in made.by_person]
        assert found.is_touched[i] == bool(here)
        if not here:
            continue
        one = departure(made, leaves=here, settings=settings, with_terms=False)
        wanted = [one.before.c1, one.before.c2, one.after.c1, one.after.c2, one.after.hhi, one.loss]
        wanted += [one.dark, one.sole, one.exposure, one.unknown_amounts]
        got = [found.before.c1, found.before.c2, found.after.c1, found.after.c2, found.after.hhi, found.loss]
        got += [found.dark, found.sole, found.exposure, found.unknown_amounts]
        assert [column[i] for column in got] == pytest.approx([number(w) for w in wanted], nan_ok=True)


@pytest.mark.parametrize("half_life", [180, None])
def test_every_departure_of_the_demo_is_as_the_analysis_says(half_life):
    ours = {m.id for made in demo() for m in made.members}
    theirs = {person for made in demo() for person in list(made.by_person)[:6]}
    for one in sorted(ours | theirs):
        assert_departures_are_the_same(demo(), [one], AnalysisSettings(half_life=half_life))
    assert_departures_are_the_same(demo(), ["CV", "HB", min(theirs)], AnalysisSettings(half_life=half_life))


@given(accounts(), st.sets(st.sampled_from([*MEMBERS, "pS0", "pS1", "pS2"]), min_size=1))
def test_any_departure_is_as_the_analysis_says(drawn, gone):
    assert_departures_are_the_same([drawn.graph()], sorted(gone), AnalysisSettings())


def test_business_without_an_amount_is_counted_and_not_taken_as_nothing():
    extra = [
        *centre("X", ["C1"]),
        *centre("Y", ["C5"], value=500),
        Pursuit(id="u", account_id="a", name="U", position_ids=("C2",), amount=Decimal(70)),
        Contract(id="k", account_id="a", name="K", signatory_id="C8"),
    ]
    made = graph(BOW_TIE, extra=extra)
    assert_departures_are_the_same([made], ["KAM"], AnalysisSettings())
    assert_departures_are_the_same([made], ["pC1"], AnalysisSettings())
    found = leaving(measured(columns([made], DAY), AnalysisSettings()), ["pC1"])
    assert np.isnan(found.exposure[0])
    assert found.unknown_amounts[0] == 1


def test_a_country_is_that_of_the_unit_or_the_nearest_above():
    found = columns(demo(), DAY)
    place, names = found.country
    assert names == ("", "DE", "FR", "IN", "US")
    assert np.bincount(place).tolist() == [0, 4, 47, 3, 4]
    heads, _ = by_country(measured(found, AnalysisSettings(half_life=None)))
    units = {u.id: u for u in coverage(demo()[0], settings=AnalysisSettings(half_life=None)).units}
    for code, unit in (("DE", "AUB-I"), ("IN", "AUB-P")):
        assert heads.c1[names.index(code)] == pytest.approx(units[unit].c1)


def test_the_order_of_records_changes_nothing():
    records = demo()[0].records
    again = RecordSet(reversed(list(records)))
    for name in ("AUB", "TES"):
        one, other = (columns([account_graph(r, name, DAY)], DAY) for r in (records, again))
        for table in ("seats", "ties", "team", "behind"):
            for key, values in vars(getattr(one, table)).items():
                assert values.tolist() == pytest.approx(
                    vars(getattr(other, table))[key].tolist(), nan_ok=True
                )
