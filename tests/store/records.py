"""Records of every kind, each field filled, for what a store must keep."""

from __future__ import annotations

from enum import Enum
from typing import Any, get_args, get_origin

from graphkam.model.base import Entity
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Person
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.targets import references, targets
from graphkam.model.vocabulary import choices

IDS = {kind: kind.__name__.lower() + "-1" for kind in KINDS}
TEXTS = {
    "country": "FR", "currency": "EUR", "period": "2026-11", "email": "a@b.fr", "value": "2",
    "since": "2024-01", "start": "2026-01-01", "end": "2026-12-31",
    "until": "2027-03-31", "occupancy_since": "2026-06", "post_since": "2020-01",
}  # fmt: skip
HOSTILE = "Zoë “x” 'y' {z} $p `q` \\ \u4e2d\u6587 \U0001f469\u200d\U0001f4bb // {0}"


def full(kind: type[Entity]) -> Entity:
    """Make a record with every field filled."""
    values: dict[str, Any] = {"id": IDS[kind], "origin": "book.xlsx!Sheet 3"}
    referring = references(kind)
    for name, field in kind.model_fields.items():
        if name in {*values, "version", "updated_at"}:
            continue
        if name in referring or name == "account_id":
            target = IDS[targets(kind, name)[0]]
            values[name] = (target,) if name.endswith("_ids") else target
        else:
            values[name] = value(name, field.annotation)
    if kind is Position:
        values["reports_to_id"] = values["dotted_to_ids"] = None
        values.pop("dotted_to_ids")
    if kind is OrgUnit:
        values["parent_id"] = None
    if "from_id" in values:
        values["to_id"] = values["from_id"]
    return kind.model_validate(values)


BY_NAME = {
    "date": "2026-11-23",
    "past": ("2025-01-01:2:2024-12-31", "2026-01-01:?:?"),
    "days_out": ("2001-06-30", "2001-07-01"),
    "days_in": ("2001-06-30",),
    "other_emails": ("b@b.fr", "c@b.fr"),
    "roles": tuple(c.code for c in choices("buying_role")),
}
BY_TYPE = {
    "Decimal": "1234567.89", "bool": False, "datetime.date": "2026-11-23", "float": 0.1, "int": 3,
}  # fmt: skip


def value(name: str, annotation: Any) -> Any:
    shown = str(annotation)
    if name in BY_NAME:
        return BY_NAME[name]
    if name in TEXTS and "Decimal" not in shown:
        return TEXTS[name]
    for option in (annotation, *get_args(annotation)):
        if isinstance(option, type) and issubclass(option, Enum):
            return next(iter(option))
        if str(get_origin(option)) == "typing.Literal":
            return get_args(option)[0]
    return next((made for word, made in BY_TYPE.items() if word in shown), HOSTILE)


def everything() -> RecordSet:
    """Make one record of each kind."""
    return RecordSet(full(kind) for kind in KINDS)


def account(number: int, people: int = 3) -> RecordSet:
    """Make a small account of its own."""
    a = f"a{number}"
    made: list[Entity] = [Account(id=a, name=f"Account {number}")]
    for i in range(people):
        made += [
            Person(id=f"{a}-p{i}", account_id=a, last_name=f"P{i}"),
            Position(id=f"{a}-s{i}", account_id=a, title=f"S{i}", weight=1 + i % 5),
        ]
    return RecordSet(made)
