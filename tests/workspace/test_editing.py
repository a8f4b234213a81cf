"""Two people edit one account: what is written, what is refused and told, what is taken back."""

from datetime import date

import pytest

from graphkam.editing.facts import change
from graphkam.editing.posts import add_person, move
from graphkam.editing.sides import on_top, sides
from graphkam.errors import ImportRejected, WriteConflict
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Position
from graphkam.model.people import Person
from graphkam.settings import Settings
from graphkam.text import Words
from graphkam.workspace import Workspace
from tests.editing.conftest import RECORDS

pytestmark = pytest.mark.store
NEW = ChangeSet(puts=tuple(r.model_copy(update={"version": 0}) for r in RECORDS))


def at(store, server, who):
    return Workspace(Settings(home=server.home, user=who, store=server.store), store)


@pytest.fixture
def anne(store, server):
    workspace = at(store, server, "anne")
    workspace.apply(NEW, what="import")
    return workspace


@pytest.fixture
def bruno(store, server, anne):
    return at(store, server, "bruno")


def position(workspace, record_id="ACM-p001"):
    return workspace.records(["ACM"]).get(Position, record_id)


def test_an_edit_is_told_before_it_is_written_and_can_be_taken_back(anne):
    made = add_person(
        anne.records(["ACM"]), "ACM", last_name="Blanc", position_id="ACM-p002", since="2026-11"
    )
    plan = anne.plan_edit(made)
    assert [line.kind for line in plan.lines] == ["Person", "Holding", "Holding"]
    assert [event.arrives for event in plan.events] == ["Blanc"]
    anne.apply(made, what="edit")
    assert anne.graph("ACM", as_of=date(2026, 11, 23)).by_position["ACM-p002"].name == "Blanc"
    done, undo = anne.plan_undo()
    anne.apply(undo.changes, what="undo", undoes=done.id)
    assert anne.graph("ACM", as_of=date(2026, 11, 23)).by_position["ACM-p002"].name == "Luc Roux"


def test_a_circle_is_refused_with_its_list_and_nothing_is_written(anne):
    before = anne.revision
    with pytest.raises(ImportRejected) as refused:
        anne.apply(move(position(anne), boss_id="ACM-p003"), what="edit")
    [problem] = refused.value.problems
    assert problem.code == "reporting_cycle"
    assert set(problem.params["chain"].split(" → ")) == {"Director", "Buyer", "Assistant"}
    assert anne.revision == before


def test_what_another_wrote_meanwhile_is_told_and_not_overwritten(anne, bruno):
    mine = change(position(anne), title="Chair", weight=4)
    bruno.apply(change(position(bruno), title="President", seniority=1), what="edit")
    with pytest.raises(WriteConflict) as refused:
        anne.apply(mine, what="edit")
    met = refused.value.overtaken
    assert met.by.who == "bruno"
    assert "President" in Words("en").error(refused.value)
    assert [(s.field, s.mine, s.theirs) for s in sides(met) if s.is_clash] == [
        ("title", "Chair", "President")
    ]
    assert position(anne).title == "President"
    anne.apply(on_top(mine, met), what="edit")
    now = position(anne)
    assert (now.title, now.weight, now.seniority) == ("Chair", 4, 1)


def test_two_new_people_at_once_do_not_become_one(anne, bruno):
    mine = add_person(anne.records(["ACM"]), "ACM", last_name="Blanc")
    bruno.apply(add_person(bruno.records(["ACM"]), "ACM", last_name="Noir"), what="edit")
    with pytest.raises(WriteConflict) as refused:
        anne.apply(mine, what="edit")
    assert refused.value.overtaken.wanted.version == 0
    assert {p.last_name for p in anne.records(["ACM"]).of(Person)} == {"Mercier", "Roux", "Noir"}
