"""The language of a run: the option, the environment, the file, the system's own."""

import pytest

from graphkam.cli.session import Session, startup_language
from graphkam.errors import InputError


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name in ("GRAPHKAM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GRAPHKAM_HOME", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["graphkam", "accounts"])
    return tmp_path


def languages(**options):
    """Give the language of help and errors, and that of the answer."""
    return startup_language(), Session.begin(options).settings.language


def test_the_systems_own_language_stands_where_nothing_is_said(home, monkeypatch):
    assert languages() == ("en", "en")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert languages() == ("fr", "fr")


def test_the_file_wins_over_the_system_and_the_environment_over_the_file(home, monkeypatch):
    (home / "settings.toml").write_text('language = "fr"\n', encoding="utf-8")
    assert languages() == ("fr", "fr")
    monkeypatch.setenv("GRAPHKAM_LANG", "en")
    assert languages() == ("en", "en")


@pytest.mark.parametrize("argument", [["--lang", "fr"], ["--lang=fr"]])
def test_the_option_wins_over_all(home, monkeypatch, argument):
    monkeypatch.setenv("GRAPHKAM_LANG", "en")
    monkeypatch.setattr("sys.argv", ["graphkam", "accounts", *argument])
    assert languages(lang="fr") == ("fr", "fr")


def test_a_language_that_graphkam_does_not_speak_is_refused(home):
    with pytest.raises(InputError):
        Session.begin({"lang": "de"})
