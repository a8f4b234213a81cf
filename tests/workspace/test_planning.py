"""An export comes back after others have written: conflicts, whose word counts, two people made one."""

from __future__ import annotations

import csv
import json
from datetime import date

import pytest

from graphkam.errors import ImportRejected, InputError
from graphkam.exchange.choices import Choices
from graphkam.model.changes import ChangeSet
from graphkam.model.clashes import Side
from graphkam.model.organisation import Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.ties import ContactTie, InfluenceTie
from graphkam.settings import Settings
from graphkam.workspace import Workspace
from tests.store.records import account

pytestmark = pytest.mark.store

TODAY = date(2026, 11, 23)


def at(store, server, who):
    return Workspace(Settings(home=server.home, user=who, store=server.store), store)


@pytest.fixture
def anne(store, server):
    workspace = at(store, server, "anne")
    workspace.apply(ChangeSet(puts=tuple(account(1))), what="import", file="book.xlsx")
    return workspace


@pytest.fixture
def zoe(store, server, anne):
    return at(store, server, "zoe")


def seat(workspace, number=0):
    return workspace.records(["a1"]).get(Position, f"a1-s{number}")


def edit(workspace, record, **fields):
    workspace.apply(ChangeSet(puts=(record.model_copy(update=fields),)), what="edit")


class Export:
    """A folder exported by a workspace, with cells changed by hand."""

    def __init__(self, workspace, folder):
        workspace.export(folder, account_ids=["a1"], language="en")
        self.folder = folder

    def change(self, sheet, row_id, **cells):
        path = self.folder / f"{sheet}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        keys = ["id", *(h.casefold().replace(" ", "_") for h in rows[0][1:])]
        [row] = [row for row in rows[1:] if row[0] == row_id]
        for key, value in cells.items():
            row[next(i for i, k in enumerate(keys) if k.startswith(key))] = value
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows(rows)

    @property
    def about(self):
        return json.loads((self.folder / "graphkam.json").read_text("utf-8"))

    def tell(self, **about):
        told = self.about | {f"graphkam.{name}": value for name, value in about.items()}
        (self.folder / "graphkam.json").write_text(json.dumps(told), encoding="utf-8")


@pytest.fixture
def export(anne, tmp_path):
    return Export(anne, tmp_path / "book")


def planned(workspace, export, **how):
    return workspace.plan_import(export.folder, today=TODAY, choices=Choices(**how))


def test_an_export_carries_its_revision_and_the_write_that_made_it(anne, export):
    newest = anne.operations(1)[0]
    assert export.about["graphkam.revision"] == str(newest.revision) == str(anne.revision)
    assert export.about["graphkam.operation"] == newest.id
    assert planned(anne, export).is_empty


def test_who_changed_it_meanwhile_and_when(anne, zoe, export):
    export.change("positions", "a1-s0", influence_weight="5")
    edit(zoe, seat(zoe), weight=2)
    by = zoe.operations(1)[0]
    made = planned(anne, export)
    [conflict] = made.conflicts
    assert (conflict.mine, conflict.theirs, conflict.who, conflict.at) == ("5", "2", "zoe", by.at)
    assert made.changes.is_empty
    assert conflict.cell.endswith(str(2))


@pytest.mark.parametrize(("side", "weight"), [(Side.MINE, 5), (Side.THEIRS, 2)])
def test_whose_word_counts_is_written(anne, zoe, export, side, weight):
    export.change("positions", "a1-s0", influence_weight="5")
    export.change("positions", "a1-s1", job_title="Renamed")
    edit(zoe, seat(zoe), weight=2, role_comment="hers")
    made = planned(anne, export, prefer=side)
    anne.apply(made.changes, what="import", file=made.file)
    head, other = seat(anne), seat(anne, 1)
    assert (head.weight, head.role_comment, other.title) == (weight, "hers", "Renamed")
    assert planned(anne, export, prefer=side).is_empty


