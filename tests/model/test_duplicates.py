"""People who may be one person written twice."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.base import fold
from graphkam.model.duplicates import MOST, Reason, duplicates
from graphkam.model.people import Person


def person(name, ident="", account="acme", email=None):
    first, _, last = name.rpartition(" ")
    return Person(id=ident or name, account_id=account, last_name=last, first_name=first or None, email=email)


def found(*people):
    return [(d.person.name, d.other.name, d.reason.value) for d in duplicates(people)]


@pytest.mark.parametrize("other", ["J. Sabatier", "J Sabatier", "j. SABATIER"])
def test_initials_fit_a_full_name(other):
    assert found(person("Jérôme Sabatier"), person(other)) == [("Jérôme Sabatier", other, "initials")]


@pytest.mark.parametrize("other", ["Jerome SABATIER", "Sabatier Jérôme", "JÉRÔME SABATIER"])
def test_the_same_name_but_for_case_accents_and_order(other):
    pair = found(person("Jérôme Sabatier", "a"), person(other, "b"))
    assert pair == [("Jérôme Sabatier", other, "name")]


def test_the_same_address_whatever_the_names():
    people = person("Jérôme Sabatier", email="J@x.example"), person("Zoé Rey", email="j@x.example")
    assert found(*people) == [("Jérôme Sabatier", "Zoé Rey", "email")]


def test_any_of_the_addresses_will_do():
    one = person("Jérôme Sabatier", email="j@x.example")
    other = person("Zoé Rey", email="z@x.example").model_copy(update={"other_emails": ("j@x.example",)})
    assert found(one, other) == [("Jérôme Sabatier", "Zoé Rey", "email")]


def test_the_surest_reason_is_told_once():
    people = (
        person("Jérôme Sabatier", "a", email="j@x.example"),
        person("Jérôme Sabatier", "b", email="j@x.example"),
    )
    assert found(*people) == [("Jérôme Sabatier", "Jérôme Sabatier", "email")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jérôme Sabatier", "B. Sabatier"),
        ("Jérôme Sabatier", "J. Sabatie"),
        ("Jérôme Sabatier", "Sabatier"),
        ("Jérôme Sabatier", "Julie Sabatier"),
        ("J. P. Martin", "Paul Jean Martin"),
        ("J. Sabatier", "P. Sabatier"),
    ],
)
def test_who_is_not_proposed(one, other):
    assert found(person(one), person(other)) == []


@pytest.mark.parametrize("short", ["J. P. Martin", "J. Martin", "J.-P. Martin", "P. Martin"])
def test_several_first_names(short):
    assert found(person("Jean Paul Martin"), person(short)) == [("Jean Paul Martin", short, "initials")]


def test_initials_that_fit_many_tell_nothing():
    martins = [person(f"J{vowel}an Martin") for vowel in "aeiou"]
    assert found(person("J. Martin"), *martins[:MOST]) != []
    assert found(person("J. Martin"), *martins[: MOST + 1]) == []


def test_other_accounts_have_other_people():
    assert found(person("Jérôme Sabatier", "a"), person("Jérôme Sabatier", "b", account="other")) == []


def test_of_several_with_one_name_each_is_told_with_the_first():
    people = [person("Zoé Rey", ident) for ident in "cab"]
    assert [(d.person.id, d.other.id) for d in duplicates(people)] == [("a", "b"), ("a", "c")]


NAMES = st.lists(
    st.sampled_from(["J.", "J", "P.", "Jean", "Jérôme", "Paul", "Rey", "REY", "Roy"]), min_size=1, max_size=3
)
PEOPLE = st.lists(st.tuples(NAMES, st.none() | st.sampled_from(["a@x", "A@x", "b@x"])), max_size=8)


def by_hand(one, other):
    """Tell why two people are one, comparing them directly."""
    if one.email and other.email and one.email.casefold() == other.email.casefold():
        return Reason.EMAIL
    names = [fold(p.name).replace(".", "").split() for p in (one, other)]
    if sorted(names[0]) == sorted(names[1]) and len(names[0]) > 1 and all(len(w) > 1 for w in names[0]):
        return Reason.NAME
    return None


@given(PEOPLE)
def test_as_comparing_each_with_each(drawn):
    people = [person(" ".join(words), f"p{n}", email=email) for n, (words, email) in enumerate(drawn)]
    proposed = duplicates(people)
    assert len({(d.person.id, d.other.id) for d in proposed}) == len(proposed)
    assert all(d.person.id != d.other.id for d in proposed)
    groups = {p.id: p.id for p in people}

    def root(ident):
        return ident if groups[ident] == ident else root(groups[ident])

    for pair in proposed:
        if pair.reason is not Reason.INITIALS:
            assert by_hand(pair.person, pair.other) is not None
        groups[root(pair.other.id)] = root(pair.person.id)
    for one, other in combinations(people, 2):
        if by_hand(one, other) is not None:
            assert root(one.id) == root(other.id), (
                "each pair is reached, directly or by the first of its kind"
            )
