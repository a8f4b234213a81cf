"""Text from outside is made canonical, never guessed; days may be imprecise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from graphkam.model.base import clean, clean_name, first_day, fold, is_valid_on, last_day
from graphkam.model.people import Holding, Person


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("Zoe\u0308", "Zoë"),
        ("a\u200bb", "ab"),
        ("\u202eevil", "evil"),
        ("a\x00b\x07c", "abc"),
        ("  two\r\nlines ", "two\nlines"),
        ("\ud800", ""),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\ufeffBOM", "BOM"),
    ],
)
def test_unseen_characters_go_and_letters_stay(given_text, kept):
    assert clean(given_text) == kept


def test_a_name_stands_on_one_line():
    assert clean_name(" Jean\n\tDupont ") == "Jean Dupont"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert clean_name(clean_name(text)) == clean_name(text)


@given(st.text())
def test_twins_in_different_unicode_forms_become_one(text):
    import unicodedata

    assert clean(unicodedata.normalize("NFC", text)) == clean(unicodedata.normalize("NFD", text))


def test_folding_forgets_case_and_accents():
    assert fold("  Hélène  BROCHARD ") == "helene brochard"
    assert fold("Straße") == "strasse"


def test_a_month_is_read_generously():
    assert first_day("2024-02") == date(2024, 2, 1)
    assert last_day("2024-02") == date(2024, 2, 29)
    assert last_day("2025-12") == date(2025, 12, 31)
    assert is_valid_on(date(2024, 2, 15), since="2024-02", until="2024-02")
    assert not is_valid_on(date(2024, 3, 1), since=None, until="2024-02")
    assert not is_valid_on(date(2024, 1, 31), since="2024-02", until=None)


@pytest.mark.parametrize("wrong", ["2026", "2026-13", "2026-02-30", "23/11/2026", ""])
def test_a_partial_day_is_a_month_or_a_day(wrong):
    with pytest.raises(ValidationError):
        Holding(id="h", account_id="a", person_id="p", position_id="q", since=wrong)


def test_a_name_that_is_empty_after_cleaning_is_refused():
    with pytest.raises(ValidationError):
        Person(id="p", account_id="a", last_name="\u200b \u202e")
