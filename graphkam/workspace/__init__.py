"""The only door to an account.

Everything that reads or writes an account (a command, a page, an export) goes through a
:class:`Workspace`: it asks the policy, checks integrity before each write and hands out graphs cut
to what the user may see. A house test proves that nothing else opens a store or builds a graph.
"""

from graphkam.store.migrations import Migration
from graphkam.workspace.door import Workspace, stop_store, store_status
from graphkam.workspace.past import Undo
from graphkam.workspace.planning import Progress

__all__ = ["Migration", "Progress", "Undo", "Workspace", "stop_store", "store_status"]
