"""All kinds of record, and a set of records: what a file, an account or a plan is made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TypeVar, cast

from graphkam.model.base import AccountEntity, Entity
from graphkam.model.business import (
    Action,
    Clause,
    Contract,
    Footprint,
    HistoryEvent,
    Incident,
    Interaction,
    KnowledgeItem,
    Objective,
    Offering,
    PnlLine,
    Project,
    Pursuit,
    Signal,
    Stake,
)
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate

E = TypeVar("E", bound=Entity)

KINDS: tuple[type[Entity], ...] = (
    Offering,
    TeamMember,
    Account,
    OrgUnit,
    Person,
    Position,
    DecisionCentre,
    Holding,
    Seat,
    Mandate,
    ContactTie,
    InfluenceTie,
    Assessment,
    Pursuit,
    Project,
    Contract,
    Clause,
    Incident,
    Signal,
    Interaction,
    Action,
    Objective,
    HistoryEvent,
    Stake,
    Footprint,
    PnlLine,
    KnowledgeItem,
)
"""Every kind of record, referenced kinds before those that refer to them."""

KIND_BY_NAME: Mapping[str, type[Entity]] = {kind.__name__: kind for kind in KINDS}

OURS: tuple[type[Entity], ...] = (Offering, TeamMember)
"""Kinds that belong to no account."""


class RecordSet:
    """Records of several kinds, in a fixed order; read-only.

    Parameters
    ----------
    records
        The records; of two with the same kind and id the later wins.
    """

    def __init__(self, records: Iterable[Entity] = ()) -> None:
        self._by_kind: dict[type[Entity], dict[str, Entity]] = {kind: {} for kind in KINDS}
        for record in records:
            self._by_kind[type(record)][record.id] = record

    def of(self, kind: type[E]) -> tuple[E, ...]:
        """Give the records of a kind, in the order they came."""
        return cast("tuple[E, ...]", tuple(self._by_kind[kind].values()))

    def get(self, kind: type[E], record_id: str) -> E | None:
        """Give one record, or None."""
        return cast("E | None", self._by_kind[kind].get(record_id))

    def first(self, kinds: Iterable[type[Entity]], record_id: str) -> Entity | None:
        """Give the record of an id that may be of several kinds, the likeliest first; or None."""
        for kind in kinds:
            if (found := self._by_kind[kind].get(record_id)) is not None:
                return found
        return None

    def __iter__(self) -> Iterator[Entity]:
        """Give all records, kind by kind."""
        for records in self._by_kind.values():
            yield from records.values()

    def __len__(self) -> int:
        """Count the records."""
        return sum(map(len, self._by_kind.values()))

    def __eq__(self, other: object) -> bool:
        """Tell whether both sets hold equal records, in whatever order."""
        return isinstance(other, RecordSet) and self._by_kind == other._by_kind

    __hash__ = None  # type: ignore[assignment]

    def merged(self, changes: Iterable[Entity], removed: Iterable[Entity] = ()) -> RecordSet:
        """Give this set with some records put in (or replaced) and others taken out."""
        gone = {(type(record), record.id) for record in removed}
        kept = (record for record in self if (type(record), record.id) not in gone)
        return RecordSet((*kept, *changes))

    def of_account(self, account_id: str) -> RecordSet:
        """Give one account's records together with our own people and offerings."""
        return RecordSet(r for r in self if account_of(r) in {None, account_id})

    def by_account(self) -> Mapping[str, RecordSet]:
        """Give each account's records, by its id, in one pass.

        Our own people and offerings are in every set, shared rather than copied.
        """
        ours = {kind: self._by_kind[kind] for kind in OURS}
        sets: dict[str, RecordSet] = {}
        for record in self:
            account_id = account_of(record)
            if account_id is not None:
                own = sets.get(account_id) or sets.setdefault(account_id, RecordSet()._sharing(ours))  # noqa: SLF001
                own._by_kind[type(record)][record.id] = record  # noqa: SLF001 - being made
        return sets

    def _sharing(self, kinds: Mapping[type[Entity], dict[str, Entity]]) -> RecordSet:
        self._by_kind.update(kinds)
        return self

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each record is called, by its id: ties by their ends, what is said of somebody by its source.

        Other records without a name are left out.
        """
        found = {record.id: name for record in self if (name := name_of(record))}
        for c in self.of(ContactTie):
            found[c.id] = f"{found.get(c.member_id, c.member_id)} – {found.get(c.person_id, c.person_id)}"
        for t in self.of(InfluenceTie):
            found[t.id] = f"{found.get(t.from_id, t.from_id)} → {found.get(t.to_id, t.to_id)}"
        for a in self.of(Assessment):
            found[a.id] = ", ".join(filter(None, (a.date.isoformat(), a.source or a.by)))
        return found


def account_of(record: Entity) -> str | None:
    """Give the id of the account that a record belongs to; None for our own people and offerings."""
    field = _account_field(type(record))
    account_id: str | None = getattr(record, field) if field else None
    return account_id


@cache
def _account_field(kind: type[Entity]) -> str | None:
    if issubclass(kind, Account):
        return "id"
    return "account_id" if issubclass(kind, AccountEntity) else None


def accounts_knowing(records: RecordSet, about: Collection[str]) -> frozenset[str]:
    """Give the accounts in which somebody, of ours or of theirs, is known or has a mandate.

    Parameters
    ----------
    records
        Where to look.
    about
        Ids of people.
    """
    ties = (t for t in records.of(ContactTie) if t.member_id in about or t.person_id in about)
    mandates = (m for m in records.of(Mandate) if m.member_id in about)
    people = (p for p in records.of(Person) if p.id in about)
    return frozenset(record.account_id for record in (*ties, *mandates, *people))


def name_of(record: Entity) -> str | None:
    """Give what a record is called; None for ties and other records without a name."""
    for field in _naming_fields(type(record)):
        if (value := getattr(record, field)) is not None:
            return str(value)
    return None


@cache
def _naming_fields(kind: type[Entity]) -> tuple[str, ...]:
    """Give what the records of a kind are called by; to ask each of them for what it lacks takes long."""
    return tuple(f for f in ("name", "title", "text") if f in kind.model_fields or hasattr(kind, f))
