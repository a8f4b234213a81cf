"""All faults are told, each with its place and its mend, same ones folded."""

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.problems import LISTED, CellFault, Faults, Place, folded, nearest, told
from graphkam.model.base import Problem
from graphkam.text import Words

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
