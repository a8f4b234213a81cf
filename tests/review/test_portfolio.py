"""All accounts together: who of us carries them, where, and how it has gone."""

from datetime import timedelta

import pytest

from graphkam.analysis.profitability import profitability
from graphkam.graph.build import account_graph
from graphkam.graph.columns import columns
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.model.ties import Mandate
from graphkam.review.portfolio import portfolio
from graphkam.settings import AnalysisSettings
from tests.analysis.accounts import (
    BOW_TIE,
    DAY,
    DIAMOND,
    WEIGHTS,
    centre,
    empty,
    member,
    records,
    seat,
    unit,
)


def named(name, ties, weights=WEIGHTS, *, day=DAY, extra=(), **account):
    """Make an account of that name; its people are its own."""
    made = records(ties, weights, extra=extra, **account)

    def own(value):
        ours = {m for known in ties.values() for m in known}
        return f"{name}-{value}" if value not in ours else value

    renamed = []
    for record in made:
        update = {"id": own(record.id)}
        if isinstance(record, Account):
            update = {"id": name, "name": name}
        elif hasattr(record, "account_id"):
            ends = ("person_id", "position_id", "unit_id", "parent_id", "centre_id")
            update |= {f: own(v) for f in ends if (v := getattr(record, f, None))} | {"account_id": name}
        renamed.append(record.model_copy(update=update))
    return account_graph(RecordSet(renamed), name, day)


def answer(*graphs, **options):
    return portfolio([columns(graphs, DAY)], **options)


def codes(found):
    return [f.code for f in found.findings]


def test_accounts_come_the_most_dependent_first_and_totals_are_of_all():
    found = answer(named("Acme", DIAMOND), named("Best", BOW_TIE), settings=AnalysisSettings(top=1))
    [row] = found.accounts
    assert (row.account, row.bow_tie_member) == ("Best", "KAM")
    assert row.max_loss == pytest.approx(19 / 22)
    assert (found.totals.accounts, found.totals.seats, found.totals.weight) == (2, 16, 44)
    assert found.totals.c2 == pytest.approx((3 + 17) / 44)
    assert (found.members, found.countries) == ((), ())


def test_a_member_has_one_row_over_all_accounts():
    asked = [
        Mandate(id="m", account_id="a", member_id="KAM", role="lead", days_asked=5, days=3),
        Mandate(id="n", account_id="a", member_id="KAM", role="expert", days_asked=2),
        member("KAM", capacity=10),
    ]
    found = answer(named("Acme", BOW_TIE, extra=asked), named("Best", BOW_TIE), by="member")
    kam, *_ = found.members
    assert (kam.member, kam.accounts, kam.implied, kam.carries) == ("KAM", 2, 1, 2)
    assert (kam.load, kam.capacity) == (16, 10)
    assert (kam.days_asked, kam.days) == (7, 3)
    assert (kam.sole_weight, kam.loss) == (38, pytest.approx(38 / 44))
    assert {m.member: m.load for m in found.members} == {"KAM": 16, "SAV": 2, "LOG": 2}
    assert found.totals.overloaded == 1
    assert found.findings[0].code == "portfolio_carried"
    assert found.findings[0].params["accounts"] == ("Acme", "Best")


def test_what_hangs_on_a_member_is_told_by_currency():
    one = named("Acme", BOW_TIE, extra=centre("X", ["C1"], value=700))
    other = named(
        "Best", BOW_TIE, extra=[*centre("X", ["C1"], value=50), *centre("Y", ["C2"])], currency="USD"
    )
    found = answer(one, other, by="member")
    assert found.members[0].exposure == {"EUR": 700, "USD": 50}
    assert found.members[0].unknown_amounts == 1
    by_account = {a.account: (a.exposure, a.unknown_amounts) for a in answer(one, other).accounts}
    assert by_account == {"Acme": (700, 0), "Best": (50, 1)}


def test_no_amount_is_not_nothing():
    nothing, unknown = named("Acme", BOW_TIE), named("Best", BOW_TIE, extra=centre("X", ["C1"]))
    both = named("Cars", BOW_TIE, extra=centre("X", ["C5"], value=9))
    found = {a.account: a.exposure for a in answer(nothing, unknown, both).accounts}
    assert found == {"Acme": None, "Best": None, "Cars": 0}


