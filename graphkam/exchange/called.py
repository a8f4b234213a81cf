"""What records, kinds, fields and values are called in a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from graphkam.exchange.naming import kinds_meant
from graphkam.model.base import Entity
from graphkam.model.business import Contract, Footprint, Interaction, Offering, PnlLine
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet, name_of
from graphkam.model.table import Column, columns
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate
from graphkam.model.vocabulary import Attribute, codes, label
from graphkam.text import UNKNOWN, Words

TELLING: Mapping[str, tuple[str, ...]] = {
    "Assessment": ("attribute", "value"),
    "ContactTie": ("kind", "level"),
    "Holding": ("since", "until"),
    "PnlLine": ("line", "amount"),
    "Footprint": ("status",),
    "Seat": ("roles",),
}
"""Fields that the line of a new record tells: its name alone says too little."""

Kinds = tuple[type[Entity], ...]
_NAMED_BY: Mapping[type[Entity], tuple[str, tuple[tuple[str, Kinds], ...]]] = {
    Position: (" @ ", (("title", ()), ("unit_id", (OrgUnit,)))),
    Holding: (" – ", (("person_id", (Person,)), ("position_id", (Position,)))),
    Seat: (" – ", (("position_id", (Position,)), ("centre_id", (DecisionCentre,)))),
    Mandate: (" → ", (("member_id", (TeamMember,)), ("account_id", (Account,)))),
    ContactTie: (" → ", (("member_id", (TeamMember,)), ("person_id", (Person,)))),
    InfluenceTie: (" → ", (("from_id", (Person,)), ("to_id", (Person,)))),
    Assessment: ("", (("person_id", (Person,)),)),
    Interaction: (" ", (("date", ()), ("person_ids", (Person,)))),
    Footprint: (" – ", (("unit_id", (OrgUnit,)), ("offering_id", (Offering,)))),
    PnlLine: ("", (("period", ()),)),
}
"""What records without a name of their own are called by: what stands between, and the fields."""

_COLUMN: dict[tuple[str, str], Column] = {}


class Called:
    """What the records of some sets are called.

    Parameters
    ----------
    *sets
        The records, those first whose names count where others have them as well.
    """

    def __init__(self, *sets: RecordSet) -> None:
        self._sets = sets

    def record(self, kind: type[Entity], record_id: str) -> Entity | None:
        """Give a record of the sets."""
        for records in self._sets:
            if (found := records.get(kind, record_id)) is not None:
                return found
        return None

    def name(self, record: Entity) -> str:
        """Give the name of a record; of a tie, those of its two ends."""
        between, parts = _NAMED_BY.get(type(record), ("", ()))
        if not parts:
            return name_of(record) or record.id
        said = [self._part(record, field, kinds) for field, kinds in parts]
        return between.join(part for part in said if part)

    def _part(self, record: Entity, field: str, kinds: Kinds) -> str:
        value = getattr(record, field)
        several = value if isinstance(value, tuple) else (value,)
        return ", ".join(self.of(kinds, v) if kinds else str(v) for v in several if v is not None)

    def person(self, person_id: str) -> str:
        """Give the name of a person."""
        return self.of((Person,), person_id)

    def shown(self, record: Entity, field: str, value: Any) -> str | None:
        """Give the value of a field as text: references by name, codes as they are; None = not known."""
        if value is None or value == ():
            return None
        column = column_of(type(record).__name__, field)
        if column is not None and column.type == "days":
            return str(len(value))
        if column is not None and column.type in {"ref", "refs"}:
            kinds = kinds_meant(column)
        else:
            kinds = (Contract,) if field == "contract_id" else ()
        several = value if isinstance(value, tuple) else (value,)
        return "; ".join(self.of(kinds, v) if kinds else _code(v) for v in several)

    def of(self, kinds: Iterable[type[Entity]], record_id: str | None) -> str:
        """Give the name of the record of an id, which is of one of some kinds; the id if there is none."""
        for kind in kinds if record_id is not None else ():
            if (found := self.record(kind, record_id or "")) is not None:
                return name_of(found) or found.id
        return record_id or ""


def _code(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.value) if isinstance(value, Enum) else str(value)


def column_of(kind: str, field: str) -> Column | None:
    """Give the column that fills a field; where several do, the first."""
    if not _COLUMN:
        for column in reversed(columns()):
            _COLUMN[column.record, column.field] = column
    return _COLUMN.get((kind, field))


def kind_label(kind: str, language: str) -> str:
    """Give what a kind of record is called."""
    return Words(language).say(f"plan.kind.{kind}")


def field_label(kind: str, field: str, language: str) -> str:
    """Give what a field is called: the header of its column."""
    column = column_of(kind, field)
    if column is None:
        return Words(language).say(f"plan.field.{field}")
    return column.header(language)


def roles_label(roles: Iterable[str], language: str) -> str:
    """Give buying roles, and ``veto``, as a reader sees them."""
    veto = field_label("Seat", "veto", language)
    return ", ".join(veto if role == "veto" else label("buying_role", role, language) for role in roles)


def value_label(kind: str, field: str, value: str | None, language: str) -> str:
    """Give a value of a plan as a reader sees it: the labels of codes, the number of days."""
    if value is None:
        return UNKNOWN
    column = column_of(kind, field)
    if column is not None and column.type in {"enum", "enums"}:
        return "; ".join(label(column.allowed, code, language) for code in value.split("; "))
    if column is not None and column.type == "days":
        return Words(language).say("plan.days", count=int(value))
    if kind == Assessment.__name__ and field == "value":
        lists = (attribute.value for attribute in Attribute)
        return next((label(name, value, language) for name in lists if value in codes(name)), value)
    return value
