"""The app in a real browser, on the embedded store: it opens, lets nothing in or out, and ends."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import TimeoutError as TooLate
from playwright.sync_api import expect

from graphkam.model.changes import ChangeSet
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.ties import ContactTie, Mandate
from graphkam.settings import Settings
from graphkam.text import Words
from graphkam.ui.frame.app import _PAGES
from graphkam.workspace import Workspace

pytestmark = [pytest.mark.browser, pytest.mark.store]
DAY = date(2026, 11, 23)
PAGES = [name for group in _PAGES.values() for name in group]
WORDS = Words("en")
HOSTILE = (
    "![p](https://leak.example/a.png) <img src=https://leak.example/b.png onerror=window.__xss=1>"
    " <script>window.__xss=1</script> [go](javascript:window.__xss=1) href= :material/home: $x$ **bold**"
)


def records(account_id, name, hostile=""):
    """A client with four people, a unit, a centre, and two of us; every text may carry something."""
    yield Account(id=account_id, name=f"{name}{hostile}", status="client")
    yield OrgUnit(id=f"{account_id}:u", account_id=account_id, name=f"Group{hostile}", kind="group")
    yield DecisionCentre(
        id=f"{account_id}:c", account_id=account_id, name=f"Packaging{hostile}", yearly_value=90_000
    )
    for m in ("Kim", "Lou"):
        yield TeamMember(id=f"{account_id}:{m}", last_name=f"{m}{hostile}", title=f"Seller{hostile}")
        yield Mandate(
            id=f"{account_id}:{m}:x",
            account_id=account_id,
            member_id=f"{account_id}:{m}",
            role=f"KAM{hostile}",
        )
    for n, who in enumerate(("Ann", "Bob", "Cid", "Dan")):
        person, seat = f"{account_id}:p{n}", f"{account_id}:s{n}"
        yield Person(id=person, account_id=account_id, last_name=f"{who}{hostile}", note=f"Note{hostile}")
        yield Position(
            id=seat,
            account_id=account_id,
            title=f"Seat {n}{hostile}",
            unit_id=f"{account_id}:u",
            weight=5 - n,
        )
        yield Holding(id=f"{seat}:h", account_id=account_id, person_id=person, position_id=seat)
        yield Seat(
            id=f"{seat}:d",
            account_id=account_id,
            position_id=seat,
            centre_id=f"{account_id}:c",
            roles=("decider",),
        )
        yield Assessment(
            id=f"{seat}:a", account_id=account_id, person_id=person, attribute="stance", value="1", date=DAY
        )
        for m in ("Kim", "Lou")[: 1 + n // 2]:
            yield ContactTie(
                id=f"{seat}:{m}", account_id=account_id, member_id=f"{account_id}:{m}", person_id=person,
                kind="owner" if m == "Kim" else "backup", level=3, stated_on=DAY, last_contact=DAY,
                note=f"Note{hostile}",
            )  # fmt: skip


def fill(home):
    """Write a well-meaning and a hostile account."""
    with Workspace.open(Settings(home=home)) as workspace:
        for account_id, name, hostile in (("acme", "Acme", ""), ("evil", "Evil", f" {HOSTILE}")):
            workspace.apply(ChangeSet(puts=tuple(records(account_id, name, hostile))), what="test")


class App:
    """The app in a process of its own, as a user starts it."""

    def __init__(self, home, log):
        env = {**os.environ, "GRAPHKAM_HOME": str(home), "GRAPHKAM_LANG": "en", "PYTHONUNBUFFERED": "1"}
        self.home, self.log = home, log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "graphkam", "app", "--no-browser"],
                stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=env,
                start_new_session=True,
            )  # fmt: skip
        self.url = self._said()
        self.port = int(self.url.rpartition(":")[2])

    def _said(self):
        """Wait until the app says where it is."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if found := re.search(r"http://127\.0\.0\.1:\d+", self.log.read_text()):
                return found.group()
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def end(self, how=signal.SIGINT):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(20)

    def left(self):
        """Give the processes that still work in the data folder."""
        found = []
        for process in psutil.process_iter():
            try:
                words = process.cmdline()
            except psutil.Error:
                continue
            if any(str(self.home) in word for word in words):
                found.append(words)
        return found

    def answer(self, path="/", **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    # In a process of its own: the database that it starts outlives it.
    subprocess.run([sys.executable, __file__, str(home)], check=True, timeout=120)
    made = App(home, tmp_path_factory.mktemp("log") / "app.log")
    yield made
    made.end()
    assert "Traceback" not in made.log.read_text()


def show(visit, app, page="", **address):
    query = "&".join(f"{name}={value}" for name, value in {"as_of": DAY, **address}.items())
    visit.page.goto(f"{app.url}/{page}?{query}")
    visit.page.get_by_text("Local, no").first.wait_for(timeout=30_000)
    return visit.page


def complaints(visit):
    """What the browser complains of, without the two probes that Streamlit makes on a deep link."""
    return [said for said in visit.complaints if "404" not in said and "Unrecognized feature" not in said]


def walk(shown):
    """Go to every page as a reader does, by its name beside the page; give each when it is there."""
    for name in PAGES:
        shown.get_by_role("link", name=WORDS.say(f"app.page.{name}"), exact=True).click()
        asks = f"app.{name}.what" if WORDS.has(f"app.{name}.what") else f"{name}.what"
        shown.get_by_text(WORDS.say(asks)).first.wait_for()
        shown.get_by_text("Local, no").first.wait_for()
        yield name


def test_every_page_opens_without_a_complaint(app, visit):
    shown = show(visit, app, account="acme")
    for name in walk(shown):
        title = "Portfolio" if name == "portfolio" else "Acme"
        assert shown.get_by_role("heading", name=title, exact=True).count() == 1, name
        assert shown.get_by_test_id("stAlertContentError").count() == 0, name
        assert shown.get_by_test_id("stException").count() == 0, name
    assert complaints(visit) == []


def open_list(place):
    """Open a list; a page that is still being drawn may close what was opened on it."""
    option = place.page.get_by_role("option").first
    for _ in range(3):
        place.locator("input").first.click()
        with suppress(TooLate):
            option.wait_for(timeout=5_000)
            return
    option.wait_for(timeout=1_000)


def test_hostile_names_neither_run_nor_ask(app, visit):
    shown = show(visit, app, account="evil")
    for name in walk(shown):
        for opened in shown.get_by_test_id("stExpander").all():
            opened.locator("summary").click()
        lists = shown.get_by_test_id("stMain").locator(
            "[data-testid=stSelectbox], [data-testid=stMultiSelect]"
        )
        for list_ in lists.all():
            open_list(list_)
            shown.keyboard.press("ArrowDown")
            shown.keyboard.press("Enter")
            # Where several can be chosen the list stays open, and hides the rest from who looks by role.
            shown.keyboard.press("Escape")
        shown.wait_for_timeout(300)
        for frame in shown.frames:
            assert frame.evaluate("window.__xss") is None, name
            assert frame.locator("img[src*='leak.example']").count() == 0, name
        assert shown.get_by_test_id("stException").count() == 0, name
    # Nothing even tried: the policy had nothing to refuse.
    assert [said for said in visit.complaints if "Content Security Policy" in said] == []


def test_the_hostile_name_is_shown_as_it_is(app, visit):
    shown = show(visit, app, "account", account="evil")
    assert HOSTILE in shown.locator("h1").inner_text()


def test_an_address_leads_to_account_day_and_language(app, visit):
    shown = show(visit, app, "account", account="acme", lang="fr")
    shown.get_by_role("heading", name="Acme").wait_for()
    shown.get_by_test_id("stPageLink-NavLink").filter(has_text="Dépendance").click()
    shown.get_by_role("combobox", name="Qui part").wait_for()
    shown.wait_for_url("**/dependency?*account=acme*")
    assert f"as_of={DAY}" in shown.url
    assert "lang=fr" in shown.url


def test_all_pages_and_choices_stand_beside_the_page_on_a_small_screen(app, visit):
    visit.page.set_viewport_size({"width": 1366, "height": 650})
    shown = show(visit, app, "account", account="acme")
    language = shown.get_by_test_id("stSidebar").get_by_text("Français")
    language.wait_for()
    box = language.bounding_box()
    assert box["y"] + box["height"] <= 650


def test_a_first_visit_by_a_deep_link_has_its_frame(app, visit):
    shown = show(visit, app, "dependency", account="acme")
    links = shown.locator(".st-key-navigation").get_by_test_id("stPageLink-NavLink")
    expect(links).to_have_count(len(PAGES))
    expect(shown.get_by_test_id("stSelectbox")).to_have_count(1)


def row_of(grid, text):
    """Where something stands: a grid is a canvas, a hidden table tells it (glide-cell-<column>-<row>)."""
    cell = grid.locator("[data-testid^=glide-cell-]").filter(has_text=re.compile(f"^{text}$"))
    cell.wait_for(state="attached")
    return int(cell.get_attribute("data-testid").rpartition("-")[2])


def click_on(grid, text, x):
    grid.click(position={"x": x, "y": 35 * (row_of(grid, text) + 1) + 17})


BOX, NAME = 15, 60


@pytest.mark.parametrize("x", [BOX, NAME])
def test_a_row_of_the_portfolio_opens_its_account(app, visit, x):
    shown = show(visit, app, lang="en")
    grid = shown.get_by_test_id("stDataFrame").first
    grid.wait_for()
    click_on(grid, "Acme", x)
    shown.wait_for_url("**/account?*account=acme*")


def test_a_click_on_a_name_opens_the_card_again_and_again_however_the_table_is_sorted(app, visit):
    shown = show(visit, app, "people", account="acme")
    grid = shown.get_by_test_id("stDataFrame").first
    grid.wait_for()
    card, close = shown.locator(".stHeading"), shown.get_by_role("button", name="Close")
    for _ in range(2):
        click_on(grid, "Bob", NAME)
        card.get_by_text("Bob", exact=True).wait_for()
        close.click()
        close.wait_for(state="detached")
    before = row_of(grid, "Bob")
    for _ in range(2):  # a click on the heading sorts, one more the other way round
        grid.click(position={"x": NAME, "y": 17})
        shown.wait_for_timeout(300)
    assert row_of(grid, "Bob") != before
    click_on(grid, "Bob", NAME)
    card.get_by_text("Bob", exact=True).wait_for()
    assert complaints(visit) == []


def test_a_table_stays_as_it_was_scrolled_when_a_card_opens_beside_it(app, visit):
    shown = show(visit, app, "people", account="acme")
    grid = shown.get_by_test_id("stDataFrame").first
    grid.wait_for()
    grid.evaluate("table => { table.dataset.same = 'yes'; }")
    click_on(grid, "Bob", NAME)
    shown.locator(".stHeading").get_by_text("Bob", exact=True).wait_for()
    assert grid.get_attribute("data-same") == "yes"
    shown.get_by_role("button", name="Close").click()
    shown.get_by_role("button", name="Close").wait_for(state="detached")
    assert grid.get_attribute("data-same") == "yes"


def press(shown, found):
    """Click for no time at all, as a tap on a touchpad does."""
    box = found.bounding_box()
    shown.mouse.click(box["x"] + 40, box["y"] + box["height"] / 2)


def business(shown):
    return shown.get_by_test_id("stPageLink-NavLink").filter(has_text=WORDS.say("app.page.business"))


def on_business(shown):
    """Tell whether the page is reached and stays."""
    shown.wait_for_url("**/business?*account=acme*")
    shown.wait_for_timeout(1000)
    return "/business?" in shown.url


def proposals(shown):
    """Give the plan's table and its button, with nothing ticked."""
    grid = shown.get_by_test_id("stDataFrame").first
    refuse = shown.get_by_role("button", name=re.compile("Refuse . proposal"))
    grid.wait_for()
    expect(refuse).to_be_disabled()
    shown.wait_for_timeout(500)
    return grid, refuse


def tick(shown, grid, row):
    box = grid.bounding_box()
    shown.mouse.click(box["x"] + 15, box["y"] + 33 + 33 * row + 16)


def test_what_is_typed_is_no_obstacle_to_a_click_on_another_page(app, visit):
    shown = show(visit, app, "people", account="acme")
    shown.get_by_label(WORDS.say("app.people.search")).click()
    shown.keyboard.type("bob")
    press(shown, business(shown))
    assert on_business(shown)


@pytest.mark.parametrize("why", ["", "not now"])
def test_whoever_leaves_the_plan_leaves_no_button_armed(app, visit, why):
    shown = show(visit, app, "coverage", account="acme", show="mesh")
    grid, refuse = proposals(shown)
    tick(shown, grid, 0)
    if why:
        expect(refuse).to_be_enabled()
        shown.get_by_label(WORDS.say("app.coverage.mesh_why")).click()
        shown.keyboard.type(why)
    press(shown, business(shown))
    assert on_business(shown)
    shown.get_by_test_id("stPageLink-NavLink").filter(has_text=WORDS.say("app.page.coverage")).click()
    proposals(shown)


def test_on_a_page_that_is_being_left_nothing_is_ticked(app, visit):
    """An answer that is slow to come: what is clicked on until then would call the old page back."""
    kept = []
    is_slow = False

    def between(route):
        server = route.connect_to_server()
        server.on_message(lambda said: kept.append((route, said)) if is_slow else route.send(said))

    visit.page.route_web_socket(re.compile("/_stcore/stream"), between)
    shown = show(visit, app, "coverage", account="acme", show="mesh")
    grid, _ = proposals(shown)
    is_slow = True
    press(shown, business(shown))
    shown.wait_for_timeout(300)
    tick(shown, grid, 0)
    shown.wait_for_timeout(1000)
    is_slow = False
    for route, said in kept:
        route.send(said)
    assert on_business(shown)


def test_the_map_tells_the_page_who_is_chosen_and_stays_as_it_is(app, visit):
    """A click to the card; camera, choice and moved boxes over reruns, another view and another page."""
    shown = show(visit, app, "map", account="acme")
    stage = shown.locator('.gk[data-ready="1"]')
    stage.wait_for()
    shown.get_by_role("button", name="Larger").click()
    shown.get_by_test_id("node-p:acme:s1").dispatch_event("click")
    shown.get_by_role("heading", name="Bob").wait_for()
    shown.wait_for_url(lambda url: "who=p%3Aacme%3As1" in url)
    moved = stage.evaluate(
        """root => {
            const { network } = root.graphkam, at = network.canvasToDOM(network.getPosition("p:acme:s2"));
            const box = root.querySelector(".gk-stage").getBoundingClientRect();
            return [at.x + box.x, at.y + box.y];
        }"""
    )
    shown.mouse.move(*moved)
    shown.mouse.down()
    shown.mouse.move(moved[0] + 40, moved[1] + 30, steps=4)
    shown.mouse.up()
    shown.get_by_text("1 box was moved by hand").wait_for()

    def done():
        return stage.evaluate("root => JSON.stringify(root.graphkam.keep())")

    before = json.loads(done())
    assert before["chosen"] == "p:acme:s1"
    assert list(before["moved"]) == ["p:acme:s2"]
    shown.get_by_test_id("stPageLink-NavLink").filter(has_text="Dependency").click()
    shown.get_by_role("combobox", name="Who leaves").wait_for()
    shown.get_by_test_id("stPageLink-NavLink").filter(has_text="Map").click()
    stage.wait_for()
    after = json.loads(done())
    assert after["camera"]["scale"] == pytest.approx(before["camera"]["scale"])
    assert (after["chosen"], after["moved"]) == (before["chosen"], before["moved"])
    shown.get_by_role("heading", name="Bob").wait_for()  # the card of who is chosen is back, too
    assert complaints(visit) == []


def test_the_map_can_be_saved(app, visit):
    shown = show(visit, app, "map", account="acme")
    shown.get_by_role("button", name="Save or open").click()
    with shown.expect_download() as saved:
        shown.get_by_role("link", name="Save as a page").click()
    assert saved.value.suggested_filename == f"graphkam Acme {DAY}.html"
    assert "Ann" in saved.value.path().read_text("utf-8")


SIGNS = """root => Object.fromEntries([...root.graphkam.nodes.values()]
    .map(d => [d.label, d.is_gone ? "gone" : d.mark])
    .concat([["lines", [...root.graphkam.state.layers].join()]]))"""


def signs(stage, *, gone):
    """Give what stands on each box of the map, once somebody is struck out, or nobody is any more."""
    until = time.monotonic() + 30
    while ("gone" in (found := stage.evaluate(SIGNS)).values()) != gone:
        assert time.monotonic() < until, found
        time.sleep(0.2)
    return found


def test_a_departure_is_laid_over_the_map_and_its_link_leads_back_to_it(app, visit):
    """Before and after on the same map; the link alone opens the scenario, in the other language too."""
    shown = show(visit, app, "dependency", account="acme", lang="en")
    stage = shown.locator('.gk[data-ready="1"]')
    stage.wait_for()
    assert "successor" not in signs(stage, gone=False)["lines"]
    shown.get_by_role("button", name="Suppose").click()
    after = signs(stage, gone=True)
    assert after["Kim"] == "gone"
    assert "\u25bc0" in after.values()
    shown.wait_for_url("**leaves=*")
    link = shown.url
    shown.get_by_text("Before", exact=True).click()
    shown.wait_for_url("**state=before*")
    assert not {sign for sign in signs(stage, gone=False).values() if sign.startswith("\u25bc")}
    shown.goto("about:blank")
    shown.goto(link.replace("lang=en", "lang=fr"))
    stage.wait_for()
    assert signs(stage, gone=True) == after
    assert "Sans Kim" in shown.locator(".st-key-answer").inner_text()
    assert complaints(visit) == []


def test_only_this_computer_is_listened_to(app):
    [listener] = [c for c in psutil.Process(app.process.pid).net_connections() if c.status == "LISTEN"]
    assert listener.laddr.ip == "127.0.0.1"


@pytest.mark.parametrize(
    "path", ["/", "/_stcore/health", "/_stcore/stream", "/media/x.png", "/export/map/acme"]
)
def test_a_host_of_another_is_refused(app, path):
    status, _, body = app.answer(path, Host=f"leak.example:{app.port}")
    assert status == 403
    assert b"Acme" not in body


def test_a_websocket_of_another_page_is_refused(app):
    handshake = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    }  # fmt: skip
    assert app.answer("/_stcore/stream", **handshake, Origin="https://leak.example")[0] == 403
    assert app.answer("/_stcore/stream", **handshake, Origin="null")[0] == 403


