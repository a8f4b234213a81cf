"""Every error of the driver is told in a sentence of ours, in both languages."""

from __future__ import annotations

import inspect

import pytest
from neo4j import exceptions

from graphkam.errors import StoreError, StoreRefused, StoreUnavailable, WriteConflict
from graphkam.settings import Settings, StoreSettings
from graphkam.store.accounts import Store
from graphkam.store.bolt import mapped, open_driver
from graphkam.store.embedded import USER, running
from graphkam.text import Words

KINDS = [
    kind
    for _, kind in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(kind, (exceptions.DriverError, exceptions.Neo4jError))
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_driver_error_becomes_ours(kind):
    error = mapped(kind("it said so"))
    assert isinstance(error, StoreError)
    for language in ("en", "fr"):
        assert len(Words(language).error(error)) > 20


@pytest.mark.parametrize(
    ("kind", "ours"),
    [
        (exceptions.AuthError, StoreRefused),
        (exceptions.ServiceUnavailable, StoreUnavailable),
        (exceptions.ConstraintError, WriteConflict),
        (exceptions.TransientError, StoreUnavailable),
    ],
)
def test_what_a_user_can_do_about_it_decides_the_kind(kind, ours):
    assert isinstance(mapped(kind("it said so")), ours)


@pytest.mark.parametrize("uri", ["nonsense", "http://x", "bolt://", "file:///etc/passwd"])
def test_an_address_that_is_none_is_refused(uri):
    with pytest.raises(StoreRefused):
        open_driver(uri, "neo4j", "secret")


def test_an_unencrypted_way_to_another_computer_is_refused():
    with pytest.raises(StoreRefused) as refused:
        open_driver("bolt://db.example.org:7687", "neo4j", "secret")
    assert refused.value.key == "error.store_unsafe_uri"


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(StoreUnavailable):
        Store.open(Settings(home="/nonexistent", store=StoreSettings(uri="bolt://127.0.0.1:9")))


def test_a_wrong_password_is_told(store, server):
    uri = server.store.uri or running(server).uri
    with pytest.raises(StoreRefused) as refused:
        open_driver(uri, server.store.user or USER, "wrong-password")
    assert refused.value.key == "error.store_refused"
