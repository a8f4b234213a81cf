"""What was, and its undoing, as a user of the workspace has it: behind the policy, in his words."""

from __future__ import annotations

import pytest

from graphkam.access.policy import Act
from graphkam.errors import InputError, NotAllowed, NotFound, WriteConflict
from graphkam.exchange.lines import PlanAction
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Assessment, Person, TeamMember
from graphkam.model.records import RecordSet, account_of
from graphkam.model.ties import ContactTie
from graphkam.settings import Settings
from graphkam.text import Words
from graphkam.workspace import Workspace
from tests.store.records import account

pytestmark = pytest.mark.store


class OnlyFirst:
    """Lets everybody do everything, but with the first account only."""

    def allows(self, user, act, account_id):  # noqa: ARG002 - a policy's form
        return account_id == "a1"


class OnlyReading:
    def allows(self, user, act, account_id):  # noqa: ARG002 - a policy's form
        return act is Act.READ


def at(store, server, who, policy=None):
    settings = Settings(home=server.home, user=who, store=server.store)
    return Workspace(settings, store, policy)


@pytest.fixture
def anne(store, server):
    workspace = at(store, server, "anne")
    workspace.apply(ChangeSet(puts=(*account(1), *account(2))), what="import", file="/x/book.xlsx")
    return workspace


@pytest.fixture
def bruno(store, server, anne):
    return at(store, server, "bruno")


def seat(workspace, number=0):
    return workspace.records(["a1"]).get(Position, f"a1-s{number}")


def edit(workspace, record, **values):
    return workspace.apply(
        ChangeSet(puts=(type(record).model_validate(record.model_dump() | values),)), what="edit"
    )


def undo(workspace, operation=None):
    done, plan = workspace.plan_undo(operation)
    return workspace.apply(plan.changes, what="undo", undoes=done.id)


def test_undo_takes_back_the_last_of_ones_own_writes_then_the_one_before(anne, bruno):
    start = anne.revision
    edit(anne, seat(anne), title="One")
    edit(bruno, seat(bruno, 1), title="Other")
    edit(anne, seat(anne), title="Two")
    assert [line.name for line in anne.plan_undo().plan.lines] == ["One"]
    undo(anne)
    assert seat(anne).title == "One"
    undo(anne)
    assert (seat(anne).title, seat(anne, 1).title) == ("S0", "Other")
    undo(bruno)
    assert {r.id for r in anne.records()} == {r.id for r in anne.records_at(start)}
    undo(anne)
    assert list(anne.records()) == []
    for nobody in (
        anne,
        bruno,
    ):
        with pytest.raises(NotFound) as refused:
            nobody.plan_undo()
        assert refused.value.key == "error.nothing_to_undo"


def test_what_an_undo_was_undone_of_is_there_to_be_undone_again(anne):
    done = edit(anne, seat(anne), title="One")
    undone = undo(anne)
    undo(anne, undone.id)
    assert seat(anne).title == "One"
    assert anne.plan_undo().operation == done


def test_what_a_write_changed_is_told_whatever_was_written_since(anne, bruno):
    first = edit(anne, seat(anne), title="One")
    second = edit(bruno, seat(bruno), title="Two")
    made = anne.apply(ChangeSet(puts=(Person(id="p", account_id="a1", last_name="Pell"),)), what="edit")
    gone = undo(anne, made.id)
    told = anne.written([gone, made, second, first])
    changed = {id_: [(f.old, f.new) for line in lines for f in line.fields] for id_, lines in told.items()}
    assert changed[first.id] == [("S0", "One")]
    assert changed[second.id] == [("One", "Two")]
    for one, action in ((made, PlanAction.CREATE), (gone, PlanAction.DELETE)):
        assert [(line.name, line.action) for line in told[one.id]] == [("Pell", action)]


def test_of_what_is_older_than_the_history_nothing_is_told(anne):
    assert anne.written([Operation(what="copy", account_ids=("a1",), revision=anne.revision)]) == {}


def test_a_write_is_named_by_the_beginning_of_its_id(anne):
    done = edit(anne, seat(anne), title="One")
    assert anne.operation(done.id[:8]) == done
    for nothing in ("", "zzz"):
        with pytest.raises(NotFound):
            anne.operation(nothing)


def test_several_writes_of_one_beginning_are_told(anne, monkeypatch):
    found = anne.operations()
    monkeypatch.setattr(anne._store, "operations_beginning", lambda _: found * 2)
    with pytest.raises(InputError) as refused:
        anne.operation("1")
    assert refused.value.key == "error.ambiguous_operation"


def test_what_later_records_need_is_not_undone(anne, bruno):
    done = anne.apply(ChangeSet(puts=(Person(id="p", account_id="a1", last_name="Pell"),)), what="edit")
    said = Assessment(
        id="x", account_id="a1", person_id="p", attribute="stance", value="2", date="2026-01-01"
    )
    bruno.apply(ChangeSet(puts=(said,)), what="edit")
    with pytest.raises(WriteConflict) as refused:
        anne.plan_undo(done.id)
    told = Words("en").error(refused.value)
    assert told.startswith("bruno added this meanwhile")
    assert "Assessment  Pell" in told


