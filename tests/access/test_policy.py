"""The policy stands before every access."""

import pytest

from graphkam.access.policy import Act, LocalPolicy, require
from graphkam.errors import NotAllowed


def test_the_local_user_may_do_everything_and_nobody_else_anything():
    policy = LocalPolicy("anne")
    assert all(policy.allows("anne", act, "acme") for act in Act)
    assert not any(policy.allows("bob", act, "acme") for act in Act)


def test_a_refusal_does_not_name_the_account():
    with pytest.raises(NotAllowed) as refused:
        require(LocalPolicy("anne"), "bob", Act.READ, "secret-account")
    assert "secret-account" not in str(refused.value)
