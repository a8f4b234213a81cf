"""Bad input all the way: from a file over the store to everything that is said, drawn and written.

The numbers are those of the bad inputs (``fixtures/hostile/cases.csv``).
"""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from html.parser import HTMLParser
from pathlib import Path
from unittest import mock

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graphkam import cli
from graphkam.exchange.references import name_key
from graphkam.model.base import clean_name
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.table import sheets
from graphkam.settings import Settings
from graphkam.store.accounts import Store
from graphkam.text import visible

pytestmark = [pytest.mark.store, pytest.mark.slow]

HOSTILE = Path(__file__).parents[2] / "fixtures" / "hostile"
DAY = "2026-11-23"

with (HOSTILE / "manifest.csv").open(encoding="utf-8") as stream:
    MANIFEST = [row for row in csv.DictReader(stream) if (HOSTILE / row["file"]).exists()]


class Tags(HTMLParser):
    """Collects the elements of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


class Here:
    """Runs commands within this process, which is most of the time that they take."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.env = {"GRAPHKAM_HOME": str(settings.home), "GRAPHKAM_LANG": "en", "COLUMNS": "30000"}

    def run(self, *args: object, code: int = 0) -> tuple[str, str]:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
        with (
            mock.patch.object(sys, "argv", ["graphkam", *map(str, args)]),
            mock.patch.dict(os.environ, self.env),
            redirect_stdout(streams[0]),
            redirect_stderr(streams[1]),
        ):
            got = cli._run()
        for stream in streams:
            stream.flush()
        out, err = (stream.buffer.getvalue().decode() for stream in streams)
        assert "Traceback" not in out + err
        assert "did not foresee" not in err, err
        assert got == code, f"{args}: {got}\n{out}\n{err}"
        return out, err

    def ask(self, question: str, name: str, *options: str) -> dict:
        """Ask as a program does; a name that looks like an option stands behind two dashes."""
        return json.loads(self.run(question, "--json", "--as-of", DAY, *options, "--", name)[0])

    def map(self, folder: Path, account: str) -> Tags:
        self.run("map", "-o", folder / "map.html", "--as-of", DAY, "--", account)
        return Tags((folder / "map.html").read_text(encoding="utf-8"))

    def contents(self) -> RecordSet:
        with Store.open(self.settings) as store:
            return RecordSet(
                r.model_copy(update={"origin": "", "version": 0, "updated_at": ""}) for r in store.read()
            )

    def empty(self) -> None:
        with Store.open(self.settings) as store:
            store.ask_nothing("erase/everything")
            store.ask_nothing("erase/operations")


@pytest.fixture(scope="module")
def here(embedded_server: Settings) -> Iterator[Here]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("GRAPHKAM_URI", "GRAPHKAM_USER", "GRAPHKAM_PASSWORD"):
            patch.delenv(name, raising=False)
        yield Here(embedded_server)


@pytest.mark.parametrize("case", [pytest.param(row, id=f"{row['case']}-{row['file']}") for row in MANIFEST])
def test_a_bad_file_is_an_exit_code_and_a_place_and_nothing_written(here, case):
    here.empty()
    file = HOSTILE / case["file"]
    if case["outcome"] == "refused":
        out, err = here.run("import", file, "--yes", "--as-of", DAY, code=2)
        assert (case["cell"] or file.name) in err
        assert "Nothing was written." in err
        listed = json.loads(here.run("import", file, "--yes", "--json", "--as-of", DAY, code=2)[0])[
            "problems"
        ]
        assert listed[0]["code"] == case["code"]
        assert len(here.contents()) == 0
    else:
        out, err = here.run("import", file, "--dry-run", "--as-of", DAY)
        assert "to create" in out
        assert bool(case["cell"]) <= (case["cell"] in err)
    assert all(visible(line) == line for line in (out + err).splitlines())


# ---------------------------------------------------------------------- names that are not only names

