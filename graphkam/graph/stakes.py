"""The business at stake: centres with their pursuits, and pursuits and contracts without a centre."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graphkam.graph.account_graph import AccountGraph
from graphkam.graph.parts import by_centre
from graphkam.model.business import Contract, Pursuit

_CLOSED = {"won", "lost", "declined"}


@dataclass(frozen=True, slots=True)
class Business:
    """One piece of business, and the positions through which we reach it."""

    id: str
    name: str
    seats: tuple[int, ...]
    """Indexes into ``graph.counted``."""
    amount: Decimal | None
    """A year, in the account's currency; None = not known."""


def businesses(graph: AccountGraph) -> tuple[Business, ...]:
    """Give all business that hangs on people of the account.

    A centre counts with the largest of its value and its open pursuits, for they are the same
    money. A pursuit without a centre counts through its people, a contract in force through its
    signatory; without people they hang on nobody.
    """
    pursuits = [p for p in graph.own(Pursuit) if p.stage not in _CLOSED and _began(graph, p)]
    index = {s.id: i for i, s in enumerate(graph.counted)}
    values = {centre.id: centre.yearly_value for centre in graph.centres}
    found = []
    for part in by_centre(graph):
        linked = [p.amount for p in pursuits if p.centre_id == part.id]
        known = [amount for amount in (values[part.id], *linked) if amount is not None]
        found.append(Business(part.id, part.name, part.seats, max(known, default=None)))
    for p in pursuits:
        seats = tuple(index[i] for i in p.position_ids if i in index)
        if p.centre_id is None and seats:
            found.append(Business(p.id, p.name, seats, p.amount))
    found += [
        Business(c.id, c.name, (index[c.signatory_id],), c.value)
        for c in graph.own(Contract)
        if c.signatory_id in index and (c.end is None or c.end >= graph.as_of)
    ]
    return tuple(found)


def _began(graph: AccountGraph, pursuit: Pursuit) -> bool:
    return pursuit.opened is None or pursuit.opened <= graph.as_of
