"""Who influences whom, whom we know and how well, who sits where decisions are made, who is for us."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from graphkam.editing.facts import new, put, said_of, there
from graphkam.errors import InputError
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import DecisionCentre, Position, Seat
from graphkam.model.people import Assessment, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie, Statement
from graphkam.model.vocabulary import Attribute, BuyingRole, ContactKind, LinkKind


def influence(records: RecordSet, from_id: str, to_id: str, *, kind: LinkKind, **said: Any) -> ChangeSet:
    """Give what ties two people of the client; a conflict is a tie of that kind.

    Parameters
    ----------
    records
        The account, as the user saw it.
    from_id, to_id
        Who influences whom.
    kind
        How.
    **said
        Weight, source, day, note, since, until.

    Raises
    ------
    InputError
        If something cannot be accepted.
    """
    account_id = there(records, Person, from_id).account_id
    ends = {"account_id": account_id, "from_id": from_id, "to_id": to_id}
    return put(new(records, InfluenceTie, kind=kind, **ends, **said))


def contact(
    records: RecordSet,
    member_id: str,
    person_id: str,
    *,
    on: date,
    base: ContactTie | None = None,
    **said: Any,
) -> ChangeSet:
    """Give what says how one of us knows somebody; whoever was the owner before is so no longer.

    A level and a last contact are a statement of a day. The one before stays known, so that any day
    can be looked at as it was; one of an earlier day than the newest takes its place among those.

    Parameters
    ----------
    records
        The account, as the user saw it.
    member_id, person_id
        Who of us, and whom.
    on
        Day of the statement.
    base
        The tie as the user saw it; None = a new one, unless the two know each other already.
    **said
        Kind, level, desired level, last contact, source, note. Of a tie that is there, what is not
        said stays; None takes it away.

    Raises
    ------
    InputError
        If something cannot be accepted.
    """
    person = there(records, Person, person_id)
    there(records, TeamMember, member_id)
    known = base or _tie(records, member_id, person_id)
    if known is None:
        ends = {"account_id": person.account_id, "member_id": member_id, "person_id": person_id}
        is_stated = said.get("level") is not None or said.get("last_contact") is not None
        tie = new(records, ContactTie, stated_on=on if is_stated else None, **ends, **said)
    else:
        tie = _restated(known, said_of(known, said), on)
    changed = () if tie is known else (tie,)
    return ChangeSet(puts=(*changed, *_former_owners(records, tie)))


def _tie(records: RecordSet, member_id: str, person_id: str) -> ContactTie | None:
    pair = (member_id, person_id)
    return next((t for t in records.of(ContactTie) if (t.member_id, t.person_id) == pair), None)


def _former_owners(records: RecordSet, tie: ContactTie) -> Iterable[ContactTie]:
    """Give those who own the contact no longer: there is one owner."""
    if tie.kind is not ContactKind.OWNER:
        return
    for other in records.of(ContactTie):
        is_owner = other.person_id == tie.person_id and other.kind is ContactKind.OWNER
        if is_owner and other.member_id != tie.member_id:
            yield said_of(other, {"kind": ContactKind.CONTACT})


def _restated(known: ContactTie, made: ContactTie, on: date) -> ContactTie:
    """Give a tie with its statements in order."""
    if made is known:
        return known
    said = Statement(on, made.level, made.last_contact)
    if (known.level, known.last_contact) == (said.level, said.last_contact):
        return made
    earlier = [s for s in known.statements() if s.on != on]
    if known.stated_on is None and known.level is not None and known.last_contact not in {None, on}:
        assert known.last_contact is not None  # noqa: S101 - just seen
        earlier.append(Statement(known.last_contact, known.level, known.last_contact))
    ordered = sorted({*earlier, said}, key=lambda s: (s.on, str(s)))
    newest = ordered.pop()
    return made.model_copy(
        update={
            "level": newest.level,
            "last_contact": newest.last_contact,
            "stated_on": newest.on,
            "past": tuple(str(s) for s in ordered),
        }
    )


def seat(
    records: RecordSet,
    position_id: str,
    centre_id: str,
    *,
    roles: Iterable[BuyingRole],
    votes: float | None = None,
    veto: bool | None = None,
) -> ChangeSet:
    """Give what seats a position in a decision centre.

    Parameters
    ----------
    records
        The account, as the user saw it.
    position_id, centre_id
        Who, and where.
    roles
        Its buying roles there, one at least.
    votes
        How many; None = one.
    veto
        Whether it can stop a decision.

    Raises
    ------
    InputError
        If something cannot be accepted.
    """
    centre = there(records, DecisionCentre, centre_id)
    there(records, Position, position_id)
    said = {"roles": tuple(roles), "votes": votes, "veto": veto}
    ends = {"account_id": centre.account_id, "position_id": position_id, "centre_id": centre_id}
    return put(new(records, Seat, **ends, **said))


def assess(
    records: RecordSet,
    person_id: str,
    *,
    attribute: Attribute,
    value: str,
    on: date,
    source: str | None,
    **said: Any,
) -> ChangeSet:
    """Give what is said of a person on a day; earlier days stay as they were.

    Said once more on the same day, it takes the place of what was said before.

    Parameters
    ----------
    records
        The account, as the user saw it.
    person_id
        Of whom.
    attribute, value
        What: a stance is ``-2`` … ``2``, or ``?``.
    on
        Day on which it was known.
    source
        How we know: an act, with its place.
    **said
        By whom, how sure, in which decision centre.

    Raises
    ------
    InputError
        If something cannot be accepted; without a source nothing is.
    """
    person = there(records, Person, person_id)
    if not source or not source.strip():
        raise InputError("edit_source")
    about = (person_id, attribute, on, said.get("centre_id"))
    same = (a for a in records.of(Assessment) if (a.person_id, a.attribute, a.date, a.centre_id) == about)
    fields = {"value": value, "source": source, **said}
    if (known := next(same, None)) is not None:
        return put(said_of(known, fields))
    return put(
        new(
            records,
            Assessment,
            account_id=person.account_id,
            person_id=person_id,
            attribute=attribute,
            date=on,
            **fields,
        )
    )
