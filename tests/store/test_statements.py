"""Each statement is in a file of its own, used, described, and the server takes it."""

from __future__ import annotations

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


def code():
    return "\n".join(p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py"))


def made_of_kinds():
    names = {
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


def test_no_statement_stands_in_the_code():
    assert not re.findall(r"\b(MATCH|MERGE|UNWIND|DETACH DELETE) ?\(", code())


@pytest.mark.parametrize("name", NAMES)
def test_the_server_takes_every_statement(store, name):
    text = statement(name)
    parameters = {p: [] for p in re.findall(r"\$(\w+)", text)} | {"id": "x", "limit": 1}
    parameters |= dict.fromkeys(("revision", "first", "last", "history_from"), 1)
    with store.session() as session:
        session.run(f"EXPLAIN {text}", parameters).consume()
