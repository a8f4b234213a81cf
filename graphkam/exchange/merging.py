"""People written twice: who they may be, and what making them one would change."""

from __future__ import annotations

from graphkam.errors import InputError, NotFound
from graphkam.exchange.called import Called
from graphkam.exchange.lines import Dropped
from graphkam.exchange.plan import Plan, plan
from graphkam.model.base import Entity
from graphkam.model.duplicates import Duplicate, duplicates
from graphkam.model.joining import joined
from graphkam.model.people import Person, Somebody, TeamMember
from graphkam.model.records import RecordSet, account_of


def find_duplicates(known: RecordSet, account_id: str | None) -> tuple[Duplicate[Somebody], ...]:
    """Give who may be one person written twice.

    Parameters
    ----------
    known
        What the store holds.
    account_id
        The account whose people are looked at; None = all accounts, and our own people.
    """
    theirs = (p for p in known.of(Person) if account_id in {None, p.account_id})
    ours = known.of(TeamMember) if account_id is None else ()
    return (*duplicates(theirs), *duplicates(ours))


def plan_merge(known: RecordSet, kept_id: str, gone_id: str, *, revision: int) -> Plan:
    """Give what making two people one would change.

    Parameters
    ----------
    known
        What the store holds, of all accounts that know of them.
    kept_id, gone_id
        Ids of the one who stays, and of who is the same.
    revision
        Revision of the store.

    Raises
    ------
    InputError
        If there is no such person, or if they are the same already, or of two accounts.
    """
    kept, gone = _somebody(known, kept_id), _somebody(known, gone_id)
    if (type(kept), kept.id) == (type(gone), gone.id):
        raise InputError("merge_same", name=kept.name, id=kept.id)
    if type(kept) is not type(gone) or account_of(kept) != account_of(gone):
        raise InputError("merge_apart", name=kept.name, other=gone.name)
    made = joined(known, kept, gone)
    called = Called(made.records, known)
    dropped = tuple(_dropped(d.record, d.field, d.value, made.records, called) for d in made.dropped)
    return plan(known, made.records, revision=revision).model_copy(update={"dropped": dropped})


def _somebody(known: RecordSet, ident: str) -> Somebody:
    found = known.get(Person, ident) or known.get(TeamMember, ident)
    if found is None:
        raise NotFound("no_such_name_at_all", value=ident)
    return found


def _dropped(record: Entity, field: str, value: object, made: RecordSet, called: Called) -> Dropped:
    now = made.get(type(record), record.id) or record
    return Dropped(
        kind=type(now).__name__,
        id=now.id,
        name=called.name(now),
        field=field,
        kept=called.shown(now, field, getattr(now, field)),
        dropped=called.shown(now, field, value),
    )
