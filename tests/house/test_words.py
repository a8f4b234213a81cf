"""Every word that the code asks for is there, in both languages, and none is left over."""

import ast
import re
import string
import tomllib
from collections import Counter

import pytest

from graphkam.model.vocabulary import _lists
from graphkam.settings import AnalysisSettings, Settings, StoreSettings
from graphkam.text import LANGUAGES, catalogue

GIVEN_TO_EVERY_PROBLEM = {"value", "column"}


def stem(key):
    """Give a key without the form of its plural, if it has one."""
    head, _, form = key.rpartition(".")
    return head if form in {"one", "other"} and f"{head}.other" in catalogue("en") else key


KEYS = {stem(key) for key in catalogue("en")}
HOLES = {}
for _key, _template in catalogue("en").items():
    _names = {name for _, name, _, _ in string.Formatter().parse(_template) if name is not None}
    HOLES[stem(_key)] = HOLES.get(stem(_key), set()) | _names


def flat(tree, prefix=""):
    for key, value in tree.items():
        yield from flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_in_two_files(root, language):
    files = (root / "graphkam" / "text" / language).glob("*.toml")
    keys = Counter(key for file in files for key in flat(tomllib.loads(file.read_text("utf-8"))))
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_help_are_in_their_own_file_the_only_one_that_help_reads(language):
    assert {key for key in catalogue(language) if key.startswith("cli.help.")} == {
        *catalogue(language, "help")
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_both_its_forms(language):
    keys = set(catalogue(language))
    many = {key.removesuffix(".other") for key in keys if key.endswith(".other")}
    assert {key for key in many if f"{key}.one" not in keys} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_hold_plain_names_only(language):
    for key, template in catalogue(language).items():
        for _, name, form, conversion in string.Formatter().parse(template):
            assert name is None or (name.isidentifier() and not form and not conversion), key


def test_french_signs_stand_behind_spaces_that_do_not_break():
    broken = re.compile(r" [:;!?»]|« |[^\s\u00a0\u202f/][!?;»](?=\s|$)")
    hits = {key: t for key, t in catalogue("fr").items() if broken.search(re.sub(r"\{\w+\}", "x", t))}
    assert hits == {}


def callee(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def asked(call, errors):
    """Give the key that a call asks for, the names it gives, and whether it gives others unseen."""
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    first = constant(call.args[0]) if call.args else None
    name = callee(call)
    if name in {"say", "_say"} and first:
        return first, set(named), None in named
    if name in errors and first:
        return f"error.{first}", set(named) | {"count"}, None in named
    if name == "told" and first:
        return f"cli.help.{first}", set(), False
    if name in {"Finding", "Problem"} and (code := constant(named.get("code"))):
        params = named.get("params")
        seen = isinstance(params, ast.Dict) and all(params.keys)
        given = {constant(key) for key in params.keys} if seen else set()
        given |= GIVEN_TO_EVERY_PROBLEM if name == "Problem" else set()
        return f"{name.lower()}.{code}", given, params is not None and not seen
    return None


def error_classes(sources):
    [errors] = [s for s in sources if s.module == "graphkam.errors"]
    classes = {node.name for node in errors.tree.body if isinstance(node, ast.ClassDef)}
    return classes - {"ImportRejected"}


def questions(sources):
    errors = error_classes(sources)
    for source in sources:
        calls = (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))
        for call in calls:
            # Outside the command line `told` is what words an import problem.
            if callee(call) == "told" and source.layer != "cli":
                continue
            if found := asked(call, errors):
                yield source.module, *found


def test_every_sentence_asked_for_is_there(sources):
    missing = {(module, key) for module, key, _, _ in questions(sources) if key not in KEYS}
    assert missing == set()


def test_every_hole_of_a_sentence_is_filled(sources):
    open_holes = {
        (module, key, hole)
        for module, key, given, unseen in questions(sources)
        if key in KEYS and not unseen
        for hole in HOLES[key] - given
    }
    assert open_holes == set()


def mentioned(sources):
    """Give every word that the code writes, as text or as a name."""
    fields = {*Settings.model_fields, *AnalysisSettings.model_fields, *StoreSettings.model_fields}
    words = set(fields) | set(_lists()) | {choice.code for found in _lists().values() for choice in found}
    for source in sources:
        for node in ast.walk(source.tree):
            if text := constant(node):
                parts = text.lstrip(">").split(".")
                words.update(".".join(parts[i:]) for i in range(len(parts)))
            elif isinstance(node, ast.Attribute | ast.Name):
                words.add(node.attr if isinstance(node, ast.Attribute) else node.id)
            elif isinstance(node, ast.keyword | ast.arg):
                words.add(node.arg or "")
    return words


def test_no_sentence_is_left_over(sources, root):
    """The last part of a key is written somewhere; a key made up wholly at run time cannot be told."""
    words = mentioned(sources)
    # Words taken by the group: the code writes the head of their keys, with its dot.
    groups = tuple(word for word in words if word.endswith(".") and "." in word[:-1])
    templates = [*(root / "graphkam").rglob("*.html"), *(root / "graphkam").rglob("*.js")]
    pages = " ".join(path.read_text("utf-8") for path in templates)
    told = {key for key in KEYS if key.rpartition(".")[2] in words or key in pages}
    assert {key for key in KEYS - told if not key.startswith(groups)} == set()
