"""All accounts by what they earn, and how much the others take back: the whale curve."""

from __future__ import annotations

from collections.abc import Iterable

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.books import Books
from graphkam.graph.earnings import last_year
from graphkam.method.whale import whale
from graphkam.model.base import Frozen


class Earner(Frozen):
    """One account of a curve."""

    account: str
    account_id: str
    months: int
    """That the amounts are of: the last twelve in the books, or as many as there are."""
    contribution: float | None
    net: float
    net_share: float | None
    running: float
    """Sum of the nets up to this account."""
    share: float | None
    """The same as a share of the whole; null where the whole is no profit."""


class Curve(Frozen):
    """The accounts of one currency: without a rate, amounts in two are never added."""

    currency: str
    accounts: tuple[Earner, ...]
    """The greatest net first."""
    total: float
    peak: float | None
    """The greatest share of the whole that some make; what is above 1 the others take back."""
    peak_accounts: int | None
    """How many make it."""


class Curves(Frozen):
    """What all accounts earn."""

    curves: tuple[Curve, ...]
    """The one with most accounts first."""
    unknown: tuple[str, ...]
    """Names of accounts whose net is not known: they are in no curve."""


def curves(graphs: Iterable[AccountGraph]) -> Curves:
    """Give the whale curve of all accounts as of a day, for each currency its own.

    What an account earns is what :mod:`graphkam.analysis.profitability` says of its last twelve months.
    """
    known: dict[str, list[Earner]] = {}
    unknown = []
    for graph in graphs:
        year = last_year(Books(graph))
        net, contribution, share = year.net, year.contribution, year.net_share
        if net is None:
            unknown.append((graph.account.name, graph.account.id))
            continue
        row = Earner(
            account=graph.account.name,
            account_id=graph.account.id,
            months=len(year.months),
            contribution=None if contribution is None else float(contribution),
            net=float(net),
            net_share=None if share is None else float(share),
            running=float(net),
            share=None,
        )
        known.setdefault(graph.currency, []).append(row)
    made = [_curve(currency, rows) for currency, rows in known.items()]
    names = sorted(unknown, key=lambda pair: by_name(*pair))
    return Curves(
        curves=tuple(sorted(made, key=lambda c: (-len(c.accounts), c.currency))),
        unknown=tuple(name for name, _ in names),
    )


def _curve(currency: str, rows: list[Earner]) -> Curve:
    named = sorted(rows, key=lambda r: by_name(r.account, r.account_id))
    found = whale([r.net for r in named])
    shares = found.shares or (None,) * len(named)
    ordered = [
        named[i].model_copy(update={"running": running, "share": share})
        for i, running, share in zip(found.order, found.running, shares, strict=True)
    ]
    peak = found.peak
    return Curve(
        currency=currency,
        accounts=tuple(ordered),
        total=found.running[-1],
        peak=peak,
        peak_accounts=None if found.shares is None or peak is None else found.shares.index(peak) + 1,
    )
