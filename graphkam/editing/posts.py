"""Positions of the client, and who holds them from when to when.

A change of holder is an event, not another name in the box: the old holding ends, the new one begins.
Weight, seats and reporting line stay with the position; ties and stance stay with the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from graphkam.editing.facts import after, change, new, put, said_of, there, together
from graphkam.errors import InputError
from graphkam.model.base import first_day, last_day
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.vocabulary import Occupancy, PersonStatus


def add_position(
    records: RecordSet, account_id: str, *, occupancy: Occupancy = Occupancy.VACANT, **said: Any
) -> ChangeSet:
    """Give what adds a position that nobody holds, or somebody whom we cannot name.

    Parameters
    ----------
    records
        The account, as the user saw it.
    account_id
        Id of the account.
    occupancy
        Vacant, or holder unknown.
    **said
        Title and what else is known of it.

    Raises
    ------
    InputError
        If something cannot be accepted, or the title is missing.
    """
    return put(new(records, Position, account_id=account_id, occupancy=occupancy, **said))


def add_person(
    records: RecordSet,
    account_id: str,
    *,
    position_id: str | None = None,
    since: str | None = None,
    post: Mapping[str, Any] | None = None,
    **said: Any,
) -> ChangeSet:
    """Give what adds a person: to a position that is there, to a new one, or to none yet.

    Parameters
    ----------
    records
        The account, as the user saw it.
    account_id
        Id of the account.
    position_id
        The position that he or she takes over.
    since
        First day there, or month; None = not known, and always so for a new position.
    post
        What is said of a new position, its title first.
    **said
        Last name and what else is known of the person.

    Raises
    ------
    InputError
        If something cannot be accepted, or a name is missing.
    """
    made = put(new(records, Person, account_id=account_id, **said))
    person = made.puts[0]
    if post:
        made = together(made, put(new(records, Position, account_id=account_id, **post)))
        position_id = made.puts[1].id
    if position_id is None:
        return made
    return together(made, succeed(after(records, made), position_id, person_id=person.id, on=since))


def place(records: RecordSet, person_id: str, position_id: str, *, on: str | None) -> ChangeSet:
    """Give what lets a person hold a position, from a day on.

    Raises
    ------
    InputError
        As :func:`succeed`.
    """
    return succeed(records, position_id, person_id=person_id, on=on)


def move(position: Position, *, boss_id: str | None) -> ChangeSet:
    """Give what makes a position report to another, or to none; a circle is refused where it is written."""
    return change(position, reports_to_id=boss_id)


def succeed(
    records: RecordSet,
    position_id: str,
    *,
    person_id: str | None,
    on: str | None,
    occupancy: Occupancy = Occupancy.VACANT,
) -> ChangeSet:
    """Give what lets a position change hands.

    Parameters
    ----------
    records
        The account, as the user saw it.
    position_id
        The position.
    person_id
        Who holds it from then on; None = nobody, or nobody whom we can name.
    on
        First day of the new state, or its month; None = not known, for a position that nobody held.
    occupancy
        Without a holder: vacant, or holder unknown.

    Raises
    ------
    InputError
        If the person holds it already, or the day is missing or before the holder's first.
    """
    position = there(records, Position, position_id)
    holdings = [h for h in records.of(Holding) if h.position_id == position_id]
    if on is None and (person_id is None or any(h.until is None for h in holdings)):
        raise InputError("edit_when")
    _refuse_again(records, holdings, person_id, on)
    ended = tuple(_ended(records, h, on) for h in holdings if on is not None and _is_held(h, on))
    if person_id is None:
        emptied = said_of(position, {"occupancy": occupancy, "occupancy_since": on})
        return ChangeSet(puts=(*ended, emptied))
    later = [h.since for h in holdings if h.since and on and _is_later(h, on)]
    until = before(min(later, key=first_day)) if later else None
    said = {"account_id": position.account_id, "position_id": position_id, "person_id": person_id}
    return ChangeSet(puts=(*ended, new(records, Holding, since=on, until=until, **said)))


def leave(records: RecordSet, person_id: str, *, on: str) -> ChangeSet:
    """Give what happens when somebody leaves the client: each position is vacant from that day on.

    Parameters
    ----------
    records
        The account, as the user saw it.
    person_id
        Who leaves.
    on
        First day without him or her, or its month.

    Raises
    ------
    InputError
        If that is before his or her first day somewhere.
    """
    person = there(records, Person, person_id)
    held = {h.position_id for h in records.of(Holding) if h.person_id == person_id and _is_open(h, on)}
    emptied = (succeed(records, position_id, person_id=None, on=on) for position_id in sorted(held))
    return together(change(person, status=PersonStatus.LEFT), *emptied)


def abolish(records: RecordSet, position_id: str, *, until: str) -> ChangeSet:
    """Give what ends a position, and with it whoever holds it.

    Raises
    ------
    InputError
        If there is no such position any more.
    """
    position = there(records, Position, position_id)
    held = (h for h in records.of(Holding) if h.position_id == position_id and _is_open(h, until))
    return together(change(position, until=until), *(change(h, until=until) for h in held))


def before(day: str) -> str:
    """Give the last day (or month) before a day (or month)."""
    earlier = (first_day(day) - timedelta(days=1)).isoformat()
    return earlier if len(day) > len("2026-11") else earlier[:7]


def _is_open(holding: Holding, on: str) -> bool:
    return holding.until is None or last_day(holding.until) >= first_day(on)


def _is_held(holding: Holding, on: str) -> bool:
    """Tell whether a holding is in force on a day."""
    return _is_open(holding, on) and not _is_later(holding, on)


def _is_later(holding: Holding, on: str) -> bool:
    return holding.since is not None and first_day(holding.since) > first_day(on)


def _refuse_again(
    records: RecordSet, holdings: Sequence[Holding], person_id: str | None, on: str | None
) -> None:
    """Refuse that somebody takes over from himself, or that a position is left before it was taken."""
    for holding in holdings if on is not None else ():
        if holding.person_id == person_id and _is_held(holding, on or ""):
            raise InputError("edit_holds_already", name=_name(records, holding))
        if person_id is None and _is_later(holding, on or "") and _is_open(holding, on or ""):
            raise InputError("edit_too_early", name=_name(records, holding), since=holding.since)


def _ended(records: RecordSet, holding: Holding, on: str) -> Holding:
    """Give a holding that ends the day before."""
    if holding.since is not None and first_day(holding.since) >= first_day(on):
        raise InputError("edit_too_early", name=_name(records, holding), since=holding.since)
    return said_of(holding, {"until": before(on)})


def _name(records: RecordSet, holding: Holding) -> str:
    person = records.get(Person, holding.person_id)
    return person.name if person else holding.person_id
