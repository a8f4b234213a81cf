"""Who owns what: contacts, load against room, and who has no owner or no backup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from graphkam.model.base import fold
from graphkam.model.vocabulary import label
from graphkam.ui.elsewhere import elsewhere
from graphkam.ui.questions import charges_of
from graphkam.ui.table import Table, columns

if TYPE_CHECKING:
    from graphkam.review.charges import Charge, Load, Unowned
    from graphkam.text import Words
    from graphkam.ui.state import View


def tables(view: View, asked: Mapping[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Give the tables of the page; of the contacts those of the member asked for."""
    found, words = view.answer(charges_of, elsewhere(view)), view.words
    mine = asked.get("member", ("",))[0]
    return (
        contacts(words, of_member(found.ties, mine), with_member=not mine),
        loads(words, found.loads),
        unowned(words, found.unowned),
    )


def of_member(ties: Sequence[Charge], member_id: str) -> list[Charge]:
    """Give the contacts of one of us, or all: the most overdue first, then those heard of longest ago."""
    mine = [c for c in ties if member_id in {"", c.tie.member_id}]
    return sorted(mine, key=lambda c: (-(_beyond(c) or 0), -(c.days or 0), fold(c.tie.person), c.tie_id))


def _beyond(charge: Charge) -> int | None:
    """Give by how many days a contact is overdue, if it is."""
    if not charge.is_overdue or charge.days is None or charge.limit is None:
        return None
    return round(charge.days - charge.limit)


def contacts(words: Words, ties: Sequence[Charge], *, with_member: bool) -> Table:
    """Give contacts with what was agreed of them and how they stand."""
    rows = [contact(words, c) for c in ties]
    named = columns(
        "person", *(["member"] if with_member else []), "kind", "number:level_now", "number:desired"
    )
    named += columns("day:last_contact", "overdue", "flag:is_live", "number:weight", "title")
    return Table("contacts", "app.owners.contacts", named, rows)


def contact(words: Words, charge: Charge) -> dict[str, Any]:
    """Give the row of a contact."""
    tie = charge.tie
    return {
        "id": tie.person_id,
        "person": tie.person,
        "title": ", ".join(tie.titles),
        "weight": tie.weight,
        "member": tie.member,
        "kind": kind(words, tie.kind) + (" ?" if tie.is_proposed else ""),
        "level_now": tie.level,
        "desired": tie.desired,
        "last_contact": tie.last_contact,
        "overdue": overdue(words, charge),
        "is_live": tie.is_live,
    }


def kind(words: Words, code: str) -> str:
    """Say what one of us is to somebody."""
    return label("know_kind", code, words.language)


def overdue(words: Words, charge: Charge) -> str:
    """Say by how many days a contact is overdue."""
    days = _beyond(charge)
    return "" if days is None else words.say("app.owners.days_over", count=days)


def loads(words: Words, found: Sequence[Load]) -> Table:
    """Give how much each of us has, against the room there is."""
    rows = [
        {
            "id": load.member_id,
            "member": load.name,
            "owner_of": load.owner,
            "backup_of": load.backup,
            "contact_of": load.contact,
            "live_here": load.live,
            "elsewhere": load.elsewhere,
            "planned": load.planned,
            "room": words.say("mesh.no_limit") if load.capacity is None else words.number(load.capacity, 0),
            "over": load.over or None,
            "overdue_count": load.overdue,
            "days_asked": load.days_asked,
            "days_agreed": load.days,
        }
        for load in found
    ]
    named = columns("member", "number:owner_of", "number:backup_of", "number:contact_of", "number:live_here")
    named += columns("number:elsewhere", "number:planned", "room", "number:over", "number:overdue_count")
    named += columns("number:days_asked", "number:days_agreed")
    return Table("loads", "app.owners.load", named, rows)


def unowned(words: Words, found: Sequence[Unowned]) -> Table:
    """Give who has no owner, or is key and has no backup."""
    rows = [
        {
            "id": one.position_id,
            "person": one.name,
            "weight": words.number(one.weight, 1),
            "owner": one.owner or "",
            "backup": one.backup or "",
            "known_by": ", ".join(one.known_by),
            "title": one.title,
        }
        for one in found
    ]
    named = columns("person", "weight", "owner", "backup", "known_by", "title")
    return Table("unowned", "app.owners.unowned", named, rows)
