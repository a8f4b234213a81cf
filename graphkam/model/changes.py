"""What is to be written in one transaction, and the record of its having been written."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from pydantic import Field, SerializeAsAny

from graphkam.model.base import Entity, Frozen, Ids
from graphkam.model.records import account_of


class ChangeSet(Frozen):
    """Records to put and to remove, all or none.

    Each record carries the ``version`` it was read with; 0 says that it must not exist yet. The
    store refuses the whole set if any differs from what is stored.
    """

    puts: tuple[SerializeAsAny[Entity], ...] = ()
    removals: tuple[SerializeAsAny[Entity], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.puts and not self.removals

    @property
    def account_ids(self) -> frozenset[str]:
        """The accounts that are touched."""
        found = (account_of(record) for record in (*self.puts, *self.removals))
        return frozenset(account_id for account_id in found if account_id is not None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class Operation(Frozen):
    """One acknowledged write: stored in the same transaction as its changes."""

    id: str = Field(default_factory=lambda: uuid4().hex)
    at: str = Field(default_factory=_now)
    who: str = "local"
    what: str
    """``import``, ``import-mail``, ``edit``, ``undo``, ``restore`` …"""
    file: str = ""
    sha256: str = ""
    """Of the file that was imported, if any."""
    account_ids: Ids = ()
    puts: int = 0
    removals: int = 0
    revision: int = 0
    """Revision of the store that it made; 0 = not written yet."""
    undoes: str = ""
    """Id of the operation that it took back, if it is an undo."""
    restored: int | None = None
    """Revision of the store that a restore put back."""


class Version(Frozen):
    """A record as it stood from one write to the next."""

    record: SerializeAsAny[Entity]
    by: Operation | None
    """Who wrote it so; None = before the history began, and nobody knows."""
    ended_by: Operation | None = None
    """Who wrote over it or removed it; None = it stands so now."""
    is_removed: bool = False
    """Whether its end was its removal."""


class Overtaken(Frozen):
    """A record that somebody else wrote or removed since it was read."""

    wanted: SerializeAsAny[Entity]
    """What was to be written or removed."""
    read: SerializeAsAny[Entity] | None = None
    """The record as it was read; None = there was none, or nobody knows."""
    now: SerializeAsAny[Entity] | None = None
    """The record as it stands now; None = it was removed."""
    by: Operation | None = None
    """Who did it; None = nobody knows."""
    is_attached: bool = False
    """Whether it hangs on a record that was to be removed, rather than being that record."""
