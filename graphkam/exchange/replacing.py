"""A file that replaces: what it does not speak of, of the account that it is for, is deleted.

Only of the kinds whose own sheet is in the file: where there is no sheet of signals, nothing is said of
signals. Our own people and offerings, and the account itself, are never deleted so; nor is anybody of
whom a row speaks by his or her post.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphkam.exchange.desk import Desk
from graphkam.exchange.rows import by_key
from graphkam.model.base import Entity
from graphkam.model.business import Clause
from graphkam.model.organisation import Account
from graphkam.model.people import Person
from graphkam.model.records import account_of
from graphkam.model.table import kind_of
from graphkam.model.targets import ids_in, references


def remove_missing(desk: Desk, account_id: str) -> None:
    """Want gone what the file does not speak of.

    Parameters
    ----------
    desk
        The work on the file; the rows are worked through.
    account_id
        The account that the file is for.
    """
    if not _speaks_of(desk, account_id):
        desk.faults.error("scope_not_in_file", account=_name(desk, account_id))
        return
    spoken = {(kind, record_id) for kind, record_id in desk.places}
    spoken |= {(Person, person_id) for person_id in _people_meant(desk)}
    for record in replaceable(desk, account_id):
        if (type(record), record.id) not in spoken:
            desk.remove(record)


def replaceable(desk: Desk, account_id: str) -> Iterator[Entity]:
    """Give the records of an account that a file may delete by not speaking of them."""
    seen = desk.stand.known if desk.stand.base is None else desk.stand.base
    for table in desk.tables.values():
        kind = kind_of(next(iter(by_key(table.key).values())))
        for one in (kind, Clause) if table.key == "contracts" else (kind,):
            if one is not Account:
                yield from (record for record in seen.of(one) if account_of(record) == account_id)


def _speaks_of(desk: Desk, account_id: str) -> bool:
    wanted = (desk.now(kind, record_id) for kind, record_id in desk.places)
    return any(record is not None and account_of(record) == account_id for record in wanted)


def _people_meant(desk: Desk) -> Iterator[str]:
    """Give the people of whom a record that the file speaks of is."""
    for kind, record_id in list(desk.places):
        record = desk.now(kind, record_id)
        fields = [field for field, kinds in references(kind).items() if Person in kinds]
        for field in fields if record is not None else ():
            yield from ids_in(getattr(record, field))


def _name(desk: Desk, account_id: str) -> str:
    account = desk.known.get(Account, account_id)
    return account.name if account else account_id
