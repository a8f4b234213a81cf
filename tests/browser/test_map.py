"""The standalone map in a real browser: it draws, answers, and lets nothing in or out."""

from datetime import date

import pytest

from graphkam.drawing.files import map_file
from graphkam.drawing.page import map_page
from graphkam.drawing.picture import picture
from graphkam.graph.build import account_graph
from graphkam.model.organisation import Account, DecisionCentre, OrgUnit, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, InfluenceTie

pytestmark = pytest.mark.browser
DAY = date(2026, 11, 23)
HOSTILE = (
    "<script>window.__xss=1</script>",
    "</script><script>window.__xss=1</script>",
    "<img src=https://leak.example/a.png onerror=window.__xss=1>",
    "note with href=https://leak.example/ in it",
    "\"'><svg onload=window.__xss=1>",
    "![x](https://leak.example/b.png)",
    "\u202egnp.exe \U0001f9d1\u200d\U0001f52c",
    "W" * 500,
)
ENTRIES = "#gk .gk-details"


def records(name=lambda text: text):
    """A boss, two subordinates in a department, two of us; every text goes through ``name``."""
    yield Account(id="a", name=name("Acme"))
    yield OrgUnit(id="g", account_id="a", name=name("Group"), kind="group")
    yield OrgUnit(id="d", account_id="a", name=name("Purchasing"), kind="department", parent_id="g")
    for n, (who, unit, boss) in enumerate((("Ann", "g", None), ("Bob", "d", "0"), ("Cid", "d", "1"))):
        yield Person(id=f"p{n}", account_id="a", last_name=name(who), note=name("note"))
        yield Position(
            id=str(n), account_id="a", title=name(f"Seat {n}"), unit_id=unit, reports_to_id=boss,
            weight=5 - n, role_comment=name("comment"),
        )  # fmt: skip
        yield Holding(id=f"h{n}", account_id="a", person_id=f"p{n}", position_id=str(n))
    yield Assessment(
        id="s", account_id="a", person_id="p1", attribute="stance", value="-2", date=DAY, source=name("said")
    )
    yield DecisionCentre(id="c", account_id="a", name=name("Contract"), subject=name("Steel"))
    yield Seat(id="s1", account_id="a", position_id="1", centre_id="c", roles=("decider",), veto=True)
    for n, member in enumerate(("Kim", "Lou")):
        yield TeamMember(id=f"m{n}", last_name=name(member), title=name("Seller"))
        yield ContactTie(
            id=f"k{n}", account_id="a", member_id=f"m{n}", person_id=f"p{n + 1}", kind="owner", level=3,
            stated_on=DAY, last_contact=DAY, note=name("note"),
        )  # fmt: skip
    yield InfluenceTie(
        id="i", account_id="a", from_id="p2", to_id="p0", kind="advice", weight=4, note=name("why")
    )


def written(tmp_path, made=None, language="en", **options):
    graph = account_graph(RecordSet(made or records()), "a", DAY)
    drawn = picture(graph, language=language, **options)
    file = tmp_path / "map.html"
    file.write_text(map_page(drawn, author="Kim", language=language), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def opened(visit, tmp_path):
    """Give a window with the small map in it, drawn."""
    visit.page.goto(written(tmp_path))
    visit.page.wait_for_selector('#gk[data-ready="1"]')
    return visit


def spot(page, node):
    """Where a node is on the screen."""
    return page.evaluate(
        """node => {
            const root = document.getElementById("gk"), net = root.graphkam.network;
            const at = net.canvasToDOM(net.getPosition(node));
            const stage = root.querySelector(".gk-stage").getBoundingClientRect();
            return [at.x + stage.x, at.y + stage.y];
        }""",
        node,
    )


def chosen(page):
    return page.evaluate("document.getElementById('gk').dataset.chosen ?? null")


def dimmed(page):
    return page.evaluate(
        """() => {
            const near = document.getElementById("gk").graphkam.state.near;
            return near === null ? null : [...near].sort();
        }"""
    )


def test_the_map_opens_from_a_file_without_complaint(opened):
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("data:")] == [opened.page.url]
    assert opened.page.title() == "Acme · As of 23 Nov 2026 · Confidential"


