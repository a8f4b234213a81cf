"""What edits would change, told before they are written, and who may be placed where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphkam.model.changes import ChangeSet
from graphkam.workspace.past import Past

if TYPE_CHECKING:
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
