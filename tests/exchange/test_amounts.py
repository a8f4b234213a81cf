"""Numbers as people write them: one reading is read, two are refused, none is infinite."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.exchange.amounts import decimal_comma, read_number
from graphkam.exchange.problems import CellFault


def read(text, *, comma=None):
    return read_number(text, is_decimal_comma=comma)


def refused(text, *, comma=None):
    with pytest.raises(CellFault) as caught:
        read(text, comma=comma)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,56", "1234.56"),
        ("1\u202f234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1,234,567", "1234567"),
        ("1.234,56", "1234.56"),
        ("0,5", "0.5"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("1.234", "1.234"),
        ("1e3", "1000"),
    ],
)
def test_one_reading(text, number):
    assert read(text) == Decimal(number)


def test_two_readings_are_refused_unless_it_is_told():
    assert refused("1,234") == "ambiguous_number"
    assert read("1,234", comma=True) == Decimal("1.234")
    assert read("1,234", comma=False) == Decimal(1234)


def test_the_rest_of_the_column_tells():
    assert decimal_comma(["1,234", "1 234,56"]) is True
    assert decimal_comma(["1,234", "1,234.5"]) is False
    assert decimal_comma(["1,234", "7"]) is None


@pytest.mark.parametrize("text", ["NaN", "inf", "-Infinity", "1e400", "9" * 16, "∞"])
def test_only_finite_numbers(text):
    assert refused(text) == "not_finite"


@pytest.mark.parametrize("text", ["fort", "1,2,3", "12 apples", "--3", "1.2.3", "", "=1+1"])
def test_what_is_no_number(text):
    assert refused(text) == "not_a_number"


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=3))
def test_what_we_write_is_read_back(number):
    assert read(f"{number:f}") == number


@given(st.text(max_size=20), st.sampled_from([None, True, False]))
def test_any_text_is_a_number_or_a_fault(text, comma):
    with suppress(CellFault):
        assert read(text, comma=comma).is_finite()
