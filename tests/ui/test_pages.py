"""Each page, run as Streamlit runs it, on two toy accounts."""

import ast
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from graphkam.errors import StoreUnavailable
from graphkam.model.records import RecordSet
from graphkam.text import LANGUAGES, Words
from graphkam.ui.frame.app import _PAGES
from graphkam.workspace import Migration

from .conftest import BOW_TIE, DAY, DIAMOND, HOSTILE, account

PAGES = [name for group in _PAGES.values() for name in group]
UI = Path(__file__).parents[2] / "graphkam" / "ui"


def metrics(app):
    return {metric.label: metric.value.replace("\\", "") for metric in app.metric}


def speak(app, language):
    """Choose the language."""
    next(group for group in app.get("button_group") if group.key == "lang").set_value(language).run()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_in_every_language(stage, name, language):
    app = stage.page(name, lang=language)
    assert not app.exception
    assert not app.error
    assert Words(language).say("app.local") in [caption.value for caption in app.caption]


def test_an_account_shows_its_headline_figures(stage):
    shown = metrics(stage.page("account", account="bow"))
    assert shown["Covered by two or more"] == "13.6%"
    assert shown["Covered by one or more"] == "100.0%"
    assert shown["Worst single departure"] == "86.4%"
    assert shown["Departures to break it"] == "1"


def test_every_figure_says_what_it_means(stage):
    shown = stage.page("account").metric
    assert shown
    assert [metric.label for metric in shown if not metric.help] == []


def test_the_map_has_a_table_that_says_the_same(stage):
    app = stage.page("map", account="dia")
    assert len(app.dataframe[0].value) == 8
    assert [part.key for part in app.get("bidi_component")] == ["page language", "kept clicks", "map"]
    links = [link.proto.url for link in app.get("link_button")]
    assert [kind for link in links for kind in ("svg", "png") if f"kind={kind}" in link] == ["svg", "png"]
    assert all("/export/map/dia?" in link for link in links)


def test_who_is_chosen_on_the_map_has_a_card_and_an_address(stage):
    app = stage.page("map", account="bow")
    app.session_state["map"] = {"chosen": "p:bow:seat:C1"}
    app.run()
    assert not app.exception
    assert "C1" in [one.value for one in app.subheader]
    assert app.query_params["who"] in ("p:bow:seat:C1", ["p:bow:seat:C1"])


def moved(app, **places):
    """Say that boxes of the map were moved by hand, as the browser does."""
    app.session_state["map bow org  places"] = dict.fromkeys(places, ("", 5.0, 5.0))
    return app.run()


def test_an_arrangement_is_kept_for_everybody_and_can_be_let_go(stage):
    app = moved(stage.page("map", account="bow"), **{"p:bow:seat:C1": 1})
    [keep, _] = [b for b in app.button if b.label in ("Keep for everybody", "Put back")]
    keep.click().run()
    assert not app.exception
    assert stage.store.places["bow/org/"].places == {"p:bow:seat:C1": ("", 5.0, 5.0)}
    assert "map bow org  places" not in app.session_state
    [anew] = [b for b in app.button if b.label == "Lay out anew"]
    anew.click().run()
    assert stage.store.places["bow/org/"].places == {}


def test_who_arranged_the_map_meanwhile_is_told_and_not_overwritten(stage, monkeypatch):
    app = moved(stage.page("map", account="bow"), **{"p:bow:seat:C1": 1})
    stale = stage.desk.map_places("bow", "org")
    stage.store.save_map_places(stale.model_copy(update={"places": {"p:x": ("", 1.0, 1.0)}}), who="anne")
    with monkeypatch.context() as patch:
        # In the browser a click runs the map alone, on what the page read when it was opened.
        patch.setattr(stage.desk, "map_places", lambda *_: stale)
        [keep] = [b for b in app.button if b.label == "Keep for everybody"]
        keep.click().run()
    assert "anne" in app.error[0].value
    assert list(stage.store.places["bow/org/"].places) == ["p:x"]
    [keep] = [b for b in app.run().button if b.label == "Keep for everybody"]
    keep.click().run()
    assert list(stage.store.places["bow/org/"].places) == ["p:x", "p:bow:seat:C1"]


