"""All 72 attacks as the names of people, in every page and every map of the real browser.

The walk with AppTest (``tests/ui/test_everywhere.py``) shows that every text is escaped where Markdown is
read; here a browser has the last word: nothing runs, nothing is asked for, and all is read as it was written.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from docs.walks import Walk
from graphkam.drawing.elements import VIEWS
from graphkam.drawing.files import FORMATS
from graphkam.text import Words
from graphkam.ui.frame.app import _PAGES
from tests.ui.conftest import DAY
from tests.ui.disguise import HOSTILE, SIGN

from .conftest import Visit, played
from .played import ACCOUNT, LATIN

pytestmark = pytest.mark.browser
PAGES = [name for group in _PAGES.values() for name in group]
WORDS = Words("en")
LIVING = """
  a[href*='leak.example'], link[href*='leak.example'], use[href], [src*='leak.example'],
  [srcset*='leak.example'], [data*='leak.example'], [action*='leak.example'], [href^='javascript:' i],
  [style*='leak.example'], base, object, math, iframe[srcdoc], [onerror], [onload], [onmouseover],
  [onfocus], [ontoggle]
"""
"""What an attack would have become, had it been read as more than text."""
LIVED = """living => {
  const bare = text => text.replace(/^(https?:\\/\\/|mailto:)/, "").replace(/\\/$/, "");
  return [...document.querySelectorAll(living)]
    .filter(e => !(e.tagName === "A" && bare(decodeURI(e.href)) === bare(e.textContent)))
    .map(e => e.outerHTML.slice(0, 300));
}"""
"""Found in the page. An address that is written out is one to click on, and says itself where it leads."""
WRITTEN = """sign => [...document.querySelectorAll("[data-testid=stMarkdownContainer] *")]
  .filter(e => e.closest(".katex, code, pre, del, em, blockquote, table")
    || /^(A|IMG|HR|OL|UL)$/.test(e.tagName))
  .filter(e => e.textContent.includes(sign)).map(e => e.outerHTML.slice(0, 300))"""
"""Markdown that was made of a name: the sign of an attack within."""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Give the address of an app on accounts whose every text is an attack."""
    with played(tmp_path_factory.mktemp("played"), LATIN) as found:
        yield found


@pytest.fixture
def at(address, visit) -> Walk:
    """Give a reader."""
    visit.page.set_default_timeout(60_000)
    return Walk(visit.page, address, WORDS, lambda _: None)


def look(visit: Visit, where: str) -> None:
    """See that nothing ran, nothing was asked for, and nothing was made of a name but text."""
    for frame in visit.page.frames:
        assert frame.evaluate("window.__xss") is None, where
        assert frame.evaluate(LIVED, LIVING) == [], where
        assert frame.evaluate(WRITTEN, SIGN) == [], where
    assert visit.page.get_by_test_id("stException").count() == 0, where
    assert visit.refused == [], where
    assert visit.outside == [], where
    assert [said for said in visit.complaints if "Content Security Policy" in said] == [], where


def sweep(page) -> None:
    """Point at every chart and table, for what is told there."""
    for thing in page.get_by_test_id("stMain").locator("[data-testid=stVegaLiteChart], .stDataFrame").all():
        if (box := thing.bounding_box()) is not None:
            for x, y in ((0.3, 0.2), (0.5, 0.3), (0.5, 0.5), (0.7, 0.7)):
                page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
                page.wait_for_timeout(60)


def open_all(at: Walk) -> None:
    """Open what is closed: parts that fold, lists, and the card of the first row of a table."""
    main = at.page.get_by_test_id("stMain")
    for folded in main.get_by_test_id("stExpander").all():
        if folded.locator("details[open]").count() == 0:
            folded.locator("summary").click()
    for list_ in main.locator("[data-testid=stSelectbox], [data-testid=stMultiSelect]").all():
        list_.locator("input").first.click()
        at.page.get_by_role("option").first.wait_for()
        at.page.keyboard.press("Escape")
    sweep(at.page)
    at.settle()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_runs_or_asks_what_names_say(at, visit, name):
    at.go("" if name == PAGES[0] else name, account=ACCOUNT)
    choices = at.page.get_by_test_id("stMain").get_by_role("radio")
    for part in choices.all_inner_texts() or [""]:
        choice = choices.filter(has_text=re.compile(f"^{re.escape(part)}$"))
        if part and choice.count():  # what one part lets choose is not there in another
            choice.click()
            at.settle()
        open_all(at)
        look(visit, f"{name} {part}")
    assert SIGN in at.page.content()


@pytest.mark.parametrize("n", range(0, len(HOSTILE), 6))
def test_no_card_runs_or_asks_what_names_say(at, visit, n):
    at.go("people", account=ACCOUNT, who=f"evil:{n}")
    heading = at.page.locator(".st-key-card").get_by_role("heading").first
    expect(heading).to_contain_text(SIGN)
    assert heading.inner_text().split() == HOSTILE[n].split()
    for key in (
        "card.add.facts",
        "card.add.contact",
        "card.add.stance",
        "card.add.move",
        "card.add.influence",
    ):
        at.press(key)
        at.page.get_by_test_id("stForm").wait_for()
        look(visit, f"{HOSTILE[n]} {key}")
        at.press("card.cancel")
    look(visit, HOSTILE[n])


@pytest.mark.parametrize("view", VIEWS)
def test_no_map_runs_or_asks_what_names_say(at, visit, view):
    at.go("map", account=ACCOUNT, view=view)
    stage = at.page.locator('.gk[data-ready="1"]')
    stage.wait_for()
    told = " ".join(
        stage.all_text_contents() + at.page.locator(".gk [data-testid^=node-]").all_text_contents()
    )
    assert {text for text in HOSTILE if " ".join(text.split()) not in " ".join(told.split())} == set()
    for n in range(0, len(HOSTILE), 9):
        at.page.get_by_test_id(f"node-p:evil:{n}").dispatch_event("click")
        at.settle()
        look(visit, f"{view} {HOSTILE[n]}")
    at.page.locator(".gk-search").fill("<")
    open_all(at)
    look(visit, view)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "png"])
def test_no_saved_map_runs_or_asks_what_names_say(address, visit, view, kind):
    asked = urlencode({"as_of": DAY, "lang": "en", "view": view, "kind": kind})
    page = visit.page
    page.goto(f"{address}/export/map/{ACCOUNT}?{asked}")
    if kind == "html":
        page.locator('#gk[data-ready="1"]').wait_for()
        for n in range(0, len(HOSTILE), 9):
            page.get_by_test_id(f"node-p:evil:{n}").dispatch_event("click")
    expect(page.locator("body, svg").first).to_be_attached()
    assert page.evaluate("window.__xss") is None
    assert page.evaluate(LIVED, LIVING) == []
    assert visit.refused == []


def test_this_test_sees_what_it_looks_for(visit):
    visit.page.set_content(
        "<a href=https://leak.example/3>l</a><a href=https://leak.example/></a>"
        "<a href=https://leak.example/5>https://leak.example/5</a>"
        "<a href=javascript:1>go</a><img onerror=x><svg><use href=#x /></svg>"
        f"<div data-testid=stMarkdownContainer><p>{SIGN} <em>{SIGN}</em></p></div>"
    )
    assert len(visit.page.evaluate(LIVED, LIVING)) == 5
    assert visit.page.evaluate(WRITTEN, SIGN) == [f"<em>{SIGN}</em>"]
