"""Kill the server, or the importer, at a seeded moment within an import, again and again.

After each kill: every acknowledged import is there whole and no other, by counts and hashes of all
that is in the store. Prints a log line a kill, and a summary.
Usage: ``python benchmarks/kill.py [VICTIM [KILLS [SEED]]]``, ``VICTIM`` one of embedded, neo4j (the
servers), importer-embedded, importer-neo4j (the process that imports into them).

What takes the time: starting again. The embedded database needs 3 s of one core to start and 1 to 2 s
to check its files, which it must after each kill; so the imports are small.
"""

from __future__ import annotations

import random
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil
from accounts import account as generated
from targets import TARGETS, Target

from graphkam.model.base import Entity
from graphkam.model.changes import Operation
from graphkam.model.people import TeamMember
from graphkam.model.records import RecordSet
from graphkam.store.accounts import Store
from graphkam.store.graph_form import fingerprint
from tests.store import editors

PEOPLE, MEMBERS, TIES = 150, 5, 500
_VANISHING_SECONDS = 20
Prints = dict[str, tuple[int, str]]


class Kill(NamedTuple):
    """What one kill came to."""

    delay: float
    was_writing: bool
    """It fell between the first write and the acknowledgement."""
    was_acknowledged: bool
    was_done: bool
    is_sound: bool


class Ledger:
    """What must be in the store: all that was acknowledged, or found to be done."""

    def __init__(self) -> None:
        self.accounts: Prints = {}
        self._ours: list[Entity] = []

    def add(self, records: RecordSet) -> None:
        """Enter an import."""
        self.accounts |= {account: found for account, found in fingerprint(records).items() if account}
        self._ours += records.of(TeamMember)

    def wanted(self) -> Prints:
        """Give the counts and hashes of everything, our own people included."""
        return {**fingerprint(RecordSet(self._ours)), **self.accounts}


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


def main(victim: str, kills: int, seed: int) -> int:
    """Run; give the exit code."""
    server = victim.removeprefix("importer-")
    with tempfile.TemporaryDirectory() as folder:
        target = TARGETS[server](Path(folder))
        try:
            return run(target, kills, random.Random(seed), kills_server=server == victim)
        finally:
            target.stop()


def run(target: Target, kills: int, chance: random.Random, *, kills_server: bool) -> int:
    """Measure an import, then kill imports; give the exit code."""
    victim = target.name if kills_server else f"importer into {target.name}"
    ledger = Ledger()
    seconds = median(undisturbed(target, number, ledger) for number in (-3, -2, -1))
    print(f"{victim}: one import is {len(book(0))} records, {seconds:.2f} s", flush=True)
    delays = [chance.uniform(0.1, 1.1) * seconds for _ in range(kills)]
    found = [killed(target, n, delay, ledger, kills_server=kills_server) for n, delay in enumerate(delays)]
    wrong = sum(not kill.is_sound for kill in found)
    writing = sum(kill.was_writing for kill in found)
    acks = sum(kill.was_acknowledged for kill in found)
    unheard = sum(kill.was_done and not kill.was_acknowledged for kill in found)
    print(
        f"{victim}: {kills} kills, {writing} in mid-write, {acks} acknowledged, {unheard} done without an "
        f"acknowledgement, {len(ledger.accounts)} accounts compared by count and hash, {wrong} wrong",
        flush=True,
    )
    return 0 if wrong == 0 and writing * 2 >= kills else 1


def undisturbed(target: Target, number: int, ledger: Ledger) -> float:
    """Import; give the time from the word to begin to the acknowledgement, in seconds."""
    records = book(number)
    with importing(target, records, Operation(what="import")) as importer:
        editors.heard(importer)
        began = time.monotonic()
        while "done" not in editors.heard(importer):
            pass
        spent = time.monotonic() - began
    ledger.add(records)
    return spent


def importing(target: Target, records: RecordSet, operation: Operation):  # noqa: ANN201 - a context of a process
    """Start a process that imports records under an operation."""
    plain = [[type(record).__name__, record.model_dump(mode="json")] for record in records]
    return editors.process(target.settings, "write", records=plain, operation=operation.id)


def killed(target: Target, number: int, delay: float, ledger: Ledger, *, kills_server: bool) -> Kill:
    """Kill so long after an import began; compare what is there afterwards."""
    records, operation = book(number), Operation(what="import")
    server = target.process()
    heard: dict[str, float] = {}
    with importing(target, records, operation) as importer:
        editors.heard(importer)
        began = time.monotonic()
        timer = threading.Timer(delay, server.kill if kills_server else importer.kill)
        timer.start()
        while said := editors.heard(importer):
            heard |= dict.fromkeys(said, time.monotonic() - began)
        timer.join()
        importer.wait(120)
    if kills_server:
        with suppress(psutil.Error):
            server.wait(10)
        target.revive()
    answer = "done" in heard
    there, was_done = settled(target, operation, len(ledger.accounts))
    if was_done or answer:
        ledger.add(records)
    is_sound = there == ledger.wanted() and (was_done or not answer)
    was_writing = heard.get("began", delay) < delay and heard.get("done", delay + 1) > delay
    kill = Kill(delay, was_writing, answer, was_done, is_sound)
    state = "sound" if is_sound else "WRONG"
    print(
        f"{number + 1:3}  {delay:6.3f} s  {'in mid-write' if was_writing else '':12}  "
        f"acknowledged {answer!s:5}  done {was_done!s:5}  {state}",
        flush=True,
    )
    return kill


def settled(target: Target, operation: Operation, known: int) -> tuple[Prints, bool]:
    """Give what is there, and whether the import is; a commit under way may still come to its end."""
    with Store.open(target.settings) as store:
        deadline = time.monotonic() + _VANISHING_SECONDS
        while True:
            was_done = bool(store.ask("read/operation", id=operation.id))
            there = dict(store.fingerprint())
            if (sum(map(bool, there)) > known) == was_done or time.monotonic() > deadline:
                return there, was_done


if __name__ == "__main__":
    given = sys.argv[1:]
    numbers = [int(word) for word in given[1:]] + [20, 1][len(given[1:]) :]
    sys.exit(main(given[0] if given else "embedded", *numbers))
