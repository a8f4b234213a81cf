"""Rows of the positions: one row is the position with its holder."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from graphkam.exchange.desk import Desk
from graphkam.exchange.identity import matched
from graphkam.exchange.inheritance import strip
from graphkam.exchange.persons import People
from graphkam.exchange.plain import end
from graphkam.exchange.references import HOLDERS, Entry, name_key, position_names, shown_position
from graphkam.exchange.rows import Row, Table
from graphkam.exchange.sayings import Sayings
from graphkam.exchange.tenure import Holders, Post
from graphkam.model.organisation import Position
from graphkam.model.people import Person


@dataclass
class Posts:
    """Works through the positions.

    Parameters
    ----------
    desk
        The work on the file.
    people
        The people of the store and of the file.
    holders
        Who holds which position.
    sayings
        What is said of people.
    """

    desk: Desk
    people: People
    holders: Holders
    sayings: Sayings

    def register_known(self) -> None:
        """Make all known positions findable."""
        for position in self.desk.known.of(Position):
            holding = self.holders.current(position.id)
            person_id = holding.person_id if holding else None
            self._register(position.id, position.account_id, position.title, position.unit_id, person_id)

    def assemble(self) -> None:
        """Work through the sheet of positions."""
        table = self.desk.tables.get("positions")
        if table is None:
            return
        posts = self._posts(table)
        for post in posts:
            if post.has_name and not post.row.operation:
                holder = post.holder.person_id if post.holder else None
                strip(self.desk, table, post, self.sayings.current)
                post.person_id = self.people.identify(table, post.row, post.account_id, holder)
                if holder is not None and post.person_id not in {None, holder}:
                    self.desk.heirs.setdefault(post.person_id or "", set()).add(holder)
        for post in posts:
            held_by = post.person_id or (post.holder.person_id if post.holder and not post.empties else None)
            self._register(post.position_id, post.account_id, post.title, post.unit_id, held_by)
        for post in posts:
            self._put(table, post)

    def _posts(self, table: Table) -> list[Post]:
        """Find out which position each row is about."""
        seen: dict[str, Row] = {}
        posts: dict[int, Post] = {}
        for index, row in enumerate(table.rows):
            account_id = self.desk.account_id(table, row)
            if not self.desk.check_id(table, seen, row) or account_id is None:
                continue
            unit = row.values.get("unit")
            unit_id = self.desk.refer(table, row, "unit", account_id) if isinstance(unit, str) else None
            post = Post(row, account_id, unit_id, _said(row, "title"))
            post.base = self.desk.known.get(Position, _said(row, "id"))
            posts[index] = post
        self._match(table, {i: p for i, p in posts.items() if not _said(p.row, "id")}, posts)
        for post in posts.values():
            post.title = post.title or (post.base.title if post.base else "")
            post.unit_id = post.unit_id or (post.base.unit_id if post.base else None)
            post.position_id = (
                post.base.id if post.base else self.desk.new_id(table, post.row, Position, vars(post))
            )
            post.holder = self.holders.current(post.position_id)
        return list(posts.values())

    def _match(self, table: Table, without: dict[int, Post], posts: dict[int, Post]) -> None:
        """Find the known positions of rows without an id: by unit, title and holder, then by less."""
        taken = {post.base.id for post in posts.values() if post.base}
        left = [position for position in self.desk.known.of(Position) if position.id not in taken]
        found = matched(
            {i: p for i, p in without.items() if p.title},
            left,
            [
                (lambda p: self._row_key(p, "unit", "name"), lambda r: self._known_key(r, "unit", "name")),
                (lambda p: self._row_key(p, "unit"), lambda r: self._known_key(r, "unit")),
                (
                    lambda p: None if p.unit_id else self._row_key(p, "name"),
                    lambda r: self._known_key(r, "name"),
                ),
                (lambda p: None if p.unit_id else self._row_key(p), self._known_key),
            ],
        )
        used = {position.id for position in found.values()}
        rivals: dict[Hashable, list[str]] = {}
        for position in left:
            if position.id not in used:
                rivals.setdefault(self._known_key(position, "unit"), []).append(position.id)
        for index, post in without.items():
            known = found.get(index)
            if isinstance(known, Position):
                post.base = known
            elif post.title and (others := rivals.get(self._row_key(post, "unit"))):
                self.desk.fault("ambiguous_position", table, post.row, "title", candidates=tuple(others[:8]))

    @staticmethod
    def _row_key(post: Post, *parts: str) -> Hashable:
        key: dict[str, Any] = {"unit": post.unit_id, "name": post.name}
        return (post.account_id, name_key(post.title), *(key[part] for part in parts))

    def _known_key(self, position: Position, *parts: str) -> Hashable:
        holding = self.holders.current(position.id)
        name = name_key(self.people.name(holding.person_id)) if holding else None
        key: dict[str, Any] = {"unit": position.unit_id, "name": name}
        return (position.account_id, name_key(position.title), *(key[part] for part in parts))

    def _register(
        self, position_id: str, account_id: str, title: str, unit_id: str | None, person_id: str | None
    ) -> None:
        """Make a position findable by title, unit and holder; and its holder by the position."""
        names = self.desk.names
        unit = names.get("units", unit_id or "")
        called = position_names(title, unit.names if unit else ()) if title else ()
        shown = shown_position(title, unit.names[0] if unit else None)
        person = names.get(HOLDERS, person_id) if person_id else None
        held_by = person.names if person else ()
        names.add("positions", Entry(position_id, account_id, shown, names=called, holder=held_by))
        holder = person or Entry(position_id, account_id, shown, is_vacant=True)
        names.alias(HOLDERS, position_id, holder, called)

    def _put(self, table: Table, post: Post) -> None:
        """Want the position of a row, its holder, and what is said of him or her."""
        row = post.row
        if row.operation == "delete":
            self._delete(table, post)
            return
        if post.base is not None and post.base.account_id != post.account_id:
            self.desk.fault("id_of_other_account", table, row, "id")
            return
        fields = self.desk.said(table, row, Position, post.account_id)
        fields |= {"account_id": post.account_id}
        fields |= self.holders.occupancy(table, post)
        if row.operation == "end" and not end(self.desk, table, row, Position, fields):
            return
        made = self.desk.put(table, row, Position, fields, base=post.base, record_id=post.position_id)
        if made is None:
            return
        if row.operation == "end":
            self.holders.leave(table, post, made.until or self.desk.today.isoformat(), is_last_day=True)
            return
        self.holders.settle(table, post)
        person_id = post.person_id or self._spoken_of(table, post)
        if person_id is not None:
            self.people.put(table, row, post.account_id, person_id)
            self.sayings.put(table, row, post.account_id, person_id)

    def _spoken_of(self, table: Table, post: Post) -> str | None:
        """Give whom a row without a name speaks of: the known holder; a fault if there is none."""
        personal = [
            key
            for key, column in _personal(table)
            if key in post.row.values and not _says_nothing(post.row, key)
        ]
        if post.has_name or post.empties or post.holder is None:
            if personal and not post.has_name:
                code = "stance_on_vacant" if "stance" in personal else "person_without_name"
                self.desk.fault(code, table, post.row, "stance" if "stance" in personal else personal[0])
            return None
        return post.holder.person_id if personal else None

    def _delete(self, table: Table, post: Post) -> None:
        if post.base is None:
            self.desk.fault("nothing_to_delete", table, post.row, "operation")
            return
        self.desk.remove(post.base)
        self.desk.places[Position, post.base.id] = (table, post.row)


def _personal(table: Table) -> list[tuple[str, Any]]:
    """Give the columns that speak of the holder rather than of the position."""
    columns = [(key, table.column(key)) for key in table.fields]
    return [
        (k, c)
        for k, c in columns
        if c.record in {Person.__name__, "Assessment"} and k not in {"last_name", "first_name"}
    ]


def _says_nothing(row: Row, key: str) -> bool:
    """Tell whether a cell says nothing of a person: ``?`` as a stance, ``no`` as restricted."""
    return row.values[key] in {"?", False} or not isinstance(row.values[key], (str, bool))


def _said(row: Row, key: str) -> str:
    value = row.values.get(key)
    return value if isinstance(value, str) else ""
