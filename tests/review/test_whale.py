"""All accounts by what they earn."""

import pytest

from graphkam.analysis.profitability import profitability
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.review.whale import curves
from tests.analysis.accounts import DAY
from tests.analysis.test_profitability import YEAR, books


def accounts(rows, **currencies):
    """Make accounts that each earn so much in twelve months."""
    for name, net in rows.items():
        lines = books(YEAR, {"revenue": net / 12, "cogs": 0, "team_cost": 0}) if net is not None else []
        made = Account(id=name, name=name, currency=currencies.get(name))
        own = [line.model_copy(update={"account_id": name}) for line in lines]
        yield account_graph(RecordSet([made, *own]), name, DAY)


def test_some_earn_what_others_take_back():
    """The whale of the textbooks: 140, 0 and -40."""
    found = curves(accounts({"B": 0, "C": -480, "A": 1680}))
    [curve] = found.curves
    assert [(e.account, e.net, e.running) for e in curve.accounts] == [
        ("A", 1680, 1680),
        ("B", 0, 1680),
        ("C", -480, 1200),
    ]
    assert (curve.peak, curve.peak_accounts, curve.accounts[-1].share) == (pytest.approx(1.4), 1, 1)


def test_where_all_together_lose_there_are_no_shares():
    [curve] = curves(accounts({"A": 120, "B": -240})).curves
    assert (curve.total, curve.peak, curve.peak_accounts) == (-120, None, None)
    assert [e.share for e in curve.accounts] == [None, None]


def test_currencies_have_curves_of_their_own_and_what_is_not_known_is_in_none():
    found = curves(accounts({"A": 120, "B": 240, "C": 360, "x": None}, C="USD"))
    assert [(c.currency, [e.account for e in c.accounts]) for c in found.curves] == [
        ("EUR", ["B", "A"]),
        ("USD", ["C"]),
    ]
    assert found.unknown == ("x",)


def test_equals_stand_by_name_and_without_accounts_there_is_no_curve():
    [curve] = curves(accounts({"b": 12, "Á": 12})).curves
    assert [e.account for e in curve.accounts] == ["Á", "b"]
    assert curves([]).curves == ()


def test_an_account_earns_what_its_own_answer_says():
    [made] = accounts({"A": 1680})
    [curve] = curves([made]).curves
    [row], own = curve.accounts, profitability(made).last_year
    assert (row.months, row.contribution, row.net, row.net_share) == (
        own.months,
        own.contribution,
        own.net,
        own.net_share,
    )
