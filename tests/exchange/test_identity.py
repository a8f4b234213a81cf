"""Which record a row is about."""

from graphkam.exchange.identity import KEYS, key_of, matched
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Person
from graphkam.model.records import KINDS

FULL = (lambda row: row, lambda record: (record.name, record.id))


def account(record_id, name):
    return Account(id=record_id, name=name)


def test_rows_are_paired_by_the_strictest_key_first():
    known = [account("1", "A"), account("2", "B"), account("3", "B")]
    by_both = (lambda row: row, lambda r: (r.id, r.name))
    by_name = (lambda row: row[1], lambda r: r.name)
    found = matched({0: ("2", "B"), 1: ("9", "B"), 2: ("9", "A"), 3: ("9", "C")}, known, [by_both, by_name])
    assert {index: record.id for index, record in found.items()} == {0: "2", 1: "3", 2: "1"}


def test_a_looser_key_must_be_unique_on_both_sides():
    known = [account("2", "B"), account("3", "B")]
    by_both = (lambda row: row, lambda r: (r.id, r.name))
    by_name = (lambda row: row[1], lambda r: r.name)
    assert matched({0: ("9", "B")}, known, [by_both, by_name]) == {}
    assert matched({0: ("9", "B"), 1: ("8", "B")}, known[:1], [by_both, by_name]) == {}


def test_keys_compare_names_loosely_and_ids_exactly():
    one = key_of({"account_id": "a", "name": "Acme-Verre"}, ("account_id", "name"))
    assert one == key_of({"account_id": "a", "name": "ACME VERRE"}, ("account_id", "name"))
    assert one != key_of({"account_id": "A", "name": "Acme-Verre"}, ("account_id", "name"))
    assert key_of({"account_id": "a"}, ("account_id", "name")) is None


def test_every_kind_has_a_key_of_fields_that_it_has():
    assert set(KEYS) == set(KINDS) - {Position, Person}  # these two have their own ways
    for kind, keys in KEYS.items():
        assert all(set(key) <= set(kind.model_fields) for key in keys), kind
