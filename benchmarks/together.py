"""Several processes at one store: increments of one field, and imports that overlap, on both servers.

The final value of the field is the number of acknowledged increments, and each import is whole or
refused. Usage: ``python benchmarks/together.py [SERVER [PROCESSES [TIMES [ROUNDS]]]]``, ``SERVER`` one
of embedded, neo4j, both.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from targets import TARGETS, Target

from graphkam.store.accounts import Store
from tests.store import editors

POSTS = 200


def main(server: str, processes: int, times: int, rounds: int) -> int:
    """Run; give the exit code."""
    wanted = list(TARGETS) if server == "both" else [server]
    wrong = 0
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            target = TARGETS[name](Path(folder))
            try:
                wrong += run(target, Path(folder), processes, times, rounds)
            finally:
                target.stop()
    return 1 if wrong else 0


def run(target: Target, folder: Path, processes: int, times: int, rounds: int) -> int:
    """Do both proofs on one server; give how many failed."""
    began = time.monotonic()
    counted = editors.increments(target.settings, processes, times)
    is_right = counted.final == counted.acknowledged == processes * times
    print(
        f"{target.name}: {processes} processes x {times} increments: {counted.acknowledged} acknowledged, "
        f"{counted.refused} refused and done again, final value {counted.final}: "
        f"{'right' if is_right else 'WRONG'} ({time.monotonic() - began:.0f} s)",
        flush=True,
    )
    wrong = 0 if is_right else 1
    for n in range(rounds):
        emptied(target)
        found = editors.imports(target.settings, folder, processes, POSTS)
        wrong += bool(found.faults)
        print(
            f"{target.name}: round {n + 1}, {processes} imports at once: {len(found.acknowledged)} whole, "
            f"{len(found.refused)} refused, faults: {'; '.join(found.faults) or 'none'}",
            flush=True,
        )
    return wrong


def emptied(target: Target) -> None:
    """Leave nothing in the store."""
    with Store.open(target.settings) as store:
        store.ask_nothing("erase/everything")


if __name__ == "__main__":
    given = sys.argv[1:]
    numbers = [int(word) for word in given[1:]] + [8, 200, 5][len(given[1:]) :]
    sys.exit(main(given[0] if given else "both", *numbers))
