"""Kill the embedded database at a seeded moment within an import, again and again.

After each kill: every acknowledged import is there whole and no other, by counts and hashes. Prints
a log line a kill, and a summary. Usage: ``python benchmarks/kill.py [KILLS] [SEED]``.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from accounts import account as generated

from graphkam.errors import GraphkamError
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.records import RecordSet
from graphkam.settings import Settings
from graphkam.store import embedded
from graphkam.store.accounts import Store, fingerprint

PEOPLE, MEMBERS, TIES = 800, 30, 3_000


class Kill(NamedTuple):
    """What one kill came to."""

    delay: float
    was_writing: bool
    """It fell between the first write and the acknowledgement."""
    was_acknowledged: bool
    was_done: bool


def book(number: int) -> RecordSet:
    """Give the records of an account that no other import touches."""
    wanted = f"x{number}-"
    made = []
    for record in generated(PEOPLE, MEMBERS, TIES):
        values = record.model_dump()
        for name, value in values.items():
            if name == "id" or name.endswith("_id"):
                values[name] = value and wanted + value
            elif name.endswith("_ids"):
                values[name] = tuple(wanted + part for part in value)
        made.append(type(record).model_validate(values))
    return RecordSet(made)


def main(kills: int, seed: int) -> int:
    """Run; give the exit code."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder) / "home")
        try:
            return run(settings, kills, chance)
        finally:
            embedded.stop(settings)


def run(settings: Settings, kills: int, chance: random.Random) -> int:
    """Measure an import, then kill imports; give the exit code."""
    acknowledged: dict[str, tuple[int, str]] = {}
    seconds = min(timed(settings, number, acknowledged) for number in (-3, -2, -1))
    print(f"one import: {len(book(0))} records, {seconds:.2f} s")
    found = [killed(settings, n, chance.uniform(0, seconds), acknowledged) for n in range(kills)]
    wrong = sum(not is_sound for _, is_sound in found)
    writing = sum(kill.was_writing for kill, _ in found)
    acks = sum(kill.was_acknowledged for kill, _ in found)
    print(f"{kills} kills, {writing} in mid-write, {acks} acknowledged before, {wrong} wrong")
    return 0 if wrong == 0 and writing * 2 >= kills else 1


def timed(settings: Settings, number: int, acknowledged: dict[str, tuple[int, str]]) -> float:
    """Import undisturbed on a database just started, as after a kill; give the time, in seconds."""
    records = book(number)
    embedded.stop(settings)
    with Store.open(settings) as store:
        began = time.monotonic()
        store.write(ChangeSet(puts=tuple(records)), Operation(what="import"))
        spent = time.monotonic() - began
    acknowledged.update(own(fingerprint(records)))
    return spent


def own(prints: object) -> dict[str, tuple[int, str]]:
    """Leave out what belongs to no account: our people of all imports are together there."""
    return {account: found for account, found in dict(prints).items() if account}  # type: ignore[call-overload]


def killed(
    settings: Settings, number: int, delay: float, acknowledged: dict[str, tuple[int, str]]
) -> tuple[Kill, bool]:
    """Kill the database so long after an import began; compare what is there afterwards."""
    records = book(number)
    operation = Operation(what="import")
    told: list[float] = []
    with Store.open(settings) as store:
        running = embedded.running(settings)
        process = running.process() if running else None
        if process is None:
            raise SystemExit("the database does not run")
        began = time.monotonic()
        timer = threading.Timer(delay, process.kill)
        timer.start()
        answer = attempt(store, records, operation, lambda *_: told.append(time.monotonic() - began))
        timer.join()
        process.wait(10)
    was_writing = bool(told) and told[0] < delay and not answer
    with Store.open(settings) as store:
        there = own(store.fingerprint())
        was_done = any(o.id == operation.id for o in store.operations(5))
    if was_done or answer:
        acknowledged.update(own(fingerprint(records)))
    is_sound = there == acknowledged and (was_done or not answer)
    kill = Kill(delay, was_writing, answer, was_done)
    state = "sound" if is_sound else "WRONG"
    print(f"{number + 1:3}  {delay:6.3f} s  acknowledged {answer!s:5}  done {was_done!s:5}  {state}")
    return kill, is_sound


def attempt(store: Store, records: RecordSet, operation: Operation, progress: object) -> bool:
    """Import; tell whether it was acknowledged."""
    try:
        store.write(ChangeSet(puts=tuple(records)), operation, progress=progress)  # type: ignore[arg-type]
    except GraphkamError:
        return False
    return True


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]] + [20, 1][len(sys.argv) - 1 :]
    sys.exit(main(*given))