def test_a_click_tells_who_it_is_and_dims_the_others(opened):
    opened.page.mouse.click(*spot(opened.page, "p:1"))
    told = opened.page.inner_text(ENTRIES)
    for said in ("Bob", "Seat 1", "Group › Purchasing", "Opponent", "Kim", "Contract", "Owner"):
        assert said in told
    assert dimmed(opened.page) == ["c:c", "m:m0", "p:0", "p:1", "p:2"]


def test_escape_and_a_click_beside_bring_everything_back(opened):
    opened.page.mouse.click(*spot(opened.page, "p:1"))
    opened.page.keyboard.press("Escape")
    assert (chosen(opened.page), dimmed(opened.page)) == (None, None)
    opened.page.mouse.click(*spot(opened.page, "p:1"))
    assert chosen(opened.page) == "p:1"
    stage = opened.page.locator(".gk-stage").bounding_box()
    opened.page.mouse.click(stage["x"] + 4, stage["y"] + stage["height"] - 4)
    assert chosen(opened.page) is None


def test_hovering_tells_the_facts(opened):
    opened.page.mouse.move(*spot(opened.page, "p:1"))
    opened.page.wait_for_selector(".gk-tip:not([hidden])")
    assert "Head" not in opened.page.inner_text(".gk-tip")
    assert "Opponent" in opened.page.inner_text(".gk-tip")


def test_the_keyboard_alone_is_enough(opened):
    page = opened.page
    page.focus(".gk-stage")
    page.keyboard.press("/")
    page.keyboard.type("bob")
    page.keyboard.press("Enter")
    assert chosen(page) == "p:1"
    page.keyboard.press("ArrowDown")
    assert chosen(page) == "p:2"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert chosen(page) == "p:0"
    page.keyboard.press("Escape")
    assert chosen(page) is None
    assert page.evaluate("document.activeElement.className") == "gk-stage"


def test_one_can_walk_from_tie_to_tie_in_the_panel(opened):
    opened.page.mouse.click(*spot(opened.page, "m:m0"))
    opened.page.click(f"{ENTRIES} button:has-text('Bob')")
    assert chosen(opened.page) == "p:1"


def test_search_finds_without_accents_and_says_when_nothing_fits(opened):
    opened.page.fill(".gk-search", "PURCHASING cíd")
    assert opened.page.locator(".gk-match").all_inner_texts() == ["Cid\nSeat 2"]
    opened.page.fill(".gk-search", "nobody at all")
    assert opened.page.inner_text(".gk-matches") == "Nothing found"


def test_a_layer_can_be_left_out(opened):
    opened.page.mouse.click(*spot(opened.page, "p:2"))
    assert "m:m1" in dimmed(opened.page)
    opened.page.keyboard.press("Escape")
    opened.page.uncheck("label:has-text('Contact with us') input")
    opened.page.mouse.click(*spot(opened.page, "p:2"))
    assert "m:m1" not in dimmed(opened.page)


def test_the_legend_says_how_many_of_the_lines_are_drawn(visit, tmp_path):
    made = [*records()]
    for n in range(3, 40):
        made.append(Person(id=f"p{n}", account_id="a", last_name=f"P{n}"))
        made.append(Position(id=str(n), account_id="a", title=f"Seat {n}", reports_to_id="0", weight=1))
        made.append(Holding(id=f"h{n}", account_id="a", person_id=f"p{n}", position_id=str(n)))
    made += [
        ContactTie(id=f"t{n}", account_id="a", member_id="m0", person_id=f"p{n}", kind="contact", level=1,
                   stated_on=DAY, last_contact=DAY)
        for n in range(3, 9)
    ]  # fmt: skip
    page = visit.page
    page.goto(written(tmp_path, made))
    page.wait_for_selector("#gk .gk-layers canvas")

    def told(layer):
        return page.inner_text(f".gk-layers label:has-text('{layer}') .gk-count")

    assert (told("Contact with us"), told("Seat in a decision centre")) == ("2 of 8", "0 of 1")
    page.check("label:has-text('All lines') input")
    assert (told("Contact with us"), told("Seat in a decision centre")) == ("8", "0 of 1")