PAYLOADS = (
    "<script>window.__xss=1</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "</script>",
    "href", "![p](https://leak.example/p.png)", "[l](file:///etc/passwd)", "{{ 7 * 7 }}", "{% raw %}", "${x}",
    "=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "{=1+1}", "#N/A", "'=1", "''", "\t=1", "%0d%0a",
    "`) MATCH (n) DETACH DELETE n //", "`", "' OR 1=1 --", "\\", "\\u0022", "$name", "{0}", "{name}", "%s",
    "../../etc/passwd", "C:\\Windows\\con", "/dev/null", "CON", "NUL", "a;b", "a,b", "a|b", "a @ b", "a < b",
    "\u202eevil\u202c", "\u200b", "\ufeff", "\u2060", "e\u0301", "\u00e9", "A\u030a", "\u212b", "\ufb01",
    "王小明", "محمد", "שלום", "हिन्दी", "🙂", "👩\u200d💻", "\U0001f1eb\U0001f1f7", "ﷺ", "Zoë", "ß", "İ",
    "\0", "\x07", "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x7f", "\r\n", "\n", "\u2028", "\u0085", "\ud800",
    "[bold]", "[/]", ":smile:", "_x0041_", "_x000D_", "&lt;", "&amp;", "\u00a0", "\u3000", "VRAI", "1e400",
    "2026-11-23", "NaN", "x" * 300,
)  # fmt: skip
PIECES = st.sampled_from(PAYLOADS) | st.text(max_size=3)
NAMES = (
    st.lists(PIECES, min_size=1, max_size=3)
    .map(" ".join)
    .filter(
        lambda text: 0 < len(clean_name(text)) <= 400 and clean_name(text) not in {"-", "–", "—", "−", "?"}
    )
)
PEOPLE, UNITS, MEMBERS, CENTRES = 15, 9, 6, 4
SEVENTY_TWO = 3 * PEOPLE + UNITS + 2 * MEMBERS + CENTRES + 2
"""Names of one account: posts and people, units, of ours, decision centres, two of the account."""


def key(text: str) -> object:
    return name_key(clean_name(text))


def listed() -> list[str]:
    """Give seventy-two names, each payload in one of them and the ends of names too."""
    made: dict[object, str] = {}
    for text in (*PAYLOADS, *(f"{p} x" for p in PAYLOADS), *(f"x {p}" for p in PAYLOADS)):
        cleaned = clean_name(text)
        if cleaned and cleaned not in {"-", "?"} and len(cleaned) <= 400:
            made.setdefault(key(text), text)
    return list(made.values())[:SEVENTY_TWO]


def book(path: Path, names: list[str]) -> None:
    """Write a workbook with these names, dirt and all; rows refer to each other by id."""
    left = iter(names)
    wanted = {
        "accounts": [["id", "name", "status", "segment"], ["ACC", next(left), "client", next(left)]],
        "units": [
            ["id", "account", "name", "kind"],
            *([f"U{i}", "ACC", next(left), "site"] for i in range(UNITS)),
        ],
        "team": [
            ["id", "last_name", "first_name"],
            *([f"M{i}", next(left), next(left)] for i in range(MEMBERS)),
        ],
        "positions": [
            ["id", "account", "unit", "title", "last_name", "first_name", "weight"],
            *(
                [f"P{i}", "ACC", f"U{i % UNITS}", next(left), next(left), next(left), 1 + i % 5]
                for i in range(PEOPLE)
            ),
        ],
        "centres": [["id", "account", "name"], *([f"D{i}", "ACC", next(left)] for i in range(CENTRES))],
        "members": [
            ["centre", "position", "role"],
            *([f"D{i % CENTRES}", f"P{i}", "decider" if i < CENTRES else "user"] for i in range(PEOPLE)),
        ],
        "knows": [
            ["member", "position", "kind", "level", "last_contact"],
            *([f"M{i % MEMBERS}", f"P{i}", "contact", "2", DAY] for i in range(0, PEOPLE, 2)),
        ],
    }
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as made:
        for name, rows in wanted.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                    # What no XML can hold, no workbook can: half a character.
                    write(r, c, cell if isinstance(cell, int) else cell.replace("\ud800", ""))


def stored(records: RecordSet) -> list[str]:
    """Give the names as they are kept, in the order in which the book names them."""
    [account] = records.of(Account)
    people = {h.position_id: records.get(Person, h.person_id) for h in records.of(Holding)}
    members = [records.get(TeamMember, f"M{i}") for i in range(MEMBERS)]
    posts = [records.get(Position, f"P{i}") for i in range(PEOPLE)]
    return [
        account.name,
        account.segment,
        *(records.get(OrgUnit, f"U{i}").name for i in range(UNITS)),
        *(name for m in members for name in (m.last_name, m.first_name)),
        *(name for p in posts for name in (p.title, people[p.id].last_name, people[p.id].first_name)),
        *(records.get(DecisionCentre, f"D{i}").name for i in range(CENTRES)),
    ]


