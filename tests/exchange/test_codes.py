"""Addresses, phones, countries, currencies and company numbers."""

import pytest

from graphkam.exchange.codes import (
    read_country,
    read_currency,
    read_email,
    read_lei,
    read_phone,
    read_siren,
    read_siret,
)
from graphkam.exchange.problems import CellFault


def refused(read, *args):
    with pytest.raises(CellFault) as caught:
        read(*args)
    return caught.value


def test_emails_are_lower_case_and_nothing_is_asked_of_the_network():
    assert read_email(" Anne.Vasseur@Acme.Example ") == "anne.vasseur@acme.example"
    assert read_email("mailto:a@b.example") == "a@b.example"


@pytest.mark.parametrize(
    "text", ["anne", "a@b", "a@@b.example", "a b@c.example", "@c.example", "a@c..example"]
)
def test_what_is_no_email(text):
    assert refused(read_email, text).code == "not_an_email"


def test_phones_are_international_where_their_country_is_known():
    assert read_phone("01 23 45 67 89", "FR") == "+33 1 23 45 67 89"
    assert read_phone("123456789", "FR") == "+33 1 23 45 67 89"
    assert read_phone("0033123456789", None) == "+33 1 23 45 67 89"
    assert read_phone("+49 371 1234567", "FR").startswith("+49")
    assert read_phone("01 23 45 67 89", None) == "01 23 45 67 89"


@pytest.mark.parametrize(("text", "country"), [("12", "FR"), ("home", None), ("+999 1", None)])
def test_what_is_no_phone(text, country):
    assert refused(read_phone, text, country).code == "not_a_phone"


@pytest.mark.parametrize("text", ["DE", "de", "DEU", "Germany", "allemagne", "Allemagne"])
def test_countries_by_code_and_by_name_in_both_languages(text):
    assert read_country(text) == "DE"


def test_a_country_that_is_none():
    assert refused(read_country, "Alemagne").nearest == ("DE (allemagne)",)
    assert refused(read_country, "ZZ").code == "not_a_country"


def test_currencies():
    assert [read_currency(text) for text in ("eur", "€", "USD")] == ["EUR", "EUR", "USD"]
    assert refused(read_currency, "EURO2").code == "not_a_currency"


def test_company_numbers_check_themselves():
    assert read_siren("732 829 320") == "732829320"
    assert read_siret("73282932000074") == "73282932000074"
    assert read_lei("529900T8BM49AURSDO55") == "529900T8BM49AURSDO55"
    assert refused(read_siren, "732829321").code == "not_a_siren"
    assert refused(read_siret, "73282932000075").code == "not_a_siret"
    assert refused(read_lei, "529900T8BM49AURSDO56").code == "not_a_lei"


def test_a_leading_zero_that_a_spreadsheet_took_away_comes_back():
    assert read_siren("55520324") == "055520324"
