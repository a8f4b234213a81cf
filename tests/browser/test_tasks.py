"""The tasks of a week from click to stored result, in one go: as the guide tells them, in a real browser.

They build on each other as a week does. Each ends with what the store says, asked from outside the app.
"""

import json
import os
import re
import subprocess
import sys

import pytest

from docs import walks
from graphkam.text import Words
from tests.browser.conftest import Visit
from tests.browser.test_app import App, complaints

pytestmark = [pytest.mark.browser, pytest.mark.store]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Give the app with nothing in it."""
    made = App(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("log") / "app.log")
    yield made
    made.end()
    assert "Traceback" not in made.log.read_text()


@pytest.fixture(scope="module")
def visits(chromium):
    """Give two readers; when all is done neither may have asked the outside or met an error."""
    contexts = [chromium.new_context(viewport={"width": 1366, "height": 768}) for _ in range(2)]
    for context in contexts:
        context.set_default_timeout(60_000)
    made = [Visit(context) for context in contexts]
    yield made
    for visit, context in zip(made, contexts, strict=True):
        context.close()
        assert visit.outside == []
        assert complaints(visit) == []


@pytest.fixture(scope="module")
def walkers(app, visits, tmp_path_factory):
    """Give both as walkers; what they see on the way is kept as pictures."""
    seen = tmp_path_factory.mktemp("seen")

    def look(page):
        return lambda name: page.screenshot(path=seen / f"{name}.png")

    return [walks.Walk(visit.page, app.url, Words("en"), look(visit.page)) for visit in visits]


@pytest.fixture(scope="module")
def at(walkers):
    return walkers[0]


@pytest.fixture
def ask(app):
    """Give a function that asks the store by a command."""

    def run(*typed):
        done = subprocess.run(
            [sys.executable, "-m", "graphkam", *typed, "--json"],
            env={**os.environ, "GRAPHKAM_HOME": str(app.home), "GRAPHKAM_LANG": "en"},
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        return json.loads(done.stdout)

    return run


@pytest.fixture
def post(ask):
    """Give a function that gives what is stored of the position that somebody holds."""

    def of(last_name):
        [row] = ask(
            "query",
            f'MATCH (p:Person {{last_name: "{last_name}"}})-[:HOLDS]->(s:Position) '
            "RETURN s.id AS id, s.weight AS weight, s.reports_to_id AS boss",
        )["rows"]
        return row

    return of


def test_the_demo_comes_in_after_its_plan(at, ask):
    walks.look_at_the_demo(at)
    assert [account["name"] for account in ask("accounts")["accounts"]] == [
        walks.ACCOUNT, "Moulins Tessandier", "Navalis Chantiers",
    ]  # fmt: skip
    [operation] = ask("log")["operations"]
    assert (operation["what"], operation["file"], operation["puts"]) == ("import", "demo-en.xlsx", 872)


def test_an_uncovered_decider_is_found(at, ask):
    walks.find_an_uncovered_decider(at)
    [first, *_] = ask("coverage", walks.ACCOUNT, "--as-of", walks.DAY)["gaps"]
    assert (first["name"], first["live_ties"]) == (walks.UNCOVERED, 0)
    assert f"who={first['position_id']}" in at.page.url
    assert at.page.locator(".st-key-saved").count() == 0, "the import's undo is not offered on a card"


def test_a_backup_is_added(at, ask):
    walks.add_a_backup(at)
    found = ask(
        "query",
        'MATCH (m:TeamMember)-[k:KNOWS {kind: "backup"}]->(p:Person {last_name: "Lacaze-Morin"}) '
        "RETURN m.last_name AS member",
    )
    assert [row["member"] for row in found["rows"]] == [walks.COLLEAGUE.partition(" ")[2]]


def test_a_reporting_line_is_moved(at, post):
    before = post("Seidel")["boss"]
    walks.move_a_reporting_line(at)
    assert post("Seidel")["boss"] == post(walks.BOSS.split()[-1])["id"] != before


def test_the_departure_of_the_kam_is_simulated(at, ask):
    walks.suppose_that_the_kam_leaves(at)
    gone = ask("departure", walks.ACCOUNT, "--leaves", walks.KAM, "--as-of", walks.DAY)
    assert (
        f"{gone['dark']} of the {gone['before']['covered']} people covered"
        in at.page.locator(".st-key-answer").inner_text()
    )
    cells = at.page.get_by_test_id("stDataFrame").first.locator("td").all_inner_texts()
    assert {f"{gone['after']['c2']:.1%}", f"{gone['after']['c1']:.1%}"} <= set(cells)
    assert len(ask("log")["operations"]) == 3, "nothing is written"


def test_a_proposed_tie_is_accepted(at, ask):
    first, *_ = ask("mesh", walks.ACCOUNT, "--as-of", walks.DAY)["ties"]
    walks.accept_a_proposed_tie(at)
    [planned] = ask("mesh", walks.ACCOUNT, "--as-of", walks.DAY)["planned"]
    assert (planned["member"], planned["stakeholder"]) == (first["member"], first["stakeholder"])


def test_a_cell_is_edited_in_the_grid(at, post):
    before = post(walks.TYPED)
    walks.edit_in_the_grid(at)
    assert before["weight"] == 3
    assert post(walks.TYPED) == before | {"weight": 4}


def test_what_is_typed_in_the_grid_is_kept_and_moves_nothing(at, post):
    """Typed and left without Enter, by a click on another part: the way people leave a grid."""
    page, before = at.page, post(walks.TYPED)
    at.go("data", account=walks.ACCOUNT_ID, show="grid")
    cell = at.row(walks.TYPED)
    top = cell.grid.bounding_box()["y"]
    cell.grid.click(position=cell.at(walks.TITLE))
    for key in ("ArrowRight",) * walks.TO_WEIGHT + ("l", "o", "t", "s"):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
    at.part("app.data.writes")
    page.get_by_text(at.say("data.unsaved_elsewhere", sheets="Positions and people (1 row)")).wait_for()
    at.turn("people")
    at.turn("data")
    at.part("app.data.grid")
    weight = f"glide-cell-{cell.column - 1 + walks.TO_WEIGHT}-{cell.row}"
    page.locator(f"[data-testid={weight}]").filter(has_text="lots").wait_for(state="attached")
    page.get_by_text("“lots” is not a number").wait_for()
    assert cell.grid.bounding_box()["y"] == top
    at.press("data.show_changes")
    page.get_by_text("Nothing was written").wait_for()
    assert cell.grid.bounding_box()["y"] == top
    at.press("data.close")
    at.press("data.discard")
    page.locator(f"[data-testid={weight}]").filter(has_text="4").wait_for(state="attached")
    assert post(walks.TYPED) == before


def test_two_who_change_the_same_meet(walkers, post, ask):
    at, other = walkers
    walks.meet_a_conflict(at, other)
    assert post("Lindqvist")["weight"] == 5
    last, before = ask("log")["operations"][:2]
    assert (last["what"], before["what"]) == ("edit", "edit"), "both are in the log"


def test_the_language_is_switched(at, ask):
    walks.switch_the_language(at)
    assert at.page.get_by_role("link", name=Words("fr").say("app.page.centres")).count() == 1
    at.page.get_by_test_id("stSidebar").get_by_text("English").click()
    at.page.wait_for_url("**lang=en**")


def test_a_map_is_saved(at, ask):
    text = walks.save_a_map(at).read_text("utf-8")
    assert walks.UNCOVERED in text
    assert "http" not in text.split("<body")[0].replace("http-equiv", "")


def test_without_a_mouse_somebody_is_found_on_the_map_and_corrected(at, post):
    """Only keys are pressed: Tab until something has the focus, Enter, and what is typed."""
    page = at.page
    at.go("map", account=walks.ACCOUNT_ID)
    page.locator('.gk[data-ready="1"]').wait_for()

    def tab_to(found, most=120):
        for _ in range(most):
            if found.evaluate("one => one.getRootNode().activeElement === one"):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{found} is not reached by the Tab key")

    tab_to(page.locator(".gk-search"))
    page.keyboard.type(walks.MOVED)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=walks.MOVED).wait_for()
    at.settle()
    tab_to(page.get_by_role("button", name=re.compile(re.escape(at.say("card.add.facts")) + "$")))
    page.keyboard.press("Enter")
    weight = at.field("Position", "weight")
    weight.wait_for()
    at.settle()
    before = post("Seidel")["weight"]
    tab_to(weight)
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    tab_to(page.get_by_test_id("stForm").get_by_role("button", name=at.say("card.save")))
    page.keyboard.press("Enter")
    at.saved()
    assert before != post("Seidel")["weight"] == 2