def test_every_answer_has_its_policy(app):
    status, headers, _ = app.answer()
    assert status == 200
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    _, headers, _ = app.answer(f"/export/map/acme?as_of={DAY}")
    assert "sandbox" in headers["content-security-policy"]


def test_another_page_cannot_read_an_answer(app):
    assert app.answer("/", Origin="https://leak.example")[0] == 403


def test_nothing_counts_how_the_app_is_used(app, visit):
    show(visit, app)
    _, _, body = app.answer("/_stcore/host-config")
    assert json.loads(body)
    assert visit.outside == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_app_ends_with_all_it_started(tmp_path, visit, how):
    app = App(tmp_path / "home", tmp_path / "app.log")
    visit.page.goto(app.url)
    visit.page.get_by_role("heading", name="No account yet").wait_for(timeout=30_000)
    begun = time.monotonic()
    app.end(how)
    assert app.process.returncode == 0
    while app.left() and time.monotonic() - begun < 10:
        time.sleep(0.1)
    assert app.left() == []
    assert "Traceback" not in app.log.read_text()


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "graphkam", "app", "--no-browser", "--port", port],
            env={**os.environ, "GRAPHKAM_HOME": str(tmp_path), "GRAPHKAM_LANG": "en"},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert port in done.stderr
    assert "Traceback" not in done.stderr


if __name__ == "__main__":
    fill(Path(sys.argv[1]))
