"""What must hold together once two states are brought together.

Two states that hold each by itself may not hold together. Something of one side may refer to what the
other removed; a position may get two holders, a person two owners. Each of these is a clash, too, and
is mended by going back, as far as it must, to the side that is preferred: in the end nothing leads
nowhere that did not before. What is kept against the other side's removing it comes with all that was
removed because of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graphkam.model.base import Entity
from graphkam.model.clashes import Clash, Key, States
from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person
from graphkam.model.targets import ids_in, references
from graphkam.model.ties import ContactTie
from graphkam.model.vocabulary import ContactKind


class _Rule(NamedTuple):
    """What at most one record may be."""

    kind: type[Entity]
    key: Callable[[Any], str | None]
    """What it is the one of; None = it is not."""
    about: type[Entity]
    name: str
    who: str
    """The field that says who it is."""
    fields: tuple[str, ...]
    """What is taken back of a record that may not be it; empty = all of it."""


_RULES = (
    _Rule(Holding, lambda h: None if h.until else h.position_id, Position, "holder", "person_id", ()),
    _Rule(
        ContactTie,
        lambda t: t.person_id if t.kind == ContactKind.OWNER else None,
        Person,
        "owner",
        "member_id",
        ("kind", "proposed"),
    ),
)


class Mending:
    """Mends what does not hold together.

    Parameters
    ----------
    states
        What is brought together.
    found
        The records, each settled by itself; changed here.
    clashes
        The clashes so far, by record and field; added to here.
    """

    def __init__(
        self, states: States, found: dict[Key, Entity], clashes: dict[tuple[Key, str], Clash]
    ) -> None:
        self._states = states
        self._preferred = states.preferred
        self._found = found
        self._clashes = clashes
        self._all = {(type(r), r.id) for r in (*states.mine, *states.theirs)}
        self._referring: dict[Key, list[Key]] = {}

    def mended(self) -> dict[Key, Entity]:
        """Give the records as they hold together."""
        for clash in list(self._clashes.values()):
            if not clash.field and (clash.kind, clash.id) in self._found:
                self._bring_back((clash.kind, clash.id))
        while self._mend_references() or self._mend_rivals():
            pass
        return self._found

    # ------------------------------------------------------------------ what leads nowhere

    def _mend_references(self) -> bool:
        """Mend what refers to something gone; tell whether anything did."""
        gone = self._all - self._found.keys()
        broken = [(r, target) for r in self._found.values() if gone for target in self._missing(r, gone)]
        for record, target in broken:
            if (type(record), record.id) in self._found and target not in self._found:
                self._mend_reference(record, target)
        return bool(broken)

    def _missing(self, record: Entity, gone: set[Key]) -> Iterator[Key]:
        """Give what a record refers to and is gone, unless the preferred side itself has it so."""
        own = self._preferred.get(type(record), record.id)
        for field, kinds in references(type(record)).items():
            said = ids_in(getattr(own, field)) if own is not None else ()
            for one in ids_in(getattr(record, field)):
                meant = [(kind, one) for kind in kinds]
                if not any(target in self._found for target in meant):
                    is_new = one not in said
                    yield from (t for t in meant if t in gone and (is_new or self._preferred.get(*t)))

    def _mend_reference(self, record: Entity, target: Key) -> None:
        mine, theirs = self._states.mine.get(*target), self._states.theirs.get(*target)
        # What they did: they removed it, or they came to say something of it.
        at = target if theirs is None else (type(record), record.id)
        self._clash(Clash(*target, "", self._states.base.get(*target), mine, theirs, at))
        if self._preferred.get(*target) is not None:
            self._bring_back(target)
        else:
            self._go_back(record)

    def _bring_back(self, key: Key) -> None:
        """Put in a record as the preferred side has it, with all that hangs together with it there."""
        if not self._referring:
            for record in self._preferred:
                for target in _leads_to(record):
                    self._referring.setdefault(target, []).append((type(record), record.id))
        waiting = [key]
        while waiting:
            at = waiting.pop()
            kept = self._preferred.get(*at)
            if kept is not None and at not in self._found:
                self._found[at] = kept
                waiting += [t for t in _leads_to(kept) if t in self._all and t not in self._found]
            waiting += [other for other in self._referring.pop(at, ()) if other not in self._found]

    def _go_back(self, record: Entity, fields: tuple[str, ...] = ()) -> None:
        """Let a record, or some fields of it, be as the preferred side has it."""
        key = (type(record), record.id)
        own = self._preferred.get(*key)
        if own is None:
            del self._found[key]
            return
        update = {name: getattr(own, name) for name in fields}
        is_enough = any(getattr(record, name) != value for name, value in update.items())
        self._found[key] = record.model_copy(update=update) if is_enough else own

    # ------------------------------------------------------------------ what only one may be

    def _mend_rivals(self) -> bool:
        """Mend where two records are what one may be; tell whether any were."""
        return any(self._mend_rule(rule) for rule in _RULES)

    def _mend_rule(self, rule: _Rule) -> bool:
        groups: dict[str, list[Entity]] = {}
        for (kind, _), record in self._found.items():
            if kind is rule.kind and (about := rule.key(record)) is not None:
                groups.setdefault(about, []).append(record)
        is_mended = False
        for about, rivals in groups.items():
            others = [r for r in rivals if len(rivals) > 1 and not self._is_so(rule, r)]
            for other in others if len(others) < len(rivals) else others[1:]:
                self._clash(self._rivalry(rule, about))
                self._go_back(other, rule.fields)
                is_mended = True
        return is_mended

    def _is_so(self, rule: _Rule, record: Entity) -> bool:
        """Tell whether the preferred side has it so."""
        own = self._preferred.get(rule.kind, record.id)
        return own is not None and rule.key(own) == rule.key(record)

    def _rivalry(self, rule: _Rule, about: str) -> Clash:
        """Say who each side wants to be the one."""
        base, mine, theirs = (
            next((r for r in records.of(rule.kind) if rule.key(r) == about), None)
            for records in self._states[:3]
        )
        at: Key = (rule.about, about) if theirs is None else (rule.kind, theirs.id)
        before, ours, other = (getattr(record, rule.who, None) for record in (base, mine, theirs))
        return Clash(rule.about, about, rule.name, before, ours, other, at)

    def _clash(self, clash: Clash) -> None:
        self._clashes.setdefault(((clash.kind, clash.id), clash.field), clash)


def _leads_to(record: Entity) -> Iterator[Key]:
    for field, kinds in references(type(record)).items():
        yield from ((kind, one) for one in ids_in(getattr(record, field)) for kind in kinds)
