"""What does not pass on to who comes after: cells left as they were when the name was changed.

Somebody else's name in the row of a position is a change of holder. What the row still says of the
holder before, to the letter, is not said of the new one: address, stance, notes, expected end. Nor is a
tie, said of whoever holds the post, that only repeats what is known of the holder before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from graphkam.exchange.desk import Desk
from graphkam.exchange.identity import KEYS, key_of
from graphkam.exchange.persons import is_mended
from graphkam.exchange.references import name_key
from graphkam.exchange.rows import Row, Table, by_key
from graphkam.exchange.tenure import Post
from graphkam.model.base import Entity
from graphkam.model.business import Interaction
from graphkam.model.people import Assessment, Holding, Person
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.model.vocabulary import Attribute

_NAMES = ("last_name", "first_name")
_OF_PEOPLE: Mapping[type[Entity], tuple[str, ...]] = {
    ContactTie: ("person_id",),
    InfluenceTie: ("from_id", "to_id"),
    Interaction: ("person_ids",),
}
"""What is said of people by naming their posts."""

Said = Callable[[str, Attribute], Assessment | None]
"""Gives what was last said of a person, by attribute."""


def strip(desk: Desk, table: Table, post: Post, said: Said) -> None:
    """Take out of a row that names another holder what it still says of the one before.

    Parameters
    ----------
    desk
        The work on the file.
    table, post
        The row.
    said
        Gives what was last said of a person.
    """
    holder = desk.known.get(Person, post.holder.person_id) if post.holder is not None else None
    if holder is None or post.holder is None or not _is_another(post.row, holder, post.holder):
        return
    left = {
        *_of_the_person(table, post.row, holder, post.holder),
        *_of_sayings(table, post.row, holder, said),
    }
    if not left:
        return
    columns = tuple(table.columns[key][1] for key in table.fields if key in left)
    desk.warn("not_passed_on", table, post.row, "last_name", columns=columns, holder=holder.name)
    values = {key: value for key, value in post.row.values.items() if key not in left}
    post.row = Row(post.row.number, values, post.row.operation, post.row.faulty, post.row.shown)


def _is_another(row: Row, holder: Person, holding: Holding) -> bool:
    """Tell whether a row names somebody else than the holder: neither better spelt nor married since."""
    last, first = row.values.get("last_name"), row.values.get("first_name")
    if not isinstance(last, str):
        return False
    first = first if isinstance(first, str) else None
    if is_mended(first, last, holder):
        return False
    is_first_name = first is not None and name_key(first) == name_key(holder.first_name or "")
    is_address = holder.email is not None and row.values.get("email") == holder.email
    return not (is_first_name and is_address and row.values.get("since") in {None, holding.since})


def _of_the_person(table: Table, row: Row, holder: Person, holding: Holding) -> Iterator[str]:
    for key in table.fields:
        column, value = by_key(table.key)[key], row.values.get(key)
        if column.record == Person.__name__ and key not in _NAMES and value is not None:
            if value == getattr(holder, column.field):
                yield key
        elif key == "until" and value is not None and value == holding.until:
            yield key


def _of_sayings(table: Table, row: Row, holder: Person, said: Said) -> Iterator[str]:
    """Give the columns that repeat what was said of the holder; day and source with the last of them."""
    on, source = row.values.get("stance_date"), row.values.get("stance_source")
    repeated: set[str] = set()
    new: set[str] = set()
    for key in table.fields:
        column = by_key(table.key)[key]
        if column.record == Assessment.__name__ and column.field in set(Attribute) and key in row.values:
            known = said(holder.id, Attribute(column.field))
            same = known is not None and (known.value, known.date, known.source) == (
                row.values[key],
                on,
                source,
            )
            (repeated if same else new).add(key)
    yield from repeated
    if repeated and not new:
        yield from ({"stance_date", "stance_source"} & row.values.keys())


def of_the_one_before(
    desk: Desk, table: Table, row: Row, kind: type[Entity], fields: dict[str, Any]
) -> dict[str, Any]:
    """Give what a row says, of the holder before where it only repeats what is known of him or her.

    Parameters
    ----------
    desk
        The work on the file; who comes after whom is known.
    table, row
        Where it is said.
    kind
        What is said.
    fields
        What the row says, a post read as whoever holds it after the file.
    """
    if not desk.heirs:
        return fields
    shown = next(
        (r for name, i in row.shows if name == kind.__name__ and (r := desk.known.get(kind, i))), None
    )
    before = dict(fields)
    for name in _OF_PEOPLE.get(kind, ()):
        if name in fields:
            before[name] = _substituted(desk, row, fields[name], _ids(getattr(shown, name, None)))
    if before == fields or (shown is None and not _is_known(desk, kind, before)):
        return fields
    changed = next(name for name in before if before[name] != fields[name])
    key = next(c.key for c in by_key(table.key).values() if (c.record, c.field) == (kind.__name__, changed))
    heir, one = next(
        (h, o) for h in _ids(fields[changed]) for o in desk.heirs.get(h, ()) if o in _ids(before[changed])
    )
    names = {who: entry.shown if (entry := desk.names.get("people", who)) else who for who in (heir, one)}
    desk.warn("stays_with", table, row, key, person=names[heir], holder=names[one])
    return before


def _substituted(desk: Desk, row: Row, value: Any, shown: tuple[str, ...]) -> Any:
    """Put whom they follow in the place of those who are not named but meant by their post."""
    found = []
    for one in _ids(value):
        entry = desk.names.get("people", one)
        own = {name_key(name) for name in (one, *(entry.names if entry else ()))}
        is_named = any(name_key(text) in own for text in _texts(row))
        followed = sorted(p for p in desk.heirs.get(one, ()) if not shown or p in shown)
        found.append(one if is_named or not followed else followed[0])
    return tuple(found) if isinstance(value, tuple) else (found or [value])[0]


def _texts(row: Row) -> Iterator[str]:
    for value in row.values.values():
        for text in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(text, str):
                yield text


def _is_known(desk: Desk, kind: type[Entity], fields: Mapping[str, Any]) -> bool:
    """Tell whether a record of the store says the same."""
    key = key_of(fields, KEYS[kind][0])
    same = (r for r in desk.known.of(kind) if key_of(dict(r), KEYS[kind][0]) == key)
    return any(all(getattr(r, name) == value for name, value in fields.items()) for r in same)


def _ids(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
