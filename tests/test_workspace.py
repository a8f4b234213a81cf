"""The door: what is written keeps every account whole, wherever the changes come from."""

import json

import pytest

from graphkam.errors import ImportRejected, InputError
from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.ties import ContactTie
from graphkam.workspace import Workspace

pytestmark = pytest.mark.store

ANNE = TeamMember(id="av", last_name="Vasseur", first_name="Anne")


def account(name):
    return (
        Account(id=name, name=name),
        OrgUnit(id=f"{name}-g", account_id=name, name="Group", kind="group"),
        OrgUnit(id=f"{name}-d", account_id=name, name="Mill", kind="site", parent_id=f"{name}-g"),
        Position(id=f"{name}-s", account_id=name, title="Buyer", unit_id=f"{name}-d"),
        Person(id=f"{name}-p", account_id=name, last_name="Pradier"),
        Holding(id=f"{name}-h", account_id=name, person_id=f"{name}-p", position_id=f"{name}-s"),
        ContactTie(
            id=f"{name}-t", account_id=name, member_id="av", person_id=f"{name}-p", kind="owner", level=2
        ),
    )


@pytest.fixture
def workspace(server, store):
    opened = Workspace(server, store)
    opened.apply(ChangeSet(puts=(ANNE, *account("a"), *account("b"))), what="import")
    return opened


def refused(workspace, **changes):
    """Give the codes for which changes are refused; nothing of them is written."""
    before = workspace.revision, workspace.records()
    with pytest.raises(ImportRejected) as caught:
        workspace.apply(ChangeSet(**changes), what="edit")
    assert (workspace.revision, workspace.records()) == before
    return [problem.code for problem in caught.value.problems]


def stored(workspace, kind, record_id):
    return workspace.records().get(kind, record_id)


def test_a_circle_of_units_is_refused_whole(workspace):
    group = stored(workspace, OrgUnit, "a-g").model_copy(update={"parent_id": "a-d"})
    fine = OrgUnit(id="a-n", account_id="a", name="New", kind="site")
    assert refused(workspace, puts=(fine, group)) == ["unit_cycle"]


def test_what_others_refer_to_is_not_removed(workspace):
    assert refused(workspace, removals=(stored(workspace, Person, "a-p"),)) == ["missing_reference"] * 2


def test_one_of_us_who_is_known_in_an_account_not_touched_is_not_removed(workspace):
    assert refused(workspace, removals=(stored(workspace, TeamMember, "av"),)) == ["missing_reference"] * 2


def test_a_reference_into_another_account_is_refused(workspace):
    tie = stored(workspace, ContactTie, "a-t").model_copy(update={"person_id": "b-p"})
    assert refused(workspace, puts=(tie,)) == ["missing_reference"]


def test_a_plan_on_file_that_somebody_changed_is_checked_like_any_other(workspace, tmp_path):
    from graphkam.exchange.plan import plan

    known = workspace.records()
    unit = stored(workspace, OrgUnit, "a-g").model_copy(update={"city": "Lyon"})
    path = tmp_path / "plan.json"
    workspace.save_plan(plan(known, known.merged([unit]), revision=workspace.revision), path)
    changed = json.loads(path.read_text(encoding="utf-8"))
    changed["changes"]["puts"][0]["record"]["parent_id"] = "a-d"
    path.write_text(json.dumps(changed), encoding="utf-8")
    with pytest.raises(InputError, match="plan_broken"):
        workspace.read_plan(path)


def test_what_did_not_hold_before_does_not_stop_another_change(workspace, store):
    from graphkam.model.changes import Operation

    group = stored(workspace, OrgUnit, "a-g").model_copy(update={"parent_id": "a-d"})
    store.write(ChangeSet(puts=(group,)), Operation(what="test"))  # past the door
    renamed = stored(workspace, Account, "a").model_copy(update={"segment": "glass"})
    workspace.apply(ChangeSet(puts=(renamed,)), what="edit")
    assert stored(workspace, Account, "a").segment == "glass"
