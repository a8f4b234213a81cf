"""Several people at one store, each a process of its own: what a process does, and how many are run.

``python -m tests.store.editors DEED`` is one of them; what it is to know comes as one line of JSON.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from graphkam.errors import StoreError, StoreUnavailable, WriteConflict
from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.records import KIND_BY_NAME, RecordSet
from graphkam.model.vocabulary import UnitKind
from graphkam.settings import Settings
from graphkam.store.accounts import Store
from graphkam.workspace import Workspace

ROOT = Path(__file__).parents[2]
SHARED = "shared"
_MOST_SECONDS = 1_500


class Counted(NamedTuple):
    """What increments came to."""

    acknowledged: int
    refused: int
    """Tries that found somebody else's change, and were done again."""
    final: int


class Imported(NamedTuple):
    """What imports at once came to."""

    acknowledged: tuple[int, ...]
    refused: tuple[int, ...]
    faults: tuple[str, ...]
    """What is not as it should be; nothing."""


# ------------------------------------------------------------------ one process


def increment(settings: Settings, *, times: int, seed: int) -> None:
    """Add one to a field, so many times, each until it is acknowledged."""
    dice, done, refused = random.Random(seed), 0, 0  # noqa: S311
    ends = time.monotonic() + _MOST_SECONDS
    with Workspace.open(settings) as workspace:
        while done < times and time.monotonic() < ends:
            seen = workspace.records([SHARED]).get(Account, SHARED)
            more = seen.model_copy(update={"sector": str(int(seen.sector or 0) + 1)})
            try:
                workspace.apply(ChangeSet(puts=(more,)), what="edit")
                done += 1
            except (WriteConflict, StoreUnavailable):
                refused += 1
                time.sleep(dice.uniform(0, 0.05))
    say(done=done, refused=refused)


def import_file(settings: Settings, *, file: str) -> None:
    """Plan the import of a workbook, wait for the word, write it."""
    from datetime import date

    with Workspace.open(settings) as workspace:
        plan = workspace.plan_import(Path(file), today=date(2026, 11, 23))
        say(planned=len(plan.changes.puts))
        sys.stdin.readline()
        try:
            workspace.apply(plan.changes, what="import", file=file)
        except (WriteConflict, StoreUnavailable):
            say(done=False)
        else:
            say(done=True)


def write(settings: Settings, *, records: list[list[Any]], operation: str) -> None:
    """Write records in one go, and say when it began and that it is acknowledged."""
    puts = tuple(KIND_BY_NAME[kind].model_validate(values) for kind, values in records)
    with Store.open(settings) as store:
        say(ready=True)
        began = time.monotonic()
        first: list[float] = []

        def tell(*_: int) -> None:
            if not first:
                first.append(time.monotonic() - began)
                say(began=first[0])

        try:
            store.write(ChangeSet(puts=puts), Operation(id=operation, what="import"), progress=tell)
        except StoreError as error:
            say(failed=error.key)
        else:
            say(done=True)


