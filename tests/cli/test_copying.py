"""What the word after ``store copy`` means, and that no secret is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphkam.cli.copying import target_of
from graphkam.errors import InputError
from graphkam.settings import ServerSettings, Settings
from graphkam.text import Words


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    servers = {
        "team": ServerSettings(uri="neo4j+s://graph.example", user="anne", password="p", database="kam"),  # noqa: S106
        "empty": ServerSettings(),
    }
    return Settings(home=tmp_path / "home", servers=servers, language="fr")


def test_a_name_is_a_server_of_the_settings_with_all_that_they_say(settings):
    found = target_of(settings, "team", {"GRAPHKAM_TARGET_PASSWORD": "other"})
    assert (found.store.uri, found.store.user, found.store.database) == (
        "neo4j+s://graph.example",
        "anne",
        "kam",
    )
    assert found.store.password.get_secret_value() == "p"
    assert (found.home, found.language) == (settings.home, "fr")


def test_an_address_takes_its_secrets_from_the_environment(settings):
    env = {"GRAPHKAM_TARGET_USER": "bo", "GRAPHKAM_TARGET_PASSWORD": "q", "GRAPHKAM_PASSWORD": "not this one"}
    found = target_of(settings, "bolt://127.0.0.1:7687", env).store
    assert (found.uri, found.user, found.password.get_secret_value()) == ("bolt://127.0.0.1:7687", "bo", "q")
    nobody = target_of(settings, "bolt://127.0.0.1:7687", {}).store
    assert (nobody.user, nobody.password) == (None, None)


@pytest.mark.parametrize("target", ["./there", "sub/there", "~/there", "/abs/there", "~nobody-at-all/there"])
def test_a_folder_is_written_with_a_slash(settings, target):
    found = target_of(settings, target, {})
    assert found.home.is_absolute()
    assert found.home.name == Path(target).absolute().name
    assert found.store.uri is None


def test_the_tilde_is_the_users_own_folder(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert target_of(settings, "~/there", {}).home == tmp_path / "there"


def test_a_folder_that_is_there_needs_no_slash(settings, tmp_path):
    (tmp_path / "there").mkdir()
    assert target_of(settings, "there", {}).home == tmp_path / "there"


@pytest.mark.parametrize(
    "target",
    [
        "bolt://neo4j:hunter2@host",
        "neo4j+s://anne@host",
        "bolt://:hunter2@host",
        "bolt://neo4j:hunter2/3@host",
        "bolt://neo4j:hunter2@[host",
    ],
)
def test_an_address_with_a_secret_in_it_is_refused_and_not_repeated(settings, target):
    with pytest.raises(InputError) as refused:
        target_of(settings, target, {})
    assert refused.value.key == "error.copy_secret"
    assert "hunter2" not in Words("en").error(refused.value)


@pytest.mark.parametrize(
    ("target", "key"),
    [("taem", "copy_no_such_server"), ("empty", "copy_no_address"), ("", "copy_no_such_server")],
)
def test_what_means_nothing_is_told_and_nothing_is_made(settings, tmp_path, target, key):
    with pytest.raises(InputError) as refused:
        target_of(settings, target, {})
    assert refused.value.key == f"error.{key}"
    assert list(tmp_path.iterdir()) == []


def test_without_servers_none_is_named(settings):
    with pytest.raises(InputError) as refused:
        target_of(settings.model_copy(update={"servers": {}}), "taem", {})
    assert refused.value.key == "error.copy_no_target"
