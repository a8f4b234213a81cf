"""What every act on an account begins with: the store behind the policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from graphkam.access.policy import Act, LocalPolicy, Policy, require
from graphkam.model.records import RecordSet, account_of

if TYPE_CHECKING:
    from graphkam.settings import Settings
    from graphkam.store.accounts import Store


class Guarded:
    """A store that is asked only after the policy.

    Parameters
    ----------
    settings
        The settings, read at the edge.
    store
        An open store; the workspace closes it.
    policy
        Who may do what; by default the single local user may do everything.
    """

    def __init__(self, settings: Settings, store: Store, policy: Policy | None = None) -> None:
        self.settings = settings
        self._store = store
        self._policy = policy or LocalPolicy(settings.user)

    @property
    def revision(self) -> int:
        """A number that grows with every write."""
        return self._store.revision()

    def records(self, account_ids: Iterable[str] | None = None) -> RecordSet:
        """Give the records of some accounts, or of all that the user may see, and our own people.

        Raises
        ------
        NotAllowed
            If the user may not see an account asked for.
        """
        if account_ids is None:
            return self._seen(self._store.read())
        return self._store.read(self._readable(account_ids))

    def _seen(self, found: RecordSet) -> RecordSet:
        """Cut records to the accounts that the user may see."""
        hidden = {a for a in found.by_account() if not self._allows(Act.READ, a)}
        return RecordSet(r for r in found if account_of(r) not in hidden) if hidden else found

    def _readable(self, account_ids: Iterable[str]) -> tuple[str, ...]:
        return self._allowed(Act.READ, account_ids)

    def _allowed(self, act: Act, account_ids: Iterable[str]) -> tuple[str, ...]:
        """Give the accounts, each of which the user may do that with.

        Raises
        ------
        NotAllowed
            If not.
        """
        wanted = tuple(account_ids)
        for account_id in wanted:
            require(self._policy, self.settings.user, act, account_id)
        return wanted

    def _allowed_with_all(self, act: Act, store: Store | None = None) -> None:
        """Refuse what touches every account, of this store or another, unless the user may do it to each.

        Raises
        ------
        NotAllowed
            If not.
        """
        self._allowed(act, (account.id for account in (store or self._store).accounts()))

    def _allows(self, act: Act, account_id: str) -> bool:
        return self._policy.allows(self.settings.user, act, account_id)
