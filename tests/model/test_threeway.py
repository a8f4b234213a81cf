"""Two states brought together by the one that both began from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.clashes import Side, says_other
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.targets import references
from graphkam.model.threeway import merged
from graphkam.model.ties import ContactTie

A = {"account_id": "acme"}
D = date.fromisoformat
ACME = Account(id="acme", name="Acme", version=1)
PLANT = OrgUnit(id="p", **A, name="Plant", kind="site", city="Lyon", version=1)
HEAD = Position(id="h", **A, title="Head", unit_id="p", weight=3, version=1)
BERNARD = Person(id="bq", **A, last_name="Quillien", version=1)
JEROME = Person(id="js", **A, last_name="Sabatier", version=1)
YVONNE = Person(id="yl", **A, last_name="Lacaze", version=1)
HELD = Holding(id="bq~h", **A, person_id="bq", position_id="h", since="2004-02", version=1)
ANNE = TeamMember(id="av", last_name="Vasseur", version=1)
PAUL = TeamMember(id="pn", last_name="Noir", version=1)
TIE = ContactTie(
    id="av~bq", **A, member_id="av", person_id="bq", kind="owner", level=2, stated_on=D("2026-01-10"),
    last_contact=D("2026-01-10"), version=1,
)  # fmt: skip
BASE = RecordSet([ACME, PLANT, HEAD, BERNARD, JEROME, YVONNE, HELD, ANNE, PAUL, TIE])


def with_(*records, without=()):
    """Give the base as one side leaves it."""
    return BASE.merged(records, without)


def but(record, **fields):
    return record.model_copy(update=fields)


def clashes(mine, theirs):
    return [(c.id, c.field, c.base, c.mine, c.theirs) for c in merged(BASE, mine, theirs).clashes]


def both_ways(mine, theirs):
    """Give the records as each side would have them where they clash."""
    return tuple(merged(BASE, mine, theirs, prefer=side).records for side in (Side.MINE, Side.THEIRS))


# ---------------------------------------------------------------------- field by field


def test_what_only_one_side_changed_is_as_it_says():
    mine, theirs = with_(but(HEAD, weight=5)), with_(but(HEAD, title="Director", version=2))
    found = merged(BASE, mine, theirs)
    assert found.clashes == ()
    assert found.records.get(Position, "h") == but(HEAD, weight=5, title="Director", version=2)


def test_what_both_changed_alike_is_so():
    found = merged(BASE, with_(but(HEAD, weight=5)), with_(but(HEAD, weight=5, version=2)))
    assert (found.clashes, found.records.get(Position, "h")) == ((), but(HEAD, weight=5, version=2))


def test_what_both_changed_to_different_values_is_a_clash():
    mine, theirs = with_(but(HEAD, weight=5)), with_(but(HEAD, weight=1, version=2))
    assert clashes(mine, theirs) == [("h", "weight", 3, 5, 1)]
    ours, others = both_ways(mine, theirs)
    assert (ours.get(Position, "h").weight, others.get(Position, "h").weight) == (5, 1)
    assert ours.get(Position, "h").version == 2, "it is written over what is there now"


def test_clearing_is_a_change_like_any_other():
    mine, theirs = with_(but(HEAD, weight=None)), with_(but(HEAD, weight=4))
    assert clashes(mine, theirs) == [("h", "weight", 3, None, 4)]
    assert merged(BASE, mine, BASE).records.get(Position, "h").weight is None


def test_two_who_bring_the_same_record_clash_only_where_they_say_different_things():
    new = Person(id="new", **A, last_name="Rey")
    mine, theirs = with_(but(new, email="r@x.example", note="a")), with_(but(new, phone="1", note="b"))
    assert clashes(mine, theirs) == [("new", "note", None, "a", "b")]
    made = merged(BASE, mine, theirs).records.get(Person, "new")
    assert (made.email, made.phone, made.note) == ("r@x.example", "1", "b")


# ---------------------------------------------------------------------- there or not there


def test_what_one_side_removes_and_the_other_leaves_alone_is_gone():
    for mine, theirs in [(with_(without=[TIE]), BASE), (BASE, with_(without=[TIE]))]:
        found = merged(BASE, mine, theirs)
        assert (found.clashes, found.records.get(ContactTie, "av~bq")) == ((), None)


def test_removed_by_one_and_changed_by_the_other_is_a_clash():
    changed = but(TIE, note="met again")
    mine, theirs = with_(without=[TIE]), with_(changed)
    assert clashes(mine, theirs) == [("av~bq", "", TIE, None, changed)]
    ours, others = both_ways(mine, theirs)
    assert (ours.get(ContactTie, "av~bq"), others.get(ContactTie, "av~bq")) == (None, changed)
    ours, others = both_ways(theirs, mine)
    assert (ours.get(ContactTie, "av~bq"), others.get(ContactTie, "av~bq")) == (changed, None)


def test_a_tie_to_somebody_the_other_side_removed_is_a_clash():
    mine = with_(without=[JEROME])
    tie = but(TIE, id="av~js", person_id="js", kind="contact", version=0)
    theirs = with_(tie)
    [clash] = merged(BASE, mine, theirs).clashes
    assert (clash.id, clash.mine, clash.theirs, clash.at) == ("js", None, JEROME, (ContactTie, "av~js"))
    ours, others = both_ways(mine, theirs)
    assert (ours.get(Person, "js"), ours.get(ContactTie, "av~js")) == (None, None)
    assert (others.get(Person, "js"), others.get(ContactTie, "av~js")) == (JEROME, tie)


def test_who_is_kept_is_kept_with_all_that_was_removed_because_of_him():
    mine = with_(without=[BERNARD, HELD, TIE])
    theirs = with_(but(BERNARD, phone="1"))
    ours, others = both_ways(mine, theirs)
    assert (ours.of(Holding), ours.of(ContactTie)) == ((), ())
    assert (others.of(Holding), others.of(ContactTie)) == ((HELD,), (TIE,))


# ---------------------------------------------------------------------- what only one may be


def succession(person_id, since, until):
    came = Holding(id=f"{person_id}~h", **A, person_id=person_id, position_id="h", since=since)
    return with_(but(HELD, until=until), came)


def test_two_successors_are_a_clash_about_the_holder():
    mine, theirs = succession("js", "2026-11", "2026-10"), succession("yl", "2026-10", "2026-09")
    assert clashes(mine, theirs) == [
        ("h", "holder", "bq", "js", "yl"),
        ("bq~h", "until", None, "2026-10", "2026-09"),
    ]
    ours, others = both_ways(mine, theirs)
    assert (ours, others) == (mine, theirs)


def test_the_same_successor_twice_is_one():
    same = succession("js", "2026-11", "2026-10")
    assert merged(BASE, same, same) == (same, ())


def test_two_owners_are_a_clash_and_what_else_was_said_of_the_tie_stays():
    other = ContactTie(id="pn~bq", **A, member_id="pn", person_id="bq", kind="contact", level=1)
    base = BASE.merged([but(TIE, kind="contact"), other])
    mine = base.merged([TIE])
    theirs = base.merged([but(other, kind="owner", note="since May")])
    found = merged(base, mine, theirs, prefer=Side.MINE)
    [clash] = found.clashes
    assert (clash.field, clash.base, clash.mine, clash.theirs) == ("owner", None, "av", "pn")
    assert found.records.get(ContactTie, "pn~bq") == but(other, note="since May")


# ---------------------------------------------------------------------- statements of a tie


def stated(level, on, *, last="2026-01-10", past=("2026-01-10:2:2026-01-10",)):
    return but(TIE, level=level, stated_on=D(on), last_contact=D(last), past=past)


def test_a_level_said_on_both_sides_is_a_clash_and_the_earlier_one_stays_in_the_past():
    mine, theirs = with_(stated(3, "2026-11-20")), with_(stated(1, "2026-11-10"))
    assert clashes(mine, theirs) == [("av~bq", "level", 2, 3, 1)]
    ours, others = (records.get(ContactTie, "av~bq") for records in both_ways(mine, theirs))
    assert (ours.level, ours.stated_on) == (3, D("2026-11-20"))
    assert ours.past == ("2026-01-10:2:2026-01-10", "2026-11-10:1:2026-01-10")
    assert (others.level, others.stated_on, others.past) == (1, D("2026-11-10"), stated(1, "2026-11-10").past)


def test_a_level_of_one_side_and_a_last_contact_of_the_other_are_both_kept():
    mine, theirs = with_(stated(3, "2026-11-01")), with_(stated(2, "2026-11-20", last="2026-11-20"))
    found = merged(BASE, mine, theirs)
    tie = found.records.get(ContactTie, "av~bq")
    assert found.clashes == ()
    assert (tie.level, tie.stated_on, tie.last_contact) == (3, D("2026-11-01"), D("2026-11-20"))
    assert merged(BASE, mine, found.records) == found


def test_the_same_level_said_again_by_both_counts_from_the_later_day():
    mine, theirs = with_(stated(2, "2026-11-01")), with_(stated(2, "2026-11-20"))
    tie = merged(BASE, mine, theirs).records.get(ContactTie, "av~bq")
    assert (tie.stated_on, tie.past) == (
        D("2026-11-20"),
        ("2026-01-10:2:2026-01-10", "2026-11-01:2:2026-01-10"),
    )


def test_days_with_messages_are_put_together():
    known = but(TIE, days_out=(D("2026-01-01"), D("2026-01-02")))
    base = BASE.merged([known])
    mine = base.merged([but(known, days_out=(D("2026-01-02"), D("2026-03-01")))])
    theirs = base.merged([but(known, days_out=(D("2026-01-01"), D("2026-01-02"), D("2026-02-01")))])
    found = merged(base, mine, theirs)
    assert found.clashes == ()
    assert found.records.get(ContactTie, "av~bq").days_out == tuple(
        map(D, ("2026-01-02", "2026-02-01", "2026-03-01"))
    )


def test_two_statements_of_two_days_do_not_clash():
    said = Assessment(id="a1", **A, person_id="bq", attribute="stance", value="1", date=D("2026-05-01"))
    other = but(said, id="a2", value="-1", date=D("2026-06-01"))
    found = merged(BASE, with_(said), with_(other))
    assert (found.clashes, len(found.records.of(Assessment))) == ((), 2)


# ---------------------------------------------------------------------- what always holds

IDS = st.sampled_from("abc")
VERSIONS = st.integers(0, 2)
RECORDS = st.one_of(
    st.builds(
        OrgUnit, id=IDS, account_id=st.just("acme"), name=st.sampled_from("xy"), kind=st.just("site"),
        parent_id=st.none() | IDS, version=VERSIONS,
    ),
    st.builds(
        Person, id=IDS, account_id=st.just("acme"), last_name=st.sampled_from("xy"),
        phone=st.none() | st.sampled_from("12"), version=VERSIONS,
    ),
    st.builds(
        Position, id=IDS, account_id=st.just("acme"), title=st.sampled_from("xy"), unit_id=st.none() | IDS,
        dotted_to_ids=st.just(()) | st.tuples(IDS), version=VERSIONS,
    ),
    st.builds(
        Holding, id=IDS, account_id=st.just("acme"), person_id=IDS, position_id=IDS,
        until=st.none() | st.just("2026-01"), version=VERSIONS,
    ),
    st.builds(
        ContactTie, id=IDS, account_id=st.just("acme"), member_id=IDS, person_id=IDS,
        kind=st.sampled_from(["owner", "contact"]), level=st.none() | st.integers(0, 3),
        stated_on=st.none() | st.sampled_from([D("2026-01-01"), D("2026-02-01"), D("2026-03-01")]),
        past=st.just(()) | st.just(("2025-01-01:1:?",)),
    ),
)  # fmt: skip
OURS = [ACME, *(TeamMember(id=i, last_name=i) for i in "abc")]


def whole(records):
    """Give the records without those that lead nowhere or are what another one is already."""
    kept = RecordSet([*OURS, *records])
    while broken := [r for r in kept if leads_nowhere(r, kept)]:
        kept = kept.merged((), broken)
    holders, owners, second = set(), set(), []
    for h in kept.of(Holding):
        if h.until is None:
            second += [h] if h.position_id in holders else []
            holders.add(h.position_id)
    for t in kept.of(ContactTie):
        if t.kind == "owner":
            second += [t] if t.person_id in owners else []
            owners.add(t.person_id)
    return kept.merged((), second)


def leads_nowhere(record, records):
    for field, kinds in references(type(record)).items():
        value = getattr(record, field)
        for one in (value,) if isinstance(value, str) else value or ():
            if not any(records.get(kind, one) for kind in kinds):
                return True
    return False


STATES = st.lists(RECORDS, max_size=12).map(whole)
SIDES = st.sampled_from(list(Side))


def same(one, other):
    """Tell whether two sets say the same, whenever and from where they came."""
    return {(type(r), r.id) for r in one} == {(type(r), r.id) for r in other} and not any(
        says_other(r, other.get(type(r), r.id)) for r in one
    )


@given(STATES, STATES, SIDES)
def test_where_they_changed_nothing_what_i_say_holds(base, mine, prefer):
    found = merged(base, mine, base, prefer=prefer)
    assert found.clashes == ()
    assert same(found.records, mine)


@given(STATES, STATES, SIDES)
def test_where_i_changed_nothing_all_is_as_it_is(base, theirs, prefer):
    found = merged(base, base, theirs, prefer=prefer)
    assert found.clashes == ()
    assert all(found.records.get(type(r), r.id) is r for r in theirs)
    assert len(found.records) == len(theirs)


@given(STATES, STATES, SIDES)
def test_what_both_say_alike_holds(base, both, prefer):
    found = merged(base, both, both, prefer=prefer)
    assert found.clashes == ()
    assert same(found.records, both)


@given(STATES, STATES, STATES)
def test_it_does_not_matter_who_is_who(base, mine, theirs):
    one = merged(base, mine, theirs, prefer=Side.MINE)
    other = merged(base, theirs, mine, prefer=Side.THEIRS)
    assert same(one.records, other.records)
    assert {(c.kind, c.id, c.field) for c in one.clashes} == {(c.kind, c.id, c.field) for c in other.clashes}


@given(STATES, STATES, STATES, SIDES)
def test_what_is_brought_together_holds_together(base, mine, theirs, prefer):
    found = merged(base, mine, theirs, prefer=prefer).records
    assert [r for r in found if leads_nowhere(r, found)] == []
    assert same(whole(found), found)


@given(STATES, STATES, STATES)
def test_my_word_once_heard_is_not_heard_again(base, mine, theirs):
    found = merged(base, mine, theirs, prefer=Side.MINE).records
    again = merged(base, mine, found, prefer=Side.MINE)
    assert same(again.records, found)
    assert again.clashes == ()


@given(STATES, STATES, STATES, SIDES)
def test_nothing_comes_from_nowhere(base, mine, theirs, prefer):
    for record in merged(base, mine, theirs, prefer=prefer).records:
        own, other = mine.get(type(record), record.id), theirs.get(type(record), record.id)
        assert own is not None or other is not None
        for name in set(type(record).model_fields) - {"stated_on", "past", "days_in", "days_out"}:
            assert getattr(record, name) in {getattr(r, name) for r in (own, other) if r is not None}


@pytest.mark.parametrize("prefer", list(Side))
def test_the_records_left_alone_are_the_very_same(prefer):
    theirs = with_(but(HEAD, weight=1))
    found = merged(BASE, with_(but(PLANT, city="Roanne")), theirs, prefer=prefer).records
    assert found.get(Position, "h") is theirs.get(Position, "h")
