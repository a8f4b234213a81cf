"""Every page in the real browser: who cannot see or use a mouse can use it, and all of it is in our words."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from graphkam.text import LANGUAGES, Words
from graphkam.ui.frame.app import _PAGES
from tests.ui.conftest import DAY
from tests.ui.disguise import unmarked

from .conftest import Visit, played
from .played import ACCOUNT

pytestmark = pytest.mark.browser
PAGES = [name for group in _PAGES.values() for name in group]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
STREAMLITS_OWN = re.compile(
    r"Skip to main content|Sidebar|Collapse sidebar|Logo|Navigate to home page|Help for ⟦.*⟧"
    r"|Open|Clear value|Choose date|(day|month|year), ⟦.*⟧|Selected Date: .*|[a-z_]+ icon"
    r"|(Show/hide columns|Download as [A-Z]+|Search|Fullscreen|Add row|Show data)(: ⟦.*⟧)?"
    r"|Copy Vega-Lite spec(: ⟦.*⟧)?|true|false|Choose an option"
    r"|file upload|Upload|\d+MB per file|• [A-Z, ]+|Increment|Decrement"
)
"""Said by Streamlit itself, in English to everybody: names for those who listen, tools of tables, files."""

SAID = """() => [...document.querySelectorAll("body *")]
  .filter(e => !e.closest("script, style, noscript, [data-testid*=Icon], [role=img]"))
  .flatMap(e => [
    ...["aria-label", "title", "placeholder", "alt"].map(name => e.getAttribute(name)),
    ...[...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent.trim()),
  ]).filter(Boolean)"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """Give the address of an app on accounts in disguise, in a process of its own."""
    with played(tmp_path_factory.mktemp("played")) as found:
        yield found


@pytest.fixture(scope="module")
def window(chromium) -> Iterator[Visit]:
    """Give one window for all pages."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768})
    yield Visit(context)
    context.close()


@pytest.fixture(scope="module", params=[f"{name} {lang}" for name in PAGES for lang in LANGUAGES])
def opened(request, address, window):
    """Give each page in each language, drawn."""
    name, language = request.param.split()
    page = window.page
    path = "" if name == PAGES[0] else name
    page.goto(f"{address}/{path}?account={ACCOUNT}&as_of={DAY}&lang={language}")
    page.locator(".st-key-footer").wait_for(timeout=60_000)
    expect(page.locator("[data-testid=stSkeleton], [data-stale=true]")).to_have_count(0, timeout=60_000)
    # A map says the names of its buttons when it is drawn.
    expect(page.locator(".gk:not([data-ready])")).to_have_count(0, timeout=60_000)
    return page, language


def test_who_cannot_see_or_has_no_mouse_can_use_it(opened):
    page, _ = opened
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    assert [
        (rule["id"], node["html"][:200], node["failureSummary"][:300])
        for rule in found["violations"]
        for node in rule["nodes"]
    ] == []
    assert found["passes"]


def test_the_page_says_in_which_language_it_is(opened):
    page, language = opened
    expect(page.locator(f"html[lang={language}]")).to_have_count(1)
    written = page.evaluate("new Intl.NumberFormat(navigator.languages).format(640000.5)")  # as tables do
    assert written == {"en": "640,000.5", "fr": "640\u202f000,5"}[language]


def test_what_the_browser_says_is_in_our_words(opened, window):
    page, language = opened
    if language == "en":
        said = {text for text in page.evaluate(SAID) if unmarked(text)}
        assert {text for text in said if not STREAMLITS_OWN.fullmatch(text)} == set()
    assert window.outside == []


CLICKED = (
    "[data-testid=stSidebar], .stButton, .stLinkButton, [data-testid=stPopover], [data-testid=stSelectbox]"
    ", [data-testid=stMultiSelect], [data-testid=stFileUploader], .gk-tools, .gk-finder"
)


def test_what_is_printed_is_the_answer_and_its_day_without_what_is_clicked(opened):
    page, language = opened
    day = page.locator(".st-key-printed")
    expect(day).to_be_hidden()
    page.emulate_media(media="print")
    try:
        expect(day).to_contain_text(Words(language).day(DAY))
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("[data-testid=stSidebar]")).to_have_count(1)
        assert [one.inner_text() for one in page.locator(CLICKED).all() if one.is_visible()] == []
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    finally:
        page.emulate_media(media="screen")


def test_the_tab_says_which_page_and_whose(opened):
    page, language = opened
    name, *whose, ours = page.title().split(" – ")
    here = urlsplit(page.url).path.strip("/") or PAGES[0]
    assert ours == "graphkam"
    assert bool(whose) == (here != PAGES[0]), "the portfolio is about all accounts"
    if language == "fr":  # in English each word is in disguise
        assert name == Words(language).say(f"app.page.{here}")
