"""Several processes write at once: nothing acknowledged is lost, nothing is half done.

The full proofs are benchmarks/together.py and benchmarks/kill.py; these are the short ones.
"""

from __future__ import annotations

import random
import threading
import time

import pytest

from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, StoreSettings
from graphkam.store import embedded
from graphkam.store.accounts import Store
from graphkam.store.graph_form import fingerprint
from tests.store import editors
from tests.store.records import account

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_increments_of_one_field_by_several_processes_all_count(store, server):
    found = editors.increments(server, processes=4, times=10)
    assert found.acknowledged == 40
    assert found.final == found.acknowledged


def test_overlapping_imports_at_once_are_each_whole_or_refused(store, server, tmp_path):
    found = editors.imports(server, tmp_path, processes=4, posts=20)
    assert found.faults == ()
    assert len(found.acknowledged) >= 1
    assert len(found.acknowledged) + len(found.refused) == 4


def importing(settings, number, operation):
    plain = [[type(record).__name__, record.model_dump(mode="json")] for record in account(number, 150)]
    return editors.process(settings, "write", records=plain, operation=operation.id)


def killed(settings, number, operation, delay, victim=None):
    """Kill the importer, or a victim, so long after the import began; tell whether it was acknowledged."""
    with importing(settings, number, operation) as importer:
        assert editors.heard(importer) == {"ready": True}
        timer = threading.Timer(delay, (victim or importer).kill)
        timer.start()
        said = []
        while more := editors.heard(importer):
            said.append(more)
        timer.join()
    return {"done": True} in said


def is_whole_or_absent(store, number, operation, *, acknowledged):
    """Tell so; what was sent before the kill may still come to its end."""
    ends = time.monotonic() + 20
    while True:
        was_done = bool(store.ask("read/operation", id=operation.id))
        wanted = fingerprint(account(number, 150)) if was_done else {}
        there = {key: value for key, value in store.fingerprint().items() if key == f"a{number}"}
        if there == wanted:
            return was_done or not acknowledged
        if time.monotonic() > ends:
            return False


def test_an_importer_killed_at_any_moment_leaves_all_or_nothing(store, server):
    dice = random.Random(4)  # noqa: S311
    for number in range(1, 4):
        operation = Operation(what="import")
        acknowledged = killed(server, number, operation, dice.uniform(0, 1.2))
        assert is_whole_or_absent(store, number, operation, acknowledged=acknowledged)


@pytest.mark.store
def test_a_database_killed_at_any_moment_keeps_all_it_acknowledged(tmp_path, embedded_server):
    settings = Settings(home=tmp_path / "home", store=StoreSettings(idle_minutes=5))
    dice = random.Random(5)  # noqa: S311
    try:
        with Store.open(settings) as store:
            store.write(ChangeSet(puts=tuple(account(0))), Operation(what="import"))
        for number in range(1, 3):
            Store.open(settings).close()
            database, operation = embedded.running(settings).process(), Operation(what="import")
            acknowledged = killed(settings, number, operation, dice.uniform(0, 1.2), victim=database)
            with Store.open(settings) as store:
                assert is_whole_or_absent(store, number, operation, acknowledged=acknowledged)
                assert store.fingerprint()["a0"] == fingerprint(account(0))["a0"]
    finally:
        embedded.stop(settings)
