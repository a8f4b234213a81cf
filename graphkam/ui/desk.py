"""What all pages of one running app share: the open workspace, and answers already worked out.

A desk belongs to one user, as a workspace does: nothing on it is shown to another. Every answer is
asked of the workspace, which has the policy asked first; then it is kept until the next write.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from graphkam.errors import GraphkamError, StoreError, WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, read_settings
from graphkam.workspace import Migration, Workspace

if TYPE_CHECKING:
    from graphkam.graph.account_graph import AccountGraph
    from graphkam.model.duplicates import Duplicate
    from graphkam.model.organisation import Account
    from graphkam.model.places import MapPlaces
    from graphkam.model.records import RecordSet

T = TypeVar("T")

_KEPT = 256
"""Answers kept; the one not asked for longest goes first."""

_FEW = 40
"""Accounts up to which what was read for all of them is kept for the pages of each."""

_FRESH = 0.25
"""Seconds in which the store is not asked again whether anybody wrote: a page has ten questions."""

_PATIENCE = 3
"""Seconds that closing waits for an answer being worked out."""


class Desk:
    """One user's open workspace, with the answers that its pages ask again and again.

    Parameters
    ----------
    settings
        The settings, read at the edge.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._workspace: Workspace | None = None
        self._migration: Migration | None = None
        self._lock = threading.RLock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._revision, self._checked, self._depth = -1, 0.0, 0

    def __enter__(self) -> Self:
        """Give the desk itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the workspace."""
        self.close()

    def close(self) -> None:
        """Close the workspace; the next question opens it again."""
        # A page in the middle of a long answer does not keep Ctrl-C waiting.
        is_free = self._lock.acquire(timeout=_PATIENCE)
        try:
            open_one, self._workspace = self._workspace, None
            self._kept.clear()
            self._checked = 0.0
            if open_one is not None:
                open_one.close()
        finally:
            if is_free:
                self._lock.release()

    def take_migration(self) -> Migration | None:
        """Give what was done to data of an older graphkam, to be said once."""
        with self._lock:
            done, self._migration = self._migration, None
            return done

    def accounts(self) -> tuple[Account, ...]:
        """Give the accounts that the user may see, by name."""
        return self._kept_or("accounts", lambda workspace: workspace.accounts())

    def duplicates(self, account_id: str) -> tuple[Duplicate[Any], ...]:
        """Give who of an account may be one person written twice."""
        return self._kept_or(("duplicates", account_id), lambda workspace: workspace.duplicates(account_id))

    def graph(self, account_id: str, as_of: date) -> AccountGraph:
        """Give an account as of a day.

        Raises
        ------
        NotFound, NotAllowed
            If there is no such account for this user.
        """

        def build(workspace: Workspace) -> AccountGraph:
            return workspace.graph(account_id, as_of=as_of, records=self._records(account_id))

        return self._kept_or(("graph", account_id, as_of), build)

    def answer(self, question: Callable[..., T], account_id: str, as_of: date, *more: Hashable) -> T:
        """Ask a question of an account, or give the answer known.

        Parameters
        ----------
        question
            Asked as ``question(graph, settings, *more)``; a module's own function, so that its name
            is the same for every page and rerun.
        account_id
            Id of the account.
        as_of
            The day.
        *more
            What else the question depends on.
        """

        def ask(_: Workspace) -> T:
            return question(self.graph(account_id, as_of), self.settings.analysis, *more)

        return self._kept_or((question.__module__, question.__qualname__, account_id, as_of, *more), ask)

    def compare(
        self, question: Callable[..., T], account_id: str, days: tuple[date, date], *more: Hashable
    ) -> T:
        """Ask a question of an account as of two days, or give the answer known.

        Parameters
        ----------
        question
            Asked as ``question(graph, before, settings, *more)``.
        account_id
            Id of the account.
        days
            The earlier and the later.
        *more
            What else the question depends on.
        """

        def ask(_: Workspace) -> T:
            before, after = (self.graph(account_id, day) for day in days)
            return question(after, before, self.settings.analysis, *more)

        return self._kept_or((question.__module__, question.__qualname__, account_id, days, *more), ask)

    def overview(self, question: Callable[..., T], as_of: date, *more: Hashable) -> tuple[T, ...]:
        """Ask a question of every account that the user may see, by name of account.

        Parameters
        ----------
        question
            Asked as ``question(graph, settings, *more)``.
        as_of
            The day.
        *more
            What else the question depends on.
        """

        def ask(workspace: Workspace) -> tuple[T, ...]:
            graphs = self._graphs(workspace, as_of)
            return tuple(question(graph, self.settings.analysis, *more) for graph in graphs)

        return self._kept_or(("overview", question.__module__, question.__qualname__, as_of, *more), ask)

    def overall(self, question: Callable[..., T], days: tuple[date, ...], *more: Hashable) -> T:
        """Ask a question of all accounts that the user may see at once, in columns, or give the answer known.

        Parameters
        ----------
        question
            Asked as ``question(columns of each day, settings, *more)``.
        days
            The days, in order.
        *more
            What else the question depends on.
        """

        def ask(workspace: Workspace) -> T:
            if missing := [day for day in days if ("columns", day) not in self._kept]:
                for day, found in zip(missing, workspace.columns(missing), strict=True):
                    self._kept["columns", day] = found
            return question(tuple(self._kept["columns", day] for day in days), self.settings.analysis, *more)

        return self._kept_or((question.__module__, question.__qualname__, days, *more), ask)

    def act(self, do: Callable[[Workspace], T]) -> T:
        """Let something be done with the workspace; what is asked next is asked anew."""
        with self._open() as workspace:
            self._checked = 0.0
            return do(workspace)

    def apply(self, changes: ChangeSet, *, what: str, undoes: str = "") -> Operation:
        """Write changes, all or none; what is asked next is asked anew.

        Raises
        ------
        ImportRejected, WriteConflict, NotAllowed
            As :meth:`graphkam.workspace.Workspace.apply`.
        """
        return self.act(lambda workspace: workspace.apply(changes, what=what, undoes=undoes))

    def map_places(self, account_id: str, view: str, unit: str = "") -> MapPlaces:
        """Give where the boxes of a map were put by hand; asked each time, for it makes no revision."""
        with self._open() as workspace:
            return workspace.map_places(account_id, view, unit)

    def save_map_places(self, places: MapPlaces) -> MapPlaces:
        """Keep where the boxes of a map were put by hand.

        Raises
        ------
        WriteConflict, NotAllowed
            As :meth:`graphkam.workspace.Workspace.save_map_places`.
        """
        with self._open() as workspace:
            return workspace.save_map_places(places)

    def _graphs(self, workspace: Workspace, as_of: date) -> Iterator[AccountGraph]:
        accounts = self.accounts()
        if len(accounts) > _FEW:
            yield from workspace.graphs(as_of=as_of)
            return
        if any(("records", account.id) not in self._kept for account in accounts):
            for account_id, records in workspace.records().by_account().items():
                self._kept["records", account_id] = records
        for account in accounts:
            yield self.graph(account.id, as_of)

    def _records(self, account_id: str) -> RecordSet:
        """Give what one account is made of, read once for all days."""
        return self._kept_or(("records", account_id), lambda w: w.records([account_id]))

    def _kept_or(self, key: Hashable, ask: Callable[[Workspace], T]) -> T:
        with self._open() as workspace:
            self._forget_what_is_old(workspace)
            if key not in self._kept:
                # What is asked on the way is of the same revision: nothing is forgotten in between.
                self._depth += 1
                try:
                    self._kept[key] = ask(workspace)
                finally:
                    self._depth -= 1
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            found: T = self._kept[key]
            return found

    def _forget_what_is_old(self, workspace: Workspace) -> None:
        if self._depth or time.monotonic() - self._checked < _FRESH:
            return
        if (revision := workspace.revision) != self._revision:
            self._kept.clear()
            self._revision = revision
        self._checked = time.monotonic()

    @contextmanager
    def _open(self) -> Iterator[Workspace]:
        """Give the workspace; after a failure of the store the next question opens it anew."""
        with self._lock:
            if self._workspace is None:
                self._workspace = Workspace.open(self.settings, lease=True)
                self._migration = self._workspace.migration or self._migration
            try:
                yield self._workspace
            except WriteConflict:  # the store is well
                raise
            except StoreError:
                with suppress(GraphkamError):
                    self.close()
                raise


class _Place:
    desk: Desk | None = None
    lock = threading.Lock()


def take_desk(desk: Desk | None) -> None:
    """Say which desk the pages of this process sit at; None = none any more."""
    with _Place.lock:
        _Place.desk = desk


def desk() -> Desk:
    """Give the desk of this process; without one said, that of the user's own settings."""
    with _Place.lock:
        if _Place.desk is None:
            _Place.desk = Desk(read_settings())
        return _Place.desk
