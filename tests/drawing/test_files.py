"""A map as a file."""

import json
import re

from graphkam.drawing.files import map_file


def views(page):
    stored = re.search(r'<script type="application/json" id="gk-data">(.*?)</script>', page, re.DOTALL)[1]
    return json.loads(stored)


def test_a_page_of_a_small_account_has_every_view_and_shows_the_one_asked_for(acme):
    page = map_file(acme, "html", author="Kim", view="mesh").decode()
    given = views(page)
    assert [view["view"] for view in given["views"]] == ["org", "influence", "mesh", "site"]
    assert given["current"] == 2
    assert "Influence and conflict</option>" in page


def test_a_page_of_a_large_account_has_one(sketch):
    for n in range(201):
        sketch.person(f"p{n}")
    assert len(views(map_file(sketch.graph(), "html", author="Kim").decode())["views"]) == 1


def test_a_picture_can_be_limited_to_a_unit(acme):
    page = map_file(acme, "svg", author="Kim", within="buying").decode()
    assert "Bob Ray" in page
    assert "Ann Lee" not in page
    assert "Acme Group \u203a Purchasing" in page


def test_an_image_says_what_it_is(acme):
    assert map_file(acme, "png", author="Kim")[:4] == b"\x89PNG"
    assert map_file(acme, "svg", author="Kim").startswith(b"<?xml")
