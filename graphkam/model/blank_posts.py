"""Posts of which nothing is known but who sits there: a mail log gives everybody one.

Where two people become one, two such posts are one, too, and one beside a post that is known is none:
otherwise the same person would count twice.
"""

from __future__ import annotations

from graphkam.model.base import Entity, first_day
from graphkam.model.organisation import UNKNOWN_TITLE, Position
from graphkam.model.people import Holding
from graphkam.model.records import RecordSet
from graphkam.model.targets import ids_in, references


def without_blank_posts(records: RecordSet, kept_id: str, gone_id: str) -> RecordSet:
    """Give the records with at most one blank post between two people who become one.

    Parameters
    ----------
    records
        All that may speak of the two.
    kept_id, gone_id
        The two people.
    """
    held = [h for h in records.of(Holding) if h.person_id in {kept_id, gone_id}]
    blank = [h for h in held if _is_blank(records, h.position_id)]
    if len({h.position_id for h in held}) < 2 or not blank:  # noqa: PLR2004 - two posts
        return records
    left: list[Entity] = []
    if all(h in blank for h in held):
        stays = next((h for h in blank if h.person_id == kept_id), blank[0])
        blank = [h for h in blank if h.position_id != stays.position_id]
        moved = [h.model_copy(update={"position_id": stays.position_id}) for h in blank]
        left = [_begun(records, stays.position_id, blank), *moved]
    gone = {h.position_id for h in blank}
    posts = [p for p in records.of(Position) if p.id in gone]
    return records.merged(left, [*posts, *(h for h in blank if h.id not in {r.id for r in left})])


def _is_blank(records: RecordSet, position_id: str) -> bool:
    """Tell whether nothing is known of a post, and nothing else speaks of it."""
    post = records.get(Position, position_id)
    if (
        post is None
        or post.title != UNKNOWN_TITLE
        or post.weight is not None
        or post.reports_to_id is not None
    ):
        return False
    return not any(_speaks_of(record, position_id) for record in records if not isinstance(record, Holding))


def _speaks_of(record: Entity, position_id: str) -> bool:
    fields = (name for name, kinds in references(type(record)).items() if Position in kinds)
    return any(position_id in ids_in(getattr(record, name)) for name in fields)


def _begun(records: RecordSet, position_id: str, others: list[Holding]) -> Position:
    """Give a post that has been there as long as those that are the same."""
    posts = [records.get(Position, one) for one in (position_id, *(h.position_id for h in others))]
    found = [post for post in posts if post is not None]
    begins = [post.since for post in found]
    since = None if None in begins else min((b for b in begins if b is not None), key=first_day)
    return found[0] if found[0].since == since else found[0].model_copy(update={"since": since})
