"""The end of an import: people without a post, what goes with what is deleted, integrity."""

from __future__ import annotations

from graphkam.exchange.desk import Desk
from graphkam.exchange.persons import People
from graphkam.exchange.plain import settle
from graphkam.exchange.problems import CellFault, Place
from graphkam.exchange.rows import Row, by_key
from graphkam.model.hanging import hanging
from graphkam.model.integrity import Violation, check
from graphkam.model.people import Holding, Person
from graphkam.model.records import RecordSet
from graphkam.model.targets import references


def assemble_people(desk: Desk, people: People) -> None:
    """Work through the sheet of people without a post."""
    table = desk.tables.get("people")
    if table is None:
        return
    seen: dict[str, Row] = {}
    for row in table.rows:
        account_id = desk.account_id(table, row)
        if account_id is None or not desk.check_id(table, seen, row):
            continue
        given = row.values.get("id")
        known = desk.known.get(Person, given) if isinstance(given, str) else None
        if row.operation:
            settle(
                desk,
                table,
                row,
                Person,
                {"account_id": account_id},
                known or _found(desk, people, row, account_id),
            )
            continue
        if isinstance(given, str):
            person_id = given
            last, first, email = (row.values.get(k) for k in ("last_name", "first_name", "email"))
            if isinstance(last, str):
                people.register(
                    given,
                    account_id,
                    first if isinstance(first, str) else None,
                    last,
                    email if isinstance(email, str) else None,
                )
        else:
            found = people.identify(table, row, account_id, None)
            if found is None:
                continue
            person_id = found
        people.put(table, row, account_id, person_id)


def _found(desk: Desk, people: People, row: Row, account_id: str) -> Person | None:
    """Give the known person whom a row without an id names, to be deleted."""
    person_id = people.called(row, account_id)
    return desk.known.get(Person, person_id) if person_id else None


def cascade(desk: Desk) -> None:
    """Delete what cannot be without what is deleted: ties, assessments, clauses, the account's all."""
    for record in hanging(desk.known, list(desk.removed)):
        desk.remove(record)


def report_violations(desk: Desk, records: RecordSet) -> None:
    """Say at which cells the whole, as the file wants it, would break the integrity of an account.

    What does not hold already is not this file's fault; and where rows have faults of their own,
    what only seems odd without them is not said.
    """
    is_faulty = desk.faults.has_errors
    found = check(records, today=desk.today)
    before = desk.stand.theirs
    known = set(check(before, today=desk.today)) if found and len(before) else set()
    for violation in found:
        if violation in known or _is_fault_already(desk, violation):
            continue
        if is_faulty and violation.severity == "warning":
            continue
        place, value = _place(desk, records, violation)
        fault = CellFault.of(violation.code, dict(violation.params))
        desk.faults.add(fault, place, value, is_warning=violation.severity == "warning")


def _is_fault_already(desk: Desk, violation: Violation) -> bool:
    """Tell whether a reference leads nowhere only because the row it means has faults of its own."""
    if violation.code != "missing_reference":
        return False
    missing = dict(violation.params)["missing"]
    return all(record_id != missing for _, record_id in desk.removed)


def _place(desk: Desk, records: RecordSet, violation: Violation) -> tuple[Place, object]:
    """Give the cell that says what does not hold, and what it says."""
    if violation.code == "missing_reference":  # told where what is needed is deleted
        missing = dict(violation.params)["missing"]
        at = next((place for (_, record_id), place in desk.places.items() if record_id == missing), None)
        if at is not None:
            return at[0].place(at[1]), missing
    at = desk.places.get((violation.kind, violation.id))
    record = records.get(violation.kind, violation.id)
    if at is None and record is not None:
        ids = {
            value for field in references(violation.kind) if isinstance(value := getattr(record, field), str)
        }
        at = next((place for (_, record_id), place in desk.places.items() if record_id in ids), None)
    if at is None:
        return Place(), ""
    table, row = at
    keys = [
        c.key
        for c in by_key(table.key).values()
        if (c.record, c.field) == (violation.kind.__name__, violation.field)
    ]
    key = next((k for k in keys if k in table.columns), "")
    if not key and violation.kind is Holding:
        key = "last_name"
    return table.place(row, key), row.values.get(key, "")