def test_the_table_takes_the_place_of_the_map_and_leads_back_to_it(opened):
    page = opened.page
    page.get_by_role("button", name="Table").click()
    assert page.get_by_role("row").count() == 4
    assert not page.locator(".gk-stage").is_visible()
    page.get_by_role("button", name="Bob", exact=True).click()
    assert page.locator(".gk-stage").is_visible()
    assert chosen(page) == "p:1"


def test_everything_is_in_view_and_can_be_brought_back_into_it(opened):
    page = opened.page

    def is_in_view():
        return page.evaluate(
            """() => {
                const root = document.getElementById("gk"), net = root.graphkam.network;
                const stage = root.querySelector(".gk-stage");
                return ["p:0", "p:1", "p:2", "m:m0", "m:m1", "c:c"].every((id) => {
                    const at = net.canvasToDOM(net.getPosition(id));
                    return at.x > 0 && at.y > 0 && at.x < stage.clientWidth && at.y < stage.clientHeight;
                });
            }"""
        )

    assert is_in_view()
    page.evaluate("document.getElementById('gk').graphkam.network.moveTo({scale: 6, position: {x: 0, y: 0}})")
    assert not is_in_view()
    page.get_by_role("button", name="Show everything").click()
    for _ in range(50):
        if is_in_view():
            break
        page.wait_for_timeout(200)
    assert is_in_view()


def test_the_views_can_be_switched_and_who_is_chosen_stays_so(visit, tmp_path):
    graph = account_graph(RecordSet(records()), "a", DAY)
    file = tmp_path / "map.html"
    file.write_bytes(map_file(graph, "html", author="Kim"))
    page = visit.page
    page.goto(file.as_uri())
    page.wait_for_selector('#gk[data-ready="1"]')
    page.mouse.click(*spot(page, "p:1"))
    page.select_option(".gk-views", label="Influence and conflict")
    assert chosen(page) == "p:1"
    assert "by stance and weight" in page.inner_text(".gk-sub")
    assert page.evaluate("document.getElementById('gk').graphkam.nodes.get('p:2').y") > page.evaluate(
        "document.getElementById('gk').graphkam.nodes.get('p:0').y"
    )
    assert page.locator(".gk-stage canvas").count() == 1
    assert visit.complaints == []


def test_a_unit_is_closed_and_opened_by_its_title_and_hides_its_people(opened):
    page = opened.page

    def title():
        return page.evaluate(
            """() => {
                const root = document.getElementById("gk"), map = root.graphkam;
                const box = map.ties.boxes.get("d");
                const at = map.network.canvasToDOM({ x: box.x + 30, y: box.y + 12 });
                const stage = root.querySelector(".gk-stage").getBoundingClientRect();
                return [at.x + stage.x, at.y + stage.y];
            }"""
        )

    hidden = "document.getElementById('gk').graphkam.network.body.data.nodes.get('p:1').hidden"
    page.mouse.click(*title())
    assert page.evaluate(hidden) is True
    page.wait_for_timeout(350)  # until vis-network no longer waits for a second click
    page.mouse.click(*title())
    assert page.evaluate(hidden) is False
    page.get_by_role("button", name="Close all").click()
    page.fill(".gk-search", "bob")
    page.keyboard.press("Enter")
    assert page.evaluate(hidden) is False, "who is found is shown"


def test_the_list_of_buttons_says_what_the_drawing_says(opened):
    page = opened.page
    said = page.locator(".gk-twin button").all_inner_texts()
    assert "Bob, Seat 1" in said
    assert any(text.startswith("Purchasing, 2 positions") for text in said)
    page.get_by_test_id("node-p:2").dispatch_event("click")
    assert chosen(page) == "p:2"


