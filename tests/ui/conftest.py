"""What the pages are tried on: two toy accounts in a store that is only memory."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from graphkam.errors import WriteConflict
from graphkam.model.changes import Version
from graphkam.model.organisation import Account, DecisionCentre, Position, Seat
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.settings import Settings
from graphkam.ui.desk import Desk, take_desk
from graphkam.ui.server import SCRIPT
from graphkam.ui.state import page_file
from graphkam.workspace import Workspace

DAY = date(2026, 11, 23)
WEIGHTS = (5, 4, 4, 3, 2, 2, 1, 1)
FOLDED = ("map_table_folded", "departure_table_folded")
"""Tables under a picture, sent when they are opened: here they are, to be looked at like the rest."""
BOW_TIE = {
    **{f"C{i}": {"KAM": 3} for i in range(1, 9)},
    "C5": {"KAM": 3, "SAV": 2},
    "C7": {"KAM": 3, "LOG": 2},
}
DIAMOND = {
    "C1": {"DG": 3, "KAM": 3}, "C2": {"RD": 3, "KAM": 2}, "C3": {"MKT": 2, "KAM": 2},
    "C4": {"PROD": 3, "KAM": 1}, "C5": {"SAV": 3, "LOG": 2}, "C6": {"RD": 2, "KAM": 2},
    "C7": {"LOG": 3}, "C8": {"SAV": 2},
}  # fmt: skip
HOSTILE = "![x](https://leak.example/a.png) <img src=x onerror=window.__xss=1> **b** $x$ :smile: `c` [l](https://leak.example)"


def account(name: str, ties: dict[str, dict[str, int]], *, prefix: str, hostile: str = "") -> list:
    """Give the records of a toy account: eight people, one centre, and who of us knows whom."""
    ours = {
        m: TeamMember(id=f"m:{prefix}:{m}", last_name=m + hostile) for known in ties.values() for m in known
    }
    made: list = [Account(id=prefix, name=name, status="client"), *ours.values()]
    made.append(
        DecisionCentre(id=f"{prefix}:dc", account_id=prefix, name=f"Packaging{hostile}", yearly_value=250_000)
    )
    for m, member in ours.items():
        made.append(Mandate(id=f"{prefix}:mandate:{m}", account_id=prefix, member_id=member.id, role="KAM"))
    for (client, known), weight in zip(ties.items(), WEIGHTS, strict=True):
        person, seat = f"{prefix}:{client}", f"{prefix}:seat:{client}"
        made.append(Person(id=person, account_id=prefix, last_name=client + hostile))
        made.append(Position(id=seat, account_id=prefix, title=f"Seat of {client}{hostile}", weight=weight))
        made.append(
            Holding(id=f"{prefix}:holds:{client}", account_id=prefix, person_id=person, position_id=seat)
        )
        if weight >= 4:
            made.append(
                Seat(
                    id=f"{seat}:dc",
                    account_id=prefix,
                    position_id=seat,
                    centre_id=f"{prefix}:dc",
                    roles=("decider",),
                )
            )
        for m, level in known.items():
            made.append(
                ContactTie(
                    id=f"{prefix}:{m}:{client}", account_id=prefix, member_id=ours[m].id, person_id=person,
                    kind="contact", level=level, stated_on=DAY, last_contact=DAY,
                )
            )  # fmt: skip
    return made


class MemoryStore:
    """A store with nothing behind it."""

    def __init__(self, records: RecordSet) -> None:
        self.records, self.reads, self.asked = records, 0, 0
        self.failure: Exception | None = None
        self.places = {}
        self.current = 1
        self.migration = None
        self.versions = {}

    def accounts(self):
        return self.records.of(Account)

    def read(self, account_ids=None):
        self.reads += 1
        if account_ids is None:
            return self.records
        wanted = set(account_ids)
        own = [self.records.of_account(i) for i in wanted]
        return RecordSet(r for records in own for r in records)

    def map_places(self, wanted):
        return self.places.get(wanted.key, wanted)

    def save_map_places(self, places, *, who):
        there = self.map_places(places)
        if there.version != places.version:
            raise WriteConflict("map_places_conflict", who=there.who)
        self.places[places.key] = places.model_copy(update={"version": places.version + 1, "who": who})
        return self.places[places.key]

    def revision(self):
        self.asked += 1
        if self.failure:
            raise self.failure
        return self.current

    def write(self, changes, operation, **_):
        gone = {record.id for record in changes.removals}
        self.records = RecordSet([*(r for r in self.records if r.id not in gone), *changes.puts])
        self.current += 1
        for record in changes.puts:
            self.versions.setdefault(record.id, []).insert(0, Version(record=record, by=operation))
        return operation.model_copy(update={"revision": self.current})

    def history(self, kind, record_id):
        return tuple(v for v in self.versions.get(record_id, ()) if isinstance(v.record, kind))

    def close(self):
        pass


@pytest.fixture(scope="session")
def toys() -> RecordSet:
    return RecordSet([*account("Bow tie", BOW_TIE, prefix="bow"), *account("Diamond", DIAMOND, prefix="dia")])


@pytest.fixture(scope="session")
def hostile() -> RecordSet:
    return RecordSet(account(f"Evil {HOSTILE}", BOW_TIE, prefix="evil", hostile=f" {HOSTILE}"))


class Stage:
    """One running app whose store is only memory."""

    def __init__(
        self, home: Path, records: RecordSet, monkeypatch: pytest.MonkeyPatch, language: str = "en"
    ) -> None:
        self.store = MemoryStore(records)
        self.opened = 0

        def opened(settings: Settings, *, lease: bool) -> Workspace:
            assert lease
            self.opened += 1
            return Workspace(settings, self.store)

        monkeypatch.setattr("graphkam.ui.desk.Workspace.open", opened)
        monkeypatch.setattr("graphkam.ui.desk._FRESH", 0)
        self.desk = Desk(Settings(home=home, language=language))
        take_desk(self.desk)

    def page(self, name: str = "portfolio", **address: str) -> AppTest:
        app = AppTest.from_file(str(SCRIPT), default_timeout=30)
        app.query_params["as_of"] = DAY.isoformat()
        if name != "portfolio":
            app.run()  # the first page is run first; what is asked for is not meant for it
            app.switch_page(str(page_file(name)))
        app.query_params.update(address)
        for table in FOLDED:
            app.session_state[table] = True
        return app.run()


@pytest.fixture
def stage(tmp_path: Path, toys: RecordSet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    yield Stage(tmp_path, toys, monkeypatch)
    take_desk(None)


@pytest.fixture
def editing(stage: Stage, toys: RecordSet) -> Stage:
    """Give the same with a store that can be written to."""
    from .editable import EditableStore

    stage.store = EditableStore(toys)
    return stage


@pytest.fixture
def empty_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    yield Stage(tmp_path, RecordSet(), monkeypatch)
    take_desk(None)


@pytest.fixture
def hostile_stage(tmp_path: Path, hostile: RecordSet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    yield Stage(tmp_path, hostile, monkeypatch)
    take_desk(None)
