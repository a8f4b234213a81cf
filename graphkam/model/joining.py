"""Two people made one: what was written of the one twice is written of one.

The first stays. Where both say something, the first is right and the other's value is dropped, and
told; free texts and addresses are put together, a restriction of either holds. What the other held,
knew and was said to be moves. What both have becomes one:

* two holdings of one position whose times meet: from the earlier beginning to the later end;
* two ties of one of us: all statements of both, the newest counts; all days with messages; the latest
  contact; the stronger kind, but what somebody confirmed before what was only proposed;
* two influence ties of the same kind, two mandates of the same role, two statements of one day: the
  first's, filled in from the other's.

A tie between the two is gone. Of two owners, the second is backup. A post of which nothing is known does
not stand beside another.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from graphkam.model.base import MAX_TEXT, Entity, first_day, last_day
from graphkam.model.blank_posts import without_blank_posts
from graphkam.model.clashes import NOT_CONTENT
from graphkam.model.people import Assessment, Holding, Person, Somebody, TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.targets import ids_in, references
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate, Statement
from graphkam.model.vocabulary import ContactKind

ORIGIN = "merge"
"""Where somebody comes from who was made one of two."""

E = TypeVar("E", bound=Entity)

_TEXTS = frozenset({"note", "criteria", "motivation", "evidence"})
_EITHER = frozenset({"restricted"})
_OF_PEOPLE = frozenset({"last_name", "first_name", "email", "other_emails"})
"""Fields of people with a rule of their own: the first's name stays, and all addresses of both."""
_STRENGTH = (ContactKind.OWNER, ContactKind.BACKUP, ContactKind.CONTACT)


class Dropped(NamedTuple):
    """A value that is not kept."""

    record: Entity
    """The record that stays."""
    field: str
    value: Any


class Joined(NamedTuple):
    """What two people made one come to."""

    records: RecordSet
    dropped: tuple[Dropped, ...]


def joined(records: RecordSet, kept: Somebody, gone: Somebody) -> Joined:
    """Make two people one.

    Parameters
    ----------
    records
        All that may speak of them.
    kept, gone
        The one who stays, and who is the same: both theirs, of one account, or both ours.
    """
    records = without_blank_posts(records, kept.id, gone.id)
    work = _Joining(records, kept, gone)
    # Whoever made it one decided so: a mail log no longer changes the name.
    person = work.filled(kept, gone).model_copy(update=_addresses(kept, gone) | {"origin": ORIGIN})
    moved = [
        work.moved(record) for kind in KINDS for record in records.of(kind) if work.speaks_of_gone(record)
    ]
    own = [record for kind in KINDS for record in records.of(kind) if work.speaks_of_kept(record)]
    made = work.unified(own, moved)
    untouched = records.merged((), [gone, *own, *moved])
    return Joined(untouched.merged([person, *made]), tuple(work.dropped))


class _Joining:
    """The work of making two people one."""

    def __init__(self, records: RecordSet, kept: Somebody, gone: Somebody) -> None:
        self._records = records
        self._kept, self._gone = kept, gone
        self.dropped: list[Dropped] = []

    # ------------------------------------------------------------------ whom a record speaks of

    def speaks_of_gone(self, record: Entity) -> bool:
        """Tell whether a record speaks of who goes."""
        return self._gone.id in self._people(record)

    def speaks_of_kept(self, record: Entity) -> bool:
        """Tell whether a record speaks of who stays, and not of who goes."""
        people = self._people(record)
        return self._kept.id in people and self._gone.id not in people

    def _people(self, record: Entity) -> set[str]:
        return {one for name in self._fields(record) for one in ids_in(getattr(record, name))}

    def _fields(self, record: Entity) -> Iterator[str]:
        """Give the fields that name people, where an id is not that of another kind."""
        kind = type(self._kept)
        for name, kinds in references(type(record)).items():
            before = kinds[: kinds.index(kind)] if kind in kinds else kinds
            ids = ids_in(getattr(record, name))
            if kind in kinds and not any(self._records.get(k, one) for k in before for one in ids):
                yield name

    def moved(self, record: E) -> E:
        """Let a record speak of who stays instead of who goes."""
        update: dict[str, Any] = {}
        for name in self._fields(record):
            value = getattr(record, name)
            ids = dict.fromkeys(self._kept.id if one == self._gone.id else one for one in ids_in(value))
            update[name] = tuple(ids) if isinstance(value, tuple) else next(iter(ids), None)
        return record.model_copy(update=update)

    # ------------------------------------------------------------------ two become one

    def unified(self, own: Iterable[Entity], moved: Iterable[Entity]) -> list[Entity]:
        """Give the records about who stays, each thing once."""
        made: list[Entity] = []
        places: dict[Hashable, list[int]] = {}
        for record in (*own, *moved):
            if isinstance(record, InfluenceTie) and record.from_id == record.to_id:
                continue
            known = places.setdefault(_same(record), [])
            place = next((place for place in known if _meet(made[place], record)), None)
            if place is None:
                known.append(len(made))
                made.append(record)
            else:
                made[place] = self._one(made[place], record)
        return _with_one_owner(made)

    def _one(self, own: Entity, other: Entity) -> Entity:
        made = self.filled(own, other)
        if isinstance(own, ContactTie) and isinstance(other, ContactTie):
            return made.model_copy(update=_tie(own, other))
        if isinstance(own, (Holding, InfluenceTie, Mandate)):
            return made.model_copy(update=_time(own, other))
        return made

    def filled(self, own: E, other: Entity) -> E:
        """Give a record with what it does not say from another; note what of the other is dropped."""
        update: dict[str, Any] = {}
        for name in type(own).model_fields:
            said, more = getattr(own, name), getattr(other, name)
            if (
                name in NOT_CONTENT
                or more in {None, ()}
                or said == more
                or name in _OF_TIES.get(type(own), ())
            ):
                continue
            if name in _OF_PEOPLE and isinstance(own, (Person, TeamMember)):
                continue
            if said in {None, ()}:
                update[name] = more
            elif name in _EITHER:
                update[name] = said or more
            elif name in _TEXTS and len(said) + len(more) < MAX_TEXT:
                update[name] = said if more in said else f"{said}\n{more}"
            else:
                self.dropped.append(Dropped(own, name, more))
        return own.model_copy(update=update) if update else own


