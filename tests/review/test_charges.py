"""Who owns what."""

from datetime import date

from graphkam.graph.build import account_graph
from graphkam.model.people import TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.review.charges import charges
from tests.ui.conftest import BOW_TIE, DAY, account

TIES = {t.id: t for t in account("Toy", BOW_TIE, prefix="bow") if isinstance(t, ContactTie)}


def found(*changed, day=DAY, elsewhere=None):
    records = RecordSet([*account("Toy", BOW_TIE, prefix="bow"), *changed])
    return charges(account_graph(records, "bow", day), elsewhere=elsewhere)


def tie(who, person, **said):
    return TIES[f"bow:{who}:{person}"].model_copy(update=said)


def test_every_contact_is_there_with_how_long_it_may_rest():
    ties = found().ties
    assert len(ties) == 10
    first = next(c for c in ties if c.tie.person == "C1")
    assert (first.tie_id, first.days, first.limit, first.is_overdue) == ("bow:KAM:C1", 0, 90, False)


def test_a_contact_left_alone_for_longer_than_its_tier_allows_is_overdue():
    later = date(2027, 3, 1)
    overdue = {c.tie.person for c in found(day=later).ties if c.is_overdue}
    assert overdue == {"C1", "C2", "C3"}, "98 days: too long for weight 4 and 5 only"


def test_where_nothing_is_known_nothing_is_overdue():
    [one] = [c for c in found(tie("KAM", "C1", last_contact=None)).ties if c.tie.person == "C1"]
    assert (one.days, one.limit, one.is_overdue) == (None, None, False)
    [none] = [c for c in found(tie("KAM", "C1", level=0), day=date(2030, 1, 1)).ties if c.tie.person == "C1"]
    assert not none.is_overdue, "who has no relation cannot neglect it"


def test_the_load_is_counted_over_all_accounts_against_the_room():
    room = TeamMember(id="m:bow:KAM", last_name="KAM", capacity=9)
    days = Mandate(
        id="bow:mandate:KAM", account_id="bow", member_id="m:bow:KAM", role="KAM", days_asked=6, days=4
    )
    first, *others = found(room, days, tie("KAM", "C1", kind="owner"), elsewhere={"m:bow:KAM": 3}).loads
    assert (first.name, first.owner, first.contact, first.live, first.elsewhere) == ("KAM", 1, 7, 8, 3)
    assert (first.capacity, first.over, first.days_asked, first.days) == (9, 2, 6, 4)
    assert [(m.name, m.capacity, m.over, m.days) for m in others] == [
        ("LOG", None, 0, None),
        ("SAV", None, 0, None),
    ]


def test_who_has_no_owner_and_which_key_people_have_no_backup():
    owned = (tie("KAM", f"C{i}", kind="owner") for i in range(1, 8))
    rows = found(*owned, tie("SAV", "C5", kind="backup")).unowned
    assert [(u.name, u.owner, u.known_by) for u in rows] == [
        ("C1", "KAM", ("KAM",)), ("C2", "KAM", ("KAM",)), ("C3", "KAM", ("KAM",)), ("C8", None, ("KAM",))
    ]  # fmt: skip
