"""Every error of the driver is told in a sentence of ours, in both languages."""

from __future__ import annotations

import inspect

import pytest
from neo4j import exceptions

from graphkam.errors import StoreError, StoreRefused, StoreUnavailable, WriteConflict
from graphkam.settings import Settings, StoreSettings
from graphkam.store.accounts import Store
from graphkam.store.bolt import mapped, open_driver, told
from graphkam.store.embedded import USER, running
from graphkam.text import Words

KINDS = [
    kind
    for _, kind in inspect.getmembers(exceptions, inspect.isclass)
    if issubclass(kind, (exceptions.DriverError, exceptions.Neo4jError))
]


OURS = {
    "AuthConfigurationError": (StoreRefused, "store_settings"),
    "AuthError": (StoreRefused, "store_refused"),
    "BrokenRecordError": (StoreError, "store_failed"),
    "CertificateConfigurationError": (StoreRefused, "store_settings"),
    "ClientError": (StoreError, "store_failed"),
    "ConfigurationError": (StoreRefused, "store_settings"),
    "ConnectionAcquisitionTimeoutError": (StoreUnavailable, "store_busy"),
    "ConnectionPoolError": (StoreUnavailable, "store_busy"),
    "ConstraintError": (WriteConflict, "store_conflict_key"),
    "CypherSyntaxError": (StoreError, "store_failed"),
    "CypherTypeError": (StoreError, "store_failed"),
    "DatabaseError": (StoreError, "store_failed"),
    "DatabaseUnavailable": (StoreUnavailable, "store_gone"),
    "DriverError": (StoreError, "store_failed"),
    "Forbidden": (StoreRefused, "store_forbidden"),
    "ForbiddenOnReadOnlyDatabase": (StoreRefused, "store_forbidden"),
    "IncompleteCommit": (StoreUnavailable, "store_gone"),
    "Neo4jError": (StoreError, "store_failed"),
    "NotALeader": (StoreUnavailable, "store_busy"),
    "ReadServiceUnavailable": (StoreUnavailable, "store_gone"),
    "ResultConsumedError": (StoreError, "store_failed"),
    "ResultError": (StoreError, "store_failed"),
    "ResultFailedError": (StoreError, "store_failed"),
    "ResultNotSingleError": (StoreError, "store_failed"),
    "RoutingServiceUnavailable": (StoreUnavailable, "store_gone"),
    "ServiceUnavailable": (StoreUnavailable, "store_gone"),
    "SessionError": (StoreError, "store_failed"),
    "SessionExpired": (StoreUnavailable, "store_gone"),
    "TokenExpired": (StoreRefused, "store_refused"),
    "TransactionError": (StoreError, "store_failed"),
    "TransactionNestingError": (StoreError, "store_failed"),
    "TransientError": (StoreUnavailable, "store_busy"),
    "UnsupportedServerProduct": (StoreRefused, "store_product"),
    "WriteServiceUnavailable": (StoreUnavailable, "store_gone"),
}


def test_every_class_of_the_driver_has_an_error_of_ours():
    assert {kind.__name__ for kind in KINDS} == set(OURS)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_driver_error_is_told_in_one_sentence_in_both_languages(kind):
    made, key = OURS[kind.__name__]
    with pytest.raises(StoreError) as raised, told():
        raise kind("it said so\nand \x1b[31mmore")
    assert (type(raised.value), raised.value.key) == (made, f"error.{key}")
    sentences = {language: Words(language).error(raised.value) for language in ("en", "fr")}
    assert len(set(sentences.values())) == 2
    for sentence in sentences.values():
        assert sentence.replace("\u00a0", " ").isprintable()


@pytest.mark.parametrize(
    ("code", "message", "key"),
    [
        ("Neo.ClientError.Security.Unauthorized", "no", "store_refused"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "too often", "store_refused"),
        ("Neo.ClientError.Security.Forbidden", "no", "store_forbidden"),
        (
            "Neo.ClientError.Transaction.TransactionNotFound",
            "Transaction error on commit",
            "store_not_committed",
        ),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", "exists", "store_conflict_key"),
        ("Neo.TransientError.Transaction.DeadlockDetected", "deadlock", "store_busy"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "No space left on device", "store_full"),
        ("Neo.ClientError.Database.DatabaseNotFound", "Graph not found: x", "store_failed"),
        ("Neo.ClientError.Statement.SyntaxError", "line 1", "store_failed"),
    ],
)
def test_what_a_server_says_decides_the_sentence(code, message, key):
    said = exceptions.Neo4jError._hydrate_neo4j(code=code, message=message)
    assert mapped(said).key == f"error.{key}"


def test_a_broken_connection_of_the_machine_is_told():
    with pytest.raises(StoreUnavailable), told():
        raise ConnectionResetError(104, "reset")


@pytest.mark.parametrize(
    "uri",
    [
        "nonsense",
        "http://x",
        "bolt://",
        "file:///etc/passwd",
        "bolt://[x",
        "bolt://127.0.0.1:port",
        "bolt://127.0.0.1:99999",
        "bolt://127.0.0.1:0",
        "bolt://exam\u2100ple",
        "bolt://anne:hunter2@[x",
    ],
)
def test_an_address_that_is_none_is_refused(uri):
    with pytest.raises(StoreRefused) as refused:
        open_driver(uri, "neo4j", "secret")
    assert refused.value.key == "error.store_bad_uri"
    assert "hunter2" not in Words("en").error(refused.value)


def test_a_server_that_is_not_there_is_told():
    with pytest.raises(StoreUnavailable):
        Store.open(Settings(home="/nonexistent", store=StoreSettings(uri="bolt://127.0.0.1:9")))


def test_a_wrong_password_is_told(store, server):
    uri = server.store.uri or running(server).uri
    with pytest.raises(StoreRefused) as refused:
        open_driver(uri, server.store.user or USER, "wrong-password")
    assert refused.value.key == "error.store_refused"
