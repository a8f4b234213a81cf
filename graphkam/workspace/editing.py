"""What edits would change, told before they are written, and who may be placed where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet
from graphkam.model.records import account_of
from graphkam.workspace.past import Past

if TYPE_CHECKING:
    from graphkam.exchange.chronicle import Entry
    from graphkam.exchange.plan import Plan


class Editing(Past):
    """Edits, behind the policy."""

    def plan_edit(self, changes: ChangeSet) -> Plan:
        """Give what some changes would do, line by line; nothing is written.

        Raises
        ------
        NotAllowed
            If the user may not see one of the accounts.
        """
        from graphkam.exchange.plan import plan

        known = self.records(sorted(changes.account_ids))
        return plan(known, known.merged(changes.puts, changes.removals))

    def chronicle(self, records: Iterable[Entity]) -> tuple[Entry, ...]:
        """Give what was written of some records, by whom and when, newest first."""
        from graphkam.exchange.called import Called
        from graphkam.exchange.chronicle import chronicle

        wanted = tuple(records)
        known = self.records(sorted({a for record in wanted if (a := account_of(record)) is not None}))
        return chronicle((self.history(type(r), r.id) for r in wanted), Called(known))
