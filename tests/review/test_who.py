"""Who of us knows a person, whatever is known of it."""

from graphkam.review.who import known
from tests.analysis.accounts import graph, member, tie


def test_owner_then_backup_then_contacts_the_strongest_first():
    team = [member("Bob"), tie("Bob", "A", 1, kind="owner"), member("Cid"), tie("Cid", "A", 2, kind="backup")]
    found = known(graph({"A": {"Ann": 1, "Dan": 3}}, {"A": 1}, extra=team), about={"pA"})
    assert [tie.member_id for tie in found] == ["Bob", "Cid", "Dan", "Ann"]


def test_a_contact_of_unknown_level_is_a_contact():
    """As the app writes one when nothing but who and as what is said."""
    said = tie("M", "A", None, last=None, stated_on=None, kind="backup")
    [found] = known(graph({}, {"A": 1}, extra=[member("M"), said]))
    assert (found.member_id, found.kind, found.level, found.is_live) == ("M", "backup", None, False)
