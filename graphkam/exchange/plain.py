"""Sheets whose row is one record: everything but positions, contacts and contracts."""

from __future__ import annotations

from typing import Any

from graphkam.exchange.desk import Desk
from graphkam.exchange.inheritance import of_the_one_before
from graphkam.exchange.references import Entry, orders
from graphkam.exchange.rows import Row, Table
from graphkam.model.base import AccountEntity, Entity, first_day
from graphkam.model.business import (
    Action,
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
from graphkam.model.organisation import Account, DecisionCentre, Seat
from graphkam.model.people import Assessment, Holding, TeamMember
from graphkam.model.records import name_of
from graphkam.model.ties import InfluenceTie, Mandate

BEFORE_PEOPLE: tuple[tuple[str, type[Entity]], ...] = (
    ("team", TeamMember),
    ("offerings", Offering),
    ("accounts", Account),
)
AFTER_PEOPLE: tuple[tuple[str, type[Entity]], ...] = (
    ("holdings", Holding),
    ("centres", DecisionCentre),
    ("members", Seat),
    ("mandates", Mandate),
    ("influence", InfluenceTie),
    ("assessments", Assessment),
    ("opportunities", Pursuit),
    ("projects", Project),
    ("incidents", Incident),
    ("signals", Signal),
    ("actions", Action),
    ("interactions", Interaction),
    ("objectives", Objective),
    ("history", HistoryEvent),
    ("stakes", Stake),
    ("footprint", Footprint),
    ("pl", PnlLine),
    ("knowledge", KnowledgeItem),
)
_REFERRED: dict[type[Entity], str] = {
    TeamMember: "team",
    Offering: "offerings",
    Account: "accounts",
    DecisionCentre: "centres",
    Pursuit: "opportunities",
    Incident: "incidents",
    Signal: "signals",
    Contract: "contracts",
}


def register_known(desk: Desk) -> None:
    """Make all known records that a sheet may refer to findable, but for units, positions and people."""
    for kind in _REFERRED:
        for record in desk.known.of(kind):
            register(desk, record)


def register(desk: Desk, record: Entity) -> None:
    """Make a record findable by id and name."""
    kind = _REFERRED.get(type(record))
    if kind is None:
        return
    account_id = record.account_id if isinstance(record, AccountEntity) else None
    if isinstance(record, Account):
        account_id = record.id
    name = name_of(record) or record.id
    names: tuple[str, ...] = (name,)
    if isinstance(record, TeamMember):
        names = (*orders(record.first_name, record.last_name), *record.addresses)
    desk.names.add(kind, Entry(record.id, account_id, name, names=names))


def assemble(desk: Desk, key: str, kind: type[Entity]) -> None:
    """Work through one sheet.

    Parameters
    ----------
    desk
        The work on the file.
    key
        The sheet.
    kind
        What its rows are about.
    """
    table = desk.tables.get(key)
    if table is None:
        return
    said: dict[int, dict[str, Any]] = {}
    seen: dict[str, Row] = {}
    for index, row in enumerate(table.rows):
        if not desk.check_id(table, seen, row):
            continue
        account_id = desk.account_id(table, row) if issubclass(kind, AccountEntity) else None
        fields = of_the_one_before(desk, table, row, kind, desk.said(table, row, kind, account_id))
        if issubclass(kind, AccountEntity):
            fields["account_id"] = account_id
        said[index] = fields
    bases = desk.identify(table, said, kind)
    for index, fields in said.items():
        settle(desk, table, table.rows[index], kind, fields, bases.get(index))


def settle(
    desk: Desk, table: Table, row: Row, kind: type[Entity], fields: dict[str, Any], base: Entity | None
) -> Entity | None:
    """Do with one row what it asks for: put, end or delete its record; make it findable."""
    if row.operation == "delete":
        _delete(desk, table, row, base)
        return None
    if row.operation == "end" and not end(desk, table, row, kind, fields):
        return None
    if issubclass(kind, AccountEntity):
        if base is not None and fields["account_id"] not in {None, base.account_id}:  # type: ignore[attr-defined]
            desk.fault("id_of_other_account", table, row, "id")
            return None
        if base is not None:
            fields["account_id"] = base.account_id  # type: ignore[attr-defined]
        if fields["account_id"] is None:
            return None
    if base is None and not _can_be_named(kind, fields):
        desk.put(table, row, kind, fields, record_id="?")
        return None
    record_id = base.id if base is not None else desk.new_id(table, row, kind, fields)
    made = desk.put(table, row, kind, fields, base=base, record_id=record_id)
    if made is not None:
        register(desk, made)
    elif kind in _REFERRED:
        _register_unmade(desk, kind, record_id, fields)
    return made


def _can_be_named(kind: type[Entity], fields: dict[str, Any]) -> bool:
    """Tell whether enough is said to make an id."""
    if kind is TeamMember:
        return isinstance(fields.get("last_name"), str)
    if kind in {Account, Offering}:
        return isinstance(fields.get("name"), str)
    return True


def _register_unmade(desk: Desk, kind: type[Entity], record_id: str, fields: dict[str, Any]) -> None:
    """Let others refer to a record that has faults, so that its faults are not told twice."""
    names = [v for k in ("name", "text", "email") if isinstance(v := fields.get(k), str)]
    if isinstance(last := fields.get("last_name"), str):
        first = fields.get("first_name")
        names += orders(first if isinstance(first, str) else None, last)
    account_id = record_id if kind is Account else fields.get("account_id")
    shown = names[0] if names else record_id
    desk.names.add(_REFERRED[kind], Entry(record_id, account_id, shown, names=tuple(names)))


def _delete(desk: Desk, table: Table, row: Row, base: Entity | None) -> None:
    if base is None:
        desk.fault("nothing_to_delete", table, row, "operation")
    else:
        desk.remove(base)
        desk.places[type(base), base.id] = (table, row)


def end(desk: Desk, table: Table, row: Row, kind: type[Entity], fields: dict[str, Any]) -> bool:
    """Give a fact that ends its last day: the one in the row, or today."""
    if "until" not in kind.model_fields:
        desk.fault("cannot_end", table, row, "operation")
        return False
    until = fields.get("until")
    if not isinstance(until, str) or first_day(until) > desk.today:
        fields["until"] = desk.today.isoformat()
    return True
