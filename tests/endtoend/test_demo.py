"""The demo workbook, whole, on either server: the same answers, the same export."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.store, pytest.mark.neo4j, pytest.mark.slow]

DAY = "2026-11-23"
DEMO = Path(__file__).parents[2] / "fixtures" / "demo-fr.xlsx"


@pytest.fixture(scope="module")
def both(graphkam, graphkam_on_neo4j):
    for runner in (graphkam, graphkam_on_neo4j):
        runner.run("import", DEMO, "--yes", "--as-of", DAY)
    return graphkam, graphkam_on_neo4j


def test_both_answer_the_same_to_the_letter(both):
    first, second = (runner.answers("Groupe Aubrévoie", DAY) for runner in both)
    assert len(first["accounts"]["accounts"]) == 3
    assert len(first) > 5
    assert first == second


def test_both_export_the_same(both, tmp_path):
    folders = [tmp_path / "embedded", tmp_path / "neo4j"]
    for runner, folder in zip(both, folders, strict=True):
        runner.run("export", "-o", folder)
    names = sorted(path.name for path in folders[0].glob("*.csv"))
    assert len(names) > 10
    for name in names:
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
