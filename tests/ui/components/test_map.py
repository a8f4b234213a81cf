"""The map as a part of a page: what is sent to it, what it tells, and the script it runs."""

import json
from types import SimpleNamespace

import pytest

from graphkam.drawing.page import component_script
from graphkam.drawing.picture import picture
from graphkam.text import Words
from graphkam.ui.components import map as part
from graphkam.ui.components.map import MapEvent, forget_places, map_component
from tests.ui.test_exports import ask


@pytest.fixture
def session(monkeypatch, toys):
    """Give a page's memory, what was sent to the browser, and what the browser says."""
    from graphkam.graph.build import account_graph
    from tests.ui.conftest import DAY

    here = SimpleNamespace(state={}, sent=[], says={}, picture=picture(account_graph(toys, "bow", DAY)))

    def mounted(*, key, data, **_):
        here.sent.append(json.loads(data))
        return here.says

    monkeypatch.setattr(part, "_part", lambda: mounted)
    monkeypatch.setattr(part.st, "session_state", here.state)
    return here


def shown(session, **options):
    return map_component(session.picture, key="map", name="bow org", **options)


def test_what_nobody_did_is_told_as_nothing(session):
    assert shown(session) == MapEvent()
    [sent] = session.sent
    assert {node["id"] for node in sent["picture"]["details"]} == {n.id for n in session.picture.nodes}
    assert sent["places"] == {}


def test_who_is_chosen_and_what_was_clicked_is_told(session):
    session.says = {"chosen": "p:bow:seat:C1", "event": {"kind": "edge", "id": "k:1"}}
    event = shown(session)
    assert (event.chosen, event.edge, event.opened) == ("p:bow:seat:C1", "k:1", None)
    session.says = {"event": {"kind": "opened", "id": "u:x"}}
    assert shown(session).opened == "u:x"


def test_a_picture_is_prepared_once_and_another_is_another(session):
    shown(session)
    shown(session)
    assert session.sent[0]["rev"] == session.sent[1]["rev"]
    assert part._prepared(session.picture, Words("en"))[0] is part._prepared(session.picture, Words("en"))[0]
    assert shown(session, chosen="m:bow:KAM") == MapEvent()
    assert session.sent[2]["chosen"] == "m:bow:KAM"


def test_what_was_moved_is_kept_until_it_is_put_back(session):
    session.says = {"event": {"kind": "moved", "places": {"p:1": ["u", 10, -4.5]}}}
    assert shown(session).places == {"p:1": ("u", 10.0, -4.5)}
    session.says = {}
    assert shown(session).places == {"p:1": ("u", 10.0, -4.5)}
    assert session.sent[0]["rev"] == session.sent[1]["rev"], "a map in the hand is not drawn anew"
    forget_places("map", "bow org")
    assert shown(session).places == {}
    assert session.sent[1]["rev"] != session.sent[2]["rev"]


@pytest.mark.parametrize(
    "places", [None, [], {"p": 1}, {"p": []}, {"p": [1, 2, 3]}, {"p": ["u", "x", 3]}, {"p": ["u", 1e9, 0]}]
)
def test_places_that_make_no_sense_are_not_taken(session, places):
    session.says = {"event": {"kind": "moved", "places": places}}
    assert shown(session).places == {}


def test_the_script_has_an_address_of_its_own_that_changes_with_it():
    address, text = part._script()
    answer = ask(address)
    assert (answer.status_code, answer.body) == (200, text)
    assert answer.headers["cache-control"].endswith("immutable")
    assert ask("/assets/map-0000.js").status_code == 404


def test_the_script_is_one_module_with_the_drawing_of_the_standalone_map():
    text = component_script()
    assert "sourceMappingURL" not in text
    assert text.count("export default") == 1
    for name in ("graphkamDraw", "graphkamTies", "graphkamPanel", "graphkamMap"):
        assert f"function {name}" in text or f"const {name}" in text
