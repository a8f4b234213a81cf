"""How a plan looks before it is accepted, and how it is accepted."""

from datetime import date

import pytest
import typer

from graphkam.cli.plans import have_accepted, show_plan
from graphkam.cli.session import Session
from graphkam.errors import InputError
from graphkam.exchange.plan import plan
from graphkam.model.organisation import Account, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.settings import Settings

ACME = Account(id="acme", name="Acme")
ANNE = TeamMember(id="av", last_name="Vasseur", first_name="Anne")
BERNARD = Person(id="bq", account_id="acme", last_name="Quillien", first_name="Bernard")
TIE = ContactTie(id="t", account_id="acme", member_id="av", person_id="bq", kind="owner", level=2)
KNOWN = RecordSet([ACME, ANNE, BERNARD])


def run(tmp_path, language):
    return Session(Settings(home=tmp_path, language=language), date(2026, 11, 23), is_json=False)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "en",
            "Anne Vasseur → Bernard Quillien (Owner / backup / contact: Owner; Level now: Working relation)",
        ),
        ("fr", "Niveau actuel\u00a0: Relation de travail"),
    ],
)
def test_a_plan_is_told_in_the_words_of_the_workbook(tmp_path, capsys, language, shown):
    show_plan(run(tmp_path, language), plan(KNOWN, KNOWN.merged([TIE])))
    assert shown in " ".join(capsys.readouterr().out.split(" ")).replace("\n", "")


def test_what_a_long_plan_does_not_show_is_counted_by_kind(tmp_path, capsys):
    posts = [Position(id=f"p{i}", account_id="acme", title=f"Post {i}") for i in range(50)]
    show_plan(run(tmp_path, "en"), plan(KNOWN, KNOWN.merged([*posts, TIE])))
    told = capsys.readouterr().out
    assert "… and 11 more lines" in told
    assert "  Position: 50 to create\n  Contact: 1 to create\n51 to create, 2 unchanged." in told


@pytest.mark.parametrize(
    ("language", "typed", "is_accepted"),
    [("en", "y", True), ("en", "YES ", True), ("fr", "o", True), ("fr", "Oui", True), ("fr", "y", True)]
    + [("en", typed, False) for typed in ("", "n", "o", "yy", "\u00a0")],
)
def test_only_a_yes_of_the_language_accepts(tmp_path, monkeypatch, capsys, language, typed, is_accepted):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda *_: typed)
    if is_accepted:
        have_accepted(run(tmp_path, language))
        return
    with pytest.raises(typer.Exit) as declined:
        have_accepted(run(tmp_path, language))
    assert declined.value.exit_code == 1
    assert "Nothing was written." in capsys.readouterr().out


def test_the_end_of_input_declines(tmp_path, monkeypatch):
    def ended(*_):
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", ended)
    with pytest.raises(typer.Exit):
        have_accepted(run(tmp_path, "en"))


def test_without_a_terminal_nobody_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(InputError):
        have_accepted(run(tmp_path, "en"))
