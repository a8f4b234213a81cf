"""Whom a cell means: by id, by name in either order, ``title @ unit``, ``unit < parent``.

Case, accents, hyphens and commas aside, a name must be unique in its account; nothing is guessed.
Two candidates are both listed; where nobody has the name the nearest are. Names that the file itself
brings count like those of the store.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from graphkam.exchange.problems import CellFault
from graphkam.model.base import fold
from graphkam.model.search import PROPOSED
from graphkam.model.table import Column

RUNNER_UP = 10
"""The second nearest is shown too where it is less like by no more than this."""
_TRIES = 60
"""For how many different names of a file the nearest are sought."""
_SHOWN = 8

HOLDERS = "holders"
"""The people who hold positions now: what a tie to a person may name."""

_VIA_POSITION = {
    ("ContactTie", "person_id"),
    ("InfluenceTie", "from_id"),
    ("InfluenceTie", "to_id"),
    ("Interaction", "person_ids"),
}
_SEVERAL_KINDS = {
    "positions or person name": ("positions",),
    "positions or team": ("positions", "team"),
    "positions, opportunity, signal or incident": ("positions", "opportunities", "signals", "incidents"),
}


class Entry(NamedTuple):
    """Something that can be referred to."""

    id: str
    account_id: str | None
    shown: str
    is_vacant: bool = False
    """A position without a holder, where a person is wanted."""
    names: tuple[str, ...] = ()
    """What else it is called."""
    holder: tuple[str, ...] = ()
    """What the holder is called, if it is a position."""


@cache
def targets(column: Column) -> tuple[str, ...]:
    """Give the kinds of thing that a reference of a column may mean."""
    if (column.record, column.field) in _VIA_POSITION:
        return (HOLDERS,)
    return _SEVERAL_KINDS.get(column.allowed, (column.allowed,))


@cache
def name_key(text: str) -> str:
    """Give a name in the form in which two names are compared."""
    plain = fold(text).replace("\u2019", "'").replace(",", " ").replace("-", " ")
    return " ".join(plain.split())


def orders(first_name: str | None, last_name: str) -> tuple[str, ...]:
    """Give a person's name in both orders."""
    return (f"{first_name} {last_name}", f"{last_name} {first_name}") if first_name else (last_name,)


