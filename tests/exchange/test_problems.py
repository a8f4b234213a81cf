"""All faults are told, each with its place and its mend, same ones folded."""

import ast
import string
from pathlib import Path

import pytest

import graphkam
from graphkam.errors import ImportRejected
from graphkam.exchange.problems import LISTED, CellFault, Faults, Place, folded, nearest, told
from graphkam.model.base import Problem
from graphkam.text import LANGUAGES, Words, catalogue

ROLE = Problem(
    code="not_in_list",
    file="book.xlsx",
    sheet="Membres des centres",
    cell="C8",
    column="Rôle d'achat",
    value="decideur economique",
    allowed=("Initiateur", "Décideur"),
    nearest=("Décideur",),
)


def test_one_line_with_place_value_allowed_and_nearest():
    french = told(ROLE, Words("fr")).replace("\u00a0", " ")
    assert french == (
        "Membres des centres!C8  « decideur economique » n'est pas une valeur de « Rôle d'achat ». "
        "Permis : Initiateur, Décideur. Le plus proche : Décideur."
    )
    assert told(ROLE, Words("en")).endswith("Allowed: Initiateur, Décideur. Nearest: Décideur.")


def test_a_fault_of_the_whole_file_names_the_file():
    assert told(Problem(code="empty_file", file="book.xlsx"), Words("en")) == "book.xlsx  The file is empty."


def test_the_same_fault_in_many_rows_is_folded():
    same = [ROLE.model_copy(update={"cell": f"C{n}"}) for n in range(8, 31)]
    [one] = folded(same)
    assert (one.cell, one.count) == ("C8", 23)
    assert told(one, Words("en")).startswith("Membres des centres!C8 and 22 more  ")


def test_a_long_list_of_different_values_of_one_column_ends():
    many = [ROLE.model_copy(update={"value": str(n)}) for n in range(1000)]
    listed = folded(many)
    assert len(listed) == LISTED + 1
    assert sum(problem.count for problem in listed) == 1000


def test_a_file_is_refused_with_everything_that_is_wrong():
    faults = Faults("book.xlsx")
    faults.reject()
    faults.warn("macros")
    faults.reject()
    faults.add(CellFault("not_a_number"), Place("S", "A1", "Weight"), "x" * 300)
    faults.error("required", Place("S", "A2", "Weight"))
    with pytest.raises(ImportRejected) as caught:
        faults.reject()
    assert [p.code for p in caught.value.problems] == ["not_a_number", "required", "macros"]
    assert len(caught.value.problems[0].value) == 120
    assert caught.value.exit_code == 2


def test_the_nearest_is_proposed_from_60_on():
    assert nearest("Poids influance", ["Influence weight (1-5)", "Poids d'influence"]) == (
        "Poids d'influence",
    )
    assert nearest("xyz", ["Influence weight (1-5)", "Poids (1-5)"]) == ()


TELLING = {"CellFault", "fault", "warn", "error", "_violation", "_warning", "_checked"}
GIVEN = {"value", "column"}
"""What every sentence of a problem may name."""


def calls():
    """Give each code that the sources tell, with the names they fill in (None = not seen)."""
    package = Path(graphkam.__file__).parent
    for path in (*sorted((package / "exchange").glob("*.py")), package / "model" / "integrity.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(
                getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", "")
            )
            first = node.args[0] if isinstance(node, ast.Call) and node.args else None
            if name in TELLING and isinstance(first, ast.Constant) and isinstance(first.value, str):
                named = {keyword.arg for keyword in node.keywords}
                yield path.name, first.value, None if None in named else named


def holes(code, language):
    templates = catalogue(language)
    found = [templates[key] for key in templates if key in {code, f"{code}.one", f"{code}.other"}]
    return (
        {name for text in found for _, name, _, _ in string.Formatter().parse(text) if name}
        if found
        else None
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_that_is_told_has_its_sentence_and_fills_it(language):
    told_of = list(calls())
    assert len({code for _, code, _ in told_of}) > 90
    for file, code, named in told_of:
        wanted = holes(f"problem.{code}", language)
        assert wanted is not None, (file, code)
        assert named is None or wanted <= named | GIVEN, (file, code, wanted - named)
