"""One offline file that says everything as text and runs nothing but our own script."""

import json
import re
from html.parser import HTMLParser

import pytest

from graphkam.drawing.page import data, map_page, script, vis_network
from graphkam.drawing.picture import picture
from graphkam.model.organisation import Account
from graphkam.text import LANGUAGES, Words

HOSTILE = (
    "<script>window.__xss=1</script>",
    "</script><script>window.__xss=1</script>",
    '"><img src=x onerror=window.__xss=1>',
    "see href=https://leak.example/",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnp.exe\u202c",
    "\U0001f9d1\u200d\U0001f52c Zoë",
    "N" * 500,
    "&lt;b&gt;\u2028\u2029",
)


class Tags(HTMLParser):
    """Collects the elements of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self._in = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._in.append(tag)

    def handle_endtag(self, tag):
        if tag in self._in:
            self._in.reverse()
            self._in.remove(tag)
            self._in.reverse()

    def handle_data(self, text):
        if not self._in or self._in[-1] not in {"script", "style"}:
            self.text.append(text)


def page(graph, language="en", **options):
    return map_page(picture(graph, language=language, **options), author="Kim Doe", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_account_day_author_and_its_confidentiality(acme, language):
    text = " ".join(Tags(page(acme, language)).text)
    assert "Acme" in text
    assert "Kim Doe" in text
    assert {"en": "As of 23 Nov 2026", "fr": "Au 23 nov. 2026"}[language] in text
    assert {"en": "Confidential", "fr": "Confidentiel"}[language] in text
    assert f'<html lang="{language}">' in page(acme, language)


def test_nothing_is_loaded_from_anywhere(acme):
    html = page(acme)
    for tag, attributes in Tags(html).tags:
        for name in ("src", "href", "action", "srcset", "data"):
            assert not attributes.get(name) or attributes[name] == "data:,", (tag, attributes)
    assert "sourceMappingURL" not in html
    assert "url(" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)


def test_only_scripts_with_the_nonce_may_run(acme):
    html = page(acme)
    [policy] = [a["content"] for t, a in Tags(html).tags if a.get("http-equiv") == "Content-Security-Policy"]
    nonce = re.search(r"script-src 'nonce-([\w-]+)'", policy)[1]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    scripts = [a for t, a in Tags(html).tags if t == "script"]
    assert [a.get("nonce") for a in scripts if a.get("type") != "application/json"] == [nonce, nonce]
    assert page(acme).count(nonce) == 0, "every page has its own"


def test_the_table_is_in_the_page_without_any_script(acme):
    text = Tags(page(acme)).text
    for said in ("Bob Ray", "Head buyer", "Opponent", "Kim, Lou", "Ann Lee", "Vacant"):
        assert said in text


def hostile_account(sketch, payload):
    sketch.records[0] = Account(id="a", name=payload)
    sketch.unit("u", payload)
    sketch.person("p", payload, unit="u", title=payload)
    sketch.person("q", unit="u", boss="p", title=payload, role_comment=payload)
    sketch.tie(payload[:150], "p")
    sketch.influence("p", "q")
    sketch.centre("c", [("p", ("decider",), True)], subject=payload)
    return sketch.graph()


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_adds_no_element_and_loses_no_letter(sketch, acme, payload):
    graph = hostile_account(sketch, payload)
    html = page(graph)
    kinds = {tag for tag, _ in Tags(html).tags}
    assert kinds <= {tag for tag, _ in Tags(page(acme)).tags} | {"br"}
    assert sum(tag == "script" for tag, _ in Tags(html).tags) == 3
    assert not any(name.startswith("on") for _, a in Tags(html).tags for name in a)
    kept = graph.account.name
    assert kept in "".join(Tags(html).text)
    stored = re.search(r'<script type="application/json" id="gk-data">(.*?)</script>', html, re.DOTALL)[1]
    assert any(kept[:79] in d["label"] for d in json.loads(stored)["views"][0]["details"])


def test_the_data_are_plain_json(acme):
    told = data(picture(acme), Words("en"))
    assert json.loads(json.dumps(told))["words"]["table"] == "Table"
    assert {n["id"] for n in told["nodes"]} == {d["id"] for d in told["details"]}
    assert all(e["layer"] for e in told["edges"])


def test_parallel_lines_are_all_kept(sketch):
    sketch.person("p")
    sketch.person("q", dotted_to_ids=("p",))
    sketch.influence("q", "p")
    sketch.influence("q", "p", "conflict")
    assert len(data(picture(sketch.graph()), Words("en"))["edges"]) == 3


def test_pictures_without_stances_leave_none_in_the_file(acme):
    html = page(acme, hide_stance=True)
    own = html.replace(vis_network(), "").replace(script(), "")
    for word in ("Opponent", "Champion", "Reserved", "#542788", "#b35806"):
        assert word not in own
    assert "Stances are left out" in own


def test_our_script_never_makes_elements_out_of_text():
    for trap in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        'setAttribute("style"',
        "cssText",
    ):
        assert trap not in script()


def test_vis_network_comes_with_its_licence():
    assert "Apache 2.0 License" in vis_network()[:1000]
    assert vis_network().endswith("\n")
