"""What a cell holds becomes the value of a field, by the type of its column."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.exchange.cells import CLEAR, Habits, bounds, read_cell
from graphkam.exchange.problems import CellFault
from graphkam.exchange.rows import by_key
from graphkam.model.table import columns


def column(name):
    sheet, _, key = name.partition(".")
    return by_key(sheet)[key]


def read(name, raw, **habits):
    return read_cell(column(name), raw, Habits(**habits))


def refused(name, raw, **habits):
    with pytest.raises(CellFault) as caught:
        read(name, raw, **habits)
    return caught.value


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200b", "\u00a0"])
def test_blank_says_nothing(raw):
    assert read("positions.title", raw) is None


@pytest.mark.parametrize("raw", ["-", " - ", "–", "—"])
def test_a_dash_clears(raw):
    assert read("positions.weight", raw) is CLEAR
    assert read("positions.role_comment", raw) is CLEAR


def test_a_question_mark_says_that_it_is_unknown():
    assert read("positions.weight", "?") is CLEAR
    assert read("knows.level", "?") is CLEAR
    assert read("positions.stance", "?") == "?"
    assert read("positions.title", "?") == "?"


def test_text_is_cleaned_and_numbers_lose_the_point_that_excel_gives_them():
    assert read("positions.id", 17.0) == "17"
    assert read("positions.title", " Chef\nd'atelier\u202e ") == "Chef d'atelier"
    assert read("positions.person_note", "a\nb") == "a\nb"
    assert read("positions.person_note", date(2026, 1, 2)) == "2026-01-02"


def test_text_is_refused_rather_than_cut():
    assert refused("positions.title", "a" * 501).params == {"length": 501, "most": 500}
    assert refused("positions.person_note", "a" * 32_768).code == "too_long"
    assert len(read("positions.person_note", "a" * 32_767)) == 32_767


@pytest.mark.parametrize("raw", ["purchasing", "Purchasing", "ACHATS", "achats"])
def test_a_list_takes_code_and_both_labels(raw):
    assert read("positions.function", raw) == "purchasing"


@pytest.mark.parametrize("raw", [True, "VRAI", "oui", "Yes", "x", 1.0])
def test_yes(raw):
    assert read("members.veto", raw) is True


@pytest.mark.parametrize("raw", [False, "FAUX", "non", "No", 0.0])
def test_no(raw):
    assert read("members.veto", raw) is False


def test_levels_are_numbers_and_stances_are_codes():
    assert [read("knows.level", raw) for raw in (2.0, "2", "Trusted", "rencontré")] == [2, 2, 3, 1]
    assert [read("positions.stance", raw) for raw in (-2.0, "+1", "Allié")] == ["-2", "1", "2"]


@pytest.mark.parametrize("raw", ["No relation yet", "pas encore de relation", "Unknown to us", "Inconnu"])
def test_level_0_is_no_relation_and_its_earlier_names_are_read(raw):
    assert read("knows.level", raw) == 0


def test_roles_are_known_by_the_names_of_other_methods():
    assert read("members.role", "Economic Buyer") == ("decider",)
    assert read("members.role", "Décideur; user, gatekeeper") == ("decider", "user", "gatekeeper")


@pytest.mark.parametrize(
    ("raw", "nearest"),
    [
        ("decideur economique", ("Décideur",)),
        ("achat", ("Acheteur",)),
        ("filtrre", ("Filtre",)),
        ("champion", ()),
        ("xyz", ()),
    ],
)
def test_the_nearest_is_proposed_only_where_it_is_near(raw, nearest):
    fault = refused("members.role", raw, language="fr")
    assert fault.code == "not_in_list"
    assert fault.nearest == nearest
    assert fault.allowed == ("Initiateur", "Utilisateur", "Prescripteur", "Acheteur", "Décideur", "Filtre")


def test_whole_numbers_and_their_range():
    assert read("positions.weight", 3.0) == 3
    assert read("positions.weight", "3") == 3
    assert refused("positions.weight", 2.5).code == "not_whole"
    assert refused("positions.weight", 9.0).allowed == ("1 – 5",)
    assert refused("accounts.revenue", -1.0).allowed == ("≥ 0",)
    assert refused("positions.weight", "fort").code == "not_a_number"


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), -float("inf"), 1e300])
def test_numbers_are_finite(raw):
    assert refused("accounts.revenue", raw).code == "not_finite"


def test_money_and_shares():
    assert read("accounts.revenue", "1 234,56 €") == Decimal("1234.56")
    assert str(read("accounts.revenue", 18400000.0)) == "18400000"
    assert refused("accounts.revenue", "$100").code == "currency_in_amount"
    assert refused("accounts.revenue", "100 USD").code == "currency_in_amount"
    assert read("team.p_leave", "20 %") == 0.2
    assert refused("team.p_leave", 20.0).code == "out_of_range"


def test_days_of_a_spreadsheet_and_of_people():
    assert read("knows.last_contact", date(2026, 1, 2)) == date(2026, 1, 2)
    assert read("knows.last_contact", "03/04/2026", is_day_first=True) == date(2026, 4, 3)
    assert read("positions.since", date(2026, 1, 2)) == "2026-01-02"
    assert read("positions.since", "avril 2021") == "2021-04"
    assert read("pl.period", date(2026, 1, 2)) == "2026-01"
    assert refused("knows.last_contact", 46349.0).code == "not_a_day"


def test_lists_of_days_and_of_statements():
    assert read("knows.days_out", "2026-01-02; 2026-01-01;2026-01-02") == (date(2026, 1, 1), date(2026, 1, 2))
    assert read("knows.past", "2026-01-01:2:?; 2025-01-01:?:?") == ("2025-01-01:?:?", "2026-01-01:2:?")
    assert refused("knows.past", "2026-01-01:9:?").code == "not_a_statement"


def test_references_stay_text_until_all_names_are_known():
    assert read("positions.reports_to", "Bernard  Quillien") == "Bernard Quillien"
    assert read("positions.dotted_to", "A1; A2 ;") == ("A1", "A2")


def test_ranges_are_those_of_the_model():
    assert bounds(column("positions.weight")) == (1, 5)
    assert bounds(column("accounts.image")) == (0, 5)
    assert bounds(column("team.p_leave")) == (0, 1)
    assert bounds(column("accounts.potential")) == (None, None)


ANYTHING = (
    st.none()
    | st.booleans()
    | st.floats()
    | st.dates()
    | st.text(max_size=30)
    | st.sampled_from(["-", "?", "=1+1", "2026-11", "03/04/2026", "1,234", "é" * 600])
)


@given(st.sampled_from(columns()), ANYTHING, st.sampled_from(["en", "fr"]))
def test_whatever_a_cell_holds_it_is_a_value_or_a_fault(field, raw, language):
    with suppress(CellFault):
        read_cell(field, raw, Habits(language))
