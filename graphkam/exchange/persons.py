"""Who a row of the positions means: the same person in two posts is one, two namesakes are two."""

from __future__ import annotations

from typing import Any

from graphkam.exchange.codes import read_phone
from graphkam.exchange.desk import Desk
from graphkam.exchange.hearing import columns_of
from graphkam.exchange.problems import CellFault
from graphkam.exchange.references import HOLDERS, Entry, name_key, orders
from graphkam.exchange.rows import Row, Table
from graphkam.model.duplicates import is_short_for
from graphkam.model.organisation import Account, OrgUnit
from graphkam.model.people import Person

MENDED = 85
"""Likeness (0 to 100) from which another name is taken for the same, better spelt."""


class People:
    """The people of the store and of the file, found by e-mail and by name.

    Parameters
    ----------
    desk
        The work on the file.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._by_email: dict[tuple[str, str], str] = {}
        self._by_name: dict[tuple[str, str], list[str]] = {}
        self._emails: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._told: dict[str, dict[str, tuple[Any, str]]] = {}
        self._first: dict[str, str] = {}
        for person in desk.known.of(Person):
            self.register(person.id, person.account_id, person.first_name, person.last_name, person.email)
            for address in person.other_emails:
                self._by_email.setdefault((person.account_id, address), person.id)

    def register(
        self, person_id: str, account_id: str, first_name: str | None, last_name: str, email: str | None
    ) -> None:
        """Make a person findable."""
        names = orders(first_name, last_name)
        key = (account_id, name_key(names[0]))
        self._names[person_id] = names[0]
        if person_id not in self._by_name.setdefault(key, []):
            self._by_name[key].append(person_id)
        if email:
            self._by_email[account_id, email] = person_id
            self._emails[person_id] = email
        entry = Entry(person_id, account_id, names[0], names=(*names, email) if email else names)
        for kind in ("people", HOLDERS):
            self.desk.names.add(kind, entry)

    def _also_called(self, person_id: str, account_id: str, names: tuple[str, ...]) -> None:
        """Make a person findable by what a row calls him or her."""
        entry = Entry(person_id, account_id, self._names[person_id])
        for kind in ("people", HOLDERS):
            self.desk.names.also(kind, entry, names)

    def name(self, person_id: str) -> str:
        """Give a person's name."""
        return self._names[person_id]

    def identify(self, table: Table, row: Row, account_id: str, holder_id: str | None) -> str | None:
        """Give the id of the person whom a row names; None, and a fault, if it cannot be told.

        Parameters
        ----------
        table, row
            Where the name stands.
        account_id
            The account.
        holder_id
            Who is known to hold the position of the row.
        """
        last, first, email = (_text(row, key) for key in ("last_name", "first_name", "email"))
        if last is None:
            if "last_name" not in row.faulty:
                self.desk.fault("required", table, row, "last_name")
            return None
        if (meant := self.desk.meant.get((table.key, row.number))) is not None:
            self._also_called(meant, account_id, orders(first, last))
            return meant
        found = self._shown(row, account_id)
        if found is None and email is not None:
            found = self._by_email.get((account_id, email))
            if found is not None and self._is_another_known(table, row, account_id, found):
                return None
        if found is None:
            found = self._by_full_name(table, row, account_id, holder_id)
        if found == "":
            return None
        if found is None and holder_id is not None and self._is_mended(row, holder_id):
            found = holder_id
        if found is None:
            found = self.desk.ids.new(Person, {"account_id": account_id})
        self._say_same(table, row, found)
        self.register(found, account_id, first, last, email or self._emails.get(found))
        return found

    def _shown(self, row: Row, account_id: str) -> str | None:
        """Give the person whom an export showed in the row, if the row still names him or her."""
        shown, _ = row.shown.get("Person", ("", 0))
        name = name_key(orders(_text(row, "first_name"), row.values["last_name"])[0])
        person = self.desk.known.get(Person, shown)
        if person is not None:
            is_named = person.account_id == account_id and name == name_key(person.name)
            return person.id if is_named else None
        # Of another store: there the person had this id, unless this store knows somebody of that name.
        namesakes = self._by_name.get((account_id, name), [])
        is_known = any(self.desk.known.get(Person, namesake) for namesake in namesakes)
        is_taken = name_key(self._names.get(shown, name)) != name
        return None if is_known or is_taken else shown or None

    def _is_another_known(self, table: Table, row: Row, account_id: str, found: str) -> bool:
        """Tell whether a row names one known person and gives the address of another; that is a fault."""
        name = orders(_text(row, "first_name"), str(row.values["last_name"]))[0]
        namesakes = self._by_name.get((account_id, name_key(name)), [])
        if not namesakes or found in namesakes:
            return False
        self.desk.fault("email_of_another", table, row, "email", person=name, other=self._names[found])
        return True

    def _by_full_name(self, table: Table, row: Row, account_id: str, holder_id: str | None) -> str | None:
        """Give who has the name; None if nobody has, "" if several have."""
        email = _text(row, "email")
        name = orders(_text(row, "first_name"), str(row.values["last_name"]))[0]
        namesakes = self._by_name.get((account_id, name_key(name)), [])
        if holder_id in namesakes:
            return holder_id
        fitting = [p for p in namesakes if not email or self._emails.get(p, email) == email]
        if len(fitting) > 1:
            shown = tuple(f"{self._names[p]} ({self._emails.get(p, p)})" for p in fitting)
            self.desk.fault("ambiguous_person", table, row, "last_name", candidates=shown, person=name)
            return ""
        if not fitting and namesakes:
            other = self._emails.get(namesakes[0], "")
            self.desk.warn("namesake", table, row, "last_name", person=name, email=str(email), other=other)
        return fitting[0] if fitting else None

    def called(self, row: Row, account_id: str) -> str | None:
        """Give the one person whom a row names, without saying anything."""
        email = _text(row, "email")
        if email and (account_id, email) in self._by_email:
            return self._by_email[account_id, email]
        last = _text(row, "last_name")
        names = orders(_text(row, "first_name"), last) if last else ("",)
        found = self._by_name.get((account_id, name_key(names[0])), [])
        return found[0] if len(found) == 1 else None

    def _is_mended(self, row: Row, holder_id: str) -> bool:
        """Tell whether a row names the holder, better spelt or by the last name alone."""
        known = self.desk.known.get(Person, holder_id)
        return known is not None and is_mended(_text(row, "first_name"), str(row.values["last_name"]), known)

    def _say_same(self, table: Table, row: Row, person_id: str) -> None:
        cell = table.place(row, "last_name").cell
        if person_id not in self._first:
            self._first[person_id] = cell
        elif self.desk.known.get(Person, person_id) is None and not self._is_sure(row, person_id):
            other = self._first[person_id]
            self.desk.warn("same_person", table, row, "last_name", person=self._names[person_id], other=other)

    def _is_sure(self, row: Row, person_id: str) -> bool:
        """Tell whether the e-mail address says who it is."""
        email = _text(row, "email")
        return email is not None and email == self._emails.get(person_id)

    def put(self, table: Table, row: Row, account_id: str, person_id: str) -> None:
        """Want what a row says of a person; two rows must not contradict each other."""
        fields = self.desk.said(table, row, Person, account_id) | {"account_id": account_id}
        told = self._told.setdefault(person_id, {})
        is_first = not told
        self._read_phone(table, row, fields)
        for key, column in columns_of(table.key, Person).items():
            if column.field not in fields:
                continue
            value, cell = told.setdefault(column.field, (fields[column.field], table.place(row, key).cell))
            if value != fields[column.field]:
                if column.field in {"last_name", "first_name"}:
                    del fields[column.field]  # the same name, written in another way
                else:
                    self.desk.fault(
                        "contradiction", table, row, key, person=self._names[person_id], other=cell
                    )
        base = self.desk.now(Person, person_id)
        if base is not None:
            self._keep_spelling(table, row, base, fields)
            if fields.get("email") in base.other_emails and ("Person", base.id) not in row.shows:
                del fields["email"]  # known already, beside the one that is used
        self.desk.put(table, row, Person, fields, base=base, record_id=person_id, clears=is_first)

    def _keep_spelling(self, table: Table, row: Row, known: Person, fields: dict[str, Any]) -> None:
        """Leave a name as it is known where the row only says it shorter, in capitals or without accents."""
        if row.values.get("id") == known.id or ("Person", known.id) in row.shows:
            return
        said = known.model_copy(update={k: v for k, v in fields.items() if k in {"last_name", "first_name"}})
        if (table.key, row.number) in self.desk.meant or _is_poorer(said, known):
            for name in ("last_name", "first_name"):
                fields.pop(name, None)
            self.desk.warn("read_as", table, row, "last_name", said=said.name, person=known.name, id=known.id)

    def _read_phone(self, table: Table, row: Row, fields: dict[str, Any]) -> None:
        if not isinstance(fields.get("phone"), str):
            return
        account = self.desk.now(Account, fields["account_id"])
        country = account.country if account else None
        if isinstance(unit := row.values.get("unit"), str):
            try:
                found = self.desk.names.resolve(("units",), unit, fields["account_id"])
            except CellFault:
                found = ""
            at = self.desk.now(OrgUnit, found)
            country = (at.country if at else None) or country
        try:
            fields["phone"] = read_phone(fields["phone"], country)
        except CellFault as fault:
            self.desk.faults.add(fault, table.place(row, "phone"), fields.pop("phone"))


def is_mended(first: str | None, last: str, known: Person) -> bool:
    """Tell whether a name is that of a holder, better spelt or by the last name alone."""
    from rapidfuzz import fuzz

    if first is None and name_key(last) == name_key(known.last_name):
        return True
    name = name_key(orders(first, last)[0])
    return fuzz.token_sort_ratio(name, name_key(known.name)) >= MENDED


def _is_poorer(said: Person, known: Person) -> bool:
    """Tell whether a name is another, abbreviated, without its accents or without its small letters."""
    if is_short_for(said.name, known.name):
        return True
    if said.name == known.name or name_key(said.name) != name_key(known.name):
        return False
    parts = [(said.last_name, known.last_name), (said.first_name or "", known.first_name or "")]
    return any(_is_plainer(s, k) for s, k in parts) and not any(_is_plainer(k, s) for s, k in parts)


def _is_plainer(one: str, other: str) -> bool:
    """Tell whether a name has lost accents, or is in capitals where the other is not."""
    plain, kept = (sum(not c.isascii() for c in name) for name in (one, other))
    return plain < kept or (plain == kept and one.isupper() and not other.isupper())


def _text(row: Row, key: str) -> str | None:
    value = row.values.get(key)
    return value if isinstance(value, str) else None
