"""What an account earns over some months, and what it earns since it has a team against before.

- *Net sales* = revenue and rebates. *Gross margin* = net sales and cost of goods. *Contribution* = gross
  margin, after-sales cost and other amounts: what the account brings before its team is paid. *Net* =
  contribution and the cost of the team. (Costs are negative, so all of it is added.)
- *Cost of the team*: the one in the books where the books have one, otherwise the one that the mandates
  come to. They are two measures of one thing and are never added.
- An after-sales cost that was never in the books is in no figure, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from graphkam.graph.books import LINES, Amount, Books, Line, months_between
from graphkam.model.base import first_day

Basis = Literal["booked", "worked"]
YEAR = 12
NET_SALES: tuple[Line, ...] = ("revenue", "rebate")
GROSS: tuple[Line, ...] = (*NET_SALES, "cogs")
CONTRIBUTION: tuple[Line, ...] = (*GROSS, "service_cost", "other")
"""What each is the sum of."""


@dataclass(frozen=True)
class Earned:
    """What an account earns over some months."""

    books: Books
    months: tuple[str, ...]

    @cached_property
    def amounts(self) -> Mapping[Line, Amount]:
        """What each kind of line comes to."""
        return {line: self.books.amount(line, self.months) for line in LINES}

    @cached_property
    def worked(self) -> Amount:
        """The cost of the team by its mandates."""
        return self.books.worked(self.months)

    @property
    def basis(self) -> Basis | None:
        """Which cost of the team counts; None where nothing is said of it."""
        if "team_cost" in self.books.kept:
            return "booked"
        return "worked" if self.books.mandates else None

    @property
    def paid(self) -> Amount:
        """The cost of the team that counts, if anything is said of it."""
        return self.amounts["team_cost"] if self.basis == "booked" else self.worked

    @property
    def team(self) -> Decimal | None:
        """The same as a sum; None where nothing is said of it, or some of it is not known."""
        return None if self.basis is None else self.paid.value

    def total(self, lines: Iterable[Line]) -> Decimal | None:
        """Add up kinds of line; None where one of them is not known."""
        found = [self.amounts[line].value for line in lines]
        known = [amount for amount in found if amount is not None]
        return sum(known, Decimal(0)) if len(known) == len(found) and self.months else None

    @property
    def net_sales(self) -> Decimal | None:
        """Revenue less rebates."""
        return self.total(NET_SALES)

    @property
    def gross(self) -> Decimal | None:
        """Net sales less cost of goods."""
        return self.total(GROSS)

    @property
    def contribution(self) -> Decimal | None:
        """What the account brings before its team is paid."""
        return self.total(CONTRIBUTION)

    @property
    def net(self) -> Decimal | None:
        """What it brings once its team is paid."""
        if self.contribution is None or self.team is None:
            return None
        return self.contribution + self.team

    @property
    def net_share(self) -> Decimal | None:
        """Net as a share of net sales."""
        return self.net / self.net_sales if self.net is not None and self.net_sales else None


def by_year(books: Books) -> tuple[Earned, ...]:
    """Give each calendar year, as far as the books go, the newest first."""
    years = sorted({month[:4] for month in books.months}, reverse=True)
    return tuple(Earned(books, tuple(m for m in books.months if m[:4] == year)) for year in years)


def last_year(books: Books, *, back: int = 0) -> Earned:
    """Give the twelve months that end with the last in the books, or with one some months before it."""
    end = len(books.months) - back
    return Earned(books, books.months[max(0, end - YEAR) : max(0, end)])


@dataclass(frozen=True)
class Treatment:
    """What an account brings since it has a team, against before.

    Without a team it would have gone on as it was: each month would have brought the mean of (up to)
    twelve months before, growing by so much a year.
    """

    since: str | None
    """Month of the first mandate; None where no mandate has a date."""
    before: Earned
    """The months in the books before it, the last twelve."""
    after: Earned
    """The months in the books from it on."""
    growth: float
    """A year, that it would have had without a team."""

    @cached_property
    def gained(self) -> Decimal | None:
        """What the account brought more than it would have without; None where that is not known."""
        then, now = self.before.contribution, self.after.contribution
        if then is None or now is None:
            return None
        month = then / len(self.before.months)
        factor = sum(
            (Decimal(str((1 + self.growth) ** ((n + 1) / YEAR))) for n in range(len(self.after.months))),
            Decimal(0),
        )
        return now - month * factor

    @property
    def net_gain(self) -> Decimal | None:
        """The same less what the team has cost since."""
        if self.gained is None or self.after.team is None:
            return None
        return self.gained + self.after.team


def treatment(books: Books, growth: float) -> Treatment:
    """Compare the months since the first mandate with those before it."""
    begun = [m.since for m, _ in books.mandates if m.since]
    is_dated = begun and len(begun) == len(books.mandates)
    since = min(begun, key=first_day)[:7] if is_dated else None
    before = tuple(m for m in books.months if since is not None and m < since)
    after = tuple(m for m in books.months if since is not None and m >= since)
    return Treatment(since, Earned(books, before[-YEAR:]), Earned(books, after), growth)


def late(books: Books, as_of_month: str) -> Sequence[str]:
    """Give the months that have ended since the last in the books."""
    return list(months_between(books.months[-1], as_of_month))[1:] if books.months else []
