"""Whom a cell means: never guessed; two are both listed, and where nobody is meant the nearest is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.exchange.problems import CellFault
from graphkam.exchange.references import (
    HOLDERS,
    Directory,
    Entry,
    name_key,
    orders,
    position_names,
    targets,
    unit_names,
)
from graphkam.model.table import columns

TEAM = ("team",)


@pytest.fixture
def directory():
    made = Directory()
    made.add("accounts", Entry("a", None, "Acme", names=("Acme",)))
    made.add("accounts", Entry("b", None, "Borealis", names=("Borealis",)))
    for person_id, first, last in (("bq", "Bernard", "Quillien"), ("em", "Édouard", "Lacaze-Morin")):
        names = orders(first, last)
        made.add("people", Entry(person_id, "a", names[0], names=names))
    made.add("people", Entry("per", "b", "Per Lindqvist", names=orders("Per", "Lindqvist")))
    for unit_id, parent in (("u1", "North"), ("u2", "South")):
        names = unit_names("Plant", parent)
        made.add("units", Entry(unit_id, "a", f"Plant < {parent}", names=names))
    return made


def resolve(directory, text, *, kinds=("people",), account="a"):
    return directory.resolve(kinds, text, account)


def refused(directory, text, **options):
    with pytest.raises(CellFault) as caught:
        resolve(directory, text, **options)
    return caught.value


@pytest.mark.parametrize(
    "text", ["bq", "Bernard Quillien", "Quillien Bernard", "QUILLIEN, Bernard", "bernard  quillien"]
)
def test_by_id_and_by_name_in_either_order(directory, text):
    assert resolve(directory, text) == "bq"


@pytest.mark.parametrize(
    "text", ["Edouard Lacaze Morin", "LACAZE-MORIN Édouard", "E\u0301douard Lacaze-Morin"]
)
def test_accents_case_and_hyphens_aside(directory, text):
    assert resolve(directory, text) == "em"


def test_nobody_with_the_nearest(directory):
    fault = refused(directory, "Quilien")
    assert (fault.code, fault.nearest) == ("nobody", ("Bernard Quillien (bq)",))
    assert refused(directory, "Zzz").nearest == ()


def test_only_within_the_account(directory):
    fault = refused(directory, "Per Lindqvist")
    assert (fault.code, fault.params) == ("other_account", {"account": "Borealis"})
    assert resolve(directory, "Per Lindqvist", account=None) == "per"


def test_two_candidates_are_both_listed_as_they_can_be_written(directory):
    fault = refused(directory, "Plant", kinds=("units",))
    assert (fault.code, fault.params["candidates"]) == ("ambiguous_name", ("Plant < North", "Plant < South"))
    assert resolve(directory, "Plant < South", kinds=("units",)) == "u2"


def test_the_same_name_in_two_accounts(directory):
    directory.add("people", Entry("bq2", "b", "Bernard Quillien", names=orders("Bernard", "Quillien")))
    assert resolve(directory, "Bernard Quillien") == "bq"
    fault = refused(directory, "Bernard Quillien", account=None)
    assert fault.params["candidates"] == ("bq (Acme)", "bq2 (Borealis)")


def test_an_id_wins_over_a_name(directory):
    directory.add("people", Entry("x", "a", "bq", names=("bq",)))
    assert resolve(directory, "bq") == "bq"


def test_a_vacant_position_is_nobody(directory):
    directory.also(HOLDERS, Entry("p9", "a", "Buyer @ Plant", is_vacant=True), ["Buyer", "Buyer @ Plant"])
    assert refused(directory, "Buyer", kinds=(HOLDERS,)).code == "vacant_seat"


def test_what_may_be_meant_depends_on_the_column():
    meant = {(c.sheet, c.key): targets(c) for c in columns() if c.type in {"ref", "refs"}}
    assert meant["knows", "position"] == (HOLDERS,)
    assert meant["members", "position"] == ("positions",)
    assert meant["signals", "informant"] == ("positions", "team")
    assert meant["actions", "about"] == ("positions", "opportunities", "signals", "incidents")


def test_names_of_positions():
    assert position_names("Buyer", unit_names("Plant", "North")) == (
        "Buyer",
        "Buyer @ Plant",
        "Buyer @ Plant < North",
    )


@given(st.text(min_size=1, max_size=20))
def test_comparing_twice_changes_nothing(text):
    assert name_key(name_key(text)) == name_key(text)
