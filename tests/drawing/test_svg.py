"""A picture as an image for documents."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from graphkam.drawing.elements import VIEWS
from graphkam.drawing.image import png
from graphkam.drawing.picture import picture
from graphkam.drawing.svg import svg
from graphkam.model.organisation import Account

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ("<script>alert(1)</script>", "a & b", '"><image href="https://leak.example/a.png"/>', "]]>")


def image(drawn, language="en"):
    return ET.fromstring(svg(drawn, author="Kim Doe", language=language))  # noqa: S314 - our own


def said(root):
    return [e.text for e in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_is_in_the_image_with_head_and_legend(acme, view):
    root = image(picture(acme, view=view))
    told = said(root)
    for word in ("Acme", "CONFIDENTIAL", "Bob Ray", "Cid Fox", "Kim", "Opponent", "Only one of us"):
        assert word in told
    assert any("As of 23 Nov 2026" in line and "Kim Doe" in line for line in told)
    wide, high = (float(root.get(name)) for name in ("width", "height"))
    for box in root.iter(f"{SVG}rect"):
        assert float(box.get("width")) <= wide
        assert float(box.get("height")) <= high


def test_only_the_lines_that_are_drawn_are_explained(acme):
    assert "Influences" in said(image(picture(acme, view="influence")))
    assert "Live contact with us" not in said(image(picture(acme, view="influence")))


@pytest.mark.parametrize("is_so", [True, False])
def test_lines_that_are_left_out_are_told(acme, is_so):
    drawn = replace(picture(acme, view="influence"), has_minor_edges=is_so)
    assert ("Only the main lines are drawn" in said(image(drawn))) is is_so


def test_in_french_the_image_is_french(acme):
    told = said(image(picture(acme, language="fr"), "fr"))
    assert "CONFIDENTIEL" in told
    assert "Opposant" in told


def test_hidden_stances_are_nowhere_in_the_image(acme):
    drawn = svg(picture(acme, hide_stance=True, view="influence"), author="Kim", language="en")
    for word in ("Opponent", "Champion", "#542788", "#b35806"):
        assert word not in drawn


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_names_are_text(sketch, payload):
    sketch.records[0] = Account(id="a", name=payload)
    sketch.unit("u", payload)
    sketch.person("p", payload, unit="u", title=payload)
    root = image(picture(sketch.graph()))
    kinds = {e.tag.removeprefix(SVG) for e in root.iter()}
    assert kinds <= {"svg", "g", "title", "text", "rect", "circle", "path", "polyline", "polygon"}
    assert payload in {e.text.partition(", ")[0] for e in root.iter(f"{SVG}title")}


def test_the_same_picture_is_the_same_png(acme):
    drawn = picture(acme)
    made = png(drawn, author="Kim", language="en")
    assert made.startswith(b"\x89PNG")
    assert made == png(drawn, author="Kim", language="en")
    assert int.from_bytes(made[16:20]) == 2 * int(image(drawn).get("width"))