def test_what_refers_to_something_gone_is_not_put_back(anne, bruno):
    edit(anne, seat(anne), reports_to_id="a1-s1")
    done = edit(anne, seat(anne), reports_to_id=None)
    bruno.apply(ChangeSet(removals=(seat(bruno, 1),)), what="edit")
    with pytest.raises(InputError) as refused:
        anne.plan_undo(done.id)
    assert refused.value.key == "error.undo_breaks"
    assert "“S0” refers to something that is not there any more: a1-s1" in Words("en").error(refused.value)
    assert "«\xa0S0\xa0» se rapporte" in Words("fr").error(refused.value)


# ---------------------------------------------------------------- who was quicker


def test_a_conflict_says_who_changed_which_fields_when_in_both_languages(anne, bruno):
    read = seat(bruno)
    done = edit(anne, read, title="Buyer", weight=5)
    with pytest.raises(WriteConflict) as refused:
        edit(bruno, read, title="Head")
    said = {language: Words(language).error(refused.value) for language in ("en", "fr")}
    assert said["en"].startswith("anne changed this meanwhile (")
    assert "Position  Buyer (Job title: S0 → Buyer; Influence weight (1-5): 1 → 5)" in said["en"]
    assert "Poste  Buyer (Intitulé du poste\xa0: S0 → Buyer" in said["fr"]
    assert refused.value.params["at"].isoformat() == done.at


def test_references_are_told_by_name(anne, bruno):
    read = seat(bruno)
    edit(anne, read, reports_to_id="a1-s2")
    with pytest.raises(WriteConflict) as refused:
        edit(bruno, read, title="Head")
    assert "? → S2" in Words("en").error(refused.value)


def test_what_is_sensitive_is_told_by_name_only(anne, bruno):
    person = anne.records(["a1"]).get(Person, "a1-p0")
    edit(anne, person, note="Not for all eyes", email="p@x.org")
    with pytest.raises(WriteConflict) as refused:
        edit(bruno, person, email="q@x.org")
    for language in ("en", "fr"):
        said = Words(language).error(refused.value)
        assert "p@x.org" in said
        assert "Not for all eyes" not in said
    assert "also changed: Note" in Words("en").error(refused.value)


def test_what_was_removed_and_what_was_made_is_told_by_name(anne, bruno):
    anne.apply(ChangeSet(puts=(TeamMember(id="m", last_name="Vasseur", first_name="Anne"),)), what="edit")
    tie = ContactTie(id="t", account_id="a1", member_id="m", person_id="a1-p0", kind="owner", level=2)
    anne.apply(ChangeSet(puts=(tie,)), what="edit")
    with pytest.raises(WriteConflict) as refused:
        bruno.apply(ChangeSet(puts=(tie,)), what="edit")
    assert "Contact  Anne Vasseur → P0" in Words("en").error(refused.value)
    read = bruno.records(["a1"]).get(ContactTie, "t")
    anne.apply(ChangeSet(removals=(read,)), what="edit")
    with pytest.raises(WriteConflict) as refused:
        edit(bruno, read, level=3)
    assert "anne removed this meanwhile" in Words("en").error(refused.value)
    assert "Contact  Anne Vasseur → P0" in Words("en").error(refused.value)


def test_an_undo_that_comes_too_late_says_who_was_in_between(anne, bruno):
    done = edit(anne, seat(anne), title="One")
    edit(bruno, seat(bruno), title="Two")
    with pytest.raises(WriteConflict) as refused:
        anne.plan_undo(done.id)
    assert "bruno changed this meanwhile" in Words("en").error(refused.value)
    assert "One → Two" in Words("en").error(refused.value)


# ---------------------------------------------------------------- who may see it


def test_of_an_account_that_one_may_not_see_nothing_is_told(store, server, anne):
    both = anne.operations()[0]
    mine = edit(anne, seat(anne), title="Mine")
    hers = edit(anne, anne.records(["a2"]).get(Position, "a2-s0"), title="Hers")
    other = at(store, server, "anne", OnlyFirst())
    assert other.operations() == (mine,)
    for hidden in (both, hers):
        with pytest.raises(NotFound):
            other.operation(hidden.id)
    assert other.history(Position, "a2-s0") == ()
    assert [v.record.title for v in other.history(Position, "a1-s0")] == ["Mine", "S0"]
    then = other.records_at(anne.revision)
    assert {account_of(r) for r in then} == {"a1"}
    assert then == other.records()
    with pytest.raises(NotAllowed):
        other.records_at(anne.revision, ["a2"])


def test_who_may_only_read_may_not_undo(store, server, anne):
    reader = at(store, server, "anne", OnlyReading())
    with pytest.raises(NotAllowed):
        reader.plan_undo()


def test_a_conflict_betrays_nothing_of_a_hidden_account(store, server, anne):
    position = Position(id="a2-s9", account_id="a2", title="Secret")
    anne.apply(ChangeSet(puts=(position,)), what="edit")
    other = at(store, server, "bruno", OnlyFirst())
    with pytest.raises(WriteConflict) as refused:
        other.apply(ChangeSet(puts=(Position(id="a2-s9", account_id="a1", title="Mine"),)), what="edit")
    said = Words("en").error(refused.value)
    assert "Secret" not in said
    assert "anne" not in said
    assert refused.value.overtaken is None


def test_records_of_then_are_those_of_now_where_nothing_changed(anne):
    assert anne.records_at(anne.revision) == anne.records()
    assert RecordSet(anne.records_at(anne.revision, ["a1"])).of(Account)[0].id == "a1"
