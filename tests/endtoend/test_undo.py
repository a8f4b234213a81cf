"""What was written is listed and taken back from the command line, asking first as an import does."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.store, pytest.mark.slow]

FIXTURES = Path(__file__).parents[2] / "fixtures"


def accounts(graphkam):
    return [a["name"] for a in graphkam.ask("accounts")["accounts"]]


def test_an_import_is_taken_back_and_put_back_again(graphkam):
    assert "Nothing was written yet." in graphkam.run("log").stdout
    assert "nothing that could be undone" in graphkam.run("undo", code=2).stderr
    graphkam.run("import", FIXTURES / "mini.xlsx", "--yes")
    graphkam.run("import", FIXTURES / "toy.xlsx", "--yes")
    before = accounts(graphkam)
    first, second = reversed(graphkam.ask("log")["operations"])
    assert (first["file"], second["file"], second["what"]) == ("mini.xlsx", "toy.xlsx", "import")
    listed = graphkam.run("log", "--limit", "1").stdout
    assert second["id"][:8] in listed
    assert first["id"][:8] not in listed

    shown = graphkam.run("undo", "--dry-run", "--detailed-exitcode", code=3).stdout
    assert f"Undo of {second['id'][:8]}: import toy.xlsx" in shown
    assert f"{second['puts']} to delete" in shown
    assert "--yes" in graphkam.run("undo", code=2).stderr
    assert accounts(graphkam) == before

    graphkam.run("undo", "--yes")
    assert accounts(graphkam) == ["Kestrel Foods"]
    undone = graphkam.ask("log")["operations"][0]
    assert (undone["what"], undone["undoes"], undone["removals"]) == ("undo", second["id"], second["puts"])
    assert f"undo of {second['id'][:8]}" in graphkam.run("log").stdout
    assert "Nothing to do" in graphkam.run("undo", second["id"], "--yes").stdout

    graphkam.run("undo", undone["id"][:8], "--yes")
    assert accounts(graphkam) == before


def test_an_undo_over_what_was_changed_since_is_refused_in_words(graphkam):
    graphkam.run("store", "restore", FIXTURES.parent / "tests" / "store" / "formats" / "schema-2.backup")
    snapshots = [o for o in graphkam.ask("log")["operations"] if o["file"].startswith("demo")]
    middle = next(o for o in snapshots if o["file"] == "demo-fr-2026-05.xlsx")
    refused = graphkam.run("undo", middle["id"], "--yes", code=1)
    assert "local changed this meanwhile" in refused.stderr
    assert "Account  Groupe Aubrévoie (Our revenue, 12 months: 18050000 → 18400000)" in refused.stderr
    assert "local l'a changé entre-temps" in graphkam.run("undo", middle["id"], "--lang", "fr", code=1).stderr
    assert "cannot be undone" in graphkam.run("undo", code=2).stderr
    assert "There is no write" in graphkam.run("undo", "nonsense", code=2).stderr
