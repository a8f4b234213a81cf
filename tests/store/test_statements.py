"""Each statement is in a file of its own, used, described, and the server takes it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import graphkam
from graphkam.model.base import Node
from graphkam.model.records import KINDS
from graphkam.store.schema import CONSTRAINTS, INDEXES
from graphkam.store.statements import root, statement

PACKAGE = Path(graphkam.__file__).parent
NAMES = sorted(str(p.relative_to(root()).with_suffix("")) for p in root().rglob("*.cypher"))


CLAUSE = re.compile(
    r"^\s*(?:CALL|CREATE|DROP|EXPLAIN|MATCH|MERGE|OPTIONAL MATCH|PROFILE|RETURN|SHOW|UNWIND|WITH)\s"
    r"|\b(?:MATCH|MERGE|CREATE)\s*\("
    r"|\b(?:DELETE|REMOVE|RETURN|SET|UNWIND)\s+[\w$(\[]"
)
"""How a statement begins, or what is in every one that does anything."""


def code():
    return "\n".join(p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py"))


def made_of_kinds():
    names = {"read/all_nodes", "read/nodes_of_accounts"}
    names |= {
        f"write/link_{t.lower()}"
        for k in KINDS
        if isinstance(k.GRAPH, Node)
        for t in k.GRAPH.references.values()
    }
    for kind in KINDS:
        if isinstance(kind.GRAPH, Node):
            snake = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
            names.add(f"write/create_{snake}")
        else:
            t = kind.GRAPH.type.lower()
            names |= {
                f"write/create_{t}",
                f"write/update_{t}",
                f"read/stored_{t}",
                f"read/stray_{t}",
                f"read/all_{t}",
                f"erase/{t}",
            }
            names.add(f"read/{t}_of_accounts")
    return names


def test_every_statement_is_asked_for_and_every_one_asked_for_is_there():
    asked = set(re.findall(r'"((?:read|write|erase|schema)/[a-z_]+)"', code()))
    asked |= {f"schema/{name}" for name in (*CONSTRAINTS, *INDEXES)}
    tests_only = {"read/link_counts"}
    assert set(NAMES) == asked | made_of_kinds() | tests_only


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_says_what_it_is_for_and_names_its_parameters(name):
    text = statement(name)
    assert re.match(r"// [A-Z].+\.\n", text)
    used = set(re.findall(r"\$(\w+)", re.sub(r"//.*", "", text)))
    named = set(re.findall(r"\$(\w+)", " ".join(re.findall(r"//(.*)", text))))
    assert used == named
    assert ";" not in re.sub(r"//.*", "", text)


def texts(source):
    """Give the texts of some code, but for what documents it."""
    tree = ast.parse(source)
    said = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def statements_in(source):
    return [text for text in texts(source) if CLAUSE.search(text)]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_statement_stands_in_the_code(path):
    assert statements_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", NAMES)
def test_none_would_stand_there_unseen(name):
    text = re.sub(r"^//.*\n", "", statement(name), flags=re.MULTILINE)
    assert statements_in(f'"""Not MATCH (n) here."""\nrun({text!r})')
    assert statements_in(f"run(f{text.replace('{', '{{').replace('}', '}}')!r})")


@pytest.mark.parametrize("name", NAMES)
def test_the_server_takes_every_statement(store, name):
    text = statement(name)
    parameters = {p: [] for p in re.findall(r"\$(\w+)", text)} | {"id": "x", "limit": 1}
    parameters |= dict.fromkeys(("revision", "first", "last", "history_from"), 1)
    with store.session() as session:
        session.run(f"EXPLAIN {text}", parameters).consume()
