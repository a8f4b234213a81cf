"""The tasks of a week, walked through the running app as a reader does: click by click, by what is written.

The browser tests walk them and read the result from the store; ``docs/pictures.py`` walks them and takes
the guide's pictures on the way. A button that is renamed breaks neither; one that is gone breaks both.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from graphkam.exchange.called import field_label
from graphkam.model.vocabulary import label
from graphkam.text import Words

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The same as in ``.ci/run``."""
DAY = "2026-11-23"
ACCOUNT, ACCOUNT_ID = "Groupe Aubrévoie", "AUB"
KAM, COLLEAGUE = "Claire Vasseur", "Yann Le Guirec"
UNCOVERED = "Édouard Lacaze-Morin"
"""Of the deciders with the largest weight, one whom nobody of us reaches."""
MOVED, BOSS = "Katrin Seidel", "Stéphane Hachette-Roy"
TYPED = "Ronsard"
MET, MET_ID = "Per Lindqvist", "A12"
_CELL = re.compile(r"glide-cell-(\d+)-(\d+)")
_ROW, _HEAD = 33, 33
"""Pixels of a grid's row, and of its headings."""
TITLE, TO_WEIGHT = 90, 5
"""Pixels to the title in the grid of positions, and columns from there to the weight."""
_TRIES, _SOON = 4, 5_000
"""How often a list is opened, and within how many milliseconds it should be."""
_OTHER = {"en": "Français", "fr": "English"}