def strings(answer: object) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    for inner in answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ():
        yield from strings(inner)


def check_said(here: Here, names: list[str], people: list[str]) -> None:
    """Tables and JSON say the names as they are kept, and nothing that a terminal obeys."""
    account, segment = names[:2]
    out, err = here.run("accounts")
    assert visible(account) in out
    assert visible(segment) in out
    told = here.ask("coverage", account)
    assert told["account"] == account
    assert {gap["name"] for gap in told["gaps"]} == set(people)
    assert set(names[2 : 2 + UNITS]) <= set(strings(told))
    for question in ("coverage", "dependency", "resilience", "audit"):
        said, notes = here.run(question, "--as-of", DAY, "--", account)
        assert all(visible(line) == line for line in (said + notes + out + err).splitlines())
        if question == "coverage":
            assert all(visible(person) in said for person in people)
    for person in people[:3]:
        assert here.ask("who", person)["name"] == person
        assert here.ask("departure", account, f"--leaves={person}")["leaves"] == [person]


def check_drawn(page: Tags, harmless: Tags, people: list[str]) -> None:
    """The map holds the names as text, and has the elements that it has for any names."""
    assert Counter(tag for tag, _ in page.tags) == Counter(tag for tag, _ in harmless.tags)
    assert [sorted(a) for _, a in page.tags] == [sorted(a) for _, a in harmless.tags]
    for name in ("href", "src", "style", "action"):
        assert [a.get(name) for _, a in page.tags] == [a.get(name) for _, a in harmless.tags]
    text = "".join(page.text)
    assert all(person in text for person in people)


def check_left(here: Here, folder: Path, names: list[str]) -> None:
    """What leaves is inert, changes nothing when it comes back, and makes the same account anew."""
    before = here.contents()
    here.run("export", "-o", folder / "out.xlsx", "--", names[0])
    here.run("export", "-o", folder / "out", "--", names[0])
    with zipfile.ZipFile(folder / "out.xlsx") as archive:
        for number in range(1, len(sheets()) + 2):  # behind them come the lists of the drop-downs, ours
            assert b"<f>" not in archive.read(f"xl/worksheets/sheet{number}.xml")
        for part in archive.namelist():
            assert not part.endswith(".rels") or b"External" not in archive.read(part)
    for file in (folder / "out").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for row in csv.reader(stream, delimiter=";") for cell in row]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
    for form in ("out.xlsx", "out"):
        out, _ = here.run("import", folder / form, "--yes", "--detailed-exitcode", "--as-of", DAY)
        assert "Nothing to do" in out
    for form in ("out.xlsx", "out"):
        here.empty()
        here.run("import", folder / form, "--yes", "--as-of", DAY)
        assert here.contents() == before


@pytest.fixture(scope="module")
def harmless(here, tmp_path_factory):
    """Give the map of an account of the same form whose names are only names."""
    folder = tmp_path_factory.mktemp("harmless")
    here.empty()
    book(folder / "book.xlsx", [f"Name {i}" for i in range(SEVENTY_TWO)])
    here.run("import", folder / "book.xlsx", "--yes", "--as-of", DAY)
    return here.map(folder, "Name 0")


