"""Records as files, on routes of our own."""

import io
import zipfile
from urllib.parse import unquote

import pytest

from graphkam.errors import NotAllowed, StoreUnavailable
from graphkam.exchange.book import read_book
from graphkam.model.organisation import Account
from graphkam.model.records import RecordSet
from graphkam.ui.downloads import records_address, template_address

from .conftest import DAY
from .test_exports import ask


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["xlsx", "zip"])
def test_what_goes_out_comes_back_in(editing, tmp_path, form, language):
    answer = ask(records_address("dia", language, form=form))
    assert answer.status_code == 200
    assert f"Diamond.{form}" in unquote(answer.headers["content-disposition"])
    assert answer.headers["cache-control"] == "no-store"
    path = tmp_path / f"back.{form}"
    path.write_bytes(answer.body)
    found = read_book(path, known=RecordSet(), today=DAY).records
    assert [a.name for a in found.of(Account)] == ["Diamond"]


def test_all_accounts_are_one_file(editing):
    answer = ask(records_address("", "en", form="zip"))
    with zipfile.ZipFile(io.BytesIO(answer.body)) as whole:
        text = whole.read("accounts.csv").decode("utf-8-sig")
    assert "Bow tie" in text
    assert "Diamond" in text


def test_the_template_is_there_before_any_account(empty_stage):
    answers = [ask(template_address("fr", is_empty=is_empty)) for is_empty in (False, True)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len(answers[0].body) > len(answers[1].body)
    assert "Mod\u00e8le" in unquote(answers[0].headers["content-disposition"])


def test_nothing_is_given_of_what_is_not_there(editing):
    assert ask(records_address("secret", "en", form="xlsx")).status_code == 404
    assert ask("/export/records?form=exe&account=dia").headers["content-disposition"].endswith(".xlsx")


def test_who_may_not_export_gets_nothing(editing, monkeypatch):
    def refuse(policy, user, act, account_id):
        raise NotAllowed("not_allowed", act="export")

    monkeypatch.setattr("graphkam.workspace.guarded.require", refuse)
    answer = ask(records_address("dia", "en", form="xlsx"))
    assert answer.status_code == 404
    assert b"PK" not in answer.body


def test_a_store_that_is_gone_is_one_sentence(editing):
    editing.store.failure = StoreUnavailable("no_accounts")
    answer = ask(records_address("dia", "en", form="xlsx"))
    assert answer.status_code == 503
    assert b"Traceback" not in answer.body
