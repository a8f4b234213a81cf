"""Who may see and do what: the one rule that the workspace asks before every access.

On one's own machine there is one user, who may do everything; that is :class:`LocalPolicy`. Rights
of several users are another class of the same shape.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from graphkam.errors import NotAllowed


class Act(StrEnum):
    """What somebody wants to do with an account."""

    READ = "read"
    CHANGE = "change"
    EXPORT = "export"
    QUERY = "query"
    """Ask the database itself, which gives everything it has, uncut."""


class Policy(Protocol):
    """Decides whether a user may do an act on an account."""

    def allows(self, user: str, act: Act, account_id: str) -> bool:
        """Tell whether the user may; the answer never depends on what the account holds."""
        ...


class LocalPolicy:
    """The single local user may do everything; nobody else exists."""

    def __init__(self, user: str) -> None:
        self._user = user

    def allows(self, user: str, act: Act, account_id: str) -> bool:  # noqa: ARG002 - all acts, all accounts
        """Tell whether this is the local user."""
        return user == self._user


def require(policy: Policy, user: str, act: Act, account_id: str) -> None:
    """Let the access through or refuse it.

    Raises
    ------
    NotAllowed
        If the policy refuses; the message names the act, not the account.
    """
    if not policy.allows(user, act, account_id):
        raise NotAllowed("not_allowed", act=act.value)
