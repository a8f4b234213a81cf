"""The bow-tie and the diamond of the design, from an Excel file to the command line's JSON.

The figures were worked out by hand (design: analyses.md, oracle of the dependency analysis).
"""

from __future__ import annotations

import pytest
import xlsxwriter

pytestmark = pytest.mark.store

DAY = "2026-11-23"
WEIGHTS = {f"C{i}": w for i, w in enumerate((5, 4, 4, 3, 2, 2, 1, 1), start=1)}
BOW_TIE = {f"C{i}": {"KAM": 3} for i in range(1, 9)}
BOW_TIE["C5"]["SAV"] = 2
BOW_TIE["C7"]["LOG"] = 2
DIAMOND = {
    "C1": {"DG": 3, "KAM": 3},
    "C2": {"RD": 3, "KAM": 2},
    "C3": {"MKT": 2, "KAM": 2},
    "C4": {"PROD": 3, "KAM": 1},
    "C5": {"SAV": 3, "LOG": 2},
    "C6": {"RD": 2, "KAM": 2},
    "C7": {"LOG": 3},
    "C8": {"SAV": 2},
}


def book(path, account, ties):
    """Write the least workbook: four sheets, by hand, as a user would."""
    members = sorted({m for known in ties.values() for m in known})
    with xlsxwriter.Workbook(path) as made:
        sheets = {
            "Accounts": [["Account", "Status"], [account, "Client"]],
            "Positions and people": [
                ["Account", "Job title", "Influence weight (1-5)", "Last name"],
                *([account, f"Seat of {c}", w, c] for c, w in WEIGHTS.items()),
            ],
            "Account team": [["Last name"], *([m] for m in members)],
            "Who knows whom": [
                [
                    "Team member",
                    "Position or person",
                    "Owner / backup / contact",
                    "Level now",
                    "Last contact",
                ],
                *([m, c, "contact", level, DAY] for c, known in ties.items() for m, level in known.items()),
            ],
        }
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return path


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    return book(folder / "bow.xlsx", "Bow tie", BOW_TIE), book(folder / "dia.xlsx", "Diamond", DIAMOND)


@pytest.fixture(scope="module")
def toys(graphkam, books):
    for path in books:
        graphkam.run("import", path, "--yes", "--as-of", DAY)
    return graphkam


def member(toys, account, name):
    found = toys.ask("dependency", account, "--as-of", DAY)["members"]
    return next(m for m in found if m["member"] == name)


def test_the_bow_tie_depends_on_its_kam(toys):
    audit = toys.ask("audit", "Bow tie", "--as-of", DAY)
    assert (audit["people"], audit["seats"], audit["members"], audit["weight"]) == (8, 8, 3, 22)
    assert audit["c1"] == 1
    assert audit["c2"] == pytest.approx(3 / 22)
    assert audit["hhi"] == pytest.approx(0.844, abs=5e-4)
    assert audit["bow_tie"] == pytest.approx(19 / 22)
    assert audit["bow_tie_member"] == "KAM"
    assert audit["max_loss"] == pytest.approx(19 / 22)
    assert (audit["breaking_set"], audit["breaking_set_bound"], audit["breaking_set_proved"]) == (
        ["KAM"],
        1,
        True,
    )
    kam = next(
        m for m in toys.ask("dependency", "Bow tie", "--as-of", DAY)["members"] if m["member"] == "KAM"
    )
    assert kam["share"] == pytest.approx(0.917, abs=5e-4)
    assert kam["sole"] == pytest.approx(0.864, abs=5e-4)


def test_the_diamond_needs_four_departures(toys):
    audit = toys.ask("audit", "Diamond", "--as-of", DAY)
    assert audit["c1"] == 1
    assert audit["c2"] == pytest.approx(0.773, abs=5e-4)
    assert audit["hhi"] == pytest.approx(0.214, abs=5e-4)
    assert audit["breaking_set"] == ["DG", "KAM", "MKT", "RD"]
    assert (audit["breaking_set_bound"], audit["breaking_set_proved"]) == (4, True)
    kam = next(
        m for m in toys.ask("dependency", "Diamond", "--as-of", DAY)["members"] if m["member"] == "KAM"
    )
    assert kam["share"] == pytest.approx(0.376, abs=5e-4)
    assert kam["sole"] == 0
    resilience = toys.ask("resilience", "Diamond", "--as-of", DAY)
    assert 1 - resilience["loss"] == pytest.approx(0.318, abs=5e-4)


def test_what_is_certain_has_no_interval(toys):
    audit = toys.ask("audit", "Diamond", "--as-of", DAY)
    for figure in ("c1", "c2", "bow_tie"):
        assert audit[f"{figure}_low"] == audit[figure] == audit[f"{figure}_high"]


def test_all_accounts_at_once(toys):
    found = toys.ask("audit", "--as-of", DAY)["accounts"]
    assert [a["account"] for a in found] == ["Bow tie", "Diamond"]


def test_a_second_import_of_the_same_file_changes_nothing(toys, tmp_path):
    again = book(tmp_path / "bow.xlsx", "Bow tie", BOW_TIE)
    done = toys.run("import", again, "--yes", "--detailed-exitcode", "--as-of", DAY)
    assert "Nothing to do" in done.stdout


def test_without_a_terminal_a_plan_is_not_accepted_by_itself(toys, tmp_path):
    other = book(tmp_path / "other.xlsx", "Other", DIAMOND)
    refused = toys.run("import", other, code=2)
    assert "--yes" in refused.stderr
    toys.run("audit", "Other", code=2)


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_neo4j_answers_the_same_to_the_letter(toys, books, graphkam_on_neo4j):
    for path in books:
        graphkam_on_neo4j.run("import", path, "--yes", "--as-of", DAY)
    assert graphkam_on_neo4j.answers("Diamond", DAY) == toys.answers("Diamond", DAY)
