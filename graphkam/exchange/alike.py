"""New people of a file who may be people already there, or one another."""

from __future__ import annotations

from collections.abc import Mapping

from graphkam.exchange.desk import Desk
from graphkam.model.base import Frozen
from graphkam.model.duplicates import Reason, duplicates
from graphkam.model.people import Person
from graphkam.text import Words


class Alike(Frozen):
    """That somebody whom a file brings may be somebody else."""

    id: str
    """Of the one who is there, or whom another row brings."""
    name: str
    new_id: str
    new_name: str
    reason: Reason
    is_known: bool
    """Whether that one is in the store."""
    sheet: str = ""
    cell: str = ""

    def told(self, words: Words) -> str:
        """Say who may be who, and why."""
        reason = words.say(f"plan.reason.{self.reason}")
        place = f"{self.sheet}!{self.cell}"
        return words.say(
            "plan.alike", place=place, new=self.new_name, name=self.name, id=self.id, reason=reason
        )


def alike(desk: Desk) -> tuple[Alike, ...]:
    """Give the new people of a file who may be somebody else.

    Parameters
    ----------
    desk
        The work on the file, done.
    """
    new = {
        record.id: record
        for record in desk.wanted.values()
        if isinstance(record, Person) and desk.known.get(Person, record.id) is None
    }
    if not new:
        return ()
    accounts = {person.account_id for person in new.values()}
    known = (person for person in desk.known.of(Person) if (Person, person.id) not in desk.removed)
    there = [person for person in known if person.account_id in accounts]
    return tuple(
        _alike(desk, *((pair.other, pair.person) if pair.other.id in new else pair[:2]), pair.reason)
        for pair in duplicates([*there, *new.values()])
        if pair.person.id in new or pair.other.id in new
    )


def _alike(desk: Desk, new: Person, other: Person, reason: Reason) -> Alike:
    table, row = desk.places[Person, new.id]
    return Alike(
        id=other.id,
        name=other.name,
        new_id=new.id,
        new_name=new.name,
        reason=reason,
        is_known=desk.known.get(Person, other.id) is not None,
        sheet=table.name,
        cell=table.place(row, "last_name").cell,
    )


def meant(desk: Desk, found: tuple[Alike, ...]) -> Mapping[tuple[str, int], str]:
    """Give whom rows mean that bring somebody who can only be one who is there: by sheet and row."""
    candidates: dict[str, set[str]] = {}
    for one in found:
        candidates.setdefault(one.new_id, set()).add(one.id)
    sure = {one.new_id: one.id for one in found if one.is_known and len(candidates[one.new_id]) == 1}
    rows = ((desk.places[Person, new_id], known_id) for new_id, known_id in sure.items())
    return {(table.key, row.number): known_id for (table, row), known_id in rows}
