"""The parking lot: people of the client who hold no position, with what would place them.

A person without a position is in no figure. They come from a mail log, from somebody's memory, or
from a post that they left. Those whom we are in contact with come first, since they are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from graphkam.graph.account_graph import AccountGraph, Contact, by_name
from graphkam.model.base import Frozen, Ids
from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person
from graphkam.model.vocabulary import PersonStatus


class Unplaced(Frozen):
    """A person without a position on the day."""

    person_id: str
    name: str
    email: str | None
    external: bool
    known_by: Ids
    """Ids of those of us with a contact tie, whatever its strength."""
    last_contact: date | None
    """The newest with any of us, up to the day; None = not known."""
    last_post: str | None
    """The title of the position held last; None = none is known."""


def unplaced(graph: AccountGraph) -> tuple[Unplaced, ...]:
    """Give who holds no position on the day and has not left, the most recently met first."""
    known: dict[str, list[Contact]] = {}
    for c in graph.contacts:
        known.setdefault(c.person_id, []).append(c)
    posts = _last_posts(graph)
    found = []
    for person in graph.own(Person):
        if person.id in graph.by_person or person.status is PersonStatus.LEFT:
            continue
        contacts = known.get(person.id, [])
        found.append(
            Unplaced(
                person_id=person.id,
                name=person.name,
                email=person.email,
                external=bool(person.external),
                known_by=tuple(sorted({c.member_id for c in contacts})),
                last_contact=max((c.last_contact for c in contacts if c.last_contact), default=None),
                last_post=posts.get(person.id),
            )
        )
    return tuple(sorted(found, key=_latest_first))


def _latest_first(one: Unplaced) -> tuple[int, int, tuple[str, str]]:
    days = -one.last_contact.toordinal() if one.last_contact else 0
    return -len(one.known_by), days, by_name(one.name, one.person_id)


def _last_posts(graph: AccountGraph) -> Mapping[str, str | None]:
    """Give the title of the position that each held last."""
    held = sorted(graph.own(Holding), key=lambda h: (h.until or "", h.since or "", h.id))
    posts = {h.person_id: graph.records.get(Position, h.position_id) for h in held}
    return {person: post.title if post else None for person, post in posts.items()}