def browser() -> str | None:
    """Give the browser of this machine; None where there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass(frozen=True)
class Walk:
    """Somebody at the app."""

    page: Page
    url: str
    words: Words
    picture: Callable[[str], Any]
    """Called where a picture of the guide is taken, by its name."""

    def say(self, key: str, **params: Any) -> str:
        """Give what is written."""
        return self.words.say(key, **params)

    def go(self, name: str = "", **address: str) -> None:
        """Open a page by its address."""
        asked = {"as_of": DAY, "lang": self.words.language, **address}
        self.page.goto(f"{self.url}/{name}?{urlencode(asked)}")
        self.page.get_by_test_id("stSidebar").wait_for(timeout=60_000)
        self.settle()

    def settle(self) -> None:
        """Wait until the app has nothing more to do."""
        self.page.wait_for_timeout(250)
        self.page.locator('[data-test-script-state="notRunning"]').wait_for(timeout=60_000)
        self.page.locator("[data-stale=true]").first.wait_for(state="detached")

    def turn(self, name: str) -> None:
        """Go to a page by its name beside the page."""
        self.page.get_by_test_id("stPageLink-NavLink").filter(has_text=self.say(f"app.page.{name}")).click()
        self.settle()

    def press(self, key: str, **params: Any) -> None:
        """Press a button by what is written on it."""
        named = re.compile(re.escape(self.say(key, **params)) + "$")
        self.page.get_by_test_id("stMain").get_by_role("button", name=named).last.click()
        self.settle()

    def part(self, key: str) -> None:
        """Choose a part of the page."""
        self.page.get_by_test_id("stMain").get_by_role("radio", name=self.say(key)).click()
        self.settle()

    def field(self, kind: str, name: str) -> Locator:
        """Give a list of the open form."""
        called = field_label(kind, name, self.words.language)
        lists = self.page.get_by_test_id("stForm").get_by_test_id("stSelectbox")
        return lists.filter(has_text=called).locator("input")

    def choose(self, field: Locator, text: str) -> None:
        """Choose from a list by typing; a page that is still being drawn may close what was opened on it."""
        option = self.page.get_by_role("option").filter(has_text=text).first
        for _ in range(_TRIES):
            field.click()
            field.fill(text)
            with suppress(TooLate):
                option.wait_for(timeout=_SOON)
                break
        option.click()

    def saved(self) -> None:
        """Wait until it is said what was saved."""
        self.page.locator(".st-key-saved").wait_for()
        self.settle()

    def show(self, place: Locator) -> None:
        """Bring something into sight."""
        place.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)

    def row(self, text: str) -> Cell:
        """Give the row of the first grid that says something: a grid is a canvas, a hidden table tells it."""
        grid = self.page.get_by_test_id("stDataFrame").first
        found = grid.locator("[data-testid^=glide-cell-]").filter(has_text=re.compile(f"^{text}$")).first
        found.wait_for(state="attached")
        named = _CELL.fullmatch(found.get_attribute("data-testid") or "")
        if named is None:
            raise LookupError(text)
        return Cell(grid, int(named[1]), int(named[2]))


@dataclass(frozen=True)
class Cell:
    """A cell of a grid."""

    grid: Locator
    column: int
    row: int

    def at(self, x: float) -> Any:
        """Give a place in its row."""
        return {"x": x, "y": _HEAD + _ROW * self.row + _ROW / 2}

    def tick(self) -> None:
        """Tick the box before the row."""
        self.grid.click(position=self.at(15))


# ------------------------------------------------------------------ the tasks


def look_at_the_demo(at: Walk) -> None:
    """Bring the demo accounts in, after seeing what that writes."""
    at.go()
    at.page.get_by_role("button", name=at.say("app.begin.demo_see")).wait_for()
    at.picture("begin")
    at.press("app.begin.demo_see")
    at.page.get_by_role("button", name=at.say("data.accept")).wait_for()
    at.picture("plan")
    at.press("data.accept")
    at.page.get_by_role("heading", name=at.say("app.page.portfolio"), exact=True).wait_for()
    at.settle()


def find_an_uncovered_decider(at: Walk) -> None:
    """Open the card of the decider whom nobody covers."""
    at.go()
    at.row(ACCOUNT).tick()
    at.page.get_by_role("heading", name=ACCOUNT).wait_for()
    at.turn("coverage")
    at.page.get_by_text(at.say("app.coverage.only_deciders")).click()
    at.settle()
    at.row(UNCOVERED).tick()
    at.page.get_by_role("heading", name=UNCOVERED).wait_for()
    at.settle()
    at.picture("uncovered")


def add_a_backup(at: Walk) -> None:
    """Give the one whose card is open a backup among us."""
    at.press("card.add.backup")
    at.choose(at.field("ContactTie", "member_id"), COLLEAGUE)
    at.choose(at.field("ContactTie", "level"), label("level", "1", at.words.language))
    at.picture("backup")
    at.press("card.save")
    at.saved()


def move_a_reporting_line(at: Walk) -> None:
    """Find somebody on the map, and say to whom she reports now."""
    at.turn("map")
    at.page.locator('.gk[data-ready="1"]').wait_for()
    at.page.locator(".gk-search").fill(MOVED)
    at.page.keyboard.press("Enter")
    at.page.get_by_role("heading", name=MOVED).wait_for()
    at.settle()
    at.press("card.add.move")
    at.choose(at.field("Position", "reports_to_id"), BOSS)
    at.press("card.save")
    at.saved()
    at.picture("moved")


def suppose_that_the_kam_leaves(at: Walk) -> None:
    """See what goes dark without the key account manager."""
    at.turn("dependency")
    who = at.page.get_by_role("combobox", name=at.say("app.dependency.who"))
    at.choose(who, KAM)
    at.page.keyboard.press("Escape")
    at.page.get_by_text(at.say("app.dependency.moment.after"), exact=True).wait_for()
    at.page.locator('.gk[data-ready="1"]').wait_for()
    at.settle()
    at.picture("departure")


def accept_a_proposed_tie(at: Walk) -> None:
    """Take the first tie that the mesh plan proposes: it becomes an action with an owner and a date."""
    at.turn("coverage")
    at.part("app.coverage.mesh")
    grid = at.page.get_by_test_id("stDataFrame").first
    grid.wait_for()
    Cell(grid, 0, 0).tick()
    at.settle()
    at.picture("mesh")
    at.press("app.coverage.mesh_accept", count=1)
    at.saved()


def edit_in_the_grid(at: Walk) -> None:
    """Say in the grid of positions how much somebody weighs."""
    at.turn("data")
    at.part("app.data.grid")
    cell = at.row(TYPED)
    cell.grid.click(position=cell.at(TITLE))
    for key in ("ArrowRight",) * TO_WEIGHT + ("4", "Enter"):
        at.page.keyboard.press(key)
        at.page.wait_for_timeout(250)  # a grid opens a cell in its own time
    at.settle()
    at.press("data.show_changes")
    at.page.get_by_role("button", name=at.say("data.accept")).wait_for()
    at.settle()
    at.picture("grid")
    at.press("data.accept")
    at.saved()


def meet_a_conflict(at: Walk, other: Walk) -> None:
    """Change what a colleague changes at the same time: nothing is overwritten unread."""
    for one in (at, other):
        one.go("coverage", account=ACCOUNT_ID, who=MET_ID)
        one.page.get_by_role("heading", name=MET).wait_for()
        one.press("card.add.facts")
    for one, weight in ((other, "2"), (at, "5")):
        one.choose(one.field("Position", "weight"), weight)
        one.press("card.save")
    other.saved()
    at.page.locator(".st-key-conflict").wait_for()
    at.settle()
    at.show(at.page.locator(".st-key-conflict"))
    at.picture("conflict")
    at.press("card.write_mine")
    at.saved()


def switch_the_language(at: Walk) -> None:
    """Read the app in the other language."""
    at.go("centres", account=ACCOUNT_ID)
    other = _OTHER[at.words.language]
    at.page.get_by_test_id("stSidebar").get_by_text(other).click()
    at.page.wait_for_url(lambda url: f"lang={at.words.language}" not in url)
    at.settle()
    at.picture("language")


def save_a_map(at: Walk) -> Path:
    """Save the map of influence as a page for somebody who has no app."""
    at.go("map", account=ACCOUNT_ID)
    at.page.locator('.gk[data-ready="1"]').wait_for()
    at.part("map.view.influence")
    at.page.locator('.gk[data-ready="1"]').wait_for()
    at.page.get_by_role("button", name=at.say("app.map.files")).click()
    link = at.page.get_by_role("link", name=at.say("app.map.save.html"))
    link.wait_for()
    at.page.wait_for_timeout(1_000)
    at.picture("save")
    with at.page.expect_download() as saved:
        link.click()
    return Path(saved.value.path())


def walk_all(at: Walk, other: Walk) -> None:
    """Walk all tasks, as a week does: they build on each other."""
    look_at_the_demo(at)
    find_an_uncovered_decider(at)
    add_a_backup(at)
    move_a_reporting_line(at)
    suppose_that_the_kam_leaves(at)
    accept_a_proposed_tie(at)
    edit_in_the_grid(at)
    meet_a_conflict(at, other)
    switch_the_language(at)
    save_a_map(at)
