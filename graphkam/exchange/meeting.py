"""Where what a file wants meets what the store says now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from graphkam.exchange.choices import Choices, Mode
from graphkam.exchange.desk import Desk
from graphkam.exchange.problems import Place
from graphkam.exchange.replacing import replaceable
from graphkam.exchange.rows import by_key
from graphkam.exchange.standpoint import aligned
from graphkam.model.base import Entity
from graphkam.model.clashes import Clash, Side, says_other
from graphkam.model.organisation import Position
from graphkam.model.people import Assessment, Person
from graphkam.model.records import RecordSet, account_of
from graphkam.model.threeway import merged
from graphkam.model.ties import ContactTie


class Clashing(NamedTuple):
    """A clash, and the cell that says what the file says."""

    clash: Clash
    place: Place


class Meeting(NamedTuple):
    """What file and store come to."""

    records: RecordSet
    clashes: tuple[Clashing, ...]
    replaceable: int
    """Of a file that replaces: how many records it could delete."""


def met(desk: Desk, choices: Choices) -> Meeting:
    """Bring what a file wants together with what the store says now.

    Parameters
    ----------
    desk
        The work on the file, done.
    choices
        Whose word counts; which account is to be changed.
    """
    wanted = _with_ids_of_the_store(desk)
    mine = desk.known.merged(wanted, desk.removed.values())
    theirs = desk.stand.theirs
    clashes: tuple[Clash, ...] = ()
    if desk.stand.base is not None and desk.stand.is_behind:
        mine, clashes = merged(desk.stand.base, mine, theirs, prefer=choices.prefer or Side.THEIRS)
    if choices.scope is not None:
        mine, left_out = _within(mine, theirs, choices.scope)
        clashes = tuple(c for c in clashes if _account(c, desk) in {None, choices.scope})
        if left_out:
            desk.faults.warn("outside_scope", count=left_out)
    could = choices.mode is Mode.REPLACE and choices.scope is not None
    count = sum(1 for _ in replaceable(desk, choices.scope or "")) if could else 0
    return Meeting(mine, tuple(Clashing(c, _place(desk, c)) for c in clashes), count)


def _with_ids_of_the_store(desk: Desk) -> Iterable[Entity]:
    ids = aligned(desk.wanted.values(), desk.stand)
    for key, record_id in ids.items():
        desk.wanted[key[0], record_id] = desk.wanted.pop(key).model_copy(update={"id": record_id})
        desk.places[key[0], record_id] = desk.places.pop(key)
    return desk.wanted.values()


def _within(records: RecordSet, theirs: RecordSet, account_id: str) -> tuple[RecordSet, int]:
    """Leave all other accounts as the store says; count what the file would have changed there."""
    own = [r for r in records if account_of(r) in {None, account_id}]
    others = [r for r in theirs if account_of(r) not in {None, account_id}]
    left_out = 0
    for record in records:
        if account_of(record) not in {None, account_id}:
            known = theirs.get(type(record), record.id)
            left_out += known is None or (known is not record and says_other(known, record))
    left_out += sum(records.get(type(record), record.id) is None for record in others)
    return RecordSet([*own, *others]), left_out


def _account(clash: Clash, desk: Desk) -> str | None:
    sets = (desk.stand.theirs, desk.known)
    record = next((r for records in sets if (r := records.get(clash.kind, clash.id)) is not None), None)
    return account_of(record) if record is not None else None


def _place(desk: Desk, clash: Clash) -> Place:
    """Give the cell that says what the file says; nothing where that is that no row says it."""
    kind, field = clash.kind, clash.field
    at = desk.places.get((kind, clash.id))
    if kind is Person and field == "owner":
        kind, field = ContactTie, "kind"
        at = next((p for (k, i), p in desk.places.items() if k is ContactTie and _owns(desk, i, clash)), at)
    if at is None:
        return Place()
    table, row = at
    key = "last_name" if (kind, field) == (Position, "holder") else ""
    if isinstance(found := desk.now(kind, clash.id), Assessment) and field == "value":
        field = found.attribute
    for column in by_key(table.key).values():
        if (
            not key
            and (column.record, column.field) == (kind.__name__, field)
            and column.key in table.columns
        ):
            key = column.key
    return table.place(row, key)


def _owns(desk: Desk, tie_id: str, clash: Clash) -> bool:
    tie = desk.now(ContactTie, tie_id)
    return tie is not None and (tie.person_id, tie.member_id) == (clash.id, clash.mine)
