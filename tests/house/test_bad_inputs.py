"""Every numbered bad input is tried: as a file of the manifest, or by a test that carries its number."""

import csv
import re

import pytest

NUMBERED = re.compile(r"^def test_(\d+)(?:_(to|and)_(\d+))?_", re.MULTILINE)


@pytest.fixture(scope="module")
def hostile(root):
    return root / "fixtures" / "hostile"


def numbers(hostile, table):
    with (hostile / table).open(encoding="utf-8") as stream:
        return [int(row["case"]) for row in csv.DictReader(stream)]


def tried_by_tests(root):
    for path in (root / "tests").rglob("test_*.py"):
        for first, word, last in NUMBERED.findall(path.read_text("utf-8")):
            yield from (
                range(int(first), int(last) + 1) if word == "to" else map(int, filter(None, (first, last)))
            )


def test_the_cases_are_numbered_without_a_gap(hostile):
    assert numbers(hostile, "cases.csv") == list(range(1, 87))


def test_every_case_is_tried(root, hostile):
    tried = {*numbers(hostile, "manifest.csv"), *tried_by_tests(root)}
    assert set(numbers(hostile, "cases.csv")) - tried == set()


def test_the_numbers_of_tests_are_read():
    text = "def test_85_x():\ndef test_60_to_64_y(a):\ndef test_69_and_70_z():\ndef test_a_5_b():\n"
    assert NUMBERED.findall(text) == [("85", "", ""), ("60", "to", "64"), ("69", "and", "70")]
