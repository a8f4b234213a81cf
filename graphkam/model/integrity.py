"""What must hold of an account as a whole, checked on every write and in one place.

Single fields are checked by the record classes; here stands what several records must agree on. Each
check goes through the records once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from graphkam.errors import Param
from graphkam.model.base import Entity, first_day, fold, last_day, said
from graphkam.model.business import (
    Contract,
    Footprint,
    Incident,
    Interaction,
    Offering,
    PnlLine,
    Project,
    Pursuit,
)
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import KINDS, RecordSet, account_of, name_of
from graphkam.model.targets import ids_in, references
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate
from graphkam.model.vocabulary import ContactKind, DecisionRule


class Violation(NamedTuple):
    """One thing that does not hold; the sentence is ``problem.<code>`` of the catalogue."""

    code: str
    kind: type[Entity]
    """Kind of the record that it is told of."""
    id: str
    field: str = ""
    """Field of that record."""
    params: tuple[tuple[str, Param], ...] = ()
    """What the sentence names."""
    severity: Literal["error", "warning"] = "error"


def check(records: RecordSet, *, today: date | None = None) -> tuple[Violation, ...]:
    """Give everything that does not hold, in a fixed order.

    Parameters
    ----------
    records
        Whole accounts, with our own people and offerings.
    today
        The day of the import; None = nothing is in the future.

    Returns
    -------
    tuple of Violation
        Errors, for which a write is refused, and warnings.
    """
    found = [
        *_references(records),
        *_names(records),
        *_pairs(records),
        *_trees(records),
        *_periods(records),
        *_holders(records),
        *_contacts(records),
        *_centres(records),
        *_currencies(records),
    ]
    if today is not None:
        found += _future(records, today)
    return tuple(dict.fromkeys(found))


def _warning(code: str, record: Entity, field: str = "", **params: Param) -> Violation:
    return _violation(code, record, field, **params)._replace(severity="warning")


def _violation(code: str, record: Entity, field: str = "", **params: Param) -> Violation:
    return Violation(code, type(record), record.id, field, tuple(params.items()))


def _called(record: Entity | None, otherwise: str = "") -> str:
    return (name_of(record) or record.id) if record is not None else otherwise


def _subject(record: Entity, records: RecordSet) -> str:
    """Give what a record is called; a tie by its ends."""
    if (name := name_of(record)) is not None:
        return name
    fields = references(type(record)).items()
    ends = [
        _called(found)
        for field, kinds in fields
        if field != "account_id" and isinstance(value := getattr(record, field), str)
        for kind in kinds
        if (found := records.get(kind, value)) is not None
    ]
    return " – ".join(ends) or record.id


def _references(records: RecordSet) -> Iterator[Violation]:
    """Find references that lead nowhere or out of the account."""
    for kind in KINDS:
        fields = references(kind)
        for record in records.of(kind):
            account_id = account_of(record)
            for field, targets in fields.items():
                for one in ids_in(getattr(record, field)):
                    target = records.first(targets, one)
                    if target is None:
                        name = _subject(record, records)
                        yield _violation("missing_reference", record, field, name=name, missing=one)
                    elif account_id is not None and account_of(target) not in {None, account_id}:
                        params = {"name": _subject(record, records), "missing": _called(target)}
                        yield _violation("crosses_accounts", record, field, **params)


def _names(records: RecordSet) -> Iterator[Violation]:
    """Find names that are there twice where one thing is meant by each."""
    scopes: Iterable[tuple[Account | Offering | OrgUnit | DecisionCentre, tuple[str, str]]] = (
        *((record, ("account", "")) for record in records.of(Account)),
        *((record, ("offering", "")) for record in records.of(Offering)),
        *((unit, (unit.account_id, unit.parent_id or "")) for unit in records.of(OrgUnit)),
        *((centre, ("centre", centre.account_id)) for centre in records.of(DecisionCentre)),
    )
    seen: set[tuple[type[Entity], tuple[str, str], str]] = set()
    for record, scope in scopes:
        key = (type(record), scope, fold(record.name))
        if key in seen:
            yield _violation("duplicate_name", record, "name", name=record.name)
        seen.add(key)
    emails: set[str] = set()
    for member in records.of(TeamMember):
        if member.email in emails:
            yield _violation("duplicate_email", member, "email", email=member.email)
        emails |= {member.email} if member.email else set()


def _pairs(records: RecordSet) -> Iterator[Violation]:
    """Find ties that are there twice."""
    keys: tuple[tuple[type[Entity], tuple[str, ...]], ...] = (
        (Seat, ("position_id", "centre_id")),
        (ContactTie, ("member_id", "person_id")),
        (InfluenceTie, ("from_id", "to_id", "kind", "since")),
        (Mandate, ("member_id", "account_id", "role", "since")),
        (Holding, ("person_id", "position_id", "since")),
        (Footprint, ("unit_id", "offering_id")),
    )
    for kind, fields in keys:
        seen: set[object] = set()
        ends = attrgetter(*fields)
        for record in records.of(kind):
            key = ends(record)
            if key in seen:
                yield _violation("duplicate_tie", record, fields[0], name=_subject(record, records))
            seen.add(key)


def _trees(records: RecordSet) -> Iterator[Violation]:
    """Find circles of units and of reporting lines, and people who influence themselves."""
    units = {unit.id: unit.parent_id for unit in records.of(OrgUnit)}
    lines = {position.id: position.reports_to_id for position in records.of(Position)}
    for cycle in cycles(units):
        unit = records.get(OrgUnit, cycle[0])
        names = [_called(records.get(OrgUnit, i)) for i in (*cycle, cycle[0])]
        code, params = (
            ("own_parent", {"name": names[0]}) if len(cycle) == 1 else ("unit_cycle", _chain(names))
        )
        if unit is not None:
            yield _violation(code, unit, "parent_id", **params)
    for cycle in cycles(lines):
        position = records.get(Position, cycle[0])
        names = [_called(records.get(Position, i)) for i in (*cycle, cycle[0])]
        is_own = len(cycle) == 1
        code, params = (
            ("reports_to_itself", {"name": names[0]}) if is_own else ("reporting_cycle", _chain(names))
        )
        if position is not None:
            yield _violation(code, position, "reports_to_id", **params)
    for position in records.of(Position):
        if position.id in position.dotted_to_ids:
            yield _violation("reports_to_itself", position, "dotted_to_ids", name=position.title)
    for tie in records.of(InfluenceTie):
        if tie.from_id == tie.to_id:
            yield _violation("influences_itself", tie, "to_id", name=_called(records.get(Person, tie.to_id)))


def _chain(names: list[str]) -> dict[str, str]:
    return {"chain": " → ".join(names)}


def cycles(parents: Mapping[str, str | None]) -> list[list[str]]:
    """Give the circles of a relation in which each has at most one parent.

    Parameters
    ----------
    parents
        The parent of each, or None.

    Returns
    -------
    list of list of str
        Each circle once, beginning with its member that comes first.
    """
    done: set[str] = set()
    found = []
    for start in parents:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = parents.get(at)
        if at is not None and at in path:
            walked = list(path)
            found.append(walked[walked.index(at) :])
        done.update(path)  # with |= the set would be copied each time
    return found


def _periods(records: RecordSet) -> Iterator[Violation]:
    """Find ends before their beginning."""
    for record in records:
        since, until = said(record, "since"), said(record, "until")
        if since and until and last_day(until) < first_day(since):
            yield _violation("until_before_since", record, "until", since=since, until=until)
    for project in records.of(Project):
        if project.start and project.end and last_day(project.end) < first_day(project.start):
            yield _violation("until_before_since", project, "end", since=project.start, until=project.end)
    for incident in records.of(Incident):
        if incident.closed and incident.closed < incident.opened:
            since, until = incident.opened.isoformat(), incident.closed.isoformat()
            yield _violation("until_before_since", incident, "closed", since=since, until=until)
    for contract in records.of(Contract):
        yield from _contract(contract)


def _contract(contract: Contract) -> Iterator[Violation]:
    if contract.end is None:
        return
    until = contract.end.isoformat()
    if contract.start and contract.end < contract.start:
        yield _violation("end_before_start", contract, "end", since=contract.start.isoformat(), until=until)
    if contract.notice and contract.notice > contract.end:
        notice = contract.notice.isoformat()
        yield _violation("notice_after_end", contract, "notice", notice=notice, until=until)


def _holders(records: RecordSet) -> Iterator[Violation]:
    """Find positions with two holders of whom neither has an end."""
    current: dict[str, Holding] = {}
    for holding in records.of(Holding):
        if holding.until is not None:
            continue
        other = current.setdefault(holding.position_id, holding)
        if other is not holding:
            holders = tuple(_called(records.get(Person, h.person_id)) for h in (other, holding))
            name = _called(records.get(Position, holding.position_id))
            yield _violation("two_holders", holding, "person_id", name=name, holders=holders)


def _contacts(records: RecordSet) -> Iterator[Violation]:
    """Find people with two owners, and backups on paper only."""
    owners: dict[str, ContactTie] = {}
    for tie in records.of(ContactTie):
        if tie.kind is ContactKind.OWNER and (first := owners.setdefault(tie.person_id, tie)) is not tie:
            members = tuple(_called(records.get(TeamMember, t.member_id)) for t in (first, tie))
            name = _called(records.get(Person, tie.person_id))
            yield _violation("two_owners", tie, "kind", name=name, members=members)
        if tie.kind is ContactKind.BACKUP and tie.level == 0:
            yield _warning(
                "paper_backup",
                tie,
                "level",
                member=_called(records.get(TeamMember, tie.member_id)),
                person=_called(records.get(Person, tie.person_id)),
            )
    yield from _mandates(records)


def _mandates(records: RecordSet) -> Iterator[Violation]:
    """Find contacts of those without a mandate, in accounts where mandates are kept at all."""
    mandated = {(mandate.member_id, mandate.account_id) for mandate in records.of(Mandate)}
    kept = {account_id for _, account_id in mandated}
    told: set[tuple[str, str]] = set()
    for tie in records.of(ContactTie):
        pair = (tie.member_id, tie.account_id)
        if tie.account_id in kept and pair not in mandated and pair not in told:
            told.add(pair)
            member = _called(records.get(TeamMember, tie.member_id))
            account = _called(records.get(Account, tie.account_id))
            yield _warning("without_mandate", tie, "member_id", member=member, account=account)


def _centres(records: RecordSet) -> Iterator[Violation]:
    """Find decision centres that cannot decide, or twice."""
    votes: dict[str, float] = {}
    for seat in records.of(Seat):
        votes[seat.centre_id] = votes.get(seat.centre_id, 0.0) + (1.0 if seat.votes is None else seat.votes)
    for centre in records.of(DecisionCentre):
        total = votes.get(centre.id)
        has_quota = centre.quota is not None and centre.rule in {None, DecisionRule.QUOTA}
        if total is None:
            yield _warning("centre_without_members", centre, "name", name=centre.name)
        elif centre.quota is not None and has_quota and centre.quota > total:
            yield _violation("quota_above_votes", centre, "quota", **_voted(centre, total))
        elif total == 0 and centre.rule is not DecisionRule.SINGLE_DECIDER:
            yield _violation("no_votes", centre, "name", name=centre.name)
        elif centre.quota is not None and has_quota and 2 * centre.quota <= total:
            yield _warning("quota_too_low", centre, "quota", **_voted(centre, total))


def _voted(centre: DecisionCentre, total: float) -> dict[str, Param]:
    return {"name": centre.name, "quota": centre.quota, "votes": total}


def _currencies(records: RecordSet) -> Iterator[Violation]:
    """Find accounts with several currencies: there is no rate to add them up with."""
    used: dict[str, set[str]] = {}
    with_money: Iterable[Pursuit | Footprint | PnlLine | OrgUnit] = (
        *records.of(Pursuit),
        *records.of(Footprint),
        *records.of(PnlLine),
        *records.of(OrgUnit),
    )
    for record in with_money:
        if record.currency is not None:
            used.setdefault(record.account_id, set()).add(record.currency)
    for account in records.of(Account):
        currencies = used.get(account.id, set()) | {account.currency or "EUR"}
        if len(currencies) > 1:
            listed = tuple(sorted(currencies))
            yield _warning("mixed_currency", account, "currency", account=account.name, currencies=listed)


def _future(records: RecordSet, today: date) -> Iterator[Violation]:
    """Find contacts that are said to have happened but lie ahead."""
    for tie in records.of(ContactTie):
        for field, day in (("last_contact", tie.last_contact), ("stated_on", tie.stated_on)):
            if day is not None and day > today and (field == "last_contact" or day != tie.last_contact):
                yield _violation("in_future", tie, field, day=day.isoformat())
    for interaction in records.of(Interaction):
        if interaction.date > today:
            yield _violation("in_future", interaction, "date", day=interaction.date.isoformat())
