"""Whom a mail log proposes as owner and backup of a contact: the strongest tie, and the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from graphkam.model.base import fold
from graphkam.model.contact_level import last_contact_on, level_on
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import ContactKind

HALF_LIFE = 180.0
"""Days: of the strength by which owner and backup are proposed (design: analyses.md)."""


def proposed(
    ties: Sequence[ContactTie], by_hand: Collection[str], as_of: date, names: Mapping[str, str]
) -> tuple[Mapping[str, ContactKind], str | None]:
    """Give who is proposed as what, and who is strongest of all.

    Parameters
    ----------
    ties
        All ties to one person.
    by_hand
        Members whose tie was written or touched by hand. It stays as it is; where one of them is
        owner or backup, nobody else is proposed for that.
    as_of
        The day.
    names
        The members' names, by id: of two equally strong the first by name is taken.

    Returns
    -------
    tuple of mapping and str or None
        Owner and backup by the member's id; and the id of the member with the greatest strength, None
        if nobody has any.
    """
    strengths = {tie.member_id: strength(tie, as_of) for tie in ties}
    ranked = sorted(
        (member for member, s in strengths.items() if s > 0),
        key=lambda member: (-strengths[member], fold(names.get(member, member)), member),
    )
    said = {tie.kind for tie in ties if tie.member_id in by_hand}
    free = [kind for kind in (ContactKind.OWNER, ContactKind.BACKUP) if kind not in said]
    candidates = [member for member in ranked if member not in by_hand]
    return dict(zip(candidates, free, strict=False)), ranked[0] if ranked else None


def strength(tie: ContactTie, as_of: date) -> float:
    """Give the strength of a tie by its days with messages.

    Parameters
    ----------
    tie
        The tie.
    as_of
        The day.
    """
    last = last_contact_on(tie.days_out, tie.days_in, as_of)
    if last is None:
        return 0.0
    decay: float = 2.0 ** (-(as_of - last).days / HALF_LIFE)
    return level_on(tie.days_out, tie.days_in, as_of) * decay