def test_of_the_business_of_an_account_it_is_told_what_hangs_on_one_and_what_nobody_reaches():
    ties = {**BOW_TIE, "C8": {"KAM": 0}}
    business = [
        *centre("X", ["C1"], value=700),
        *centre("Y", ["C8"], value=90),
        *centre("Z", ["C5"], value=5),
    ]
    graphs = named("Acme", ties, extra=business), named("Best", ties, extra=centre("X", ["C8"]))
    nothing = named("Cars", ties)
    found = {a.account: (a.value, a.exposure, a.dark) for a in answer(*graphs, nothing).accounts}
    assert found == {"Acme": (795, 700, 90), "Best": (None, 0, None), "Cars": (None, None, None)}
    same = profitability(graphs[0])
    assert (same.at_stake.amount, same.alone.amount, same.dark.amount) == found["Acme"]


def test_whom_only_one_of_us_knows_is_counted_over_all_accounts():
    found = answer(named("Acme", DIAMOND), named("Best", BOW_TIE), by="member")
    assert {m.member: m.sole_of for m in found.members if m.sole_of} == {
        "KAM": 6, "LOG": 1, "PROD": 1, "SAV": 1
    }  # fmt: skip


def test_a_country_nobody_reaches_is_told():
    extra = [unit("U", country="FR"), unit("V", "U", country="IN"), unit("W", "V")]
    extra += [seat("C1", 5, unit_id="U"), seat("C2", 4, unit_id="W")]
    ties = {"C1": {"KAM": 3}, "C2": {"KAM": 1}}
    found = answer(named("Acme", ties, {"C1": 5, "C2": 4}, extra=extra), by="country")
    assert [(c.country, c.seats, c.members, c.c1) for c in found.countries] == [
        ("IN", 1, 0, 0),
        ("FR", 1, 1, 1),
    ]
    assert "portfolio_dark_country" in codes(found)
    assert (found.countries[1].bow_tie_member, found.countries[1].max_loss) == ("KAM", 1)


def test_one_departure_over_all_accounts_touches_only_those_where_one_is_known():
    graphs = named("Acme", DIAMOND), named("Best", BOW_TIE)
    found = answer(*graphs, leaves=["KAM"])
    assert [(d.account, round(d.loss, 3), d.dark, d.sole) for d in found.departures] == [
        ("Best", 0.864, 6, 2),
        ("Acme", 0.0, 0, 4),
    ]
    assert [d.account for d in answer(*graphs, leaves=["LOG"]).departures] == ["Acme", "Best"]
    assert [d.account for d in answer(*graphs, leaves=["Acme-pC7"]).departures] == ["Acme"]


def test_the_trend_says_of_which_accounts_c2_fell():
    ties, weights = {"C1": {"KAM": 2, "SAV": 2}}, {"C1": 3}
    days = [DAY - timedelta(days=300), DAY - timedelta(days=150), DAY]
    made = [named("Acme", ties, weights, day=day, last=days[0]) for day in days]
    found = portfolio([columns([g], d) for g, d in zip(made, days, strict=True)])
    [row] = found.trend
    assert [p.c2 for p in row.points] == [1, 1, 0]
    assert (row.c2_change, row.points[0].max_loss, row.points[2].max_loss) == (-1, 0, None)
    told = next(f for f in found.findings if f.code == "portfolio_fell")
    assert (told.params["before"], told.params["after"], told.params["since"]) == (100, 0, days[0])


def test_contacts_of_which_nothing_was_recorded_are_counted():
    then = columns([named("Acme", {"C1": {"KAM": 3}, "C2": {}}, day=DAY)], DAY - timedelta(days=1))
    now = columns([named("Acme", {"C1": {"KAM": 3, "SAV": 2}, "C2": {"KAM": 2}}, day=DAY)], DAY)
    found = portfolio([then, now])
    [told] = [f for f in found.findings if f.code == "portfolio_unseen"]
    assert told.params["count"] == 1  # SAV was not one of us yet
    assert "portfolio_unseen" not in codes(portfolio([now]))


def test_an_account_that_was_not_there_has_no_earlier_figures():
    then = columns([named("Acme", DIAMOND)], DAY - timedelta(days=1))
    found = portfolio([then, columns([named("Acme", DIAMOND), named("Best", BOW_TIE)], DAY)])
    assert {t.account: t.points[0].c2 is None for t in found.trend} == {"Acme": False, "Best": True}


def test_dark_accounts_and_unlimited_members_are_told_and_nothing_is_no_account():
    found = answer(named("Acme", {"C1": {"KAM": 1}}, {"C1": 2}))
    assert codes(found) == ["portfolio_dark_account", "portfolio_unlimited"]
    nothing = answer()
    assert (nothing.totals.accounts, nothing.totals.c1, nothing.findings) == (0, None, ())
    assert answer(empty()).accounts[0].c1 is None