def test_a_map_can_be_limited_to_a_unit_that_the_account_has(stage):
    app = stage.page("map", account="bow")
    app.query_params["unit"] = "nowhere"
    app.run()
    assert not app.exception
    assert app.selectbox(key="unit").value == ""


def test_a_link_leads_to_a_view(stage):
    app = stage.page("map", account="bow")
    app.query_params["view"] = "influence"
    app.run()
    assert app.get("button_group")[0].value == "influence"


def test_the_choice_of_leavers_does_not_follow_to_another_account(stage):
    app = stage.page("dependency", account="bow")
    app.multiselect[0].select("m:bow:KAM").run()
    app.selectbox[0].select("dia").run()
    assert not app.exception
    assert not app.multiselect[0].value


def test_an_address_leads_to_account_day_and_language(stage):
    app = stage.page("account", account="dia", lang="fr", as_of="2026-12-24")
    assert app.title[0].value == "Diamond"
    assert app.date_input[0].value == date(2026, 12, 24)
    assert app.query_params["lang"] == "fr"
    assert any("Ce client est-il bien couvert" in one.value for one in app.caption)


def test_choices_stay_when_the_page_changes_and_stand_in_the_address(stage):
    app = stage.page("account", account="dia", lang="fr")
    app.switch_page(str(UI / "pages" / "dependency.py")).run()
    assert app.title[0].value == "Diamond"
    kept = {"account": "dia", "as_of": "2026-11-23", "lang": "fr"}
    assert {name: app.query_params[name] for name in kept} == kept


def test_the_language_can_be_changed_without_losing_the_rest(stage):
    app = stage.page("account", account="dia")
    speak(app, "fr")
    assert app.title[0].value == "Diamond"
    assert app.query_params["lang"] == "fr"
    assert app.query_params["as_of"] == "2026-11-23"


def test_the_slider_goes_back_in_time_and_the_field_follows(stage):
    app = stage.page("account", account="dia")
    earlier = date(2026, 2, 1)
    app.slider[0].set_value(earlier).run()
    assert app.date_input[0].value == app.slider[0].value == earlier
    assert app.query_params["as_of"] == "2026-02-01"
    assert metrics(app)["Covered by one or more"] == "0.0%"
    app.date_input[0].set_value(DAY).run()
    assert app.slider[0].value == DAY


@pytest.mark.parametrize("address", [{"as_of": "yesterday"}, {"as_of": "0001-01-01"}, {"lang": "xx"}])
def test_an_address_that_says_nonsense_is_read_as_far_as_it_goes(stage, address):
    app = stage.page(**address)
    assert not app.exception
    assert not app.error


def test_an_account_that_is_not_here_is_told(stage):
    app = stage.page(account="secret")
    assert app.warning[0].value == Words("en").say("app.no_such_account")
    assert app.selectbox[0].value == "bow"
    assert app.query_params["account"] == "bow"


def test_of_two_accounts_of_one_name_the_one_chosen_is_shown(stage):
    """Streamlit knows by its text which one was chosen."""
    twins = [*account("Twin", BOW_TIE, prefix="one"), *account("Twin", DIAMOND, prefix="two")]
    stage.store.records = RecordSet(twins)
    app = stage.page("account")
    assert app.selectbox(key="account").options == ["Twin (one)", "Twin (two)"]
    app.selectbox(key="account").select("two").run()
    assert app.query_params["account"] == "two"
    assert app.title[0].value == "Twin"


def test_what_was_done_to_data_of_an_older_graphkam_is_said_once(stage):
    stage.store.migration = Migration(1, 2, Path("/data/backups/schema-1.backup"))
    page = stage.page()
    assert [note.value for note in page.info if "from schema 1 to 2" in note.value]
    assert not [note for note in page.run().info if "schema" in note.value]


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_account_the_app_says_how_to_begin(empty_stage, language):
    app = empty_stage.page(lang=language)
    assert not app.exception
    assert app.title[0].value == Words(language).say("app.begin.title")
    assert [uploader.key for uploader in app.file_uploader] == ["book", "mail"]
    assert Words(language).say("app.begin.demo_see") in [button.label for button in app.button]
    [template] = [link.proto.url for link in app.get("link_button")]
    assert template.startswith("/export/template")