def test_two_steps_around_somebody_reach_further_than_one(opened):
    opened.page.mouse.click(*spot(opened.page, "m:m1"))
    assert dimmed(opened.page) == ["m:m1", "p:2"]
    opened.page.select_option(".gk-steps", "2")
    assert dimmed(opened.page) == ["m:m1", "p:0", "p:1", "p:2"]


def test_somebody_can_be_moved_and_the_lines_follow(opened):
    page = opened.page
    x, y = spot(page, "p:2")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 90, y + 40, steps=4)
    page.mouse.up()
    moved = page.evaluate("document.getElementById('gk').graphkam.keep().moved")
    assert list(moved) == ["p:2"]
    assert spot(page, "p:2") == pytest.approx([x + 90, y + 40], abs=2)


def test_the_legend_explains_every_look(opened):
    told = opened.page.inner_text(".gk-overview")
    for said in ("Champion", "Opponent", "Only one of us", "Decider", "Veto", "Vacant", "Decision centre"):
        assert said in told
    assert opened.page.locator(".gk-legend canvas").count() > 12


def test_in_french_every_word_is_french(visit, tmp_path):
    visit.page.goto(written(tmp_path, language="fr"))
    visit.page.wait_for_selector('#gk[data-ready="1"]')
    visit.page.mouse.click(*spot(visit.page, "p:1"))
    told = visit.page.inner_text("#gk")
    for said in ("CONFIDENTIEL", "Tout afficher", "Opposant", "Titulaire du contact", "Rattaché à", "Retour"):
        assert said in told
    for word in ("Owner", "Reports", "Unit", "Back\n"):
        assert word not in told


def test_without_scripts_the_table_is_shown(chromium, tmp_path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(tmp_path))
    assert page.locator("table").is_visible()
    assert "Bob" in page.inner_text("table")
    context.close()


@pytest.mark.parametrize("payload", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(visit, tmp_path, payload):
    visit.page.goto(written(tmp_path, records(lambda text: f"{text} {payload}"[:500])))
    visit.page.wait_for_selector('#gk[data-ready="1"]')
    page = visit.page
    for node in ("p:0", "p:1", "m:m0", "c:c"):
        page.mouse.move(*spot(page, node))
        page.wait_for_timeout(120)
        page.mouse.click(*spot(page, node))
    page.fill(".gk-search", "bob")
    page.get_by_role("button", name="Table").click()
    assert page.evaluate("window.__xss") is None
    assert page.locator("#gk img, #gk svg, #gk script, #gk a, #gk iframe").count() == 0
    assert visit.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is pushed out"


def test_a_script_that_got_in_could_not_run(opened):
    """The policy of the page holds even where our own escaping would fail."""
    opened.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.__xss = 1";
            document.body.append(script);
            const image = document.createElement("img");
            image.src = "https://leak.example/c.png";
            document.body.append(image);
            fetch("https://leak.example/d").catch(() => {});
        }"""
    )
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("window.__xss") is None
    assert any("Content Security Policy" in said for said in opened.complaints)
    assert opened.refused == ["https://leak.example/c.png"]
    assert opened.outside == []


def test_what_is_drawn_is_what_the_picture_says(opened):
    """A champion's purple, an opponent's orange, the white of the unknown: read back from the canvas."""
    colour = opened.page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector(".gk-stage canvas");
            const box = canvas.getBoundingClientRect(), ratio = canvas.width / box.width;
            const at = [(x - box.x) * ratio, (y - box.y) * ratio, 1, 1];
            return [...canvas.getContext("2d").getImageData(...at).data];
        }""",
        [spot(opened.page, "p:1")[0] + 60, spot(opened.page, "p:1")[1] - 12],
    )
    assert colour == [0xB3, 0x58, 0x06, 255]
