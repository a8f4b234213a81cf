"""Rows of who knows whom: each is a dated statement, and earlier statements are kept."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphkam.exchange.cells import CLEAR
from graphkam.exchange.desk import Desk
from graphkam.exchange.inheritance import of_the_one_before
from graphkam.exchange.rows import Row, Table
from graphkam.model.people import Person
from graphkam.model.ties import ContactTie, Statement
from graphkam.model.vocabulary import ContactKind


class Contacts:
    """Works through the contact ties.

    Parameters
    ----------
    desk
        The work on the file.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._known = {(tie.member_id, tie.person_id): tie for tie in desk.known.of(ContactTie)}

    def assemble(self) -> None:
        """Work through the sheet of who knows whom."""
        table = self.desk.tables.get("knows")
        if table is None:
            return
        pairs: dict[tuple[str, str], list[tuple[Row, dict[str, Any]]]] = {}
        for row in table.rows:
            account_id = self.desk.account_id(table, row)
            fields = self.desk.said(table, row, ContactTie, account_id)
            fields = of_the_one_before(self.desk, table, row, ContactTie, fields)
            if "member_id" in fields and "person_id" in fields:
                pairs.setdefault((fields["member_id"], fields["person_id"]), []).append((row, fields))
            else:
                self._say_missing(table, row)
        for pair, rows in pairs.items():
            self._put(table, pair, rows)

    def _say_missing(self, table: Table, row: Row) -> None:
        for key in ("member", "position"):
            if key not in row.values and key not in row.faulty:
                self.desk.fault("required", table, row, key)

    def _put(self, table: Table, pair: tuple[str, str], rows: list[tuple[Row, dict[str, Any]]]) -> None:
        """Want one tie: the newest row is current, older rows of the same two are its past."""
        person = self.desk.now(Person, pair[1])
        known = self._known.get(pair)
        if person is None and known is None:
            return  # the person has faults of his or her own
        rows = sorted(rows, key=lambda item: self._stated(item[1]) or self.desk.today)
        row, fields = rows[-1]
        if row.operation:
            self._operate(table, row, known)
            return
        for earlier, said in rows[:-1]:
            if not self._is_compatible(table, row, fields, earlier, said):
                return
        account_id = person.account_id if person is not None else known.account_id  # type: ignore[union-attr]
        fields |= {"account_id": account_id}
        older = [s for _, said in rows[:-1] if (s := self._statement(said)) is not None]
        fields |= self._history(fields, known, older)
        record_id = known.id if known else self.desk.made_id(row, ContactTie, fields)
        self.desk.put(table, row, ContactTie, fields, base=known, record_id=record_id)

    def _operate(self, table: Table, row: Row, known: ContactTie | None) -> None:
        if row.operation == "end":
            self.desk.fault("cannot_end", table, row, "operation")
        elif known is None:
            self.desk.fault("nothing_to_delete", table, row, "operation")
        else:
            self.desk.remove(known)
            self.desk.places[ContactTie, known.id] = (table, row)

    def _is_compatible(
        self, table: Table, row: Row, fields: dict[str, Any], earlier: Row, said: dict[str, Any]
    ) -> bool:
        """Tell whether two rows about the same two people can both be right."""
        other = table.place(earlier, "kind").cell
        kinds = {fields.get("kind", said.get("kind")), said.get("kind", fields.get("kind"))}
        if kinds == {ContactKind.OWNER, ContactKind.BACKUP}:
            self.desk.fault("owner_is_backup", table, row, "kind", other=other)
            return False
        is_same_day = self._stated(fields) == self._stated(said)
        if len(kinds) > 1 or (is_same_day and fields.get("level") != said.get("level")):
            self.desk.fault(
                "duplicate_row", table, row, "position", other=table.place(earlier, "position").cell
            )
            return False
        self.desk.warn("same_tie", table, row, "position", other=table.place(earlier, "position").cell)
        return True

    @staticmethod
    def _stated(fields: dict[str, Any]) -> date | None:
        for name in ("stated_on", "last_contact"):
            if isinstance(fields.get(name), date):
                return fields[name]  # type: ignore[no-any-return]
        return None

    def _statement(self, fields: dict[str, Any]) -> Statement | None:
        level, last = (_plain(fields.get(name)) for name in ("level", "last_contact"))
        on = self._stated(fields) or self.desk.today
        return Statement(on, level, last) if level is not None or last is not None else None

    def _history(
        self, fields: dict[str, Any], known: ContactTie | None, older: list[Statement]
    ) -> dict[str, Any]:
        """Give the day of the newest statement and the statements before it."""
        past = {Statement.parse(text) for text in _plain(fields.get("past")) or (known.past if known else ())}
        past |= set(older)
        level = _plain(fields.get("level", known.level if known else None))
        last = _plain(fields.get("last_contact", known.last_contact if known else None))
        stated = _plain(fields.get("stated_on"))
        if known is None or known.stated_on is None:
            is_stated = level is not None or (last is not None and not (known and known.has_mail))
            on = stated or (self._stated(fields) or self.desk.today if is_stated else None)
        elif (level, last) == (known.level, known.last_contact):
            on = stated or known.stated_on
            if on > known.stated_on:  # said again: it was so before, too
                past.add(Statement(known.stated_on, known.level, known.last_contact))
        else:
            is_untouched = stated is None or (self.desk.is_exported and stated == known.stated_on)
            on = self._restated(last, known) if is_untouched else stated
            if on != known.stated_on:
                past.add(Statement(known.stated_on, known.level, known.last_contact))
        if on is not None:
            past.discard(Statement(on, level, last))
        history = tuple(str(s) for s in sorted(past, key=lambda s: (s.on, str(s))))
        return {"stated_on": on, "past": history}

    def _restated(self, last: date | None, known: ContactTie) -> date:
        """Give the day of a statement that differs from the known one and does not tell its own."""
        is_newer = last is not None and known.stated_on is not None and last > known.stated_on
        return last if last is not None and is_newer else self.desk.today


def _plain(value: Any) -> Any:
    return None if value is CLEAR else value
