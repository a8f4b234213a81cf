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
    """``import``, ``import-mail``, ``edit``, ``restore`` …"""
    file: str = ""
    sha256: str = ""
    """Of the file that was imported, if any."""
    account_ids: Ids = ()
    puts: int = 0
    removals: int = 0