def test_deleted_by_somebody_is_said(anne, zoe, export):
    export.change("positions", "a1-s2", influence_weight="5")
    held = [h for h in zoe.records(["a1"]).of(Holding) if h.position_id == "a1-s2"]
    zoe.apply(ChangeSet(removals=(*held, seat(zoe, 2))), what="edit")
    [conflict] = planned(anne, export).conflicts
    assert (conflict.is_kept_by_store, conflict.who) == (False, "zoe")
    made = planned(anne, export, prefer=Side.MINE)
    anne.apply(made.changes, what="import", file=made.file)
    assert seat(anne, 2).weight == 5


def test_an_export_of_another_store_is_not_taken_for_one_of_this(anne, zoe, export):
    edit(zoe, seat(zoe), weight=2)
    export.tell(operation="f" * 32)
    export.change("positions", "a1-s1", job_title="Renamed")
    with pytest.raises(ImportRejected) as caught:
        planned(anne, export)
    assert {p.code for p in caught.value.problems} == {"changed_since_export", "base_unknown"}


def test_a_revision_that_never_was_is_said(anne, export):
    export.tell(revision="999999", operation="")
    made = planned(anne, export)
    assert [w.code for w in made.warnings] == ["base_unknown"]


def test_a_plan_with_open_questions_is_not_applied_from_a_file(anne, zoe, export, tmp_path):
    export.change("positions", "a1-s0", influence_weight="5")
    edit(zoe, seat(zoe), weight=2)
    anne.save_plan(planned(anne, export), tmp_path / "plan.json")
    with pytest.raises(InputError) as caught:
        anne.read_plan(tmp_path / "plan.json")
    assert caught.value.key == "error.plan_open"
    anne.save_plan(planned(anne, export, prefer=Side.MINE), tmp_path / "plan.json")
    anne.apply(anne.read_plan(tmp_path / "plan.json").changes, what="import")
    assert seat(anne).weight == 5


def test_two_people_made_one_are_two_again_after_an_undo(anne):
    people = [Person(id=name, account_id="a1", last_name=name) for name in ("kept", "gone", "third")]
    own = {"account_id": "a1", "member_id": "us", "kind": "contact"}
    ties = [
        ContactTie(id="t1", person_id="kept", level=1, stated_on=date(2026, 1, 1), **own),
        ContactTie(id="t2", person_id="gone", level=2, stated_on=date(2026, 2, 1), **own),
        InfluenceTie(id="l1", account_id="a1", from_id="gone", to_id="third", kind="advice", weight=2),
        InfluenceTie(id="l2", account_id="a1", from_id="third", to_id="gone", kind="access"),
        Holding(id="h1", account_id="a1", person_id="gone", position_id="a1-s0", since="2020-01"),
    ]
    anne.apply(ChangeSet(puts=(TeamMember(id="us", last_name="Us"), *people, *ties)), what="edit")
    before = anne.records(["a1"])
    made = anne.plan_merge("kept", "gone")
    anne.apply(made.changes, what="merge")
    after = anne.records(["a1"])
    assert after.get(Person, "gone") is None
    assert "gone" not in {getattr(r, f, None) for r in after for f in ("person_id", "from_id", "to_id")}
    assert (after.get(InfluenceTie, "l1").from_id, after.get(InfluenceTie, "l2").to_id) == ("kept", "kept")
    assert after.get(Holding, "h1").person_id == "kept"
    assert [(t.id, t.level, t.past) for t in after.of(ContactTie)] == [("t1", 2, ("2026-01-01:1:?",))]

    undo = anne.plan_undo()
    assert undo.operation.what == "merge"
    anne.apply(undo.plan.changes, what="undo", undoes=undo.operation.id)
    dull = {"version": 0, "updated_at": ""}

    def contents(records):
        return {(type(r), r.id): r.model_copy(update=dull) for r in records}

    assert contents(anne.records(["a1"])) == contents(before)


def test_who_may_be_one(anne):
    twin = Person(id="twin", account_id="a1", first_name="Zoé", last_name="Unique")
    other = twin.model_copy(update={"id": "other", "first_name": "Z."})
    anne.apply(ChangeSet(puts=(twin, other)), what="edit")
    assert ("twin", "other") in [(d.person.id, d.other.id) for d in anne.duplicates("a1")]
    assert len(anne.duplicates()) >= len(anne.duplicates("a1"))
