"""What the books of an account show, and what they do not say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from graphkam.errors import Param
from graphkam.graph.books import COSTS, LINES, Books
from graphkam.graph.earnings import YEAR, Earned, late
from graphkam.graph.findings import finding
from graphkam.model.base import Finding, Severity
from graphkam.settings import AnalysisSettings


def about_books(books: Books, now: Earned, before: Earned, settings: AnalysisSettings) -> Iterator[Finding]:
    """Tell a loss, a change of the margin, and what is not known.

    Parameters
    ----------
    books
        The books.
    now, before
        The last twelve months in them, and the twelve before.
    settings
        From when a change, or an end of the books, is told.
    """
    account, currency = [books.graph.account.id], books.graph.currency
    if not books.lines:
        yield finding("profitability_no_books", Severity.INFO, account)
        return
    if now.net is not None and now.net < 0:
        params: dict[str, Param] = {
            "amount": float(round(-now.net)),
            "currency": currency,
            "count": len(now.months),
        }
        yield finding("profitability_loss", Severity.WARNING, account, params)
    if now.net_share is not None and before.net_share is not None and len(before.months) == YEAR:
        then, today = float(before.net_share), float(now.net_share)
        if abs(today - then) >= settings.margin_drop:
            shares: dict[str, Param] = {"before": round(100 * then, 1), "after": round(100 * today, 1)}
            code, severity = "profitability_margin_fell", Severity.WARNING
            if today > then:
                code, severity = "profitability_margin_rose", Severity.INFO
            yield finding(code, severity, account, shares)
    yield from _not_said(books, settings)


def _not_said(books: Books, settings: AnalysisSettings) -> Iterator[Finding]:
    """Tell what cannot be added, what is missing, and what looks wrong."""
    account, as_of = [books.graph.account.id], books.graph.as_of
    if books.foreign:
        currencies = tuple(sorted({line.currency or "" for line in books.foreign}))
        told: dict[str, Param] = {
            "count": len(books.foreign),
            "currencies": currencies,
            "currency": books.graph.currency,
        }
        yield finding("profitability_currency", Severity.WARNING, account, told)
    foreign = {line.period for line in books.foreign}
    gaps = [m for m in books.months if m not in foreign and any(books.amount(k, (m,)).missing for k in LINES)]
    if gaps:
        params: dict[str, Param] = {"count": len(gaps), "first": gaps[0], "last": gaps[-1]}
        yield finding("profitability_gaps", Severity.NOTICE, account, params)
    if "service_cost" not in books.kept:
        yield finding("profitability_no_service", Severity.NOTICE, account)
    if wrong := [line.id for line in books.lines if line.line in COSTS and line.amount > 0]:
        count: dict[str, Param] = {"count": len(wrong)}
        yield finding("profitability_sign", Severity.NOTICE, account, count, evidence=wrong[: settings.top])
    ended = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    if len(behind := late(books, ended.isoformat()[:7])) > settings.books_months:
        last: dict[str, Param] = {"count": len(behind), "last": books.months[-1]}
        yield finding("profitability_late", Severity.NOTICE, account, last)