def _addresses(kept: Somebody, gone: Somebody) -> dict[str, Any]:
    """Give the addresses of both, the first's own before the others."""
    found = dict.fromkeys((*kept.addresses, *gone.addresses))
    email = next(iter(found), None)
    return {"email": email, "other_emails": tuple(a for a in found if a != email)}


def _same(record: Entity) -> Hashable:
    """Give what makes two records the same thing said twice; nothing else is that."""
    fields = _SAME.get(type(record), ("id",))
    return type(record), *(getattr(record, name) for name in fields)


_SAME: Mapping[type[Entity], tuple[str, ...]] = {
    Holding: ("person_id", "position_id"),
    ContactTie: ("member_id", "person_id"),
    InfluenceTie: ("from_id", "to_id", "kind"),
    Mandate: ("member_id", "account_id", "role"),
    Assessment: ("person_id", "centre_id", "attribute", "date"),
}

_OF_TIES: Mapping[type[Entity], frozenset[str]] = {
    ContactTie: frozenset(
        {"kind", "proposed", "level", "stated_on", "last_contact", "past", "days_in", "days_out"}
        | {"member_id", "person_id"}
    ),
    Holding: frozenset({"since", "until", "person_id"}),
    InfluenceTie: frozenset({"since", "until", "from_id", "to_id"}),
    Mandate: frozenset({"since", "until", "member_id"}),
}
"""Fields in which two become one by a rule of their own."""


def _meet(one: Any, other: Any) -> bool:
    """Tell whether the times of two facts meet; what has no time always is."""
    begins = [first_day(r.since) if getattr(r, "since", None) else date.min for r in (one, other)]
    ends = [last_day(r.until) if getattr(r, "until", None) else date.max for r in (one, other)]
    return max(begins) <= min(ends)


def _time(own: Any, other: Any) -> dict[str, Any]:
    """Give the time of a fact that was written down twice."""
    begins = [r.since for r in (own, other) if r.since is not None]
    is_open = own.until is None or other.until is None
    return {
        "since": min(begins, key=first_day, default=None),
        "until": None if is_open else max(own.until, other.until, key=last_day),
    }


def _tie(own: ContactTie, other: ContactTie) -> dict[str, Any]:
    """Give how one of us knows somebody whom he or she knew twice."""
    said = sorted({*own.statements(), *other.statements()}, key=lambda s: (s.on, s.level is not None, str(s)))
    newest = next((s for s in reversed(said) if s.level is not None), said[-1] if said else None)
    contacts = [t.last_contact for t in (own, other) if t.last_contact is not None]
    last = max(contacts, default=None)
    current = None if newest is None else Statement(newest.on, newest.level, last)
    sure = [t for t in (own, other) if not t.proposed] or [own, other]
    return {
        "kind": min((t.kind for t in sure), key=_STRENGTH.index),
        "proposed": own.proposed if sure[0].proposed else None,
        "level": newest.level if newest else _first(own.level, other.level),
        "stated_on": newest.on if newest else None,
        "last_contact": last,
        "past": tuple(str(s) for s in said if s not in {newest, current}),
        "days_out": tuple(sorted({*own.days_out, *other.days_out})),
        "days_in": tuple(sorted({*own.days_in, *other.days_in})),
    }


def _first(one: int | None, other: int | None) -> int | None:
    return other if one is None else one


def _with_one_owner(records: list[Entity]) -> list[Entity]:
    """Let the second owner of somebody be backup."""
    owned: set[str] = set()
    for place, record in enumerate(records):
        if isinstance(record, ContactTie) and record.kind == ContactKind.OWNER:
            if record.person_id in owned:
                records[place] = record.model_copy(update={"kind": ContactKind.BACKUP})
            owned.add(record.person_id)
    return records
