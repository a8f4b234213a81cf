"""Records, as they were on a day, made into an account graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import TypeVar

from graphkam.errors import NotFound
from graphkam.graph.account_graph import AccountGraph, Contact, Member, Stakeholder, by_name
from graphkam.model.base import AccountEntity, is_valid_on
from graphkam.model.business import Interaction
from graphkam.model.contact_level import last_contact_on, level_on
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Mandate, Statement
from graphkam.model.vocabulary import Attribute, Occupancy, PersonStatus

A = TypeVar("A", bound=AccountEntity)

_BY_ID = attrgetter("id")


def account_graph(records: RecordSet, account_id: str, as_of: date) -> AccountGraph:
    """Give an account as it was on a day.

    Parameters
    ----------
    records
        Records of the account (others are left aside) and of our own people.
    account_id
        Id of the account.
    as_of
        The day.

    Raises
    ------
    NotFound
        If the records have no such account.
    """
    account = records.get(Account, account_id)
    if account is None:
        raise NotFound("no_such_name_at_all", value=account_id)
    stakeholders = _stakeholders(records, account_id, as_of)
    contacts, members = _team(records, account_id, as_of)
    positions = {s.id for s in stakeholders}
    return AccountGraph(
        account=account,
        as_of=as_of,
        records=records,
        units=_named(_own(records, OrgUnit, account_id)),
        stakeholders=stakeholders,
        members=members,
        contacts=contacts,
        centres=_named(_own(records, DecisionCentre, account_id)),
        seats=tuple(s for s in _own(records, Seat, account_id) if s.position_id in positions),
        influences=tuple(
            t
            for t in _own(records, InfluenceTie, account_id)
            if is_valid_on(as_of, since=t.since, until=t.until)
            and (t.known_on is None or t.known_on <= as_of)
        ),
        assessments=_assessments(_own(records, Assessment, account_id), as_of),
    )


def _own(records: RecordSet, kind: type[A], account_id: str) -> tuple[A, ...]:
    """Give an account's records of a kind, in the order of their ids: sums must not depend on the file's."""
    own = [record for record in records.of(kind) if record.account_id == account_id]
    return tuple(sorted(own, key=_BY_ID))


N = TypeVar("N", OrgUnit, DecisionCentre)


def _named(records: Iterable[N]) -> tuple[N, ...]:
    return tuple(sorted(records, key=lambda r: by_name(r.name, r.id)))


def _stakeholders(records: RecordSet, account_id: str, as_of: date) -> tuple[Stakeholder, ...]:
    holders: dict[str, Holding] = {}
    for holding in sorted(_own(records, Holding, account_id), key=lambda h: (h.since or "", h.id)):
        if is_valid_on(as_of, since=holding.since, until=holding.until):
            holders[holding.position_id] = holding  # of several the newest
    found = []
    for position in _own(records, Position, account_id):
        if not is_valid_on(as_of, since=position.since, until=position.until):
            continue
        held = holders.get(position.id)
        person = records.get(Person, held.person_id) if held else None
        if person is not None and held is not None:
            # A person marked as left who has an end date still to come had not left on the day.
            gone = person.status is PersonStatus.LEFT and held.until is None
            found.append(Stakeholder(position, person, Occupancy.HELD, has_left=gone))
        elif position.occupancy is Occupancy.UNKNOWN:
            found.append(Stakeholder(position, None, Occupancy.UNKNOWN))
        else:
            found.append(Stakeholder(position, None, Occupancy.VACANT))
    return tuple(sorted(found, key=lambda s: by_name(s.name, s.id)))


def _team(records: RecordSet, account_id: str, as_of: date) -> tuple[tuple[Contact, ...], tuple[Member, ...]]:
    mandates: dict[str, list[Mandate]] = {}
    for mandate in _own(records, Mandate, account_id):
        mandates.setdefault(mandate.member_id, []).append(mandate)
    met = _interactions(records, account_id, as_of)
    contacts = [
        contact
        for tie in _own(records, ContactTie, account_id)
        if (contact := _contact(tie, as_of, met)) is not None
    ]
    members: dict[str, Member] = {}
    for member_id in dict.fromkeys((*mandates, *[c.member_id for c in contacts])):
        member = records.get(TeamMember, member_id)
        rows = mandates.get(member_id, [])
        valid = tuple(m for m in rows if is_valid_on(as_of, since=m.since, until=m.until))
        if member is not None and _is_with_us(member, as_of) and (valid or not rows):
            members[member_id] = Member(member, valid)
    kept = tuple([c for c in contacts if c.member_id in members])
    return kept, tuple(sorted(members.values(), key=lambda m: by_name(m.name, m.id)))


def _is_with_us(member: TeamMember, as_of: date) -> bool:
    if member.status is PersonStatus.LEFT and member.until is None:
        return False
    return is_valid_on(as_of, since=member.since, until=member.until)


def _interactions(records: RecordSet, account_id: str, as_of: date) -> Mapping[tuple[str, str], date]:
    """Give the newest interaction of each pair up to the day."""
    newest: dict[tuple[str, str], date] = {}
    for meeting in _own(records, Interaction, account_id):
        if meeting.date > as_of:
            continue
        for member in meeting.member_ids:
            for person in meeting.person_ids:
                pair = (member, person)
                newest[pair] = max(meeting.date, newest.get(pair, meeting.date))
    return newest


def _contact(tie: ContactTie, as_of: date, met: Mapping[tuple[str, str], date]) -> Contact | None:
    """Give a tie as it was on the day; None if nothing was known of it then.

    A statement holds from the day it was made, or from the last contact it tells of if that is
    earlier: who says today that they met in May had met in May.
    """
    ends = tie.member_id, tie.person_id
    mailed = last_contact_on(tie.days_out, tie.days_in, as_of) if tie.has_mail else None
    newest, last = None, max(filter(None, (mailed, met.get(ends))), default=None)
    for said in _statements(tie, as_of):
        on, _, told = said
        if told is not None and told <= as_of:
            newest, last = said, told if last is None else max(told, last)
        elif on <= as_of:
            newest = said
    if newest is not None and not (newest.level is None and mailed is not None):
        return Contact(tie, *ends, newest.level, last, min(newest.on, as_of))
    if last is None:
        return None
    level = level_on(tie.days_out, tie.days_in, as_of) if mailed is not None else None
    return Contact(tie, *ends, level, last, last)


def _statements(tie: ContactTie, as_of: date) -> tuple[Statement, ...]:
    """Give what was said of a tie, oldest first; what was said nobody knows when was always so.

    So was a tie of which nothing else is said, be it only who owns it: its level is unknown, not the tie.
    """
    said = tie.statements()
    is_all = not (said or tie.has_mail)
    if tie.stated_on is None and (tie.level is not None or is_all):
        return (*said, Statement(tie.last_contact or as_of, tie.level, tie.last_contact))
    return said


def _assessments(
    said: Iterable[Assessment], as_of: date
) -> dict[tuple[str, Attribute, str | None], Assessment]:
    latest: dict[tuple[str, Attribute, str | None], Assessment] = {}
    for assessment in sorted((a for a in said if a.date <= as_of), key=lambda a: (a.date, a.id)):
        latest[assessment.person_id, assessment.attribute, assessment.centre_id] = assessment
    return latest
