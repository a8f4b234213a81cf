"""One analysis = one file of one shape, with its test, command, words, chapter and page.

Copy one file and its test: what fails here names what is still missing.
"""

import ast
import importlib
import inspect
import pkgutil

import pytest

import graphkam.analysis
from graphkam.model.base import Result
from graphkam.text import catalogue

NAMES = sorted(module.name for module in pkgutil.iter_modules(graphkam.analysis.__path__))
FIRST_FOUR = {"coverage", "departure", "dependency", "resilience"}
FRIENDLY = {"uncertainty": "ask", "upkeep": "week"}
"""Commands that have a friendlier name than their analysis."""

each = pytest.mark.parametrize("name", NAMES)


def module_of(name):
    return importlib.import_module(f"graphkam.analysis.{name}")


def camel(name):
    return "".join(part.capitalize() for part in name.split("_"))


def test_the_first_four_are_there():
    assert set(NAMES) >= FIRST_FOUR


@each
def test_the_file_begins_with_its_question(name):
    first = (module_of(name).__doc__ or "").strip().partition("\n\n")[0]
    assert "?" in first


@each
def test_it_has_one_public_function_named_like_the_file(name):
    module = module_of(name)
    own = [f for f in vars(module).values() if inspect.isfunction(f) and f.__module__ == module.__name__]
    assert [f.__name__ for f in own if not f.__name__.startswith("_")] == [name]


@each
def test_the_graph_comes_first_and_options_have_names(name):
    first, *others = inspect.signature(getattr(module_of(name), name)).parameters.values()
    assert first.name == "graph"
    assert {p.kind for p in others} <= {inspect.Parameter.KEYWORD_ONLY}


@each
def test_it_gives_its_own_frozen_result(name):
    result = getattr(module_of(name), camel(name))
    assert issubclass(result, Result)
    assert result.model_config["frozen"]
    returned = inspect.signature(getattr(module_of(name), name)).return_annotation
    assert getattr(returned, "__name__", returned) == camel(name)


@each
def test_rows_come_before_the_result_the_result_before_the_function_and_helpers_last(name, sources):
    [source] = [s for s in sources if s.module == f"graphkam.analysis.{name}"]
    classes = [n for n in source.tree.body if isinstance(n, ast.ClassDef) and not n.name.startswith("_")]
    functions = [n for n in source.tree.body if isinstance(n, ast.FunctionDef)]
    assert classes[-1].name == camel(name)
    assert functions[0].name == name
    assert classes[-1].lineno < functions[0].lineno


@each
def test_it_has_its_own_tests(name, root):
    assert (root / "tests" / "analysis" / f"test_{name}.py").is_file()


@each
def test_it_has_its_own_words(name):
    assert any(key.startswith(f"{name}.") for key in catalogue("en"))


@each
def test_it_has_a_command(name, commands):
    assert FRIENDLY.get(name, name.replace("_", "-")) in commands


@each
def test_it_has_a_chapter(name, root):
    chapters = (root / "docs" / "questions.md").read_text("utf-8").splitlines()
    assert f"## {name}" in chapters