class Directory:
    """All that can be referred to, by kind, id and name."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, Entry]] = {}
        self._names: dict[str, dict[str, dict[str, Entry]]] = {}
        self._proposed: dict[tuple[tuple[str, ...], str | None], dict[str, Entry]] = {}
        self._nearest: dict[tuple[str, str, str | None], tuple[str, ...]] = {}

    def add(self, kind: str, entry: Entry) -> None:
        """Make a thing known by its id and by all its names."""
        self._ids.setdefault(kind, {})[entry.id] = entry
        self.also(kind, entry, [entry.id, *entry.names, *entry.holder])

    def also(self, kind: str, entry: Entry, names: Iterable[str]) -> None:
        """Give more names to a thing."""
        self._proposed.clear()
        by_name = self._names.setdefault(kind, {})
        for name in {name_key(name) for name in names}:
            by_name.setdefault(name, {})[entry.id] = entry

    def alias(self, kind: str, record_id: str, entry: Entry, names: Iterable[str]) -> None:
        """Let the id and the names of one thing mean another: a position's its holder.

        Who was meant by them before, a holder who has left, is no longer.
        """
        before = self._ids.setdefault(kind, {}).get(record_id)
        self._ids[kind][record_id] = entry
        if before is not None and before.id != entry.id:
            for name in {name_key(name) for name in (record_id, *names)}:
                self._names.get(kind, {}).get(name, {}).pop(before.id, None)
        self.also(kind, entry, [record_id, *names])

    def get(self, kind: str, record_id: str) -> Entry | None:
        """Give the thing with an id."""
        return self._ids.get(kind, {}).get(record_id)

    def accounts_of(self, kinds: Iterable[str], text: str) -> set[str]:
        """Give the accounts in which a text means something."""
        return {entry.account_id for entry in self._meant(kinds, text) if entry.account_id is not None}

    def resolve(self, kinds: tuple[str, ...], text: str, account_id: str | None) -> str:
        """Give the id of the one thing that a text means.

        Parameters
        ----------
        kinds
            What it may be.
        text
            What stands in the cell.
        account_id
            The account it must belong to, if it belongs to any; None = not known.

        Raises
        ------
        CellFault
            If nothing, or several things, or only something of another account is meant.
        """
        meant = self._meant(kinds, text)
        own = [e for e in meant if account_id is None or e.account_id in {None, account_id}]
        if len(own) > 1:
            raise CellFault("ambiguous_name", candidates=self._listed(own))
        if own and own[0].is_vacant:
            raise CellFault("vacant_seat", position=own[0].shown)
        if own:
            return own[0].id
        if meant:
            raise CellFault("other_account", account=self._account_name(meant[0].account_id))
        raise CellFault("nobody", nearest=self._near(kinds, text, account_id))

    def _meant(self, kinds: Iterable[str], text: str) -> list[Entry]:
        """Give what a text may mean: what has it as its very id, otherwise as a name."""
        kinds = tuple(kinds)
        exact = [entry for kind in kinds if (entry := self.get(kind, text)) is not None]
        if exact:
            return exact
        key = name_key(text)
        return [entry for kind in kinds for entry in self._names.get(kind, {}).get(key, {}).values()]

    def _account_name(self, account_id: str | None) -> str:
        entry = self.get("accounts", account_id or "")
        return entry.shown if entry else str(account_id)

    def _listed(self, entries: list[Entry]) -> tuple[str, ...]:
        """Show candidates so that what is shown can be written in the cell."""
        shown = [entry.shown for entry in entries]
        several = len({entry.account_id for entry in entries}) > 1
        listed = []
        for entry in entries[:_SHOWN]:
            text = entry.shown if shown.count(entry.shown) == 1 else entry.id
            if several:
                text = f"{entry.id} ({self._account_name(entry.account_id)})"
            listed.append(text)
        return tuple(listed)

    def _near(self, kinds: tuple[str, ...], text: str, account_id: str | None) -> tuple[str, ...]:
        asked = (" ".join(kinds), name_key(text), account_id)
        if asked not in self._nearest and len(self._nearest) < _TRIES:
            self._nearest[asked] = self._nearest_names(kinds, asked[1], account_id)
        return self._nearest.get(asked, ())

    def _nearest_names(self, kinds: tuple[str, ...], key: str, account_id: str | None) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        names = self._sought(kinds, account_id)
        found = process.extract(key, list(names), scorer=fuzz.token_set_ratio, limit=6, score_cutoff=PROPOSED)
        best: dict[str, float] = {}
        for name, score, _ in found:
            entry = names[name]
            shown = entry.holder[0] if name in map(name_key, entry.holder) else entry.shown
            best.setdefault(f"{shown} ({entry.id})" if shown != entry.id else shown, score)
        top = max(best.values(), default=0)
        return tuple(name for name, score in list(best.items())[:2] if score >= top - RUNNER_UP)

    def _sought(self, kinds: tuple[str, ...], account_id: str | None) -> dict[str, Entry]:
        """Give the names among which the nearest is sought: those that mean one thing."""
        if (kinds, account_id) not in self._proposed:
            found: dict[str, Entry] = {}
            for kind in kinds:
                for name, entries in self._names.get(kind, {}).items():
                    fitting = [
                        e for e in entries.values() if account_id in {None, e.account_id} or not e.account_id
                    ]
                    if len(fitting) == 1:
                        found[name] = fitting[0]
            self._proposed[kinds, account_id] = found
        return self._proposed[kinds, account_id]


def unit_names(name: str, parent: str | None) -> tuple[str, ...]:
    """Give what a unit may be called."""
    return (name, f"{name} < {parent}") if parent else (name,)


def position_names(title: str, units: tuple[str, ...]) -> tuple[str, ...]:
    """Give what a position may be called, whoever holds it."""
    return (title, *(f"{title} @ {unit}" for unit in units))


def shown_position(title: str, unit: str | None) -> str:
    """Give how a position is shown where its holder does not tell it."""
    return f"{title} @ {unit}" if unit else title
