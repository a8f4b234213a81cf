"""Who holds a position from when to when, as a row of the positions says it.

A change of holder is an event, not an edit: the old holding ends, the new one begins; weight, seats
and reporting line stay; ties and stance stay with the person and do not pass on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.desk import Desk
from graphkam.exchange.holders import current_holdings
from graphkam.exchange.references import name_key, orders
from graphkam.exchange.rows import Row, Table
from graphkam.model.base import Frozen, first_day, last_day
from graphkam.model.organisation import Position
from graphkam.model.people import Holding
from graphkam.model.vocabulary import Occupancy


class Event(Frozen):
    """That the holder of a position changes."""

    what: Literal["succession", "departure"]
    position_id: str
    on: str
    """First day of the new state; a month where the day is not known."""
    leaves: str
    """Id of the person who held the position."""
    arrives: str | None = None
    """Id of the person who holds it now."""


@dataclass
class Post:
    """One row of the positions, on its way to a position."""

    row: Row
    account_id: str
    unit_id: str | None
    title: str
    position_id: str = ""
    base: Position | None = None
    """The position as it is known."""
    holder: Holding | None = None
    """Who is known to hold it."""
    person_id: str | None = None
    """Whom the row names."""

    @property
    def has_name(self) -> bool:
        """Whether the row names somebody."""
        return any(isinstance(self.row.values.get(key), str) for key in ("last_name", "first_name"))

    @property
    def name(self) -> str | None:
        """The name in the row, in the form for comparing."""
        last, first = self.row.values.get("last_name"), self.row.values.get("first_name")
        if not isinstance(last, str):
            return None
        return name_key(orders(first if isinstance(first, str) else None, last)[0])

    @property
    def empties(self) -> bool:
        """Whether the row says that nobody, or nobody we can name, sits there."""
        return self.row.values.get("occupancy") in {Occupancy.VACANT, Occupancy.UNKNOWN}


def before(day: str) -> str:
    """Give the last day (or month) before a day (or month)."""
    earlier = (first_day(day) - timedelta(days=1)).isoformat()
    return earlier if len(day) > len("2026-11") else earlier[:7]


class Holders:
    """Settles who holds which position.

    Parameters
    ----------
    desk
        The work on the file.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.events: list[Event] = []
        self._current: dict[str, Holding] = {}
        self._of_pair: dict[tuple[str, str], Holding] = {}
        for holding in desk.known.of(Holding):
            pair = (holding.person_id, holding.position_id)
            self._of_pair[pair] = _later(holding, self._of_pair.get(pair))
            if holding.since is not None and first_day(holding.since) > desk.today:
                self._current[holding.position_id] = holding
        self._current |= current_holdings(desk.known, desk.today)

    def current(self, position_id: str) -> Holding | None:
        """Give who is known to hold a position today, or else from a later day."""
        return self._current.get(position_id)

    def occupancy(self, table: Table, post: Post) -> dict[str, Any]:
        """Give what a row says of a position's being vacant, or held by somebody we cannot name."""
        said = post.row.values.get("occupancy")
        since = post.row.values.get("since")
        if post.has_name:
            if post.empties:
                self.desk.fault("vacant_with_name", table, post.row, "last_name")
            return {"occupancy": post.base.occupancy if post.base else None}
        if post.holder is not None and not post.empties:
            if self.desk.is_exported and said == Occupancy.HELD and "last_name" in table.columns:
                self.desk.fault("held_without_name", table, post.row, "last_name")
            return {"occupancy": post.base.occupancy if post.base else None}
        if said == Occupancy.HELD:
            self.desk.warn("held_by_whom", table, post.row, "occupancy")
        fields: dict[str, Any] = {}
        if said is None or said is CLEAR:
            is_cleared = said is CLEAR or (self.desk.is_exported and "occupancy" in table.columns)
            unsaid = None if post.row.shown else Occupancy.UNKNOWN  # an export shows what is stored
            told = post.base.occupancy if post.base else unsaid
            fields["occupancy"] = Occupancy.UNKNOWN if is_cleared and told is not None else told
        else:
            fields["occupancy"] = Occupancy.VACANT if said == Occupancy.VACANT else Occupancy.UNKNOWN
        if isinstance(since, str) or since is CLEAR:
            fields["occupancy_since"] = since
        elif self.desk.is_exported and "since" in table.columns and "since" not in post.row.faulty:
            fields["occupancy_since"] = None
        if post.holder is not None:
            fields["occupancy_since"] = self._emptied_on(post)
        return fields

    def _emptied_on(self, post: Post) -> str:
        """Give since when a position that was held is no longer; today where the row does not tell."""
        since, held_since = post.row.values.get("since"), post.holder.since if post.holder else None
        is_told = isinstance(since, str) and (held_since is None or first_day(since) > first_day(held_since))
        return str(since) if is_told else self.desk.today.isoformat()

    def settle(self, table: Table, post: Post) -> None:
        """Want what a row says of the holding."""
        if post.person_id is not None:
            self._hold(table, post, post.person_id)
        elif post.empties and post.holder is not None:
            on = self._emptied_on(post)
            if on != post.row.values.get("since"):
                self.desk.warn("emptied_today", table, post.row, "occupancy", on=on)
            self.leave(table, post, on)
        elif post.holder is not None and not post.has_name:
            self._date(table, post, post.holder)

    def _hold(self, table: Table, post: Post, person_id: str) -> None:
        known = self._of_pair.get((person_id, post.position_id))
        since = post.row.values.get("since")
        is_back = (
            known is not None and known.until is not None and isinstance(since, str) and since > known.until
        )
        if known is not None and not is_back:
            self._date(table, post, known)
            return
        if post.holder is not None and not self._succeeds(table, post, post.holder, person_id):
            return
        fields = {"account_id": post.account_id, "person_id": person_id, "position_id": post.position_id}
        fields |= self.desk.said(table, post.row, Holding, post.account_id)
        made = self.desk.put(
            table,
            post.row,
            Holding,
            fields,
            record_id=self.desk.made_id(post.row, Holding, fields),
            clears=False,
        )
        if made is not None:
            self._of_pair[person_id, post.position_id] = made

    def _date(self, table: Table, post: Post, known: Holding) -> None:
        """Change since when and until when a known holding is."""
        fields = self.desk.said(table, post.row, Holding, post.account_id)
        self.desk.put(table, post.row, Holding, fields, base=known)

    def _succeeds(self, table: Table, post: Post, holder: Holding, person_id: str) -> bool:
        """End the holding of the predecessor; tell whether the new holder can begin."""
        since, until = post.row.values.get("since"), post.row.values.get("until")
        ends_before = (
            isinstance(until, str) and holder.since is not None and last_day(until) < first_day(holder.since)
        )
        if ends_before:
            return True  # an earlier holder: nothing changes now
        begins = first_day(since) if isinstance(since, str) else None
        if begins is None or (holder.since is not None and begins <= first_day(holder.since)):
            if not post.row.faulty & {"since", "until"}:
                known = self.desk.names.get("people", holder.person_id)
                name = known.shown if known else holder.person_id
                self.desk.fault("undated_succession", table, post.row, "last_name", holder=name)
            return False
        if holder.until is None or last_day(holder.until) >= begins:
            self.leave(table, post, str(since), arrives=person_id)
        return True

    def leave(
        self, table: Table, post: Post, on: str, *, arrives: str | None = None, is_last_day: bool = False
    ) -> None:
        """End the holding of whoever holds the position of a row."""
        if post.holder is None:
            return
        until = on if is_last_day else before(on)
        fields = {"until": until}
        if self.desk.put(table, post.row, Holding, fields, base=post.holder, clears=False) is None:
            return
        what: Literal["succession", "departure"] = "succession" if arrives else "departure"
        leaves = post.holder.person_id
        self.events.append(
            Event(what=what, position_id=post.position_id, on=on, leaves=leaves, arrives=arrives)
        )


def _later(holding: Holding, other: Holding | None) -> Holding:
    return holding if other is None or (holding.since or "") > (other.since or "") else other
