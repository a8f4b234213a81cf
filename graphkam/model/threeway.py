"""Two states of the same records made into one, by the state from which both began.

``base`` is what both sides saw, ``mine`` what one of them made of it, ``theirs`` what the other did.
What only one side changed is as that side says; what both changed alike is so; a field that both
changed to different values is a clash, and so is a record that one side changed and the other removed.

Three things of a contact tie are no plain fields. Its days with messages and its earlier statements
are collections: what either side added is in, what either took away is out. Its newest statement
goes with the level: of two new ones the one that changed the level counts, else the later one, and
the other stays among the earlier statements.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphkam.model.base import Entity
from graphkam.model.clashes import NOT_CONTENT, Clash, Key, Merged, Side, States, says_other
from graphkam.model.mending import Mending
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.ties import ContactTie, Statement

_COLLECTIONS = frozenset({"past", "days_in", "days_out"})
_NOTHING = object()


def merged(base: RecordSet, mine: RecordSet, theirs: RecordSet, *, prefer: Side = Side.THEIRS) -> Merged:
    """Bring two states together.

    Parameters
    ----------
    base
        What both began from.
    mine, theirs
        What the two sides made of it.
    prefer
        Whose word counts where they clash.

    Returns
    -------
    Merged
        The records, those of ``theirs`` themselves wherever they are left as they are; and the
        clashes, by kind and id.
    """
    states = States(base, mine, theirs, prefer)
    work = _Work(states)
    for kind in KINDS:
        for other in theirs.of(kind):
            work.settle((kind, other.id), mine.get(kind, other.id), other)
        for own in mine.of(kind):
            if theirs.get(kind, own.id) is None:
                work.settle((kind, own.id), own, None)
    mended = Mending(states, work.found, work.clashes).mended()
    return Merged(RecordSet(mended.values()), tuple(sorted(work.clashes.values(), key=_placed)))


def _placed(clash: Clash) -> tuple[int, str, str]:
    return clash.place


class _Work:
    """Settles each record by itself."""

    def __init__(self, states: States) -> None:
        self._states = states
        self.found: dict[Key, Entity] = {}
        self.clashes: dict[tuple[Key, str], Clash] = {}

    def settle(self, key: Key, mine: Entity | None, theirs: Entity | None) -> None:
        """Settle one record."""
        made: Entity | None = theirs
        if mine is not None and mine is self._states.base.get(*key) and theirs is not None:
            pass  # left alone, as most are: whatever they say
        elif mine is not None and theirs is not None and mine is not theirs:
            made = self._both(key, mine, theirs)
        elif mine is None or theirs is None:
            made = self._one(key, mine, theirs)
        if made is not None:
            self.found[key] = made

    def _one(self, key: Key, mine: Entity | None, theirs: Entity | None) -> Entity | None:
        """Settle a record that only one side has."""
        base = self._states.base.get(*key)
        left = mine or theirs
        if base is None or left is None:
            return left
        if not says_other(base, left):
            return None
        self._clash(Clash(*key, "", base, mine, theirs, key))
        return mine if self._states.prefer is Side.MINE else theirs

    def _both(self, key: Key, mine: Entity, theirs: Entity) -> Entity:
        """Settle a record that both sides have, field by field."""
        base = self._states.base.get(*key)
        made: dict[str, Any] = {}
        for name in type(theirs).model_fields:
            if name in NOT_CONTENT or (ours := getattr(mine, name)) == (other := getattr(theirs, name)):
                continue
            before = getattr(base, name) if base else _default(key[0], name)
            if name in _COLLECTIONS:
                made[name] = _collected(before, ours, other)
            elif other == before:
                made[name] = ours
            elif ours != before and name != "stated_on":
                self._clash(Clash(*key, name, None if before is _NOTHING else before, ours, other, key))
                if self._states.prefer is Side.MINE:
                    made[name] = ours
        if isinstance(mine, ContactTie) and isinstance(theirs, ContactTie):
            made |= _newest_statement(base, mine, theirs, made)
        changed = {name: value for name, value in made.items() if value != getattr(theirs, name)}
        return theirs.model_copy(update=changed | {"origin": mine.origin}) if changed else theirs

    def _clash(self, clash: Clash) -> None:
        self.clashes[(clash.kind, clash.id), clash.field] = clash


def _default(kind: type[Entity], name: str) -> Any:
    """Give what a record says where nothing was said: what a new one began from."""
    field = kind.model_fields[name]
    return _NOTHING if field.is_required() else field.get_default()


def _collected(base: Any, mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give what either side has, without what either took away."""
    before, ours, others = set(base), set(mine), set(theirs)
    return tuple(sorted((ours | others) - (before - ours) - (before - others)))


def _newest_statement(
    base: Entity | None, mine: ContactTie, theirs: ContactTie, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the day of the statement that counts, and the earlier ones, where both sides made one."""
    before = base.stated_on if isinstance(base, ContactTie) else None
    if mine.stated_on == theirs.stated_on or before in {mine.stated_on, theirs.stated_on}:
        return {}
    now = theirs.model_copy(update=dict(made))
    days = [tie.stated_on for tie in (mine, theirs) if tie.level == now.level and tie.stated_on is not None]
    if not days:  # the side whose level counts took its day away
        return {"stated_on": None}
    on = max(days)
    said = {
        Statement(t.stated_on, t.level, t.last_contact) for t in (mine, theirs) if t.stated_on is not None
    }
    past = {*now.past, *(str(statement) for statement in said if statement.on < on)}
    past.discard(str(Statement(on, now.level, now.last_contact)))
    return {"stated_on": on, "past": tuple(sorted(past))}
