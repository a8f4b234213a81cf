"""``graphkam query`` as a user types it: three forms, hostile text made harmless, nothing written."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = [pytest.mark.store, pytest.mark.slow]

HOSTILE = r"RETURN '\u001b[31m\u202ered\nline' AS text, '=1+1' AS formula, '\'@x' AS quoted, -5 AS number"


def test_the_three_forms_of_an_answer(graphkam):
    text = "UNWIND [{n: 1, s: 'é'}, {n: 2, s: null}] AS row RETURN row.n AS n, row.s AS s"
    shown = [line.split() for line in graphkam.run("query", text).stdout.splitlines()]
    assert [shown[0], *shown[2:]] == [["n", "┃", "s"], ["1", "│", "é"], ["2", "│", "?"]]
    assert graphkam.run("query", text, "--csv").stdout == "n,s\n1,é\n2,\n"
    found = graphkam.ask("query", text)
    assert found == {
        "columns": ["n", "s"],
        "rows": [{"n": 1, "s": "é"}, {"n": 2, "s": None}],
        "is_cut": False,
    }


def test_hostile_text_does_nothing_to_a_terminal_or_a_spreadsheet(graphkam):
    outputs = [graphkam.run("query", HOSTILE, *form).stdout for form in ((), ("--csv",), ("--json",))]
    for output in outputs:
        assert not set(output) & {"\x1b", "\u202e"}
    [head, row] = csv.reader(io.StringIO(outputs[1]))
    assert head == ["text", "formula", "quoted", "number"]
    assert row == [r"\x1b[31m\u202ered\nline", "'=1+1", "''@x", "-5"]
    assert graphkam.ask("query", HOSTILE)["rows"][0]["text"] == "\x1b[31m\u202ered\nline"
    column = graphkam.run("query", "RETURN 1 AS `=x\x1b`", "--csv").stdout
    assert column == "'=x\\x1b\n1\n"


def test_limits_are_said_and_kept(graphkam):
    text = "UNWIND range(1, 5) AS n RETURN n"
    done = graphkam.run("query", text, "--limit", "2", "--csv")
    assert done.stdout == "n\n1\n2\n"
    assert done.stderr == "Only the first 2 rows are shown; --limit shows more.\n"
    graphkam.run("query", text, "--limit", "0", code=2)
    graphkam.run("query", text, "--timeout", "0", code=2)
    graphkam.run("query", text, "--csv", "--json", code=2)
    (graphkam.home / "settings.toml").write_text("[query]\nlimit = 1\n", encoding="utf-8")
    assert graphkam.ask("query", text)["rows"] == [{"n": 1}]
    (graphkam.home / "settings.toml").unlink()


def test_a_refusal_is_one_sentence_in_either_language(graphkam):
    for language, begins in (("en", "A query may only read"), ("fr", "Une requête ne peut que lire")):
        done = graphkam.run("query", "MATCH (n) DETACH DELETE n", "--lang", language, code=2)
        assert done.stderr.startswith(begins)
        assert done.stderr.count("\n") == 1
    assert graphkam.run("query", "MATCH (n:Nobody) RETURN n").stdout == "No rows.\n"
