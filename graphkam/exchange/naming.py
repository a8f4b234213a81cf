"""How an export refers to a record: by a name where only one can be meant, else by its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from graphkam.exchange.holders import current_holdings
from graphkam.exchange.references import name_key
from graphkam.model.base import Entity
from graphkam.model.business import Incident, Offering, Pursuit, Signal
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import RecordSet, name_of
from graphkam.model.table import Column

_OF_PEOPLE = frozenset({"person_id", "person_ids", "from_id", "to_id"})
"""Fields that mean the person where the column takes a position."""
_REFERRED: Mapping[str, tuple[type[Entity], ...]] = {
    "accounts": (Account,),
    "units": (OrgUnit,),
    "positions": (Position,),
    "positions or person name": (Position,),
    "positions or team": (Position, TeamMember),
    "positions, opportunity, signal or incident": (Position, Pursuit, Signal, Incident),
    "people": (Person,),
    "centres": (DecisionCentre,),
    "team": (TeamMember,),
    "offerings": (Offering,),
}
"""Kinds that a reference may mean, by what its column allows."""

_NAMED: tuple[type[Entity], ...] = (Account, OrgUnit, DecisionCentre, Offering)
_NOTHING: Counter[str] = Counter()
_SIGNS = (";", "@", "<", "\n", "\t")
"""What has a meaning of its own in a reference."""


def kinds_meant(column: Column) -> tuple[type[Entity], ...]:
    """Give the kinds of record that a reference column may mean, the likeliest first."""
    if column.field in _OF_PEOPLE and column.allowed == "positions":
        return (Person,)
    return _REFERRED[column.allowed]


class Naming:
    """How the records of an export are referred to.

    Parameters
    ----------
    records
        All records of the export.
    today
        The day whose holders stand in the rows of positions.
    """

    def __init__(self, records: RecordSet, today: date) -> None:
        self._records = records
        self._holder = current_holdings(records, today)
        self._posts = Counter(h.person_id for h in self._holder.values())
        self._position_of = {h.person_id: h.position_id for h in self._holder.values()}
        self._ids = {name_key(record.id) for record in records}
        self._named = {kind: _counted(records.of(kind)) for kind in _NAMED}
        names = [*(p.name for p in records.of(Person)), *(m.name for m in records.of(TeamMember))]
        self._people = Counter(map(_key, names))
        self._titles = {name_key(position.title) for position in records.of(Position)}
        self._posted = Counter(name_key(self._titled(position)) for position in records.of(Position))

    def refer(self, record_id: str, column: Column) -> str:
        """Give what a cell of a column says to mean the record of an id."""
        for kind in kinds_meant(column):
            if (record := self._records.get(kind, record_id)) is not None:
                name = self._name(record)
                if isinstance(record, Person) and name is None and column.allowed != "people":
                    # A namesake is told by his or her post, where a post is taken for its holder.
                    held = self._records.get(Position, self._position_of.get(record_id, ""))
                    return record_id if held is None else self._post(held)
                return name or record_id
        return record_id

    def _name(self, record: Entity) -> str | None:
        """Give the name that only this record has, or None."""
        if isinstance(record, Position):
            return self._position(record)
        name = name_of(record) or ""
        if isinstance(record, (Person, TeamMember)):
            is_title = name_key(name) in self._titles  # a title alone is read as a post's name, too
            return name if not is_title and self._is_fit(name, self._people[_key(name)]) else None
        named = self._named.get(type(record), _NOTHING)
        return name if self._is_fit(name, named[name_key(name)]) else None

    def _position(self, position: Position) -> str:
        holding = self._holder.get(position.id)
        person = self._records.get(Person, holding.person_id) if holding else None
        name = self._name(person) if person is not None and self._posts[person.id] == 1 else None
        return name or self._post(position)

    def _post(self, position: Position) -> str:
        unit = self._records.get(OrgUnit, position.unit_id or "")
        is_plain = not any(
            sign in part for sign in _SIGNS for part in (position.title, unit.name if unit else "")
        )
        name = self._titled(position)
        is_only = self._posted[name_key(name)] == 1 and name_key(name) not in self._titles
        return name if unit and is_plain and is_only else position.id

    def _titled(self, position: Position) -> str:
        unit = self._records.get(OrgUnit, position.unit_id or "")
        return f"{position.title} @ {unit.name}" if unit else position.title

    def _is_fit(self, name: str, count: int) -> bool:
        return count == 1 and name_key(name) not in self._ids and not any(sign in name for sign in _SIGNS)


def _counted(records: Iterable[Entity]) -> Counter[str]:
    return Counter(name_key(name_of(record) or "") for record in records)


def _key(name: str) -> str:
    """Give a name whatever the order of its words: both ``First Last`` and ``Last First`` are read."""
    return " ".join(sorted(name_key(name).split()))
