"""What differs on our side between two days: who of us is on the account, and how well we know whom.

A tie is *new* if nothing was known of it on the earlier day. It *wakes* when it becomes live and *fades*
when it no longer is for want of a contact; it is *lowered* when a lower level was said of it since, and
*lost* when one of its two ends has left. Otherwise a tie that changes its level is *warmer* or *cooler*.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphkam.errors import Param
from graphkam.graph.account_graph import Contact, Member
from graphkam.graph.strength import LIVE_LEVEL, Panel
from graphkam.graph.two_days import Difference, TwoDays
from graphkam.model.base import Severity, is_valid_on
from graphkam.settings import AnalysisSettings

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """How well one of us knows somebody on a day: the best of their ties."""

    contact: Contact
    is_live: bool

    @property
    def level(self) -> int | None:
        return self.contact.level


def team_changes(days: TwoDays) -> Iterator[Difference]:
    """Give who of us joined the account, who left it, and whose mandates are others."""
    was, now = days.was.by_member, days.now.by_member
    for member_id in {**was, **now}:
        old, new = was.get(member_id), now.get(member_id)
        one = new or old
        if one is None or (old and new and _mandates(old) == _mandates(new)):
            continue
        code = "changes_mandates" if old and new else "changes_joined" if new else "changes_quit"
        params: dict[str, Param] = {
            "name": one.name,
            "roles": tuple(m.role for m in one.mandates),
            "before": tuple(m.role for m in old.mandates) if old else (),
            "after": tuple(m.role for m in new.mandates) if new else (),
        }
        begun = [m.since for m in new.mandates if m.since] if new else []
        ended = [m.until for m in old.mandates if m.until] if old else []
        left = None if new else one.member.until
        yield days.differs(
            "team",
            code,
            [member_id],
            params,
            on=max(begun, default=None) if new else left or max(ended, default=None),
            severity=Severity.INFO if new else Severity.NOTICE,
            evidence=sorted(_mandates(one)),
        )


def _mandates(member: Member) -> frozenset[str]:
    return frozenset(m.id for m in member.mandates)


def tie_changes(days: TwoDays, settings: AnalysisSettings) -> Iterator[Difference]:
    """Give the ties that are new, live again, no longer live, or of another level."""
    was, now = _known(days.before), _known(days.after)
    for pair in {**was, **now}:
        (member, person), old, new = pair, was.get(pair), now.get(pair)
        one = new or old
        if one is None or (code := _code(days, person, old, new)) is None:
            continue
        held = [s.id for g in (days.was, days.now) for s in g.by_person.get(person, ())]
        lost = old is not None and old.is_live and not (new and new.is_live)
        is_grave = lost and days.is_key(held, settings.key_weight)
        yield days.differs(
            "ties",
            code,
            [one.contact.tie.id, member, person, *held],
            _told(days, pair, old, new),
            positions=held,
            on=_on(new, code),
            severity=Severity.NOTICE if is_grave else Severity.INFO,
        )


def unseen(days: TwoDays) -> frozenset[Pair]:
    """Give the ties of the later day of which no trace is as old as the earlier, by their two ends.

    Both ends were there on that day: each such tie may be older than what is recorded of it.
    """
    was = {(c.member_id, c.person_id) for c in days.was.contacts}
    now = {(c.member_id, c.person_id) for c in days.now.contacts}
    return frozenset((m, p) for m, p in now - was if p in days.was.by_person and _was_ours(days, m))


def _was_ours(days: TwoDays, member_id: str) -> bool:
    """Tell whether one of us could have known somebody here on the earlier day.

    Who has no mandate, now or ever, is on the account by a tie alone: whoever was with us could.
    """
    one = days.now.by_member[member_id]
    if not one.is_implied:
        return member_id in days.was.by_member
    return is_valid_on(days.was.as_of, since=one.member.since, until=one.member.until)


def _known(ties: Panel) -> Mapping[Pair, _Known]:
    live = {int(t) for t in ties.tie[ties.live]}
    found: dict[Pair, _Known] = {}
    for t, contact in enumerate(ties.graph.contacts):
        pair, made = (contact.member_id, contact.person_id), _Known(contact, t in live)
        other = found.get(pair)
        if other is None or _rank(made) > _rank(other):
            found[pair] = made
    return found


def _rank(known: _Known) -> tuple[bool, int]:
    return known.is_live, -1 if known.level is None else known.level


def _code(days: TwoDays, person: str, old: _Known | None, new: _Known | None) -> str | None:
    """Give what became of a tie; None: nothing worth telling."""
    if old is None or new is None:
        if old is None:
            return "changes_tie_new" if new and new.is_live else "changes_tie_first"
        return "changes_tie_member_left" if old.is_live else None
    if old.level is None and new.level is not None:
        return "changes_tie_rated"
    if old.is_live != new.is_live:
        return "changes_tie_woke" if new.is_live else _lost(days, person, new)
    if old.level is None or new.level is None or old.level == new.level:
        return None
    return "changes_tie_warmer" if new.level > old.level else "changes_tie_cooler"


def _lost(days: TwoDays, person: str, new: _Known) -> str:
    """Give why a tie is live no longer."""
    held = days.now.by_person.get(person, ())
    if not held or any(s.has_left for s in held):
        return "changes_tie_holder_left"
    return "changes_tie_lowered" if (new.level or 0) < LIVE_LEVEL else "changes_tie_faded"


def _told(days: TwoDays, pair: Pair, old: _Known | None, new: _Known | None) -> dict[str, Param]:
    member, person = pair
    one = days.now.by_member.get(member) or days.was.by_member[member]
    last = new.contact.last_contact if new else None
    return {
        "name": days.now.person_name(person),
        "member": one.name,
        "before": old.level if old else None,
        "after": new.level if new else None,
        "last": last.isoformat() if last else None,
        "count": (days.now.as_of - last).days if last else None,
    }


def _on(new: _Known | None, code: str) -> object:
    """Give the day of what the later day says of a tie; a tie fades on no day in particular."""
    if new is None or code in {"changes_tie_faded", "changes_tie_holder_left"}:
        return None
    if code in {"changes_tie_new", "changes_tie_first", "changes_tie_woke"}:
        return new.contact.last_contact or new.contact.stated_on
    return new.contact.stated_on
