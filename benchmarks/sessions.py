"""Ten sessions at once, each on an account of its own: how soon a page answers, and that nothing is mixed.

Nine speak the app's own protocol over a websocket, one is a browser. Each asks for one page after the
other, five seconds after the last answer. Wanted: a median answer under 1.5 s, and in no answer anything of
another one's account. Ends with 1 where it is not met. Needs Chromium and ``websockets``;
``python benchmarks/sessions.py ROUNDS POSITIONS`` takes other numbers.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from accounts import DAY, account
from playwright.sync_api import sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from app import MEMBERS, NAMES, TIES, page_names, served, whole
from graphkam.model.base import Entity
from graphkam.model.changes import ChangeSet
from graphkam.model.people import Person
from graphkam.settings import Settings
from graphkam.workspace import Workspace

SESSIONS, ROUNDS, POSITIONS = 10, 12, 400
THINKING = 5.0
WANTED = 1.5
PAGES = ("account", "map", "people", "centres", "coverage", "dependency", "owners", "changes", "business")
RECORD = re.compile(rb"(K\d\d)-[a-z]+\d+")
"""Ids of records, and here the names of people, begin with the name of their account."""


@dataclass
class Told:
    """What the sessions found."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def names() -> list[str]:
    return [f"K{number:02}" for number in range(SESSIONS)]


def fill(home: str, positions: int) -> None:
    """Write an account for each session; those of us are the same in all."""
    ties = round(TIES * positions / POSITIONS)
    made = (account(positions, MEMBERS, ties, seed=n, name=name) for n, name in enumerate(names()))
    records = {(type(record), record.id): renamed(record) for records in made for record in records}
    with Workspace.open(Settings(home=Path(home))) as workspace:
        workspace.apply(ChangeSet(puts=tuple(records.values())), what="benchmark")


def renamed(record: Entity) -> Entity:
    """Give a person a name that says whose account it is."""
    return record.model_copy(update={"last_name": record.id}) if isinstance(record, Person) else record


def messages(line: ClientConnection) -> Iterator[tuple[ForwardMsg, bytes]]:
    """Give what the app says until its page is done."""
    while True:
        said = line.recv(timeout=120)
        told = ForwardMsg.FromString(said)
        yield told, said
        if told.WhichOneof("type") == "script_finished":
            return


def asked(line: ClientConnection, page: str, name: str) -> bytes:
    """Ask for a page; give all that was said."""
    message = BackMsg()
    message.rerun_script.query_string = f"account={name}&as_of={DAY}&lang=en"
    message.rerun_script.page_name = page
    line.send(message.SerializeToString())
    found = list(messages(line))
    if not any(told.WhichOneof("type") == "delta" for told, _ in found):
        return b""
    return b"".join(said for _, said in found)


def client(url: str, name: str, rounds: int, told: Told) -> None:
    """Be one session: ask, look, think."""
    dice = random.Random(name)
    address = url.replace("http", "ws") + "/_stcore/stream"
    with connect(address, subprotocols=["streamlit"], origin=url, max_size=None) as line:
        time.sleep(dice.uniform(0, THINKING))
        seen: set[bytes] = set()
        for _ in range(rounds):
            page = dice.choice(PAGES)
            began = time.perf_counter()
            said = asked(line, page, name)
            told.seconds.append(time.perf_counter() - began)
            owners = set(RECORD.findall(said))
            seen |= owners
            if not said or owners - {name.encode()}:
                told.wrong.append(f"{name}, {page}: {sorted(owners)}")
            time.sleep(THINKING)
        if not seen:  # then nothing was looked at
            told.wrong.append(f"{name}: nobody of its own was named")


def browse(url: str, name: str, rounds: int, told: Told) -> None:
    """Be the reader at the browser."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{url}/account?account={name}&as_of={DAY}")
        page.get_by_test_id("stPageLink-NavLink").first.wait_for(timeout=120_000)
        pages = page_names(page)
        for turn in range(rounds):
            time.sleep(THINKING)
            began = time.perf_counter()
            whole(page, pages[2 + turn % 8])
            told.seconds.append(time.perf_counter() - began)
            if page.get_by_role("heading", name=name, exact=True).count() != 1:
                told.wrong.append(f"{name} in the browser: {page.url}")
        browser.close()


def main(rounds: int, positions: int) -> int:
    """Measure and print."""
    by_socket, by_browser = Told(), Told()
    first, *others = names()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        fill(home, positions)
        with served(home) as (url, _):
            threads = [threading.Thread(target=client, args=(url, n, rounds, by_socket)) for n in others]
            for thread in threads:
                thread.start()
            browse(url, first, rounds, by_browser)
            for thread in threads:
                thread.join()
        time.sleep(1)
    for name, told in (("websocket", by_socket), ("browser", by_browser)):
        middle, worst = statistics.median(told.seconds), max(told.seconds)
        print(f"{SESSIONS} sessions, {positions} positions each, {name}: {len(told.seconds)} answers,")
        print(f"  median {middle:.2f} s (wanted {WANTED} s), slowest {worst:.2f} s, wrong {len(told.wrong)}")
        print("\n".join(f"  {line}" for line in told.wrong))
    found = (by_socket, by_browser)
    return int(any(told.wrong or statistics.median(told.seconds) > WANTED for told in found))


if __name__ == "__main__":
    numbers = [int(number) for number in sys.argv[1:]]
    sys.exit(main(*(numbers + [ROUNDS, POSITIONS][len(numbers) :])))
