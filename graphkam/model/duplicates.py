"""People who may be one person written twice: theirs, within one account, or ours.

Two people are proposed as one where they have the same e-mail address, the same name
but for case, accents and order, or where the one's initials fit the other's name: ``J. Sabatier``
and ``Jérôme Sabatier``. Initials that fit more than three people tell nothing and are left out.

People are only compared where they share an address, a whole name, or a word of a name and the first
letter of another, so that the work grows with their number and not with its square.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Generic, NamedTuple, TypeVar

from graphkam.model.base import fold
from graphkam.model.people import Somebody
from graphkam.model.records import account_of

P = TypeVar("P", bound=Somebody)
P_co = TypeVar("P_co", bound=Somebody, covariant=True)

MOST = 3
"""People that initials may fit and still be told."""


class Reason(StrEnum):
    """Why two people may be one; the surest first."""

    EMAIL = "email"
    NAME = "name"
    INITIALS = "initials"


class Duplicate(NamedTuple, Generic[P_co]):
    """Two people who may be one."""

    person: P_co
    """Who says more: the fuller name, then the lower id."""
    other: P_co
    reason: Reason


class _Name(NamedTuple):
    """A name, taken apart."""

    words: tuple[str, ...]
    initials: tuple[str, ...]


def duplicates(people: Iterable[P]) -> tuple[Duplicate[P], ...]:
    """Give the people who may be one, by the surest reason each.

    Parameters
    ----------
    people
        Theirs, of one account or of several; or ours.

    Returns
    -------
    tuple of Duplicate
        Each pair once; of several with one address or name, each with the first. By reason, then by
        name, then by id.
    """
    by_account: dict[str, list[P]] = {}
    for person in people:
        by_account.setdefault(account_of(person) or "", []).append(person)
    found: dict[tuple[str, str], Duplicate[P]] = {}
    for together in by_account.values():
        for pair in _pairs(sorted(together, key=_fullest_first)):
            found.setdefault((pair.person.id, pair.other.id), pair)
    return tuple(sorted(found.values(), key=_place))


def _place(pair: Duplicate[P]) -> tuple[int, str, str, str]:
    return list(Reason).index(pair.reason), fold(pair.person.name), pair.person.id, pair.other.id


def _fullest_first(person: Somebody) -> tuple[int, int, str]:
    name = _taken_apart(person.name)
    return -sum(map(len, name.words)), len(name.initials), person.id


def _pairs(people: list[P]) -> Iterator[Duplicate[P]]:
    """Pair the people of one account, the surest reasons first."""
    yield from _same(((p, address.casefold()) for p in people for address in p.addresses), Reason.EMAIL)
    named = {p.id: (p, _taken_apart(p.name)) for p in people}
    whole = ((p, " ".join(sorted(name.words))) for p, name in named.values() if _is_whole(name))
    yield from _same(whole, Reason.NAME)
    yield from _initials(named)


def _same(keys: Iterable[tuple[P, str]], reason: Reason) -> Iterator[Duplicate[P]]:
    """Pair the first with each other one of the same key."""
    first: dict[str, P] = {}
    for person, key in keys:
        if (other := first.setdefault(key, person)) is not person:
            yield Duplicate(other, person, reason)


def _is_whole(name: _Name) -> bool:
    """Tell whether a name is more than one word: a lone last name is nobody's in particular."""
    return len(name.words) > 1 and not name.initials


def _initials(named: Mapping[str, tuple[P, _Name]]) -> Iterator[Duplicate[P]]:
    having: dict[tuple[str, str], list[str]] = {}
    for key, (_, name) in named.items():
        if not name.initials:
            for word in name.words:
                for letter in {other[0] for other in name.words}:
                    having.setdefault((word, letter), []).append(key)

    @cache
    def fitting(name: _Name) -> tuple[str, ...]:
        """Give whom initials fit: as many as are worth telling, and one more."""
        crowds = (having.get((word, letter), []) for word in name.words for letter in name.initials)
        return tuple(islice((k for k in min(crowds, key=len) if _fits(name, named[k][1])), MOST + 1))

    for person, name in named.values():
        if name.initials and name.words and len(found := fitting(name)) <= MOST:
            yield from (Duplicate(named[key][0], person, Reason.INITIALS) for key in found)


def is_short_for(short: str, full: str) -> bool:
    """Tell whether a name with initials is another one, abbreviated."""
    abbreviated, whole = _taken_apart(short), _taken_apart(full)
    return bool(abbreviated.initials) and not whole.initials and _fits(abbreviated, whole)


def _fits(short: _Name, full: _Name) -> bool:
    """Tell whether initials are those of a name, in order."""
    left = list(full.words)
    for word in short.words:
        if word not in left:
            return False
        left.remove(word)
    rest = iter(left)
    return all(any(word.startswith(initial) for word in rest) for initial in short.initials)


@cache
def _taken_apart(name: str) -> _Name:
    parts = re.findall(r"[^\W\d_]+", fold(name))
    return _Name(tuple(p for p in parts if len(p) > 1), tuple(p for p in parts if len(p) == 1))
