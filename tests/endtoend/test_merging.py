"""A workbook goes out, is edited, comes back after somebody else has written; and people written twice."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

pytestmark = [pytest.mark.store, pytest.mark.slow]

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAY = "2026-11-23"


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=";"))


def change(folder, sheet, who, **cells):
    """Change cells of the row in which a text stands; a column is told by the beginning of its heading."""
    path = folder / f"{sheet}.csv"
    rows = rows_of(path)
    [row] = [row for row in rows[1:] if who in row]
    for name, value in cells.items():
        place = next(i for i, h in enumerate(rows[0]) if h.casefold().startswith(name.replace("_", " ")))
        row[place] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)


def position(graphkam, folder, who):
    """Give the cells of the row of a position, as an export shows them, by heading."""
    shutil.rmtree(folder, ignore_errors=True)
    graphkam.run("export", "-o", folder)
    rows = rows_of(folder / "positions.csv")
    [row] = [row for row in rows[1:] if who in row]
    return dict(zip(rows[0], row, strict=True))


@pytest.fixture(scope="module")
def exported(graphkam, tmp_path_factory):
    """An export that its author edits, and a store that somebody else has written to since."""
    folder = tmp_path_factory.mktemp("books")
    graphkam.run("import", FIXTURES / "mini.xlsx", "--yes", "--as-of", DAY)
    graphkam.run("export", "-o", folder / "mine")
    graphkam.run("export", "-o", folder / "hers")
    change(folder / "hers", "positions", "Harrow", influence="3", e="joan@kestrel.example")
    (graphkam.home / "settings.toml").write_text('user = "zoe"\n', encoding="utf-8")
    graphkam.run("import", folder / "hers", "--yes", "--as-of", DAY)
    (graphkam.home / "settings.toml").unlink()
    change(folder / "mine", "positions", "Harrow", influence="4")
    change(folder / "mine", "positions", "Brandt", job="Head of purchasing")
    return folder / "mine"


def test_a_conflict_is_told_and_nothing_is_written(graphkam, exported):
    before = graphkam.ask("log")["operations"][0]["revision"]
    refused = graphkam.run("import", exported, "--yes", "--as-of", DAY, code=2)
    [line] = [line for line in refused.stdout.splitlines() if line.startswith("! ")]
    assert "Managing director: Influence weight (1-5) was 5; the file says 4, the store 3 (by zoe, " in line
    assert line.startswith("! positions!")
    assert "--prefer file" in refused.stderr
    assert "donnée a été changée" in graphkam.run(
        "import", exported, "--yes", "--as-of", DAY, "--lang", "fr", code=2
    ).stderr.replace("\u00a0", " ")
    shown = json.loads(graphkam.run("import", exported, "--dry-run", "--json", "--as-of", DAY).stdout)
    [conflict] = shown["conflicts"]
    assert (conflict["base"], conflict["mine"], conflict["theirs"]) == ("5", "4", "3")
    assert shown["changes"] == {"puts": [], "removals": []}
    looked = graphkam.run("import", exported, "--dry-run", "--detailed-exitcode", "--as-of", DAY, code=3)
    assert "1 thing was changed" in looked.stderr
    assert "--prefer file" in looked.stderr
    assert graphkam.ask("log")["operations"][0]["revision"] == before


def test_whose_word_counts_is_said_and_the_rest_is_merged(graphkam, exported, tmp_path):
    plan = tmp_path / "plan.json"
    graphkam.run("import", exported, "--prefer", "file", "--dry-run", "--plan", plan, "--as-of", DAY)
    done = graphkam.run("import", plan, "--yes", "--detailed-exitcode", code=3)
    assert "1 conflict, decided for the file." in done.stdout
    harrow = position(graphkam, tmp_path / "out", "Harrow")
    assert harrow["Influence weight (1-5)"] == "4"
    assert harrow["E-mail"] == "joan@kestrel.example", "what only she changed stays"
    assert position(graphkam, tmp_path / "out", "Brandt")["Job title"] == "Head of purchasing"
    again = graphkam.run(
        "import", exported, "--prefer", "file", "--yes", "--detailed-exitcode", "--as-of", DAY
    )
    assert "Nothing to do" in again.stdout
    assert "made when the store was at revision" in graphkam.run("import", plan, "--yes", code=2).stderr

    graphkam.run("undo", "--yes")
    assert position(graphkam, tmp_path / "out", "Harrow")["Influence weight (1-5)"] == "3"
    graphkam.run("import", exported, "--prefer", "store", "--yes", "--as-of", DAY)
    assert position(graphkam, tmp_path / "out", "Harrow")["Influence weight (1-5)"] == "3"
    assert position(graphkam, tmp_path / "out", "Brandt")["Job title"] == "Head of purchasing"


def test_what_looks_renamed_is_asked_about(graphkam, tmp_path):
    folder = tmp_path / "hand"
    folder.mkdir()
    (folder / "positions.csv").write_text(
        "account;title;last_name\nKestrel Foods;Managing directors;HARROW\n", encoding="utf-8"
    )
    refused = graphkam.run("import", folder, "--yes", "--as-of", DAY, code=2)
    assert "is “Managing directors” the “Managing director”" in refused.stdout
    assert "--accept-renames" in refused.stderr
    looked = graphkam.run("import", folder, "--dry-run", "--as-of", DAY)
    assert "--accept-renames" in looked.stderr, "who only looks is told what will be asked"
    graphkam.run("import", folder, "--yes", "--accept-renames", "--as-of", DAY)
    assert position(graphkam, tmp_path / "out", "Harrow")["Job title"] == "Managing directors"


@pytest.mark.usefixtures("exported")
def test_a_file_that_replaces_has_its_deletions_counted(graphkam, tmp_path):
    before = position(graphkam, tmp_path / "before", "Brandt")["Job title"]
    graphkam.run("export", "-o", tmp_path / "all")
    path = tmp_path / "all" / "positions.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "Brandt" not in line), encoding="utf-8")
    knows = tmp_path / "all" / "knows.csv"
    lines = knows.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    knows.write_text("".join(line for line in lines if "Brandt" not in line), encoding="utf-8")
    replace = ("import", tmp_path / "all", "--mode", "replace", "--yes", "--as-of", DAY)
    assert "--scope" in graphkam.run(*replace, code=2).stderr
    refused = graphkam.run(*replace, "--scope", "Kestrel Foods", code=2).stderr
    count = refused.partition("--deletions ")[2].partition(".")[0]
    assert int(count) >= 3
    wrong = graphkam.run(*replace, "--scope", "Kestrel Foods", "--deletions", "1", code=2)
    assert f"--deletions {count}" in wrong.stderr
    done = graphkam.run(*replace, "--scope", "Kestrel Foods", "--deletions", count)
    assert f"{count} removed" in done.stdout
    graphkam.run("undo", "--yes")
    assert position(graphkam, tmp_path / "out", "Brandt")["Job title"] == before


@pytest.mark.parametrize(
    "options", [("--prefer", "me"), ("--mode", "all"), ("--scope", "Nobody and Sons"), ("--mode", "replace")]
)
def test_an_option_that_cannot_be_used_is_refused(graphkam, options):
    refused = graphkam.run("import", FIXTURES / "mini.xlsx", *options, "--yes", code=2)
    assert refused.stderr.strip()


def test_people_written_twice_are_found_made_one_and_made_two_again(graphkam):
    graphkam.run("import", FIXTURES / "demo-fr.xlsx", "--yes", "--as-of", DAY)
    shown = graphkam.run("import", FIXTURES / "crm.xlsx", "--yes", "--as-of", DAY)
    assert "“J. Sabatier” may be Jérôme Sabatier" in shown.stdout
    [pair] = graphkam.ask("duplicates", "Groupe Aubrévoie")["duplicates"]
    kept, gone = pair["person"], pair["other"]
    assert (kept["name"], gone["name"], pair["reason"]) == ("Jérôme Sabatier", "J. Sabatier", "initials")
    assert kept["name"] in graphkam.run("duplicates").stdout

    shown = graphkam.run("merge", kept["id"], gone["id"], "--dry-run").stdout
    assert f"Jérôme Sabatier ({kept['id']}) stays, and J. Sabatier ({gone['id']}) is the same." in shown
    assert "Nothing was written" in graphkam.run("merge", kept["id"], gone["id"], code=2).stderr
    graphkam.run("merge", "Jérôme Sabatier", "J. Sabatier", "--yes")
    assert graphkam.ask("duplicates", "Groupe Aubrévoie")["duplicates"] == []
    assert "two people made one" in graphkam.run("log", "--limit", "1").stdout
    assert "Nothing was written" in graphkam.run("merge", kept["id"], kept["id"], code=2).stderr

    graphkam.run("undo", "--yes")
    assert graphkam.ask("duplicates", "Groupe Aubrévoie")["duplicates"] == [pair]
