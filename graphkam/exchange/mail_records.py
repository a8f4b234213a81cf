"""The pairs of a mail log as records, put over those that are known.

What came from a log is updated by a longer one. What somebody wrote by hand since stays; days of
messages are added to it all the same, and where the log would say otherwise that is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from graphkam.exchange.mail_log import Log, Pair, Writer
from graphkam.exchange.mail_owners import proposed
from graphkam.exchange.mail_tally import Tally
from graphkam.exchange.references import name_key
from graphkam.model.base import Entity, fold
from graphkam.model.ids import slug
from graphkam.model.organisation import UNKNOWN_TITLE, Account, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.model.vocabulary import ContactKind, UnitKind

MARK = " (mail log)"
"""Ends the origin of a record that nobody has touched since it came from a log."""
ROLE = "mail"
_LONGEST_ID = 150

E = TypeVar("E", bound=Entity)


def is_from_log(record: Entity) -> bool:
    """Tell whether a record came from a mail log and nobody has touched it since."""
    return record.origin.endswith(MARK)


class Maker:
    """Makes records of a mail log.

    Parameters
    ----------
    known
        All that the store holds.
    as_of
        The day for which owner and backup are proposed.
    tally
        Where is told what stays as it is known; names the file.
    """

    def __init__(self, known: RecordSet, as_of: date, tally: Tally) -> None:
        self.known = known
        self.made: dict[tuple[type[Entity], str], Entity] = {}
        self._as_of = as_of
        self._tally = tally
        self._origin = f"{tally.file}{MARK}"
        self._accounts = {fold(account.name): account.id for account in known.of(Account)}
        self._members = _by_email(known.of(TeamMember))
        self._people = _by_email(known.of(Person))
        self._ties: dict[str, list[ContactTie]] = {}
        self._newest: dict[str, date] = {}
        for tie in known.of(ContactTie):
            self._ties.setdefault(tie.person_id, []).append(tie)
            for day in (*tie.days_out[-1:], *tie.days_in[-1:]):
                for end in (tie.member_id, tie.person_id):
                    self._newest[end] = max(day, self._newest.get(end, day))
        self._roots: dict[str, str] = {}
        for unit in sorted(known.of(OrgUnit), key=lambda u: (u.kind is not UnitKind.GROUP, u.id)):
            if unit.parent_id is None:
                self._roots.setdefault(unit.account_id, unit.id)
        self._mandates: dict[tuple[str, str], Mandate] = {}
        for mandate in known.of(Mandate):
            self._mandates.setdefault((mandate.member_id, mandate.account_id), mandate)

    def known_person(self, address: str) -> Person | None:
        """Give the known person of an address; None if there is none, or several have it."""
        found = self._people.get(address, ())
        return self.known.get(Person, as_id(address)) or (found[0] if len(found) == 1 else None)

    def last_known(self, address: str) -> date | None:
        """Give the newest day with a message that is known of a person."""
        person = self.known_person(address)
        return self._newest.get(person.id) if person else None

    def put(self, log: Log, account_of: Mapping[str, str]) -> None:
        """Make the records of a log.

        Parameters
        ----------
        log
            The log.
        account_of
            The name of the account of each person that is taken, by address.
        """
        accounts = {name: self._account(name) for name in sorted(set(account_of.values()))}
        people = {a: self._person(log.people[a], accounts[name]) for a, name in sorted(account_of.items())}
        pairs = {pair: days for pair, days in sorted(log.pairs.items()) if pair[1] in people}
        members = {a: self._member(log.members[a]) for a in sorted({member for member, _ in pairs})}
        since: dict[tuple[str, str], date] = {}
        by_person: dict[str, list[tuple[str, Pair]]] = {}
        for (ours, theirs), days in pairs.items():
            member, person = members[ours], people[theirs]
            mandate = (member.id, person.account_id)
            first = min(days.out | days.back)
            since[mandate] = min(first, since.get(mandate, first))
            by_person.setdefault(person.id, []).append((member.id, days))
        for (member_id, account_id), day in sorted(since.items()):
            self._mandate(member_id, account_id, day)
        names = {member.id: member.name for member in members.values()}
        names |= {m.id: m.name for m in self.known.of(TeamMember) if m.id not in names}
        by_id = {person.id: person for person in people.values()}
        for person_id, met in by_person.items():
            self._contacts(by_id[person_id], met, names)

    def _settle(self, kind: type[E], record_id: str, fields: Mapping[str, Any]) -> E:
        """Put a record in; leave the known one if it says the same, or was touched by hand."""
        known = self.known.get(kind, record_id)
        if known is None:
            record = kind(id=record_id, origin=self._origin, **fields)
        elif not is_from_log(known) or all(getattr(known, f) == value for f, value in fields.items()):
            return known
        else:
            record = known.model_copy(update={**fields, "origin": self._origin})
        self.made[kind, record_id] = record
        return record

    def _account(self, name: str) -> str:
        """Give the id of the account of a name, made if it is new."""
        found = name if self.known.get(Account, name) else self._accounts.get(fold(name))
        account_id = found or self._new_account_id(name)
        if found is None:
            self._accounts[fold(name)] = account_id
            self._settle(Account, account_id, {"name": name})
        if account_id not in self._roots:
            fields = {"account_id": account_id, "name": name, "kind": UnitKind.GROUP}
            self._roots[account_id] = self._settle(OrgUnit, f"{account_id}~group", fields).id
        return account_id

    def _new_account_id(self, name: str) -> str:
        """Give a new id: a domain is its own; of two names with the same short form one gets a hash."""
        wanted = short(name) if "." in name and " " not in name else slug(name)
        is_taken = self.known.get(Account, wanted) is not None or (Account, wanted) in self.made
        return f"{wanted}~{_hash(name)}" if is_taken else wanted

    def _person(self, writer: Writer, account_id: str) -> Person:
        """Give the person of an address; a new one gets a position of which nothing is known."""
        person = self.known_person(writer.address)
        fields: dict[str, Any] = {"last_name": self._name(writer, person)}
        if person is not None:
            if is_from_log(person):
                self._move_back(person, writer.first)
            return self._settle(Person, person.id, fields)
        person_id, since = as_id(writer.address), writer.first.isoformat()
        own = {"account_id": account_id}
        seat = {"title": UNKNOWN_TITLE, "unit_id": self._roots[account_id], "since": since}
        self._settle(Position, f"{person_id}~seat", own | seat)
        held = {"person_id": person_id, "position_id": f"{person_id}~seat", "since": since}
        self._settle(Holding, f"{person_id}~holds", own | held)
        return self._settle(Person, person_id, own | fields | {"email": writer.address})

    def _move_back(self, person: Person, first: date) -> None:
        """Let what is known of a person begin earlier, if a longer log says so."""
        for kind, record_id in ((Position, f"{person.id}~seat"), (Holding, f"{person.id}~holds")):
            record = self.known.get(kind, record_id)
            if isinstance(record, (Position, Holding)) and record.since and record.since > first.isoformat():
                self._settle(kind, record_id, {"since": first.isoformat()})

    def _member(self, writer: Writer) -> TeamMember:
        found = self._members.get(writer.address, ())
        member = found[0] if found else self.known.get(TeamMember, as_id(writer.address))
        fields = {"last_name": self._name(writer, member)}
        if member is not None:
            return self._settle(TeamMember, member.id, fields)
        return self._settle(TeamMember, as_id(writer.address), fields | {"email": writer.address})

    def _name(self, writer: Writer, known: Person | TeamMember | None) -> str:
        """Give the newest name; what is known stays where it is newer, or was written by hand."""
        local = writer.address.partition("@")[0]
        if known is None:
            return writer.named[1] if writer.named else local
        if writer.named is None or _is_same(writer.named[1], known.name):
            return known.last_name
        if not is_from_log(known):
            self._tally.warn("mail_kept_name", 0, writer.named[1], kept=known.name)
            return known.last_name
        newest = self._newest.get(known.id)
        is_older = newest is not None and writer.named[0].date() < newest
        return known.last_name if is_older and known.last_name != local else writer.named[1]

    def _mandate(self, member_id: str, account_id: str, first: date) -> None:
        known = self._mandates.get((member_id, account_id))
        since = first.isoformat()
        if known is None:
            fields = {"member_id": member_id, "account_id": account_id, "role": ROLE, "since": since}
            self._settle(Mandate, short(f"{member_id}~on~{account_id}"), fields)
        elif known.since and known.since > since:
            self._settle(Mandate, known.id, {"since": since})

    def _contacts(self, person: Person, met: Sequence[tuple[str, Pair]], names: Mapping[str, str]) -> None:
        """Make the ties of one person, with the owner and the backup that the log proposes."""
        ties = {tie.member_id: tie for tie in self._ties.get(person.id, ())}
        for member_id, days in met:
            ties[member_id] = self._tie(ties.get(member_id), member_id, person, days)
        by_hand = {tie.member_id for tie in ties.values() if not is_from_log(tie)}
        owner = next(
            (t for t in ties.values() if t.kind is ContactKind.OWNER and t.member_id in by_hand), None
        )
        kinds, strongest = proposed(tuple(ties.values()), by_hand, self._as_of, names)
        if owner is not None and strongest not in {None, owner.member_id}:
            told = {"member": names[strongest or ""], "kept": names[owner.member_id]}
            self._tally.warn("mail_kept_owner", 0, person.name, **told)
        for member_id, tie in ties.items():
            known = self.known.get(ContactTie, tie.id)
            fields: dict[str, Any] = {"days_out": tie.days_out, "days_in": tie.days_in}
            if member_id not in by_hand:
                kind = kinds.get(member_id, ContactKind.CONTACT)
                fields |= {"kind": kind, "proposed": None if kind is ContactKind.CONTACT else True}
            tie = tie.model_copy(update=fields)  # noqa: PLW2901 - the same tie, completed
            if tie != known:
                self.made[ContactTie, tie.id] = tie

    def _tie(self, known: ContactTie | None, member_id: str, person: Person, days: Pair) -> ContactTie:
        if known is not None:
            out, back = days.out | set(known.days_out), days.back | set(known.days_in)
            if len(out) == len(known.days_out) and len(back) == len(known.days_in):
                return known
            update = {"days_out": tuple(sorted(out)), "days_in": tuple(sorted(back))}
            return known.model_copy(update=update | ({"origin": self._origin} if is_from_log(known) else {}))
        return ContactTie(
            id=short(f"{member_id}~{person.id}"),
            account_id=person.account_id,
            member_id=member_id,
            person_id=person.id,
            kind=ContactKind.CONTACT,
            days_out=tuple(sorted(days.out)),
            days_in=tuple(sorted(days.back)),
            origin=self._origin,
        )


def as_id(address: str) -> str:
    """Give the id of whoever has an address: always the same, and no other's."""
    local, _, domain = address.rpartition("@")
    return short(f"{local.replace('%', '%25').replace('~', '%7E')}~{domain}")


def short(text: str) -> str:
    """Give an id that is not too long: a very long one ends in a hash."""
    return text if len(text) <= _LONGEST_ID else f"{text[: _LONGEST_ID - 17]}~{_hash(text)}"


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


P = TypeVar("P", Person, TeamMember)


def _by_email(records: Iterable[P]) -> dict[str, list[P]]:
    found: dict[str, list[P]] = {}
    for record in records:
        for address in record.addresses:
            found.setdefault(address.casefold(), []).append(record)
    return found


def _is_same(name: str, other: str) -> bool:
    return sorted(name_key(name).split()) == sorted(name_key(other).split())
