"""Which holding stands in the row of a position."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graphkam.model.base import first_day, is_valid_on
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet


def current_holdings(records: RecordSet, today: date) -> Mapping[str, Holding]:
    """Give the holding of each position that is held on a day, by the position's id.

    Of several the one that began last is given, so that a successor counts before the one who stays
    a few days to hand over.
    """
    found: dict[str, Holding] = {}
    for holding in records.of(Holding):
        if is_valid_on(today, since=holding.since, until=holding.until):
            other = found.get(holding.position_id)
            if other is None or _began(holding) > _began(other):
                found[holding.position_id] = holding
    return found


def _began(holding: Holding) -> tuple[date, str]:
    return (first_day(holding.since) if holding.since else date.min, holding.id)
