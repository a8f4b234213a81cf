"""A mail log made into accounts by domain, people, our members and dated contact ties.

The rule is written in the design (inputs.md, "The mail log"): a message counts once per pair of one
of ours and one outside person, in the direction it went. All days are kept, whatever the day of the
import, so that any day can be recomputed.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from graphkam.exchange.mail_addresses import Address, addresses, free_mail_domains, is_role
from graphkam.exchange.mail_sources import messages
from graphkam.exchange.problems import Faults
from graphkam.model.base import Entity, Frozen, Problem, fold
from graphkam.model.contact_level import last_contact_on, level_on
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.model.vocabulary import ContactKind, UnitKind

HALF_LIFE = 180.0
"""Days; of the strength by which owner and backup are proposed (design: analyses.md)."""
MARK = "(mail log)"
"""Ends the origin of a record that nobody touched since it came from a log."""
UNKNOWN_TITLE = "?"
ROLE = "mail"
_LONGEST_ID = 150

Progress = Callable[[int, int], None]
E = TypeVar("E", bound=Entity)


class MailLog:
    """What a log says.

    Attributes
    ----------
    file, sha256
        The file.
    records
        Everything known, with what the log says put in.
    counts
        Messages read, kept and dropped by reason; accounts, people, members and ties.
    warnings
        What is to be said.
    """

    def __init__(
        self,
        file: str,
        sha256: str,
        records: RecordSet,
        counts: Mapping[str, int],
        warnings: Sequence[Problem],
    ) -> None:
        self.file = file
        self.sha256 = sha256
        self.records = records
        self.counts = dict(counts)
        self.warnings = tuple(warnings)


@dataclass
class _Pair:
    """The days of one of ours and one outside person."""

    out: set[date] = field(default_factory=set)
    into: set[date] = field(default_factory=set)


@dataclass
class _Heard:
    """What was heard in a log."""

    pairs: dict[tuple[str, str], _Pair] = field(default_factory=dict)
    names: dict[str, tuple[date, str]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


class Rules(Frozen):
    """What is taken of a log."""

    team_domains: tuple[str, ...]
    accounts_map: Mapping[str, str] = {}
    keep_free_mail: bool = False
    min_people: int = 1
    active_within: int | None = None
    roles: tuple[str, ...] = ()


def read_mail(  # noqa: PLR0913 - each is an option of the command
    path: Path,
    *,
    team_domains: Sequence[str],
    known: RecordSet,
    as_of: date,
    accounts_map: Mapping[str, str] | None = None,
    keep_free_mail: bool = False,
    min_people: int = 1,
    active_within: int | None = None,
    progress: Progress | None = None,
) -> MailLog:
    """Read a mail log.

    Parameters
    ----------
    path
        CSV with the columns ``at``, ``sender``, ``recipient``, plain or gzip, or an mbox.
    team_domains
        Our mail domains.
    known
        All that the store holds.
    as_of
        The day for which owner and backup are proposed.
    accounts_map
        Which domains are which account, by domain.
    keep_free_mail
        Whether free-mail providers are accounts too.
    min_people
        Domains with fewer people are skipped.
    active_within
        People silent for longer than so many days are left out.
    progress
        Told how many bytes are read of how many.

    Raises
    ------
    ImportRejected
        If the file cannot be used.
    """
    rules = Rules(
        team_domains=tuple(domain.casefold().lstrip("@") for domain in team_domains),
        accounts_map=accounts_map or {},
        keep_free_mail=keep_free_mail,
        min_people=min_people,
        active_within=active_within,
    )
    faults = Faults(path.name)
    heard = _listen(path, rules, faults, progress)
    people = _people(heard, rules, as_of, faults)
    if not people:
        faults.error("mail_nobody", domains=rules.team_domains)
        faults.reject()
    for what in ("malformed", "role", "free_mail", "between_us", "not_ours"):
        if heard.counts.get(what):
            faults.warn(f"mail_dropped_{what}", count=heard.counts[what])
    made = _Made(known, f"{path.name} {MARK}", as_of, faults)
    made.put_all(heard, people)
    counts = heard.counts | {"people": len(people), "accounts": len(set(people.values()))}
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return MailLog(path.name, digest, known.merged(made.records), counts, faults.warnings())


def read_accounts_map(path: Path) -> dict[str, str]:
    """Read which domains are which account: CSV with the columns ``domain`` and ``account``.

    Raises
    ------
    ImportRejected
        If the file has no such columns, a row lacks one, or a domain has two accounts.
    """
    faults = Faults(path.name)
    found: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            rows = csv.DictReader(stream, delimiter=max(",;\t", key=head.count))
            if not {"domain", "account"} <= set(rows.fieldnames or ()):
                faults.error("mail_map_columns")
            for row in rows if not faults.has_errors else ():
                domain = (row["domain"] or "").strip().casefold().lstrip("@")
                account = (row["account"] or "").strip()
                if not domain or not account:
                    faults.error("mail_map_row", value=domain or account, line=rows.line_num)
                elif found.setdefault(domain, account) != account:
                    faults.error("mail_map_twice", value=domain, line=rows.line_num)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.error("mail_unreadable", why=str(error))
    faults.reject()
    return found


def _listen(path: Path, rules: Rules, faults: Faults, progress: Progress | None) -> _Heard:
    """Take the pairs and the names of a log."""
    heard = _Heard()
    ours, cache = frozenset(rules.team_domains), dict[str, tuple[Address | None, ...]]()
    for sent in messages(path, faults, progress):
        heard.count("messages")
        senders = _of(sent.sender, cache)
        for sender in senders:
            for text in sent.recipients:
                for recipient in _of(text, cache):
                    _take(heard, sent.on, sender, recipient, ours, rules)
    return heard


def _of(text: str, cache: dict[str, tuple[Address | None, ...]]) -> tuple[Address | None, ...]:
    found = cache.get(text)
    if found is None:
        found = cache[text] = tuple(addresses(text))
    return found


def _take(
    heard: _Heard,
    on: date,
    sender: Address | None,
    recipient: Address | None,
    ours: frozenset[str],
    rules: Rules,
) -> None:
    if sender is None or recipient is None:
        heard.count("malformed")
        return
    from_us, to_us = sender.domain in ours, recipient.domain in ours
    if from_us == to_us:
        heard.count("between_us" if from_us else "not_ours")
        return
    if is_role(sender.local, rules.roles) or is_role(recipient.local, rules.roles):
        heard.count("role")
        return
    member, person = (sender, recipient) if from_us else (recipient, sender)
    if _account_of(person.domain, rules) is None:
        heard.count("free_mail")
        return
    heard.count("kept")
    pair = heard.pairs.setdefault((member.address, person.address), _Pair())
    (pair.out if from_us else pair.into).add(on)
    for who in (sender, recipient):
        if who.name and on >= heard.names.get(who.address, (date.min, ""))[0]:
            heard.names[who.address] = (on, who.name)


def _account_of(domain: str, rules: Rules) -> str | None:
    """Give the account of a domain; None for free mail."""
    if (mapped := rules.accounts_map.get(domain)) is not None:
        return mapped
    return None if domain in free_mail_domains() and not rules.keep_free_mail else domain


def _people(heard: _Heard, rules: Rules, as_of: date, faults: Faults) -> dict[str, str]:
    """Give the account of each person that is taken, by address."""
    last: dict[str, date] = {}
    for (_, person), pair in heard.pairs.items():
        newest = max(pair.out | pair.into)
        last[person] = max(newest, last.get(person, newest))
    silent = timedelta(days=rules.active_within) if rules.active_within else None
    found: dict[str, str] = {}
    for person, newest in last.items():
        account = _account_of(person.rpartition("@")[2], rules)
        if account is not None and (silent is None or newest >= as_of - silent):
            found[person] = account
    if silent is not None and len(found) < len(last):
        faults.warn("mail_silent", count=len(last) - len(found), days=rules.active_within)
    sizes: dict[str, int] = {}
    for account in found.values():
        sizes[account] = sizes.get(account, 0) + 1
    return {person: account for person, account in found.items() if sizes[account] >= rules.min_people}


class _Made:
    """Records made of a log, over those that are known."""

    def __init__(self, known: RecordSet, origin: str, as_of: date, faults: Faults) -> None:
        self.records: list[Entity] = []
        self._known = known
        self._origin = origin
        self._as_of = as_of
        self._faults = faults
        self._accounts = {fold(a.name): a.id for a in known.of(Account)}
        self._members = {m.email.casefold(): m.id for m in known.of(TeamMember) if m.email}
        self._persons = {(p.account_id, p.email.casefold()): p.id for p in known.of(Person) if p.email}
        self._held = {h.person_id for h in known.of(Holding)}
        self._ties = {(t.member_id, t.person_id): t for t in known.of(ContactTie)}
        self._mandates = {(m.member_id, m.account_id): m for m in known.of(Mandate)}
        self._roots: dict[str, str] = {}
        for unit in known.of(OrgUnit):
            if unit.parent_id is None:
                self._roots.setdefault(unit.account_id, unit.id)

    def put_all(self, heard: _Heard, people: Mapping[str, str]) -> None:
        """Make everything, in a fixed order."""
        pairs = {pair: days for pair, days in sorted(heard.pairs.items()) if pair[1] in people}
        names = {address: name for address, (_, name) in heard.names.items()}
        first: dict[tuple[str, str], date] = {}
        for (member, person), days in pairs.items():
            began = min(days.out | days.into)
            for key in (("", person), (member, people[person])):
                first[key] = min(began, first.get(key, began))
        accounts = {name: self._account(name) for name in sorted(set(people.values()))}
        members = {m: self._member(m, names) for m in sorted({m for m, _ in pairs})}
        persons = {
            p: self._person(p, accounts[people[p]], names, first["", p])
            for p in sorted({p for _, p in pairs})
        }
        for (member, account), began in sorted(first.items()):
            if member:
                self._mandate(members[member], accounts[account], began)
        self._contacts(
            [(members[m], persons[p], accounts[people[p]], days) for (m, p), days in pairs.items()],
            {members[m]: names.get(m, m) for m in members},
        )

    def _put(self, record: Entity) -> None:
        """Put a record in, unless it is known and says the same."""
        self.records.append(record)

    def _account(self, name: str) -> str:
        if (found := self._accounts.get(fold(name))) is not None:
            if found not in self._roots:
                self._root(found, name)
            return found
        account = Account(id=_short(name), name=name, origin=self._origin)
        self._put(account)
        self._root(account.id, name)
        return account.id

    def _root(self, account_id: str, name: str) -> None:
        unit = OrgUnit(
            id=account_id, account_id=account_id, name=name, kind=UnitKind.GROUP, origin=self._origin
        )
        self._roots[account_id] = unit.id
        self._put(unit)

    def _member(self, address: str, names: Mapping[str, str]) -> str:
        name = names.get(address) or address.partition("@")[0]
        found = self._members.get(address)
        if found is None:
            self._put(TeamMember(id=_short(address), last_name=name, email=address, origin=self._origin))
            return _short(address)
        known = self._known.get(TeamMember, found)
        if known is not None and address in names:
            self._rename(known, name)
        return found

    def _person(self, address: str, account_id: str, names: Mapping[str, str], began: date) -> str:
        name = names.get(address) or address.partition("@")[0]
        found = self._persons.get((account_id, address))
        known = self._known.get(Person, found) if found else None
        if known is not None:
            if address in names:
                self._rename(known, name)
            self._since(Position, known.id, began)
            self._since(Holding, known.id, began)
            return known.id
        ident, since = _short(address), began.isoformat()
        common = {"id": ident, "account_id": account_id, "origin": self._origin}
        self._put(Person(last_name=name, email=address, **common))
        unit = self._roots[account_id]
        self._put(Position(title=UNKNOWN_TITLE, unit_id=unit, since=since, **common))
        self._put(Holding(person_id=ident, position_id=ident, since=since, **common))
        return ident

    def _rename(self, known: Person | TeamMember, name: str) -> None:
        """Take a newer display name, unless somebody wrote the name by hand."""
        if fold(known.name) == fold(name):
            return
        if known.origin.endswith(MARK):
            self._put(known.model_copy(update={"last_name": name, "first_name": None}))
        else:
            self._faults.warn("mail_kept_name", value=name, kept=known.name)

    def _since(self, kind: type[Position | Holding], ident: str, began: date) -> None:
        """Let a record of a log begin earlier if a longer log says so."""
        known = self._known.get(kind, ident)
        if known is not None and known.origin.endswith(MARK) and (known.since or "") > began.isoformat():
            self._put(known.model_copy(update={"since": began.isoformat()}))

    def _mandate(self, member_id: str, account_id: str, began: date) -> None:
        known = self._mandates.get((member_id, account_id))
        since = began.isoformat()
        if known is None:
            ident = _short(f"{member_id}:{account_id}")
            self._put(
                Mandate(
                    id=ident,
                    account_id=account_id,
                    member_id=member_id,
                    role=ROLE,
                    since=since,
                    origin=self._origin,
                )
            )
        elif known.origin.endswith(MARK) and (known.since or "") > since:
            self._put(known.model_copy(update={"since": since}))

    def _contacts(self, pairs: Iterable[tuple[str, str, str, _Pair]], names: Mapping[str, str]) -> None:
        """Make the ties, and propose an owner and a backup for each person."""
        by_person: dict[str, list[ContactTie]] = {}
        for member_id, person_id, account_id, days in pairs:
            tie = self._tie(member_id, person_id, account_id, days)
            by_person.setdefault(person_id, []).append(tie)
        for ties in by_person.values():
            for tie in self._proposed(ties, names):
                known = self._ties.get((tie.member_id, tie.person_id))
                if known != tie:
                    self._put(tie)

    def _tie(self, member_id: str, person_id: str, account_id: str, days: _Pair) -> ContactTie:
        known = self._ties.get((member_id, person_id))
        out, into = (
            days.out | set(known.days_out if known else ()),
            days.into | set(known.days_in if known else ()),
        )
        found = {"days_out": tuple(sorted(out)), "days_in": tuple(sorted(into))}
        if known is not None:
            return known.model_copy(update=found)
        return ContactTie(
            id=_short(f"{member_id}:{person_id}"),
            account_id=account_id,
            member_id=member_id,
            person_id=person_id,
            kind=ContactKind.CONTACT,
            origin=self._origin,
            **found,
        )

    def _proposed(self, ties: Sequence[ContactTie], names: Mapping[str, str]) -> Iterator[ContactTie]:
        """Give the ties of a person, the strongest proposed as owner and the next as backup.

        What somebody wrote by hand stays; with an owner of theirs none is proposed.
        """
        by_hand = [t for t in ties if not t.origin.endswith(MARK)]
        yield from by_hand
        left = sorted(
            (t for t in ties if t.origin.endswith(MARK)),
            key=lambda t: (
                -_strength(t, self._as_of),
                fold(names.get(t.member_id, t.member_id)),
                t.member_id,
            ),
        )
        free = [
            kind
            for kind in (ContactKind.OWNER, ContactKind.BACKUP)
            if not any(t.kind is kind for t in by_hand)
        ]
        for tie in left:
            kind = free.pop(0) if free and _strength(tie, self._as_of) > 0 else ContactKind.CONTACT
            proposed = None if kind is ContactKind.CONTACT else True
            yield tie.model_copy(update={"kind": kind, "proposed": proposed})


def _strength(tie: ContactTie, as_of: date) -> float:
    last = last_contact_on(tie.days_out, tie.days_in, as_of)
    if last is None:
        return 0.0
    decayed: float = 2.0 ** (-(as_of - last).days / HALF_LIFE)
    return level_on(tie.days_out, tie.days_in, as_of) * decayed


def _short(text: str) -> str:
    """Give an id made of a name or an address; a very long one ends in a hash."""
    ident = re.sub(r"\s+", "-", text.strip().casefold())
    if len(ident) <= _LONGEST_ID:
        return ident
    return f"{ident[: _LONGEST_ID - 17]}~{hashlib.sha256(ident.encode()).hexdigest()[:16]}"
