"""What holds on every page that the navigation lists, in every state that a reader can bring about.

The account is the richest of the demo, each of its texts an attack written in Greek letters: whatever is
Latin on a page is then a word of ours, which carries a mark, or was forgotten.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import python_calamine
from streamlit.testing.v1 import AppTest

from graphkam.errors import StoreUnavailable
from graphkam.exchange.book import read_book
from graphkam.model.changes import ChangeSet, Operation
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.text import Words
from graphkam.ui.desk import take_desk
from graphkam.ui.frame.app import _PAGES, _pages
from graphkam.workspace import Migration

from .conftest import DAY, Stage
from .crawl import Crawl
from .disguise import (
    ESCAPED_SIGN,
    HOSTILE,
    OPEN,
    SIGN,
    disguised,
    every_word_marked,
    free_texts,
    in_greek,
    unmarked,
)
from .editable import EditableStore
from .shown import Shown, addresses, shown
from .test_exports import ask

PAGES = [name for group in _PAGES.values() for name in group]
DEMO = Path(__file__).parents[2] / "fixtures" / "demo-en.xlsx"
UNTRANSLATED = {"Code.code_text", "FileUploader.type"}
"""Commands and the endings of files are the same in every language."""
AS_STORED = ("/export/records", "/export/template")
"""These say ids, codes and the example as they are stored; that they come back is shown elsewhere."""
ACCOUNT, EMPTY = "AUB", "empty"


@pytest.fixture(scope="session")
def demo() -> RecordSet:
    """Give the richest account of the demo, and one of which nothing is known."""
    book = read_book(DEMO, known=RecordSet(), today=DAY)
    return RecordSet([*book.records.of_account(ACCOUNT), Account(id=EMPTY, name="Nothing known")])


class ContestedStore(EditableStore):
    """A store to which somebody else writes too: quicker, every second time."""

    def __init__(self, records: RecordSet, told: Callable[[], str]) -> None:
        super().__init__(records)
        self._told, self._writes = told, 0

    def write(self, changes, operation, *, progress=None):
        self._writes += 1
        present = [now for r in changes.puts if (now := self.records.get(type(r), r.id)) is not None]
        if self._writes % 2 and present:
            text = next(iter(free_texts(type(present[0]))[0]), "origin")
            theirs = present[0].model_copy(update={text: self._told()})
            super().write(ChangeSet(puts=(theirs,)), Operation(what="edit", who=self._told()))
        return super().write(changes, operation, progress=progress)


class Walk:
    """Everything that was shown on one page, and on which step."""

    def __init__(self, stage: Stage, page: str, tried: set[str]) -> None:
        self.seen: dict[Shown, str] = {}
        self.steps: list[str] = []
        self.faults: list[str] = []
        self.given: dict[str, SimpleNamespace] = {}
        for step, app in Crawl(lambda: stage.page(page, account=ACCOUNT), tried).steps():
            self._look(step, app)
        self._look("cold", stage.page(page, account=ACCOUNT, as_of="2031-01-01"))
        self._look("empty", stage.page(page, account=EMPTY))

    def _look(self, step, app):
        self.steps.append(step)
        self.faults += [f"{step}: {e.message}" for e in app.exception]
        for one in shown(app):
            self.seen.setdefault(one, step)
        # The other states of a page give away the same, of another part or person.
        for address in addresses(app) if step == "opened" else ():
            self.given[address] = ask(address)

    def cells(self) -> set[str]:
        """Give every text of the workbooks that the page gives away."""
        given = ((address, a.body) for address, a in self.given.items() if not address.startswith(AS_STORED))
        books = [body for _, body in given if body.startswith(b"PK")]
        sheets = [
            sheet.to_python()
            for book in map(python_calamine.CalamineWorkbook.from_filelike, map(BytesIO, books))
            for sheet in map(book.get_sheet_by_name, book.sheet_names)
        ]
        return {cell for rows in sheets for row in rows for cell in row if isinstance(cell, str)}


@contextmanager
def played(home: Path, records: RecordSet, told: Callable[[], str]) -> Iterator[Stage]:
    """Give a running app on some records in disguise, which others write to as well, in marked words."""
    with every_word_marked(), pytest.MonkeyPatch.context() as patch:
        stage = Stage(home, RecordSet(), patch)
        stage.store = ContestedStore(disguised(records, told), told)
        stage.desk.settings = stage.desk.settings.model_copy(update={"user": told()})
        yield stage
        take_desk(None)


@pytest.fixture(scope="module")
def tried() -> set[str]:
    return set()


@pytest.fixture(scope="module", params=PAGES)
def walk(request, demo, tried, tmp_path_factory) -> Walk:
    with played(tmp_path_factory.mktemp("walk"), demo, in_greek()) as stage:
        return Walk(stage, request.param, tried)


def test_every_page_and_state_speaks_our_words(walk, demo):
    assert walk.faults == []
    ids = {record.id for record in demo}  # how a grid names what has no name of its own
    forgotten = {
        (one.where, one.text[:120], step): words
        for one, step in walk.seen.items()
        if one.where not in UNTRANSLATED and one.text not in ids and (words := unmarked(one.text))
    }
    assert forgotten == {}


def test_records_are_escaped_where_markdown_is_read_and_nowhere_else(walk):
    assert walk.faults == []
    raw = {one for one in walk.seen if one.is_markdown and SIGN in one.text}
    twice = {one for one in walk.seen if ESCAPED_SIGN in one.text and not one.is_markdown}
    assert raw | twice == set()


def test_what_a_page_gives_away_is_there_in_our_words_and_records_are_only_text(walk):
    assert {a: x.status_code for a, x in walk.given.items() if x.status_code != 200} == {}
    assert [cell for cell in walk.cells() if unmarked(cell) or ESCAPED_SIGN in cell] == []
    assert [address for address, answer in walk.given.items() if f"{SIGN} <" in answer.text] == []


@contextmanager
def nothing(stage: Stage) -> Iterator[None]:
    stage.store.records = RecordSet()
    yield


@contextmanager
def store_gone(stage: Stage) -> Iterator[None]:
    stage.store.failure = StoreUnavailable("no_accounts")
    yield


@contextmanager
def mistake(stage: Stage) -> Iterator[None]:
    stage.store.failure = RuntimeError("boom")
    yield


@contextmanager
def moved(stage: Stage) -> Iterator[None]:
    stage.store.migration = Migration(1, 2, Path("/ξ"))
    yield


@pytest.mark.parametrize("state", [nothing, store_gone, mistake, moved])
def test_the_frame_speaks_our_words_in_every_state(state, demo, tmp_path):
    with played(tmp_path, demo, in_greek()) as stage, state(stage):
        said = list(shown(stage.page(account="nobody")))
        assert any(OPEN in one.text for one in said)
        said = [one for one in said if one.where not in UNTRANSLATED]
        assert [one for one in said if unmarked(one.text)] == []


def test_the_navigation_speaks_our_words(monkeypatch):
    monkeypatch.setattr("graphkam.ui.frame.app.st.Page", lambda _, *, title, **__: title)
    with every_word_marked():
        pages = _pages(Words("en"))
    said = [*pages, *(title for group in pages.values() for title in group)]
    assert len(said) > len(PAGES)
    assert [title for title in said if unmarked(title)] == []


def forgetful():
    import streamlit as st

    name = "¦.¦ **Eve** ¦.¦"
    st.button(name)
    st.dataframe({"¦\\.¦": [name]}, column_config={"¦\\.¦": st.column_config.TextColumn(help=name)})
    st.table({"a": [name]})
    st.selectbox("Who", [name])
    st.expander(name).write("x")
    st.vega_lite_chart(
        {
            "data": {"values": [{"a": "Anna"}]},
            "mark": "bar",
            "title": "Bars",
            "encoding": {"x": {"field": "a", "type": "nominal"}},
        }
    )


def test_this_test_sees_what_it_looks_for():
    app = AppTest.from_function(forgetful).run()
    seen = list(shown(app))
    raw = {one.where for one in seen if SIGN in one.text and one.is_markdown}
    assert raw == {"Button.label", "Dataframe.help", "Table", "Expandable.label"}
    assert {one.where for one in seen if ESCAPED_SIGN in one.text} == {"Dataframe.heading"}
    assert {"Who", "Anna", "Bars"} <= {word for one in seen for word in unmarked(one.text)}
    with every_word_marked():
        assert unmarked(Words("en").say("app.local")) == []
    assert unmarked(Words("en").say("app.local")) != []
    assert len(set(HOSTILE)) == 72
