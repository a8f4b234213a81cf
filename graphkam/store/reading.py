"""What is stored, as it stood at one revision, however many others write meanwhile.

A read is several statements, each of which sees what is committed just then. What was written since
the revision that is wanted is told by its version and left out; what it replaced is among the
earlier forms, which are read last. So nothing is locked, and no write is half seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeVar

from pydantic import ValidationError

from graphkam.errors import InputError, StoreUnavailable
from graphkam.model.base import Entity
from graphkam.model.ties import ContactTie
from graphkam.store.graph_form import KIND_BY_TYPE, Row, node_rows, read_rows

T = TypeVar("T")

_TRIES = 5
_CONTACTS = ContactTie.GRAPH.type


class Ask(Protocol):
    """Gives the rows of a reading statement; of one column, its values."""

    def __call__(self, name: str, /, **parameters: Any) -> list[Any]:
        """Ask it."""
        ...


class Meta(NamedTuple):
    """Where a store stands."""

    schema_version: int
    revision: int
    history_from: int
    """The revision from which on everything is known."""
    restored_in: int
    """The revision that the last restore made; 0 = none."""


def read_meta(ask: Ask) -> Meta | None:
    """Say where the store stands; None = it is empty."""
    for version, revision, history_from, restored_in in ask("read/meta"):
        return Meta(version, revision, history_from or 0, restored_in or 0)
    return None


def stands(ask: Ask) -> Meta:
    """Say where the store stands.

    Raises
    ------
    StoreUnavailable
        If somebody emptied it meanwhile.
    """
    found = read_meta(ask)
    if found is None:
        raise StoreUnavailable("store_gone", why="Meta")
    return found


def undisturbed(ask: Ask, read: Callable[[Meta], tuple[T, Meta]]) -> T:
    """Read what a restore would tear: it puts another history in the place of the one being read.

    Parameters
    ----------
    ask
        Asks the store.
    read
        Reads, and says where the store stood after that.

    Raises
    ------
    StoreUnavailable
        If one restore follows the other.
    """
    for _ in range(_TRIES):
        before = stands(ask)
        found, after = read(before)
        if after.restored_in == before.restored_in:
            return found
    raise StoreUnavailable("store_busy", why="restore")


def records_at(ask: Ask, account_ids: Iterable[str] | None, revision: int | None = None) -> list[Entity]:
    """Give the records of some accounts, or of all, and our own people and offerings.

    Parameters
    ----------
    ask
        Asks the store, each time in a transaction of its own: two statements are asked at a time.
    account_ids
        The accounts; None = all.
    revision
        As of which revision; None = now.

    Raises
    ------
    InputError
        If the revision is not known.
    """
    ids = None if account_ids is None else tuple(account_ids)

    def read(meta: Meta) -> tuple[list[Entity], Meta]:
        if revision is not None:
            require_known(ask, meta, revision)
        return _records_now_at(ask, ids, meta.revision if revision is None else revision)

    return undisturbed(ask, read)


def require_known(ask: Ask, meta: Meta, revision: int) -> None:
    """Refuse a revision that was not yet, is not known any more, or that a restore took back.

    Raises
    ------
    InputError
        The message says which.
    """
    if revision > meta.revision or ask("read/lost", revision=revision):
        raise InputError("revision_unknown", revision=revision, now=meta.revision)
    if revision < meta.history_from:
        raise InputError("revision_too_old", revision=revision, first=meta.history_from)


def _records_now_at(ask: Ask, ids: Sequence[str] | None, revision: int) -> tuple[list[Entity], Meta]:
    """Give the records as they stood at a known revision.

    They are made while the server still reads others. What a write tears just then may be no record:
    it stands among the earlier forms.
    """
    rows: list[Row] = []
    made: list[Entity] = []
    for part in _current(ask, ids, at_once=True):
        first = len(rows)
        rows += part
        with suppress(ValidationError):
            made += read_rows(rows[first:])
    stood, after = _as_it_stood(ask, ids, rows, revision)
    is_done = stood is rows and len(made) == len(rows)
    return made if is_done else list(read_rows(stood)), after


def rows_now_at(ask: Ask, revision: int) -> tuple[list[Row], Meta]:
    """Give all rows as they stood at a known revision, and say where the store stands after that."""
    rows = list(chain.from_iterable(_current(ask, None, at_once=False)))
    return _as_it_stood(ask, None, rows, revision)


def _as_it_stood(
    ask: Ask, ids: Sequence[str] | None, rows: list[Row], revision: int
) -> tuple[list[Row], Meta]:
    """Put what was written over or removed since a revision in the place of what was written since."""
    after = stands(ask)
    if after.revision == revision:
        return rows, after
    stood = {(kind, form["id"]): form for kind, form in rows if form["version"] <= revision}
    accounts = None if ids is None else ["", *ids]
    for key, form in ask(
        "read/past_at", revision=revision, first=revision + 1, last=after.revision, accounts=accounts
    ):
        kind, _, record_id = key.partition("/")
        stood[kind, record_id] = json.loads(form)
    return [Row(kind, form) for (kind, _), form in stood.items()], stands(ask)


def _current(ask: Ask, ids: Sequence[str] | None, *, at_once: bool) -> Iterator[Iterable[Row]]:
    """Give what each statement sees when it is asked.

    Of a large account the contact ties take as long as all the rest: a server gives both at a time.
    """
    if ids is None:
        yield from _nodes_and_ties(ask, "read/all_{}", at_once=at_once)
        return
    keys = [f"Account/{account_id}" for account_id in ids]
    yield node_rows(chain(ask("read/team_members"), ask("read/offerings")))
    if keys:
        yield node_rows(ask("read/account", accounts=keys))
        yield from _nodes_and_ties(ask, "read/{}_of_accounts", at_once=at_once, accounts=keys)


def _nodes_and_ties(ask: Ask, name: str, *, at_once: bool, **parameters: Any) -> Iterator[Iterable[Row]]:
    """Give nodes and ties, the contact ties last: within one transaction nothing may be asked beside."""

    def many(what: str) -> Iterable[Any]:
        """Give the records of a statement that returns them some hundred a row."""
        return chain.from_iterable(ask(name.format(what.lower()), **parameters))

    with ThreadPoolExecutor(1) as beside:
        contacts = beside.submit(many, _CONTACTS) if at_once else None
        yield node_rows(many("nodes"))
        for type_ in KIND_BY_TYPE:
            if type_ != _CONTACTS:
                yield _tie_rows(type_, many(type_))
        yield _tie_rows(_CONTACTS, contacts.result() if contacts else many(_CONTACTS))


def _tie_rows(type_: str, forms: Iterable[Any]) -> Iterable[Row]:
    return (Row(KIND_BY_TYPE[type_].__name__, form) for form in forms)
