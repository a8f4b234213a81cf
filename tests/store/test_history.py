"""What was written over or removed is kept: who, when, what it was, and how to put it back."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphkam.errors import InputError, WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import KINDS, RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.store.backup import read_backup, restore_backup, save_backup
from graphkam.store.history import is_same
from tests.store.records import account, everything, full

pytestmark = pytest.mark.store


def put(store, *records, removals=(), who="anne", what="edit"):
    return store.write(ChangeSet(puts=records, removals=removals), Operation(who=who, what=what))


def undo(store, operation, who="anne"):
    changes = store.reversal(operation, store.read(operation.account_ids))
    return store.write(changes, Operation(who=who, what="undo", undoes=operation.id))


def changed(record, **values):
    return type(record).model_validate(record.model_dump() | values)


def seat(store, number=0):
    return store.read(["a1"]).get(Position, f"a1-s{number}")


def contents(records):
    return RecordSet(r.model_copy(update={"version": 0, "updated_at": "", "origin": ""}) for r in records)


# ---------------------------------------------------------------- what a record was


def test_each_form_of_a_record_is_kept_with_who_wrote_it_and_who_wrote_over_it(store):
    first = put(store, *account(1), who="anne", what="import")
    second = put(store, changed(seat(store), title="Buyer"), who="bruno")
    third = put(store, changed(seat(store), title="Head of buying"), who="chloe")
    newest, middle, oldest = store.history(Position, "a1-s0")
    assert [v.record.title for v in (oldest, middle, newest)] == ["S0", "Buyer", "Head of buying"]
    assert (oldest.by, middle.by, newest.by) == (first, second, third)
    assert (oldest.ended_by, middle.ended_by, newest.ended_by) == (second, third, None)
    assert not oldest.is_removed


def test_what_was_removed_is_still_told_and_so_is_its_coming_back(store):
    put(store, *account(1))
    gone = put(store, removals=[seat(store)])
    [version] = store.history(Position, "a1-s0")
    assert (version.record.title, version.ended_by, version.is_removed) == ("S0", gone, True)
    back = put(store, Position(id="a1-s0", account_id="a1", title="Again"))
    assert store.history(Position, "a1-s0")[0].by == back


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_kind_is_kept(store, kind):
    put(store, *everything())
    there = store.read().of(kind)[0]
    put(store, changed(there, origin="another book"))
    put(store, removals=[store.read().of(kind)[0]]) if kind in {ContactTie, InfluenceTie} else None
    kept = store.history(kind, there.id)[-1].record
    assert kept == there
    assert contents([kept]) == contents([full(kind)])


def test_a_record_that_never_was_has_no_history(store):
    assert store.history(Position, "nobody") == ()
    assert store.history(ContactTie, "nobody") == ()


def test_new_records_leave_nothing_behind(store):
    put(store, *everything())
    assert store.contents().past == []


def test_a_version_is_never_given_twice(store):
    """Else a writer who read the first could write over the second, which came after its removal."""
    put(store, *account(1))
    first = seat(store)
    put(store, removals=[first])
    put(store, Position(id="a1-s0", account_id="a1", title="Another"))
    assert seat(store).version > first.version
    with pytest.raises(WriteConflict):
        put(store, changed(first, title="Stale"))


# ---------------------------------------------------------------- the store as it was


def test_the_store_is_told_as_it_was_at_each_revision(store):
    seen = {}
    put(store, *account(1), *account(2))
    for title in ("One", "Two", "Three"):
        put(store, changed(seat(store), title=title))
        seen[store.revision()] = store.read()
    put(store, removals=[seat(store)])
    put(store, *account(3))
    for revision, then in seen.items():
        assert store.read_at(revision) == then
        assert store.read_at(revision, ["a2"]) == then.of_account("a2")
    assert store.read_at(store.revision()) == store.read()


def test_a_revision_that_is_not_known_is_told(store):
    with pytest.raises(InputError) as refused:
        store.read_at(store.revision() + 1)
    assert refused.value.key == "error.revision_unknown"
    with pytest.raises(InputError) as refused:
        store.read_at(-1)
    assert refused.value.key == "error.revision_too_old"


def test_what_a_restore_took_back_is_not_told_as_if_it_were_known(store, tmp_path):
    put(store, *account(1))
    saved = store.revision()
    save_backup(store, tmp_path / "b")
    lost = put(store, changed(seat(store), title="Lost")).revision
    again = restore_backup(store, tmp_path / "b", who="anne").revision
    assert again > lost
    assert seat(store).title == "S0"
    assert contents(store.read_at(saved)) == contents(store.read_at(again)) == contents(store.read())
    with pytest.raises(InputError):
        store.read_at(lost)


# ---------------------------------------------------------------- undo


def test_undo_puts_back_what_was_changed_made_and_removed_and_can_itself_be_undone(store):
    put(store, *everything(), *account(1))
    before = store.read()
    tie = before.of(ContactTie)[0]
    done = put(
        store,
        changed(seat(store), title="Other", reports_to_id="a1-s1"),
        changed(tie, level=1),
        *account(2),
        removals=[before.get(Position, "a1-s2"), before.get(Person, "a1-p2")],
    )
    after = store.read()
    undone = undo(store, done)
    assert contents(store.read()) == contents(before)
    assert store.operations(1)[0] == undone
    assert undone.undoes == done.id
    undo(store, undone)
    assert contents(store.read()) == contents(after)
    undo(store, done)
    assert contents(store.read()) == contents(before)


def test_the_undo_of_a_whole_import_leaves_nothing_of_it(store):
    done = put(store, *everything(), what="import")
    undo(store, done)
    assert list(store.read()) == []
    assert dict(store.ask("read/link_counts")) == {}


@pytest.mark.parametrize("what", ["changed", "removed"])
def test_what_somebody_changed_since_is_not_undone_over(store, what):
    put(store, *account(1))
    done = put(store, changed(seat(store), title="Mine"), changed(seat(store, 1), title="Mine too"))
    theirs = seat(store)
    if what == "changed":
        put(store, changed(theirs, title="Theirs"), who="bruno")
    else:
        put(store, removals=[theirs], who="bruno")
    before = store.read()
    with pytest.raises(WriteConflict) as refused:
        undo(store, done)
    told = store.explained(refused.value)
    assert told.key == f"error.store_conflict_{what}"
    assert told.params["who"] == "bruno"
    assert store.read() == before


def test_what_is_as_before_already_is_left_alone(store):
    put(store, *account(1))
    done = put(store, changed(seat(store), title="Mine"), changed(seat(store, 1), title="Mine too"))
    put(store, changed(seat(store), title="S0"), who="bruno")
    undo(store, done)
    assert [seat(store, i).title for i in (0, 1)] == ["S0", "S1"]
    assert store.reversal(done, store.read()).is_empty


def test_a_restore_and_what_is_older_than_the_history_are_not_undone(store, tmp_path):
    put(store, *account(1))
    save_backup(store, tmp_path / "b")
    restored = restore_backup(store, tmp_path / "b", who="anne")
    with pytest.raises(InputError) as refused:
        undo(store, restored)
    assert refused.value.key == "error.undo_restore"
    with pytest.raises(InputError) as refused:
        undo(store, Operation(id="old", what="edit", revision=0))
    assert refused.value.key == "error.undo_too_old"


def test_history_and_undo_go_on_after_a_restore(store, tmp_path):
    put(store, *account(1))
    done = put(store, changed(seat(store), title="Other"))
    history = store.history(Position, "a1-s0")
    save_backup(store, tmp_path / "b")
    assert read_backup(tmp_path / "b") == store.snapshot()
    put(store, removals=[seat(store)])
    restore_backup(store, tmp_path / "b", who="anne")
    assert store.history(Position, "a1-s0") == history
    undo(store, done)
    assert seat(store).title == "S0"


# ---------------------------------------------------------------- ends that change


def test_a_tie_may_lead_elsewhere_and_back(store):
    put(
        store,
        *account(1),
        InfluenceTie(id="i", account_id="a1", from_id="a1-p0", to_id="a1-p1", kind="advice"),
    )
    tie = store.read().of(InfluenceTie)[0]
    done = put(store, changed(tie, to_id="a1-p2"))
    assert [t.to_id for t in store.read().of(InfluenceTie)] == ["a1-p2"]
    assert dict(store.ask("read/link_counts"))["INFLUENCES"] == 1
    undo(store, done)
    assert [t.to_id for t in store.read().of(InfluenceTie)] == ["a1-p1"]


def test_a_record_may_go_over_to_another_account(store):
    put(store, *account(1), *account(2))
    before = store.revision()
    put(store, changed(seat(store), account_id="a2"))
    assert store.read(["a1"]).get(Position, "a1-s0") is None
    assert store.read(["a2"]).get(Position, "a1-s0").account_id == "a2"
    assert store.read_at(before, ["a1"]).get(Position, "a1-s0").account_id == "a1"
    assert store.read_at(before, ["a2"]).get(Position, "a1-s0") is None


# ---------------------------------------------------------------- always

TITLES = st.sampled_from(["A", "B", "C"])
STEPS = st.lists(
    st.tuples(st.sampled_from(["put", "remove", "undo"]), st.integers(0, 2), TITLES), max_size=12
)


@given(STEPS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_revision_stays_as_it_was_whatever_is_done_since(store, steps):
    for name in ("erase/everything", "erase/operations", "erase/past"):
        store.ask_nothing(name)
    put(store, Account(id="a1", name="A"), TeamMember(id="m", last_name="M"))
    seen, done = {store.revision(): store.read()}, []
    for step, number, title in steps:
        there = seat(store, number)
        wanted = Position(
            id=f"a1-s{number}", account_id="a1", title=title, version=there.version if there else 0
        )
        if step == "put":
            done.append(put(store, wanted))
        elif step == "remove" and there is not None:
            done.append(put(store, removals=[there]))
        elif step == "undo" and done:
            try:
                done.append(undo(store, done[number % len(done)]))
            except WriteConflict:
                continue
        seen[store.revision()] = store.read()
    for revision, then in seen.items():
        assert store.read_at(revision) == then
    for number in range(3):
        told = [(v.record.version, v.record.title) for v in store.history(Position, f"a1-s{number}")]
        stood = {(r.version, r.title) for then in seen.values() if (r := then.get(Position, f"a1-s{number}"))}
        assert told == sorted(stood, reverse=True)


def test_what_counts_as_the_same():
    one = Position(id="s", account_id="a", title="T", version=1, origin="x")
    assert is_same(one, one.model_copy(update={"version": 2, "origin": "y", "updated_at": "z"}))
    assert not is_same(one, one.model_copy(update={"title": "U"}))
    assert is_same(None, None)
    assert not is_same(one, None)
