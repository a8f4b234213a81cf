"""A server is talked to encrypted, and only after it has proved who it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import trustme

from graphkam.errors import StoreError, StoreRefused
from graphkam.folder import FILE_NAME
from graphkam.model.changes import ChangeSet, Operation
from graphkam.settings import Settings, StoreSettings
from graphkam.store.accounts import Store
from graphkam.store.bolt import open_driver
from graphkam.text import Words
from tests.store.records import account

SCHEMES = ("bolt+s", "neo4j+s")


def needs_neo4j(test):
    return pytest.mark.neo4j(pytest.mark.slow(test))


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    path = tmp_path_factory.mktemp("authority") / "authority.pem"
    made = trustme.CA()
    made.cert_pem.write_to_path(path)
    return made, path


@pytest.fixture(scope="module")
def encrypting(neo4j_servers, authority, tmp_path_factory):
    """Give the settings of a server that takes encrypted connections only, as localhost."""
    folder = tmp_path_factory.mktemp("certificates")
    issued = authority[0].issue_cert("localhost")
    issued.private_key_pem.write_to_path(folder / "private.key")
    issued.cert_chain_pems[0].write_to_path(folder / "public.crt")
    password = "only-for-a-test"  # noqa: S105 - gone with the server
    uri = neo4j_servers.start(folder.name, password=password, certificates=folder)
    port = uri.rpartition(":")[2]
    yield Settings(
        home=folder, store=StoreSettings(uri=f"bolt+s://localhost:{port}", user="neo4j", password=password)
    )
    neo4j_servers.stop(folder.name)


def over(settings, scheme, host="localhost", certificates=None):
    port = settings.store.uri.rpartition(":")[2]
    changed = {"uri": f"{scheme}://{host}:{port}", "certificates": certificates}
    return settings.model_copy(update={"store": settings.store.model_copy(update=changed)})


def refusal(settings):
    with pytest.raises(StoreError) as refused:
        Store.open(settings)
    for language in ("en", "fr"):
        assert "\n" not in Words(language).error(refused.value)
    return refused.value


@needs_neo4j
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_certificate_of_an_authority_that_is_named_is_trusted(encrypting, authority, scheme):
    with Store.open(over(encrypting, scheme, certificates=authority[1])) as store:
        made = store.write(ChangeSet(puts=tuple(account(len(scheme)))), Operation(what="import"))
        assert store.operations(1)[0].id == made.id


@needs_neo4j
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_certificate_that_the_machine_trusts_is_trusted(encrypting, authority, scheme, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority[1]))
    Store.open(over(encrypting, scheme)).close()


@needs_neo4j
@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_on_this_machine_any_certificate_will_do_if_one_says_so(encrypting, scheme):
    Store.open(over(encrypting, scheme)).close()


@needs_neo4j
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_certificate_that_nobody_vouches_for_is_refused(encrypting, tmp_path, scheme):
    assert refusal(over(encrypting, scheme)).key == "error.store_untrusted"
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(stranger)
    found = refusal(over(encrypting, scheme, certificates=stranger))
    assert (type(found), found.key) == (StoreRefused, "error.store_untrusted")


@needs_neo4j
def test_a_certificate_for_another_host_is_refused(encrypting, authority):
    found = refusal(over(encrypting, "bolt+s", host="127.0.0.1", certificates=authority[1]))
    assert found.key == "error.store_untrusted"
    assert "127.0.0.1" in found.params["why"]


@needs_neo4j
def test_an_encrypting_server_is_not_talked_to_in_clear(encrypting):
    assert isinstance(refusal(over(encrypting, "bolt")), StoreError)


@needs_neo4j
@pytest.mark.parametrize("scheme", [*SCHEMES, "bolt+ssc"])
def test_a_server_that_does_not_encrypt_is_told(neo4j, scheme):
    assert refusal(over(neo4j, scheme)).key == "error.store_no_encryption"


@needs_neo4j
def test_the_settings_file_is_enough_and_no_secret_is_shown(encrypting, authority, tmp_path):
    where = encrypting.store
    password = where.password.get_secret_value()
    said = {"uri": where.uri, "user": where.user, "password": password, "certificates": str(authority[1])}
    lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
    (tmp_path / FILE_NAME).write_text("\n".join(["[store]", *lines]), encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if not name.startswith("GRAPHKAM_")}
    done = subprocess.run(
        [sys.executable, "-m", "graphkam", "store", "status", "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=env | {"GRAPHKAM_HOME": str(tmp_path)},
    )
    assert json.loads(done.stdout)["server"].startswith("Neo4j/5.26.")
    assert password not in done.stdout + done.stderr


@pytest.mark.parametrize("content", [None, "", "not a certificate"])
def test_a_file_without_certificates_is_told(tmp_path, content):
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(StoreRefused) as refused:
        open_driver("bolt+s://db.example.org", "neo4j", "secret", path)
    assert (refused.value.key, refused.value.params["file"]) == ("error.store_no_certificates", str(path))


@pytest.mark.parametrize(
    ("uri", "key"),
    [
        ("bolt://db.example.org", "store_unsafe_uri"),
        ("neo4j://192.0.2.1:7687", "store_unsafe_uri"),
        ("bolt+ssc://db.example.org", "store_unproved_uri"),
        ("neo4j+ssc://192.0.2.1:7687", "store_unproved_uri"),
    ],
)
def test_another_computer_is_only_talked_to_encrypted_and_proved(uri, key):
    with pytest.raises(StoreRefused) as refused:
        open_driver(uri, "neo4j", "secret")
    assert refused.value.key == f"error.{key}"