def say(**what: Any) -> None:
    """Tell the one who started this process."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


# ------------------------------------------------------------------ those who start them


def told(settings: Settings) -> dict[str, Any]:
    """Give settings as another process can read them, the password with them."""
    plain = settings.model_dump(mode="json")
    if settings.store.password is not None:
        plain["store"]["password"] = settings.store.password.get_secret_value()
    return plain


@contextmanager
def process(settings: Settings, deed: str, **knows: Any) -> Iterator[subprocess.Popen[str]]:
    """Start one; it is gone when the block ends."""
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.store.editors", deed],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with started:
        try:
            started.stdin.write(json.dumps({"settings": told(settings), **knows}) + "\n")
            started.stdin.flush()
            yield started
        finally:
            started.kill()


def heard(started: subprocess.Popen[str]) -> dict[str, Any]:
    """Give the next thing that a process says; nothing if it is gone."""
    line = started.stdout.readline()
    return json.loads(line) if line.endswith("\n") else {}


def increments(settings: Settings, processes: int, times: int) -> Counted:
    """Have so many processes add one to a field so many times each."""
    from contextlib import ExitStack

    with Store.open(settings) as store:
        store.write(ChangeSet(puts=(Account(id=SHARED, name="Shared"),)), Operation(what="import"))
        with ExitStack() as stack:
            at_work = [
                stack.enter_context(process(settings, "increment", times=times, seed=n))
                for n in range(processes)
            ]
            said = [heard(one) for one in at_work]
        final = store.read([SHARED]).get(Account, SHARED)
    return Counted(
        sum(one.get("done", 0) for one in said), sum(one.get("refused", 0) for one in said), int(final.sector)
    )


def book(number: int, posts: int) -> RecordSet:
    """Give a workbook's records: one account of its own, and one that all of them have."""
    made: list[Entity] = []
    for a, sector in ((SHARED, number), (f"own{number}", number)):
        unit = OrgUnit(id=f"{a}-u", account_id=a, name=f"Head {a}", kind=UnitKind.GROUP)
        made += [Account(id=a, name=f"Account {a}", sector=str(sector)), unit]
        made += [
            Position(
                id=f"{a}-p{p}", account_id=a, unit_id=unit.id, title=f"Post {p}", role_comment=f"by {number}"
            )
            for p in range(posts)
        ]
    return RecordSet(made)


def exported(records: RecordSet) -> RecordSet:
    """Give records as an export has them that somebody then went over: what all have was read once."""
    return RecordSet(r.model_copy(update={"version": int(r.id.startswith(SHARED))}) for r in records)


def imports(settings: Settings, folder: Path, processes: int, posts: int) -> Imported:
    """Have so many processes import overlapping workbooks at once."""
    from contextlib import ExitStack

    from graphkam.exchange.export import save_workbook

    files = [folder / f"{n}.xlsx" for n in range(processes)]
    with Store.open(settings) as store:
        shared = [r for r in book(99, posts) if r.id.startswith(SHARED)]
        store.write(ChangeSet(puts=tuple(shared)), Operation(what="import"))
        before = store.revision()
        made_by = store.operation_at(before)
        for number, file in enumerate(files):
            records = exported(book(number, posts))
            save_workbook(records, file, language="en", revision=before, operation=made_by.id)
        with ExitStack() as stack:
            at_work = [stack.enter_context(process(settings, "import_file", file=str(f))) for f in files]
            for one in at_work:
                assert heard(one)["planned"] > 0
            for one in at_work:
                one.stdin.write("go\n")
                one.stdin.flush()
            done = [heard(one)["done"] for one in at_work]
        acknowledged = tuple(n for n, is_done in enumerate(done) if is_done)
        refused = tuple(n for n, is_done in enumerate(done) if not is_done)
        return Imported(acknowledged, refused, tuple(_faults(store, before, acknowledged, refused, posts)))


def _faults(
    store: Store, before: int, acknowledged: Sequence[int], refused: Sequence[int], posts: int
) -> Iterator[str]:
    found = store.read()
    for number in acknowledged:
        own = [r for r in found if r.id.startswith(f"own{number}")]
        if len(own) != posts + 2:
            yield f"{number} is acknowledged and not whole: {len(own)} records"
    for number in refused:
        if any(r.id.startswith(f"own{number}") for r in found):
            yield f"{number} is refused and not wholly absent"
    if store.revision() != before + len(acknowledged):
        yield "not as many writes as were acknowledged"
    said = {r.role_comment for r in found.of(Position) if r.account_id == SHARED}
    winner = found.get(Account, SHARED).sector
    if said != {f"by {winner}"} or int(winner) not in acknowledged:
        yield f"what all share is a mixture: {sorted(said)}"


if __name__ == "__main__":
    asked = json.loads(sys.stdin.readline())
    deeds = {"increment": increment, "import_file": import_file, "write": write}
    deeds[sys.argv[1]](Settings.model_validate(asked.pop("settings")), **asked)
