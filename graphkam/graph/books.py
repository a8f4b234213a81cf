"""The books of an account: what was earned and spent, month by month, and what is not known of it.

Costs are negative. Only what was (not what is planned) counts, of months that have ended by the day, in the
account's currency: an amount in another has no rate and is not known.

Revenue, cost of goods, after-sales cost and team cost come every month: once one of them is in the books, a
month without it is a month of which it is not known, never one of 0. Revenue and cost of goods are wanted in
any case. Rebates and other amounts come now and then: a month without is a month of none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from graphkam.graph.account_graph import AccountGraph
from graphkam.model.base import first_day, is_valid_on, last_day
from graphkam.model.business import PnlLine
from graphkam.model.people import TeamMember
from graphkam.model.ties import Mandate

Line = Literal["revenue", "rebate", "cogs", "service_cost", "other", "team_cost"]
LINES: tuple[Line, ...] = ("revenue", "rebate", "cogs", "service_cost", "other", "team_cost")
_MONTHLY: frozenset[Line] = frozenset({"revenue", "cogs", "service_cost", "team_cost"})
_WANTED: frozenset[Line] = frozenset({"revenue", "cogs"})
COSTS: frozenset[Line] = frozenset({"cogs", "service_cost", "team_cost", "rebate"})


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum over some months."""

    known: Decimal
    """Of what is known."""
    missing: tuple[str, ...] = ()
    """Months for which some of it is not known."""
    because: tuple[str, ...] = ()
    """Ids of the records that it is summed from."""

    @property
    def value(self) -> Decimal | None:
        """The sum; None where some of it is not known."""
        return None if self.missing else self.known


class Books:
    """What is in the books of an account on its day.

    Parameters
    ----------
    graph
        The account.
    """

    def __init__(self, graph: AccountGraph) -> None:
        self.graph = graph
        self.lines = tuple(
            line
            for line in sorted(graph.own(PnlLine), key=lambda line: (line.period, line.line, line.id))
            if line.scenario in {None, "actual"} and last_day(line.period) <= graph.as_of
        )

    @cached_property
    def foreign(self) -> tuple[PnlLine, ...]:
        """The lines in another currency than the account's."""
        return tuple(line for line in self.lines if line.currency not in {None, self.graph.currency})

    @cached_property
    def months(self) -> tuple[str, ...]:
        """The months from the first in the books to the last, those between without any line too."""
        found = sorted({line.period for line in self.lines})
        return tuple(months_between(found[0], found[-1])) if found else ()

    @cached_property
    def kept(self) -> frozenset[Line]:
        """Kinds of line that are in the books at all."""
        return frozenset(line.line for line in self.lines)

    @cached_property
    def _cells(self) -> Mapping[tuple[str, Line], list[PnlLine]]:
        found: dict[tuple[str, Line], list[PnlLine]] = {}
        for line in self.lines:
            found.setdefault((line.period, line.line), []).append(line)
        return found

    def amount(self, kind: Line, months: Iterable[str]) -> Amount:
        """Give what a kind of line comes to over some months."""
        is_monthly = kind in _WANTED or (kind in _MONTHLY and kind in self.kept)
        foreign = {line.id for line in self.foreign}
        known, missing, because = Decimal(0), [], []
        for month in months:
            here = self._cells.get((month, kind), [])
            own = [line for line in here if line.id not in foreign]
            known += sum((line.amount for line in own), Decimal(0))
            because += [line.id for line in own]
            if len(own) < len(here) or (is_monthly and not here):
                missing.append(month)
        return Amount(known, tuple(missing), tuple(because))

    def worked(self, months: Iterable[str]) -> Amount:
        """Give what the team costs by its mandates: days agreed a month times what a day costs.

        A mandate counts for the part of a month in which it is valid and its member is with us. One
        without days agreed, or of a member whose day has no known cost, is not known.
        """
        known, missing, because = Decimal(0), [], set()
        for month in months:
            for mandate, member in self.mandates:
                part = _part(mandate, member, month)
                if part == 0:
                    continue
                if (cost := month_cost(mandate, member)) is None:
                    missing.append(month)
                else:
                    known -= cost * part
                    because.add(mandate.id)
        return Amount(known, tuple(dict.fromkeys(missing)), tuple(sorted(because)))

    @cached_property
    def mandates(self) -> tuple[tuple[Mandate, TeamMember], ...]:
        """All mandates on the account, whenever, each with its member."""
        pairs = ((m, self.graph.records.get(TeamMember, m.member_id)) for m in self.graph.own(Mandate))
        return tuple((mandate, member) for mandate, member in pairs if member is not None)

    @cached_property
    def current(self) -> tuple[tuple[Mandate, TeamMember], ...]:
        """The mandates valid on the day."""
        day = self.graph.as_of
        return tuple(
            (m, member) for m, member in self.mandates if is_valid_on(day, since=m.since, until=m.until)
        )


def month_cost(mandate: Mandate, member: TeamMember) -> Decimal | None:
    """Give what a mandate costs a month; None where days or cost of a day are not known."""
    if mandate.days is None or (member.day_cost is None and mandate.days > 0):
        return None
    return Decimal(str(mandate.days)) * (member.day_cost or Decimal(0))


def months_between(first: str, last: str) -> Sequence[str]:
    """Give the months from one to another, both included."""
    start, end = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(start, end + 1)]


def _part(mandate: Mandate, member: TeamMember, month: str) -> Decimal:
    """Give the part of a month in which a mandate is valid, 0 to 1."""
    begins = [first_day(day) for day in (mandate.since, member.since) if day]
    ends = [last_day(day) for day in (mandate.until, member.until) if day]
    first, last = first_day(month), last_day(month)
    start, end = max([first, *begins]), min([last, *ends])
    return Decimal(max(0, _days(start, end))) / _days(first, last)


def _days(first: date, last: date) -> int:
    return (last - first).days + 1
