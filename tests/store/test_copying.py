"""A store goes to another server whole, is compared there, or nothing of it goes."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from graphkam.access.policy import Act
from graphkam.errors import (
    InputError,
    NotAllowed,
    StoreDamaged,
    StoreError,
    StoreRefused,
    StoreTooNew,
    WriteConflict,
)
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, Position
from graphkam.settings import Settings, StoreSettings
from graphkam.store import copying, embedded
from graphkam.store.accounts import Store
from graphkam.store.backup import read_backup
from graphkam.store.schema import SCHEMA_VERSION
from graphkam.text import Words
from graphkam.workspace import Workspace
from tests.store.records import account, everything

pytestmark = pytest.mark.store


@pytest.fixture
def filled(store):
    """Give a store with every kind of record, a change, a removal: there is a history."""
    store.write(ChangeSet(puts=tuple(everything())), Operation(what="import"))
    store.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"))
    kept = store.read().get(Account, "a1")
    store.write(ChangeSet(puts=(kept.model_copy(update={"name": "Renamed"}),)), Operation(what="edit"))
    seat = store.read().get(Position, "a1-s2")
    store.write(ChangeSet(removals=(seat,)), Operation(what="edit"))
    return store


@pytest.fixture(
    params=["embedded", pytest.param("neo4j", marks=[pytest.mark.neo4j, pytest.mark.slow])], scope="module"
)
def other(request, tmp_path_factory):
    """Give the settings of another server, of either kind."""
    if request.param == "neo4j":
        yield request.getfixturevalue("another_neo4j")
        return
    settings = Settings(home=tmp_path_factory.mktemp("other"))
    yield settings
    embedded.stop(settings)


@pytest.fixture
def target(other):
    """Give the same, emptied."""
    with Store.open(other) as opened:
        for name in ("everything", "operations", "past"):
            opened.ask_nothing(f"erase/{name}")
    return other


def copied(server, target, **options):
    with Workspace.open(server) as workspace:
        return workspace.copy_to(target, **options)


def test_everything_is_there_history_included(filled, server, target):
    found = copied(server, target)
    with Store.open(target) as there:
        assert there.read() == filled.read()
        assert there.fingerprint() == filled.fingerprint()
        newest, *before = there.operations()
        assert tuple(before) == filled.operations()
        assert newest.what == "copy"
        assert there.contents().past == filled.contents().past != []
        assert [v.record.name for v in there.history(Account, "a1")] == ["Renamed", "Account 1"]
        assert found.server == there.server() != ""
        for revision in range(1, filled.revision() + 1):
            assert there.read_at(revision) == filled.read_at(revision)
        edit = before[1]
        assert there.reversal(edit, there.read()) == filled.reversal(edit, filled.read()) != ChangeSet()
        with pytest.raises(InputError) as refused:
            there.reversal(newest, there.read())
        assert refused.value.key == "error.undo_copy"
    assert found.revision == filled.revision()
    assert {a: (c.records, c.sha256) for a, c in found.accounts.items()} == filled.fingerprint()
    assert (found.operations, found.backup) == (4, None)
    assert found.earlier_forms > 0


def test_what_is_copied_goes_on_being_written(filled, server, target):
    copied(server, target)
    with Store.open(target) as there:
        there.write(ChangeSet(puts=tuple(account(2))), Operation(what="import"))
        kept = there.read().get(Account, "a1")
        there.write(ChangeSet(puts=(kept.model_copy(update={"name": "Later"}),)), Operation(what="edit"))
        assert [a.name for a in there.accounts()].count("Later") == 1
        assert there.revision() > filled.revision()


def test_what_holds_something_is_left_as_it_is_unless_one_says_so(filled, server, target):
    with Store.open(target) as there:
        there.write(ChangeSet(puts=tuple(account(7))), Operation(what="import"))
        before = there.fingerprint()
        with pytest.raises(InputError) as refused:
            copied(server, target)
        assert (refused.value.key, refused.value.params["accounts"]) == ("error.store_copy_not_empty", 1)
        assert there.fingerprint() == before
        found = copied(server, target, is_replaced=True)
        assert there.fingerprint() == filled.fingerprint()
    saved = read_backup(found.backup)
    assert {r.id for r in saved.records} == {r.id for r in account(7)}
    assert found.backup.is_relative_to(server.home)


def test_what_was_emptied_has_a_history_and_holds_something(filled, server, target):
    with Store.open(target) as there:
        there.write(ChangeSet(puts=tuple(account(7))), Operation(what="import"))
        there.write(ChangeSet(removals=tuple(there.read())), Operation(what="edit"))
    with pytest.raises(InputError):
        copied(server, target)


def test_a_target_that_somebody_writes_to_is_left_to_him(filled, server, target, monkeypatch):
    snapshot_of = copying.snapshot_of

    def written_meanwhile(held):
        with Store.open(target) as there:
            there.write(ChangeSet(puts=tuple(account(8))), Operation(what="import"))
        return snapshot_of(held)

    monkeypatch.setattr(copying, "snapshot_of", written_meanwhile)
    with pytest.raises(WriteConflict) as refused:
        copied(server, target)
    assert refused.value.key == "error.store_copy_moved"
    with Store.open(target) as there:
        assert [a.id for a in there.accounts()] == ["a8"]


def test_a_copy_that_differs_is_taken_back(filled, server, target, monkeypatch):
    snapshot_of = copying.snapshot_of

    def lossy(held):
        found = snapshot_of(held)
        kept = found.records.get(Account, "a1").model_copy(update={"name": "Garbled"})
        return found._replace(
            records=type(found.records)((*(r for r in found.records if r.id != "a1"), kept))
        )

    monkeypatch.setattr(copying, "snapshot_of", lossy)
    with pytest.raises(StoreDamaged) as refused:
        copied(server, target)
    assert (refused.value.key, refused.value.params["what"]) == ("error.store_copy_differs", ("a1",))
    with Store.open(target) as there:
        assert len(there.read()) == 0
        assert there.operations() == ()


def set_schema(there, version):
    with there.session() as session:
        session.run("MATCH (m:Meta) SET m.schema_version = $version", version=version).consume()


@pytest.fixture
def of_schema(target):
    """Give a function that makes the target one of another schema, with an account in it."""
    with Store.open(target) as there:
        there.write(ChangeSet(puts=tuple(account(7))), Operation(what="import"))
        yield lambda version: set_schema(there, version)
        set_schema(there, SCHEMA_VERSION)


def test_an_older_target_is_not_even_migrated_unless_it_may_be_replaced(filled, server, target, of_schema):
    of_schema(1)
    with pytest.raises(InputError) as refused:
        copied(server, target)
    assert refused.value.key == "error.store_copy_older"
    with pytest.raises(InputError):
        Store.open(target, is_migrated=False)
    copied(server, target, is_replaced=True)
    with Store.open(target, is_migrated=False) as there:
        assert there.fingerprint() == filled.fingerprint()


@pytest.mark.parametrize("is_replaced", [False, True])
def test_a_newer_target_is_left_as_it_is_whatever_one_says(filled, server, target, of_schema, is_replaced):
    of_schema(SCHEMA_VERSION + 1)
    with pytest.raises(StoreTooNew) as refused:
        copied(server, target, is_replaced=is_replaced)
    assert refused.value.key == "error.store_copy_target"
    assert str(SCHEMA_VERSION + 1) in Words("en").error(refused.value)
    of_schema(SCHEMA_VERSION)
    with Store.open(target) as there:
        assert [a.id for a in there.accounts()] == ["a7"]


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("bolt://127.0.0.1:9", {"en": "does not answer", "fr": "ne répond pas"}),
        ("bolt://elsewhere.example", {"en": "not encrypted", "fr": "pas chiffrée"}),
        ("bolt://[x", {"en": "not the address", "fr": "pas l'adresse"}),
    ],
)
def test_a_target_that_cannot_be_used_is_said_to_be_the_target(store, server, uri, said):
    with pytest.raises(StoreError) as refused:
        copied(server, Settings(home=server.home, store=StoreSettings(uri=uri)))
    assert refused.value.exit_code == 1
    for language, target in (("en", "The target "), ("fr", "La cible ")):
        sentence = Words(language).error(refused.value)
        assert sentence.startswith(target)
        assert said[language] in sentence


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_target_that_refuses_the_password_is_said_to_be_the_target(store, server, another_neo4j):
    wrong = another_neo4j.store.model_copy(update={"password": SecretStr("hunter2")})
    with pytest.raises(StoreRefused) as refused:
        copied(server, Settings(home=server.home, store=wrong))
    assert refused.value.key == "error.store_copy_refused"
    for language, target in (("en", "The target "), ("fr", "La cible ")):
        sentence = Words(language).error(refused.value)
        assert sentence.startswith(target)
        assert "GRAPHKAM_TARGET_PASSWORD" in sentence
        assert "hunter2" not in sentence


def test_a_store_is_not_copied_to_itself(filled, server):
    with pytest.raises(InputError) as refused:
        copied(server, server.model_copy(), is_replaced=True)
    assert refused.value.key == "error.store_copy_itself"


class Only:
    """A policy that allows acts by name of account."""

    def __init__(self, **allowed):
        self._allowed = allowed

    def allows(self, user, act, account_id):  # noqa: ARG002 - whoever it is
        return act in self._allowed.get(account_id, ())


@pytest.mark.parametrize(
    ("allowed", "may"),
    [
        ({"a1": (Act.EXPORT,), "a7": (Act.CHANGE,)}, True),
        ({"a1": (Act.READ,), "a7": (Act.CHANGE,)}, False),
        ({"a1": (Act.EXPORT,), "a7": (Act.READ, Act.EXPORT)}, False),
    ],
)
def test_one_may_take_from_here_and_change_there_or_nothing_is_copied(store, server, target, allowed, may):
    store.write(ChangeSet(puts=tuple(account(1))), Operation(what="import"))
    with Store.open(target) as there:
        there.write(ChangeSet(puts=tuple(account(7))), Operation(what="import"))
        workspace = Workspace(server, store, Only(**allowed))
        if may:
            workspace.copy_to(target, is_replaced=True)
        else:
            with pytest.raises(NotAllowed):
                workspace.copy_to(target, is_replaced=True)
        assert [a.id for a in there.accounts()] == ["a1" if may else "a7"]
