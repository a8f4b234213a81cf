"""What looks renamed: a row without an id brings something new, and something like it is in no row.

Nothing is guessed: such a pair is asked about. Taken for a rename, the row speaks of what is known;
otherwise it brings something new besides. Names that differ in a number (``Plant 1``, ``Plant 2``) are
two things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from graphkam.exchange.called import kind_label
from graphkam.exchange.desk import Desk
from graphkam.exchange.persons import MENDED
from graphkam.exchange.references import name_key
from graphkam.exchange.rows import Row, Table, by_key
from graphkam.model.base import Entity, Frozen
from graphkam.model.business import Clause
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Person
from graphkam.model.records import account_of, name_of
from graphkam.text import Words

_PARENTS: Mapping[type[Entity], Callable[[Any], str | None]] = {
    OrgUnit: lambda unit: unit.parent_id,
    Position: lambda position: position.unit_id,
}
"""Within what a name is compared, besides the account."""
_NOT_NAMED: tuple[type[Entity], ...] = (Person, Assessment, Clause)
"""People who look alike are duplicates, not renames; a clause has no id in its row."""
_NAMES = ("name", "title", "text")

_Within = tuple[type[Entity], str | None, str | None]
"""Kind, account and parent: what is compared with one another."""
_BEGINNING = 3
_CROWD = 500
"""A beginning of words that so many names share tells nothing."""


class Rename(Frozen):
    """That a row without an id may speak of something known by another name."""

    kind: str
    id: str
    """Of what is known."""
    old: str
    new: str
    sheet: str
    cell: str
    likeness: int
    """0 to 100."""

    def told(self, words: Words) -> str:
        """Ask it."""
        kind = kind_label(self.kind, words.language)
        place = f"{self.sheet}!{self.cell}"
        return words.say("plan.rename", kind=kind, place=place, old=self.old, new=self.new, id=self.id)


def renames(desk: Desk) -> Mapping[tuple[str, int], Rename]:
    """Give what looks renamed, by sheet and number of the row.

    Parameters
    ----------
    desk
        The work on the file, done.
    """
    left: dict[_Within, list[Entity]] = {}
    for known in desk.known:
        if (type(known), known.id) not in desk.places:
            left.setdefault(_within(known), []).append(known)
    new: dict[_Within, list[Entity]] = {}
    for key in desk.places if left else ():
        record = desk.wanted.get(key)
        if record is not None and (within := _within(record)) in left and _is_new(desk, record):
            new.setdefault(within, []).append(record)
    found: dict[tuple[str, int], Rename] = {}
    for within, records in new.items():
        for record, known, likeness in _pairs(records, left[within]):
            table, row = desk.places[type(record), record.id]
            own = (c for c in by_key(table.key).values() if c.record == type(record).__name__)
            column = next((c.key for c in own if c.field in _NAMES), "")
            found[table.key, row.number] = Rename(
                kind=type(known).__name__,
                id=known.id,
                old=name_of(known) or "",
                new=name_of(record) or "",
                sheet=table.name,
                cell=table.place(row, column).cell,
                likeness=likeness,
            )
    return found


def renamed(tables: Mapping[str, Table], ids: Mapping[tuple[str, int], str]) -> Mapping[str, Table]:
    """Give the tables with the ids of what is only called otherwise.

    Parameters
    ----------
    tables
        The sheets of the file.
    ids
        The id of what each row speaks of, by sheet and number of the row. A contract repeats itself in
        the rows of its clauses.
    """
    made = dict(tables)
    for sheet in {sheet for sheet, _ in ids}:
        rows = tables[sheet].rows
        own = {row.number: ids[sheet, row.number] for row in rows if (sheet, row.number) in ids}
        if sheet == "contracts":
            called = {row.values.get("contract"): own[row.number] for row in rows if row.number in own}
            own = {row.number: called[name] for row in rows if (name := row.values.get("contract")) in called}
        made[sheet] = replace(tables[sheet], rows=[_with_id(row, own.get(row.number)) for row in rows])
    return made


def _with_id(row: Row, record_id: str | None) -> Row:
    return replace(row, values={**row.values, "id": record_id}) if record_id else row


def _is_new(desk: Desk, record: Entity) -> bool:
    """Tell whether a record is new, has a name, and its row no id."""
    _, row = desk.places[type(record), record.id]
    return (
        desk.known.get(type(record), record.id) is None
        and not isinstance(record, _NOT_NAMED)
        and name_of(record) is not None
        and not isinstance(row.values.get("id"), str)
    )


def _within(record: Entity) -> _Within:
    parent = _PARENTS.get(type(record), lambda _: None)
    return type(record), None if isinstance(record, Account) else account_of(record), parent(record)


def _pairs(new: Iterable[Entity], left: Iterable[Entity]) -> Iterator[tuple[Entity, Entity, int]]:
    """Pair what is new with what is in no row, the most alike first; each at most once."""
    from rapidfuzz import fuzz

    index: dict[str, list[Entity]] = {}
    keys = {known.id: name_key(name_of(known) or "") for known in left}
    by_id = {known.id: known for known in left}
    for known_id, key in keys.items():
        for beginning in _beginnings(key):
            index.setdefault(beginning, []).append(by_id[known_id])
    scored = []
    for record in new:
        key = name_key(name_of(record) or "")
        crowds = (index.get(beginning, ()) for beginning in _beginnings(key))
        for known in {r.id: r for crowd in crowds if len(crowd) <= _CROWD for r in crowd}.values():
            likeness = fuzz.token_sort_ratio(key, keys[known.id], score_cutoff=MENDED)
            if likeness and _numbers(key) == _numbers(keys[known.id]):
                scored.append((-likeness, record.id, known.id, record))
    taken: set[str] = set()
    for likeness, record_id, known_id, record in sorted(scored, key=lambda pair: pair[:3]):
        if not {f"+{record_id}", known_id} & taken:
            taken |= {f"+{record_id}", known_id}
            yield record, by_id[known_id], round(-likeness)


def _beginnings(key: str) -> set[str]:
    return {word[:_BEGINNING] for word in key.split()}


def _numbers(key: str) -> list[str]:
    return sorted(re.findall(r"\d+", key))