@given(st.lists(NAMES, min_size=SEVENTY_TWO, max_size=SEVENTY_TWO, unique_by=key))
@example(listed())
@settings(
    max_examples=3,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_46_to_58_hostile_names_are_kept_said_drawn_and_given_back_unchanged(
    here, harmless, tmp_path_factory, names
):
    folder = tmp_path_factory.mktemp("walk")
    here.empty()
    book(folder / "book.xlsx", names)
    here.run("import", folder / "book.xlsx", "--yes", "--as-of", DAY)
    kept = stored(here.contents())
    assert kept == [clean_name(name) for name in names]
    start = 2 + UNITS + 2 * MEMBERS
    people = [f"{kept[start + 3 * i + 2]} {kept[start + 3 * i + 1]}" for i in range(PEOPLE)]
    check_said(here, kept, people)
    check_drawn(here.map(folder, kept[0]), harmless, people)
    check_left(here, folder, kept)


# ---------------------------------------------------------------------- what happens meanwhile


def started(here: Here, *args: object, **streams: object) -> subprocess.Popen:
    env = {**os.environ, **here.env, "COLUMNS": "160"}
    return subprocess.Popen([sys.executable, "-m", "graphkam", *map(str, args)], env=env, **streams)


def large_book(path: Path, seats: int) -> Path:
    rows = {
        "accounts": [["id", "name", "status"], ["BIG", "Big", "client"]],
        "positions": [
            ["id", "account", "title", "last_name", "weight"],
            *([f"Q{i}", "BIG", f"Seat {i}", f"Holder {i}", 1 + i % 5] for i in range(seats)),
        ],
    }
    with xlsxwriter.Workbook(path) as made:
        for name, wanted in rows.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(wanted):
                sheet.write_row(r, 0, row)
    return path


def test_84_two_imports_at_once_are_each_whole_or_refused(here, tmp_path):
    here.empty()
    book = large_book(tmp_path / "big.xlsx", 300)
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    running = [started(here, "import", book, "--yes", "--as-of", DAY, **told) for _ in range(3)]
    said = [(*process.communicate(timeout=250), process.returncode) for process in running]
    done = [out for out, _, code in said if code == 0 and "Done: 901 written" in out]
    assert len(done) == 1
    for out, err, code in said:
        assert "Traceback" not in out + err
        assert (code == 0 and ("Done" in out or "Nothing to do" in out)) or "Nothing was written" in err
    assert len(here.contents().of(Position)) == 300
    assert len({position.version for position in stored_as_is(here).of(Position)}) == 1


def stored_as_is(here: Here) -> RecordSet:
    with Store.open(here.settings) as store:
        return store.read()


@pytest.mark.skipif(os.name != "posix", reason="interrupts a process as a terminal does")
def test_85_ctrl_c_in_the_middle_of_an_import_is_one_sentence_and_nothing_written(here, tmp_path):
    here.empty()
    book = large_book(tmp_path / "big.xlsx", 3000)
    told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with started(here, "import", book, "--yes", "--as-of", DAY, **told) as process:
        for line in process.stdout:
            if "unchanged" in line:
                break
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=250)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "Interrupted. Nothing was written."
    assert "Traceback" not in out + err
    assert len(here.contents()) == 0
    here.run("import", large_book(tmp_path / "small.xlsx", 3), "--yes", "--as-of", DAY)


def test_86_an_import_of_which_nobody_reads_is_done(here, tmp_path):
    here.empty()
    reading, writing = os.pipe()
    os.close(reading)
    book = large_book(tmp_path / "book.xlsx", 60)
    with started(here, "import", book, "--yes", "--as-of", DAY, stdout=writing, stderr=writing) as process:
        os.close(writing)
        assert process.wait(250) == 0
    assert len(here.contents().of(Position)) == 60


@pytest.mark.skipif(sys.platform != "linux", reason="only here may a name be no text at all")
def test_51_a_file_whose_name_is_no_text_is_imported_and_noted_visibly(here, tmp_path):
    here.empty()
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/\xff\x1b[31m\n..xlsx"))
    here.run("import", large_book(tmp_path / "book.xlsx", 3).rename(odd), "--yes", "--as-of", DAY)
    assert {record.origin.partition("!")[0] for record in stored_as_is(here)} == {r"\udcff\x1b[31m\n..xlsx"}
    with Store.open(here.settings) as store:
        assert store.operations(1)[0].file == r"\udcff\x1b[31m\n..xlsx"
    here.run("export", "-o", Path(os.fsdecode(bytes(tmp_path) + b"/\xff.xlsx")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id": "U3"', '"id": "U1"'),
        ('"parent_id": "U1"', '"parent_id": "U2"'),
        ('"unit_id": "U3"', '"unit_id": "U1"'),
        ('"version": 0', '"version": 7'),
        ('"name": "Usine de Roanne"', '"name": ""'),
        ('"weight": 5', '"weight": 9'),
    ],
)
def test_a_plan_that_somebody_altered_is_refused(here, tmp_path, old, new):
    here.empty()
    plan = tmp_path / "plan.json"
    good = HOSTILE / "38-formula-with-result.xlsx"
    here.run("import", good, "--dry-run", "--plan", plan, "--as-of", DAY)
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")
    _, err = here.run("import", plan, "--yes", code=1 if "version" in old else 2)
    assert "Nothing was written" in err
    assert len(here.contents()) == 0
    plan.write_text(text, encoding="utf-8")
    here.run("import", plan, "--yes")