def test_a_store_that_is_gone_is_one_sentence_and_comes_back(stage):
    stage.store.failure = StoreUnavailable("no_accounts")
    app = stage.page()
    assert len(app.error) == 1
    assert "\n" not in app.error[0].value
    assert not app.exception
    stage.store.failure = None
    app.run()
    assert not app.error
    assert stage.opened == 2


def test_what_nobody_foresaw_is_one_sentence(stage, caplog):
    stage.store.failure = RuntimeError("boom")
    app = stage.page()
    assert [error.value for error in app.error] == [Words("en").say("app.unforeseen")]
    assert "boom" in caplog.text


def test_the_hostile_name_is_shown_as_it_is(hostile_stage):
    app = hostile_stage.page("account", show="terms")
    assert app.title[0].value.replace("\\", "") == f"Evil {HOSTILE}"
    assert any(HOSTILE in name for name in app.dataframe[0].value["name"])


@pytest.mark.parametrize("name", ["portfolio", "account"])
def test_where_all_ties_are_cold_the_day_of_the_newest_contact_is_offered(stage, name):
    app = stage.page(name, as_of="2031-01-01")
    assert "23 Nov 2026" in app.info[0].value
    [offered] = [button for button in app.button if "23 Nov 2026" in button.label]
    offered.click().run()
    assert app.date_input[0].value == DAY
    assert not app.info


MARKDOWN_READERS = {
    "markdown", "title", "header", "subheader", "caption", "write", "error", "warning", "info", "success",
    "metric", "button", "link_button", "expander", "tabs", "toggle", "radio", "checkbox", "html",
}  # fmt: skip


def test_no_page_gives_a_field_to_markdown_without_escaping():
    """What Streamlit reads as Markdown is a word of ours, or goes through md()."""
    wrong = []
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            if node.func.attr in MARKDOWN_READERS and node.args:
                body = ast.unparse(node.args[0])
                fields = [
                    n
                    for n in ast.walk(node.args[0])
                    if isinstance(n, ast.Attribute) and n.attr in {"name", "title"}
                ]
                if fields and "md(" not in body and not body.startswith("words.say("):
                    wrong.append((path.name, node.lineno, body))
    assert wrong == []


def test_a_rerun_that_changes_nothing_is_quick_and_reads_nothing(stage):
    app = stage.page("account", account="bow")
    reads = stage.store.reads
    app.run()
    assert stage.store.reads == reads


def test_the_first_page_has_a_name_too_and_what_is_asked_there_is_kept(stage):
    app = stage.page("account", account="bow")
    app.switch_page(str(UI / "pages" / "portfolio.py"))
    app.query_params.update({"account": "dia", "lang": "fr"})
    app.run()
    assert not app.exception
    assert app.title[0].value == Words("fr").say("app.page.portfolio")
    assert app.query_params["account"] == "dia"


def changed_link(app):
    [link] = [e.proto for e in app.sidebar.get("page_link") if "changed" in e.proto.label]
    return link.label, parse_qs(link.query_string)


def test_from_a_day_a_link_leads_to_what_has_changed_since(stage, monkeypatch):
    class Today(date):
        @classmethod
        def today(cls):
            return DAY

    monkeypatch.setattr("graphkam.ui.choices.date", Today)
    label, asked = changed_link(stage.page("account", account="dia", as_of="2026-02-01"))
    assert label == "What changed since 1 Feb 2026"
    assert asked == {"account": ["dia"], "as_of": [DAY.isoformat()], "since": ["2026-02-01"], "lang": ["en"]}
    label, asked = changed_link(stage.page("account", account="dia"))
    assert label == "What changed lately"
    assert "since" not in asked
    app = stage.page("changes", account="dia", since="2026-02-01")
    assert "Since 1 Feb 2026" in app.main.markdown[0].value.replace("\\", "")
