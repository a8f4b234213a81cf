"""Where boxes were put by hand: kept beside the records, never overwritten unseen."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import ValidationError

from graphkam.errors import WriteConflict
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.model.places import MapPlaces
from graphkam.store.backup import restore_backup, save_backup
from tests.store.records import account

pytestmark = pytest.mark.store
EMPTY = MapPlaces(account_id="a1", view="org")
PLACES = {"p:x": ("u1", 10.0, -4.5)}


def arranged(places=PLACES, version=0, **more):
    return EMPTY.model_copy(update={"places": places, "version": version, **more})


@pytest.fixture
def kept(store):
    """Give a store with an account and one arranged map."""
    store.write(ChangeSet(puts=tuple(account(1, people=5))), Operation(what="import"))
    store.save_map_places(arranged(), who="anne")
    return store


def test_of_a_map_that_nobody_arranged_nothing_is_kept(store):
    assert store.map_places(EMPTY) == EMPTY


def test_what_is_kept_is_read_by_everybody_and_makes_no_revision(kept):
    before = kept.revision()
    found = kept.map_places(EMPTY)
    assert (found.places, found.version, found.who) == (PLACES, 1, "anne")
    assert found.at
    kept.save_map_places(found.model_copy(update={"places": {}}), who="bob")
    assert kept.map_places(EMPTY).version == 2
    assert kept.revision() == before
    assert kept.map_places(EMPTY.model_copy(update={"view": "mesh"})).places == {}


def test_nobodys_arrangement_is_overwritten_unseen(kept):
    with pytest.raises(WriteConflict) as refused:
        kept.save_map_places(arranged({}), who="bob")
    assert refused.value.params["who"] == "anne"
    assert kept.map_places(EMPTY).places == PLACES


def test_of_several_at_once_one_is_kept(store):
    def keep(number):
        try:
            return store.save_map_places(arranged({"p:x": ("u", number, 0.0)}), who=str(number))
        except WriteConflict:
            return None

    with ThreadPoolExecutor(6) as pool:
        done = [found for found in pool.map(keep, range(6)) if found is not None]
    assert len(done) == 1
    assert store.map_places(EMPTY) == done[0]
    assert len(store.contents().places) == 1


def test_a_backup_has_them_and_a_restore_puts_them_back(kept, tmp_path):
    save_backup(kept, tmp_path / "x.backup")
    before = kept.map_places(EMPTY)
    kept.save_map_places(before.model_copy(update={"places": {}}), who="bob")
    kept.save_map_places(MapPlaces(account_id="a1", view="mesh", places=PLACES), who="bob")
    restore_backup(kept, tmp_path / "x.backup", who="anne")
    assert kept.map_places(EMPTY) == before
    assert len(kept.contents().places) == 1


def test_with_the_account_they_are_gone(kept):
    everything = tuple(r for r in kept.read() if isinstance(r, Account) or getattr(r, "account_id", None))
    kept.write(ChangeSet(removals=everything), Operation(what="edit"))
    assert kept.map_places(EMPTY) == EMPTY


@pytest.mark.parametrize("place", [("u", float("nan"), 0.0), ("u", 1e9, 0.0), ("u" * 300, 0.0, 0.0)])
def test_places_that_make_no_sense_are_not_kept(place):
    with pytest.raises(ValidationError):
        MapPlaces(account_id="a", view="org", places={"p": place})
