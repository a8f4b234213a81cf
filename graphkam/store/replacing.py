"""A whole store with its history, and its being put in the place of another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from graphkam.model.changes import Operation
from graphkam.model.places import MapPlaces
from graphkam.model.records import RecordSet
from graphkam.store.graph_form import properties
from graphkam.store.map_places import row_of
from graphkam.store.steps import Progress, Steps
from graphkam.store.writing import locked

if TYPE_CHECKING:
    from neo4j import ManagedTransaction


class Snapshot(NamedTuple):
    """Everything that a store holds, as of one revision."""

    revision: int
    history_from: int
    """The revision from which on everything is known."""
    records: RecordSet
    operations: tuple[Operation, ...]
    """Oldest first."""
    past: tuple[Mapping[str, Any], ...]
    """Earlier forms of records, as they are stored."""
    places: tuple[MapPlaces, ...] = ()
    """Of maps."""


class Replacing:
    """A whole store, as work of one transaction; it may be run again after a passing failure.

    Records, writes and earlier forms keep their revisions, so that what was read from the store
    when the snapshot was taken can be told from what stands there. What was written since is gone,
    and its revisions are never given again.

    Parameters
    ----------
    snapshot, operation
        See :meth:`graphkam.store.accounts.Store.replace`.
    progress
        Told how many records are written.
    """

    def __init__(self, snapshot: Snapshot, operation: Operation, progress: Progress | None = None) -> None:
        self._snapshot = snapshot
        self._progress = progress
        accounts = sorted(snapshot.records.by_account())
        self.operation = operation.model_copy(
            update={
                "account_ids": tuple(accounts),
                "puts": len(snapshot.records),
                "restored": snapshot.revision,
            }
        )

    def __call__(self, tx: ManagedTransaction) -> None:
        """Do the work."""
        held = self._snapshot
        steps = Steps(tx, properties, len(held.records), self._progress)
        revision = max(locked(tx), held.revision) + 1
        self.operation = self.operation.model_copy(update={"revision": revision})
        for name in ("erase/everything", "erase/operations", "erase/past", "erase/all_map_places"):
            steps.run(name)
        steps.create(list(held.records))
        steps.each("write/past", [dict(past) for past in held.past])
        steps.each("write/map_places", [row_of(places) for places in held.places])
        steps.note((*held.operations, self.operation))
        steps.run("write/restored", revision=revision, history_from=held.history_from)
