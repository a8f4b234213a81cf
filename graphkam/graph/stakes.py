"""The business at stake: centres with what belongs to them, and what belongs to no centre.

A centre's value, its open pursuits and its contracts are the same money: the largest counts, once. A
contract belongs to the centre in which its signatory sits (of several to that of the greatest value).
What a centre decides on and a contract are worth so much a year, a pursuit so much in all: which of them an
amount is, is kept with it.
Amounts in another currency than the account's have no rate: they count as unknown, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from graphkam.graph.account_graph import AccountGraph, by_name
from graphkam.graph.parts import by_centre
from graphkam.graph.strength import Panel
from graphkam.model.business import Action, Contract, Pursuit
from graphkam.model.organisation import DecisionCentre

Kind = Literal["centre", "pursuit", "contract"]
_CLOSED = {"won", "lost", "declined"}
_DONE = {"done", "cancelled"}


@dataclass(frozen=True, slots=True)
class Business:
    """One piece of business, and the positions through which we reach it."""

    id: str
    name: str
    kind: Kind
    seats: tuple[int, ...]
    """Indexes into ``graph.counted``."""
    amount: Decimal | None
    """In the account's currency; None = not known."""
    source: Kind = "centre"
    """Whose amount it is: a centre's own and a contract's is a year's, a pursuit's is all of it."""
    source_name: str = ""


class _Amount(NamedTuple):
    value: Decimal | None
    source: Kind
    source_name: str


def businesses(graph: AccountGraph) -> tuple[Business, ...]:
    """Give all business that hangs on people of the account, each amount once.

    A pursuit without a centre counts through its people, a contract of no centre through its
    signatory; without people they hang on nobody.
    """
    if "businesses" not in graph.kept:
        graph.kept["businesses"] = tuple(_businesses(graph))
    found: tuple[Business, ...] = graph.kept["businesses"]
    return found


def exposures(ties: Panel) -> Mapping[int, tuple[Decimal, int]]:
    """Give what hangs on one of us alone: by member, the sum, and how many amounts are not known."""
    found: dict[int, tuple[Decimal, int]] = {}
    for business in businesses(ties.graph):
        who = ties.who(business.seats)
        if len(who) == 1:
            amount, unknown = found.get(who[0], (Decimal(0), 0))
            found[who[0]] = (amount + (business.amount or 0), unknown + (business.amount is None))
    return found


def open_pursuits(graph: AccountGraph) -> tuple[Pursuit, ...]:
    """Give the pursuits that were begun by the day and are neither won, lost nor declined."""
    return tuple(p for p in graph.own(Pursuit) if p.stage not in _CLOSED and _began(graph, p.opened))


def contracts_in_force(graph: AccountGraph) -> tuple[Contract, ...]:
    """Give the contracts that have begun and not ended on the day."""
    return tuple(
        c for c in graph.own(Contract) if _began(graph, c.start) and (c.end is None or c.end >= graph.as_of)
    )


def open_actions(graph: AccountGraph) -> tuple[Action, ...]:
    """Give the actions that are neither done nor cancelled on the day, or were done after it only."""
    return tuple(
        a for a in graph.own(Action) if a.state not in _DONE or (a.done is not None and a.done > graph.as_of)
    )


def seats_behind(graph: AccountGraph, business: Contract | Pursuit) -> tuple[int, ...]:
    """Give the positions that decide on a contract or a pursuit: its centre's, else its own people's."""
    if isinstance(business, Pursuit):
        centre_id, people = business.centre_id, business.position_ids
    else:
        signatory = business.signatory_id or ""
        centre_id, people = _home(graph).get(signatory), (signatory,)
    seats = next((part.seats for part in by_centre(graph) if part.id == centre_id), ())
    return seats or _places(graph, people)


def _places(graph: AccountGraph, position_ids: Iterable[str]) -> tuple[int, ...]:
    return tuple(graph.place[i] for i in position_ids if i in graph.place)


def value_by_position(graph: AccountGraph) -> Mapping[str, Decimal]:
    """Give for each position the greatest known value of the centres it sits in."""
    value = {c.id: c.yearly_value for c in graph.centres if c.yearly_value is not None}
    greatest: dict[str, Decimal] = {}
    for seat in graph.seats:
        if seat.centre_id in value:
            worth = value[seat.centre_id]
            greatest[seat.position_id] = max(worth, greatest.get(seat.position_id, worth))
    return greatest


def _began(graph: AccountGraph, day: date | None) -> bool:
    return day is None or day <= graph.as_of


def _businesses(graph: AccountGraph) -> Iterable[Business]:
    pursuits, contracts, home = open_pursuits(graph), contracts_in_force(graph), _home(graph)
    values: dict[str, list[_Amount]] = {
        c.id: [_Amount(c.yearly_value, "centre", c.name)] for c in graph.centres
    }
    for p in pursuits:
        if p.centre_id in values:
            values[p.centre_id].append(_Amount(_amount(graph, p), "pursuit", p.name))
    for c in contracts:
        if centre := home.get(c.signatory_id or ""):
            values[centre].append(_Amount(c.value, "contract", c.name))
    for part in by_centre(graph):
        # Of equal ones the first: the centre's own.
        greatest = max(values[part.id], key=lambda one: Decimal(-1) if one.value is None else one.value)
        yield Business(part.id, part.name, "centre", part.seats, *greatest)
    for p in pursuits:
        seats = _places(graph, p.position_ids)
        if p.centre_id not in values and seats:
            yield Business(p.id, p.name, "pursuit", seats, _amount(graph, p), "pursuit", p.name)
    for c in contracts:
        seats = _places(graph, (c.signatory_id or "",))
        if c.signatory_id not in home and seats:
            yield Business(c.id, c.name, "contract", seats, c.value, "contract", c.name)


def _amount(graph: AccountGraph, pursuit: Pursuit) -> Decimal | None:
    return pursuit.amount if pursuit.currency in {None, graph.currency} else None


def _home(graph: AccountGraph) -> Mapping[str, str]:
    """Give the centre of each position that sits in one; of several that of the greatest value."""

    def key(centre: DecisionCentre) -> tuple[Decimal, tuple[str, str]]:
        return -(centre.yearly_value or Decimal(0)), by_name(centre.name, centre.id)

    rank = {centre.id: i for i, centre in enumerate(sorted(graph.centres, key=key))}
    home: dict[str, str] = {}
    for seat in sorted((s for s in graph.seats if s.centre_id in rank), key=lambda s: rank[s.centre_id]):
        home.setdefault(seat.position_id, seat.centre_id)
    return home
