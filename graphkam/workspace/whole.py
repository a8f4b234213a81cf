"""Everything at once: to a file and back, and to another store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphkam.access.policy import Act
from graphkam.errors import StoreError, StoreRefused
from graphkam.store.accounts import Store
from graphkam.workspace.past import Past

if TYPE_CHECKING:
    from graphkam.settings import Settings
    from graphkam.store.copying import Copied
    from graphkam.store.steps import Progress


class Whole(Past):
    """The store as a whole, behind the policy."""

    def backup(self, path: Path) -> None:
        """Write everything to one file, and read it back to prove it."""
        from graphkam.store.backup import save_backup

        self._allowed_with_all(Act.EXPORT)
        save_backup(self._store, path)

    def restore(self, path: Path) -> None:
        """Put everything back as a backup has it; all or nothing."""
        from graphkam.store.backup import restore_backup

        self._allowed_with_all(Act.CHANGE)
        restore_backup(self._store, path, who=self.settings.user)

    def copy_to(
        self, target: Settings, *, is_replaced: bool = False, progress: Progress | None = None
    ) -> Copied:
        """Put everything, history included, into another store, and compare; all or nothing.

        Parameters
        ----------
        target
            Where the other store is.
        is_replaced
            Whether what it holds may go; it is written to a backup first.
        progress
            Told how many records are written.

        Raises
        ------
        NotAllowed
            If the user may not take an account from here, or change one that is there.
        InputError
            If the other store is this one, or holds something or is of an older graphkam and may not be
            replaced.
        StoreError
            If it cannot be reached or used; it is as it was.
        """
        from graphkam.store.copying import copy, require_another

        require_another(self.settings, target)
        self._allowed_with_all(Act.EXPORT)
        with _opened(target, is_migrated=is_replaced) as other:
            self._allowed_with_all(Act.CHANGE, other)
            return copy(
                self._store,
                other,
                who=self.settings.user,
                is_replaced=is_replaced,
                backups=self.settings.home / "backups",
                progress=progress,
            )


def _opened(target: Settings, *, is_migrated: bool) -> Store:
    """Open the store that is copied to; what is wrong with it is not said as if it were ours."""
    try:
        return Store.open(target, lease=True, is_migrated=is_migrated)
    except StoreError as error:
        if error.key == "error.store_refused":
            raise StoreRefused("store_copy_refused", why=error.params["why"]) from error
        raise type(error)("store_copy_target", why=error) from error
