"""What is stored, as it stood at one revision, however many others write meanwhile.

A read is several statements, each of which sees what is committed just then. What was written since
the revision that is wanted is told by its version and left out; what it replaced is among the
earlier forms, which are read last. So nothing is locked, and no write is half seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any, NamedTuple, Protocol, TypeVar

from graphkam.errors import InputError, StoreUnavailable
from graphkam.model.ties import ContactTie
from graphkam.store.graph_form import KIND_BY_TYPE, Row, node_rows

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


def rows_at(ask: Ask, account_ids: Iterable[str] | None, revision: int | None = None) -> list[Row]:
    """Give the rows of some accounts, or of all, and of our own people and offerings.

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

    def read(meta: Meta) -> tuple[list[Row], Meta]:
        if revision is not None:
            require_known(ask, meta, revision)
        return rows_now_at(ask, ids, meta.revision if revision is None else revision, at_once=True)

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


def rows_now_at(
    ask: Ask, ids: Sequence[str] | None, revision: int, *, at_once: bool = False
) -> tuple[list[Row], Meta]:
    """Give the rows as they stood at a known revision, and say where the store stands after that.

    Parameters
    ----------
    ask
        Asks the store.
    ids
        The accounts; None = all.
    revision
        The revision.
    at_once
        Whether two statements may be asked at a time; within one transaction they may not.
    """
    rows = list(_current(ask, ids, at_once=at_once))
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


def _current(ask: Ask, ids: Sequence[str] | None, *, at_once: bool) -> Iterable[Row]:
    """Give what each statement sees when it is asked.

    Of a large account the contact ties take as long as all the rest: a server gives both at a time.
    """
    if ids is None:
        yield from _nodes_and_ties(ask, "read/all_{}", at_once=at_once)
        return
    keys = [f"Account/{account_id}" for account_id in ids]
    yield from node_rows(chain(ask("read/team_members"), ask("read/offerings")))
    if keys:
        yield from node_rows(ask("read/account", accounts=keys))
        yield from _nodes_and_ties(ask, "read/{}_of_accounts", at_once=at_once, accounts=keys)


def _nodes_and_ties(ask: Ask, name: str, *, at_once: bool, **parameters: Any) -> Iterable[Row]:
    with ThreadPoolExecutor(1) as beside:
        known = name.format(_CONTACTS.lower())
        contacts = beside.submit(_many, ask, known, **parameters) if at_once else None
        yield from node_rows(_many(ask, name.format("nodes"), **parameters))
        for type_, kind in KIND_BY_TYPE.items():
            ahead = contacts if type_ == _CONTACTS else None
            forms = ahead.result() if ahead else _many(ask, name.format(type_.lower()), **parameters)
            yield from (Row(kind.__name__, form) for form in forms)


def _many(ask: Ask, name: str, /, **parameters: Any) -> Iterable[Any]:
    """Give the records of a statement that returns them some hundred a row."""
    return chain.from_iterable(ask(name, **parameters))
